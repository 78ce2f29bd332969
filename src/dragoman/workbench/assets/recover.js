// @ts-check
// What was typed and not saved: what the server's journal has, and what this browser kept itself.

import { announce, ask, button, known, say } from "./page.js";
import * as drafts from "./drafts.js";

const list = /** @type {HTMLElement} */ (document.getElementById("kept"));
const none = /** @type {HTMLElement} */ (document.getElementById("none"));

/** @param {drafts.Draft} draft */
function takeUp(draft) {
  sessionStorage.setItem("take", draft.id);
  const path = ["t", draft.text, draft.locale].map((part) => part.split("/").map(encodeURIComponent).join("/")).join("/");
  location.assign(`/${path}#${draft.number}`);
}

/** @param {HTMLElement} item */
function gone(item) {
  item.remove();
  none.hidden = list.children.length > 0;
  announce(say("dropped"));
  const next = list.querySelector("button") ?? document.querySelector("a.home");
  if (next instanceof HTMLElement) next.focus();
}

/** @param {HTMLElement} item @param {Map<string, drafts.Draft>} kept */
function wire(item, kept) {
  const { text = "", locale = "", number = "", target = "", base = "", source = "", message = "", journal = "" } = item.dataset;
  const id = drafts.idOf(known.project ?? "", text, locale, message);
  item.querySelector("[data-do=take]")?.addEventListener("click", async () => {
    const draft = kept.get(id) ?? { id, project: known.project ?? "", text, locale, message, number, value: target, base, source, at: Date.now() };
    await drafts.keep({ ...draft, value: target, number });
    takeUp(draft);
  });
  item.querySelector("[data-do=drop]")?.addEventListener("click", async () => {
    const { status, said } = await ask("POST", "drop", { journal });
    if (status !== 200) {
      announce(`${say("failed")} ${said.error ?? status}`, true);
      return;
    }
    if (kept.get(id)?.value === target) await drafts.forget(id);
    gone(item);
  });
}

/** @param {drafts.Draft} draft */
function shown(draft) {
  const item = document.createElement("li");
  const where = document.createElement("p");
  where.className = "where";
  where.textContent = `${draft.text} ${draft.number} · ${draft.locale}`;
  const source = document.createElement("p");
  source.className = "s";
  source.textContent = draft.source;
  const mine = document.createElement("p");
  mine.className = "mine";
  mine.lang = draft.locale.replaceAll("_", "-");
  mine.textContent = draft.value;
  item.append(where, source, mine, button(say("take"), () => takeUp(draft)), button(say("drop"), async () => {
    await drafts.forget(draft.id);
    gone(item);
  }));
  return item;
}

const kept = new Map((await drafts.all(known.project ?? "").catch(() => [])).map((draft) => [draft.id, draft]));
const listed = new Set();
for (const item of list.children) {
  if (!(item instanceof HTMLElement)) continue;
  wire(item, kept);
  const { text = "", locale = "", message = "", target } = item.dataset;
  const id = drafts.idOf(known.project ?? "", text, locale, message);
  if (kept.get(id)?.value === target) listed.add(id);
}
for (const [id, draft] of kept) if (!listed.has(id)) list.append(shown(draft));
none.hidden = list.children.length > 0;
