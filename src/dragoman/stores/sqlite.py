"""A memory in a SQLite file, with an FTS5 index of words.

The index has our own words, separated by blanks and prefixed with their language, so that all
stores find the same. It is contentless: texts are only in `variant`. Positions are kept
(`detail=full`), document lengths are not, since bm25 is not used.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import quote

from dragoman.errors import DragomanError
from dragoman.memory.memory_units import MemoryUnit, Statistics, StoredVariant, language
from dragoman.stores.grouping import UNITS, grouped
from dragoman.stores.sqlite_import import SqliteImport

_APPLICATION = 0x6472676D
"""`drgm`, which distinguishes our files from other databases."""
_MIGRATIONS = (
    """
    CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE header (said TEXT NOT NULL UNIQUE);
    CREATE TABLE unit (
        id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE,
        origin INTEGER NOT NULL REFERENCES origin, source TEXT NOT NULL,
        place INTEGER, context TEXT, extra TEXT NOT NULL
    );
    CREATE TABLE variant (
        id INTEGER PRIMARY KEY, unit INTEGER NOT NULL REFERENCES unit, lang TEXT NOT NULL,
        text TEXT NOT NULL, number INTEGER, markup TEXT NOT NULL, date TEXT NOT NULL,
        state TEXT NOT NULL, extra TEXT NOT NULL, bare INTEGER NOT NULL
    );
    CREATE INDEX variant_unit ON variant (unit);
    CREATE INDEX variant_number ON variant (number) WHERE number IS NOT NULL;
    CREATE TABLE frequency (term TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE word USING fts5 (
        terms, content='', columnsize=0, detail=full, tokenize="ascii tokenchars '_'"
    );
    """,
)
"""One migration for each version; a file of version n has had the first n."""
SECONDS = 10.0
"""How long to wait for a lock of another program, in seconds."""
_CACHE = 48 << 10
"""Size of the page cache in KiB."""


class Sqlite:
    """A memory in a file, or in process memory if the path is `:memory:`."""

    def __init__(
        self,
        path: str,
        name: str,
        make: bool = False,
        indexed: Collection[str] | None = None,
    ) -> None:
        """Open the file and migrate it to this version.

        Args:
            path: the file's path.
            name: its name in messages.
            make: whether to create the file if it is missing.
            indexed: the languages to index for search; None means all.

        Raises:
            DragomanError: it cannot be opened, is not a memory, or has a newer version.
        """
        self._name = name
        self._indexed = None if indexed is None else {language(tag) for tag in indexed}
        with self._mapped():
            mode = "memory" if path == ":memory:" else "rwc" if make else "rw"
            address = f"file:{quote(path)}?mode={mode}"
            self._database = sqlite3.connect(
                address, timeout=SECONDS, isolation_level=None, uri=True
            )
        try:
            with self._mapped():
                self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
                self._migrate()
        except BaseException:
            self._database.close()
            raise

    def _migrate(self) -> None:
        """Migrate the file to this version, one transaction a step."""
        version = self._version()
        while version < len(_MIGRATIONS):
            self._database.executescript(
                f"BEGIN IMMEDIATE; {_MIGRATIONS[version]}"
                f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {version + 1}; COMMIT;"
            )
            version = self._version()

    def _version(self) -> int:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        (application,) = self._database.execute("PRAGMA application_id").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and application != _APPLICATION:
            raise DragomanError(
                "a database, but not a memory", file=self._name, how_to_fix="name another file"
            )
        if version > len(_MIGRATIONS):
            raise DragomanError(
                f"a memory of version {version}; this dragoman knows versions up to {len(_MIGRATIONS)}",
                file=self._name,
                how_to_fix="use a newer dragoman",
            )
        return int(version)

    # --- writing ---

    @contextlib.contextmanager
    def importing(self) -> Iterator[SqliteImport]:
        """Import in one transaction."""
        with self._transaction():
            importing = SqliteImport(self._database, self._indexed)
            yield importing
            with self._mapped():
                importing.count()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._mapped():
            self._database.execute("BEGIN IMMEDIATE")
        try:
            with self._mapped():
                yield
            with self._mapped():
                self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    def replace(self, units: Mapping[int, MemoryUnit | None]) -> None:
        """Replace units by number, or remove them (None); all or none."""
        with self.importing() as importing:
            for number, unit in units.items():
                importing.remove(number)
                if unit is not None:
                    importing.add([unit])

    def keep_header(self, header: str) -> None:
        with self._mapped():
            self._database.execute("INSERT OR IGNORE INTO header VALUES (?)", (header,))

    # --- searching ---

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        marks = ",".join("?" * len(terms))
        query = f"SELECT term, count FROM frequency WHERE term IN ({marks}) AND count > 0"  # noqa: S608 - marks
        with self._mapped():
            return dict(self._database.execute(query, tuple(terms)))

    def equal(self, number: int, place: int | None) -> list[StoredVariant]:
        query = """
            SELECT variant.unit, text FROM variant JOIN unit ON unit.id = variant.unit WHERE number = ?
            ORDER BY place IS ? DESC, variant.id LIMIT 200
        """
        with self._mapped():
            return [StoredVariant(*row) for row in self._database.execute(query, (number, place))]

    def holding(
        self, groups: Sequence[Sequence[str]], shortest: int, longest: int, most: int
    ) -> list[StoredVariant]:
        ways = (" OR ".join(f'"{term}"' for term in group) for group in groups)
        match = " AND ".join(f"({way})" for way in ways)
        query = """
            SELECT unit, text FROM variant WHERE id IN (
                SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid LIMIT ?
            ) AND length(text) BETWEEN ? AND ? ORDER BY id
        """
        with self._mapped():
            rows = self._database.execute(query, (match, most, shortest, longest))
            return [StoredVariant(*row) for row in rows]

    # --- reading ---

    def fetch(self, ids: Sequence[int]) -> dict[int, MemoryUnit]:
        marks = ",".join("?" * len(ids))
        with self._mapped():
            rows = self._database.execute(
                f"{UNITS} WHERE unit.id IN ({marks}) ORDER BY unit.id, variant.id", tuple(ids)
            )
            return dict(grouped(rows))

    def units(self) -> Iterator[tuple[int, MemoryUnit]]:
        with self._mapped():
            yield from grouped(self._database.execute(f"{UNITS} ORDER BY unit.id, variant.id"))

    def statistics(self) -> Statistics:
        ask = self._database.execute
        with self._mapped():
            (units,) = ask("SELECT count(*) FROM unit").fetchone()
            languages = ask("SELECT lang, count(*) FROM variant GROUP BY lang ORDER BY lang")
            origins = ask(
                "SELECT name, count(*) FROM origin JOIN unit ON origin.id = origin"
                " GROUP BY name ORDER BY name"
            )
            return Statistics(units, dict(languages), dict(origins))

    def headers(self) -> list[str]:
        with self._mapped():
            return [said for (said,) in self._database.execute("SELECT said FROM header")]

    def close(self) -> None:
        self._database.close()

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turn errors of SQLite into DragomanErrors."""
        try:
            yield
        except sqlite3.Error as error:
            sentence, how_to_fix = _sentence(str(error))
            raise DragomanError(sentence, file=self._name, how_to_fix=how_to_fix) from None


def _sentence(message: str) -> tuple[str, str]:
    for part, sentence in _SENTENCES.items():
        if part in message:
            return sentence
    return f"SQLite says: {message}", "check the file"


_SENTENCES = {
    "locked": ("another program is using the memory", "wait until it has ended"),
    "not a database": ("not a memory", "name another file"),
    "malformed": ("the memory is damaged", "import its TMX files into a new one"),
    "unable to open": ("there is no such memory, or it cannot be opened", "check the path"),
    "readonly": ("the memory is read-only", "change its permissions"),
    "full": ("the disk is full; nothing was written", "make room, then run again"),
}
