// @ts-check
// Reading: Space approves the sentence in focus, or takes the approval back; links lead to editing.

import { listen } from "./events.js";
import { announce, ask, say, showChanged } from "./page.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));

/** @param {HTMLElement} sentence */
async function approve(sentence) {
  const { message, base, state } = sentence.dataset;
  if (state !== "translated" && state !== "reviewed") {
    announce(say("open"));
    return;
  }
  const undo = state === "reviewed";
  const { status, said } = await ask("POST", "approve", { message, base, undo });
  if (status === 409) showChanged();
  else if (status !== 200) announce(`${say("failed")} ${said.error ?? status}`, true);
  else {
    const now = undo ? "translated" : "reviewed";
    for (const one of main.querySelectorAll(".u")) {
      if (one instanceof HTMLElement && one.dataset.message === message) show(one, now);
    }
    announce(say(undo ? "unapproved" : "approved"));
  }
}

/** @param {HTMLElement} sentence @param {string} state */
function show(sentence, state) {
  sentence.classList.remove(sentence.dataset.state ?? "");
  sentence.classList.add(state);
  sentence.dataset.state = state;
  sentence.title = say(`state-${state}`);
  sentence.setAttribute("aria-description", sentence.title);
}

main.addEventListener("keydown", (event) => {
  const sentence = event.target instanceof Element ? event.target.closest(".u") : null;
  if (!(sentence instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === " ") {
    event.preventDefault();
    approve(sentence);
  }
});

/** @param {any} said */
function changed(said) {
  for (const one of main.querySelectorAll(".u")) {
    if (!(one instanceof HTMLElement) || one.dataset.message !== said.message) continue;
    if (one.dataset.base !== said.base) showChanged();
    else show(one, said.state);
  }
}

/** Ask what changed while nobody told us. */
async function resync() {
  const sentences = [...main.querySelectorAll(".u")].map((one) => /** @type {HTMLElement} */ (one).dataset);
  const bases = Object.fromEntries(sentences.map(({ message, base }) => [message, base]));
  const { status, said } = await ask("POST", "state", { bases });
  if (status === 200) said.units.forEach(changed);
}

listen({ hello: resync, text: showChanged, unit: changed }, () => {});
