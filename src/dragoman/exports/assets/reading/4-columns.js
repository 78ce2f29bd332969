"use strict";
// Languages in the reader's order: cells are moved, so that what is read, heard and copied is in the order seen.
let drawnOrder = View.tags;
const arrange = () => {
  const shown = View.order.filter((tag) => boxes[View.tags.indexOf(tag)]?.checked);
  const order = [...shown, ...View.tags.filter((tag) => !shown.includes(tag))];
  const inPlace = drawnOrder.filter((tag) => shown.includes(tag)).join() === shown.join();
  if (!inPlace || !shown.includes(drawnOrder[0])) {
    const places = order.map((tag) => View.tags.indexOf(tag));
    for (const row of document.querySelectorAll(".block, .names")) {
      const cells = [...row.children];
      if (cells.length < places.length) continue;
      const by = places.map((place) => cells.find((cell) => cell.classList.contains(`c${place}`)));
      if (by.every(Boolean)) row.append(...by);
    }
    const list = $("languages");
    for (const place of places) list.append(boxes[place].closest("li"));
    drawnOrder = order;
    const first = boxes[places[0]].closest("li");
    text.dir = first.querySelector("[dir]").dir;
  }
  headings(View.tags.indexOf(drawnOrder[0]));
  const more = $("more");
  more.replaceChildren(...View.tags.filter((tag) => !shown.includes(tag)).map(chip));
  more.hidden = !more.children.length;
};
const chip = (tag) => {
  const box = boxes[View.tags.indexOf(tag)];
  const name = box.parentElement.querySelector("[lang]").cloneNode(true);
  const button = document.createElement("button");
  button.append("+ ", name);
  button.setAttribute("aria-label", `${label("show")} ${name.textContent}`);
  button.addEventListener("click", () => box.click());
  return button;
};
// The headings of the first language seen are the headings of the page.
const headings = (column) => {
  for (const one of text.querySelectorAll(".h[role]")) one.removeAttribute("role"), one.removeAttribute("aria-level");
  if (!column) return;
  for (const one of text.querySelectorAll(".c0 > .h")) one.setAttribute("role", "none");
  for (const one of text.querySelectorAll(`.c${column} > .h`)) {
    one.setAttribute("role", "heading");
    one.setAttribute("aria-level", one.dataset.h);
  }
};
const move = (tag, step) => {
  const shown = View.read().s;
  const at = shown.indexOf(tag);
  const to = at + step;
  if (at < 0 || to < 0 || to >= shown.length) return;
  [shown[at], shown[to]] = [shown[to], shown[at]];
  View.order = [...shown, ...View.tags.filter((other) => !shown.includes(other))];
  arrange();
  View.changed("s");
};
for (const button of document.querySelectorAll("[data-move]"))
  button.addEventListener("click", () => {
    move(button.closest("li").querySelector("input[data-show]").dataset.show, +button.dataset.move);
    button.focus();
  });
document.addEventListener("change", (event) => {
  const key = View.key(event.target);
  if (!key) return;
  if (key === "s" && !View.read().s.length) event.target.checked = true; // one language stays
  const where = stop ?? pinned;
  if (key === "s") arrange();
  View.changed(key);
  if (where && visible(where)) goTo(where, "center");
});
$("linked").querySelector("button").addEventListener("click", () => {
  View.own();
  $("linked").hidden = true;
  if (boxes.length) arrange();
});
