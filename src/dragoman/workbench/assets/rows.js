// @ts-check
// The rows of a text: a sentence, its field, what is saved of it, and what is not.

import { announce, button, built, say } from "./page.js";
import { valueOf } from "./field.js";

/** @typedef {"" | "typing" | "kept" | "saved" | "conflict" | "offline" | "failed" | "enter" | "gone"} Saving */

/** A sentence of the text. */
export class Row {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.field = /** @type {HTMLElement} */ (element.querySelector(".t"));
    this.message = element.dataset.message ?? "";
    this.id = element.dataset.id ?? "";
    this.base = element.dataset.base ?? "";
    /** What the catalog says, as far as this page knows. */
    this.saved = valueOf(this.field);
    this.state = element.dataset.state ?? "initial";
    /** Whether it counted as translated when the person began to type. */
    this.wasDone = false;
    this.inFlight = false;
    /** @type {null | {draft: boolean, approve: boolean}} What to save once the answer is here. */
    this.again = null;
    this.timer = 0;
    /** How often saving failed since it last did not. */
    this.tries = 0;
    /** @type {any} A change from elsewhere that came while something was being sent. */
    this.missed = null;
    /** @type {null | {base: string, target: string}} */
    this.theirs = null;
    this.touched = false;
    /** @type {[number, number]} Where the caret was when the field was left. */
    this.selection = [this.saved.length, this.saved.length];
  }

  get number() { return this.element.id; }
  get source() { return this.element.querySelector(".s")?.textContent ?? ""; }
  get value() { return valueOf(this.field); }
  get dirty() { return this.value !== this.saved; }
  get editable() { return this.field.isContentEditable; }
  get changed() { return this.element.hasAttribute("data-changed"); }
  get done() { return this.state === "translated" || this.state === "reviewed"; }

  /** Show how far saving is. @param {Saving} saving @param {string} [reason] */
  show(saving, reason = "") {
    const { dataset } = this.element;
    if (saving) dataset.save = saving; else delete dataset.save;
    const place = /** @type {HTMLElement} */ (this.element.querySelector(".state"));
    const state = say(this.joined ? "state-joined" : `state-${this.state}`);
    const now = saving ? [say(saving), reason].filter(Boolean).join(" ") : "";
    place.textContent = saving === "saved" ? [state, now].filter(Boolean).join(" · ") : now || state;
  }

  get joined() { return this.saved === "↑" || this.saved === "↓"; }

  /** @param {string} state */
  setState(state) {
    this.state = state;
    this.element.dataset.state = state;
    this.element.toggleAttribute("data-joined", this.joined);
  }

  /** Take what the catalog says, where nothing unsaved is in the way. @param {string} target */
  take(target) {
    this.saved = target;
    if (this.value !== target) this.field.textContent = target;
  }

  /** The box below the row. @param {string} kind */
  box(kind) {
    this.unbox();
    const made = document.createElement("div");
    made.className = `box ${kind}`;
    made.setAttribute("role", "group");
    this.element.append(made);
    return made;
  }

  unbox() { this.element.querySelector(".box")?.remove(); }

  /**
   * Show both texts of a conflict, and what may be done.
   * @param {import("./page.js").Tree} view
   * @param {{mine: () => void, theirs: () => void, both: () => void}} acts
   */
  showConflict(view, acts) {
    const box = this.box("conflict");
    box.setAttribute("aria-label", say("conflict"));
    box.append(built(view), button(say("mine"), acts.mine), button(say("theirs"), acts.theirs), button(say("both"), acts.both));
    this.show("conflict");
    announce(say("conflict"));
  }

  /** Offer a text that was typed here before. @param {string} text @param {() => void} take @param {() => void} drop */
  showOffer(text, take, drop) {
    const box = this.box("offer");
    box.setAttribute("aria-label", say("offer"));
    const quoted = document.createElement("p");
    quoted.className = "prose";
    quoted.lang = this.field.lang;
    quoted.dir = this.field.dir;
    quoted.textContent = text;
    box.append(say("offer"), quoted, button(say("take"), take), button(say("drop"), drop));
  }
}

/** All rows, in the order of the text. */
export class Rows {
  constructor() {
    this.all = [...document.querySelectorAll(".row")].map((one) => new Row(/** @type {HTMLElement} */ (one)));
    /** @type {Map<Element, Row>} */
    this.byElement = new Map(this.all.map((row) => [row.element, row]));
    /** @type {Map<string, Row[]>} */
    this.byMessage = new Map();
    for (const row of this.all) {
      const same = this.byMessage.get(row.message);
      if (same) same.push(row); else this.byMessage.set(row.message, [row]);
    }
  }

  /** The row that holds a node. @param {EventTarget | null} node */
  of(node) {
    const element = node instanceof Element ? node.closest(".row") : null;
    return element ? this.byElement.get(element) : undefined;
  }

  /** The row that the person is in. */
  get current() { return this.of(document.activeElement); }

  /** The next row that is shown, forwards or back. @param {Row} row @param {1 | -1} step */
  beside(row, step) {
    let at = this.all.indexOf(row) + step;
    while (this.all[at]?.element.hidden) at += step;
    return this.all[at];
  }
}
