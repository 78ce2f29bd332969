"""Machine engines: one module each, a batch of texts in, a batch of translations out."""

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
"""Every engine; its module in this folder has its name. A line deleted turns it off."""


class Engine(Protocol):
    """What a module of this folder offers."""

    TRAITS: Traits

    @staticmethod
    def code(locale: str) -> str:
        """What the engine calls a locale; nothing where it does not translate into it."""

    @staticmethod
    def shapes(target: str) -> tuple[Shape, Shape]:
        """How protected pieces are written into a locale: at first, and where that failed."""

    @staticmethod
    def translate(batch: Batch, send: Send) -> list[str]:
        """The translation of each text of a batch, in order; raises EngineError where there is none."""


def check(name: str) -> None:
    """Raise DragomanError, with the nearest name, where there is no such engine; loads none.

    >>> check("pseudo")
    """
    if name not in ENGINES:
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(name, ENGINES, 1)
        way_out = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(ENGINES)}"
        raise DragomanError(f"there is no engine {name!r}", way_out=way_out)


def engine_named(name: str) -> Engine:
    """The engine with a name; raises DragomanError where there is none.

    >>> engine_named("pseudo").TRAITS.name
    'pseudo'
    """
    from importlib import import_module  # a list of names is all that settings need

    check(name)
    return cast("Engine", import_module(f"{__name__}.{name}"))


__all__ = ["ENGINES", "Engine", "check", "engine_named"]
