"""A formula as a tree, read from TeX; None if any of it is not understood.

latex2mathml reads TeX and gives MathML. Of its elements only those are kept that every edition
can draw, without attributes that lead anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from dragoman.model import MATH, Kind, Parallel, Span

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
_KNOWN = frozenset(
    ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "array"),
)
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|aligned|alignat|split|eqnarray)\*?\}")
_GATHERED = re.compile(r"\\(begin|end)\{(?:gather|gathered|multline)\*?\}")
_NUMBERED = re.compile(r"\\(?:begin|end)\{equation\*?\}|\\(?:nonumber|notag)\b|\\label\{[^{}]*\}")
_DELIMITED = re.compile(
    r"\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\{1,2}\((.*?)\\{1,2}\)|\\{1,2}\[(.*?)\\{1,2}\])\s*\Z", re.DOTALL
)
_LARGEST = 4000
"""Characters of a formula that is read; a longer one is code."""

_ROWS = frozenset(("math", "mrow", "mstyle", "mpadded"))
_LEAVES = {"mi": "name", "mn": "number", "mo": "sign", "mtext": "words"}
_SIZES = {
    "mfrac": ("fraction", 2),
    "mroot": ("root", 2),
    "msub": ("sub", 2),
    "msup": ("sup", 2),
    "msubsup": ("subsup", 3),
    "munder": ("under", 2),
    "mover": ("over", 2),
    "munderover": ("underover", 3),
}
_LIMITS = {"sub": "under", "sup": "over", "subsup": "underover"}
_LARGE = frozenset("∑∏∐⋃⋂⋁⋀⨁⨂⨀⨆") | {"lim", "max", "min", "sup", "inf", "lim sup", "lim inf"}
"""Signs that have their limits above and below in a formula of its own."""


class Formula(NamedTuple):
    """A node of a formula."""

    kind: str
    """`row`, `name`, `number`, `sign`, `words`, `space`, `fraction`, `square root`, `root`,
    `sub`, `sup`, `subsup`, `under`, `over`, `underover`, `table`, `line` or `cell` of a table."""
    text: str = ""
    """The text of a leaf, or the width of a space in em."""
    children: tuple[Formula, ...] = ()
    style: str = ""
    """`fence` of a sign as high as what it encloses, `flat` of one that never grows, `upright` of
    a name, `bare` of a fraction without its line, `left` or `right` of a cell, `display` of a
    table whose cells are as high as formulas of their own."""


def has_formulas(parallel: Parallel) -> bool:
    """Whether a text has formulas, understood or not."""
    return any(
        (block.label == MATH and block.kind is Kind.CODE)
        or any(_has(cell.spans) for row in block.rows for cell in row.cells)
        for block in parallel.blocks
    )


def _has(spans: Sequence[Span]) -> bool:
    return any(span.name == MATH or (span.children and _has(span.children)) for span in spans)


class _UnknownError(Exception):
    """A formula has something that no edition could draw."""


def tex_of(source: str) -> str:
    r"""A formula without the marks around it and without what only numbers it.

    >>> tex_of("$x$"), tex_of(r"\(x\)"), tex_of("\\begin{align*} a &= b \\end{align*}")
    ('x', 'x', '\\begin{aligned} a &= b \\end{aligned}')
    """
    found = _DELIMITED.match(source)
    tex = next(filter(None, found.groups()), "") if found else source
    tex = _ALIGNED.sub(r"\\\1{aligned}", _NUMBERED.sub("", tex))
    return " ".join(_GATHERED.sub(r"\\\1{gathered}", tex).split())


@lru_cache(4096)
def read(source: str) -> Formula | None:
    r"""The tree of a formula with or without the marks around it; None if it is not understood.

    >>> read("$x^2$").children[0].kind
    'sup'
    >>> read(r"$\input{x}$") is None
    True
    """
    tex = tex_of(source)
    if not tex or len(tex) > _LARGEST or not _is_plain(tex):
        return None
    from latex2mathml.converter import convert_to_element  # few texts have formulas

    tabular = tex.replace("{aligned}", "{align*}").replace(r"\end{gathered}", r"\end{array}")
    tabular = tabular.replace(r"\begin{gathered}", r"\begin{array}{c}")
    try:
        found = _node(convert_to_element(tabular))
    except Exception:  # noqa: BLE001 - its errors have no common class; what fails is code
        return None
    if r"\&" not in tex and "&" in _texts(found):
        return None  # a column mark outside of any table
    return found


def _is_plain(tex: str) -> bool:
    r"""Whether a formula ends where it ends, and has no environment that is not read.

    >>> _is_plain("x_{1}"), _is_plain("x_{1"), _is_plain("a % b"), _is_plain("^^5cx")
    (True, False, False, False)
    """
    bare = re.sub(r"\\[\\{}%$#&_^~]", "  ", tex)
    if re.search(r"[%$#`]|\^\^|\\[()\[\]@]|[\x00-\x08\x0e-\x1f]", bare):
        return False
    depth = 0
    for sign in re.findall("[{}]", bare):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    names = _ENVIRONMENT.findall(tex)
    known = all(name in _KNOWN or name in ("aligned", "gathered") for name in names)
    return depth == 0 and known and len(names) == len(re.findall(r"\\end\s*\{", tex))


def _node(element: Element) -> Formula:
    tag = str(element.tag)
    if tag in _LEAVES:
        return _leaf(tag, element)
    if tag == "mspace":
        return _space(element)
    children = tuple([_node(child) for child in element])
    if tag in _ROWS:
        return children[0] if tag != "math" and len(children) == 1 else Formula("row", "", children)
    if tag == "msqrt":
        return Formula("square root", "", children)
    if tag == "mtable":
        display = element.get("displaystyle") == "true"
        return Formula("table", "", children, "display" if display else "")
    if tag == "mtr":
        return Formula("line", "", children)
    if tag == "mtd":
        side = element.get("columnalign", "")
        return Formula("cell", "", children, side if side in ("left", "right") else "")
    kind, size = _SIZES.get(tag, ("", 0))
    if len(children) != size or not kind:
        raise _UnknownError(tag)
    if kind in _LIMITS and children[0].text in _LARGE:
        kind = _LIMITS[kind]
    return Formula(kind, "", children, "bare" if element.get("linethickness") == "0" else "")


def _leaf(tag: str, element: Element) -> Formula:
    if len(element):
        return Formula("row", "", tuple([_node(child) for child in element]))
    text = unescape(element.text or "").replace("\u2009", " ").replace("\u2006", " ")
    if "\\" in text or "$" in text:
        raise _UnknownError(text)
    style = ""
    if tag == "mo":
        fence = element.get("fence") == "true" and element.get("stretchy") == "true"
        flat = element.get("stretchy") == "false" or "minsize" in element.attrib
        style = "flat" if flat else "fence" if fence else ""
    elif tag == "mi" and (len(text) > 1 or element.get("mathvariant") == "normal"):
        style = "upright"
    return Formula(_LEAVES[tag], text, (), style)


def _space(element: Element) -> Formula:
    if element.get("linebreak"):
        raise _UnknownError("a line break")
    found = re.fullmatch(r"([0-9]{0,3}\.?[0-9]{1,3})em", element.get("width", ""))
    return Formula("space", f"{float(found[1]):g}" if found else "0")


def _texts(formula: Formula) -> str:
    return formula.text + "".join(map(_texts, formula.children))
