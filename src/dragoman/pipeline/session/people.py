"""The people who may work on a project in the workbench: their roles, invitations and sessions.

They are kept in the state folder of whoever serves, readable by that person alone. Of an
invitation and of a session only a hash is kept.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Mapping
from enum import IntEnum
from hashlib import sha256
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import digest
from dragoman.pipeline.session.typed_journal import state_folder
from dragoman.project import Files

EVERYWHERE = "*"
"""Stands for every locale."""
SESSION_DAYS = 30.0
_LONGEST_NAME = 80
_DAY = 86_400.0


class Role(IntEnum):
    """What a person may do in a locale; each role may do what the ones before it may."""

    NOBODY = 0
    READER = 1
    TRANSLATOR = 2
    """Translate, suggest and note."""
    REVIEWER = 3
    """Approve and waive."""
    EDITOR = 4
    """Bless, replace, undo, change the glossary, import files."""


class Person(NamedTuple):
    """Somebody who uses the workbench."""

    name: str
    roles: Mapping[str, Role]
    """Role by locale."""
    alone: bool = False
    """Whether nobody else uses this workbench."""

    @property
    def journal_name(self) -> str | None:
        """Whose typed texts are this person's; None for those of every name."""
        return None if self.alone else self.name

    def role(self, locale: str) -> Role:
        """The role in a locale.

        >>> Person("A.", {"he": Role.EDITOR}).role("ru")
        <Role.NOBODY: 0>
        """
        everywhere = self.roles.get(EVERYWHERE, Role.NOBODY)
        return max(self.roles.get(locale, Role.NOBODY), everywhere)

    def may(self, role: Role, locale: str) -> bool:
        """Whether the person has a role, or a higher one, in a locale."""
        return self.role(locale) >= role


class People:
    """The people of one project; a change by another process is seen at the next question."""

    def __init__(
        self,
        root: str,
        environment: Mapping[str, str] = os.environ,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open the list of the project in a folder; nothing is made on the disk yet."""
        self._folder = os.path.join(state_folder(environment), digest(root.encode(), 8))
        self._path = os.path.join(self._folder, "people.json")
        self._now = now
        self._known: dict[str, Any] = {}
        self._stamp: object = None

    def all(self) -> list[Person]:
        """Everybody who was invited and not sent away, by name."""
        return [_person(name, record) for name, record in sorted(self._records().items())]

    def named(self, name: str) -> Person | None:
        """The person of a name."""
        record = self._records().get(name)
        return None if record is None else _person(name, record)

    def invite(self, name: str, role: Role, locales: tuple[str, ...], days: float) -> str:
        """Give a person a role in locales, and return the token of an invitation.

        Raises:
            DragomanError: the name cannot be one, or the list cannot be written.
        """
        if not is_name(name):
            raise DragomanError(
                f"{name[:40]!r} is no name",
                how_to_fix=f"1 to {_LONGEST_NAME} printable characters, without ; < >",
            )
        token = secrets.token_urlsafe(32)

        def invited(records: dict[str, Any]) -> None:
            record = records.setdefault(name, {"roles": {}, "invitations": {}, "sessions": {}})
            record["roles"].update(dict.fromkeys(locales, role.name.lower()))
            record["invitations"][_hash(token)] = self._now() + days * _DAY

        self._change(invited)
        return token

    def enter(self, token: str) -> str | None:
        """Exchange the token of an invitation, once, for the secret of a session."""
        secret = secrets.token_urlsafe(32)
        found = False

        def entered(records: dict[str, Any]) -> None:
            nonlocal found
            for record in records.values():
                until = record["invitations"].pop(_hash(token), 0)
                if until > self._now():
                    found = True
                    record["sessions"][_hash(secret)] = self._now() + SESSION_DAYS * _DAY

        if any(_hash(token) in record["invitations"] for record in self._records().values()):
            self._change(entered)
        return secret if found else None

    def of_session(self, secret: str) -> Person | None:
        """The person whose session has a secret."""
        wanted = _hash(secret)
        for name, record in self._records().items():
            if record["sessions"].get(wanted, 0) > self._now():
                return _person(name, record)
        return None

    def revoke(self, name: str) -> bool:
        """Take every role, invitation and session from a person; whether there was such a person."""
        there = name in self._records()
        if there:
            self._change(lambda records: records.pop(name, None))
        return there

    def _records(self) -> dict[str, Any]:
        stamp = Files.stamp_now(self._path)
        if stamp != self._stamp:
            self._known = self._read(Files(self._folder))
            self._stamp = stamp
        return self._known

    def _read(self, files: Files) -> dict[str, Any]:
        try:
            said = json.loads(files.bytes_of(self._path) or b"{}")
            assert isinstance(said, dict)
            return {name: _sound(record) for name, record in said.items()}
        except (ValueError, AssertionError, KeyError, TypeError, AttributeError):
            raise DragomanError(
                "the list of people is damaged", file=self._path, how_to_fix="remove the file"
            ) from None

    def _change(self, change: Callable[[dict[str, Any]], object]) -> None:
        files = Files(self._folder)
        files.make_private_folder(self._folder)
        with files.locked(self._folder):
            records = self._read(files)
            change(records)
            for record in records.values():
                for kind in ("invitations", "sessions"):
                    fresh = record[kind].items()
                    record[kind] = {key: until for key, until in fresh if until > self._now()}
            content = json.dumps(records, ensure_ascii=False, indent=1).encode()
            files.write({self._path: content})
        self._known, self._stamp = records, None


def is_name(name: str) -> bool:
    """Whether a text can be the name of a person, in catalogs and commits.

    >>> is_name("Ə. Əliyev"), is_name("a; reviewed=b"), is_name("a\\u202e")
    (True, False, False)
    """
    return (
        0 < len(name) <= _LONGEST_NAME
        and name == " ".join(name.split())
        and name.isprintable()
        and not set(";<>") & set(name)
        and not name.endswith("\\")
    )


def _person(name: str, record: Mapping[str, Any]) -> Person:
    roles = {locale: Role[role.upper()] for locale, role in record["roles"].items()}
    return Person(name, roles)


def _sound(record: Any) -> dict[str, Any]:
    """A record as it was read; anything else than what this module writes raises."""
    for role in record["roles"].values():
        Role[role.upper()]
    for kind in ("invitations", "sessions"):
        for until in record[kind].values():
            float(until)
    return dict(record)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
