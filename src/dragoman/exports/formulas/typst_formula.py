"""Formulas as data that `document.typ` sets with Typst's own functions."""

from __future__ import annotations

from typing import Any

from dragoman.exports.formulas.formula_tree import Formula, read, tex_of

_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
    "ˇ": "\u030c",
}
_OVER = {"¯": "overline", "―": "overline", "⏞": "overbrace"}
_UNDER = {"_": "underline", "―": "underline", "⏟": "underbrace"}


def typst_formula(source: str) -> list[Any]:
    """Alternative text and tree of a formula; empty if it is not understood.

    >>> typst_formula("$x^2$")
    ['x^2', [['sup', ['name', 'x', ''], ['number', '2', '']]]]
    """
    formula = read(source)
    return [tex_of(source), [_data(child) for child in formula.children]] if formula else []


def _data(formula: Formula) -> list[Any]:
    kind, children = formula.kind, formula.children
    if not children and kind in ("name", "number", "sign", "words", "space"):
        return [kind, formula.text, formula.style]
    if kind in ("over", "under"):
        sign = children[1].text
        if kind == "over" and sign in _ACCENTS:
            return ["accent", _data(children[0]), _ACCENTS[sign]]
        if sign in (_OVER if kind == "over" else _UNDER):
            return [(_OVER if kind == "over" else _UNDER)[sign], _data(children[0])]
    if kind == "fraction" and formula.style == "bare":
        cells = [[["cell", _data(child)]] for child in children]
        return ["table", cells]
    if kind == "table":
        lines = [[["cell", *map(_data, c.children)] for c in line.children] for line in children]
        if formula.style == "display":
            lines = [[["cell", ["display", *cell[1:]]] for cell in line] for line in lines]
        side = {cell.style for line in children for cell in line.children}
        return ["table", lines, side.pop() if len(side) == 1 else ""]
    if kind == "row":
        fenced = any(child.style == "fence" for child in children)
        return ["fenced" if fenced else "row", *map(_data, children)]
    return [kind, *map(_data, children)]
