// @ts-check
// The panel beside the text: what helps with the sentence in hand, and what the checks say of it.

import { ask, built } from "./page.js";
import { mark } from "./field.js";

/** @typedef {import("./rows.js").Row} Row */

const PAUSE = 300;

export class Panel {
  /** @param {import("./rows.js").Rows} rows @param {import("./saving.js").Saver} saver */
  constructor(rows, saver) {
    this.rows = rows;
    this.saver = saver;
    this.element = /** @type {HTMLElement} */ (document.getElementById("panel"));
    /** @type {Row | undefined} */
    this.row = undefined;
    this.timer = 0;
  }

  /** Show what helps with a row. @param {Row} row */
  show(row) {
    this.row = row;
    this.check(row);
  }

  /** @param {Row} row */
  typed(row) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(row), PAUSE);
  }

  /** Ask what the checks say of a row as it is now. @param {Row} row */
  async check(row) {
    const value = row.value;
    const { status, said } = await ask("POST", "check", { unit: row.id, target: value });
    if (status !== 200 || row.value !== value) return;
    const lead = (row.field.textContent ?? "").search(/[^ ]/);
    mark(row.field, said.marks.map((/** @type {any} */ one) => ({ ...one, start: one.start + Math.max(lead, 0), end: one.end + Math.max(lead, 0) })));
    if (row === this.row) this.element.replaceChildren(...said.view.map(built));
  }

  /** Whether a key was for the panel. @param {KeyboardEvent} _event @param {Row} _row */
  key(_event, _row) {
    return false;
  }
}
