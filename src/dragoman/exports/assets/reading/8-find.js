"use strict";
// A word is looked for in the languages that are shown.
const box = $("find");
const told = $("found");
let units = null;
let folded = null;
let hits = [];
let at = -1;
const show = () => {
  const count = hits.length.toLocaleString(root.lang);
  const place = at < 0 ? count : `${(at + 1).toLocaleString(root.lang)}/${count}`;
  const said = hits.length ? told.dataset.found.replace("{count}", place) : told.dataset.none;
  told.textContent = box.value.trim() ? said : "";
};
const find = () => {
  units ??= [...text.querySelectorAll(".u")];
  folded ??= units.map((unit) => fold(unit.textContent));
  for (const unit of hits) unit.classList.remove("hit");
  const wanted = fold(box.value.trim());
  const shown = new Map();
  const seen = (unit) => {
    const column = columnOf(unit);
    if (!shown.has(column)) shown.set(column, isShown(column));
    return shown.get(column);
  };
  hits = wanted ? units.filter((unit, place) => folded[place].includes(wanted) && seen(unit)) : [];
  for (const unit of hits) unit.classList.add("hit");
  at = -1;
  show();
};
const go = (step) => {
  if (!hits.length) return;
  at = at < 0 ? (step > 0 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length;
  const unit = hits[at];
  if (root.dataset.under) for (const one of fellows(unit).slice(1)) one.classList.add("open");
  pin(unit);
  goTo(unit);
  show();
};
let soon = 0;
box.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(find, 120);
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  clearTimeout(soon);
  if (at < 0) find();
  go(event.shiftKey ? -1 : 1);
});
$("search").addEventListener("toggle", (event) => {
  if (event.newState === "open") box.focus();
});
