// @ts-check
// A review file that comes back: shown what it would change, then taken in.

import { announce, ask, built, say } from "./page.js";

const file = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const told = /** @type {HTMLElement} */ (document.getElementById("brought"));
const act = /** @type {HTMLElement} */ (document.getElementById("act"));
const take = /** @type {HTMLElement} */ (document.getElementById("take"));
const LARGEST = 700_000;

/** @param {File} chosen @returns {Promise<string>} its bytes in base64 */
async function encoded(chosen) {
  const bytes = new Uint8Array(await chosen.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** @param {boolean} write */
async function bring(write) {
  const chosen = file.files?.[0];
  act.hidden = true;
  if (!chosen) return;
  if (chosen.size > LARGEST) {
    announce(say("large"), true);
    return;
  }
  const { status, said } = await ask("POST", "bring", { name: chosen.name, data: await encoded(chosen), write });
  if (status !== 200) {
    told.replaceChildren();
    announce(`${say("failed")} ${said.error ?? status}`, true);
    return;
  }
  told.replaceChildren(built(said.view));
  act.hidden = write || !said.changes;
  announce(write ? say("taken") : say("looked"));
}

file.addEventListener("change", () => bring(false));
take.addEventListener("click", () => bring(true));
