// @ts-check
// A preview of an edition: the frame is loaded again when the translation, the text or the build is another.

import { listen } from "./events.js";
import { announce, say } from "./page.js";

const PAUSE = 700;
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("preview"));
let timer = 0;

function reload() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    frame.src = `${(frame.dataset.src ?? "")}?${Date.now()}`;
    announce(say("renewed"));
  }, PAUSE);
}

listen({ unit: reload, text: reload, built: reload }, () => {});
