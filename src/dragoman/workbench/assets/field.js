// @ts-check
// The field of a translation: its text, where things are in it, and what is drawn over it.
// The nodes of the text itself are never touched, so that order, caret and undo stay the browser's.

/** A target as it is saved: on one line, without blanks around it. @param {string} text */
export const tidy = (text) => text.replace(/\r\n/g, " ").replace(/[\r\n\t\v\f\u2028\u2029]/g, " ").replace(/^ +| +$/g, "");

/** @param {HTMLElement} field */
export const valueOf = (field) => tidy(field.textContent ?? "");

/**
 * Where a place of the text is among its nodes.
 * @param {HTMLElement} field @param {number} offset @returns {[Node, number]}
 */
function nodeAt(field, offset) {
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  let left = offset;
  let node = /** @type {Text | null} */ (walker.nextNode());
  let last = node;
  while (node) {
    if (left <= node.length) return [node, left];
    left -= node.length;
    last = node;
    node = /** @type {Text | null} */ (walker.nextNode());
  }
  return last ? [last, last.length] : [field, 0];
}

/** @param {HTMLElement} field @param {number} start @param {number} end */
export function rangeOf(field, start, end) {
  const range = document.createRange();
  range.setStart(...nodeAt(field, start));
  range.setEnd(...nodeAt(field, end));
  return range;
}

/** Start and end of the selection in a field. @param {HTMLElement} field @returns {[number, number]} */
export function selectionIn(field) {
  const selection = getSelection();
  if (!selection || !selection.rangeCount) return [0, 0];
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(field);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [start, start + range.toString().length];
}

/** @param {HTMLElement} field @param {number} start @param {number} [end] */
export function select(field, start, end = start) {
  const range = rangeOf(field, start, end);
  getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** Put a text in place of the selection, so that undo takes it away again. @param {string} text */
export const insert = (text) => document.execCommand(text ? "insertText" : "delete", false, text);

/** Put another text into a field, so that undo brings the former back. @param {HTMLElement} field @param {string} text */
export function replaceAll(field, text) {
  field.focus();
  select(field, 0, field.textContent?.length ?? 0);
  insert(text);
}

/** Keep what is pasted on one line. @param {InputEvent} event */
export function guard(event) {
  if (event.inputType === "insertParagraph" || event.inputType === "insertLineBreak") {
    event.preventDefault();
    return;
  }
  const pasted = event.dataTransfer?.getData("text/plain") ?? event.data ?? "";
  if (event.inputType.startsWith("insertFrom") && /[\r\n\t]/.test(pasted)) {
    event.preventDefault();
    insert(pasted.replace(/[\r\n\t]+/g, " "));
  }
}

// --- what is drawn over the text ---

/** @type {Map<HTMLElement, {start: number, end: number, severity: string}[]>} */
const marked = new Map();

/** Underline stretches of a field. @param {HTMLElement} field @param {{start: number, end: number, severity: string}[]} marks */
export function mark(field, marks) {
  marked.set(field, marks);
  if (!("highlights" in CSS)) return;
  for (const severity of ["error", "warning", "info"]) {
    const ranges = [...marked].flatMap(([where, many]) =>
      many.filter((one) => one.severity === severity && one.end > one.start)
        .map((one) => rangeOf(where, one.start, one.end)));
    CSS.highlights.set(severity, new Highlight(...ranges));
  }
}

const NAMES = /** @type {Record<string, string>} */ ({
  "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
  "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
  "\u00a0": "·", "\u202f": "·", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u2060": "WJ", "\u00ad": "SHY", "\ufeff": "BOM",
});

/** Show the controls of a field by ticks that lie over it and move nothing. @param {HTMLElement} field */
export function tick(field) {
  const place = field.parentElement;
  if (!place) return;
  for (const old of place.querySelectorAll(".tick")) old.remove();
  const text = field.textContent ?? "";
  const origin = place.getBoundingClientRect();
  for (let at = 0; at < text.length; at++) {
    const name = NAMES[text[at]];
    if (!name) continue;
    const box = [...rangeOf(field, at, at + 1).getClientRects()].pop();
    if (!box) continue;
    const made = document.createElement("span");
    made.className = "tick";
    made.dataset.name = name;
    made.setAttribute("aria-hidden", "true");
    const style = made.attributeStyleMap;
    style.set("left", CSS.px(box.left + box.width / 2 - origin.left));
    style.set("top", CSS.px(box.top - origin.top));
    style.set("height", CSS.px(box.height));
    place.append(made);
  }
}

/** @param {HTMLElement} field */
export function untick(field) {
  for (const old of field.parentElement?.querySelectorAll(".tick") ?? []) old.remove();
}
