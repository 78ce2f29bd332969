"""Records that a later run may use again, in a file that may be deleted at any time.

Whatever is wrong with the file, a run goes on without it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self

Name = tuple[str, str]
"""Group and name of a record."""
_TABLE = """
create table if not exists records (
    place text, name text, key text, head text, body text, primary key (place, name)
)
"""
_WAIT = 2
"""Seconds to wait for another run that writes."""


class KeptRecord(NamedTuple):
    """A record as the file has it."""

    key: str
    """What it depended on."""
    head: str
    """What is read for every record."""
    body: str
    """What is read for few."""


class KeptRecords:
    """Reads and writes the file.

    >>> with KeptRecords("/no/such/folder/x.sqlite") as records:
    ...     records.heads()
    {}
    """

    def __init__(self, path: str, writes: bool = True) -> None:
        """Open the file; without it, or without its folder, there are no records.

        Args:
            path: the file.
            writes: whether it may be made and changed.
        """
        self._path = path
        self._writes = writes
        self._database: sqlite3.Connection | None = None
        if os.path.isfile(path) or (writes and os.path.isdir(os.path.dirname(path))):
            with self._safely():
                self._database = sqlite3.connect(path, timeout=_WAIT)
                self._database.execute(_TABLE if writes else "pragma query_only = on")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _safely(self) -> Iterator[None]:
        """A context in which a file that cannot be used is given up, and a damaged one removed."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            if self._writes and not isinstance(error, sqlite3.OperationalError):
                with contextlib.suppress(OSError):
                    os.remove(self._path)

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall() if self._database else []

    def heads(self) -> dict[Name, KeptRecord]:
        """All records, without their bodies."""
        with self._safely():
            rows = self._rows("select place, name, key, head from records")
            return {(place, name): KeptRecord(key, head, "") for place, name, key, head in rows}
        return {}

    def bodies(self, place: str) -> dict[str, KeptRecord]:
        """The records of a group, by name."""
        with self._safely():
            rows = self._rows("select name, key, head, body from records where place = ?", place)
            return {name: KeptRecord(*record) for name, *record in rows}
        return {}

    def write(self, records: Mapping[Name, KeptRecord], gone: Collection[Name] = ()) -> None:
        """Put records into the file, and remove others."""
        if not self._writes or not (records or gone):
            return
        with self._safely(), self._database or contextlib.nullcontext():
            self._many("delete from records where place = ? and name = ?", list(gone))
            rows = [(*name, *record) for name, record in records.items()]
            self._many("insert or replace into records values (?, ?, ?, ?, ?)", rows)

    def _many(self, query: str, rows: Sequence[Sequence[str]]) -> None:
        if rows and self._database is not None:
            self._database.executemany(query, rows)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None
