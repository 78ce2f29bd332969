// @ts-check
// What every script of the workbench uses: what the page was given, nodes, and questions to the server.

/** @typedef {string | [string, Record<string, string>, ...any[]]} Tree A node as the server sends it. */

/** What the page knows: project, text, locale. */
export const known = document.body.dataset;

const template = document.getElementById("said");
/** @type {Record<string, string>} */
const words = JSON.parse((template && template.dataset.said) || "{}");

/** What the workbench says itself, by a short name. @param {string} name */
export const say = (name) => words[name] ?? name;

const bar = /** @type {HTMLElement} */ (document.querySelector(".bar"));
new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);

const live = /** @type {HTMLElement} */ (document.getElementById("live"));
let silence = 0;

/** Say something to the person, once, politely. @param {string} text @param {boolean} [stays] */
export function announce(text, stays = false) {
  clearTimeout(silence);
  if (live.textContent !== text) live.textContent = text;
  if (!stays) silence = setTimeout(() => { live.textContent = ""; }, 4000);
}

const NAMES = new Set(["a", "abbr", "b", "bdi", "br", "button", "cite", "code", "dd", "del", "dl", "dt", "em", "h2",
  "h3", "i", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "q", "rt", "ruby", "s", "section", "small", "span",
  "strong", "sub", "sup", "u", "ul"]);

/** Nodes of what the server sent; nothing is parsed as HTML. @param {Tree} tree @returns {Node} */
export function built(tree) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [name, attributes, ...children] = tree;
  if (!NAMES.has(name)) throw new Error(`no element ${name}`);
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on") || key === "style") throw new Error(`no attribute ${key}`);
    made.setAttribute(key, value);
  }
  made.append(...children.map(built));
  return made;
}

/**
 * Ask the server for something.
 * @param {string} method
 * @param {string} name
 * @param {Record<string, unknown>} said
 * @param {boolean} [leaving] whether the page may be gone before the answer comes
 * @returns {Promise<{status: number, said: any}>} status 0 where the server cannot be reached
 */
export async function ask(method, name, said, leaving = false) {
  const body = JSON.stringify({ text: known.text, locale: known.locale, ui: document.documentElement.lang, ...said });
  try {
    const answer = await fetch(`/api/${name}`, {
      method, body, headers: { "Content-Type": "application/json" },
      keepalive: leaving && body.length < 30000,
    });
    return { status: answer.status, said: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, said: {} };
  }
}

/** A button. @param {string} text @param {() => void} act */
export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** A note at the top of the page that the text is another now. */
export function showChanged() {
  if (document.getElementById("changed")) return;
  const note = document.createElement("p");
  note.id = "changed";
  note.className = "note";
  note.append(`${say("changed")} `, button(say("reload"), () => location.reload()));
  document.getElementById("main")?.prepend(note);
  announce(say("changed"));
}
