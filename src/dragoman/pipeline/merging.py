"""Merges catalogs on writing, so that changes that others saved during a command are not lost.

A command computes without a lock and takes it only to write. Changes saved meanwhile are merged
message by message, with the catalog as it was read as the base.
"""

from __future__ import annotations

from dragoman import po
from dragoman.po import Entry, PoFile
from dragoman.project import Files


class Merging:
    """Merges files that changed since they were read; its methods are `Merge` functions of `Files.write`."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.bases: dict[str, bytes] = {}
        """Path to the content of each catalog when it was read."""
        self.met: set[str] = set()
        """Paths of the catalogs that others changed meanwhile and that were merged."""

    def merged(self, path: str, theirs: bytes, ours: bytes) -> bytes:
        """A three-way merge of a catalog; any other file is ours, since it is computed from catalogs."""
        if not path.endswith(".po"):
            return ours
        from dragoman.catalogs.merge import merge  # seldom needed

        return merge(*self._sides(path, ours, theirs)).po.write()

    def yielded(self, path: str, theirs: bytes, ours: bytes) -> bytes:
        """Their version, with our text only in messages that they did not change: for proposals."""
        base, our_file, their_file = self._sides(path, ours, theirs)
        base_entries, our_entries = _by_key(base), _by_key(our_file)
        for index, entry in enumerate(their_file.entries):
            former, proposed = base_entries.get(entry.key), our_entries.get(entry.key)
            if entry.obsolete or former is None or proposed is None or proposed == former:
                continue
            if (entry.msgstr, entry.fuzzy) == (former.msgstr, former.fuzzy):
                their_file.entries[index] = proposed
        return their_file.write()

    def _sides(self, path: str, ours: bytes, theirs: bytes) -> tuple[PoFile, PoFile, PoFile]:
        """Parse the base, our version and their version; theirs is the base of the next merge."""
        shown = self._files.shown(path)
        base = self.bases.get(path, b"")
        self.met.add(path)
        self.bases[path] = theirs
        return po.parse(base, shown), po.parse(ours, shown), po.parse(theirs, shown)


def _by_key(file: PoFile) -> dict[tuple[str | None, str], Entry]:
    return {entry.key: entry for entry in file.messages()}
