"""XML as elements with their offsets in the text, for readers that keep the rest as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from html import unescape

from dragoman.errors import DragomanError
from dragoman.gate.xml import checked

LONGEST = 1 << 23
"""Maximum number of bytes of a document of which elements are kept in memory."""
MOST_LOCATED = 300_000
"""Maximum number of elements that are kept in memory."""
_TOKEN = re.compile(
    r"<(?:!--.*?-->|\?.*?\?>|!\[CDATA\[.*?\]\]>|![^>]*>"
    r"|(?P<close>/)?(?P<name>[^\s/>]+)(?:[^>\"'/]++|\"[^\"]*+\"|'[^']*+'|/(?!>))*+(?P<empty>/)?>)",
    re.DOTALL,
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DECLARED = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTE = re.compile(r"""\s([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Node:
    """An element: its name, and the offsets of its tags.

    `start` and `end` enclose the element, `inner` and `close` its content.
    """

    __slots__ = ("children", "close", "end", "inner", "name", "start", "text")

    def __init__(self, text: str, name: str, start: int, inner: int) -> None:
        self.text = text
        self.name = name
        self.start = start
        self.inner = self.close = self.end = inner
        self.children: list[Node] = []

    @property
    def raw(self) -> str:
        """The element as written."""
        return self.text[self.start : self.end]

    @property
    def tag(self) -> str:
        """The start tag as written."""
        return self.text[self.start : self.inner]

    @property
    def end_tag(self) -> str:
        return self.text[self.close : self.end]

    def child(self, *names: str) -> Node | None:
        """The first child with one of these names."""
        return next((one for one in self.children if one.name in names), None)

    def walk(self) -> Iterator[Node]:
        """The element and all elements inside, in order."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            left += reversed(node.children)

    def get(self, name: str) -> str:
        """The value of an attribute by its local name; empty if it is missing.

        >>> located(b'<a x:b="1 &lt; 2"/>').get("b")
        '1 < 2'
        """
        place = self.place(name)
        return unescape(self.text[slice(*place)]) if place else ""

    def place(self, name: str) -> tuple[int, int] | None:
        """Where the value of an attribute is, by its local name."""
        for match in _ATTRIBUTE.finditer(self.text, self.start, self.inner):
            if match[1].rpartition(":")[2] == name:
                return match.span(2 if match[2] is not None else 3)
        return None

    def said(self) -> str:
        """The text directly inside the element, without that of its children."""
        return "".join([part for part in self.content() if isinstance(part, str)])

    def content(self) -> Iterator[str | Node]:
        """The texts and elements directly inside the element, in order.

        >>> [one if isinstance(one, str) else one.name for one in located(b"<a>1 &lt; 2<b/>c</a>").content()]
        ['1 < 2', 'b', 'c']
        """
        done = self.inner
        for child in self.children:
            if child.start > done:
                yield _plain(self.text[done : child.start])
            yield child
            done = child.end
        if self.close > done:
            yield _plain(self.text[done : self.close])


def _plain(text: str) -> str:
    """The text that a stretch without elements stands for."""
    if "<" in text:
        text = _CDATA.sub(_as_content, text)
        text = _TOKEN.sub("", text)
    return unescape(text) if "&" in text else text


def _as_content(found: re.Match[str]) -> str:
    return found[1].replace("&", "&amp;").replace("<", "&lt;")


def located(
    data: bytes,
    file: str = "",
    kind: str = "XML",
    prefixes: Mapping[str, str] = {},
    doctype: bool = False,
) -> Node:
    """The root element of a document; its `text` is the document.

    Args:
        data: the document.
        file: its name in messages.
        kind: the expected kind in messages, such as `a DOCX file`.
        prefixes: namespaces, and the prefix that names of each have, however they are written;
            names of other namespaces are as written.
        doctype: whether to accept a DOCTYPE that declares nothing.

    Raises:
        DragomanError: it is not well formed, has a DOCTYPE, or exceeds a bound.

    >>> root = located(b'<v:a xmlns:v="u"><v:b>x</v:b></v:a>', prefixes={"u": "w"})
    >>> root.name, root.children[0].raw
    ('w:a', '<v:b>x</v:b>')
    """
    if len(data) > LONGEST:
        raise DragomanError(
            f"not {kind}: more than {LONGEST >> 20} MB of text",
            file=file or None,
            how_to_fix="split it into smaller files",
        )
    if data.count(b"<") > 2 * MOST_LOCATED:
        raise DragomanError(
            f"not {kind}: more than {MOST_LOCATED} elements",
            file=file or None,
            how_to_fix="split it into smaller files",
        )
    checked(data, file, kind, doctype)
    return tree(decoded(data, file, kind), 0, prefixes)


def tree(text: str, start: int, prefixes: Mapping[str, str]) -> Node:
    """The root element of a text that was checked; before `start` there is no element.

    A declaration of a namespace holds inside its element.

    >>> [one.name for one in tree('<a><b xmlns="u"/><b/></a>', 0, {"u": "w"}).walk()]
    ['a', 'w:b', 'b']
    """
    root = Node(text, "", start, start)
    open_, known = [root], dict[str, str]()
    outer: list[tuple[int, dict[str, str]]] = []
    for token in _TOKEN.finditer(text, start):
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            done = open_.pop()
            done.close, done.end = token.span()
            if outer and outer[-1][0] == len(open_):
                known = outer.pop()[1]
            continue
        inside = known
        if "xmlns" in token[0]:
            inside = dict(known)
            for match in _DECLARED.finditer(token[0]):
                inside[match[1] or ""] = prefixes.get(match[2] or match[3] or "", match[1] or "")
            if not token["empty"]:
                outer.append((len(open_), known))
        prefix, _, local = name.rpartition(":")
        prefix = inside.get(prefix, prefix)
        node = Node(text, f"{prefix}:{local}" if prefix else local, *token.span())
        open_[-1].children.append(node)
        if not token["empty"]:
            open_.append(node)
            known = inside
    return root.children[0]


_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)""")


def encoding(data: bytes) -> str:
    """The encoding of a document; empty if it is neither UTF-8 nor UTF-16 with a byte order mark.

    >>> encoding(b"<?xml version='1.0' encoding='latin-1'?>"), encoding(b"<a/>")
    ('', 'utf-8')
    """
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return name
    named = _ENCODING.search(data[:200])
    return "utf-8" if named is None or named[1].lower() == b"utf-8" else ""


def decoded(data: bytes, file: str = "", kind: str = "XML") -> str:
    """The text of a document, with its byte order mark.

    Raises:
        DragomanError: it is in another encoding than UTF-8 and UTF-16.
    """
    try:
        return data.decode(encoding(data))
    except (UnicodeDecodeError, LookupError):
        raise DragomanError(
            f"not {kind}: it is not in UTF-8", file=file or None, how_to_fix="save it again"
        ) from None
