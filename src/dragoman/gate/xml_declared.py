"""XML with a DOCTYPE that declares something: checked, with no entity replaced and none loaded."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from dragoman.errors import DragomanError
from dragoman.gate import xml

MOST_DECLARATIONS = 10_000
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|[/\\])|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.IGNORECASE)
"""Addresses of entities that lead out of the folder of the document."""


class _Declared(xml._Silent):  # noqa: SLF001 - the same bounds, in the same room
    """Checks a document and notes where its root begins, and its entities."""

    def __init__(self) -> None:
        super().__init__(doctype=True)
        self.root_at = -1
        self.entities: set[str] = set()
        self.doctype = ""
        parser = self._parser
        parser.EntityDeclHandler = self._declared
        parser.SkippedEntityHandler = self._skipped
        parser.DefaultHandler = self._default  # so that expat replaces no entity in texts
        parser.ExternalEntityRefHandler = self._external
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.UseForeignDTD(True)  # so that entities declared elsewhere are no faults

    def _met_doctype(self, name: str, system: object, public: object, _inside: int) -> None:
        self.doctype = f"{name} {public or ''} {system or ''}"

    def _declared(
        self, name: str, parameter: int, value: str | None, _base: object, system: str | None,
        *_rest: object,
    ) -> None:  # fmt: skip
        if not parameter:
            self.entities.add(name)
            if value is None and system and _ELSEWHERE.match(system):
                raise ParseError(f"the entity {name!r} leads out of the folder of the file")
        if len(self.entities) > MOST_DECLARATIONS:
            raise ParseError("there are too many entities")

    def _skipped(self, name: str, _parameter: int) -> None:
        self.entities.add(name)

    def _default(self, data: str) -> None:
        self._silent = 0
        if data[:1] == "&":
            self.entities.add(data[1:-1])

    def _external(self, context: str | None, *_where: object) -> int:
        """Go on as if an external entity were empty; it is never loaded."""
        if context is None or self.root_at < 0:
            self._parser.ExternalEntityParserCreate(context).Parse(b"", True)
        return 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root_at < 0:
            self.root_at = self._parser.CurrentByteIndex
        super()._start(name, attributes)


class Prolog:
    """What is before the root of a document: where it ends, its DOCTYPE, and known entities."""

    def __init__(self, root_at: int, doctype: str, entities: frozenset[str]) -> None:
        self.root_at = root_at
        self.doctype = doctype
        self.entities = entities


def prolog(text: str, file: str = "", kind: str = "XML") -> Prolog:
    """Check a document that may declare entities; none is replaced, and no other file is read.

    Raises:
        DragomanError: it is not well formed, exceeds a bound, or an entity leads to a file elsewhere.

    >>> found = prolog('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    >>> found.root_at, sorted(found.entities)
    (30, ['b'])
    """
    guard = _Declared()
    data = text.encode("utf-8", "surrogatepass")
    try:
        if len(data) > xml.LARGEST:
            raise ParseError(f"more than {xml.LARGEST >> 20} MB")
        for start in range(0, len(data), xml._STEP):  # noqa: SLF001
            guard.feed(data[start : start + xml._STEP])  # noqa: SLF001
        guard.feed(b"", last=True)
    except (ParseError, expat.ExpatError, LookupError, ValueError) as error:
        line, column = guard.place
        raise DragomanError(
            f"not {kind}: {str(error).split(':')[0]}",
            file=file or None,
            line=line,
            column=column,
            how_to_fix="correct the file",
        ) from None
    before = data[: guard.root_at].decode("utf-8", "surrogatepass")
    return Prolog(len(before), guard.doctype, frozenset(guard.entities))
