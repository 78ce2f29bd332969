"use strict";
// What can be done with a sentence: its address, a copy of its row, what is known of its translations.
const here = $("here");
const leave = () => {
  here.hidden = true;
};
const select = (unit, enter = false) => {
  pin(unit);
  const cite = fellows(unit).map((one) => one.querySelector(".cite")).find(Boolean);
  here.querySelector("b").textContent = cite?.dataset.n ?? "";
  here.dataset.to = cite?.getAttribute("href")?.slice(1) || unit.dataset.row;
  const notes = fellows(unit).filter((one) => isShown(columnOf(one)) && one.dataset.from).map((one) => {
    const line = document.createElement("li");
    const name = cellOf(one).closest(".block") && document.querySelector(`.names .c${columnOf(one)}`);
    line.textContent = [name?.textContent, one.dataset.from].filter(Boolean).join(": ");
    return line;
  });
  here.querySelector("ul").replaceChildren(...notes);
  here.hidden = false;
  if (enter) here.querySelector("button").focus();
};
const plain = (node) => {
  // The text of a node, with isolates where the page has elements with a direction.
  if (node.nodeType === 3) return node.data;
  if (node.nodeType !== 1 && node.nodeType !== 11) return "";
  if (node.nodeName === "BR") return "\n";
  const inner = [...node.childNodes].map(plain).join("");
  const dir = node.nodeName === "BDI" || node.nodeName === "CODE" ? node.dir : "";
  return dir ? (dir === "rtl" ? "\u2067" : "\u2066") + inner + "\u2069" : inner;
};
const bare = (node) => {
  const copy = node.cloneNode(true);
  for (const one of copy.querySelectorAll(".cite, [role=doc-noteref]")) one.remove();
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    if (one.nodeType !== 1) continue;
    for (const { name } of [...one.attributes]) if (!["lang", "dir", "href"].includes(name)) one.removeAttribute(name);
  }
  return copy;
};
let pending = null;
const put = (lines) => {
  pending = lines;
  const range = document.createRange();
  range.selectNodeContents(here.querySelector("b"));
  const was = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.execCommand("copy");
  getSelection().removeAllRanges();
  if (was) getSelection().addRange(was);
  pending = null;
  $("told").textContent = label("copied");
};
const line = (node, lang, dir) => {
  const out = document.createElement("p");
  out.lang = lang;
  out.dir = dir;
  out.append(node);
  return out;
};
const citation = () => {
  const { author, title } = here.dataset;
  const address = location.href.split("#")[0] + "#" + here.dataset.to;
  return [author, title, here.querySelector("b").textContent, location.protocol === "file:" ? "" : address].filter(Boolean).join(", ");
};
const copyRow = (cited) => {
  const units = fellows(pinned).filter((unit) => isShown(columnOf(unit)));
  const lines = units.map((unit) => {
    const spoken = unit.closest("[lang]");
    const copy = document.createDocumentFragment();
    copy.append(...bare(unit).childNodes);
    return line(copy, spoken.lang, spoken.dir);
  });
  if (cited) lines.push(line(citation(), root.lang, root.dir));
  put(lines);
};
here.addEventListener("click", (event) => {
  const act = event.target.closest("button")?.dataset.act;
  if (act === "link") location.hash = here.dataset.to;
  if (act === "copy" || act === "cite") copyRow(act === "cite");
  if (act === "close") {
    const unit = pinned;
    pin(null);
    leave();
    focus(unit);
  }
});
here.addEventListener("keydown", (event) => {
  if (event.key === "Escape") here.querySelector("[data-act=close]").click(), event.stopPropagation();
});
// A selection stays in the column where it began.
document.addEventListener("pointerdown", (event) => {
  const column = columnOf(event.target);
  if (column === undefined) delete root.dataset.drag;
  else if (boxes.length) root.dataset.drag = column;
});
document.addEventListener("copy", (event) => {
  let lines = pending;
  const selection = getSelection();
  const column = selection.rangeCount ? columnOf(selection.anchorNode) : undefined;
  if (!lines) {
    if (column === undefined || event.target.matches?.("input")) return;
    const range = selection.getRangeAt(0);
    lines = [];
    for (const cell of text.querySelectorAll(`.c${column}`)) {
      if (!range.intersectsNode(cell) || !cell.closest(".block")) continue;
      const part = document.createRange();
      part.selectNodeContents(cell);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      const said = document.createElement("div");
      said.append(part.cloneContents());
      const copy = bare(said);
      if (copy.textContent.trim()) lines.push(line(copy, cell.lang, cell.dir));
    }
  }
  const shown = (one) => plain(one).replace(/[ \t]*\n\s*/g, " ").trim();
  event.clipboardData.setData("text/plain", lines.map(shown).join("\n"));
  event.clipboardData.setData("text/html", lines.map((one) => one.outerHTML).join("\n"));
  event.preventDefault();
});
