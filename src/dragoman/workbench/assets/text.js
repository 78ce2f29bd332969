// @ts-check
// A text: keys, focus, and what ties rows, saving and events together.

import { announce, ask, known, say, showChanged } from "./page.js";
import * as drafts from "./drafts.js";
import { listen } from "./events.js";
import { guard, replaceAll, select, selectionIn, tick, untick } from "./field.js";
import { Rows } from "./rows.js";
import { Saver } from "./saving.js";
import { isolate, join, offerSigns } from "./editing.js";
import { filterable } from "./filter.js";
import { Panel } from "./panel.js";
import * as presence from "./presence.js";

const rows = new Rows();
const saver = new Saver(rows);
const panel = new Panel(rows, saver);
const main = /** @type {HTMLElement} */ (document.getElementById("main"));

// --- typing ---

main.addEventListener("beforeinput", (event) => {
  if (rows.of(event.target)) guard(/** @type {InputEvent} */ (event));
});

main.addEventListener("input", (event) => {
  const row = rows.of(event.target);
  if (!row) return;
  saver.typed(row);
  panel.typed(row);
  tick(row.field);
});

main.addEventListener("focusin", (event) => {
  const row = rows.of(event.target);
  if (!row || event.target !== row.field) return;
  tick(row.field);
  presence.tell(row.number, saver.client);
  panel.show(row);
});

main.addEventListener("focusout", (event) => {
  const row = rows.of(event.target);
  if (!row || event.target !== row.field) return;
  row.selection = selectionIn(row.field);
  untick(row.field);
  saver.left(row);
});

addEventListener("pagehide", () => {
  for (const row of rows.all) if (row.touched && row.dirty) saver.left(row, true);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    for (const row of rows.all) if (row.touched && row.dirty) saver.left(row, true);
  }
});
addEventListener("resize", () => { if (rows.current) tick(rows.current.field); });

// --- keys ---

/** @param {import("./rows.js").Row | undefined} row */
function go(row) {
  if (!row) return;
  row.field.focus({ preventScroll: true });
  select(row.field, row.field.textContent?.length ?? 0);
  row.element.scrollIntoView({ block: "nearest" });
}

main.addEventListener("keydown", (event) => {
  const row = rows.of(event.target);
  if (!row || event.isComposing || event.target !== row.field) return;
  if (event.key === "Enter" && !event.altKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    saver.confirm(row, event.ctrlKey);
    go(rows.beside(row, 1));
  } else if (event.altKey && !event.ctrlKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    if (!event.shiftKey) go(rows.beside(row, event.key === "ArrowUp" ? -1 : 1));
    else if (event.key === "ArrowUp" && row.editable) join(row, rows.all[rows.all.indexOf(row) - 1], saver, true);
  } else if (edited(event, row) || panel.key(event, row)) {
    event.preventDefault();
  }
});

/** Whether a key was one that edits a sentence; by its place, for keyboards differ. @param {KeyboardEvent} event @param {import("./rows.js").Row} row */
function edited(event, row) {
  if (!event.ctrlKey || event.altKey || event.metaKey || !row.editable) return false;
  if (event.code === "Period" && !event.shiftKey) offerSigns(row);
  else if (event.code === "KeyI" && event.shiftKey) isolate(row);
  else if (event.code === "KeyJ" && !event.shiftKey) join(row, rows.all[rows.all.indexOf(row) - 1], saver);
  else return false;
  return true;
}

addEventListener("keydown", (event) => {
  if (event.key !== "F2") return;
  event.preventDefault();
  if (panel.element.contains(document.activeElement)) go(panel.row);
  else panel.element.focus();
});

// --- deep links ---

function follow() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const row = named && rows.byElement.get(named);
  if (!row) return;
  row.element.hidden = false;
  if (row.element.parentElement) row.element.parentElement.hidden = false;
  row.element.scrollIntoView({ block: "center" });
  go(row);
}
addEventListener("hashchange", follow);

// --- what was typed before ---

async function offer() {
  const kept = await drafts.all(known.project ?? "").catch(() => []);
  const wanted = sessionStorage.getItem("take");
  sessionStorage.removeItem("take");
  for (const draft of kept) {
    if (draft.text !== known.text || draft.locale !== known.locale) continue;
    const row = rows.byMessage.get(draft.message)?.[0];
    if (!row || row.dirty) continue;
    const drop = () => {
      row.unbox();
      drafts.forget(draft.id);
      ask("POST", "drop", { message: row.message });
      row.field.focus();
    };
    const take = () => {
      row.unbox();
      replaceAll(row.field, draft.value);
      if (draft.base !== row.base) row.base = draft.base;  // so that a change meanwhile is a conflict
    };
    if (draft.value === row.value) drafts.forget(draft.id);
    else if (draft.id === wanted) take();
    else row.showOffer(draft.value, take, drop);
  }
}

// --- events ---

document.getElementById("update")?.addEventListener("click", async () => {
  const { status, said } = await ask("POST", "update", {});
  if (status === 200) location.reload();
  else announce(`${say("failed")} ${said.error ?? status}`, true);
});

main.inert = false;  // what is typed before this script listens would be lost
filterable(rows);
requestAnimationFrame(() => {
  follow();
  offer();
});
listen({
  hello: async () => {
    if (rows.current) presence.tell(rows.current.number, saver.client);
    if (!await saver.reconnected()) showChanged();
  },
  unit: (said) => saver.changed(said),
  done: (said) => saver.finished(said),
  terms: () => { if (rows.current) panel.check(rows.current); },
  here: (said) => presence.shown(said, saver.client),
  text: showChanged,
}, () => saver.disconnected(), saver.client);
