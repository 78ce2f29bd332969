"use strict";
// All sentences of a site, from the page itself: found in one language, read in another.
const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const labels = JSON.parse($("labels").textContent);
const languages = Object.keys(labels);
const wished = [asked.get("ui"), ...navigator.languages];
const ui = wished.map((tag) => languages.find((own) => tag && own.split("-")[0] === tag.split("-")[0])).find(Boolean) ?? languages[0];
const said = labels[ui];
const root = document.documentElement;
root.lang = said.lang;
root.dir = said.dir;
for (const node of document.querySelectorAll("[data-say]")) node.textContent = said[node.dataset.say];
$("home").href = said.home;
$("q").setAttribute("aria-label", said.find);
document.title = said.title;
const unpacked = async () => {
  const packed = Uint8Array.from(atob($("data").textContent.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};
const MOST = 100;
let texts = [];
let folded = null;
const results = (wanted, within) => {
  folded ??= texts.map((one) => one.rows.map((row) => row[2].map((cell) => (cell ? fold(cell) : ""))));
  const found = [];
  texts.forEach((one, at) => {
    one.rows.forEach((row, place) => {
      const hit = folded[at][place].findIndex((cell, column) => cell && (!within || one.tags[column] === within) && cell.includes(wanted));
      if (hit >= 0) found.push([one, row, hit]);
    });
  });
  return found;
};
const sentence = (one, row, column) => {
  const line = document.createElement("p");
  const tag = one.tags[column];
  line.lang = tag;
  line.dir = one.dirs[column];
  const page = one.pages[tag];
  const link = document.createElement("a");
  link.href = `${page}#${row[0]}`;
  link.textContent = row[2][column];
  line.append(page ? link : row[2][column]);
  return line;
};
const shown = ([one, row, hit]) => {
  const item = document.createElement("li");
  const beside = one.tags.indexOf($("read").value);
  const columns = [...new Set([beside >= 0 && row[2][beside] ? beside : hit, hit])];
  const title = document.createElement("small");
  const spoken = one.titles[ui] ? ui : one.tags[0];
  title.lang = spoken;
  title.dir = one.dirs[one.tags.indexOf(spoken)];
  title.textContent = `${one.titles[spoken]}, ${row[1]}`;
  item.append(...columns.map((column) => sentence(one, row, column)), title);
  return item;
};
const search = () => {
  const wanted = fold($("q").value.trim());
  const found = wanted ? results(wanted, $("in").value) : [];
  $("hits").replaceChildren(...found.slice(0, MOST).map(shown));
  const count = found.length.toLocaleString(root.lang);
  $("found").textContent = wanted ? (found.length ? said.found.replace("{count}", count) : said.none) : "";
  try {
    const query = new URLSearchParams({ ui, q: $("q").value, in: $("in").value, read: $("read").value });
    history.replaceState(null, "", `${location.pathname}?${query}`);
  } catch {}
};
let soon = 0;
unpacked().then((all) => {
  texts = all;
  $("q").value = asked.get("q") ?? "";
  $("in").value = asked.get("in") ?? "";
  $("read").value = languages.includes(asked.get("read")) ? asked.get("read") : ui;
  $("form").hidden = false;
  for (const name of ["q", "in", "read"])
    $(name).addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(search, 100);
    });
  $("q").focus();
  search();
});
