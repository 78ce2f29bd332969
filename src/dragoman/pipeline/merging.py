"""Merging on write: a catalog that somebody changed while a verb was computing loses nothing.

A verb computes without a lock and takes it only to write. What came in between is merged message
by message, with the catalog as it was read for a base.
"""

from __future__ import annotations

from dragoman import po
from dragoman.po import Entry, PoFile
from dragoman.project import Files


class Merging:
    """What to write where a file changed since it was read; its methods are for `Files.write`."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.bases: dict[str, bytes] = {}
        """Each catalog as it was when it was read."""
        self.met: set[str] = set()
        """Catalogs that somebody changed meanwhile, and that were merged."""

    def merged(self, path: str, theirs: bytes, ours: bytes) -> bytes:
        """Both in one; a file that is no catalog is made anew from catalogs, so ours is right."""
        if not path.endswith(".po"):
            return ours
        from dragoman.catalogs.merge import merge  # seldom needed

        return merge(*self._sides(path, ours, theirs)).po.write()

    def yielded(self, path: str, theirs: bytes, ours: bytes) -> bytes:
        """Theirs, with ours only in messages that nobody else touched: for proposals."""
        base, mine, now = self._sides(path, ours, theirs)
        before, made = _by_key(base), _by_key(mine)
        for place, entry in enumerate(now.entries):
            former, proposed = before.get(entry.key), made.get(entry.key)
            if entry.obsolete or former is None or proposed is None or proposed == former:
                continue
            if (entry.msgstr, entry.fuzzy) == (former.msgstr, former.fuzzy):
                now.entries[place] = proposed
        return now.write()

    def _sides(self, path: str, ours: bytes, theirs: bytes) -> tuple[PoFile, PoFile, PoFile]:
        """A catalog as it was read, as it would be written, and as it is now."""
        shown = self._files.shown(path)
        base = self.bases.get(path, b"")
        self.met.add(path)
        self.bases[path] = theirs
        return po.parse(base, shown), po.parse(ours, shown), po.parse(theirs, shown)


def _by_key(file: PoFile) -> dict[tuple[str | None, str], Entry]:
    return {entry.key: entry for entry in file.messages()}
