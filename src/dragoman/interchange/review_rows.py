"""The columns of review files, and the hashes by which returned rows are recognised.

Exports and imports of review files share this module, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from dragoman import model
from dragoman.model import Cell, State

ID, HASH, COMMENT = "id", "hash", "comment"
EXTRA = "dragoman-hash "
"""Prefix of a fingerprint in an attribute of XLIFF 1.2, where translators do not see it."""
_SOURCE = " (source)"
_DRAFT = "?"
"""Suffix of the digest of a draft."""
_HEX = "(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"  # a code point that is not a surrogate
_GUARDED = re.compile(
    "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    rf"|⟦(?=U\+{_HEX}⟧)|_(?=x{_HEX}_)"
)
_GUARD = re.compile(rf"⟦U\+({_HEX})⟧|_x({_HEX})_")


class Reviewed(NamedTuple):
    """A row of a returned review file."""

    id: str
    """Id of the row's unit."""
    hash: str
    """Hash of the exported row; see `fingerprint`."""
    source: str
    targets: Mapping[str, str]
    """Locale to the text of its cell, without empty cells."""
    comment: str = ""
    place: str = ""
    """Its position in the file, for messages."""
    state: str = ""
    """`draft`, `translated` or `reviewed`; empty if the file has no state."""
    group: Group | None = None
    """The unit of an XLIFF file that it is a segment of; else None."""
    locales: tuple[str, ...] = ()
    """The locales with a cell in this row, even if it is empty."""


class Piece(NamedTuple):
    """A segment of an XLIFF unit, or the text between two segments."""

    id: str
    source: str
    target: str | None
    """None if there is none, or only a copy of the source."""
    state: str
    order: int
    """Position in the target, from 1."""
    is_segment: bool
    place: str


class Group(NamedTuple):
    """A unit of XLIFF: its pieces in the order of the source."""

    pieces: tuple[Piece, ...]
    hashes: Mapping[str, str]
    """Id of a row to the hash of the exported row."""
    problem: str = ""
    """Why its segments cannot be distinguished; empty if they can."""
    translate: bool = True
    """Whether it is to be translated; False if the file protects it."""


class Columns(NamedTuple):
    """Indices of the columns of a table."""

    id: int
    hash: int
    source: int
    locale: str
    """The source locale."""
    targets: Mapping[int, str]
    """Index of each target column to its locale."""
    comment: int | None = None


def heads(source: str, targets: tuple[str, ...]) -> list[str]:
    """The header row of a review file.

    >>> heads("en", ("he",))
    ['id', 'hash', 'en (source)', 'he', 'comment']
    """
    return [ID, HASH, source + _SOURCE, *targets, COMMENT]


def columns(row: list[str]) -> Columns | None:
    """The columns that a header row names, in any order; None if it is not a header.

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


def reviewed(header: Columns, row: list[str], place: str) -> Reviewed | None:
    """The content of a row below a header; None if it has no id, such as a row that somebody added.

    >>> head = columns(heads("en", ("he",)))
    >>> reviewed(head, ["1f", "", "Hello.", "שלום."], "row 2").targets
    {'he': 'שלום.'}
    """
    cells = [*map(unguarded, row), *[""] * (max(header.targets, default=0) + 4)]
    if not cells[header.id].strip():
        return None
    return Reviewed(
        cells[header.id].strip(),
        cells[header.hash].strip(),
        cells[header.source],
        {locale: cells[at] for at, locale in header.targets.items() if cells[at].strip()},
        "" if header.comment is None else cells[header.comment],
        place,
        locales=tuple(header.targets.values()),
    )


# --- hashes ---------------------------------------------------------------------------------


def fingerprint(
    source: str, targets: Mapping[str, str], drafts: Collection[str] = frozenset()
) -> str:
    """Hashes of a row's texts, by which changes of source and targets are detected.

    Args:
        source: the source text.
        targets: locale to translation.
        drafts: the locales whose translation is a draft.

    >>> fingerprint("Hello.", {"he": "שלום."}).split()[1][:3]
    'he='
    """
    result = digest(source)
    for locale, text in targets.items():
        result += f" {locale}={digest(text)}{_DRAFT if locale in drafts else ''}"
    return result


def fingerprint_of(source: Cell, targets: Sequence[Cell]) -> str:
    """The fingerprint of a row's cells; all `targets` must have a translation."""
    drafts = {cell.locale for cell in targets if cell.state is State.DRAFT}
    return fingerprint(source.text, {cell.locale: cell.text for cell in targets}, drafts)


def digest(text: str) -> str:
    """A hash of a text, eight hexadecimal digits long.

    >>> len(digest("Hello."))
    8
    """
    return model.digest(text.encode(), 4)


def sent(fingerprint: str) -> tuple[str, dict[str, str]]:
    """The digest of the source, and locale to digest of each target, in a fingerprint.

    >>> sent("01234567 he=89abcdef?")
    ('01234567', {'he': '89abcdef'})
    """
    source, *targets = fingerprint.split() or [""]
    digests = dict(target.split("=", 1) for target in targets if "=" in target)
    return source, {locale: text.rstrip(_DRAFT) for locale, text in digests.items()}


def sent_drafts(fingerprint: str) -> frozenset[str]:
    """The locales whose exported translation was a draft.

    >>> sent_drafts("01234567 he=89abcdef? ru=0a0b0c0d")
    frozenset({'he'})
    """
    targets = fingerprint.split()[1:]
    return frozenset(said.partition("=")[0] for said in targets if said.endswith(_DRAFT))


# --- characters -----------------------------------------------------------------------------


def guarded(text: str) -> str:
    r"""A text with characters that XML does not allow replaced by their names.

    Office suites have names for them too, `_x000B_`, but not in the same files; text that looks
    like such a name is therefore escaped as they do it.

    >>> guarded("a\x0b _x0041_")
    'a⟦U+000B⟧ _x005F_x0041_'
    """
    return _GUARDED.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    return "_x005F_" if match[0] == "_" else f"⟦U+{ord(match[0]):04X}⟧"


def unguarded(text: str) -> str:
    r"""The text before `guarded`, also if an office suite replaced characters by its own names.

    >>> unguarded("a⟦U+000B⟧_x000D_ _x005F_x0041_")
    'a\x0b\r _x0041_'
    """
    return _GUARD.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
