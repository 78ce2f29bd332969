"""The nouns of a memory: units with a variant in each language, matches, and what a store offers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import NamedTuple, Protocol

from dragoman.languages import language as languages

CONTEXT = 101
"""The score of an exact match between the same neighbours; 100 is one anywhere."""
DRAFT, REVIEWED = "draft", "reviewed"
"""States of a variant, beside none."""


class Variant(NamedTuple):
    """What a unit says in one language."""

    lang: str
    """The language as the file names it, a BCP 47 tag."""
    text: str
    """What is compared and proposed, with our inline markup."""
    markup: str = ""
    """The segment as TMX has it, where the text alone would not give it back."""
    date: str = ""
    """When it was made or changed, as in `2026-11-24`."""
    state: str = ""
    """`draft`, `reviewed`, or nothing."""
    extra: str = ""
    """Everything else that TMX says of it, as JSON."""
    bare: bool = False
    """Whether the text lacks codes that the markup has."""


class Unit(NamedTuple):
    """One thing said in several languages."""

    variants: tuple[Variant, ...]
    origin: str = ""
    """The text or the file that it comes from."""
    source: str = ""
    """The language that it was written in, as the file names it."""
    place: int | None = None
    """A number that units between the same neighbours share; see `place`."""
    context: str | None = None
    """Its gettext context."""
    extra: str = ""
    """Everything else that TMX says of it, as JSON."""


class Match(NamedTuple):
    """A unit that is like a source, in one target language."""

    score: int
    """0 to 100, after penalties; 101 between the same neighbours."""
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
    """Whether the target lacks codes that its file had."""
    trusted: bool = False
    """Whether the project's settings, or its own catalogs, vouch for it."""
    context: str | None = None


class Penalties(NamedTuple):
    """What is taken off the score of a memory's matches."""

    all: int = 0
    by_origin: Mapping[str, int] = {}
    """By a pattern of the origin's name, as in `old-*`; the sum of those that match."""

    def of(self, origin: str) -> int:
        """The points that a match from an origin loses.

        >>> Penalties(1, {"old-*": 4}).of("old-agency.tmx")
        5
        """
        return self.all + sum(p for name, p in self.by_origin.items() if fnmatchcase(origin, name))


class Held(NamedTuple):
    """A variant as a store finds it."""

    unit: int
    text: str


class Statistics(NamedTuple):
    """What is in a store."""

    units: int
    languages: Mapping[str, int]
    """Variants by language, as files name it."""
    origins: Mapping[str, int]
    """Units by origin."""


class Importing(Protocol):
    """An import that is going on; nothing of it stays if it fails."""

    def add(self, units: Sequence[Unit]) -> int:
        """Take units in; how many of them were not there yet."""


class Store(Protocol):
    """What holds a memory."""

    def importing(self) -> AbstractContextManager[Importing]: ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many variants each term is; terms of none are left out."""

    def equal(self, number: int, place: int | None) -> list[Held]:
        """The variants whose language and text have this number, those of a place first."""

    def holding(
        self, groups: Sequence[Sequence[str]], shortest: int, longest: int, most: int
    ) -> list[Held]:
        """The variants that have a term of every group, and a length in characters between."""

    def fetch(self, ids: Sequence[int]) -> dict[int, Unit]: ...

    def units(self) -> Iterator[tuple[int, Unit]]:
        """Every unit with its number, in the order in which they came."""

    def replace(self, units: Mapping[int, Unit | None]) -> None:
        """Put units in the place of others, or nothing, all or none."""

    def statistics(self) -> Statistics: ...

    def headers(self) -> list[str]:
        """What the imported files said in their headers, as JSON."""

    def keep_header(self, header: str) -> None: ...

    def close(self) -> None: ...


def language(tag: str) -> str:
    """What languages are compared by: the language, and the script where it is named.

    >>> language("en-US"), language("az_Cyrl_AZ"), language("iw")
    ('en', 'azcyrl', 'he')
    """
    first, *rest = tag.strip().replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return languages.code_of(first) + script


def place(before: str | None, after: str | None) -> int | None:
    """A number for two neighbours; none where there is none on either side.

    >>> place("", None) is None, place("A.", "B.") == place("A.", "B.")
    (True, True)
    """
    if not before and not after:
        return None
    return _number(f"{before or ''}\x04{after or ''}")


def number_of(lang: str, text: str) -> int:
    """A number that equal texts of one language share."""
    return _number(f"{lang}\x04{text}")


def _number(text: str) -> int:
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def digest(unit: Unit) -> bytes:
    """A short name for everything that a unit says."""
    said = json.dumps(unit, ensure_ascii=False, separators=(",", ":"))
    return blake2b(said.encode(errors="surrogatepass"), digest_size=16).digest()


def batches(units: Iterable[Unit], size: int = 2000) -> Iterator[list[Unit]]:
    """Units in lists of a size.

    >>> [len(batch) for batch in batches([Unit(())] * 5, 2)]
    [2, 2, 1]
    """
    batch: list[Unit] = []
    for unit in units:
        batch.append(unit)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
