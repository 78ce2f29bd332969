"use strict";
// A word is looked for in the languages that are shown.
const box = $("find");
const told = $("found");
let units = null;
let hits = [];
let at = -1;
const show = () => {
  const count = hits.length.toLocaleString(root.lang);
  const place = at < 0 ? count : `${(at + 1).toLocaleString(root.lang)}/${count}`;
  const said = hits.length ? told.dataset.found.replace("{count}", place) : told.dataset.none;
  told.textContent = box.value.trim() ? said : "";
};
// Only what is shown is read, once; whether a unit is visible is not asked, which would lay out the whole text.
const find = () => {
  units ??= [...text.querySelectorAll(".cell")].map((cell) => [cell.className.match(/\bc(\d+)/)[1], cell, null]);
  for (const unit of hits) unit.classList.remove("hit");
  const wanted = fold(box.value.trim());
  const shown = boxes.length ? boxes.map((one) => one.checked) : [true];
  hits = [];
  for (const cell of wanted ? units : []) {
    if (!shown[cell[0]]) continue;
    cell[2] ??= [...cell[1].getElementsByClassName("u")].map((unit) => [unit, fold(unit.textContent)]);
    for (const [unit, said] of cell[2]) if (said.includes(wanted)) hits.push(unit);
  }
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
