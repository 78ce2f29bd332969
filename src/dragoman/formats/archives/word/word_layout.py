"""Paragraphs, tables, sections and styles of Word documents, turned to the direction of a locale.

The properties are put where the schema wants them. Alignments and indents need no change: `left` of a
right-to-left paragraph means the side where lines begin (ISO/IEC 29500-4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from dragoman.formats.archives.slots import Piece
from dragoman.formats.archives.word.word_runs import twin_of, with_complex_font
from dragoman.gate import Node
from dragoman.languages.locales import direction, office_tag
from dragoman.model import PerLocale

_BEFORE_BIDI = frozenset(
    f"w:{name}"
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku",
        "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
    )
)  # fmt: skip
_BEFORE_VISUAL = frozenset(("w:tblStyle", "w:tblpPr", "w:tblOverlap"))
_AFTER_SECTION_BIDI = frozenset(("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"))
_AFTER_RTL = frozenset(
    f"w:{name}"
    for name in (
        "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
        "sectPr", "pPrChange",
    )
)  # fmt: skip
_SIDES = {"left": "start", "right": "end"}
_JC = re.compile(r"""(<w:jc\b[^>]*\bval\s*=\s*["'])(left|right)(?=["'])""")


class _Places(NamedTuple):
    """Where something is added to the properties of a paragraph, as offsets in them."""

    bidi: int
    mark: int
    """Where `w:rtl` of the paragraph mark goes, or `w:rPr` if it has none."""
    has_mark: bool
    section: tuple[int, int, PerLocale] | None
    """The section that ends with the paragraph."""


def paragraph_properties(node: Node | None) -> Piece:
    """The `w:pPr` of a paragraph, or what is written if it has none."""
    if node is None or node.end == node.inner:
        return PerLocale(node.raw if node else "", _bare)
    section, mark = node.child("w:sectPr"), node.child("w:rPr")
    later = [one.start for one in (mark or node).children if one.name in _AFTER_RTL]
    place = later[0] if later else (mark or node).close
    if mark is not None and mark.end == mark.inner:  # empty: it is written anew
        place, mark = mark.end, None
    turned = (
        (section.start - node.start, section.end - node.start, section_properties(section))
        if section
        else None
    )
    bidi = _after(node, _BEFORE_BIDI)
    places = _Places(bidi, place - node.start, mark is not None, turned)
    return PerLocale(node.raw, partial(_paragraph, node.raw, places))


def _bare(locale: str) -> str:
    if direction(locale) != "rtl":
        return ""
    return f"<w:pPr><w:bidi/>{_marked(False)}</w:pPr>"


def _marked(has_mark: bool) -> str:
    return "<w:rtl/>" if has_mark else "<w:rPr><w:rtl/></w:rPr>"


def _paragraph(raw: str, places: _Places, locale: str) -> str:
    """The properties of a paragraph; its mark has the direction too, which the number of an item follows."""
    rtl = direction(locale) == "rtl"
    start, end, turned = places.section or (len(raw), len(raw), None)
    behind = (turned.write(locale) if turned else "") + raw[end:]
    at = min(places.mark, start)
    mark, rest = raw[:at], raw[at:start]
    if rtl and "<w:rtl" not in mark + rest:
        rest = _marked(places.has_mark) + rest
    whole = _flagged("w:bidi", mark, places.bidi, locale) + rest
    return (_JC.sub(lambda found: found[1] + _SIDES[found[2]], whole) if rtl else whole) + behind


def table_properties(node: Node) -> Piece:
    return PerLocale(
        node.raw, partial(_flagged, "w:bidiVisual", node.raw, _after(node, _BEFORE_VISUAL))
    )


def section_properties(node: Node) -> PerLocale:
    later = (one.start for one in node.children if one.name in _AFTER_SECTION_BIDI)
    place = next(later, node.close) - node.start
    return PerLocale(node.raw, partial(_flagged, "w:bidi", node.raw, place))


def _after(node: Node | None, names: frozenset[str]) -> int:
    """Where a property is added that the schema has after some others."""
    if node is None:
        return 0
    ends = [one.end for one in node.children if one.name in names]
    return (ends[-1] if ends else node.inner) - node.start


def _flagged(name: str, raw: str, place: int, locale: str) -> str:
    """Properties with or without a flag, as the direction of the locale needs it.

    >>> _flagged("w:bidi", "<w:pPr><w:keepNext/></w:pPr>", 20, "he")
    '<w:pPr><w:keepNext/><w:bidi/></w:pPr>'
    """
    rtl = direction(locale) == "rtl"
    known = re.search(rf"<{name}(?=[\s/>])[^>]*>", raw)
    if known is not None:
        on = not re.search(r"""val\s*=\s*["'](?:0|false|off)["']""", known[0])
        if on == rtl:
            return raw
        return raw[: known.start()] + (f"<{name}/>" if rtl else "") + raw[known.end() :]
    if not rtl:
        return raw
    if re.fullmatch("<[^>]*/>", raw):
        tag = raw[1:].split(maxsplit=1)[0].rstrip("/>")
        return f"{raw[:-2].rstrip()}><{name}/></{tag}>"
    return f"{raw[:place]}<{name}/>{raw[place:]}"


def run_properties(node: Node, defaults: bool = False) -> Iterator[tuple[int, int, Piece]]:
    """Run properties of a style or of the numbers of a list."""
    yield node.start, node.end, PerLocale(node.raw, partial(_run_properties, node.raw, defaults))


def declared(root: Node, uri: str) -> Iterator[tuple[int, int, Piece]]:
    """The prefix that added elements have, for a member that has another one for their namespace."""
    if "xmlns:w=" not in root.tag:
        yield root.inner - 1, root.inner - 1, PerLocale("", partial(_declaration, uri))


def _declaration(uri: str, _locale: str) -> str:
    return f' xmlns:w="{uri}"'


def styles(root: Node) -> Iterator[tuple[int, int, Piece]]:
    """Places in styles that depend on the locale."""
    defaults = root.child("w:docDefaults")
    inside = set() if defaults is None else {id(node) for node in defaults.walk()}
    for node in root.walk():
        if node.name == "w:rPr":
            yield from run_properties(node, id(node) in inside)


def language(raw: str, locale: str) -> str:
    """A tag with the language of a locale."""
    return in_language(raw, "bidi" if direction(locale) == "rtl" else "val", locale)


_TWIN = re.compile(r"<(w:(?:b|i|sz))(?=[\s/>])[^>]*/>(?!\s*<\1Cs\b)")
_FONTS = re.compile(r"<w:rFonts(?=[\s/>])[^>]*>")
_LANG = re.compile(r"<w:lang(?=[\s/>])[^>]*>")


def _run_properties(raw: str, defaults: bool, locale: str) -> str:
    """Run properties with a twin for complex scripts of each that needs one, and a language.

    >>> _run_properties('<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>', False, "he")
    '<w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
    """
    rtl = direction(locale) == "rtl"
    if rtl:
        raw = _TWIN.sub(lambda one: one[0] + twin_of(one[0], one[1], f"{one[1]}Cs"), raw)
        raw = _FONTS.sub(lambda one: with_complex_font(one[0]), raw)
    if defaults:
        raw = _LANG.sub(lambda one: language(one[0], locale), raw)
    return raw


def in_language(tag: str, attribute: str, locale: str) -> str:
    """A tag with a language, with another one.

    >>> in_language('<w:lang w:val="en-US" w:bidi="ar-SA"/>', "bidi", "he")
    '<w:lang w:val="en-US" w:bidi="he-IL"/>'
    """
    said = f'w:{attribute}="{office_tag(locale)}"'
    place = re.search(rf"""(?<=\s)w:{attribute}\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
    if place:
        return tag[: place.start()] + said + tag[place.end() :]
    return re.sub(r"\s*(/?)>$", rf" {said}\1>", tag)
