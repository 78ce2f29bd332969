"""Wrapped lines of a block: what is between them, and the block on one line."""

from __future__ import annotations

import re
from functools import cache


def is_odd(raw: str) -> bool:
    """Whether a text has tabs, carriage returns, or spaces or backslashes before line ends."""
    return "\t" in raw or "\r" in raw or "\\\n" in raw or " \n" in raw


def seam(raw: str, quotes: int) -> tuple[str, str]:
    """The separator between the lines of a block, and the block with spaces in its place.

    The separator is a line feed and the prefix of the next line, such as `\\n> `. If the lines have
    different prefixes, it is empty and the block unchanged.
    """
    at = raw.find("\n")
    end = at + 1
    while raw.startswith((" ", ">"), end):
        end += 1
    found = raw[at:end]
    text = raw.replace(found, " " * len(found))
    if "\n" in text or found + " " in raw or found + ">" in raw or found.count(">") > quotes:
        return "", raw
    return found, text


def unwrapped(piece: str, quotes: int) -> str:
    """A piece of a block on one line, without the prefixes of its lines."""
    if "\n" not in piece and "\r" not in piece:
        return piece
    if quotes or "\\\n" in piece or "\r" in piece:
        return wrap(quotes).sub(" ", piece)
    return " ".join([line.strip(" \t") for line in piece.split("\n")])


@cache
def wrap(quotes: int) -> re.Pattern[str]:
    """Matches a line break inside a block, with the prefix of the next line."""
    return re.compile(rf"[ \t]*\\?(?:\r\n|\n|\r)[ \t]*(?:>[ \t]*){{0,{quotes}}}")
