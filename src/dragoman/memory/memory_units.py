"""The data types of a memory: units with a variant in each language, matches, and the store protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import NamedTuple, Protocol

from dragoman.languages import language as languages

CONTEXT = 101
"""Score of an exact match with the same neighbours; 100 is any exact match."""
DRAFT, REVIEWED = "draft", "reviewed"
"""States of a variant; the state may also be empty."""


class Variant(NamedTuple):
    """The text of a unit in one language."""

    lang: str
    """The language tag (BCP 47) as in the file."""
    text: str
    """The text to compare and propose, with our inline markup."""
    markup: str = ""
    """The TMX segment, if it cannot be reconstructed from the text."""
    date: str = ""
    """Date of the last change, such as `2026-11-24`."""
    state: str = ""
    """`draft`, `reviewed`, or empty."""
    extra: str = ""
    """Everything else that TMX says of it, as JSON."""
    bare: bool = False
    """Whether the markup has codes that the text does not have."""


class MemoryUnit(NamedTuple):
    """One text in several languages."""

    variants: tuple[Variant, ...]
    origin: str = ""
    """Name of the text or file it comes from."""
    source: str = ""
    """The source language, as in the file."""
    place: int | None = None
    """Hash of its neighbours; see `place`."""
    context: str | None = None
    """Its gettext context."""
    extra: str = ""
    """Everything else that TMX says of it, as JSON."""


class Match(NamedTuple):
    """A unit that is similar to a source, with its translation into one language."""

    score: int
    """0 to 100, after penalties; 101 with the same neighbours."""
    likeness: int
    """0 to 100, before penalties."""
    source: str
    target: str
    origin: str
    memory: str
    """Name of the memory that has it."""
    date: str = ""
    state: str = ""
    bare: bool = False
    """Whether the file had codes that the target does not have."""
    trusted: bool = False
    """Whether its memory is the project's catalogs, or trusted by the settings."""
    context: str | None = None


class Penalties(NamedTuple):
    """Points subtracted from the scores of a memory's matches."""

    all: int = 0
    by_origin: Mapping[str, int] = {}
    """Pattern of an origin's name, such as `old-*`, to points; all that match are added."""

    def of(self, origin: str) -> int:
        """The points subtracted from a match of an origin.

        >>> Penalties(1, {"old-*": 4}).of("old-agency.tmx")
        5
        """
        return self.all + sum(p for name, p in self.by_origin.items() if fnmatchcase(origin, name))


class StoredVariant(NamedTuple):
    """A variant that a store found: the number of its unit, and its text."""

    unit: int
    text: str


class Statistics(NamedTuple):
    """The contents of a store in numbers."""

    units: int
    languages: Mapping[str, int]
    """Language tag to its number of variants."""
    origins: Mapping[str, int]
    """Origin to its number of units."""


class ImportRun(Protocol):
    """An import in progress; it is undone if it fails."""

    def add(self, units: Sequence[MemoryUnit]) -> int:
        """Add units, and return how many are new."""


class Store(Protocol):
    """A store of units."""

    def importing(self) -> AbstractContextManager[ImportRun]: ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """Term to the number of variants with it; terms without any are left out."""

    def equal(self, number: int, place: int | None) -> list[StoredVariant]:
        """The variants with this hash of language and text, those with this place first."""

    def holding(
        self, groups: Sequence[Sequence[str]], shortest: int, longest: int, most: int
    ) -> list[StoredVariant]:
        """At most `most` variants with a term of every group and a length in this range."""

    def fetch(self, ids: Sequence[int]) -> dict[int, MemoryUnit]: ...

    def units(self) -> Iterator[tuple[int, MemoryUnit]]:
        """Yield every unit with its number, in the order of import."""

    def replace(self, units: Mapping[int, MemoryUnit | None]) -> None:
        """Replace units by number, or remove them (None); all or none."""

    def statistics(self) -> Statistics: ...

    def headers(self) -> list[str]:
        """The headers of imported files, as JSON."""

    def keep_header(self, header: str) -> None: ...

    def close(self) -> None: ...


def language(tag: str) -> str:
    """The key by which languages are compared: language code, and script if the tag names it.

    >>> language("en-US"), language("az_Cyrl_AZ"), language("iw")
    ('en', 'azcyrl', 'he')
    """
    first, *rest = tag.strip().replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return languages.code_of(first) + script


def place(before: str | None, after: str | None) -> int | None:
    """A hash of two neighbours; None if there are none.

    >>> place("", None) is None, place("A.", "B.") == place("A.", "B.")
    (True, True)
    """
    if not before and not after:
        return None
    return _number(f"{before or ''}\x04{after or ''}")


def number_of(lang: str, text: str) -> int:
    """A hash of a language and a text, as a signed 64-bit number."""
    return _number(f"{lang}\x04{text}")


def _number(text: str) -> int:
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def digest(unit: MemoryUnit) -> bytes:
    """A hash of everything in a unit."""
    content = json.dumps(unit, ensure_ascii=False, separators=(",", ":"))
    return blake2b(content.encode(errors="surrogatepass"), digest_size=16).digest()


def batches(units: Iterable[MemoryUnit], size: int = 2000) -> Iterator[list[MemoryUnit]]:
    """Yield units in lists of at most `size`.

    >>> [len(batch) for batch in batches([MemoryUnit(())] * 5, 2)]
    [2, 2, 1]
    """
    batch: list[MemoryUnit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
