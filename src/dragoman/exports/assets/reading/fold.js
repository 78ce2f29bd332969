"use strict";
// What readers do not type is left out: case, points, stress marks, isolates, and which of the
// kinds of i, quotation mark, apostrophe or dash it is.
const fold = (said) => {
  if (/^[\x20-\x7e]*$/.test(said)) return said.toLowerCase();
  return said.normalize("NFD").toLowerCase()
    .replace(/[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0300\u0301\u0307\u200e\u200f\u2066-\u2069]/g, "")
    .normalize("NFC").replace(/\u0451/g, "\u0435").replace(/\u0131/g, "i")
    .replace(/[\u05f4\u201c\u201d\u201e\u00ab\u00bb]/g, '"').replace(/[\u05f3\u2018\u2019]/g, "'")
    .replace(/[\u05be\u2010-\u2014]/g, "-").replace(/\s+/g, " ").trim();
};
