"""Splits a text into prose and inline codes, which CAT tools must not change.

The prose and the data of all codes joined are always the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.model import maker

# Every alternative begins with a literal character, which makes the search fast.
_TOKEN = re.compile(
    r"`(?<!``)(`{0,2})(?!`)[^`]+`\1(?!`)"  # code
    r"|</?[A-Za-z][^<>]*>|<https?://[^<>\s]+>"
    r"|\[\^[^\]\s]{1,64}\]"  # a note
    r"|\\[!-/:-@\[-`{-~]"
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ ]\"[^\"\n]*\")?\)|\]\[[^\[\]]*\]"  # a link's end
    r"|\[|!\["
    r"|\*\*{0,2}|~~|_(?<!\w_)_?(?=\w)|_(?<=[\w.!?…”»\")]_)_?(?!\w)"
)
_OPEN = ("[", "![")
_KINDS = {"`": "code", "<": "code", "\\": "code", "[": "code", "]": "close"}
"""Kind of a token that is not in `_OPEN`, by its first character; others are emphasis marks."""


class Code(NamedTuple):
    """A piece of markup."""

    data: str
    partner: int
    """Index of the piece that closes or opens it; its own index if it is not paired."""


Piece = str | Code


def has_codes(text: str) -> bool:
    """Whether a text may contain markup; False means that it is only prose.

    >>> has_codes("a – b"), has_codes("a *b*")
    (False, True)
    """
    return (  # faster than one search for all of these characters
        "*" in text or "`" in text or "[" in text or "_" in text
        or "<" in text or "\\" in text or "~" in text
    )  # fmt: skip


def pieces(text: str) -> list[Piece]:
    """Split a text into prose and codes; paired codes refer to each other.

    >>> pieces("a **b** `c`")
    ['a ', Code(data='**', partner=3), 'b', Code(data='**', partner=1), ' ', Code(data='`c`', partner=5)]
    """
    if not has_codes(text):
        return [text] if text else []
    return _joined(*_partnered(text))


def _partnered(text: str) -> tuple[list[str], dict[int, int]]:
    """Prose and tokens in order, and the index of each code's partner."""
    parts: list[str] = []
    partner: dict[int, int] = {}
    open_: list[int] = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start > position:
            parts.append(text[position:start])
        token, index, position = match[0], len(parts), end
        parts.append(token)
        kind = "open" if token in _OPEN else _KINDS.get(token[0], "mark")
        if kind == "code":
            partner[index] = index
            continue
        begin = -1 if kind == "open" else _begin(open_, parts, "" if kind == "close" else token)
        if begin >= 0:
            partner[open_[begin]], partner[index] = index, open_[begin]
            del open_[begin:]
        elif kind != "close":
            open_.append(index)
    if position < len(text):
        parts.append(text[position:])
    return parts, partner


def _begin(open_: list[int], parts: list[str], mark: str) -> int:
    """Index in `open_` of the token that a mark closes, or a link's end if `mark` is empty; -1 for none."""
    for index in range(len(open_) - 1, -1, -1):
        token = parts[open_[index]]
        if token in _OPEN:
            return -1 if mark else index  # emphasis inside a link ends inside it
        if token == mark:
            return index
    return -1


def _joined(parts: list[str], partner: dict[int, int]) -> list[Piece]:
    """The pieces; unpaired tokens become text, and positions are renumbered."""
    if not partner:
        return ["".join(parts)]
    result: list[str | int] = []
    new: dict[int, int] = {}
    prose = False
    for index, piece in enumerate(parts):
        if index in partner:
            new[index] = len(result)
            result.append(index)
            prose = False
        elif prose:
            result[-1] += piece  # type: ignore[operator]
        else:
            result.append(piece)
            prose = True
    return [x if isinstance(x, str) else _code((parts[x], new[partner[x]])) for x in result]


_code = maker(Code)  # there are many
