// @ts-check
// The glossary: a form for a term in one language, filled by the button beside it.

import { announce, ask, say } from "./page.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("term"));
const NAMES = ["source", "preferred", "allowed", "forbidden", "note"];
let base = "";
let changed = "";

/** @param {string} name */
const input = (name) => /** @type {HTMLInputElement} */ (form?.elements.namedItem(name));
const chooser = /** @type {HTMLSelectElement} */ (document.getElementById("in"));

/** The fields of a wording have the direction of its language. */
function turn() {
  const { lang = "", dir = "" } = chooser.selectedOptions[0]?.dataset ?? {};
  for (const name of ["preferred", "allowed", "forbidden"]) {
    input(name).lang = lang;
    input(name).dir = dir;
  }
}

async function save() {
  const said = Object.fromEntries(NAMES.map((name) => [name, input(name).value]));
  const same = `${said.source}/${chooser.value}` === changed;
  const { status, said: answer } = await ask("POST", "term", { ...said, in: chooser.value, base: same ? base : "" });
  if (status === 200) location.reload();
  else announce(status === 409 ? say("changed") : `${say("failed")} ${answer.error ?? status}`, true);
}

if (form) {
  turn();
  chooser.addEventListener("change", turn);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.querySelector(".terms")?.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("button");
    if (!pressed) return;
    for (const name of NAMES) input(name).value = pressed.dataset[name] ?? "";
    chooser.value = pressed.dataset.in ?? "";
    base = pressed.dataset.base ?? "";
    changed = `${pressed.dataset.source}/${chooser.value}`;
    turn();
    input("preferred").focus();
  });
}
