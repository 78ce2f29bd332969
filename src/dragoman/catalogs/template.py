"""Templates: the messages of a text, and the headers of new catalogs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dragoman.languages import locales
from dragoman.model import Document, Key, Kind, Unit, maker
from dragoman.po import Entry
from dragoman.po.entry import automatic_comments, extracted_line, key_lines, reference
from dragoman.po.strings import lines_of


class TemplateMessage(NamedTuple):
    """A message of a text."""

    key: Key
    automatic: str
    """Its `#.` and `#:` lines: kind of block, heading, notes; references."""


def template(document: Document, file: str, neighbours: bool = False) -> list[TemplateMessage]:
    """The messages of a text in order, each once.

    Args:
        document: the text.
        file: its name in references, such as `source_texts/x.md`.
        neighbours: whether extracted comments have the sentences before and after.
    """
    name = reference(file)
    comments: dict[Key, str] = {}
    special: set[Key] = set()
    for kind, units in _described(document):
        lead = f"#. {kind}\n#: {name}:"
        for source, _, context, notes, _, _, line, _, _ in units:
            key = (context, source)
            if notes or key in comments:
                special.add(key)
            comments[key] = f"{lead}{line}\n"
    if special or neighbours:
        comments |= _in_full(document, name, comments if neighbours else special, neighbours)
    return list(map(_message, comments.items()))


def _in_full(
    document: Document, name: str, wanted: Container[Key], neighbours: bool
) -> dict[Key, str]:
    """The `#.` and `#:` lines of messages with remarks or several references."""
    comments: dict[Key, dict[str, None]] = {}
    places: dict[Key, list[str]] = {}
    for kind, units in _described(document):
        for index, unit in enumerate(units):
            if unit.key in wanted:
                remarks = (kind, *_remarks(unit, units, index, neighbours))
                comments.setdefault(unit.key, {}).update(dict.fromkeys(remarks))
                places.setdefault(unit.key, []).append(f"{name}:{unit.line}")
    return {key: automatic_comments(tuple(comments[key]), places[key]) for key in places}


_message = maker(TemplateMessage)


def with_remarks(automatic: str, remarks: Iterable[str]) -> str:
    """The automatic comments with further remarks after the extracted ones.

    >>> with_remarks("#. paragraph\\n#: x.md:1\\n", ["Term: a = b"])
    '#. paragraph\\n#. Term: a = b\\n#: x.md:1\\n'
    """
    lines = lines_of(automatic)
    position = sum(1 for line in lines if line.startswith("#."))
    return "".join([*lines[:position], *map(extracted_line, remarks), *lines[position:]])


def _remarks(unit: Unit, units: list[Unit], index: int, neighbours: bool) -> Iterator[str]:
    yield from (f"Note: {note}" for note in unit.notes)
    if neighbours:
        yield from (f"Before: {other.source}" for other in units[max(0, index - 1) : index])
        yield from (f"After: {other.source}" for other in units[index + 1 : index + 2])


_WORDS = {kind: kind.value for kind in Kind}


def _described(document: Document) -> Iterator[tuple[str, list[Unit]]]:
    """Yield the description of each block for translators, with its units."""
    heading = ""
    for block in document.blocks:
        units = block.units
        if not units:
            continue
        kind = _WORDS[block.kind]
        if block.kind is Kind.HEADING:
            kind = f"heading {block.level}"
            heading = " ".join([unit.source for unit in units])
        elif block.kind is Kind.METADATA:
            kind = f"metadata: {block.label}"
        elif heading:
            kind = f"{kind}, under “{heading}”"
        yield kind, units


# --- headers --------------------------------------------------------------------------------


def header(project: str, locale: str | None) -> Entry:
    """The header entry of a new catalog, or of a template if there is no locale.

    It has every field that msgfmt requires; dates and people stay empty until a translator's editor
    fills them.
    """
    fields = [
        f"Project-Id-Version: {project}",
        "PO-Revision-Date: ",
        "Last-Translator: ",
        "Language-Team: ",
        f"Language: {locale or ''}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if locale is not None:
        fields.append(f"Plural-Forms: {locales.plural_forms(locale)}")
    return Entry("", "".join(line.rstrip() + "\n" for line in fields))


@cache
def _head(project: str) -> str:
    return header(project, None).raw


def template_file(messages: Iterable[TemplateMessage], project: str) -> bytes:
    """The content of a text's POT file."""
    pieces = [_head(project).encode()]
    for (
        key,
        automatic,
    ) in messages:  # encoded separately: ASCII strings, as most sentences are, encode faster
        pieces += (b"\n", automatic.encode(), key_lines(key).encode(), b'msgstr ""\n')
    return b"".join(pieces)
