// @ts-check
// What the server tells of a text while its page is in sight.
// A browser opens six connections to one host; a page that nobody sees must not hold one of them.

import { known } from "./page.js";

const AGAIN = 3000;

/**
 * @param {Record<string, (said: any) => void>} acts what to do, by the event's name
 * @param {() => void} lost is called when the server cannot be heard
 * @param {string} [client] this page, so that others know when it is gone
 */
export function listen(acts, lost, client = "") {
  const query = new URLSearchParams({ text: known.text ?? "", locale: known.locale ?? "", client });
  /** @type {EventSource | undefined} */
  let source;
  let again = 0;
  const open = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource(`/api/events?${query}`);
    for (const [name, act] of Object.entries(acts)) {
      source.addEventListener(name, (event) => act(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    }
    source.onerror = () => {
      lost();
      // the browser tries again by itself, unless the server has refused it
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN);
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") open();
    else {
      clearTimeout(again);
      source?.close();
    }
  });
  if (document.visibilityState === "visible") open();
}
