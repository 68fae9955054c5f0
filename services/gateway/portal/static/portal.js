// What HTML alone does not do. Every page works without it.

// Enter in the search field of the report searches; it does not send the report.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "search") return;
  event.preventDefault();
  event.target.closest(".portal-search").querySelector("button").click();
});

// A page that came back with faults begins at their summary.
document.querySelector(".portal-alert[role='alert']")?.focus();
