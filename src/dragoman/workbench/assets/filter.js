// @ts-check
// Showing some sentences of a text only: by their state, or those that a check has something to say of.

import { announce, ask, say } from "./page.js";

const chooser = /** @type {HTMLSelectElement | null} */ (document.getElementById("filter"));

/**
 * Hide the rows that are not asked for. What is chosen once stays while one works: a sentence does
 * not vanish under the hands when its state changes.
 * @param {import("./rows.js").Rows} rows
 */
export function filterable(rows) {
  if (!chooser) return;
  const apply = async () => {
    const wanted = chooser.value;
    /** @type {Set<string> | null} */
    let named = null;
    if (wanted === "finding") {
      const { status, said } = await ask("POST", "findings", {});
      if (status !== 200) {
        announce(`${say("failed")} ${said.error ?? status}`, true);
        return;
      }
      named = new Set(said.units);
    }
    let shown = 0;
    for (const row of rows.all) {
      const fits = !wanted || (named ? named.has(row.id) : wanted === "changed" ? row.changed : row.state === wanted);
      row.element.hidden = !fits && row !== rows.current;
      shown += fits ? 1 : 0;
    }
    for (const block of document.querySelectorAll(".block")) {
      if (block instanceof HTMLElement) block.hidden = !block.querySelector(".row:not([hidden])");
    }
    announce(`${shown} / ${rows.all.length}`);
  };
  chooser.addEventListener("change", apply);
  if (chooser.value) apply();  // as the browser remembers it
}
