"""What a reviewer decides on in a text: drafts of a changed source by class, and suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dragoman.catalogs import source_changes, suggestions
from dragoman.catalogs.source_changes import ChangeKind
from dragoman.catalogs.suggestions import Suggestion
from dragoman.model import Key
from dragoman.pipeline.catalogs.edit import Chosen, done, edit
from dragoman.pipeline.catalogs.put import base_of
from dragoman.pipeline.session.opened import Line, Opened
from dragoman.po import Entry
from dragoman.project import Project, Text


def drafts_by_class(opened: Opened) -> dict[ChangeKind, list[Line]]:
    """The drafts whose source changed, by the gravest kind of its changes, the slightest first."""
    found: dict[ChangeKind, list[Line]] = {kind: [] for kind in ChangeKind}
    for line in _messages(opened):
        entry = line.entry
        if entry is not None and entry.fuzzy and entry.previous is not None and entry.msgstr:
            kinds = source_changes.classify(entry.previous[1], entry.msgid).kinds
            if kinds:
                found[kinds[-1]].append(line)
    return {kind: lines for kind, lines in found.items() if lines}


def suggested(opened: Opened) -> list[tuple[Line, list[Suggestion]]]:
    """The sentences that somebody proposes another translation for."""
    made = [(line, open_suggestions(line)) for line in _messages(opened)]
    return [(line, many) for line, many in made if many]


def open_suggestions(line: Line) -> list[Suggestion]:
    """The suggestions for a sentence that it does not say already."""
    if line.entry is None:
        return []
    return [one for one in suggestions.read(line.entry.comments) if one.target != line.target]


def _messages(opened: Opened) -> Iterator[Line]:
    """The first line of each message."""
    seen: set[str] = set()
    for line in opened.lines:
        if line.message not in seen:
            seen.add(line.message)
            yield line


def bless_seen(project: Project, text: Text, locale: str, bases: Mapping[Key, str]) -> int:
    """Clear the fuzzy flag of drafts of a changed source that are as a person saw them; how many."""

    def blessed(entry: Entry) -> Entry | None:
        seen = bases.get(entry.key) == base_of(entry)
        return done(entry) if seen and entry.fuzzy and entry.previous and entry.msgstr else None

    return _edited(project, text, locale, blessed)


def suggest(project: Project, text: Text, locale: str, key: Key, made: Suggestion) -> int:
    """Put a suggestion beside a translation, which stays as it is; 0 if there is nothing to add."""
    return _edited(
        project,
        text,
        locale,
        lambda entry: _other(entry, key, suggestions.suggested(entry, made.by, made.target)),
    )


def decline(project: Project, text: Text, locale: str, key: Key, target: str) -> int:
    """Take the suggestions of a target away; 0 if there was none."""
    return _edited(
        project,
        text,
        locale,
        lambda entry: _other(entry, key, suggestions.withdrawn(entry, target)),
    )


def _other(entry: Entry, key: Key, made: Entry) -> Entry | None:
    """The entry that was made of the one of a key; None for others, and if it is the same."""
    return made if entry.key == key and made is not entry else None


def _edited(
    project: Project, text: Text, locale: str, change: Callable[[Entry], Entry | None]
) -> int:
    chosen = Chosen((text.domain,), (locale,))
    return len(edit(project, chosen, lambda _text, _locale, entry: change(entry)))
