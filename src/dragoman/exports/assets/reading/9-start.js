"use strict";
// All is ready: the languages in their order, the first sentence in the way of Tab, the place that a link names.
if (boxes.length) arrange();
stop = [...firstUnit()].find(visible) ?? null;
if (stop) stop.tabIndex = 0;
arrived();
