"use strict";
// The rows of the page: which units belong together, which can be seen, and how to go to one.
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const text = $("text");
const label = (name) => $("told").dataset[name] ?? "";
const unitOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".u");
const cellOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".cell");
const fellows = (unit) => [...unit.closest(".block").querySelectorAll(`[data-row=${CSS.escape(unit.dataset.row)}]`)];
const columnOf = (node) => cellOf(node)?.className.match(/\bc(\d+)/)?.[1];
const boxes = [...document.querySelectorAll("input[data-show]")];
const isShown = (column) => !boxes.length || !!boxes[column]?.checked;
const visible = (unit) => unit.checkVisibility ? unit.checkVisibility({ visibilityProperty: true }) : unit.offsetParent !== null;
const blocks = (block, step) => {
  for (let next = block; next; ) {
    const chunk = next.parentElement;
    next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
    if (!next) {
      let beside = chunk;
      do beside = step > 0 ? beside?.nextElementSibling : beside?.previousElementSibling;
      while (beside && !beside.querySelector(".block"));
      next = step > 0 ? beside?.firstElementChild : beside?.lastElementChild;
    }
    if (next?.querySelector(".u")) return next;
  }
  return null;
};
// What is far away has no size yet: it is asked to come until it stays where it is.
const goTo = (unit, block = "center", times = 4) => {
  unit.scrollIntoView({ block, behavior: "instant" });
  if (times > 1) requestAnimationFrame(() => goTo(unit, block, times - 1));
};
let lit = [];
let pinned = null;
const light = (unit) => {
  const wanted = unit?.isConnected ? fellows(unit) : [];
  if (wanted[0] === lit[0]) return;
  for (const one of lit) one.classList.remove("lit");
  for (const one of wanted) one.classList.add("lit");
  lit = wanted;
};
const pin = (unit) => {
  pinned = unit;
  light(unit);
};
let stop = null;
const focus = (unit) => {
  if (!unit) return;
  if (stop && stop !== unit) stop.removeAttribute("tabindex");
  stop = unit;
  unit.tabIndex = 0;
  unit.focus({ preventScroll: true });
  unit.scrollIntoView({ block: "nearest", behavior: "instant" });
};
const firstUnit = () => [...text.querySelectorAll(".block")].find((block) => block.querySelector(".u"))?.querySelectorAll(".u") ?? [];
document.addEventListener("pointerover", (event) => light(unitOf(event.target) ?? pinned));
document.addEventListener("focusin", (event) => light(unitOf(event.target) ?? pinned));
const arrived = () => {
  let said = "";
  try {
    said = decodeURIComponent(location.hash.slice(1));
  } catch {}
  if (!said) return;
  const place = $(said) ?? text.querySelector(`.cite[data-n="${CSS.escape(said)}"]`);
  const unit = unitOf(place);
  if (!unit) return;
  const seen = fellows(unit).find(visible) ?? unit;
  goTo(seen);
  pin(seen);
};
addEventListener("hashchange", arrived);
