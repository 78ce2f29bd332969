// @ts-check
// Search and replace over the project: every hit is shown before and after, and can be left out.

import { announce, ask, built, say } from "./page.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const named = (id) => /** @type {T} */ (document.getElementById(id));
const find = /** @type {HTMLInputElement} */ (named("find"));
const replacement = /** @type {HTMLInputElement} */ (named("replacement"));
const where = /** @type {HTMLSelectElement} */ (named("in"));
const capitals = /** @type {HTMLInputElement} */ (named("case"));
const hits = named("hits");
const count = named("count");

const query = () => ({ find: find.value, replacement: replacement.value, in: where.value, case: capitals.checked });
/** @type {ReturnType<typeof query> | null} What the hits on the page were found with. */
let shown = null;

async function search() {
  const asked = query();
  const { status, said } = await ask("POST", "search", asked);
  if (status !== 200) {
    announce(`${say("failed")} ${said.error ?? status}`, true);
    return;
  }
  shown = asked;
  hits.replaceChildren(...said.hits.map(built));
  count.textContent = said.said;
  announce(said.said);
  named("act").hidden = !hits.querySelector("input");
}

named("search").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});

named("replace").addEventListener("click", async () => {
  if (!shown || !sameQuery(shown, query())) {
    await search();  // what is replaced is what was seen
    return;
  }
  const ticked = [...hits.querySelectorAll("input:checked")].map((one) => {
    const { text, locale, message, base } = /** @type {HTMLElement} */ (one).dataset;
    return { text, locale, message, base };
  });
  const { status, said } = await ask("POST", "replace", { ...shown, meant: ticked });
  if (status !== 200) {
    announce(`${say("failed")} ${said.error ?? status}`, true);
    return;
  }
  hits.replaceChildren();
  named("act").hidden = true;
  count.textContent = said.said;
  announce(said.said);
  if (said.count) {
    named("undo").textContent = say("undo").replace("{count}", String(said.count));
    named("last").hidden = false;
    named("undo").focus();
  }
});

named("undo").addEventListener("click", async () => {
  const { status, said } = await ask("POST", "undo", {});
  if (status !== 200) {
    announce(`${say("failed")} ${said.error ?? status}`, true);
    return;
  }
  named("last").hidden = true;
  count.textContent = said.said;
  announce(said.said);
  find.focus();
});

/** @param {ReturnType<typeof query>} one @param {ReturnType<typeof query>} other */
const sameQuery = (one, other) => JSON.stringify(one) === JSON.stringify(other);
