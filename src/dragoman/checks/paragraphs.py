"""Findings about one sentence that the sentences around it explain: a quotation that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from dragoman.checks.families.quotes import Quote, quotes, speaks, unpaired
from dragoman.checks.pair import Pair

Paragraph = Sequence[Pair]
"""The translated pairs of a block, in order."""
Texts = tuple[str, str]
"""Source and target of a pair."""


def explained(paragraphs: Sequence[Paragraph], flagged: AbstractSet[Texts]) -> set[Texts]:
    """Flagged pairs whose quotation marks are right beside those of their neighbours.

    Args:
        paragraphs: the paragraphs of a text.
        flagged: source and target of pairs whose quotation marks look wrong in isolation.

    >>> lines = [Pair("“Yes,” he said.", "«Да, — сказал он.", "ru"), Pair("“Now.”", "Пора».", "ru")]
    >>> len(explained([lines], {(pair.source, pair.target) for pair in lines}))
    2
    """
    if not flagged:
        return set()
    wrong: set[Texts] = set()
    for number, paragraph in enumerate(paragraphs):
        texts = [(pair.source, pair.target) for pair in paragraph]
        if flagged.isdisjoint(texts):
            continue
        lost = _unpaired(paragraph)
        if lost and not _unpaired_in(_around(paragraphs, number)):
            lost = set()
        # the mark without a partner may be in a neighbour of the sentence that lost one
        here = flagged & {texts[index] for index in lost}
        wrong |= here or (flagged & set(texts) if lost else set())
    return set(flagged) - wrong


def continued(paragraphs: Sequence[Paragraph], flagged: AbstractSet[Texts]) -> set[Texts]:
    """Flagged pairs without quotation marks that are inside a quotation or a line of dialogue.

    Args:
        paragraphs: the paragraphs of a text.
        flagged: source and target of pairs that have quotation marks only in the source.
    """
    inside: set[Texts] = set()
    for paragraph in paragraphs if flagged else ():
        depth = 0
        for pair in paragraph:
            texts = pair.source, pair.target
            if texts in flagged and (depth > 0 or speaks(paragraph[0].seen)):
                inside.add(texts)
            for quote in _marks(pair):
                opens = quote.side == "open" or (quote.side == "either" and depth == 0)
                depth = depth + 1 if opens else max(0, depth - 1)
    return inside


def _marks(pair: Pair) -> list[Quote]:
    return quotes(pair.seen, pair.locale)


def _unpaired(paragraph: Paragraph) -> set[int]:
    """The pairs of a paragraph that have a mark without a partner in it."""
    return {number for number, _ in unpaired([_marks(pair) for pair in paragraph])}


def _unpaired_in(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a mark lacks its partner, or the source has no quotation over several paragraphs."""
    sources = (
        sum(len(quotes(pair.seen_source, pair.source_locale)) for pair in paragraph)
        for paragraph in paragraphs
    )
    runs_on = any(count % 2 for count in sources)
    return not runs_on or bool(_unpaired([pair for paragraph in paragraphs for pair in paragraph]))


def _around(paragraphs: Sequence[Paragraph], number: int) -> Sequence[Paragraph]:
    """The consecutive paragraphs around one whose sources have quotation marks."""
    first = last = number
    while first and _quoted(paragraphs[first - 1]):
        first -= 1
    while last + 1 < len(paragraphs) and _quoted(paragraphs[last + 1]):
        last += 1
    return paragraphs[first : last + 1]


def _quoted(paragraph: Paragraph) -> bool:
    return any(quotes(pair.seen_source, pair.source_locale) for pair in paragraph)
