"use strict";
// Notes open where they are read, in the language of their column, and lead back to the mark one came from.
let mark = null;
document.addEventListener("click", (event) => {
  const back = event.target.closest("[role=doc-backlink]");
  if (back && mark && back.getAttribute("href").startsWith(`#${mark.id.replace(/-\d+$/, "")}`) === false) mark = null;
  if (back && mark?.getAttribute("href") === `#${back.id}`) {
    event.preventDefault();
    goTo(mark);
    return mark.focus();
  }
  const from = event.target.closest("[role=doc-noteref]");
  const note = from && $(decodeURIComponent(from.getAttribute("href").slice(1)));
  const box = $("note");
  if (!note || !box?.showPopover) return;
  event.preventDefault();
  mark = from;
  const column = columnOf(note);
  const cell = cellOf(note);
  const parts = [cell];
  for (let next = blocks(cell.closest(".block"), 1); next?.classList.contains("k-footnote"); next = blocks(next, 1)) {
    const more = next.querySelector(`.c${column}`);
    if (!more || more.querySelector(".label[id]")) break;
    parts.push(more);
  }
  const said = parts.map((part) => {
    const copy = part.cloneNode(true);
    for (const one of copy.querySelectorAll(".label, .cite")) one.remove();
    const out = document.createElement("p");
    for (const one of copy.querySelectorAll("*")) {
      for (const name of ["id", "data-row", "class", "tabindex"]) one.removeAttribute(name);
      if (one.getAttribute("role") === "doc-noteref") one.replaceWith(one.textContent);
    }
    out.append(...copy.childNodes);
    return out;
  });
  const go = document.createElement("a");
  go.href = `#${note.id}`;
  go.textContent = `${label("note")} ${note.textContent}`;
  go.lang = box.dataset.lang;
  go.dir = box.dataset.dir;
  go.addEventListener("click", () => box.hidePopover());
  box.lang = cell.lang;
  box.dir = cell.dir;
  box.setAttribute("aria-label", go.textContent);
  box.replaceChildren(...said, go);
  box.showPopover();
  const at = from.getBoundingClientRect();
  const low = at.bottom + 8 + box.offsetHeight > innerHeight;
  box.style.insetBlockStart = `${Math.max(8, low ? at.top - 8 - box.offsetHeight : at.bottom + 8)}px`;
  box.style.left = `${Math.max(8, Math.min(at.left - 24, innerWidth - box.offsetWidth - 8))}px`;
  box.focus();
});
$("note")?.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && mark && (document.activeElement === document.body || $("note").contains(document.activeElement))) mark.focus();
});
