"""The scripts of a page: one that runs before the text, and one after it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_AFTER = (
    "2-rows.js", "3-keys.js", "4-columns.js", "5-tap.js", "6-here.js", "7-notes.js", "7b-changes.js", "7c-aloud.js", "7d-points.js",
    "fold.js", "8-find.js", "9-start.js",
)  # fmt: skip


@cache
def before() -> str:
    """The script that sets how the page is shown, before the text is drawn."""
    return _squeezed(_read("1-view.js"))


@cache
def after() -> str:
    """What makes the page answer: keys, taps, notes, copying, search.

    >>> after().startswith('"use strict";(()=>{')
    True
    """
    parts = [_read(name).removeprefix('"use strict";\n') for name in _AFTER]
    return '"use strict";(()=>{\n' + _squeezed("".join(parts)) + "})();\n"


@cache
def search() -> str:
    """The script of a page that searches all texts of a site."""
    parts = [_read(name).removeprefix('"use strict";\n') for name in ("fold.js", "search.js")]
    return '"use strict";(()=>{\n' + _squeezed("".join(parts)) + "})();\n"


def _read(name: str) -> str:
    return files("dragoman.exports.assets").joinpath("reading", name).read_text("utf-8")


def _squeezed(script: str) -> str:
    """Without indentation and lines of comment, which readers would download.

    >>> _squeezed("// Why.\\nif (x) {\\n  y(); // so\\n}\\n")
    'if (x) {\\ny();\\n}\\n'
    """
    lines = [re.sub(r"\s+// [^\"'`]*$", "", line).strip() for line in script.split("\n")]
    return "\n".join([line for line in lines if line and not line.startswith("//")] + [""])
