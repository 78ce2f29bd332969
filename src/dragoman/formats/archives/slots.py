"""Archives as texts: lines of their members, and how a rendering becomes an archive again.

The parts of an archive's document, joined, are sections. One has a line for each paragraph of the
members that have their own XML (`Slot`); each other one is a member that is a text by itself (a page of a book).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dragoman import gate
from dragoman.formats.units import one_line
from dragoman.model import Block, Document, Inline, Kind, PerLocale, Unit

SEPARATOR = "\0\n"
"""Between two sections; no XML has the character."""
_HEAD, _TAIL = "<p>", "</p>"


class Slot:
    """A stretch of a member with a line that is translated."""

    kind = Kind.PARAGRAPH
    level = 0
    label = ""
    first = False
    align = ""
    number = -1
    """The number of its line."""

    def __init__(self, line: str, pieces: Sequence[Piece]) -> None:
        self.line = line
        self.twin = self
        """The slot whose translation it has: itself, or that of an alternative."""
        self.pieces = tuple(pieces)
        """The stretch as it is, or as it is in a locale."""

    def written(self, line: str, locale: str) -> Iterable[Piece]:
        """The stretch for another line."""
        raise NotImplementedError


Piece = str | Slot
"""XML of a member; a `PerLocale` depends on the locale."""


class TextSlot(Slot):
    """A text without codes: the content of an element, or the value of an attribute."""

    def __init__(self, line: str, raw: str, spell: Callable[[str], str]) -> None:
        super().__init__(line, (raw,))
        self._spell = spell

    def written(self, line: str, _locale: str) -> Iterable[Piece]:
        return (self._spell(line),)


@dataclass(frozen=True, eq=False)
class MemberPage:
    """A member that is a text by itself."""

    name: str
    text: str
    localized: Callable[[str, str], str]
    """Takes the text and a locale; returns the text with its language and direction."""


@dataclass(frozen=True, eq=False)
class Archive:
    """An archive and its members that have something to translate."""

    data: bytes
    members: Mapping[str, tuple[Piece, ...]]
    """The members with slots."""
    slots: tuple[Slot, ...] = ()
    """In the order of their lines."""
    pages: tuple[MemberPage, ...] = ()
    texts: tuple[str, ...] = field(init=False)
    """The sections as they are."""

    def __post_init__(self) -> None:
        for number, slot in enumerate(self.slots):
            slot.number = number
        lines = "".join([f"{_HEAD}{slot.line}{_TAIL}\n" for slot in self.slots])
        object.__setattr__(self, "texts", (lines, *(page.text for page in self.pages)))

    @property
    def text(self) -> str:
        """The sections joined."""
        return SEPARATOR.join(self.texts)

    def encode(self, rendering: str, locale: str) -> bytes:
        """The archive for a rendering; without a translation it is the same."""
        texts = rendering.split(SEPARATOR)
        if tuple(texts) == self.texts:
            return self.data
        lines = [line[len(_HEAD) : -len(_TAIL)] for line in texts[0].split("\n")[:-1]]
        changed = {}
        for name, pieces in self.members.items():
            old, new = (
                "".join(_written(pieces, some, way)) for some, way in ((None, ""), (lines, locale))
            )
            if old != new:
                changed[name] = new
        for page, text in zip(self.pages, texts[1:], strict=True):
            new = page.localized(text, locale) if locale else text
            if new != page.text:
                changed[page.name] = new
        members = gate.members(self.data)
        encoded = {n: text.encode(gate.encoding(members[n])) for n, text in changed.items()}
        return gate.repacked(self.data, encoded)


def _written(pieces: Iterable[Piece], lines: Sequence[str] | None, locale: str) -> Iterator[str]:
    """The XML of pieces with these lines; None for those of the slots."""
    for piece in pieces:
        if isinstance(piece, Slot):
            line = piece.line if lines is None else lines[piece.twin.number]
            inner = piece.pieces if line == piece.line else piece.written(line, locale)
            yield from _written(inner, lines, locale)
        elif type(piece) is PerLocale and locale:
            yield piece.write(locale)
        else:
            yield piece


def filled(
    text: str, start: int, end: int, places: Iterable[tuple[int, int, Piece]]
) -> Iterator[Piece]:
    """A stretch of a text with other pieces at some places, which are in order."""
    for first, last, piece in places:
        if first > start:
            yield text[start:first]
        yield piece
        start = max(start, last)
    if end > start:
        yield text[start:end]


def document(
    archive: Archive,
    lines: Document,
    pages: Sequence[Document] = (),
    inline: Inline | None = None,
    metadata: dict[str, str] | None = None,
) -> Document:
    """The document of an archive, from those of its sections."""
    blocks = list(_of_slots(archive.slots, lines))
    done = archive.texts[0].count("\n")
    for text, page in zip(archive.texts[1:], pages, strict=True):
        done += 1
        blocks.append(Block(Kind.SKELETON, (SEPARATOR,)))
        blocks += [_moved(block, done) for block in page.blocks]
        done += text.count("\n")
    return Document(
        tuple(blocks), inline or lines.inline, metadata or {}, partial(_encoded, archive)
    )


def _encoded(archive: Archive, rendering: str, locale: str) -> bytes:
    return archive.encode(rendering, locale)


def _moved(block: Block, lines: int) -> Block:
    """A block whose text begins further down."""
    parts = [
        part if isinstance(part, str) else part._replace(line=part.line + lines)
        for part in block.parts
    ]
    return block._replace(parts=tuple(parts))


def _of_slots(slots: Sequence[Slot], lines: Document) -> Iterator[Block]:
    """A block for each line."""
    parts: list[str | Unit] = []
    number = 0
    for part in (part for block in lines.blocks for part in block.parts):
        if not isinstance(part, str) or "\n" not in part:
            parts.append(part)
            continue
        *whole, rest = part.split("\n")
        for text in whole:
            yield _block(slots[number], [*parts, text + "\n"])
            parts.clear()
            number += 1
        if rest:
            parts.append(rest)
    if parts:
        yield Block(Kind.SKELETON, tuple(parts))


def _block(slot: Slot, parts: Iterable[Any]) -> Block:
    kept = tuple(part for part in parts if part != "")
    shown = slot.kind is Kind.CELL or any(type(part) is not str for part in kept)
    kind = slot.kind if shown else Kind.SKELETON
    return Block(kind, kept, slot.level, slot.label, "", slot.first, slot.align)


__all__ = ["Archive", "MemberPage", "Piece", "Slot", "TextSlot", "document", "filled", "one_line"]
