"""Strings of workbooks as lines: shared strings, strings in cells, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import bidirectional

from dragoman.formats.archives import coded_paragraphs
from dragoman.formats.archives.items import Item, Pieces, Properties, RunForm, Sort
from dragoman.formats.archives.slots import Piece, Slot
from dragoman.formats.units import translatable
from dragoman.gate import Node
from dragoman.languages.locales import direction
from dragoman.text import xml_escape
from dragoman.text.bidi import LRM, RLM

_SIMPLE = {"b": "b", "i": "i", "u": "u", "strike": "s"}
_OFF = re.compile(r"""\sval\s*=\s*["'](?:0|false|none)["']""")
_UNSEEN = frozenset(("charset", "family", "scheme", "extLst"))
_STANDARD: dict[str, Properties] = {
    "b": {"b": "<{0}b/>"},
    "i": {"i": "<{0}i/>"},
    "u": {"u": "<{0}u/>"},
    "s": {"strike": "<{0}strike/>"},
    "sup": {"vertAlign": '<{0}vertAlign val="superscript"/>'},
    "sub": {"vertAlign": '<{0}vertAlign val="subscript"/>'},
}
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_LINE = "\n"


class CellRuns(RunForm):
    """Runs of rich text in cells; names of elements have a prefix."""

    new_breaks: Mapping[str, Pieces] = {"<br/>": (_LINE,), '<br class="tab"/>': ("\t",)}

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.standard = {
            code: {name: raw.format(prefix) for name, raw in look.items()}
            for code, look in _STANDARD.items()
        }

    def seen_on_blanks(self, some: Properties) -> bool:
        """Lines."""
        return "u" in some or "strike" in some

    def code_of(self, name: str, raw: str) -> str:
        """The simple code of a property; empty if it has none."""
        if name == "vertAlign":
            return "sup" if "superscript" in raw else "sub" if "subscript" in raw else ""
        if name == "u" and "val" in raw and "single" not in raw:
            return ""
        return "" if _OFF.search(raw) else _SIMPLE.get(name, "")

    def text(self, text: str, look: Properties, _rtl: bool, _locale: str) -> Pieces:
        """A run with its text."""
        prefix = self._prefix
        properties = f"<{prefix}rPr>{''.join(look.values())}</{prefix}rPr>" if look else ""
        said = xml_escape.content(text)
        return (
            f'<{prefix}r>{properties}<{prefix}t xml:space="preserve">{said}</{prefix}t></{prefix}r>',
        )

    def holding(self, inner: Pieces, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A run with a line break or a tab."""
        return self.text("".join(map(str, inner)), look, rtl, locale)


class CellSlot(Slot):
    """A string with text."""

    def __init__(self, node: Node, inner: coded_paragraphs.ParagraphSlot, prefix: str) -> None:
        super().__init__(inner.line, (node.raw,))
        self._inner = inner
        self._prefix = prefix

    def written(self, line: str, locale: str) -> Iterable[Piece]:
        made = "".join(str(piece) for piece in self._inner.written(line, locale))
        first = _TEXT.search(made)
        mark = base_mark(said(made), locale)
        if not runs_along(said(made), locale):  # a name or a code, which needs no marks
            made = made.translate(dict.fromkeys(map(ord, (LRM, RLM))))
        elif first and mark:
            made = made[: first.start(1)] + mark + made[first.start(1) :]
        if "rPr>" in made:
            return (made,)
        prefix, text = self._prefix, "".join(_TEXT.findall(made))
        opening, closing = made[: made.index(">") + 1], made[made.rindex("</") :]
        return (f'{opening}<{prefix}t xml:space="preserve">{text}</{prefix}t>{closing}',)

    def text(self, line: str, locale: str) -> str:
        """The text of the string for a line, escaped."""
        return said("".join(str(piece) for piece in self.written(line, locale)))


def said(raw: str) -> str:
    """The text of a string as written, escaped."""
    return "".join(_TEXT.findall(raw))


def runs_along(text: str, locale: str) -> bool:
    """Whether a text has a letter of the direction of a locale.

    >>> runs_along("AQ-7", "he"), runs_along("AQ-7", "ru")
    (False, True)
    """
    own = ("R", "AL") if locale and direction(locale) == "rtl" else ("L",)
    return any(bidirectional(char) in own for char in text if char not in (LRM, RLM))


def base_mark(text: str, locale: str) -> str:
    """A mark before a text whose first letter runs against it: cells take their direction from that letter.

    >>> base_mark("AQ-7 הוא", "he") == RLM, base_mark("הוא AQ-7", "he"), base_mark("AQ-7", "he")
    (True, '', '')
    """
    kinds = [kind for char in text if (kind := bidirectional(char)) in ("L", "R", "AL")]
    if not locale or not kinds:
        return ""
    rtl = direction(locale) == "rtl"
    own = ("R", "AL") if rtl else ("L",)
    if kinds[0] in own or not any(kind in own for kind in kinds):
        return ""
    return RLM if rtl else LRM


def cell_slot(node: Node) -> CellSlot | None:
    """The slot of a string, such as an item of the shared strings; None if it has no words."""
    raw_name = node.tag[1:].split(maxsplit=1)[0].rstrip("/>")
    prefix, colon, _ = raw_name.rpartition(":")
    form = CellRuns(prefix + colon)
    inner = coded_paragraphs.slot(list(_items(node)), (node.tag,), node.end_tag, (node.raw,), form)
    if inner is None or not translatable(inner.line):
        return None
    return CellSlot(node, inner, prefix + colon)


def _items(node: Node) -> Iterator[Item]:
    for part in node.children:
        kind = part.name.rpartition(":")[2]
        if kind == "t":
            yield from _texts(part, {})
        elif kind == "r":
            look: Properties = {}
            for one in part.children:
                inner = one.name.rpartition(":")[2]
                if inner == "rPr":
                    named = ((p.name.rpartition(":")[2], p.raw) for p in one.children)
                    look = {name: raw for name, raw in named if name not in _UNSEEN}
                elif inner == "t":
                    yield from _texts(one, look)


def _texts(node: Node, look: Properties) -> Iterator[Item]:
    text = node.said().replace("\r\n", _LINE).replace("\r", _LINE)
    for part in re.split("([\n\t])", text if node.get("space") == "preserve" else text.strip(" ")):
        if part == _LINE:
            yield Item(Sort.BREAK, (), look=look, pieces=(_LINE,))
        elif part == "\t":
            yield Item(Sort.TAB, (), look=look, pieces=("\t",))
        elif part:
            yield Item(Sort.TEXT, (), part, look)
