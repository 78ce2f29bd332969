// @ts-check
// Saving: into this browser on every input, to the server after a pause, on leaving and on Enter.
// "Saved" is shown only when the server says so; a conflict is shown with both texts, and nothing is
// chosen for the person.

import { announce, ask, known, say } from "./page.js";
import * as drafts from "./drafts.js";
import { replaceAll } from "./field.js";

/** @typedef {import("./rows.js").Row} Row */
/** @typedef {{draft: boolean, approve: boolean}} Wish */

const PAUSE = 600;
const RETRY = 2000;
const LONGEST = 20000;
const client = crypto.randomUUID();

export class Saver {
  /** @param {import("./rows.js").Rows} rows */
  constructor(rows) {
    this.rows = rows;
    this.client = client;
    this.sequence = 0;
    this.connected = true;
    /** @type {Map<number, Row>} */
    this.waiting = new Map();
  }

  /** @param {Row} row */
  draftId(row) {
    return drafts.idOf(known.project ?? "", known.text ?? "", known.locale ?? "", row.message);
  }

  /** The person typed. @param {Row} row */
  typed(row) {
    if (!row.touched) {
      row.touched = true;
      row.wasDone = row.done;
    }
    drafts.keep({
      id: this.draftId(row), project: known.project ?? "", text: known.text ?? "", locale: known.locale ?? "",
      message: row.message, number: row.number, value: row.value, base: row.base, source: row.source, at: Date.now(),
    }).catch(() => announce(say("full"), true));
    if (row.element.dataset.save !== "conflict") row.show("typing");
    clearTimeout(row.timer);
    row.timer = setTimeout(() => this.save(row, { draft: true, approve: false }), PAUSE);
  }

  /** The person went to another place: a sentence keeps the state it had. @param {Row} row @param {boolean} [leaving] */
  left(row, leaving = false) {
    if (!row.touched || (row.theirs && !leaving)) return;
    clearTimeout(row.timer);
    this.save(row, { draft: !row.wasDone, approve: false }, leaving);
    if (!leaving) row.touched = false;
  }

  /** The person said that it is done. @param {Row} row @param {boolean} approve */
  confirm(row, approve) {
    clearTimeout(row.timer);
    row.touched = false;
    return this.save(row, { draft: false, approve });
  }

  /**
   * Save what a row says now.
   * @param {Row} row @param {Wish} wish @param {boolean} [leaving]
   */
  async save(row, wish, leaving = false) {
    if (!row.editable) return;
    if (row.inFlight && !leaving) {
      row.again = wish;
      return;
    }
    const value = row.value;
    const stays = value === row.saved && (!value || wish.draft === (row.state === "draft"));
    if (stays && !row.theirs) {
      await this.settled(row, value);
      if (wish.approve) await this.approve(row);
      return;
    }
    row.inFlight = true;
    const sequence = ++this.sequence;
    this.waiting.set(sequence, row);
    const { status, said } = await ask("PUT", "unit", {
      message: row.message, base: row.base, before: row.saved, target: value, draft: wish.draft && value !== "",
      client, sequence,
    }, leaving);
    if (said.outcome !== "kept") {
      this.waiting.delete(sequence);
      row.inFlight = false;
    }
    const { missed } = row;
    row.missed = null;
    await this.answered(row, value, wish, status, said);
    if (missed && said.outcome === "saved" && missed.client !== client && missed.base !== row.base) this.resync();
  }

  /** Save a row, and wait for what is on its way already. @param {Row} row */
  async finish(row) {
    while (row.inFlight) await new Promise((done) => setTimeout(done, 50));
    if (row.dirty) await this.save(row, { draft: !row.wasDone, approve: false });
  }

  /**
   * What the server said of a text.
   * @param {Row} row @param {string} value @param {Wish} wish @param {number} status @param {any} said
   */
  async answered(row, value, wish, status, said) {
    switch (said.outcome) {
      case "saved":
        await this.wasSaved(row, value, said);
        if (wish.approve && row.value === value) await this.approve(row);
        break;
      case "kept":
        row.show("kept");
        announce(say("kept"));
        return;
      case "conflict":
        if (row.again && said.base === row.base) break;  // the person has chosen meanwhile
        row.again = null;
        this.conflicted(row, said);
        break;
      case "gone":
        row.again = null;
        row.show("gone");
        this.offerSuccessor(row, said.successor);
        announce(say("gone"), true);
        break;
      default:
        this.failed(row, wish, status, said);
        return;
    }
    const again = row.again;
    row.again = null;
    if (again) await this.save(row, again);
  }

  /** @param {Row} row @param {string} value @param {any} said */
  async wasSaved(row, value, said) {
    for (const one of this.rows.byMessage.get(row.message) ?? []) {
      const clean = one === row || !one.dirty;
      one.base = said.base;
      one.theirs = null;
      one.tries = 0;
      one.saved = value;
      if (one !== row && clean) one.take(value);
      one.setState(said.state || one.state);
    }
    if (row.value === value) {
      row.unbox();
      row.show("saved");
      announce(say("saved"));
      await this.settled(row, value);
    } else {
      row.show("typing");
    }
  }

  /** Forget the draft of what is saved, unless more was typed meanwhile. @param {Row} row @param {string} value */
  async settled(row, value) {
    if (row.value !== value) return;
    if (row.element.dataset.save === "typing") row.show("");
    await drafts.forget(this.draftId(row)).catch(() => {});
  }

