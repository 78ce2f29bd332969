"""Inline markup of a text as codes with their data: what CAT tools must not touch.

Joining the texts and the data of all codes gives back the text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

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
    return _partnered(list(_raw(text)))


def _raw(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            yield "text", text[at : match.start()]
        data = match[0]
        yield "open" if data in _OPEN else _KINDS.get(data[0], "mark"), data
        at = match.end()
    if at < len(text):
        yield "text", text[at:]


def _partnered(raw: list[tuple[str, str]]) -> list[Piece]:
    partner: dict[int, int] = {}
    open_: list[int] = []
    for place, (kind, data) in enumerate(raw):
        if kind == "open":
            open_.append(place)
        elif kind == "close":
            begin = next((i for i in reversed(open_) if raw[i][0] == "open"), None)
            if begin is not None:
                del open_[open_.index(begin) :]
                partner[begin], partner[place] = place, begin
        elif kind == "mark":
            begin = next((i for i in reversed(open_) if raw[i] == (kind, data)), None)
            inside = (
                [raw[i][0] for i in open_[open_.index(begin) + 1 :]] if begin is not None else []
            )
            if begin is None or "open" in inside:
                open_.append(place)
            else:
                del open_[open_.index(begin) :]
                partner[begin], partner[place] = place, begin
        elif kind != "text":
            partner[place] = place
    return _joined(raw, partner)


def _joined(raw: list[tuple[str, str]], partner: dict[int, int]) -> list[Piece]:
    """The pieces, marks without a partner being prose; places counted anew."""
    out: list[str | tuple[int, str]] = []
    new: dict[int, int] = {}
    for place, (_, data) in enumerate(raw):
        if place in partner:
            new[place] = len(out)
            out.append((place, data))
        elif out and isinstance(out[-1], str):
            out[-1] += data
        else:
            out.append(data)
    return [x if isinstance(x, str) else Code(x[1], new[partner[x[0]]]) for x in out]
