"""A memory on a PostgreSQL server, through psycopg 3, with the same search results as SQLite.

An import is a run of batches, each in its own transaction. If the connection breaks, it is reopened
and the batch is sent again; digests of units prevent duplicates. A failed run is undone completely.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dragoman.errors import DragomanError
from dragoman.memory.memory_units import (
    MemoryUnit,
    Statistics,
    StoredVariant,
    digest,
    language,
    number_of,
)
from dragoman.memory.search_words import everything, terms
from dragoman.stores.connection import Connection
from dragoman.stores.grouping import UNITS, grouped

_MIGRATIONS = (
    """
    CREATE TABLE origin (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE header (said text NOT NULL UNIQUE);
    CREATE TABLE run (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, begun timestamptz NOT NULL DEFAULT now());
    CREATE TABLE unit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, digest bytea NOT NULL UNIQUE,
        origin bigint NOT NULL REFERENCES origin, source text NOT NULL, place bigint,
        context text, extra text NOT NULL, run bigint NOT NULL
    );
    CREATE TABLE variant (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        unit bigint NOT NULL REFERENCES unit ON DELETE CASCADE, lang text NOT NULL,
        text text NOT NULL, number bigint NOT NULL, markup text NOT NULL, date text NOT NULL,
        state text NOT NULL, extra text NOT NULL, bare boolean NOT NULL, terms text[] NOT NULL
    );
    CREATE INDEX variant_unit ON variant (unit);
    CREATE INDEX variant_number ON variant (number);
    CREATE INDEX variant_terms ON variant USING gin (terms) WITH (gin_pending_list_limit = 32768);
    CREATE INDEX unit_run ON unit (run);
    CREATE TABLE frequency (term text COLLATE "C" PRIMARY KEY, count bigint NOT NULL);
    """,
)
"""One migration for each version; a schema of version n has had the first n."""
_LOCK = 0x6472676D
"""Number of the advisory lock for migrations."""


class Postgres:
    """A memory in the schema `dragoman` of a database."""

    def __init__(self, address: str, name: str) -> None:
        self._name = name
        self._server = Connection(address, name)
        try:
            self._server.again(self._migrate)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._server.close()

    def _migrate(self) -> None:
        """Migrate the schema to this version, under a lock."""
        version = self._version()
        if version == len(_MIGRATIONS):
            return
        ask = self._server.execute
        ask("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        ask("CREATE SCHEMA IF NOT EXISTS dragoman")
        ask("CREATE TABLE IF NOT EXISTS dragoman.version (number integer NOT NULL)")
        for number in range(self._version(), len(_MIGRATIONS)):
            ask(_MIGRATIONS[number])
            ask("DELETE FROM version")
            ask("INSERT INTO version VALUES (%s)", (number + 1,))

    def _version(self) -> int:
        if self._server.value("SELECT to_regclass('dragoman.version')") is None:
            return 0
        version = int(self._server.value("SELECT max(number) FROM dragoman.version") or 0)
        if version > len(_MIGRATIONS):
            raise DragomanError(
                f"a memory of version {version}; this dragoman knows versions up to {len(_MIGRATIONS)}",
                file=self._name,
                how_to_fix="use a newer dragoman",
            )
        return version

    # --- writing ---

    @contextlib.contextmanager
    def importing(self) -> Iterator[_Importing]:
        """Import in batches; all of them are undone if one fails."""
        run = self._server.again(
            lambda: self._server.value("INSERT INTO run DEFAULT VALUES RETURNING id")
        )
        try:
            yield _Importing(self, run)
        except BaseException as error:
            self._take_back(run, error)
            raise
        self._server.again(lambda: self._server.execute("ANALYZE variant"))
        self._server.asked("SELECT gin_clean_pending_list('variant_terms')")

    def _take_back(self, run: int, error: BaseException) -> None:
        """Delete the units of a failed run; if that fails too, tell the user what to do."""
        try:
            ids = self._server.asked("SELECT id FROM unit WHERE run = %s", (run,))
            for start in range(0, len(ids), 1000):
                some = [number for (number,) in ids[start : start + 1000]]
                self._server.again(lambda some=some: self._remove(some))  # type: ignore[misc]
        except DragomanError:
            if isinstance(error, DragomanError):
                error.how_to_fix = "run the import again when the server is back: complete batches stay, and no unit is added twice"

    def _remove(self, ids: Sequence[int]) -> None:
        """Remove units from the tables, inside a transaction."""
        gone: Counter[str] = Counter()
        for lang, variant_terms in self._server.rows(
            "DELETE FROM variant WHERE unit = ANY(%s) RETURNING lang, terms", (list(ids),)
        ):
            gone.update([*variant_terms, everything(language(lang))])
        self._server.execute("DELETE FROM unit WHERE id = ANY(%s)", (list(ids),))
        self._count({term: -count for term, count in gone.items()})

    def _count(self, counts: Mapping[str, int]) -> None:
        """Add to frequencies, in sorted order, so that two programs cannot deadlock."""
        named = sorted(counts)
        self._server.execute(
            "INSERT INTO frequency SELECT * FROM unnest(%s::text[], %s::bigint[])"
            " ON CONFLICT (term) DO UPDATE SET count = frequency.count + excluded.count",
            (named, [counts[term] for term in named]),
        )

    def put(self, units: Sequence[MemoryUnit], run: int) -> int:
        """Add a batch of a run, completely or not at all; return how many units are new."""
        return self._server.again(lambda: self._put(units, run))

    def _put(self, units: Sequence[MemoryUnit], run: int) -> int:
        named = {digest(unit): unit for unit in units}
        ask = self._server.execute
        origins = sorted({unit.origin for unit in units})
        ask(
            "INSERT INTO origin (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (origins,)
        )
        known = dict(
            self._server.rows("SELECT name, id FROM origin WHERE name = ANY(%s)", (origins,))
        )
        rows = [
            (name, known[u.origin], u.source, u.place, u.context, u.extra)
            for name, u in named.items()
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        new = self._server.rows(_INSERT, (run, *columns))
        self._add_variants([(number, named[bytes(name)]) for number, name in sorted(new)])
        return len(new)

    def _add_variants(self, units: Sequence[tuple[int, MemoryUnit]]) -> None:
        counts: Counter[str] = Counter()
        with self._server.cursor() as cursor, cursor.copy(_COPY) as copy:
            for number, unit in units:
                for variant in unit.variants:
                    lang = language(variant.lang)
                    variant_terms = terms(lang, variant.text)
                    counts.update([*variant_terms, everything(lang)])
                    copy.write_row((number, *variant, number_of(lang, variant.text), variant_terms))
        self._count(counts)

    def replace(self, units: Mapping[int, MemoryUnit | None]) -> None:
        """Replace units by number, or remove them (None); all or none."""

        def work() -> None:
            run = self._server.value("INSERT INTO run DEFAULT VALUES RETURNING id")
            self._remove(list(units))
            left = [unit for unit in units.values() if unit is not None]
            if left:
                self._put(left, run)

        self._server.again(work)

    def keep_header(self, header: str) -> None:
        self._server.again(
            lambda: self._server.execute(
                "INSERT INTO header VALUES (%s) ON CONFLICT DO NOTHING", (header,)
            )
        )

    # --- searching ---

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        query = "SELECT term, count FROM frequency WHERE term = ANY(%s) AND count > 0"
        return dict(self._server.asked(query, (list(terms),)))

    def equal(self, number: int, place: int | None) -> list[StoredVariant]:
        query = """
            SELECT variant.unit, text FROM variant JOIN unit ON unit.id = variant.unit WHERE number = %s
            ORDER BY place IS NOT DISTINCT FROM %s::bigint DESC, variant.id LIMIT 200
        """
        return [StoredVariant(*row) for row in self._server.asked(query, (number, place))]

    def holding(
        self, groups: Sequence[Sequence[str]], shortest: int, longest: int, most: int
    ) -> list[StoredVariant]:
        ways = " AND ".join(["terms && %s::text[]"] * len(groups))
        # materialized, or the planner may scan the table by id
        query = f"""
            WITH found AS MATERIALIZED (SELECT id, unit, text FROM variant WHERE {ways})
            SELECT unit, text FROM (SELECT * FROM found ORDER BY id LIMIT %s) AS first
            WHERE length(text) BETWEEN %s AND %s ORDER BY id
        """  # noqa: S608 - marks
        values = (*map(list, groups), most, shortest, longest)
        return [StoredVariant(*row) for row in self._server.asked(query, values)]

    # --- reading ---

    def fetch(self, ids: Sequence[int]) -> dict[int, MemoryUnit]:
        query = f"{UNITS} WHERE unit.id = ANY(%s) ORDER BY unit.id, variant.id"
        return dict(grouped(self._server.asked(query, (list(ids),))))

    def units(self) -> Iterator[tuple[int, MemoryUnit]]:
        """Yield every unit, read in blocks, so that a broken connection only repeats one."""
        last = 0
        some = "SELECT id FROM unit WHERE id > %s ORDER BY id LIMIT 2000"
        query = f"{UNITS} WHERE unit.id IN ({some}) ORDER BY unit.id, variant.id"
        while block := list(grouped(self._server.asked(query, (last,)))):
            yield from block
            last = block[-1][0]

    def statistics(self) -> Statistics:
        def work() -> Statistics:
            languages = self._server.rows("SELECT lang, count(*) FROM variant GROUP BY lang")
            origins = self._server.rows(
                "SELECT name, count(*) FROM origin JOIN unit ON origin.id = origin GROUP BY name"
            )
            units = self._server.value("SELECT count(*) FROM unit")
            return Statistics(units, dict(sorted(languages)), dict(sorted(origins)))

        return self._server.again(work)

    def headers(self) -> list[str]:
        return [said for (said,) in self._server.asked("SELECT said FROM header")]


_INSERT = """
    INSERT INTO unit (digest, origin, source, place, context, extra, run)
    SELECT *, %s FROM unnest(
        %s::bytea[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[]
    ) ON CONFLICT (digest) DO NOTHING RETURNING id, digest
"""
_COPY = """
    COPY variant (unit, lang, text, markup, date, state, extra, bare, number, terms) FROM STDIN
"""


class _Importing:
    """A run in progress; each batch is a transaction."""

    def __init__(self, store: Postgres, run: int) -> None:
        self._store, self._run = store, run

    def add(self, units: Sequence[MemoryUnit]) -> int:
        """Add units, and return how many are new."""
        return self._store.put(units, self._run)