  /** @param {Row} row @param {any} said */
  conflicted(row, said) {
    if (said.target === row.value) {  // both typed the same
      row.base = said.base;
      row.saved = said.target;
      row.setState(said.draft ? "draft" : "translated");
      row.unbox();
      row.show("");
      return;
    }
    row.theirs = { base: said.base, target: said.target };
    const finish = () => {
      row.theirs = null;
      row.field.focus();
    };
    row.showConflict(said.view, {
      mine: () => {
        row.base = said.base;
        row.saved = said.target;
        row.unbox();
        finish();
        this.save(row, { draft: !row.wasDone, approve: false });
      },
      theirs: () => {
        row.base = said.base;
        row.saved = said.target;
        row.setState(said.draft ? "draft" : said.target ? "translated" : "initial");
        row.unbox();
        replaceAll(row.field, said.target);
        clearTimeout(row.timer);
        row.show("");
        finish();
        drafts.forget(this.draftId(row)).catch(() => {});
        ask("POST", "drop", { message: row.message });
      },
      both: () => {
        row.base = said.base;
        row.saved = said.target;
        for (const one of row.element.querySelectorAll(".box button")) one.remove();
        row.show("typing");
        finish();
      },
    });
  }

  /** @param {Row} row @param {string} number */
  offerSuccessor(row, number) {
    if (!number) return;
    const box = row.box("offer");
    const link = document.createElement("a");
    link.href = `#${number}`;
    link.textContent = say("successor");
    box.append(link);
  }

  /** Say that a text could not be saved, once, and try again, ever more seldom. @param {Row} row @param {Wish} wish @param {number} status @param {any} said */
  failed(row, wish, status, said) {
    row.inFlight = false;
    row.again = null;
    const was = row.element.dataset.save;
    if (status === 0) {
      this.disconnected();
      row.show("offline");
    } else if (status === 401) {
      row.show("enter");
      if (was !== "enter") announce(say("enter"), true);
    } else {
      const reason = said.error ?? String(status);
      row.show("failed", reason);
      if (was !== "failed") announce(`${say("failed")} ${reason}`, true);
    }
    clearTimeout(row.timer);
    row.tries += 1;
    row.timer = setTimeout(() => this.save(row, wish), Math.min(RETRY * 2 ** Math.min(row.tries - 1, 4), LONGEST));
  }

  /** Approve a sentence as it is saved. @param {Row} row */
  async approve(row) {
    if (row.state !== "translated" || row.dirty) return;
    const { status, said } = await ask("POST", "approve", { message: row.message, base: row.base, client });
    if (status === 200) {
      for (const one of this.rows.byMessage.get(row.message) ?? []) {
        one.setState("reviewed");
        one.show("");
      }
      announce(say("approved"));
    } else if (status === 409) {
      this.resync();
    } else {
      announce(`${say("failed")} ${said.error ?? status}`, true);
    }
  }

  // --- what others did ---

  /** @param {{message: string, base: string, target: string, state: string, by?: string, client?: string}} event */
  changed(event) {
    for (const row of this.rows.byMessage.get(event.message) ?? []) {
      if (row.inFlight) {
        row.missed = event;  // what is sent may have been written before or after it
        continue;
      }
      if (event.base === row.base || event.target === row.value) {
        row.base = event.base;
        row.saved = event.target;
        row.setState(event.state);
        if (!row.dirty && !row.theirs && row.element.dataset.save !== "saved") row.show("");
      } else if (event.client !== client && !row.dirty) {
        row.base = event.base;
        if (row.field === document.activeElement && row.editable) {
          row.saved = event.target;
          replaceAll(row.field, event.target);  // so that undo brings the former back
          clearTimeout(row.timer);
          row.touched = false;
        } else {
          row.take(event.target);
        }
        row.setState(event.state);
        row.show("");
        drafts.forget(this.draftId(row)).catch(() => {});
      } else if (event.client !== client) {
        clearTimeout(row.timer);
        this.save(row, { draft: true, approve: false });  // is refused, and answered with theirs
      }
    }
  }

  /** A text that had to wait is in its catalog, or not. @param {any} said */
  finished(said) {
    if (said.client !== client) return;
    const row = this.waiting.get(said.sequence);
    this.waiting.delete(said.sequence);
    if (!row) return;
    row.inFlight = false;
    const sent = said.outcome === "saved" ? row.value : "";
    this.answered(row, sent, { draft: row.state === "draft", approve: false }, said.outcome === "failed" ? 500 : 200, said);
  }

  disconnected() {
    if (this.connected) announce(say("offline"), true);
    this.connected = false;
  }

  reconnected() {
    if (!this.connected) announce(say("online"));
    for (const row of this.rows.all) row.tries = 0;
    this.connected = true;
    for (const row of new Set(this.waiting.values())) row.inFlight = false;
    this.waiting.clear();
    for (const row of this.rows.all) {
      if (row.dirty && !row.theirs && row.element.dataset.save && row.element !== this.rows.current?.element) {
        this.save(row, { draft: true, approve: false });
      }
    }
    return this.resync();
  }

  /** Ask what changed while nobody told us. @returns {Promise<boolean>} whether the text is the one that is shown */
  async resync() {
    const bases = Object.fromEntries(this.rows.all.filter((row) => row.base).map((row) => [row.message, row.base]));
    const { status, said } = await ask("POST", "state", { bases });
    if (status !== 200) return true;
    for (const unit of said.units) this.changed(unit);
    return said.whole;
  }
}
