"""Sets one translation if nobody changed the message since it was read.

A caller reads a message and its base, and later puts a target for it. If the message changed
meanwhile, nothing is written and the caller gets the present text. The lock is held only while the
file is compared and written.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from dragoman import po
from dragoman.catalogs import provenance
from dragoman.errors import DragomanError
from dragoman.model import Key, digest
from dragoman.pipeline.catalogs.edit import done
from dragoman.po import Entry, PoFile
from dragoman.project import Project, Text

_HUMAN = "human"


class Version(NamedTuple):
    """The content of a message at one time."""

    target: str
    draft: bool
    base: str
    """Hash of the content; see `base_of`."""
    by: str = ""
    """Who wrote the translation, if the entry has an origin."""


class Saved(NamedTuple):
    """The message has the target."""

    now: Version
    changed: bool
    """Whether the catalog was written; False if it had the target already."""


class Conflict(NamedTuple):
    """Somebody changed the message since its base was read; nothing was written."""

    theirs: Version


class Gone(NamedTuple):
    """The catalog, or the message in it, no longer exists; nothing was written."""

    key: Key


Outcome = Saved | Conflict | Gone


def base_of(entry: Entry) -> str:
    """A hash of a message's context, source, target and fuzzy flag.

    Comments and references do not count, so that a new remark is not a conflict.

    >>> base_of(Entry("Hello.", "Salam.")) == base_of(Entry("Hello.", "Salam.", comments="# Hi.\\n"))
    True
    >>> base_of(Entry("Hello.", "Salam.")) == base_of(Entry("Hello.", "Salam.", comments="#, fuzzy\\n"))
    False
    """
    content = [entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy]
    return digest(json.dumps(content).encode(), 8)


def version_of(entry: Entry) -> Version:
    """The content of an entry, with its base."""
    origin = provenance.read(entry.comments).origin
    by = origin.removeprefix(_HUMAN).strip() if origin.startswith(_HUMAN) else ""
    return Version(entry.msgstr, entry.fuzzy, base_of(entry), by)


def get_at(project: Project, path: str, key: Key) -> Version | None:
    """The content of a message in the catalog at a path; None if there is no such message.

    Raises:
        DragomanError: there is no such file, or it is not valid.
    """
    shown = project.files.shown(path)
    data = project.files.bytes_of(path)
    if data is None:
        raise DragomanError("there is no such file", file=shown, how_to_fix="check the path")
    catalog = po.parse(data, shown)
    index = place_of(catalog, key)
    return None if index is None else version_of(catalog.entries[index])


def put(
    project: Project,
    text: Text,
    locale: str,
    key: Key,
    base: str | None,
    target: str,
    draft: bool = False,
    by: str = "",
) -> Outcome:
    """Set the translation of a message of a text; see `put_at`.

    Raises:
        DragomanError: see `put_at`.
    """
    return put_at(project, project.catalog(text, locale), key, base, target, draft, by)


def put_at(
    project: Project,
    path: str,
    key: Key,
    base: str | None,
    target: str,
    draft: bool = False,
    by: str = "",
) -> Outcome:
    """Set the translation of a message in the catalog at a path.

    Args:
        project: the project.
        path: the PO file.
        key: the message.
        base: `base_of` the entry that the caller read; None means that the caller read the entry
            as it is when this is called.
        target: the translation; empty to remove it.
        draft: whether it is marked as fuzzy.
        by: who wrote it, for the entry's origin comment; may be empty.

    Raises:
        DragomanError: the message has plural forms, or the file cannot be read or written.
    """
    files = project.files.separate()  # since threads must not share what was read
    request = _Request(files.shown(path), key, base, target, draft, by)
    data = files.bytes_of(path)
    result = request.applied(data)
    if result.content is None:
        files.remove_leavings(project.lock_folder)
        return result.outcome
    request = request._replace(base=result.base)

    def again(_path: str, theirs: bytes, _ours: bytes) -> bytes:
        nonlocal result
        result = request.applied(theirs)
        return theirs if result.content is None else result.content

    with files.locked(project.lock_folder):
        current = files.bytes_of(path)
        if current != data:
            result = request.applied(current)
        if result.content is not None:
            files.write({path: result.content}, again)  # an editor does not know our lock
    return result.outcome


class _Applied(NamedTuple):
    """The result of setting a target in a catalog."""

    outcome: Outcome
    base: str | None = None
    """Base of the entry before the change."""
    content: bytes | None = None
    """Content of the catalog with the target; None if there is nothing to write."""


class _Request(NamedTuple):
    """A request to set a target."""

    file: str
    key: Key
    base: str | None
    target: str
    draft: bool
    by: str

    def applied(self, data: bytes | None) -> _Applied:
        """The result for a catalog with this content."""
        catalog = PoFile() if data is None else po.parse(data, self.file)
        index = place_of(catalog, self.key)
        if index is None:
            return _Applied(Gone(self.key))
        entry = catalog.entries[index]
        if entry.plural:
            raise DragomanError(
                "the message has plural forms",
                file=self.file,
                line=entry.line,
                how_to_fix="edit the file",
            )
        version = version_of(entry)
        if (entry.msgstr, entry.fuzzy) == (self.target, self.draft):
            return _Applied(Saved(version, changed=False))
        if self.base not in (None, version.base):
            return _Applied(Conflict(version))
        updated = self._of(entry)
        catalog.entries[index] = updated
        return _Applied(Saved(version_of(updated), changed=True), version.base, catalog.write())

    def _of(self, entry: Entry) -> Entry:
        """The entry with the target."""
        updated = entry
        if entry.msgstr != self.target:
            updated = self._signed(entry.replaced(msgstr=self.target))
        if self.draft:
            return updated if updated.fuzzy else updated.flagged("fuzzy")
        return done(updated) if updated.fuzzy else updated

    def _signed(self, updated: Entry) -> Entry:
        """The updated entry with its origin, if it had one or the writer is known."""
        if not self.by and provenance.LEAD not in updated.comments:
            return updated
        origin = f"{_HUMAN} {self.by}".strip()
        signature = provenance.Provenance(origin, provenance.source_hash(updated.key))
        return updated.replaced(comments=provenance.write(updated.comments, signature))


def place_of(catalog: PoFile, key: Key) -> int | None:
    """The index of a message among the entries of a catalog; None if missing or obsolete."""
    indices = (n for n, e in enumerate(catalog.entries) if e.key == key and not e.obsolete)
    return next(indices, None) if key[1] else None
