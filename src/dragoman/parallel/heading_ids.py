"""The ids that forges and static sites make of the words of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import category

from dragoman.model import Block, Document, Key, Kind, Span

_EXPLICIT = re.compile(r"\{[^{}]*#|<a\s[^<>]*(?:id|name)=|<h[1-6]\s[^<>]*id=", re.IGNORECASE)


class HeadingIds(NamedTuple):
    """The ids of one heading, in the source and translated; its explicit id is none of them."""

    block: Block
    source: str
    target: str


def slug(heading: str) -> str:
    """The id that GitHub, Hugo, Jekyll and Docusaurus make of the plain text of a heading.

    >>> slug("Say no, kindly!"), slug("Отказывайте вежливо"), slug("snake_case")
    ('say-no-kindly', 'отказывайте-вежливо', 'snake_case')
    """
    kept = [sign for sign in heading.strip().lower() if _is_kept(sign)]
    return "".join(kept).replace(" ", "-")


def _is_kept(sign: str) -> bool:
    return sign.isalnum() or sign in "-_ " or category(sign)[0] == "M" or category(sign) == "Pc"


def numbered_slugs(headings: Iterable[str]) -> Iterator[str]:
    """The id of each heading; a repeated one gets a number.

    >>> list(numbered_slugs(["Why?", "How", "Why"]))
    ['why', 'how', 'why-1']
    """
    seen: dict[str, int] = {}
    for heading in headings:
        made = slug(heading)
        nth = seen[made] = seen.get(made, -1) + 1
        yield f"{made}-{nth}" if nth else made


def heading_ids(document: Document, targets: Mapping[Key, str]) -> list[HeadingIds]:
    """The ids of the headings that have none of their own, in the source and in a translation."""
    blocks = document.blocks
    places = [at for at, block in enumerate(blocks) if block.kind is Kind.HEADING and block.units]
    headings = [blocks[at] for at in places]
    inline = document.inline

    def texts(known: Mapping[Key, str]) -> list[str]:
        return [
            " ".join(heading_text(inline(known.get(unit.key, unit.source))) for unit in block.units)
            for block in headings
        ]

    found = zip(
        headings,
        [_has_own(blocks, at) for at in places],
        numbered_slugs(texts({})),
        numbered_slugs(texts(targets)),
        strict=True,
    )
    return [HeadingIds(block, source, target) for block, own, source, target in found if not own]


def _has_own(blocks: Sequence[Block], at: int) -> bool:
    """Whether the line of a heading says an id."""
    first, *others = blocks[at].parts
    raw = [part if isinstance(part, str) else part.raw for part in others]
    before = first.rpartition("\n")[2] if isinstance(first, str) else first.raw
    after = blocks[at + 1].parts[0] if at + 1 < len(blocks) else ""
    behind = after.partition("\n")[0] if isinstance(after, str) else ""
    return _EXPLICIT.search("".join([before, *raw, behind])) is not None


def heading_text(spans: Sequence[Span]) -> str:
    """The text of a heading as a browser has it, without images and footnote marks."""
    return "".join(
        "" if span.name in ("image", "note") else span.text or heading_text(span.children)
        for span in spans
    )
