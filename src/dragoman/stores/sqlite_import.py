"""Fills the tables of a memory in SQLite, inside one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from dragoman.memory.memory_units import MemoryUnit, digest, language, number_of
from dragoman.memory.search_words import everything, terms


class SqliteImport:
    """Adds units to the tables; frequencies are counted in memory and written in batches."""

    def __init__(self, database: sqlite3.Connection, indexed: set[str] | None) -> None:
        self._database = database
        self._indexed = indexed
        self._origins: dict[str, int] = dict(database.execute("SELECT name, id FROM origin"))
        self._frequency: Counter[str] = Counter()
        self._next = {
            table: database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608 - our names
            for table in ("unit", "variant")
        }

    def add(self, units: Sequence[MemoryUnit]) -> int:
        """Add units, and return how many are new."""
        new = self._new(units)
        about, variants, index = [], [], []
        for name, unit in new.items():
            self._next["unit"] += 1
            number = self._next["unit"]
            origin = self._origin(unit.origin)
            about.append((number, name, origin, unit.source, unit.place, unit.context, unit.extra))
            for variant in unit.variants:
                self._next["variant"] += 1
                place = self._next["variant"]
                lang = language(variant.lang)
                searched = self._indexed is None or lang in self._indexed
                if searched:
                    index.append((place, self._terms(lang, variant.text)))
                key = number_of(lang, variant.text) if searched else None
                variants.append(
                    (place, number, variant.lang, variant.text, key, variant.markup, variant.date,
                     variant.state, variant.extra, variant.bare)
                )  # fmt: skip
        many = self._database.executemany
        many("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)", about)
        many("INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", variants)
        many("INSERT INTO word (rowid, terms) VALUES (?, ?)", index)
        if len(self._frequency) > _MOST_COUNTED:
            self.count()
        return len(new)

    def _new(self, units: Sequence[MemoryUnit]) -> dict[bytes, MemoryUnit]:
        """Digest to unit of those that are not in the memory."""
        named = {digest(unit): unit for unit in units}
        marks = ",".join("?" * len(named))
        query = f"SELECT digest FROM unit WHERE digest IN ({marks})"  # noqa: S608 - marks
        for (known,) in self._database.execute(query, tuple(named)):
            del named[known]
        return named

    def _terms(self, lang: str, text: str) -> str:
        """The terms of a variant joined by blanks; their frequencies are counted."""
        variant_terms = terms(lang, text)
        self._frequency.update(variant_terms)
        self._frequency[everything(lang)] += 1
        return " ".join(variant_terms)

    def _origin(self, name: str) -> int:
        if name not in self._origins:
            cursor = self._database.execute("INSERT INTO origin (name) VALUES (?)", (name,))
            self._origins[name] = int(cursor.lastrowid or 0)
        return self._origins[name]

    def remove(self, number: int) -> None:
        """Remove a unit from the tables."""
        ask = self._database.execute
        rows = ask("SELECT id, lang, text FROM variant WHERE unit = ?", (number,)).fetchall()
        for place, lang, text in rows:
            variant_terms = terms(language(lang), text)
            ask(
                "INSERT INTO word (word, rowid, terms) VALUES ('delete', ?, ?)",
                (place, " ".join(variant_terms)),
            )
            self._frequency.subtract([*variant_terms, everything(language(lang))])
        ask("DELETE FROM variant WHERE unit = ?", (number,))
        ask("DELETE FROM unit WHERE id = ?", (number,))

    def count(self) -> None:
        """Write the frequencies counted since the last call."""
        self._database.executemany(
            "INSERT INTO frequency VALUES (?, ?)"
            " ON CONFLICT (term) DO UPDATE SET count = count + excluded.count",
            sorted(self._frequency.items()),
        )
        self._frequency.clear()


_MOST_COUNTED = 200_000
"""Maximum number of terms to count in memory."""
