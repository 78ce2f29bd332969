"""Where a sentence might end: marks, what closes after them, and numbered items.

Every pattern looks at a bounded stretch, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

HIDDEN = "\ufffc"
"""Stands for markup that a reader does not see; neither opens nor closes a sentence."""
OPAQUE = "ℵ"
"""Stands for a character of code or of an address: a letter without case."""

_CLOSERS = "\"'”’»“‘״׳)\\]}*_~" + HIDDEN
_OPENERS = "\"'“”„«‘’‚(\\[{*_~—–¿¡•⁃\\-" + HIDDEN
_EMOJI = "\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
_JOINS = "\ufe0f\u200d\u2640\u2642"

# What closes is taken whole or not at all: a look-ahead and its repetition are atomic, and
# unlike possessive groups they work in the first releases of Python 3.11.
_AFTER = (
    rf"(?=((?:[{_CLOSERS}]|\[\^?[\w-]{{1,12}}\]){{0,24}}"
    r"(?:[ \u00a0][\"”»](?=\s|\Z))?"  # a closing mark typed apart
    r"(?:[ \u00a0]?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])*))\2"  # numbers of notes stay left
    r"\s+(?=\S)"
)
_MARKS = "[.!?…‥׃]"
_REST = rf"(?<!{_MARKS}{{2}})({_MARKS}*+(?:(?:[ \u00a0]\.){{2,4}})?)"
# A pattern that begins with a set is searched for at C speed. Nearly every mark stands before a
# blank and a capital, where nothing else of it can follow and nothing can close.
_CANDIDATE = rf"{_MARKS}(?:[ \n](?=[A-ZА-Я])|{_REST}{_AFTER})"
_SMILE = r"(?:[:;=]-?)?[)(](?<![)(]{2})[)(]*+"
_PICTURES = rf"[{_EMOJI}](?<![{_EMOJI}{_JOINS}]{{2}})[{_EMOJI}{_JOINS}]*+"
_INFORMAL = rf"({_MARKS}{_REST.replace('(' + _MARKS, '(?:' + _MARKS)}|{_SMILE}|{_PICTURES}){_AFTER}"
APART = re.compile(rf"[{_EMOJI}{_JOINS}]{{1,40}}(?:\s|\Z)")
"""Emoji not written on to a word: they belong to what stands before them."""
_SMILEYS = (":)", ";)", ":(", "))", "((", ":-)", ";-)", ":-(")
EMOJI = re.compile(f"[{_EMOJI}]")

LEAD = re.compile(rf"[{_OPENERS}\s…]{{0,12}}")


def candidates(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The places where a sentence might end.

    A match begins where the mark does; the first group ends where the mark does, the second
    holds what closes after it. Both are unset where a mark stands alone before a capital.
    """
    brackets = ")" in text or "(" in text
    if brackets and any(smiley in text for smiley in _SMILEYS):
        return _compiled(_INFORMAL).finditer(text, start, end)
    if not text.isascii():
        return _compiled(_INFORMAL if _has_emoji(text) else _CANDIDATE).finditer(text, start, end)
    if "?" in text or "!" in text:
        if " ?" in text or " !" in text:
            return _compiled(_CANDIDATE, "[.!?]").finditer(text, start, end)
        text = text.replace("?", ".").replace("!", ".")  # a match only gives a place
    if text[end - 1] == "." and text[end - 2 : end - 1].isalpha():
        end -= 1  # at the end of the text it separates nothing
    return _compiled(_CANDIDATE, r"\.").finditer(text, start, end)  # searched for at C speed


@cache
def _compiled(candidate: str, marks: str = _MARKS) -> re.Pattern[str]:
    """A pattern with these marks; it is compiled when a text first needs it."""
    return re.compile(candidate.replace(_MARKS, marks))


def _has_emoji(text: str) -> bool:
    """Whether a text has emoji: characters beyond the basic plane, or any with U+FE0F."""
    return "\ufe0f" in text or len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


# --- numbered items ---

_ITEM = re.compile(rf"([•⁃*\-–{HIDDEN}]?)\s*(\(?)(\d{{1,3}}|[a-z])(\.\)|[.)])\s+(?=\S)")


def items(text: str, start: int, end: int) -> list[int]:
    """Where the items of an enumeration begin: at the head, and at each next number.

    >>> items("1) Wash the rice 2) Boil it", 0, 27)
    [0, 17]
    """
    found = [start]
    if text[start].isupper():
        return found  # nearly always
    head = _ITEM.match(text, start, end)
    while head is not None:
        bullet, opening, number, closing = map(re.escape, head.groups())
        following = re.escape(_next(number))
        ahead = re.compile(rf"(?<=\s){bullet}\s{{0,2}}{opening}{following}{closing}\s+(?=\S)")
        match = ahead.search(text, head.end(), end)
        if match is None or text[match.end()].islower():
            break
        found.append(match.start())
        head = _ITEM.match(text, match.start(), end)
    return found


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdecimal() else chr(ord(number) + 1)


class Inside:
    """Whether a position lies inside one of some stretches, which may nest."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __call__(self, position: int) -> bool:
        nearest = bisect_right(self._starts, position) - 1
        return nearest >= 0 and self._starts[nearest] < position < self._ends[nearest]
