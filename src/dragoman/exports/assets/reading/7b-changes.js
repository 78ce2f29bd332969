"use strict";
// What changed since the reader last read the text: each row is known by its id and a hash of its words.
const changesOf = () => {
  const line = $("changes");
  const key = `dragoman.read.1:${line.dataset.name}`;
  const hash = (said) => {
    let sum = 5381;
    for (let at = 0; at < said.length; at++) sum = ((sum * 33) ^ said.charCodeAt(at)) >>> 0;
    return sum.toString(36);
  };
  const said = new Map(); // in the order of the file, with or without points, whatever is shown now
  for (let column = 0; column < Math.max(1, boxes.length); column++)
    for (const unit of text.querySelectorAll(`.c${column} .u`))
      said.set(unit.dataset.row, (said.get(unit.dataset.row) ?? "") + unit.textContent.replace(POINTS, ""));
  const now = [...said].map(([row, words]) => `${row} ${hash(words)}`);
  const before = View.keep(key);
  const read = () => {
    View.keep(key, now.join("\n"));
    line.hidden = true;
    for (const unit of text.querySelectorAll(".new")) unit.classList.remove("new");
  };
  const known = new Set(before?.split("\n"));
  const changed = before ? now.filter((one) => !known.has(one)).map((one) => one.split(" ")[0]) : [];
  line.dataset.looked = "1";
  if (!changed.length) return read();
  const first = (row) => text.querySelector(`[data-row=${CSS.escape(row)}]`);
  for (const row of changed) for (const unit of fellows(first(row))) unit.classList.add("new");
  line.querySelector("span").textContent = line.dataset.said.replace("{count}", changed.length.toLocaleString(root.lang));
  line.hidden = false;
  let at = -1;
  const [next, done] = line.querySelectorAll("button");
  next.addEventListener("click", () => {
    at = (at + 1) % changed.length;
    const unit = fellows(first(changed[at])).find(visible) ?? first(changed[at]);
    pin(unit);
    goTo(unit);
  });
  done.addEventListener("click", read);
};
if (window.requestIdleCallback) requestIdleCallback(changesOf, { timeout: 2000 });
else setTimeout(changesOf, 500);
