"""Spans of OpenDocument texts: their formatting compared by the styles behind it, and written as styles again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dragoman.formats.archives.items import Pieces, Properties, RunForm
from dragoman.gate import Node
from dragoman.text import xml_escape

PREFIX = "dragoman_"
"""Of the names of styles that are added."""
STANDARD: dict[str, Properties] = {
    "b": {"fo:font-weight": "bold"},
    "i": {"fo:font-style": "italic"},
    "u": {"style:text-underline-style": "solid"},
    "s": {"style:text-line-through-style": "solid"},
    "sup": {"style:text-position": "super 58%"},
    "sub": {"style:text-position": "sub 58%"},
}
_ATTRIBUTE = re.compile(r"""\s([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNSEEN = re.compile(
    r"officeooo:|loext:|xmlns|fo:(?:language|country|script|letter-spacing|hyphenat\w*)"
    r"|style:.*-(?:asian|complex)$|style:(?:rfc-language-tag|letter-kerning|text-scale)"
    r"|style:font-(?:charset|family-generic|pitch|style-name)|style:text-\w+-(?:width|color|type|mode|text)$"
    r"|style:text-line-through-text-style"
)
"""Attributes that say nothing a reader sees, or that follow others."""
_ON_BLANKS = ("style:text-underline-style", "style:text-line-through-style", "fo:background-color")
_NAMED = {"strong": "strong", "strong_20_emphasis": "strong", "emphasis": "em"}
_CODE_STYLE = re.compile("^code|Code|[Vv]erbatim|^Source_20_Text$|^Teletype$")
STYLE = "style"
"""The property that names a common style."""


def looks(root: Node) -> dict[str, Properties]:
    """The visible formatting of the automatic styles of spans in a member, by their names."""
    found: dict[str, Properties] = {}
    for style in automatic(root):
        if style.name != "style:style" or style.get("family") != "text":
            continue
        own: Properties = {}
        if parent := style.get("parent-style-name"):
            own[STYLE] = parent
        node = style.child("style:text-properties")
        for name, value in attributes(node) if node else ():
            if not _UNSEEN.match(name):
                own[name] = value
        found[style.get("name")] = own
    return found


def automatic(root: Node) -> list[Node]:
    """The automatic styles of a member."""
    node = root.child("office:automatic-styles")
    return node.children if node else []


def attributes(node: Node) -> Iterator[tuple[str, str]]:
    """The attributes of an element as written."""
    for found in _ATTRIBUTE.finditer(node.tag):
        yield found[1], found[2] if found[2] is not None else found[3]


class OdtRuns(RunForm):
    """Spans of one member."""

    standard = STANDARD
    new_breaks: Mapping[str, Pieces] = {
        "<br/>": ("<text:line-break/>",),
        '<br class="tab"/>': ("<text:tab/>",),
    }

    def __init__(self, known: Mapping[str, Properties]) -> None:
        self._known = known
        self._chains: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {(): ()}

    def within(self, outer: tuple[str, ...], name: str) -> tuple[tuple[str, ...], Properties]:
        """The names of the styles around a text, and the formatting that they give."""
        chain = (*outer, name) if name else outer
        look: Properties = {}
        for one in chain:
            look |= self._known.get(one, {STYLE: one})
        self._chains.setdefault(_key(look), chain)
        return chain, look

    def added(self) -> Iterator[str]:
        """The styles that translators may add."""
        for code, look in STANDARD.items():
            inner = "".join(f' {name}="{value}"' for name, value in look.items())
            yield (
                f'<style:style style:name="{PREFIX}{code}" style:family="text">'
                f"<style:text-properties{inner}/></style:style>"
            )

    def seen_on_blanks(self, some: Properties) -> bool:
        """Lines and colours of the background."""
        return any(name in some for name in _ON_BLANKS)

    def code_of(self, name: str, value: str) -> str:
        """The simple code of a property; empty if it has none.

        >>> OdtRuns({}).codes({"fo:font-weight": "bold"}, {})
        {'b': {'fo:font-weight': 'bold'}}
        """
        if name == "style:text-position":
            place = value.split(maxsplit=1)[0] if value.strip() else ""
            raised = re.fullmatch(r"(-?)\d+(?:\.\d+)?%", place)
            if raised and place.strip("-0.%"):
                return "sub" if raised[1] else "sup"
            return {"super": "sup", "sub": "sub"}.get(place, "")
        if name == STYLE:
            return "code" if _CODE_STYLE.search(value) else _NAMED.get(value.lower(), "")
        for code in ("b", "i", "u", "s"):
            if STANDARD[code] == {name: value}:
                return code
        return ""

    def text(self, text: str, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A span with its text, or the text alone."""
        return self.holding((spaced(text, bool(locale)),), look, rtl, locale)

    def holding(self, inner: Pieces, look: Properties, _rtl: bool, _locale: str) -> Pieces:
        """A span with its content."""
        chain = self._chain(look)
        opening = "".join(f'<text:span text:style-name="{name}">' for name in chain)
        return (opening, *inner, "</text:span>" * len(chain)) if chain else inner

    def _chain(self, look: Properties) -> tuple[str, ...]:
        """The names of styles that give a formatting."""
        known = self._chains.get(_key(look))
        if known is not None:
            return known
        for code, added in STANDARD.items():
            if added.items() <= look.items():
                rest = {name: value for name, value in look.items() if name not in added}
                return (*self._chain(rest), PREFIX + code)
        kept = [key for key in self._chains if set(key) <= set(look.items())]
        return self._chains[max(kept, key=len)]


def _key(look: Properties) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(look.items()))


def spaced(text: str, inside: bool = True) -> str:
    """A text as content, with blanks that OpenDocument would drop as elements.

    >>> spaced("a  b\\tc"), spaced(" ", inside=False)
    ('a <text:s/>b<text:tab/>c', '<text:s/>')
    """
    out = []
    for part in re.split("( {2,}|\t)", text):
        if part == "\t":
            out.append("<text:tab/>")
        elif part[:2] == "  ":
            out.append(" " + _blanks(len(part) - 1))
        else:
            out.append(xml_escape.content(part))
    if not inside and not text.strip(" "):
        return _blanks(len(text))
    return "".join(out)


def _blanks(count: int) -> str:
    return f'<text:s text:c="{count}"/>' if count > 1 else "<text:s/>" * count
