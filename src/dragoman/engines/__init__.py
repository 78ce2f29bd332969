"""Machine translation engines: one module each, which translates batches of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.engines.exchange import Batch, Send, Shape, Traits

ENGINES = (
    "google",
    "mymemory",
    "libretranslate",
    "deepl",
    "openai",
    "pseudo",
)
"""The names of all engines, which are the modules of this folder; deleting a line turns one off."""


class Engine(Protocol):
    """The interface of the modules in this folder."""

    TRAITS: Traits

    @staticmethod
    def code(locale: str) -> str:
        """The engine's code of a locale; empty if it does not translate into it."""

    @staticmethod
    def shapes(target: str) -> tuple[Shape, Shape]:
        """Shapes of placeholders for a target locale: the first, and one to retry with."""

    @staticmethod
    def translate(batch: Batch, send: Send) -> list[str]:
        """The translation of each text of a batch, in order; raises EngineError on any failure."""


def check(name: str) -> None:
    """Make sure that there is an engine of this name, without importing it.

    Raises:
        DragomanError: there is none; the message suggests the nearest name.

    >>> check("pseudo")
    """
    if name not in ENGINES:
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(name, ENGINES, 1)
        how_to_fix = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(ENGINES)}"
        raise DragomanError(f"there is no engine {name!r}", how_to_fix=how_to_fix)


def engine_named(name: str) -> Engine:
    """The engine of this name.

    Raises:
        DragomanError: there is none.

    >>> engine_named("pseudo").TRAITS.name
    'pseudo'
    """
    from importlib import import_module  # settings only need the list of names

    check(name)
    return cast("Engine", import_module(f"{__name__}.{name}"))


__all__ = ["ENGINES", "Engine", "check", "engine_named"]
