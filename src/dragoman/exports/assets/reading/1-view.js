"use strict";
// How the page is shown, before the text is drawn: the link says it, else what was saved, else
// the reader's languages and the width. A link never changes what was saved.
const View = (() => {
  const root = document.documentElement;
  const KEY = "dragoman.reading.1";
  const keep = (key, value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(key) ?? "null");
      localStorage.setItem(key, JSON.stringify(value));
    } catch {}
    return null;
  };
  const all = [...document.querySelectorAll("input[data-show]")];
  const tags = all.map((box) => box.dataset.show);
  const groups = { l: "layout", b: "rows", r: "mode", z: "size", t: "theme" };
  const switches = { n: "numbers", d: "states" };
  if (document.getElementById("points")) switches.p = "points";
  const read = () => {
    const now = { s: View.order.filter((tag) => all[tags.indexOf(tag)].checked) };
    for (const [key, name] of Object.entries(groups)) {
      const on = document.querySelector(`input[name=${name}]:checked`);
      if (on) now[key] = on.value;
    }
    for (const [key, id] of Object.entries(switches)) now[key] = +document.getElementById(id).checked;
    return now;
  };
  const apply = (wanted) => {
    const shown = (wanted.s ?? []).filter((tag) => tags.includes(tag));
    if (shown.length) {
      all.forEach((box, at) => (box.checked = shown.includes(tags[at])));
      View.order = [...shown, ...tags.filter((tag) => !shown.includes(tag))];
    }
    for (const [key, name] of Object.entries(groups)) {
      const on = [...document.querySelectorAll(`input[name=${name}]`)].find((x) => x.value === wanted[key]);
      if (on) on.checked = true;
    }
    for (const [key, id] of Object.entries(switches))
      if (key in wanted) document.getElementById(id).checked = !!+wanted[key];
    settle();
  };
  // On tap and in practice, a sentence stands above its translations, whatever layout was chosen.
  const settle = () => {
    const { r } = read();
    document.body.classList.toggle("numbered", document.getElementById("numbers").checked);
    root.dataset.mode = r ?? "both";
    root.dataset.under = r === "tap" || r === "practice" ? "1" : "";
  };
  const linked = () => {
    const asked = new URLSearchParams(location.search);
    const found = {};
    for (const [key, value] of asked)
      if (key === "s") found.s = value.split(",");
      else if (key in groups || key in switches) found[key] = value;
    return found;
  };
  const usual = () => {
    if (tags.length < 3 && innerWidth >= 768) return {};
    const room = innerWidth < 1200 ? 2 : innerWidth < 1600 ? 3 : tags.length;
    const mine = navigator.languages.map((tag) => tags.find((own) => own.split("-")[0] === tag.split("-")[0]));
    const wanted = [...new Set([mine.find(Boolean), tags[0], ...tags].filter(Boolean))].slice(0, room);
    const phone = innerWidth < 768 && tags.length > 1 ? { r: "tap" } : {};
    return { s: tags.filter((tag) => wanted.includes(tag)), ...phone };
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const View = { order: tags, tags, keep, read, apply, settle };
  const first = read();
  const mine = () => ({ ...first, ...usual(), ...own() });
  const own = () => {
    const saved = keep(KEY) ?? {};
    if (saved.s && !saved.s.some((tag) => tags.includes(tag))) delete saved.s;
    return saved;
  };
  const asked = linked();
  for (const node of document.querySelectorAll("[data-script]")) node.hidden = false;
  apply(mine());
  const before = read();
  apply({ ...before, ...asked });
  if (Object.keys(asked).length && !same(before, read())) document.getElementById("linked").hidden = false;
  // What a reader changes is saved, that alone, and goes into the address.
  View.changed = (key) => {
    settle();
    const now = read();
    keep(KEY, { ...keep(KEY), [key]: now[key] });
    const usually = { ...first, ...usual() };
    const said = ["s", "l", "b", "r"].filter((name) => now[name] !== undefined && !same(now[name], usually[name]));
    const query = said.map((name) => `${name}=${[now[name]].flat().map(encodeURIComponent).join(",")}`).join("&");
    try {
      history.replaceState(null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
    } catch {}
  };
  View.own = () => {
    apply(mine());
    try {
      history.replaceState(null, "", location.pathname + location.hash);
    } catch {}
  };
  View.key = (input) =>
    input.dataset.show ? "s" : Object.keys({ ...groups, ...switches }).find((key) => (groups[key] ?? switches[key]) === (groups[key] ? input.name : input.id));
  return View;
})();
