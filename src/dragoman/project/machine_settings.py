"""Validation of the settings of machine drafts: `[translate]` and its tables, which have no keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dragoman.engines import ENGINES, addresses
from dragoman.errors import DragomanError
from dragoman.project.setting_values import Check, one_of, string, strings

_SECRETS = ("key", "api_key", "auth_key", "token", "secret", "password", "email")
_NO_SECRETS = (
    "keys are not read from settings, which are shared",
    "take it out, and set the engine's environment variable ('dragoman translate --help')",
)


def _number(least: float, most: float, *, whole: bool = False) -> Check:
    """A check for numbers from `least` to `most`."""
    kinds = int if whole else (int, float)
    what = "a whole number" if whole else "a number"

    def check(value: Any) -> str | None:
        sound = isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most
        return None if sound else f"is not {what} from {least:g} to {most:g}"

    return check


_TABLE: dict[str, Check] = {
    "engine": one_of(*ENGINES),
    "exclude": strings,
    "currency": string,
}
_OF_ENGINE: dict[str, Check] = {
    "endpoint": string,
    "model": string,
    "glossary": string,
    "items": _number(1, 1000, whole=True),
    "concurrency": _number(1, 32, whole=True),
    "rate": _number(0, 1000),
    "timeout": _number(0.1, 3600),
    "tries": _number(1, 20, whole=True),
    "wait": _number(0.01, 600),
}


def checked(
    value: Any, sound: Callable[..., bool], complain: Callable[..., None]
) -> Mapping[str, Any]:
    """The valid part of the `[translate]` table; errors are passed to `complain`.

    Args:
        value: the table as read from TOML.
        sound: whether a key and its value are valid in a table; reports what is not.
        complain: takes a key, its table, what is wrong and how to fix it.
    """
    if not isinstance(value, dict):
        complain("translate", "", "'translate' is not a table", "write [translate]")
        return {}
    valid: dict[str, Any] = {}
    for key, item in value.items():
        if key in _SECRETS:
            complain(key, "translate", *_NO_SECRETS)
        elif key == "cost" and isinstance(item, dict):
            costs = dict.fromkeys(ENGINES, _number(0, 1_000_000))
            valid[key] = {
                k: v for k, v in item.items() if sound(k, v, costs, ENGINES, "translate.cost")
            }
        elif key in ENGINES and isinstance(item, dict):
            valid[key] = _engine_table(key, item, sound, complain)
        elif sound(key, item, _TABLE, (*_TABLE, "cost", *ENGINES), "translate"):
            valid[key] = tuple(item) if isinstance(item, list) else item
    return valid


def _engine_table(
    engine: str, settings: dict[str, Any], sound: Callable[..., bool], complain: Callable[..., None]
) -> dict[str, Any]:
    """The valid part of the table of one engine."""
    table = f"translate.{engine}"
    valid = {}
    for key, value in settings.items():
        if key in _SECRETS:
            complain(key, table, *_NO_SECRETS)
        elif sound(key, value, _OF_ENGINE, tuple(_OF_ENGINE), table):
            valid[key] = value
    if "endpoint" in valid:
        try:
            addresses.place(valid["endpoint"])
        except DragomanError as error:
            complain("endpoint", table, error.message, error.how_to_fix or "")
    return valid
