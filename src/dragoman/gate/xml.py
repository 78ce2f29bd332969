"""XML from outside: no DOCTYPE and so no entities of its own, bounded depth, count and size."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from dragoman.errors import DragomanError

DEEPEST = 256
MOST_ELEMENTS = 1_000_000
LARGEST = 1 << 26
"""Bytes of a document."""
LARGEST_ITEM = 1 << 24
"""Characters of one item of a document that is read as a stream."""
LONGEST_TAG = 1 << 20
"""Bytes of a tag, a comment or an instruction there; expat's time grows with their square."""
MOST_IN_ITEM = 50_000
"""Elements of one item of a document that is read as a stream."""


class _Tree(ET.TreeBuilder):
    """Builds no tree of a document with a DOCTYPE, without bottom or without end."""

    _depth = 0
    _count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        raise ET.ParseError("a DOCTYPE is not allowed")

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise ET.ParseError("elements are nested too deep")
        if self._count > MOST_ELEMENTS:
            raise ET.ParseError("there are too many elements")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Any:
        self._depth -= 1
        return super().end(tag)


def parsed(data: bytes, file: str = "", kind: str = "XML") -> ET.Element:
    """The root element of an XML document; names are in Clark notation, `{namespace}name`.

    Args:
        data: the document.
        file: its name in messages.
        kind: what it should be, in messages: `an SRX file`.

    Raises:
        DragomanError: it is not well formed, has a DOCTYPE, or goes beyond the bounds.

    >>> parsed(b"<a><b/></a>")[0].tag
    'b'
    """
    problem, line, column = "", None, None
    if len(data) > LARGEST:
        problem = f"more than {LARGEST >> 20} MB"
    else:
        try:
            return ET.fromstring(data, ET.XMLParser(target=_Tree()))  # noqa: S314 - see _Tree
        except ET.ParseError as error:
            problem = str(error).split(":")[0]
            line, column = getattr(error, "position", (None, None))
        except (LookupError, ValueError) as error:
            problem = str(error)
    raise DragomanError(
        f"not {kind}: {problem}",
        file=file or None,
        line=line,
        column=None if column is None else column + 1,
        way_out="export it again, without a DOCTYPE",
    )


def streamed(
    pieces: Iterable[bytes],
    root: str,
    items: Collection[str],
    file: str = "",
    kind: str = "XML",
    doctype: bool = False,
) -> Iterator[tuple[ET.Element, int]]:
    """The elements of some names, one after the other, in memory for one of them.

    Names are as they are written, prefixes included. What stands outside of the items is dropped.

    Args:
        pieces: the document, in pieces of any size.
        root: the name its root must have.
        items: the names of elements to give back, each with the line it begins in.
        file: its name in messages.
        kind: what it should be, in messages: `a TMX file`.
        doctype: whether a DOCTYPE that declares nothing may stand in it; it is never followed.

    Raises:
        DragomanError: it is not well formed, has another root or a DOCTYPE, or an item goes
            beyond the bounds.

    >>> [item.tag for item, _ in streamed([b"<a><b/>", b"<c/></a>"], "a", ["c"])]
    ['c']
    """
    target = _Items(root, items, doctype)
    try:
        for piece in pieces:
            for start in range(0, len(piece), _STEP):
                target.feed(piece[start : start + _STEP])
                yield from target.taken()
        target.feed(b"", last=True)
        yield from target.taken()
    except (ET.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        line, column = target.place
        way_out = "export it again"
        if isinstance(error, _DoctypeError):
            way_out = "take the DOCTYPE out of it"
        raise DragomanError(
            f"not {kind}: {str(error).split(':')[0]}",
            file=file or None,
            line=line,
            column=column,
            way_out=way_out,
        ) from None


_STEP = 1 << 16


class _DoctypeError(ET.ParseError):
    pass


class _Items:
    """Builds the elements that are asked for, and forgets them when they are taken."""

    def __init__(self, root: str, items: Collection[str], doctype: bool) -> None:
        self._root, self._names, self._doctype = root, frozenset(items), doctype
        self._depth = 0
        self._builder: ET.TreeBuilder | None = None
        self._outside = 0
        """Depth at which the item at hand stands."""
        self._line = 0
        self._size = 0
        self._count = 0
        self._silent = 0
        """Bytes fed since anything was met."""
        self._done: list[tuple[ET.Element, int]] = []
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._met_doctype
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_entity

    @property
    def place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def feed(self, data: bytes, last: bool = False) -> None:
        self._silent += len(data)
        self._parser.Parse(data, last)
        if self._silent > LONGEST_TAG:
            raise ET.ParseError("a tag or a comment has no end")

    def taken(self) -> list[tuple[ET.Element, int]]:
        done, self._done = self._done, []
        return done

    def _met_doctype(self, _name: str, _system: object, _public: object, inside: int) -> None:
        if inside or not self._doctype:
            raise _DoctypeError("a DOCTYPE is not allowed")

    def _refuse_entity(self, name: str, *_rest: object) -> None:
        raise ET.ParseError(f"the entity {name!r} is not known")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._silent = 0
        if not self._depth and name != self._root:
            raise ET.ParseError(f"its root is {name!r}")
        self._depth += 1
        if self._depth > DEEPEST:
            raise ET.ParseError("elements are nested too deep")
        if self._builder is None:
            if name not in self._names:
                return
            self._builder, self._outside = ET.TreeBuilder(), self._depth
            self._line, self._size, self._count = self._parser.CurrentLineNumber, 0, 0
        self._count += 1
        if self._count > MOST_IN_ITEM:
            raise ET.ParseError(f"there are too many elements in one <{self._root}> item")
        self._builder.start(name, attributes)

    def _data(self, text: str) -> None:
        self._silent = 0
        if self._builder is not None:
            self._size += len(text)
            if self._size > LARGEST_ITEM:
                raise ET.ParseError(f"more than {LARGEST_ITEM >> 20} MB in one element")
            self._builder.data(text)

    def _end(self, name: str) -> None:
        self._silent = 0
        if self._builder is not None:
            self._builder.end(name)
            if self._depth == self._outside:
                self._done.append((self._builder.close(), self._line))
                self._builder = None
        self._depth -= 1
