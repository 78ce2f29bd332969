"""XML from outside, without DOCTYPE and entities, and with bounds on depth, count and size."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from sys import getsizeof
from xml.parsers import expat

from dragoman.errors import DragomanError

DEEPEST = 256
MOST_ELEMENTS = 500_000
MOST_ATTRIBUTES = 1_000
"""Maximum number of attributes of one element."""
MOST_NAMES = 10_000
"""Maximum number of different names in a document; expat keeps all of them in memory."""
LARGEST = 1 << 26
"""Maximum number of bytes of a document."""
HEAVIEST = 1 << 27
"""Maximum number of bytes in memory for a document and its tree."""
LARGEST_ITEM = 1 << 24
"""Maximum number of characters of an item in a stream, or of text without a tag."""
LONGEST_TAG = 1 << 20
"""Maximum number of bytes of a tag, comment or instruction; expat takes quadratic time for them."""
MOST_IN_ITEM = 50_000
"""Maximum number of elements of an item in a stream."""
MOST_OUTSIDE = 10_000
"""Maximum number of elements outside such items."""
_STEP = 1 << 16
_ELEMENT, _CHILDREN, _ATTRIBUTES = 88, 56, 216  # bytes in memory, about


class _DoctypeError(ET.ParseError):
    pass


class _LargeError(ET.ParseError):
    pass


class _Guard:
    """A parser that is fed in pieces and stops if a document exceeds a bound."""

    def __init__(self, doctype: bool, separator: str | None) -> None:
        self._doctype = doctype
        self._depth = 0
        self._silent = 0
        """Bytes fed since the last event."""
        self._names: set[str] = set()
        self._parser = parser = expat.ParserCreate(namespace_separator=separator)
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

    def _met_doctype(self, _name: str, _system: object, _public: object, inside: int) -> None:
        if inside or not self._doctype:
            raise _DoctypeError("a DOCTYPE is not allowed")

    def _refuse_entity(self, name: str, *_rest: object) -> None:
        raise ET.ParseError(f"the entity {name!r} is unknown")

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        self._silent = 0
        self._depth += 1
        if self._depth > DEEPEST:
            raise ET.ParseError("elements are nested too deep")
        names = self._names
        if attributes or name not in names:
            names.add(name)
            names.update(attributes)
            if len(attributes) > MOST_ATTRIBUTES:
                raise ET.ParseError("an element has too many attributes")
            if len(names) > MOST_NAMES:
                raise ET.ParseError("there are too many different names")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _data(self, text: str) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError


class _Tree(_Guard):
    """Builds the tree of a document, up to the size limits."""

    def __init__(self, held: int) -> None:
        super().__init__(doctype=False, separator="}")
        self._builder = ET.TreeBuilder()
        self._held = held
        self._count = 0
        self._stretch = 0
        """Characters of text since the last tag."""
        self._opened = False
        """Whether the last tag began an element."""

    def feed(self, data: bytes, last: bool = False) -> None:
        super().feed(data, last)
        if self._held > HEAVIEST:
            raise _LargeError("it has too much for one file")

    def root(self) -> ET.Element:
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._enter(name, attributes)
        self._stretch = 0
        self._count += 1
        self._held += _ELEMENT + _CHILDREN if self._opened else _ELEMENT
        self._opened = True
        if self._count > MOST_ELEMENTS:
            raise _LargeError("there are too many elements")
        if attributes:
            self._held += _ATTRIBUTES + sum(map(getsizeof, attributes.values()))
            attributes = {_clark(key): value for key, value in attributes.items()}
        self._builder.start(_clark(name), attributes)

    def _data(self, text: str) -> None:
        self._silent = 0
        if text != "\n":  # Python keeps one object for all of them
            self._held += getsizeof(text)
        self._stretch += len(text)
        if self._stretch > LARGEST_ITEM:
            raise _LargeError(f"more than {LARGEST_ITEM >> 20} MB of text without a tag")
        self._builder.data(text)

    def _end(self, name: str) -> None:
        self._silent = self._stretch = 0
        self._opened = False
        self._depth -= 1
        self._builder.end(name)  # the builder keeps the stack of open elements


@lru_cache(MOST_NAMES)
def _clark(name: str) -> str:
    """A name in Clark notation, as in ElementTree.

    >>> _clark("http://example.org/}p"), _clark("p")
    ('{http://example.org/}p', 'p')
    """
    return "{" + name if "}" in name else name


def parsed(
    data: bytes | Iterable[bytes], file: str = "", kind: str = "XML", held: int = 0
) -> ET.Element:
    """The root element of an XML document; names are in Clark notation, `{namespace}name`.

    Args:
        data: the document, or pieces of it.
        file: its name in messages.
        kind: the expected kind in messages, such as `an SRX file`.
        held: bytes already in memory, such as those of the archive around it.

    Raises:
        DragomanError: it is not well formed, has a DOCTYPE, or exceeds a bound.

    >>> parsed(b"<a><b/></a>")[0].tag
    'b'
    """
    pieces, size = ([data], len(data)) if isinstance(data, bytes) else (data, 0)
    tree = _Tree(held + size)
    try:
        if size > LARGEST:
            raise _LargeError(f"more than {LARGEST >> 20} MB")
        for piece in _steps(pieces):
            tree.feed(piece)
        tree.feed(b"", last=True)
        return tree.root()
    except _FAULTS as error:
        raise _refused(error, tree.place, file, kind) from None


class _Silent(_Guard):
    """Checks a document without keeping anything of it."""

    def __init__(self, doctype: bool) -> None:
        super().__init__(doctype, separator=None)
        self._count = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._enter(name, attributes)
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _LargeError("there are too many elements")

    def _data(self, _text: str) -> None:
        self._silent = 0

    def _end(self, _name: str) -> None:
        self._silent = 0
        self._depth -= 1


def checked(data: bytes, file: str = "", kind: str = "XML", doctype: bool = False) -> None:
    """Make sure that a document is well formed and exceeds no bound, without building a tree.

    Args:
        data: the document.
        file: its name in messages.
        kind: the expected kind in messages, such as `a DOCX file`.
        doctype: whether to accept a DOCTYPE that declares nothing; it is never loaded.

    Raises:
        DragomanError: it is not well formed, has a DOCTYPE, or exceeds a bound.

    >>> checked(b"<a><b/></a>")
    """
    guard = _Silent(doctype)
    try:
        if len(data) > LARGEST:
            raise _LargeError(f"more than {LARGEST >> 20} MB")
        for piece in _steps([data]):
            guard.feed(piece)
        guard.feed(b"", last=True)
    except _FAULTS as error:
        raise _refused(error, guard.place, file, kind) from None


_FAULTS = (ET.ParseError, expat.ExpatError, LookupError, ValueError)


def _steps(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Split pieces into parts of at most `_STEP` bytes."""
    for piece in pieces:
        for start in range(0, len(piece), _STEP):
            yield piece[start : start + _STEP]


