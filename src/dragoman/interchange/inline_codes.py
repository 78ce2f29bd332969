"""Inline markup of a text as codes with their data: what CAT tools must not touch.

Joining the texts and the data of all codes gives back the text, whatever stands in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.model import maker

# Every alternative begins with a character, so that the expression is searched for at C speed.
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
"""What a token is by its first character, where it opens nothing; all others are marks."""


class Code(NamedTuple):
    """A piece of markup."""

    data: str
    partner: int
    """Place of the piece that closes or opens it among the pieces; its own where it stands alone."""


Piece = str | Code


def has_codes(text: str) -> bool:
    """Whether a text may hold markup; where not, it is prose.

    >>> has_codes("a – b"), has_codes("a *b*")
    (False, True)
    """
    return (  # one by one: each is a search for a character alone
        "*" in text or "`" in text or "[" in text or "_" in text
        or "<" in text or "\\" in text or "~" in text
    )  # fmt: skip


def pieces(text: str) -> list[Piece]:
    """A text as stretches of prose and codes; codes that open and close know each other.

    >>> pieces("a **b** `c`")
    ['a ', Code(data='**', partner=3), 'b', Code(data='**', partner=1), ' ', Code(data='`c`', partner=5)]
    """
    if not has_codes(text):
        return [text] if text else []
    return _joined(*_partnered(text))


def _partnered(text: str) -> tuple[list[str], dict[int, int]]:
    """Prose and tokens in their order; of those that are codes, the place of each one's partner."""
    said: list[str] = []
    partner: dict[int, int] = {}
    open_: list[int] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start > at:
            said.append(text[at:start])
        token, place, at = match[0], len(said), end
        said.append(token)
        kind = "open" if token in _OPEN else _KINDS.get(token[0], "mark")
        if kind == "code":
            partner[place] = place
            continue
        begin = -1 if kind == "open" else _begin(open_, said, "" if kind == "close" else token)
        if begin >= 0:
            partner[open_[begin]], partner[place] = place, open_[begin]
            del open_[begin:]
        elif kind != "close":
            open_.append(place)
    if at < len(text):
        said.append(text[at:])
    return said, partner


def _begin(open_: list[int], said: list[str], mark: str) -> int:
    """Which of the open tokens a mark, or a link's end where it is empty, closes; -1 for none."""
    for at in range(len(open_) - 1, -1, -1):
        token = said[open_[at]]
        if token in _OPEN:
            return -1 if mark else at  # no mark reaches out of a link
        if token == mark:
            return at
    return -1


def _joined(said: list[str], partner: dict[int, int]) -> list[Piece]:
    """The pieces, tokens without a partner being prose; places counted anew."""
    if not partner:
        return ["".join(said)]
    out: list[str | int] = []
    new: dict[int, int] = {}
    prose = False
    for place, piece in enumerate(said):
        if place in partner:
            new[place] = len(out)
            out.append(place)
            prose = False
        elif prose:
            out[-1] += piece  # type: ignore[operator]
        else:
            out.append(piece)
            prose = True
    return [x if isinstance(x, str) else _code((said[x], new[partner[x]])) for x in out]


_code = maker(Code)  # there are many
