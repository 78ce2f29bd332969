// @ts-check
// The texts of a project: how much is to be decided on in each, asked for when the page is there.

import { ask } from "./page.js";

(async () => {
  for (const link of document.querySelectorAll("a[data-count]")) {
    if (!(link instanceof HTMLElement)) continue;
    const { text, locale, count = "" } = link.dataset;
    const { status, said } = await ask("POST", "count", { text, locale });
    if (status === 0 || status === 401) return;
    link.hidden = status !== 200 || !said.count;
    if (said.count) link.textContent = count.replace("{count}", said.count.toLocaleString(document.documentElement.lang));
  }
})();
