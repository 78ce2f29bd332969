// @ts-check
// Who else is at which sentence.

import { ask, known } from "./page.js";

/** @type {Map<string, HTMLElement>} The marks of others, by their page. */
const marks = new Map();

/** Tell others where the person is. @param {string} number @param {string} client */
export const tell = (number, client) => ask("POST", "here", { number, client });

/** @param {{client: string, by: string, number: string}} said @param {string} client */
export function shown(said, client) {
  if (said.client === client) return;
  marks.get(said.client)?.remove();
  marks.delete(said.client);
  const row = said.number && said.by !== known.by && document.getElementById(said.number);
  if (!row || !row.classList.contains("row")) return;
  const mark = document.createElement("span");
  mark.className = "who";
  mark.textContent = said.by;
  marks.set(said.client, mark);
  row.append(mark);
}
