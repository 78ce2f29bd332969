"""Formulas as Office Math Markup (ECMA-376, part 1, section 22.1)."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.exports.formulas.formula_tree import Formula, read
from dragoman.text.xml_escape import content

_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "→": "\u20d7",
    "ˇ": "\u030c",
}
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SCRIPTS = {"sub": ("sSub", "sub"), "sup": ("sSup", "sup"), "subsup": ("sSubSup", "sub", "sup")}


def omml(source: str, block: bool = False) -> str:
    """An `m:oMath` element, for a block in `m:oMathPara`; empty if the formula is not understood.

    >>> omml("$x$").partition(">")[2]
    '<m:r><w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr><m:t>x</m:t></m:r></m:oMath>'
    """
    formula = read(source)
    if formula is None:
        return ""
    name = "oMathPara" if block else "oMath"
    inner = _all(formula.children)
    inner = _wrapped("oMath", inner) if block else inner
    return f'<m:{name} xmlns:m="{_NAMESPACE}">{inner}</m:{name}>'


def _wrapped(name: str, inner: str) -> str:
    return f"<m:{name}>{inner}</m:{name}>"


def _all(formulas: Sequence[Formula]) -> str:
    """The elements of a row; what is between two fences is one delimited element."""
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    for at, formula in enumerate(formulas):
        if formula.style != "fence":
            out.append(_element(formula))
        elif not opened and at < len(formulas) - 1:
            opened.append((formula.text, len(out)))
        elif opened:
            begin, start = opened.pop()
            out[start:] = [_delimited(begin, formula.text, "".join(out[start:]))]
        else:
            out.append(_run(formula.text, True))
    if opened:
        begin, start = opened.pop()
        out[start:] = [_delimited(begin, "", "".join(out[start:]))]
    return "".join(out)


def _delimited(begin: str, end: str, inner: str) -> str:
    marks = f'<m:begChr m:val="{content(begin)}"/><m:endChr m:val="{content(end)}"/>'
    return f"<m:d><m:dPr>{marks}</m:dPr><m:e>{inner}</m:e></m:d>"


def _element(formula: Formula) -> str:
    kind, children = formula.kind, formula.children
    if kind == "row":
        return _all(children)
    if kind == "space":
        return _run(" ", True) if float(formula.text) else ""
    if not children:
        plain = kind == "name" and formula.style == "upright"
        return _run(formula.text, plain, kind == "words") if formula.text else ""
    if kind == "table" and formula.style == "display":
        return _lines(children)
    if kind == "table":
        lines = (
            _wrapped("mr", "".join(_wrapped("e", _all(cell.children)) for cell in line.children))
            for line in children
        )
        return _wrapped("m", "".join(lines))
    parts = [_element(child) for child in children]
    if kind in _SCRIPTS:
        name, *scripts = _SCRIPTS[kind]
        inner = _wrapped("e", parts[0])
        return _wrapped(
            name,
            inner + "".join(_wrapped(s, part) for s, part in zip(scripts, parts[1:], strict=True)),
        )
    return _built(formula, parts)


def _lines(lines: Sequence[Formula]) -> str:
    """Formulas below one another; Word would align them at `&`, which LibreOffice shows."""
    return _wrapped(
        "eqArr",
        "".join(
            _wrapped("e", "".join(_all(cell.children) for cell in line.children)) for line in lines
        ),
    )


def _built(formula: Formula, parts: Sequence[str]) -> str:
    """Fractions, roots, accents, and what has limits above or below."""
    match formula.kind:
        case "fraction":
            bare = '<m:fPr><m:type m:val="noBar"/></m:fPr>' if formula.style == "bare" else ""
            return f"<m:f>{bare}{_wrapped('num', parts[0])}{_wrapped('den', parts[1])}</m:f>"
        case "square root":
            hidden = '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
            return _wrapped("rad", hidden + _wrapped("e", "".join(parts)))
        case "root":
            return _wrapped("rad", _wrapped("deg", parts[1]) + _wrapped("e", parts[0]))
        case "over" if formula.children[1].text in _ACCENTS:
            accent = _ACCENTS[formula.children[1].text]
            mark = f'<m:accPr><m:chr m:val="{accent}"/></m:accPr>'
            return _wrapped("acc", mark + _wrapped("e", parts[0]))
        case "over" if formula.children[1].text in ("¯", "―"):
            return _wrapped(
                "bar", '<m:barPr><m:pos m:val="top"/></m:barPr>' + _wrapped("e", parts[0])
            )
        case "over":
            return _limit("limUpp", parts[0], parts[1])
        case "under":
            return _limit("limLow", parts[0], parts[1])
        case "underover":
            return _limit("limUpp", _limit("limLow", parts[0], parts[1]), parts[2])
    return "".join(parts)


def _limit(name: str, base: str, limit: str) -> str:
    return _wrapped(name, _wrapped("e", base) + _wrapped("lim", limit))


def _run(text: str, plain: bool, words: bool = False) -> str:
    style = '<m:rPr><m:sty m:val="p"/></m:rPr>' if plain else ""
    style = "<m:rPr><m:nor/></m:rPr>" if words else style
    space = ' xml:space="preserve"' if text.strip() != text else ""
    return (
        f'<m:r>{style}<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
        f"<m:t{space}>{content(text)}</m:t></m:r>"
    )
