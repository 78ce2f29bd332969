"use strict";
// Points and accents of Hebrew go and come back, where a text has any.
const POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g;
const pointed = new Map();
const points = (on) => {
  if (on) for (const [node, said] of pointed) node.data = said;
  else {
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const said = walk.currentNode.data;
      const without = said.replace(POINTS, "");
      if (said !== without) pointed.set(walk.currentNode, said), (walk.currentNode.data = without);
    }
  }
};
const withPoints = $("points");
if (withPoints) {
  withPoints.addEventListener("change", () => points(withPoints.checked));
  if (!withPoints.checked) points(false);
}
