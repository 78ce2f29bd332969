"use strict";
// Translation on demand: a tap or Space opens a sentence; in practice, the next Space goes on.
const reveal = (unit, goOn = false) => {
  const block = unit.closest(".block");
  if (block.classList.contains("k-table")) return void block.classList.toggle("open");
  const others = fellows(unit).slice(1);
  const open = others.every((one) => one.classList.contains("open"));
  if (open && goOn) {
    const next = vertical(fellows(unit)[0], 1);
    if (next) focus(next);
    return;
  }
  for (const one of others) one.classList.toggle("open", !open);
  pin(open ? null : unit);
  if (root.dataset.mode !== "practice") return;
  unit.dataset.done = "1";
  const first = columnOf(fellows(unit)[0]);
  const done = text.querySelectorAll("[data-done]").length.toLocaleString(root.lang);
  const whole = text.querySelectorAll(`.c${first} .u`).length.toLocaleString(root.lang);
  $("told").textContent = label("practised").replace("{count}", `${done}/${whole}`);
};
