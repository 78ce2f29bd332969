"""A connection to PostgreSQL that is reopened when it breaks; the only user of psycopg."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    import psycopg

TRIES = 6
"""How often an operation is tried before it fails."""
_WAIT = 0.25
"""Seconds before the second try; doubled for each further one, with jitter."""

T = TypeVar("T")


def _psycopg() -> Any:
    try:
        import psycopg  # an extra
    except ImportError:
        raise DragomanError(
            "a memory on a server needs psycopg", how_to_fix="pip install 'dragoman[server]'"
        ) from None
    return psycopg


class Connection:
    """A connection that repeats an operation if it breaks."""

    def __init__(self, address: str, name: str) -> None:
        """Prepare to connect.

        Args:
            address: a libpq address; libpq reads the password from PGPASSWORD or ~/.pgpass.
            name: the server's name in messages.
        """
        self._address, self._name = address, name
        self._psycopg = _psycopg()
        self._connection: psycopg.Connection[Any] | None = None
        self._was_there = False
        """Whether the server was reached before, so that waiting for it makes sense."""

    @property
    def _database(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = self._psycopg.connect(
                self._address,
                autocommit=True,
                connect_timeout=10,
                application_name="dragoman",
                # terms are indexed, so a sequential scan is never better
                options="-c search_path=dragoman,public -c enable_seqscan=off -c jit=off",
            )
            self._was_there = True
        return self._connection

    def again(self, work: Callable[[], T]) -> T:
        """Run an operation in one transaction, and again on a new connection if it breaks.

        Raises:
            DragomanError: the server cannot be reached, or refuses the operation.
        """

        def whole() -> T:
            with self._database.transaction():
                return work()

        return self._tried(whole)

    def asked(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a single query without a transaction.

        Raises:
            DragomanError: see `again`.
        """
        return self._tried(lambda: self.rows(query, values))

    def _tried(self, work: Callable[[], T]) -> T:
        attempt = 0
        while True:
            try:
                return work()
            except self._psycopg.OperationalError as error:
                attempt += 1
                self.close()
                if attempt == TRIES or not self._was_there:
                    self._was_there = False  # later operations do not wait that long again
                    raise self._error(error) from None
                time.sleep(_WAIT * 2**attempt * random.uniform(0.5, 1))  # noqa: S311 - jitter
            except self._psycopg.Error as error:
                raise self._error(error) from None

    def _error(self, error: Exception) -> DragomanError:
        reason = " ".join(str(error).split()) or type(error).__name__
        lost = isinstance(error, self._psycopg.OperationalError)
        sentence = "the server cannot be reached" if lost else "the server refuses"
        how_to_fix = "check that it runs, then run again" if lost else "check the user's rights"
        return DragomanError(f"{sentence}: {reason}", file=self._name, how_to_fix=how_to_fix)

    # --- inside a piece of work ---

    def execute(self, query: str, values: Sequence[Any] | None = None) -> None:
        self._database.execute(query, values)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall()

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row; None if there are no rows."""
        row = self._database.execute(query, values).fetchone()
        return row[0] if row else None

    def cursor(self) -> psycopg.Cursor[Any]:
        return self._database.cursor()

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(self._psycopg.Error):
                self._connection.close()
            self._connection = None
