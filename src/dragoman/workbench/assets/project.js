// @ts-check
// The texts of a project: how much is to be decided on in each, asked for part by part.

import { ask } from "./page.js";

/** @param {HTMLElement} link */
async function count(link) {
  const { text, locale, count: label = "" } = link.dataset;
  let whole = 0;
  let start = 0;
  do {
    const { status, said } = await ask("POST", "count", { text, locale, start });
    if (status !== 200) return status !== 0 && status !== 401;
    whole += said.count;
    start = said.next;
    link.hidden = !whole;
    link.textContent = label.replace("{count}", whole.toLocaleString(document.documentElement.lang) + (start ? " …" : ""));
  } while (start);
  return true;
}

(async () => {
  for (const link of document.querySelectorAll("a[data-count]")) {
    if (link instanceof HTMLElement && !await count(link)) return;
  }
})();
