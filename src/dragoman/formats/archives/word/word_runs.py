"""Properties of runs in Word documents: compared, and written for a direction and a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.formats.archives.items import Pieces, Properties, RunForm
from dragoman.gate import Node
from dragoman.languages.locales import direction, office_tag
from dragoman.text import xml_escape

_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing",
    "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish",
    "oMath",
)  # fmt: skip
_PLACE = {f"w:{name}": place for place, name in enumerate(_ORDER)}
"""The order of the schema."""
_DROPPED = frozenset(
    f"w:{name}"
    for name in (
        "lang", "noProof", "rtl", "cs", "rPrChange", "ins", "del", "moveFrom", "moveTo",
        "webHidden", "bCs", "iCs", "szCs",
    )
)  # fmt: skip
"""Properties that say nothing a reader sees, or that follow others."""
_FITTING = frozenset(("w:spacing", "w:kern", "w:w", "w:fitText", "w:snapToGrid"))
"""Properties that fit letters into a line: a difference in them alone is not seen."""
_TWINS = {"w:b": "w:bCs", "w:i": "w:iCs", "w:sz": "w:szCs"}
"""Properties and those that stand for them in complex scripts."""
_OFF = re.compile(r"""\sw?:?val\s*=\s*["'](?:0|false|off|none)["']""")
_FAR_EAST = re.compile(r"""\s(?:\w+:)?(?:hint|eastAsia|eastAsiaTheme)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ON_BLANKS = ("w:u", "w:strike", "w:dstrike", "w:highlight", "w:shd", "w:bdr")
_SIMPLE = {"w:b": "b", "w:i": "i", "w:u": "u", "w:strike": "s"}
_NAMED_STYLES = {"strong": "strong", "emphasis": "em"}
_CODE_STYLE = re.compile("^code|Code|[Vv]erbatim|^SourceText$")
_SPECIAL = re.compile("([\t\u2011])")
_ELEMENTS = {"\t": "<w:tab/>", "\u2011": "<w:noBreakHyphen/>"}
_STANDARD: dict[str, Properties] = {
    "b": {"w:b": "<w:b/>"},
    "i": {"w:i": "<w:i/>"},
    "u": {"w:u": '<w:u w:val="single"/>'},
    "s": {"w:strike": "<w:strike/>"},
    "sup": {"w:vertAlign": '<w:vertAlign w:val="superscript"/>'},
    "sub": {"w:vertAlign": '<w:vertAlign w:val="subscript"/>'},
}
"""Formatting that a translator may add."""


def properties(node: Node | None) -> Properties:
    """The properties that readers see.

    >>> from dragoman.gate import located
    >>> properties(located(b'<w:rPr><w:b/><w:lang w:val="en"/></w:rPr>'))
    {'w:b': '<w:b/>'}
    """
    found = {} if node is None else {one.name: one.raw for one in node.children}
    out = {}
    for name, raw in found.items():
        if name in _DROPPED:
            continue
        if name == "w:rFonts":
            raw = _FAR_EAST.sub("", raw)  # noqa: PLW2901 - they say nothing of other scripts
            if "=" not in raw:
                continue
        out[name] = raw
    if "w:rtl" in found:  # of these, Word reads only the twins
        for name, twin in _TWINS.items():
            if twin in found:
                out[name] = twin_of(found[twin], twin, name)
    return out


class WordRuns(RunForm):
    """Runs of Word: each has a direction."""

    standard = _STANDARD
    fitting = _FITTING
    new_breaks = {"<br/>": ("<w:br/>",), '<br class="tab"/>': ("<w:tab/>",)}  # noqa: RUF012
    directed = True
    replaced = frozenset(("w:rStyle",))

    def seen_on_blanks(self, some: Properties) -> bool:
        """Lines and colours of the background."""
        return any(name in some for name in _ON_BLANKS)

    def code_of(self, name: str, raw: str) -> str:
        """The simple code of a property; empty if it has none.

        >>> WordRuns().codes({"w:b": "<w:b/>"}, {})
        {'b': {'w:b': '<w:b/>'}}
        """
        if name in _SIMPLE:
            return "" if _OFF.search(raw) else _SIMPLE[name]
        if name == "w:vertAlign":
            return "sup" if "superscript" in raw else "sub" if "subscript" in raw else ""
        if name == "w:rStyle":
            style = raw.partition('"')[2].partition('"')[0]
            return "code" if _CODE_STYLE.search(style) else _NAMED_STYLES.get(style.lower(), "")
        return ""

    def text(self, text: str, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A run with its text."""
        return self.holding(tuple(_content(text)), look, rtl, locale)

    def holding(self, inner: Pieces, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A run with its content."""
        return (f"<w:r>{written(look, rtl, locale)}", *inner, "</w:r>")


def _content(text: str) -> Iterator[str]:
    """The content of a run."""
    for part in _SPECIAL.split(text):
        if part:
            said = f'<w:t xml:space="preserve">{xml_escape.content(part)}</w:t>'
            yield _ELEMENTS.get(part) or said


def written(some: Properties, rtl: bool, locale: str = "") -> str:
    """The `w:rPr` of a run in one direction, in a text of a locale; without one it names no language.

    >>> written({"w:b": "<w:b/>"}, True, "he")
    '<w:rPr><w:b/><w:bCs/><w:rtl/><w:lang w:bidi="he-IL"/></w:rPr>'
    """
    own = dict(some)
    if rtl:
        for name, twin in _TWINS.items():
            if name in own:
                own[twin] = twin_of(own[name], name, twin)
        if "w:rFonts" in own:
            own["w:rFonts"] = with_complex_font(own["w:rFonts"])
        own["w:rtl"] = "<w:rtl/>"
    if locale and (direction(locale) == "rtl") == rtl:
        own["w:lang"] = f'<w:lang w:{"bidi" if rtl else "val"}="{office_tag(locale)}"/>'
    inner = "".join(own[name] for name in sorted(own, key=lambda name: _PLACE.get(name, 99)))
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def twin_of(raw: str, name: str, twin: str) -> str:
    """A property as it is written for complex scripts.

    >>> twin_of('<w:sz w:val="32"/>', "w:sz", "w:szCs")
    '<w:szCs w:val="32"/>'
    """
    return re.sub(rf"(</?){name}(?=[\s/>])", rf"\1{twin}", raw)


def with_complex_font(raw: str) -> str:
    """Fonts with one for complex scripts, the same as for Latin if there is none.

    >>> with_complex_font('<w:rFonts w:ascii="Arial"/>')
    '<w:rFonts w:ascii="Arial" w:cs="Arial"/>'
    """
    if re.search(r"\sw:cs(?:theme)?\s*=", raw):
        return raw
    latin = re.search(r"""\sw:(?:ascii|hAnsi)\s*=\s*("[^"]*"|'[^']*')""", raw)
    if latin is None:
        theme = re.search(r"""\sw:(?:ascii|hAnsi)Theme\s*=\s*["'](major|minor)""", raw)
        own = f' w:cstheme="{theme[1]}Bidi"' if theme else ""
    else:
        own = f" w:cs={latin[1]}"
    return re.sub(r"\s*(/?)>", rf"{own}\1>", raw, count=1)
