"""Sentences that a translator joined: a mark in the place of a target says who covers it.

A msgstr of `↑` says that the translation of the sentence before, in the same block, covers this
one too; `↓` says so of the sentence after. The marks are plain msgstr texts, so every editor and
every gettext tool keeps them. No sentence is translated by an arrow alone, so none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.model import Block, Document, PerLocale, Unit

BEFORE, AFTER = "↑", "↓"
MARKS = frozenset((BEFORE, AFTER))
NOWHERE = -1


def leads(targets: Sequence[str | None]) -> list[int]:
    """For each unit of a block, the unit whose target covers it.

    Args:
        targets: the targets of the block's units in order; None where there is none.

    Returns:
        Its own index for a unit that stands for itself, NOWHERE for a mark that leads to no
        translation inside the block.

    >>> leads(["one and two", "↑", "three"])
    [0, 0, 2]
    >>> leads(["↑", None])
    [-1, 1]
    """
    return [_lead(targets, index) for index in range(len(targets))]


def _lead(targets: Sequence[str | None], index: int) -> int:
    mark = targets[index]
    if mark is None or mark not in MARKS:
        return index
    step = -1 if mark == BEFORE else 1
    at = index + step
    while 0 <= at < len(targets) and targets[at] == mark:
        at += step
    if not 0 <= at < len(targets) or targets[at] is None or targets[at] in MARKS:
        return NOWHERE
    return at


def rows(many: Sequence[Sequence[int]], size: int) -> list[range]:
    """The rows of a block: units that any locale joins are one row for all of them.

    Args:
        many: what `leads` gives, for each locale.
        size: number of units of the block.

    >>> rows([[0, 0, 2], [0, 1, 2]], 3)
    [range(0, 2), range(2, 3)]
    """
    inside = [False] * size  # whether a unit is in one row with the one before
    for found in many:
        for index, lead in enumerate(found):
            if lead not in (NOWHERE, index):
                for at in range(min(index, lead) + 1, max(index, lead) + 1):
                    inside[at] = True
    starts = [index for index in range(size) if not inside[index]]
    ends = [*starts[1:], size] if starts else []
    return [range(a, b) for a, b in zip(starts, ends, strict=True)]


def render(document: Document, target_of: Callable[[Unit], str | None], locale: str = "") -> str:
    """The file with each unit's target in its place, and nothing where another unit covers it.

    A mark that leads nowhere leaves the unit as it stands in the source.
    """
    blocks = document.blocks
    return "".join(piece for block in blocks for piece in _rendered(block, target_of, locale))


def _rendered(block: Block, target_of: Callable[[Unit], str | None], locale: str) -> list[str]:
    places = [place for place, part in enumerate(block.parts) if not isinstance(part, str)]
    targets = [target_of(unit) for unit in block.units]
    out = [part if isinstance(part, str) else part.raw for part in block.parts]
    if locale:
        out = [part.write(locale) if type(part) is PerLocale else part for part in out]
    led = leads(targets)
    for place, lead, unit, target in zip(places, led, block.units, targets, strict=True):
        own = lead != NOWHERE and places[lead] == place
        if own and target is not None and target != unit.source:
            # what covers sentences before it begins where the first of them does
            out[place] = block.units[led.index(lead)].spell(target)
        elif lead != NOWHERE and not own:
            out[place] = ""
            gap = place + (-1 if target == BEFORE else 1)
            if 0 <= gap < len(out) and isinstance(block.parts[gap], str):
                if not out[gap].strip(" \t\r\n>"):
                    out[gap] = ""  # the space that parted the two
    return out
