// The service desk: keys, choosing rows, and cards that are dragged. Without it there are links,
// check boxes and forms for all of this.

const find = (selector, within = document) => within?.querySelector(selector) ?? null;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const current = () => document.activeElement.closest("[data-row]");
const focusRow = (row) => find("[data-row-link]", row ?? null)?.focus();

// Choosing rows

const boxes = () => all("input[name='gekozen']");
const chosen = find("[data-chosen]");

function tellChosen() {
  const count = boxes().filter((box) => box.checked).length;
  if (chosen) chosen.textContent = `${count} ${chosen.dataset.chosen}`;
}

function chooseAll() {
  const every = boxes().every((box) => box.checked);
  for (const box of boxes()) box.checked = !every;
  tellChosen();
}

document.addEventListener("change", (event) => event.target.name === "gekozen" && tellChosen());
find("[data-choose-all]")?.addEventListener("click", (event) => {
  event.preventDefault();
  chooseAll();
});
tellChosen();

// Keys: single characters can be switched off (WCAG 2.1.4); arrows work between rows only.

const help = find("#keys");
const singleKeys = find("#keys-on");
const REMEMBERED = "single-keys";

function step(by) {
  const row = current();
  const rows = all("[data-row]", row?.closest("[data-column]") ?? document);
  focusRow(row ? rows[rows.indexOf(row) + by] : rows[0]);
}

function stepColumn(by) {
  const columns = all("[data-column]").filter((column) => find("[data-row]", column));
  const column = document.activeElement.closest("[data-column]");
  focusRow(find("[data-row]", (column ? columns[columns.indexOf(column) + by] : columns[0]) ?? null));
}

function openMove() {
  const form = find("details", current());
  if (!form) return;
  form.open = true;
  find("select", form).focus();
}

function searchFor() {
  const words = find("#zoek");
  if (words) words.focus();
  else location.assign("/werkvoorraad/zoeken#zoek");
}

const CHARACTERS = {
  j: () => step(1),
  k: () => step(-1),
  l: () => stepColumn(1),
  h: () => stepColumn(-1),
  x: () => find("input[name='gekozen']", current())?.click(),
  a: chooseAll,
  m: openMove,
  "/": searchFor,
  "?": () => help.showModal(),
};
const ARROWS = { ArrowDown: "j", ArrowUp: "k", ArrowRight: "l", ArrowLeft: "h" };

function actionOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.target.closest("dialog, select, textarea, input:not([type='checkbox'])")) return undefined;
  if (event.target.matches("[data-row-link]") && event.key in ARROWS) return CHARACTERS[ARROWS[event.key]];
  return singleKeys.checked ? CHARACTERS[event.key] : undefined;
}

document.addEventListener("keydown", (event) => {
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  action();
});

singleKeys.checked = localStorage.getItem(REMEMBERED) !== "off";
singleKeys.addEventListener("change", () => {
  localStorage.setItem(REMEMBERED, singleKeys.checked ? "on" : "off");
});
for (const button of all("[data-opens='keys']")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

// Cards: dropping one on a column sends the card's own form, or opens it where there is a choice.

let dragged = null;

const stepsTo = (column) =>
  all("option", dragged).filter((option) => option.dataset.leadsTo === column.dataset.column);

function makeDraggable() {
  for (const form of all(".portal-card form")) form.closest(".portal-card").draggable = true;
}

function drop(column) {
  const [first, ...others] = stepsTo(column);
  const team = find("input[name='team']", dragged);
  find("select", dragged).value = first.value;
  if (!others.length && (first.value !== "assign" || team.value)) {
    find("form", dragged).requestSubmit();
    return;
  }
  find("details", dragged).open = true;
  (others.length ? find("select", dragged) : team).focus();
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".portal-card[draggable='true']") ?? null;
  for (const column of dragged ? all("[data-column]") : []) {
    column.classList.toggle("portal-board__column--open", stepsTo(column).length > 0);
  }
});
document.addEventListener("dragover", (event) => {
  const column = event.target.closest?.("[data-column]");
  if (dragged && column && stepsTo(column).length) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const column = event.target.closest?.("[data-column]");
  if (!dragged || !column || !stepsTo(column).length) return;
  event.preventDefault();
  drop(column);
});
document.addEventListener("dragend", () => {
  dragged = null;
  for (const column of all("[data-column]")) column.classList.remove("portal-board__column--open");
  catchUp();
});
makeDraggable();

// Live: a board on which somebody is busy waits until that is done.

let behind = false;
const busy = () => dragged !== null || find("#board details[open]") !== null;

function catchUp() {
  if (!behind || busy()) return;
  behind = false;
  htmx.trigger("#board", "refresh");
}

function hold(event, stop) {
  if (event.target.id !== "board" || !busy()) return;
  stop();
  behind = true;
}

document.addEventListener("htmx:beforeRequest", (event) => hold(event, () => event.preventDefault()));
document.addEventListener("htmx:beforeSwap", (event) =>
  hold(event, () => {
    event.detail.shouldSwap = false;
  }),
);
document.addEventListener("htmx:afterSwap", makeDraggable);
document.addEventListener("toggle", catchUp, true);
