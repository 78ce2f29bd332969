"""Formulas as MathML Core, for browsers and readers of books."""

from __future__ import annotations

from html import escape

from dragoman.exports.formulas.formula_tree import Formula, read, tex_of

_TAGS = {
    "row": "mrow",
    "name": "mi",
    "number": "mn",
    "sign": "mo",
    "words": "mtext",
    "fraction": "mfrac",
    "square root": "msqrt",
    "root": "mroot",
    "sub": "msub",
    "sup": "msup",
    "subsup": "msubsup",
    "under": "munder",
    "over": "mover",
    "underover": "munderover",
    "table": "mtable",
    "line": "mtr",
    "cell": "mtd",
}
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(source: str, block: bool = False) -> str:
    """A `math` element; empty if the formula is not understood.

    >>> mathml("$x$")
    '<math xmlns="http://www.w3.org/1998/Math/MathML" dir="ltr" alttext="x"><mi>x</mi></math>'
    """
    formula = read(source)
    if formula is None:
        return ""
    display = ' display="block"' if block else ""
    inner = "".join(map(_element, formula.children))
    return (
        f'<math xmlns="{_NAMESPACE}" dir="ltr"{display} alttext="{escape(tex_of(source))}">'
        f"{inner}</math>"
    )


def _element(formula: Formula) -> str:
    if formula.kind == "space":
        return f'<mspace width="{formula.text}em"/>'
    tag = _TAGS[formula.kind]
    inner = escape(formula.text, quote=False) + "".join(map(_element, formula.children))
    return f"<{tag}{_attributes(formula)}>{inner}</{tag}>"


def _attributes(formula: Formula) -> str:
    kind, style = formula.kind, formula.style
    if kind == "sign":
        if style == "flat":
            return ' stretchy="false"'
        return ' stretchy="true" fence="true"' if style == "fence" else ""
    if kind == "name" and style == "upright" and len(formula.text) == 1:
        return ' mathvariant="normal"'
    if kind == "fraction" and style == "bare":
        return ' linethickness="0"'
    if kind == "table" and style == "display":
        return ' displaystyle="true"'
    if kind == "cell" and style:
        return f' class="{style}"'
    return ""
