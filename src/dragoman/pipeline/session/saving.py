"""Saving what a person typed: first into the journal, then into the catalog, if nobody was faster."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from dragoman.checks.waivers import entry_waivers
from dragoman.errors import DragomanError
from dragoman.model import Key
from dragoman.pipeline.catalogs.edit import Chosen, approved, edit
from dragoman.pipeline.catalogs.put import Conflict, Gone, Outcome, Saved, base_of, put
from dragoman.pipeline.session.typed_journal import Typed, TypedJournal, new_id
from dragoman.po import Entry
from dragoman.project import Project, Text

_OUTCOMES = {Saved: "saved", Conflict: "conflict", Gone: "gone"}


class UnitEdit(NamedTuple):
    """What a person wants a message to say."""

    text: Text
    locale: str
    key: Key
    base: str
    """The version that the person saw; see `put.base_of`."""
    target: str
    draft: bool
    by: str
    before: str = ""
    """What the message said in that version."""


def save(
    project: Project,
    journal: TypedJournal,
    change: UnitEdit,
    kept: Callable[[], None] = lambda: None,
) -> Outcome:
    """Write a change into the journal, then into its catalog.

    Args:
        project: the project, with a reader and writer of files of its own.
        journal: the person's journal.
        change: what the person typed.
        kept: is called as soon as the text is in the journal and cannot be lost.

    Raises:
        DragomanError: the catalog cannot be read or written; the journal has the text then.
    """
    typed = _typed(change)
    noted = False
    with contextlib.suppress(DragomanError):  # a catalog can be written where a journal cannot
        journal.add(typed)
        noted = True
        kept()
    draft = change.draft and bool(change.target)
    try:
        outcome = put(
            project,
            change.text,
            change.locale,
            change.key,
            change.base,
            change.target,
            draft,
            change.by,
        )
    except DragomanError:
        if noted:
            with contextlib.suppress(DragomanError):
                journal.end(typed, "failed")
        raise
    if noted:
        with contextlib.suppress(DragomanError):
            journal.end(typed, _OUTCOMES[type(outcome)], change.before)
    return outcome


def _typed(change: UnitEdit) -> Typed:
    return Typed(
        new_id(),
        change.text.domain,
        change.locale,
        change.key,
        change.base,
        change.target,
        change.draft,
        change.by,
        time.time(),
    )


def accept(
    project: Project, text: Text, locale: str, key: Key, base: str, code: str, reason: str
) -> bool:
    """Accept a check's findings about a translation as the person saw it, for a reason.

    Returns:
        Whether it was still the version that the person saw; nothing is written otherwise.
    """
    seen = False

    def accepted(_text: Text, _locale: str, entry: Entry) -> Entry | None:
        nonlocal seen
        if entry.key != key or base_of(entry) != base:
            return None
        seen = True
        return entry_waivers.added(entry, [code], reason)

    edit(project, Chosen((text.domain,), (locale,)), accepted)
    return seen


def remark(project: Project, text: Text, locale: str, key: Key, said: str) -> bool:
    """Add a remark to a message, as translators' comments are; whether there is such a message.

    A remark is no change of a translation, so it needs no version that somebody saw.
    """
    there = False
    lines = "".join(f"# {line}\n" for line in lines_of_remark(said))

    def remarked(_text: Text, _locale: str, entry: Entry) -> Entry | None:
        nonlocal there
        if entry.key != key:
            return None
        there = True
        return entry.replaced(comments=lines + entry.comments)

    edit(project, Chosen((text.domain,), (locale,)), remarked)
    return there


def lines_of_remark(said: str) -> list[str]:
    r"""The lines of a remark; none is empty, or ends with a backslash, which joins it to the next.

    >>> lines_of_remark("a\\\n\nb")
    ['a', 'b']
    """
    lines = (" ".join(line.split()).rstrip("\\ ") for line in said.split("\n"))
    return [line for line in lines if line]


def approve(
    project: Project, text: Text, locale: str, key: Key, base: str, by: str, undo: bool = False
) -> bool:
    """Approve a translation as the person saw it, or take the approval back.

    Returns:
        Whether it was still the version that the person saw; nothing is written otherwise.
    """
    seen = False
    day = datetime.now().astimezone().date().isoformat()

    def reviewed(_text: Text, _locale: str, entry: Entry) -> Entry | None:
        nonlocal seen
        if entry.key != key or base_of(entry) != base:
            return None
        seen = True
        return approved(entry, f"{by} {day}", undo)

    edit(project, Chosen((text.domain,), (locale,)), reviewed)
    return seen
