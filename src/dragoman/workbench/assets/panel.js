// @ts-check
// The panel beside the text: what helps with the sentence in hand, and what the checks say of it.

import { announce, ask, built, button, say } from "./page.js";
import { insert, mark, replaceAll, select, selectionIn } from "./field.js";

/** @typedef {import("./rows.js").Row} Row */

const CHECK_PAUSE = 300;
const HELP_PAUSE = 120;

export class Panel {
  /** @param {import("./rows.js").Rows} rows @param {import("./saving.js").Saver} saver */
  constructor(rows, saver) {
    this.rows = rows;
    this.saver = saver;
    this.element = /** @type {HTMLElement} */ (document.getElementById("panel"));
    this.live = document.createElement("div");
    this.help = document.createElement("div");
    this.element.append(this.live, this.help);
    /** @type {Row | undefined} */
    this.row = undefined;
    this.checking = 0;
    this.helping = 0;
    /** @type {{start: number, end: number}[]} What the checks marked in the row. */
    this.marks = [];
    this.element.addEventListener("mousedown", (event) => {
      const pressed = event.target instanceof Element && event.target.closest("button");
      if (pressed && pressed.dataset.accept === undefined && pressed.dataset.remark === undefined && pressed.dataset.suggest === undefined) event.preventDefault();  // the caret stays in its field
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.row?.field.focus();
    });
    this.element.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element && event.target.closest("button");
      if (pressed) this.act(pressed);
    });
  }

  /** Show what helps with a row. @param {Row} row */
  show(row) {
    if (row === this.row) return;
    this.row = row;
    this.live.replaceChildren();
    this.help.replaceChildren();
    this.check(row);
    clearTimeout(this.helping);
    this.helping = setTimeout(() => this.fetchHelp(row), HELP_PAUSE);
  }

  /** @param {Row} row */
  typed(row) {
    clearTimeout(this.checking);
    this.checking = setTimeout(() => this.check(row), CHECK_PAUSE);
  }

  /** @param {Row} row */
  async fetchHelp(row) {
    const { status, said } = await ask("POST", "help", { unit: row.id });
    if (status === 200 && row === this.row) this.help.replaceChildren(...said.view.map(built));
  }

  /** Ask what there is to say of a row as it is now. @param {Row} row */
  async check(row) {
    const value = row.value;
    const { status, said } = await ask("POST", "check", { unit: row.id, target: value });
    if (status === 422 && row === this.row) this.live.replaceChildren(built(["p", { class: "error", dir: "ltr", lang: "en" }, said.error]));
    if (status !== 200 || row.value !== value) return;
    const lead = Math.max((row.field.textContent ?? "").search(/[^ ]/), 0);
    /** @type {{start: number, end: number, severity: string}[]} */
    const marks = said.marks.map((/** @type {any} */ one) => ({ ...one, start: one.start + lead, end: one.end + lead }));
    mark(row.field, marks);
    if (row !== this.row) return;
    this.marks = marks.filter((one) => one.end > one.start).sort((a, b) => a.start - b.start);
    this.live.replaceChildren(...said.view.map(built));
  }

  // --- what buttons and keys do ---

  /** @param {HTMLButtonElement} pressed */
  act(pressed) {
    const { row } = this;
    const { insert: wording, replace, fix, start, end, accept } = pressed.dataset;
    if (!row) return;
    if (accept !== undefined) this.accept(row, pressed, accept);
    else if (pressed.dataset.remark !== undefined) this.remark(row, pressed);
    else if (wording !== undefined) this.insert(row, wording);
    else if (pressed.dataset.suggest !== undefined) this.suggest(row, pressed);
    else if (pressed.dataset.take !== undefined) this.take(row, pressed.dataset.take);
    else if (pressed.dataset.decline !== undefined) this.decline(row, pressed.dataset.decline);
    else if (pressed.dataset.machine !== undefined) this.machine(row, pressed.dataset.machine);
    else if (replace !== undefined) replaceAll(row.field, replace);
    else if (fix !== undefined) {
      const lead = Math.max((row.field.textContent ?? "").search(/[^ ]/), 0);
      row.field.focus();
      select(row.field, Number(start) + lead, Number(end) + lead);
      insert(fix);
    }
  }

  /** Put a text where the caret is, or was. @param {Row} row @param {string} text */
  insert(row, text) {
    if (document.activeElement !== row.field) {
      row.field.focus();
      select(row.field, ...row.selection);
    }
    insert(text);
  }

  /**
   * Ask for a line of text in place of a button.
   * @param {Row} row @param {HTMLElement} pressed @param {string} name
   * @param {(said: string) => Promise<{status: number, said: any}>} send
   * @param {HTMLElement} [like] what it has the language of
   */
  prompt(row, pressed, name, send, like) {
    const label = document.createElement("label");
    const line = document.createElement("input");
    if (like) [line.lang, line.dir] = [like.lang, like.dir];
    label.append(`${name} `, line);
    const done = button(say("accept"), async () => {
      if (!line.value.trim()) {
        line.focus();
        return;
      }
      const { status, said } = await send(line.value);
      if (status !== 200) {
        announce(`${say("failed")} ${said.error ?? say("conflict")}`, true);
        return;
      }
      row.field.focus();
      this.check(row);
      this.fetchHelp(row);
    });
    line.addEventListener("keydown", (event) => {
      if (event.key === "Enter") done.click();
      if (event.key === "Escape") row.field.focus();
    });
    label.append(done);
    pressed.replaceWith(label);
    line.focus();
  }

  /** Ask for a machine draft; what would leave is shown first, and its seal lets it. @param {Row} row @param {string} seal */
  async machine(row, seal) {
    const { status, said } = await ask("POST", "machine", { message: row.message, seal });
    if (row !== this.row) return;
    if (status !== 200) {
      announce(`${say("failed")} ${said.error ?? status}`, true);
      return;
    }
    const made = /** @type {HTMLElement} */ (built(said.view));
    this.element.querySelector(".machine")?.replaceWith(made);
    const next = made.querySelector("button");
    if (next?.dataset.machine) next.focus();  // Enter sends it, Escape goes back
    else announce(made.innerText);
  }

  /** Accept what a check says, for a reason. @param {Row} row @param {HTMLElement} pressed @param {string} code */
  accept(row, pressed, code) {
    this.prompt(row, pressed, say("reason"), async (reason) => {
      await this.saver.finish(row);
      return ask("POST", "accept", { unit: row.id, base: row.base, code, reason });
    });
  }

  /** Propose another translation, beside the one that is there. @param {Row} row @param {HTMLElement} pressed */
  suggest(row, pressed) {
    this.prompt(row, pressed, say("suggest"), (target) => ask("POST", "suggest", { message: row.message, target }), row.field);
  }

  /** Take what somebody proposed, as if it were typed and done. @param {Row} row @param {string} target */
  async take(row, target) {
    replaceAll(row.field, target);
    await this.saver.confirm(row, false);
    if (!row.dirty) await this.decline(row, target);
  }

  /** Take a suggestion away. @param {Row} row @param {string} target */
  async decline(row, target) {
    row.field.focus();
    const { status, said } = await ask("POST", "decline", { message: row.message, target });
    if (status !== 200) announce(`${say("failed")} ${said.error ?? status}`, true);
    await this.fetchHelp(row);
  }

  /** Note something down beside the sentence. @param {Row} row @param {HTMLElement} pressed */
  remark(row, pressed) {
    this.prompt(row, pressed, say("remark"), (remark) => ask("POST", "remark", { unit: row.id, remark }));
  }

  /** Whether a key was for the panel. @param {KeyboardEvent} event @param {Row} row */
  key(event, row) {
    if (event.key === "F8") {
      this.nextFinding(row);
      return true;
    }
    if (!event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.key === "Enter" && event.shiftKey) {
      const pressed = this.element.querySelector("[data-take]");
      if (pressed instanceof HTMLButtonElement) this.act(pressed);
      return true;
    }
    if (event.code === "Comma" && !event.shiftKey) {
      const pressed = this.element.querySelector(".machine button");
      if (pressed instanceof HTMLButtonElement) {
        if (pressed.dataset.machine) pressed.focus(); else this.act(pressed);
      }
      return true;
    }
    const digit = /^Digit([1-5])$/.exec(event.code);
    if (!digit) return false;
    const list = event.shiftKey ? ".terms" : ".matches";
    const item = this.element.querySelector(`${list} > li:nth-child(${digit[1]})`);
    const wanted = item?.querySelector("[data-insert], [data-replace]");
    if (wanted instanceof HTMLButtonElement) this.act(wanted);
    return true;
  }

  /** Go to what the checks marked next: in this sentence, then in one of the next. @param {Row} row */
  async nextFinding(row) {
    clearTimeout(this.checking);
    await this.check(row);
    const [, caret] = selectionIn(row.field);
    const next = this.marks.find((one) => one.start >= caret);
    if (next && row === this.row) {
      select(row.field, next.start, next.end);
      return;
    }
    const { status, said } = await ask("POST", "finding", { unit: row.id });
    if (status !== 200) return;
    if (said.number) location.hash = `#${said.number}`;
    else announce(say("none"));
  }
}
