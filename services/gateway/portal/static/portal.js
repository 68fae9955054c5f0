// What HTML alone does not do. Every page works without it.

// Enter in the search field of the report searches; it does not send the report.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "search") return;
  event.preventDefault();
  event.target.closest(".portal-search").querySelector("button").click();
});

// A report that could not be made after all is told on a page of its own.
document.addEventListener("htmx:responseError", (event) => {
  if (event.target.id === "gemaakt") location.reload();
});

// A page that came back with faults begins at their summary.
document.querySelector(".portal-alert[role='alert']")?.focus();
