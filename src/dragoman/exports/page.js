"use strict";
// Sentences of one row light up together; arrows walk from row to row and from column to column.
(() => {
  const units = [...document.querySelectorAll(".u")];
  const rows = new Map();
  for (const unit of units) {
    const row = unit.dataset.row;
    if (!rows.has(row)) rows.set(row, []);
    rows.get(row).push(unit);
    unit.tabIndex = -1;
  }
  const order = [...rows.keys()];
  let pinned = null;
  let lit = null;
  const light = (row) => {
    if (row === lit) return;
    for (const unit of rows.get(lit) || []) unit.classList.remove("lit");
    for (const unit of rows.get(row) || []) unit.classList.add("lit");
    lit = row;
  };
  const rowOf = (event) => event.target.closest?.(".u")?.dataset.row ?? null;
  const visible = (unit) => unit.offsetParent !== null;
  const focus = (unit) => {
    if (!unit) return;
    for (const other of document.querySelectorAll('.u[tabindex="0"]')) other.tabIndex = -1;
    unit.tabIndex = 0;
    unit.focus();
    unit.scrollIntoView({ block: "nearest" });
  };
  if (units.length) units[0].tabIndex = 0;
  document.addEventListener("pointerover", (event) => light(rowOf(event) ?? pinned));
  document.addEventListener("focusin", (event) => light(rowOf(event) ?? pinned));
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, label, input")) return;
    const row = rowOf(event);
    pinned = row === pinned ? null : row;
    light(row === null ? null : pinned ?? row);
    if (event.target.closest(".u")) focus(event.target.closest(".u"));
  });
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.(".u");
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    const fellows = rows.get(here.dataset.row).filter(visible);
    const column = fellows.indexOf(here);
    const place = order.indexOf(here.dataset.row);
    const step = (to) => rows.get(order[to])?.filter(visible)[Math.max(column, 0)];
    const next = {
      ArrowDown: () => step(place + 1),
      ArrowUp: () => step(place - 1),
      ArrowRight: () => fellows[column + 1],
      ArrowLeft: () => fellows[column - 1],
      Home: () => step(0),
      End: () => step(order.length - 1),
    }[event.key];
    if (event.key === "Escape") {
      pinned = null;
      light(null);
    }
    if (!next) return;
    event.preventDefault();
    focus(next());
  });
})();
