"""Keys of engines, from the environment or the desktop's keyring, never from a file."""

from __future__ import annotations

import importlib
import os
import re

from dragoman.errors import DragomanError

SERVICE = "dragoman"
"""Name of our service in keyrings."""
_SOUND = re.compile(r"[!-~]{1,4096}")


class Key:
    """A key that is not shown in messages, logs and tracebacks.

    >>> Key("secret")
    <key>
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def reveal(self) -> str:
        """The key itself, for the header or field in which it is sent."""
        return self._secret

    def __repr__(self) -> str:
        return "<key>"


def find(variable: str, engine: str) -> Key | None:
    """The key of an engine from its environment variable, else from the keyring; None if there is none.

    Raises:
        DragomanError: it has a character that no key has; the key is not shown.

    >>> find("DRAGOMAN_NO_SUCH_KEY", "no such engine") is None
    True
    """
    if not variable:
        return None
    secret = os.environ.get(variable, "").strip() or _from_keyring(engine)
    if not secret:
        return None
    if _SOUND.fullmatch(secret) is None:
        raise DragomanError(
            f"the key in {variable} has a character that no key has",
            how_to_fix="copy it again, without blanks or quotation marks",
        )
    return Key(secret)


def _from_keyring(engine: str) -> str:
    """The key in the keyring; empty if there is none or the keyring cannot be opened."""
    try:
        keyring = importlib.import_module("keyring")
    except ModuleNotFoundError:
        return ""
    try:
        return keyring.get_password(SERVICE, engine) or ""
    except Exception:  # noqa: BLE001 - back ends raise anything; a missing key is reported later
        return ""
