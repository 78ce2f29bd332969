"""Keys of engines: from the environment or the desktop's keyring, never from a file."""

from __future__ import annotations

import importlib
import os
import re

from dragoman.errors import DragomanError

SERVICE = "dragoman"
"""The name that keyrings know our keys by."""
_SOUND = re.compile(r"[!-~]{1,4096}")


class Key:
    """A key that no message, log or traceback can show.

    >>> Key("secret")
    <key>
    """

    __slots__ = ("_said",)

    def __init__(self, said: str) -> None:
        self._said = said

    def reveal(self) -> str:
        """The key itself, for the one header or field it is sent in."""
        return self._said

    def __repr__(self) -> str:
        return "<key>"


def find(variable: str, engine: str) -> Key | None:
    """The key of an engine, if there is one: in its environment variable, else in the keyring.

    Raises:
        DragomanError: it holds a character that no key has; the key is not shown.

    >>> find("DRAGOMAN_NO_SUCH_KEY", "no such engine") is None
    True
    """
    if not variable:
        return None
    said = os.environ.get(variable, "").strip() or _from_keyring(engine)
    if not said:
        return None
    if _SOUND.fullmatch(said) is None:
        raise DragomanError(
            f"the key in {variable} holds a character that no key has",
            way_out="copy it anew, without blanks or quotation marks",
        )
    return Key(said)


def _from_keyring(engine: str) -> str:
    """What the keyring says; nothing where there is none, or it does not open."""
    try:
        keyring = importlib.import_module("keyring")
    except ModuleNotFoundError:
        return ""
    try:
        return keyring.get_password(SERVICE, engine) or ""
    except Exception:  # noqa: BLE001 - back ends raise what they like; without a key all goes on
        return ""
