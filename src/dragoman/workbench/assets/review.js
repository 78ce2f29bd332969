// @ts-check
// What is to be decided on in a text: drafts that still hold, those that are ticked, a class at a time.

import { announce, ask, built, say } from "./page.js";

document.getElementById("main")?.addEventListener("click", async (event) => {
  const pressed = event.target instanceof Element && event.target.closest("[data-bless]");
  const part = pressed && pressed.closest("section");
  if (!part) return;
  const ticked = /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll("input:checked")]);
  const meant = ticked.map(({ dataset: { message, base } }) => ({ message, base }));
  const { status, said } = await ask("POST", "bless", { meant });
  if (status !== 200) {
    announce(`${say("failed")} ${said.error ?? status}`, true);
    return;
  }
  for (const one of ticked) one.closest("li")?.remove();
  announce([say("blessed").replace("{count}", String(said.count)),
    said.left ? say("left").replace("{count}", String(said.left)) : ""].filter(Boolean).join(" · "), true);
  const next = part.querySelector("input, a, button");
  if (next instanceof HTMLElement) next.focus();
});

(async () => {
  const list = document.getElementById("found");
  const none = document.getElementById("none");
  let start = 0;
  do {
    const { status, said } = await ask("POST", "list", { start });
    if (status !== 200) {
      announce(`${say("failed")} ${said.error ?? status}`, true);
      return;
    }
    list?.append(...said.items.map(built));
    start = said.next;
  } while (start);
  if (none) none.hidden = Boolean(list?.childElementCount);
})();