_NO_DOCTYPE = "export it again, without a DOCTYPE"


def _refused(
    error: Exception, place: tuple[int, int], file: str, kind: str, no_doctype: str = _NO_DOCTYPE
) -> DragomanError:
    """The error to report for a parser's error."""
    how_to_fix = "export it again"
    if isinstance(error, _DoctypeError):
        how_to_fix = no_doctype
    elif isinstance(error, _LargeError):
        how_to_fix = "split it into smaller files"
    return DragomanError(
        f"not {kind}: {str(error).split(':')[0]}",
        file=file or None,
        line=place[0],
        column=place[1],
        how_to_fix=how_to_fix,
    )


def streamed(
    pieces: Iterable[bytes],
    root: str,
    items: Collection[str],
    file: str = "",
    kind: str = "XML",
    doctype: bool = False,
) -> Iterator[tuple[ET.Element, int]]:
    """Yield the elements with certain names and their line, with only one of them in memory.

    Names are as written, with prefixes. Everything outside these elements is dropped.

    Args:
        pieces: the document, in pieces of any size.
        root: the required name of the root.
        items: the names of the elements to yield.
        file: its name in messages.
        kind: the expected kind in messages, such as `a TMX file`.
        doctype: whether to accept a DOCTYPE that declares nothing; it is never loaded.

    Raises:
        DragomanError: it is not well formed, has another root or a DOCTYPE, or an item
            exceeds a bound.

    >>> [item.tag for item, _ in streamed([b"<a><b/>", b"<c/></a>"], "a", ["c"])]
    ['c']
    """
    target = _Items(root, items, doctype)
    try:
        for piece in _steps(pieces):
            target.feed(piece)
            yield from target.taken()
        target.feed(b"", last=True)
        yield from target.taken()
    except _FAULTS as error:
        raise _refused(error, target.place, file, kind, "remove the DOCTYPE") from None


class _Items(_Guard):
    """Builds the elements with the requested names, and drops them once they are taken."""

    def __init__(self, root: str, items: Collection[str], doctype: bool) -> None:
        super().__init__(doctype, separator=None)
        self._root, self._wanted = root, frozenset(items)
        self._builder: ET.TreeBuilder | None = None
        self._outside = 0
        """Depth of the current item."""
        self._line = 0
        self._size = 0
        self._count = 0
        self._others = 0
        """Number of elements outside items."""
        self._done: list[tuple[ET.Element, int]] = []

    def taken(self) -> list[tuple[ET.Element, int]]:
        """The elements completed since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._depth and name != self._root:
            raise ET.ParseError(f"its root is {name!r}")
        self._enter(name, attributes)
        if self._builder is None:
            if name not in self._wanted:
                self._others += 1
                if self._others > MOST_OUTSIDE:
                    raise ET.ParseError("there are too many elements that do not belong there")
                return
            self._builder, self._outside = ET.TreeBuilder(), self._depth
            self._line, self._size, self._count = self._parser.CurrentLineNumber, 0, 0
        self._count += 1
        if self._count > MOST_IN_ITEM:
            raise ET.ParseError(f"there are too many elements in one <{self._root}> item")
        if attributes:
            self._grow(sum(map(len, attributes.values())))
        self._builder.start(name, attributes)

    def _data(self, text: str) -> None:
        self._silent = 0
        if self._builder is not None:
            self._grow(len(text))
            self._builder.data(text)

    def _grow(self, characters: int) -> None:
        self._size += characters
        if self._size > LARGEST_ITEM:
            raise ET.ParseError(f"more than {LARGEST_ITEM >> 20} MB in one element")

    def _end(self, name: str) -> None:
        self._silent = 0
        if self._builder is not None:
            self._builder.end(name)
            if self._depth == self._outside:
                self._done.append((self._builder.close(), self._line))
                self._builder = None
        self._depth -= 1
