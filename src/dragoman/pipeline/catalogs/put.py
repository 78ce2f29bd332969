"""Setting one translation, compared with what its writer had read: saved, in conflict, or gone.

A writer reads a message and its base, and later puts a target for it. If the message is another
by then, nothing is written and the writer gets the other's text. The lock is held only while the
file is compared with what was read and written.
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
    """What a message says at one moment."""

    target: str
    draft: bool
    base: str
    """See `base_of`."""
    by: str = ""
    """Who wrote the translation, where the entry says so."""


class Saved(NamedTuple):
    """The message says what was put."""

    now: Version
    changed: bool
    """Whether the catalog was written; not where it said so already."""


class Conflict(NamedTuple):
    """Somebody changed the message since its base; nothing was written."""

    theirs: Version


class Gone(NamedTuple):
    """The catalog has no such message any more, or there is no catalog; nothing was written."""

    key: Key


Outcome = Saved | Conflict | Gone


def base_of(entry: Entry) -> str:
    """A hash of what a writer reads of a message: context, source, target and fuzzy.

    Comments and references do not count, so that a remark from elsewhere is no conflict.

    >>> base_of(Entry("Hello.", "Salam.")) == base_of(Entry("Hello.", "Salam.", comments="# Hi.\\n"))
    True
    >>> base_of(Entry("Hello.", "Salam.")) == base_of(Entry("Hello.", "Salam.", comments="#, fuzzy\\n"))
    False
    """
    read = [entry.msgctxt, entry.msgid, entry.msgstr, entry.fuzzy]
    return digest(json.dumps(read).encode(), 8)


def version_of(entry: Entry) -> Version:
    """What an entry says, and the base to change it by."""
    origin = provenance.read(entry.comments).origin
    by = origin.removeprefix(_HUMAN).strip() if origin.startswith(_HUMAN) else ""
    return Version(entry.msgstr, entry.fuzzy, base_of(entry), by)


def get_at(project: Project, path: str, key: Key) -> Version | None:
    """What a message says in the catalog at a path; None if there is no such message.

    Raises:
        DragomanError: there is no such file, or it cannot be read.
    """
    shown = project.files.shown(path)
    data = project.files.bytes_of(path)
    if data is None:
        raise DragomanError("there is no such file", file=shown, way_out="check the path")
    catalog = po.parse(data, shown)
    place = place_of(catalog, key)
    return None if place is None else version_of(catalog.entries[place])


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
    """Set the translation of a message of a text; see `put_at`."""
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
        path: its catalog.
        key: the message.
        base: what `base_of` gave for the entry that the writer read; where None, the writer read
            what the catalog says now.
        target: the translation; empty to take it away.
        draft: whether it is fuzzy.
        by: who wrote it; noted in the entry's origin where given.

    Raises:
        DragomanError: the message has plural forms, or the file cannot be read or written.
    """
    files = project.files.separate()  # so that threads do not share what was read
    wanted = _Wanted(files.shown(path), key, base, target, draft, by)
    data = files.bytes_of(path)
    found = wanted.applied(data)
    if found.content is None:
        return found.outcome
    wanted = wanted._replace(base=found.base)

    def again(_path: str, theirs: bytes, _ours: bytes) -> bytes:
        nonlocal found
        found = wanted.applied(theirs)
        return theirs if found.content is None else found.content

    with files.locked(project.lock_folder):
        now = files.bytes_of(path)
        if now != data:
            found = wanted.applied(now)
        if found.content is not None:
            files.write({path: found.content}, again)  # an editor does not know our lock
    return found.outcome


class _Applied(NamedTuple):
    """What putting a target in a catalog would do."""

    outcome: Outcome
    base: str | None = None
    """Of the entry as the catalog has it."""
    content: bytes | None = None
    """Of the catalog with the target; None if there is nothing to write."""


class _Wanted(NamedTuple):
    """What is to be set."""

    file: str
    key: Key
    base: str | None
    target: str
    draft: bool
    by: str

    def applied(self, data: bytes | None) -> _Applied:
        """What comes of it in a catalog that holds `data`."""
        catalog = PoFile() if data is None else po.parse(data, self.file)
        place = place_of(catalog, self.key)
        if place is None:
            return _Applied(Gone(self.key))
        entry = catalog.entries[place]
        if entry.plural:
            raise DragomanError(
                "the message has plural forms",
                file=self.file,
                line=entry.line,
                way_out="edit the file",
            )
        version = version_of(entry)
        if (entry.msgstr, entry.fuzzy) == (self.target, self.draft):
            return _Applied(Saved(version, changed=False))
        if self.base not in (None, version.base):
            return _Applied(Conflict(version))
        made = self._of(entry)
        catalog.entries[place] = made
        return _Applied(Saved(version_of(made), changed=True), version.base, catalog.write())

    def _of(self, entry: Entry) -> Entry:
        made = entry
        if entry.msgstr != self.target:
            made = self._signed(entry.replaced(msgstr=self.target))
        if self.draft:
            return made if made.fuzzy else made.flagged("fuzzy")
        return done(made) if made.fuzzy else made

    def _signed(self, made: Entry) -> Entry:
        """The entry with its origin, where one was noted or the writer is known."""
        if not self.by and provenance.LEAD not in made.comments:
            return made
        origin = f"{_HUMAN} {self.by}".strip()
        said = provenance.Provenance(origin, provenance.source_hash(made.key))
        return made.replaced(comments=provenance.write(made.comments, said))


def place_of(catalog: PoFile, key: Key) -> int | None:
    """The place of a live message among the entries of a catalog."""
    places = (n for n, e in enumerate(catalog.entries) if e.key == key and not e.obsolete)
    return next(places, None) if key[1] else None
