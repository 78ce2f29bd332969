"""The settings of machine drafts, `[translate]` and its tables: what they may say, and never keys."""

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
    """The table as it will be used; what is wrong with it is told.

    Args:
        value: what the settings say.
        sound: says whether a key and its value may stand in a table.
        complain: takes a key, its table, what is wrong and the way out.
    """
    if not isinstance(value, dict):
        complain("translate", "", "'translate' is not a table", "write [translate]")
        return {}
    found: dict[str, Any] = {}
    for key, said in value.items():
        if key in _SECRETS:
            complain(key, "translate", *_NO_SECRETS)
        elif key == "cost" and isinstance(said, dict):
            costs = dict.fromkeys(ENGINES, _number(0, 1_000_000))
            found[key] = {
                k: v for k, v in said.items() if sound(k, v, costs, ENGINES, "translate.cost")
            }
        elif key in ENGINES and isinstance(said, dict):
            found[key] = _engine_table(key, said, sound, complain)
        elif sound(key, said, _TABLE, (*_TABLE, "cost", *ENGINES), "translate"):
            found[key] = tuple(said) if isinstance(said, list) else said
    return found


def _engine_table(
    engine: str, said: dict[str, Any], sound: Callable[..., bool], complain: Callable[..., None]
) -> dict[str, Any]:
    table = f"translate.{engine}"
    found = {}
    for key, value in said.items():
        if key in _SECRETS:
            complain(key, table, *_NO_SECRETS)
        elif sound(key, value, _OF_ENGINE, tuple(_OF_ENGINE), table):
            found[key] = value
    if "endpoint" in found:
        try:
            addresses.place(found["endpoint"])
        except DragomanError as error:
            complain("endpoint", table, error.message, error.way_out or "")
    return found
