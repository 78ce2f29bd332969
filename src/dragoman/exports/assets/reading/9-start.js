"use strict";
// All is ready: the languages in their order, the first sentence in the way of Tab, the place that a link names.
if (boxes.length) arrange();
stop = [...firstUnit()].find(visible) ?? null;
if (stop) stop.tabIndex = 0;
arrived();
// Another page of the same text opens at the sentence that is read here.
const reading = () => {
  if (pinned) return pinned.dataset.row;
  const box = text.getBoundingClientRect();
  for (let y = 110; y < innerHeight; y += 24) {
    const unit = unitOf(document.elementFromPoint(box.left + box.width / 2, y));
    if (unit) return scrollY > 8 ? unit.dataset.row : "";
  }
  return "";
};
for (const link of document.querySelectorAll("[data-keep]"))
  link.addEventListener("click", () => {
    const row = reading();
    link.href = link.getAttribute("href").split("#")[0] + (row ? `#${row}` : "");
  });
