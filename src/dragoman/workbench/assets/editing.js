// @ts-check
// What edits a sentence by a key: signs that keyboards hide, isolates, sentences joined and split.

import { announce, known, say } from "./page.js";
import { insert, replaceAll, select, selectionIn } from "./field.js";

/** @typedef {import("./rows.js").Row} Row */

/** @type {[string, string, string][]} */
const signs = JSON.parse(known.signs ?? "[]");

/** A menu of signs below a field; what is chosen is put where the caret was. @param {Row} row */
export function offerSigns(row) {
  const place = selectionIn(row.field);
  const menu = document.createElement("div");
  menu.className = "signs";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", say("signs"));
  const leave = () => {
    row.field.focus();  // which removes the menu
    select(row.field, ...place);
  };
  for (const [sign, shown, name] of signs) {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    item.dir = "ltr";
    item.title = name;
    item.setAttribute("aria-label", name);
    item.textContent = shown;
    item.addEventListener("click", () => {
      leave();
      insert(sign);
    });
    menu.append(item);
  }
  const items = /** @type {HTMLElement[]} */ ([...menu.children]);
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 }[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1
      : step ? (at + step + items.length) % items.length : -1;
    if (event.key === "Escape" || event.key === "Tab") leave();
    else if (next >= 0) items[next].focus();
    else return;
    event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(/** @type {Node | null} */ (event.relatedTarget))) menu.remove();
  });
  row.element.append(menu);
  items[0]?.focus();
}

const LRI = "\u2066";
const PDI = "\u2069";

/** Isolate the selection, or take its isolate away; only right-to-left targets may hold any. @param {Row} row */
export function isolate(row) {
  if (known.dir !== "rtl") {
    announce(say("no-isolate"));
    return;
  }
  const text = row.field.textContent ?? "";
  let [start, end] = selectionIn(row.field);
  if (start === end) {
    announce(say("select-first"));
    return;
  }
  if (text[start - 1] === LRI && text[end] === PDI) {
    start -= 1;
    end += 1;
  }
  select(row.field, start, end);
  const chosen = text.slice(start, end);
  const bare = chosen.startsWith(LRI) && chosen.endsWith(PDI) ? chosen.slice(1, -1) : LRI + chosen + PDI;
  insert(bare);
  select(row.field, start, start + bare.length);
}

/**
 * Join a sentence to the one before it in its block, or part them again. Swapped, its translation
 * comes first: a catalog of sentences has no other order than the text's, so both are one translation.
 * @param {Row} row @param {Row | undefined} before @param {import("./saving.js").Saver} saver @param {boolean} [swapped]
 */
export async function join(row, before, saver, swapped = false) {
  if (row.value === "↑" && !swapped) {
    replaceAll(row.field, "");
    await saver.confirm(row, false);
    return;
  }
  if (!before || before.element.parentElement !== row.element.parentElement || before.joined || row.joined) {
    announce(say("no-join"));
    return;
  }
  const done = row.done && before.done;
  const said = swapped ? [row.value, before.value] : [before.value, row.value];
  const both = said.filter(Boolean).join(" ");
  replaceAll(row.field, "↑");
  replaceAll(before.field, both);
  await Promise.all([
    saver.confirm(row, false),
    done ? saver.confirm(before, false) : saver.save(before, { draft: true, approve: false }),
  ]);
}
