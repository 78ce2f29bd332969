"""Stores of memories: SQLite in a file or in memory, PostgreSQL on a server."""

from __future__ import annotations

from dragoman.memory import Store

SUFFIXES = (".sqlite", ".sqlite3", ".db")
SCHEMES = ("postgresql://", "postgres://")


def opened(address: str, name: str = "", make: bool = False) -> Store:
    """Open the store at a path, or at an address that begins with `postgresql://`.

    Args:
        address: a path or an address; `:memory:` is a temporary store.
        name: its name in messages.
        make: whether to create the file if it is missing.

    Raises:
        DragomanError: it cannot be opened, is not a memory, or has a newer version.
    """
    if address.startswith(SCHEMES):
        from dragoman.stores import postgresql  # only if a server is named

        return postgresql.Postgres(address, name or "the server")
    from dragoman.stores import sqlite  # only if a file is named

    return sqlite.Sqlite(address, name or address, make)


__all__ = ["SCHEMES", "SUFFIXES", "opened"]
