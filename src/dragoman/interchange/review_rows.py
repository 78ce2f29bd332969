"""Review files: what their columns are called, and how a row is known again when it comes back.

Those who write such files and those who read them back share this, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from dragoman import model
from dragoman.model import Cell, State

ID, HASH, COMMENT = "id", "hash", "comment"
EXTRA = "dragoman-hash "
"""What a fingerprint is led by in an attribute of XLIFF 1.2, where translators do not see it."""
_SOURCE = " (source)"
_DRAFT = "?"
"""After the digest of a translation that was a draft."""
_HEX = "(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"  # of a character, and no half of one
_GUARDED = re.compile(
    "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    rf"|⟦(?=U\+{_HEX}⟧)|_(?=x{_HEX}_)"
)
_GUARD = re.compile(rf"⟦U\+({_HEX})⟧|_x({_HEX})_")


class Reviewed(NamedTuple):
    """A row of a review file, as it came back."""

    id: str
    """Of the unit that the row stands for."""
    hash: str
    """What the row held when it went out; see `fingerprint`."""
    source: str
    targets: Mapping[str, str]
    """By locale, what stands in the cells that are not empty."""
    comment: str = ""
    place: str = ""
    """Where it stands in the file, for messages."""
    state: str = ""
    """`draft`, `translated` or `reviewed`, where the file says so."""
    group: Group | None = None
    """The unit of an XLIFF file that it is a segment of."""
    locales: tuple[str, ...] = ()
    """The locales that the file has a place for in this row, filled or not."""


class Piece(NamedTuple):
    """A segment of a unit of XLIFF, or what is between two of them."""

    id: str
    source: str
    target: str | None
    """None if there is none, or only a copy of the source."""
    state: str
    order: int
    """Place in the target, from 1."""
    is_segment: bool
    place: str


class Group(NamedTuple):
    """A unit of XLIFF: its pieces in the order of the source."""

    pieces: tuple[Piece, ...]
    hashes: Mapping[str, str]
    """By id of a row, what it held when it went out."""
    problem: str = ""
    """Why its segments cannot be told apart, if they cannot."""
    translate: bool = True
    """Whether the file does not say that it is left as it is."""


class Columns(NamedTuple):
    """Which column of a table holds what."""

    id: int
    hash: int
    source: int
    locale: str
    """The source's."""
    targets: Mapping[int, str]
    """Place of each target column, and its locale."""
    comment: int | None = None


def heads(source: str, targets: tuple[str, ...]) -> list[str]:
    """What stands above the columns of a review file.

    >>> heads("en", ("he",))
    ['id', 'hash', 'en (source)', 'he', 'comment']
    """
    return [ID, HASH, source + _SOURCE, *targets, COMMENT]


def columns(row: list[str]) -> Columns | None:
    """The columns that a row names, wherever they were moved; None where it is no head.

    >>> columns(["he", "en (source)", "id", "hash"]).targets
    {0: 'he'}
    >>> columns(["a", "b"])
    """
    names = [cell.strip() for cell in row]
    sources = [place for place, name in enumerate(names) if name.endswith(_SOURCE)]
    if ID not in names or HASH not in names or len(sources) != 1:
        return None
    known = {names.index(ID), names.index(HASH), sources[0]}
    comment = names.index(COMMENT) if COMMENT in names else None
    targets = {p: n for p, n in enumerate(names) if n and p not in known and p != comment}
    locale = names[sources[0]].removesuffix(_SOURCE)
    return Columns(names.index(ID), names.index(HASH), sources[0], locale, targets, comment)


def reviewed(found: Columns, row: list[str], place: str) -> Reviewed | None:
    """What a row below a head says; None where it names no unit, as one that somebody added.

    >>> head = columns(heads("en", ("he",)))
    >>> reviewed(head, ["1f", "", "Hello.", "שלום."], "row 2").targets
    {'he': 'שלום.'}
    """
    cells = [*map(unguarded, row), *[""] * (max(found.targets, default=0) + 4)]
    if not cells[found.id].strip():
        return None
    return Reviewed(
        cells[found.id].strip(),
        cells[found.hash].strip(),
        cells[found.source],
        {locale: cells[at] for at, locale in found.targets.items() if cells[at].strip()},
        "" if found.comment is None else cells[found.comment],
        place,
        locales=tuple(found.targets.values()),
    )


# --- hashes ---------------------------------------------------------------------------------


def fingerprint(
    source: str, targets: Mapping[str, str], drafts: Collection[str] = frozenset()
) -> str:
    """What a row says when it goes out, in short: by it a changed source or target is known.

    Args:
        source: the source text.
        targets: by locale, the translations.
        drafts: the locales whose translation is a draft.

    >>> fingerprint("Hello.", {"he": "שלום."}).split()[1][:3]
    'he='
    """
    said = digest(source)
    for locale, text in targets.items():
        said += f" {locale}={digest(text)}{_DRAFT if locale in drafts else ''}"
    return said


def fingerprint_of(source: Cell, targets: Sequence[Cell]) -> str:
    """The fingerprint of the cells of a row; those of `targets` all have a translation."""
    drafts = {cell.locale for cell in targets if cell.state is State.DRAFT}
    return fingerprint(source.text, {cell.locale: cell.text for cell in targets}, drafts)


def digest(text: str) -> str:
    """Eight characters that stand for a text.

    >>> len(digest("Hello."))
    8
    """
    return model.digest(text.encode(), 4)


def sent(fingerprint: str) -> tuple[str, dict[str, str]]:
    """The digest of the source, and of each target by locale, that a fingerprint holds.

    >>> sent("01234567 he=89abcdef?")
    ('01234567', {'he': '89abcdef'})
    """
    source, *targets = fingerprint.split() or [""]
    said = dict(target.split("=", 1) for target in targets if "=" in target)
    return source, {locale: text.rstrip(_DRAFT) for locale, text in said.items()}


def sent_drafts(fingerprint: str) -> frozenset[str]:
    """The locales whose translation was a draft when it went out.

    >>> sent_drafts("01234567 he=89abcdef? ru=0a0b0c0d")
    frozenset({'he'})
    """
    targets = fingerprint.split()[1:]
    return frozenset(said.partition("=")[0] for said in targets if said.endswith(_DRAFT))


# --- characters -----------------------------------------------------------------------------


def guarded(text: str) -> str:
    r"""A text in which every character is one that XML can hold, the others named.

    Office suites have names of their own for them, `_x000B_`, but do not agree in which files;
    what looks like one is therefore guarded as they guard it.

    >>> guarded("a\x0b _x0041_")
    'a⟦U+000B⟧ _x005F_x0041_'
    """
    return _GUARDED.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return "_x005F_" if found[0] == "_" else f"⟦U+{ord(found[0]):04X}⟧"


def unguarded(text: str) -> str:
    r"""The text that `guarded` was given, whether an office suite renamed its characters or not.

    >>> unguarded("a⟦U+000B⟧_x000D_ _x005F_x0041_")
    'a\x0b\r _x0041_'
    """
    return _GUARD.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
