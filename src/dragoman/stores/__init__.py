"""Stores: what holds a memory. SQLite in a file or in the process, PostgreSQL on a server."""

from __future__ import annotations

from dragoman.memory import Store

SUFFIXES = (".sqlite", ".sqlite3", ".db")
SCHEMES = ("postgresql://", "postgres://")


def opened(address: str, name: str = "", make: bool = False) -> Store:
    """The store at a path, or at an address that begins with `postgresql://`.

    Args:
        address: a path; `:memory:` is one that ends with the process.
        name: how messages name it.
        make: whether it is made where it is not.

    Raises:
        DragomanError: it cannot be opened, is no memory, or is of a newer version.
    """
    if address.startswith(SCHEMES):
        from dragoman.stores import postgresql  # only where a server is named

        return postgresql.Postgres(address, name or "the server")
    from dragoman.stores import sqlite  # only where a file is

    return sqlite.Sqlite(address, name or address, make)


__all__ = ["SCHEMES", "SUFFIXES", "opened"]
