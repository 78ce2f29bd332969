"use strict";
// Arrows go where they point: to what is drawn on that side, whichever direction the page has.
const drawn = (unit) => {
  const cell = cellOf(unit).getBoundingClientRect();
  return cell.width ? cell : unit.getBoundingClientRect();
};
const sideways = (unit, right) => {
  const here = drawn(unit);
  const others = fellows(unit).filter((one) => one !== unit && visible(one));
  const away = (box) => (right ? box.left - here.right : here.left - box.right);
  const beside = others.filter((one) => away(drawn(one)) > -1);
  if (beside.length) return beside.sort((one, other) => away(drawn(one)) - away(drawn(other)))[0];
  if (others.some((one) => away(drawn(one)) > -1 || drawn(one).left - here.right > -1 || here.left - drawn(one).right > -1)) return null;
  const forward = right === (getComputedStyle(text).direction === "ltr"); // nothing stands beside: the next below
  const order = fellows(unit).filter(visible);
  return order[order.indexOf(unit) + (forward ? 1 : -1)];
};
const vertical = (unit, step) => {
  const cell = cellOf(unit);
  const column = columnOf(unit);
  const own = [...cell.querySelectorAll(".u")];
  const next = own[own.indexOf(unit) + step];
  if (next) return next;
  const block = blocks(unit.closest(".block"), step);
  const found = block ? [...block.querySelectorAll(`.c${column} .u`)] : [];
  return step > 0 ? found[0] : found.at(-1);
};
const edge = (unit, last) => {
  const all = [...text.querySelectorAll(".block")].filter((block) => block.querySelector(".u"));
  const found = [...(last ? all.at(-1) : all[0]).querySelectorAll(`.c${columnOf(unit)} .u`)];
  return last ? found.at(-1) : found[0];
};
document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.(".u");
  if (event.key === "Escape" && !document.querySelector(":popover-open")) {
    for (const unit of text.querySelectorAll(".open")) unit.classList.remove("open");
    pin(null);
    leave();
  }
  if (!here || event.target !== here || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    return select(here, true);
  }
  if (event.key === " " && root.dataset.under) {
    event.preventDefault();
    return reveal(here, root.dataset.mode === "practice");
  }
  const next = {
    ArrowDown: () => vertical(here, 1),
    ArrowUp: () => vertical(here, -1),
    ArrowRight: () => sideways(here, true),
    ArrowLeft: () => sideways(here, false),
    Home: () => edge(here, false),
    End: () => edge(here, true),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  focus(next());
});
document.addEventListener("click", (event) => {
  if (event.target.closest("a, label, input, summary, button, [popover], #here")) return;
  const unit = unitOf(event.target);
  if (!unit) return pin(null), leave();
  if (String(getSelection())) return;
  focus(unit);
  if (root.dataset.under) return reveal(unit);
  if (pinned && fellows(pinned).includes(unit)) return pin(null), leave();
  select(unit);
});
