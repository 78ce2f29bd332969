"""A memory on a server: PostgreSQL through psycopg 3, with the same words and answers as SQLite.

An import is a run of batches, each one transaction. A connection that breaks is made anew and the
batch is sent again; the digests of its units keep it from coming twice. A run that fails is taken
back as a whole.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.errors import DragomanError
from dragoman.memory.model import Held, Statistics, Unit, Variant, digest, language, number_of
from dragoman.memory.words import everything, terms
from dragoman.stores.grouping import UNITS, grouped

if TYPE_CHECKING:
    import psycopg

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
"""One for each version; a schema of version n has had the first n."""
TRIES = 6
"""How often a batch is sent before its import fails."""
_WAIT = 0.25
"""Seconds before the second try; doubled for each further one, with jitter."""
_LOCK = 0x6472676D

T = TypeVar("T")


def _psycopg() -> Any:
    try:
        import psycopg  # noqa: PLC0415 - an extra
    except ImportError:
        raise DragomanError(
            "a memory on a server needs psycopg", way_out="pip install 'dragoman[server]'"
        ) from None
    return psycopg


class Postgres:
    """A memory in the schema `dragoman` of a database."""

    def __init__(self, address: str, name: str) -> None:
        self._address, self._name = address, name
        self._psycopg = _psycopg()
        self._connection: psycopg.Connection[Any] | None = None
        self.again(self._migrate)

    # --- connections ---

    @property
    def _database(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = self._psycopg.connect(
                self._address,
                autocommit=True,
                connect_timeout=10,
                application_name="dragoman",
                # terms stand in an index; reading whole tables is never the better way
                options="-c search_path=dragoman,public -c enable_seqscan=off -c jit=off",
            )
        return self._connection

    def again(self, work: Callable[[], T]) -> T:
        """Do a piece of work in one transaction, on a new connection where the old one broke."""

        def whole() -> T:
            with self._database.transaction():
                return work()

        return self._tried(whole)

    def _asked(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one question, which needs no transaction."""
        return self._tried(lambda: self._rows(query, values))

    def _tried(self, work: Callable[[], T]) -> T:
        for attempt in range(TRIES):
            try:
                return work()
            except self._psycopg.OperationalError as error:
                self.close()
                if attempt + 1 == TRIES or _is_final(error):
                    raise self._error(error) from None
                time.sleep(_WAIT * 2**attempt * random.uniform(0.5, 1))  # noqa: S311 - jitter
            except self._psycopg.Error as error:
                raise self._error(error) from None
        raise AssertionError

    def _error(self, error: Exception) -> DragomanError:
        said = " ".join(str(error).split()) or type(error).__name__
        lost = isinstance(error, self._psycopg.OperationalError)
        sentence = "the server is not to be reached" if lost else "the server refuses"
        way_out = "see whether it runs, then run again" if lost else "see the rights of the user"
        return DragomanError(f"{sentence}: {said}", file=self._name, way_out=way_out)

    def _migrate(self) -> None:
        """Bring the schema to this version; one program at a time."""
        version = self._version()
        if version == len(_MIGRATIONS):
            return
        ask = self._database.execute
        ask("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        ask("CREATE SCHEMA IF NOT EXISTS dragoman")
        ask("CREATE TABLE IF NOT EXISTS dragoman.version (number integer NOT NULL)")
        for number in range(self._version(), len(_MIGRATIONS)):
            ask(_MIGRATIONS[number])  # type: ignore[arg-type]
            ask("DELETE FROM version")
            ask("INSERT INTO version VALUES (%s)", (number + 1,))

    def _version(self) -> int:
        ask = self._database.execute
        there = ask("SELECT to_regclass('dragoman.version')").fetchone()
        row = ask("SELECT max(number) FROM dragoman.version").fetchone() if there and there[0] else None
        version = int((row and row[0]) or 0)
        if version > len(_MIGRATIONS):
            raise DragomanError(
                f"a memory of version {version}; this dragoman knows versions up to {len(_MIGRATIONS)}",
                file=self._name,
                way_out="use a newer dragoman",
            )
        return version

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(self._psycopg.Error):
                self._connection.close()
            self._connection = None

    # --- writing ---

    @contextlib.contextmanager
    def importing(self) -> Iterator[_Importing]:
        """An import: batches that are whole, and none of them if it fails."""
        run = self.again(lambda: self._value("INSERT INTO run DEFAULT VALUES RETURNING id"))
        try:
            yield _Importing(self, run)
        except BaseException as error:
            self._take_back(run, error)
            raise
        self.again(lambda: self._database.execute("ANALYZE variant"))
        self._asked("SELECT gin_clean_pending_list('variant_terms')")

    def _take_back(self, run: int, error: BaseException) -> None:
        """Delete what a failed run brought; where even that fails, say what is left to do."""
        try:
            ids = self._asked("SELECT id FROM unit WHERE run = %s", (run,))
            for start in range(0, len(ids), 1000):
                some = [number for (number,) in ids[start : start + 1000]]
                self.again(lambda some=some: self._remove(some))  # type: ignore[misc]
        except DragomanError:
            if isinstance(error, DragomanError):
                error.way_out = "run the import again when the server is back: its batches are whole, and none comes twice"

    def _value(self, query: str, values: Sequence[Any] = ()) -> Any:
        row = self._database.execute(query, values).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall()  # type: ignore[arg-type]

    def _remove(self, ids: Sequence[int]) -> None:
        """Take units out of the tables, inside a transaction."""
        gone: Counter[str] = Counter()
        for lang, said in self._rows(
            "DELETE FROM variant WHERE unit = ANY(%s) RETURNING lang, terms", (list(ids),)
        ):
            gone.update([*said, everything(language(lang))])
        self._database.execute("DELETE FROM unit WHERE id = ANY(%s)", (list(ids),))
        self._count({term: -count for term, count in gone.items()})

    def _count(self, counts: Mapping[str, int]) -> None:
        """Add to frequencies, in one order for all, so that two programs never wait for each other."""
        named = sorted(counts)
        self._database.execute(
            "INSERT INTO frequency SELECT * FROM unnest(%s::text[], %s::bigint[])"
            " ON CONFLICT (term) DO UPDATE SET count = frequency.count + excluded.count",
            (named, [counts[term] for term in named]),
        )

    def put(self, units: Sequence[Unit], run: int) -> int:
        """Put units into the tables, inside a transaction; how many were not there."""
        named = {digest(unit): unit for unit in units}
        ask = self._database.execute
        origins = sorted({unit.origin for unit in units})
        ask("INSERT INTO origin (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (origins,))
        known = dict(self._rows("SELECT name, id FROM origin WHERE name = ANY(%s)", (origins,)))
        columns = zip(
            *(
                (name, known[u.origin], u.source, u.place, u.context, u.extra)
                for name, u in named.items()
            ),
            strict=True,
        )
        new = self._rows(
            "INSERT INTO unit (digest, origin, source, place, context, extra, run)"
            " SELECT *, %s FROM unnest(%s::bytea[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[])"
            " ON CONFLICT (digest) DO NOTHING RETURNING id, digest",
            (run, *map(list, columns)),
        )
        self._add_variants([(number, named[bytes(name)]) for number, name in sorted(new)])
        return len(new)

    def _add_variants(self, units: Sequence[tuple[int, Unit]]) -> None:
        counts: Counter[str] = Counter()
        with self._database.cursor() as cursor, cursor.copy(_COPY) as copy:
            for number, unit in units:
                for v in unit.variants:
                    lang = language(v.lang)
                    said = terms(lang, v.text)
                    counts.update([*said, everything(lang)])
                    key = number_of(lang, v.text)
                    copy.write_row(
                        (number, v.lang, v.text, key, v.markup, v.date, v.state, v.extra, v.bare, said)
                    )
        self._count(counts)

    def replace(self, units: Mapping[int, Unit | None]) -> None:
        """Put units in the place of others, or nothing, all or none."""

        def work() -> None:
            run = self._value("INSERT INTO run DEFAULT VALUES RETURNING id")
            self._remove(list(units))
            left = [unit for unit in units.values() if unit is not None]
            if left:
                self.put(left, run)

        self.again(work)

    def keep_header(self, header: str) -> None:
        self.again(
            lambda: self._database.execute(
                "INSERT INTO header VALUES (%s) ON CONFLICT DO NOTHING", (header,)
            )
        )

    # --- searching ---

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        query = "SELECT term, count FROM frequency WHERE term = ANY(%s) AND count > 0"
        return dict(self._asked(query, (list(terms),)))

    def equal(self, number: int) -> list[Held]:
        query = "SELECT unit, text FROM variant WHERE number = %s ORDER BY id LIMIT 200"
        return [Held(*row) for row in self._asked(query, (number,))]

    def holding(
        self, groups: Sequence[Sequence[str]], shortest: int, longest: int, most: int
    ) -> list[Held]:
        ways = " AND ".join(["terms && %s::text[]"] * len(groups))
        # materialized: else the planner may walk the table in the order of its ids
        query = f"""
            WITH found AS MATERIALIZED (SELECT id, unit, text FROM variant WHERE {ways})
            SELECT unit, text FROM (SELECT * FROM found ORDER BY id LIMIT %s) AS first
            WHERE length(text) BETWEEN %s AND %s ORDER BY id
        """  # noqa: S608 - marks
        values = (*map(list, groups), most, shortest, longest)
        return [Held(*row) for row in self._asked(query, values)]

    # --- reading ---

    def fetch(self, ids: Sequence[int]) -> dict[int, Unit]:
        query = f"{UNITS} WHERE unit.id = ANY(%s) ORDER BY unit.id, variant.id"
        return dict(grouped(self._asked(query, (list(ids),))))

    def units(self) -> Iterator[tuple[int, Unit]]:
        """Every unit, some thousand at a time: a broken connection costs one of these reads."""
        last = 0
        query = f"""{UNITS} WHERE unit.id IN (
            SELECT id FROM unit WHERE id > %s ORDER BY id LIMIT 2000
        ) ORDER BY unit.id, variant.id"""
        while found := list(grouped(self._asked(query, (last,)))):
            yield from found
            last = found[-1][0]

    def statistics(self) -> Statistics:
        def work() -> Statistics:
            languages = self._rows("SELECT lang, count(*) FROM variant GROUP BY lang")
            origins = self._rows(
                "SELECT name, count(*) FROM origin JOIN unit ON origin.id = origin GROUP BY name"
            )
            units = self._value("SELECT count(*) FROM unit")
            return Statistics(units, dict(sorted(languages)), dict(sorted(origins)))

        return self.again(work)

    def headers(self) -> list[str]:
        return [said for (said,) in self._asked("SELECT said FROM header")]


_COPY = """
    COPY variant (unit, lang, text, number, markup, date, state, extra, bare, terms) FROM STDIN
"""
def _is_final(error: Exception) -> bool:
    """Whether trying again is of no use: a wrong name, password, database or right."""
    said = str(error)
    return any(word in said for word in ("authentication", "does not exist", "password", "pg_hba"))


class _Importing:
    """A run that is going on; each batch is a transaction."""

    def __init__(self, store: Postgres, run: int) -> None:
        self._store, self._run = store, run

    def add(self, units: Sequence[Unit]) -> int:
        """Take units in; how many of them were not there yet."""
        return self._store.again(lambda: self._store.put(units, self._run))
