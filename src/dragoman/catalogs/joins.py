"""Sentences that a translator joined: a mark instead of a target points to the covering sentence.

A msgstr of `↑` means that the translation of the previous sentence in the same block covers this
one too; `↓` means the next sentence. Marks are plain text, so every editor and gettext tool keeps
them, and no sentence is really translated by an arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.model import Block, Document, PerLocale, Unit, laid_out

BEFORE, AFTER = "↑", "↓"
MARKS = frozenset((BEFORE, AFTER))
NOWHERE = -1
"""Result of `leads` for a mark that points to no translation."""


def leads(targets: Sequence[str | None]) -> list[int]:
    """For each unit of a block, the index of the unit whose target covers it.

    Args:
        targets: the targets of the block's units in order; None for a missing one.

    Returns:
        Its own index for a unit that is not a mark; NOWHERE for a mark that points to no
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
    position = index + step
    while 0 <= position < len(targets) and targets[position] == mark:
        position += step
    if not 0 <= position < len(targets) or targets[position] is None or targets[position] in MARKS:
        return NOWHERE
    return position


def rows(many: Sequence[Sequence[int]], size: int) -> list[range]:
    """The rows of a block as ranges of units: units joined in any locale share a row.

    Args:
        many: the result of `leads` for each locale.
        size: number of units of the block.

    >>> rows([[0, 0, 2], [0, 1, 2]], 3)
    [range(0, 2), range(2, 3)]
    """
    inside = [False] * size  # whether a unit is in the row of the previous unit
    for lead_list in many:
        for index, lead in enumerate(lead_list):
            if lead not in (NOWHERE, index):
                for i in range(min(index, lead) + 1, max(index, lead) + 1):
                    inside[i] = True
    starts = [index for index in range(size) if not inside[index]]
    ends = [*starts[1:], size] if starts else []
    return [range(a, b) for a, b in zip(starts, ends, strict=True)]


def render(document: Document, target_of: Callable[[Unit], str | None], locale: str = "") -> str:
    """The file with every unit replaced by its target; units covered by another one are removed.

    A mark that points nowhere leaves the unit's raw text.
    """
    return laid_out(document.blocks, lambda block: _rendered(block, target_of, locale), locale)


def _rendered(block: Block, target_of: Callable[[Unit], str | None], locale: str) -> list[str]:
    indices = [index for index, part in enumerate(block.parts) if not isinstance(part, str)]
    targets = [target_of(unit) for unit in block.units]
    texts = [part if isinstance(part, str) else part.raw for part in block.parts]
    if locale:
        texts = [part.write(locale) if type(part) is PerLocale else part for part in texts]
    led = leads(targets)
    for index, lead, unit, target in zip(indices, led, block.units, targets, strict=True):
        is_lead = lead != NOWHERE and indices[lead] == index
        if is_lead and target is not None and target != unit.source:
            # a target that also covers sentences before it is put where the first of them begins
            texts[index] = block.units[led.index(lead)].spell(target)
        elif lead != NOWHERE and not is_lead:
            # what is drawn again must know that the unit is gone
            texts[index] = unit.spell("") if block.joint else ""
            gap = index + (-1 if target == BEFORE else 1)
            if 0 <= gap < len(texts) and isinstance(block.parts[gap], str):
                if not texts[gap].strip(" \t\r\n>"):
                    texts[gap] = ""  # the space between the two
    return texts
