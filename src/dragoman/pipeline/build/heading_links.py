"""Links to headings in a translated Markdown text, whose ids sites make of translated words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from dragoman.catalogs import joins
from dragoman.model import Block, Document, Key, Kind, Parallel, Span, Speller, Unit
from dragoman.parallel.heading_ids import (
    HeadingIds,
    heading_ids,
    heading_text,
    numbered_slugs,
)
from dragoman.pipeline.build.other_headings import Elsewhere

_PLACE = r"""(?P<place>[^\s()<>"'\#]*)\#(?P<fragment>[^\s()<>"']+)"""
_FRAGMENT = re.compile(rf"""(?P<begin>\]\(\s*<?|\bhref\s*=\s*["']){_PLACE}""", re.IGNORECASE)
_DEFINITION = re.compile(rf"(?P<begin>^[ >]*\[[^\]\n]+\]:[ \t]*<?){_PLACE}", re.MULTILINE)
"""The address of a reference, as in `[it]: #the-end`; deeper inside a list."""
_OUTER_DEFINITION = re.compile(_DEFINITION.pattern.replace("[ >]*", "[ ]{0,3}", 1), re.MULTILINE)
"""One that stands beside indented code."""
_FENCE = re.compile(r"^[ >]*(?:```|~~~)", re.MULTILINE)
Targets = Callable[[Unit], str | None]


def linked_to_headings(
    document: Document,
    targets: Mapping[Key, str],
    target_of: Targets,
    way: str,
    elsewhere: Elsewhere = lambda _: {},
) -> tuple[Document, Targets]:
    """A document and its targets whose links lead to the headings of the translated text.

    Args:
        document: the source text.
        targets: its translations.
        target_of: gives the target of a unit, or None for its raw text.
        way: `follow` changes the fragments of links to what the translated headings are called,
            `attribute` and `element` give these headings the ids of the source, `none` does neither.
        elsewhere: what the headings of other texts are called, which `follow` follows too.
    """
    if way == "none" or (way == "follow" and not _has_links(document, targets)):  # as nearly all
        return document, target_of
    ids = [one for one in heading_ids(document, targets) if one.source != one.target]
    if way == "follow":
        own = {one.source: one.target for one in ids}
        names: Elsewhere = lambda place: elsewhere(place) if place else own  # noqa: E731
        document = _with_definitions(document, names)
    elif not ids:
        return document, target_of
    else:
        old = {one.target: one.source for one in ids}
        names = lambda place: {} if place else old  # noqa: E731
        document = _with_ids(document, ids, targets, way)

    def followed(unit: Unit) -> str | None:
        target = target_of(unit)
        text = unit.source if target is None else target
        if "#" not in text:
            return target
        changed = renamed(text, names)
        return target if changed == text else changed

    return document, followed


def rows_of_headings(parallel: Parallel) -> dict[str, str]:
    """The id that a heading has on a site, in any language, to the id of its first row."""
    headings = [b for b in parallel.blocks if b.kind is Kind.HEADING and b.rows]
    found: dict[str, str] = {}
    for column, _ in enumerate(parallel.locales):
        texts = [" ".join(heading_text(r.cells[column].spans) for r in b.rows) for b in headings]
        for name, block in zip(numbered_slugs(texts), headings, strict=True):
            found.setdefault(name, block.rows[0].id)
    return found


def linked_to_rows(document: Document, parallel: Parallel) -> Parallel:
    """An edition whose links to headings of the text lead to their rows, as its pages name them."""
    if not _has_links(document, {}):  # as nearly all
        return parallel
    rows = rows_of_headings(parallel)

    def address(url: str) -> str:
        row = rows.get(fragment_of(url[1:])) if url.startswith("#") else None
        return f"#{row}" if row else url

    return linked(parallel, address)


def fragment_of(written: str) -> str:
    """A fragment as headings are called, without its percent signs.

    >>> fragment_of("%D7%A1%D7%95%D7%A3")
    'סוף'
    """
    return unquote(written).lower()


def linked(parallel: Parallel, address: Callable[[str], str]) -> Parallel:
    """Replace the URL of each link."""

    def changed(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple([_changed(span) for span in spans])

    def _changed(span: Span) -> Span:
        url = address(span.url) if span.name == "link" else span.url
        return span._replace(url=url, children=changed(span.children))

    blocks = [
        block._replace(
            rows=tuple(
                [
                    row._replace(
                        cells=tuple([c._replace(spans=changed(c.spans)) for c in row.cells])
                    )
                    for row in block.rows
                ]
            )
        )
        for block in parallel.blocks
    ]
    return parallel._replace(blocks=tuple(blocks))


def _has_links(document: Document, targets: Mapping[Key, str]) -> bool:
    """Whether a text has links to headings."""
    sources = (unit.source for unit in document.units)
    return any(
        _FRAGMENT.search(text) for text in (*sources, *targets.values()) if "#" in text
    ) or any(_DEFINITION.search(part) for block in document.blocks for part in _raw(block))


def _raw(block: Block) -> Iterator[str]:
    """The parts of a block that nobody translates, but for code in a fence."""
    for part in block.parts:
        if isinstance(part, str) and "]:" in part and not _FENCE.search(part):
            yield part


def renamed(text: str, names: Elsewhere, links: re.Pattern[str] = _FRAGMENT) -> str:
    """A text whose links to headings have other fragments.

    >>> own = {"the-end": "הסוף"}
    >>> renamed("[x](#the-end), [y](b.md#the-end)", lambda place: {} if place else own)
    '[x](#הסוף), [y](b.md#the-end)'
    """

    def other(found: re.Match[str]) -> str:
        place, fragment = found["place"], found["fragment"]
        return f"{found['begin']}{place}#{names(place).get(fragment_of(fragment), fragment)}"

    return links.sub(other, text)


def _with_definitions(document: Document, names: Elsewhere) -> Document:
    """The document with references that lead to the translated headings."""
    blocks = []
    for block in document.blocks:
        links = _OUTER_DEFINITION if block.kind is Kind.CODE else _DEFINITION
        new = {part: renamed(part, names, links) for part in _raw(block)}
        if any(old != text for old, text in new.items()):
            parts = tuple(new.get(p, p) if isinstance(p, str) else p for p in block.parts)
            block = block._replace(parts=parts)  # noqa: PLW2901
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _with_ids(
    document: Document, ids: list[HeadingIds], targets: Mapping[Key, str], way: str
) -> Document:
    """The document with headings whose translation is written with the id of the source."""
    wanted = {id(one.block): one.source for one in ids}
    blocks = []
    for block in document.blocks:
        name = wanted.get(id(block))
        if name is not None:
            chosen = _end_of(block.units, targets) if way == "attribute" else block.units[0]
            parts = tuple(
                part._replace(spell=partial(_WRITERS[way], name, part.spell))
                if isinstance(part, Unit) and part is chosen and part.key in targets
                else part
                for part in block.parts
            )
            block = block._replace(parts=parts)  # noqa: PLW2901
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _end_of(units: Sequence[Unit], targets: Mapping[Key, str]) -> Unit:
    """The unit by which the end of a block is written; the last one may be joined to others."""
    leads = joins.leads([targets.get(unit.key) for unit in units])
    return units[leads.index(leads[-1])]


def _with_attribute(name: str, spell: Speller, target: str) -> str:
    return f"{spell(target)} {{#{name}}}"


def _with_element(name: str, spell: Speller, target: str) -> str:
    return f'<a id="{name}"></a>{spell(target)}'


_WRITERS = {"attribute": _with_attribute, "element": _with_element}
