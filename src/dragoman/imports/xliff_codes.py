"""The text of an XLIFF source or target, with inline codes replaced by their markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.interchange.review_rows import unguarded
from dragoman.interchange.unknown_codes import named

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAK = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
_ENDS = re.compile(r"\A[ \t]*\n[ \t\n]*|(?<![ \t])[ \t]*\n[ \t\n]*\Z")
_PAIRED = ("pc", "sc", "ec")


def namespace(element: ET.Element) -> str:
    """The namespace of an element with an opening brace; empty if it has none."""
    return element.tag.rpartition("}")[0] if isinstance(element.tag, str) else "?"


class Core:
    """Access to the elements of one namespace, ignoring modules and extensions."""

    def __init__(self, root: ET.Element) -> None:
        self._lead = namespace(root)

    def name(self, element: ET.Element) -> str:
        """The local name of a core element; empty for any other."""
        if not isinstance(element.tag, str) or namespace(element) != self._lead:
            return ""
        return element.tag.rpartition("}")[2]

    def children(self, element: ET.Element, *names: str) -> Iterator[ET.Element]:
        """Yield the children with one of these names."""
        return (child for child in element if self.name(child) in names)

    def child(self, element: ET.Element, name: str) -> ET.Element | None:
        """The first child with this name, or None."""
        return next(self.children(element, name), None)


def keeps_space(element: ET.Element, inherited: bool) -> bool:
    """Whether white space inside an element is significant, by its attribute or an inherited one."""
    space = element.get(_XML_SPACE)
    return inherited if space is None else space == "preserve"


def laid_out(text: str, keep: bool) -> str:
    """A text without the file's line ends and indents, unless white space is significant.

    >>> laid_out("\\n  Hello,\\n  you\\n", False), laid_out("Hello, ", False)
    ('Hello, you', 'Hello, ')
    """
    if keep or "\n" not in text:
        return text
    return _BREAK.sub(" ", _ENDS.sub("", text))


def character(code: str) -> str:
    """The character of a hexadecimal code point; U+FFFD if it is not valid.

    >>> character("000B"), character("nothing")
    ('\\x0b', '\ufffd')
    """
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else -1
    known = 0 <= number < 0xD800 or 0xDFFF < number <= 0x10FFFF
    return chr(number) if known else "\ufffd"


class Data(NamedTuple):
    """The markup of a code; of both ends if it is a pair."""

    start: str
    end: str = ""


def _unknown(name: str) -> Data:
    """Placeholders for both ends of a code without markup in the file."""
    return Data(named(f"{name}<"), named(f"{name}>"))


class Texts2:
    """Reads texts of an XLIFF 2.x unit, whose codes refer to its original data and to each other."""

    def __init__(self, core: Core, unit: ET.Element) -> None:
        self._core = core
        self._data: dict[str, str] = {}
        for holder in core.children(unit, "originalData"):
            for data in core.children(holder, "data"):
                self._data[data.get("id", "")] = self.of(data)
        self._codes: dict[str, Data] = {}

    def learn(self, sources: Iterable[ET.Element]) -> None:
        """Remember the codes of the unit's sources, since targets may refer to them by id only."""
        for source in sources:
            for code in source.iter():
                kind = self._core.name(code)
                if kind in ("ph", *_PAIRED):
                    self._learn(kind, code)

    def _learn(self, kind: str, code: ET.Element) -> None:
        name = code.get("id", "") or code.get("startRef", "")
        known = self._codes.get(name, _unknown(name))
        if kind == "ec":
            self._codes[name] = known._replace(end=self._refers(code, "dataRef", known.end))
        elif kind == "pc":
            start = self._refers(code, "dataRefStart", known.start)
            self._codes[name] = Data(start, self._refers(code, "dataRefEnd", known.end))
        else:
            self._codes[name] = known._replace(start=self._refers(code, "dataRef", known.start))

    def _refers(self, code: ET.Element, attribute: str, otherwise: str) -> str:
        return self._data.get(code.get(attribute, ""), otherwise)

    def of(self, element: ET.Element) -> str:
        """The text of an element."""
        parts = [element.text or ""]
        for child in element:
            parts += [*self._code(child), child.tail or ""]
        return "".join(parts)

    def _code(self, code: ET.Element) -> Iterator[str]:
        kind = self._core.name(code)
        name = code.get("id", "") or code.get("startRef", "")
        known = self._codes.get(name) or self._codes.get(code.get("copyOf", ""))
        known = known or _unknown(name)
        if kind == "cp":
            yield character(code.get("hex", ""))
        elif kind in ("ph", "sc"):
            yield self._refers(code, "dataRef", known.start)
        elif kind == "ec":
            yield self._refers(code, "dataRef", known.end)
        elif kind == "pc":
            yield self._refers(code, "dataRefStart", known.start)
            yield self.of(code)
            yield self._refers(code, "dataRefEnd", known.end)
        elif kind == "mrk":
            yield self.of(code)  # `sm`, `em` and elements of extensions have no text


class Texts1:
    """Reads texts of an XLIFF 1.x trans-unit, whose codes contain their markup or refer to a source's."""

    def __init__(self, core: Core, sources: Iterable[ET.Element] = ()) -> None:
        self._core = core
        self._known: dict[tuple[str, str], str] = {}
        for source in sources:
            for code in source.iter():
                kind = core.name(code)
                if kind in ("bpt", "ept", "ph", "it") and (code.text or len(code)):
                    self._known[kind, code.get("id", "")] = self._own(code)

    def of(self, element: ET.Element) -> str:
        """The text of an element."""
        parts = [element.text or ""]
        for child in element:
            parts += [*self._code(child), child.tail or ""]
        return "".join(parts)

    def _own(self, code: ET.Element) -> str:
        data = self.of(code)
        return character(data) if code.get("ctype") == "x-char" else unguarded(data)

    def _code(self, code: ET.Element) -> Iterator[str]:
        kind = self._core.name(code)
        if kind in ("bpt", "ept", "ph", "it"):
            own = self._own(code)
            yield own or self._data_of(kind, code)
        elif kind in ("x", "bx", "ex"):
            yield self._data_of(kind, code)
        elif kind == "g":
            start, end = _unknown(code.get("id", ""))
            yield from (start, self.of(code), end)
        elif kind in ("mrk", "sub"):
            yield self.of(code)

    def _data_of(self, kind: str, code: ET.Element) -> str:
        like = {"x": "ph", "bx": "bpt", "ex": "ept"}.get(kind, kind)
        name, pair = code.get("id", ""), code.get("rid", "") or code.get("id", "")
        start, end = _unknown(pair)
        unknown = {"bpt": start, "ept": end}.get(like, named(name))
        return self._known.get((like, name), unknown)
