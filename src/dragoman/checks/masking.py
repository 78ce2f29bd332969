"""Masks what is no prose: code, addresses, tags, marks; offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

CONTENT = "\ufffc"
"""Stands, character by character, where code, an address or a tag stands."""
MARK = "\u2063"
"""Stands where emphasis and other marks stand that are no content."""

# Stretches that are no prose, each with the characters of which one must be there. Each can start
# only where it is worth it, and none can run over its own beginning: a hostile line costs no more
# than a plain one.
_STRETCHES = (
    ("`", r"(?P<code>`[^`]+`)"),
    (
        "/w",
        r"(?P<address>(?:https?://|www\.)[^\s<>\[\]()“”«»\"]*[^\s<>\[\]()“”«»\".,;:!?…’'])",
    ),
    ("@", r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"),
    ("<", r"(?P<tag></?[A-Za-z][^<>]*>)"),
    ("[", r"(?P<note>\[\^[^\]\s]{1,64}\])"),
    ("]", r"(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s\"[^\"\n]*\")?\))"),
    ("%{", r"(?P<holder>%\(\w{1,64}\)[a-z]|(?<!\d)%[sdrifgxc]\b|\{[\w.!:]{0,64}\})"),
    ("]", r"(?P<label>\]\[[^\[\]]*\])"),
    (
        "*_~[]\\",
        r"(?P<mark>[*~]+|(?<!\w)_+(?=\w)|(?<=[\w.!?…”»\"])_+(?!\w)|\\(?=[!-/:-@\[-`{-~])|[\[\]])",
    ),
)
MATTER = frozenset("`<@*_~\\[]{%/")
"""Characters of which every such stretch has one, but an address without `://`."""


@lru_cache(maxsize=128)
def _pattern(chars: frozenset[str]) -> re.Pattern[str]:
    """The expression of the stretches that a text with these characters can have."""
    return re.compile("|".join(s for needs, s in _STRETCHES if not chars.isdisjoint(needs)))


def masked(text: str, chars: frozenset[str] | None = None) -> str:
    """The text with code, addresses, tags, notes and marks masked, of the same length.

    Args:
        text: the text.
        chars: its characters, where they are known already.

    >>> masked("see `x = 1` **now**").replace(CONTENT, "#").replace(MARK, "~")
    'see ####### ~~now~~'
    """
    found = _matter(text, chars)
    return _pattern(found).sub(_mask, text) if found else text


def stretches(text: str) -> Iterator[re.Match[str]]:
    """What is masked, from first to last.

    >>> [match[0] for match in stretches("see `x = 1` **now**")]
    ['`x = 1`', '**', '**']
    """
    found = _matter(text, None)
    return _pattern(found).finditer(text) if found else iter(())


def _matter(text: str, chars: frozenset[str] | None) -> frozenset[str]:
    found = MATTER & (frozenset(text) if chars is None else chars)
    return found | {"/"} if "www." in text else found


def _mask(match: re.Match[str]) -> str:
    stand_in = MARK if match.lastgroup in ("mark", "note") else CONTENT
    return stand_in * len(match[0])


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with stretches masked; offsets stay.

    >>> blanked("7 May", [(0, 1)]) == CONTENT + " May"
    True
    """
    out, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            out += [text[done : max(start, done)], CONTENT * (end - max(start, done))]
            done = end
    return "".join([*out, text[done:]]) if out else text
