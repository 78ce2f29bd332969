"use strict";
// Sentences of one row light up together; arrows walk from row to row and from column to column;
// Enter puts the address of a row into the address bar; the search box looks into every language.
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
  const fragment = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };
  const arrived = () => {
    const said = fragment();
    const number = () => [...document.querySelectorAll(".cite")].find((cite) => cite.dataset.n === said);
    const place = document.getElementById(said) ?? (said ? number() : null);
    const unit = place?.closest(".u");
    if (!unit) return;
    if (place.id !== said) unit.scrollIntoView({ block: "center" });
    pinned = unit.dataset.row;
    light(pinned);
  };
  window.addEventListener("hashchange", arrived);
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
    if (event.target.closest("a, label, input, summary")) return;
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
    if (event.key === "Enter" && event.target === here) location.hash = here.dataset.row;
    if (event.key === "Escape") {
      pinned = null;
      light(null);
    }
    if (!next) return;
    event.preventDefault();
    focus(next());
  });
  arrived();

  // What readers do not type is left out: case, Hebrew points, stress marks, isolates, and which
  // of the kinds of i, quotation mark, apostrophe or dash it is.
  const fold = (text) =>
    text.normalize("NFD").toLowerCase()
      .replace(/[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0300\u0301\u0307\u200e\u200f\u2066-\u2069]/g, "")
      .normalize("NFC").replace(/\u0451/g, "\u0435").replace(/\u0131/g, "i")
      .replace(/[\u05f4\u201c\u201d\u201e\u00ab\u00bb]/g, '"').replace(/[\u05f3\u2018\u2019]/g, "'")
      .replace(/[\u05be\u2010-\u2014]/g, "-").replace(/\s+/g, " ").trim();
  const box = document.getElementById("find");
  const told = document.getElementById("found");
  let folded = null;
  let hits = [];
  let at = -1;
  const show = () => {
    const language = document.documentElement.lang;
    const count = hits.length.toLocaleString(language);
    const place = at < 0 ? count : `${(at + 1).toLocaleString(language)}/${count}`;
    const said = hits.length ? told.dataset.found.replace("{count}", place) : told.dataset.none;
    told.textContent = box.value.trim() ? said : "";
  };
  const find = () => {
    folded ??= units.map((unit) => fold(unit.textContent));
    for (const unit of hits) unit.classList.remove("hit");
    const wanted = fold(box.value);
    hits = wanted ? units.filter((unit, place) => folded[place].includes(wanted) && visible(unit)) : [];
    for (const unit of hits) unit.classList.add("hit");
    at = -1;
    show();
  };
  const go = (step) => {
    if (!hits.length) return;
    at = at < 0 ? (step > 0 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length;
    pinned = hits[at].dataset.row;
    light(pinned);
    hits[at].scrollIntoView({ block: "center" });
    show();
  };
  box.closest(".find").hidden = false;
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
})();
