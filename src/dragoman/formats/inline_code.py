"""Inline constructs of dialects of Markdown that are not prose: math, roles, templates, wiki links.

They are kept in their unit as written. No sentence ends inside one, and none is a unit by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dragoman.formats.runs import HIDDEN, OPAQUE
from dragoman.formats.structure import ATTRIBUTES, balanced, jsx_tag
from dragoman.formats.traces import may_have_icons


class Phrase(NamedTuple):
    """An inline stretch that is not prose, and how it is masked."""

    start: int
    end: int
    mask: str
    """What segmentation sees: OPAQUE (code), HIDDEN (markup), a space, or PLAIN (the text itself)."""
    stand_in: str = ","
    """The character that replaces each character for the parser; it means nothing in Markdown."""


PLAIN = ""
_TEMPLATE = (
    r"\{\{(?:(?!\{\{|\}\}|\n[ \t]*\n)[^`])*+\}\}|\{%(?:(?!\{%|%\}|\n[ \t]*\n)[^`])*+%\}"
    r"|\{\#[ ](?:(?!\#\}|\{\#|\n[ \t]*\n)[^`])*+\#\}|<%(?:(?!%>|<%|\n[ \t]*\n)[^`])*+%>"
    r"|\{/\*(?:(?!\*/\}|\{/\*|\n[ \t]*\n)[^`])*+\*/\}|\{:(?::\w|/)[^}\n`]*+\}"
)
_PATTERNS = (
    ("shortcodes", r"(?<!\\)(?P<template>" + _TEMPLATE + ")"),
    ("math", r"(?<![\\$])(?P<display>\$\$(?:\\.|(?!\n[ \t]*\n)[^$`\\])++\$\$)"),
    (
        "math",
        r"(?<![\w$\\])(?P<dollar>\$(?![\s$`])(?:\\.|(?!\n[ \t]*\n)[^$`\\\n]|\n(?![ \t]*\n))++(?<!\s)\$(?![\w$]))",
    ),
    ("math", r"(?P<paren>\\{1,2}\((?:(?!\\{1,2}[()]|\n[ \t]*\n)[^`])++\\{1,2}\))"),
    ("roles", r"(?P<role>\{[A-Za-z][\w:.+-]*\}(?=`))"),
    (
        "attributes",
        rf"(?P<beside>(?<=[)\]*_`~>])(?:{ATTRIBUTES}|\{{=\w+\}}))"
        rf"|(?P<behind>(?<=[ \t]){ATTRIBUTES}(?=[ \t\r]*(?:\n|\Z)))",
    ),
    (
        "wiki",
        r"(?P<wiki>\[\[(?P<page>[^\[\]|\n`]{1,200}+)(?P<bar>\\?\|[^\[\]\n`]{1,200}+)?\]\](?![(\[]))",
    ),
    ("citations", r"(?P<cited>\[-?@[^\]\n`]{1,200}\](?![(\[:]))"),
    ("icons", r"(?P<icon>:(?<![\w:/]:)[a-z+][a-z0-9_+-]{0,48}:(?![\w:/]))"),
    ("keys", r"(?P<keys>\+\+[\w\"'][^\n+`]*+(?:\+[^\n+`]++)*+\+\+)"),
    ("definitions", r"(?P<colon>:(?=[^\s:]))"),
    ("jsx", r"(?P<tag></?[A-Za-z>])|(?P<brace>(?<!\\)\{)"),
)
_NEEDED = {
    "shortcodes": ("{", "<%"),
    "math": ("$", "\\("),
    "roles": ("{",),
    "attributes": ("{",),
    "wiki": ("[[",),
    "citations": ("[@", "[-@"),
    "icons": (":",),
    "keys": ("++",),
    "definitions": (":",),
    "jsx": ("{", "<"),
}
"""Strings one of which a construct needs; a search for their first characters is fast."""
_COLON = re.compile(r"(?:\n|\A)[ \t>]*:[^\s:]")


_UNDERLINE = re.compile(r"[ \t\r]*\n[ \t>]*(?:=+|-+)[ \t\r]*(?:\n|\Z)")
_SIGNS = re.compile(r"[\\^=<>{}]|_\w|\d[ ]*[-+*/][ ]*\w|\w[ ]*[-+*/][ ]*\d")
_WORDS = re.compile(r"[A-Za-z]{3,}[,;.]?[ ]+[A-Za-z]{2,}")


def _is_math(text: str) -> bool:
    r"""Whether the text between two dollar signs is a formula, not prose between two prices.

    >>> _is_math("x_1 = 3"), _is_math("n"), _is_math("5 a day, or (US)")
    (True, True, False)
    """
    inner = text.strip()
    if len(inner) <= 2:
        return not inner[:1].isdigit() or inner.isdigit()
    if "\\" not in inner and _WORDS.search(inner):
        return False
    return bool(_SIGNS.search(inner)) or re.fullmatch(r"[A-Za-z\d(),|' -]{1,12}", inner) is not None


def phrases(body: str, wanted: frozenset[str]) -> Iterator[Phrase]:
    """The inline constructs of a text, in order and without overlaps.

    Args:
        body: the text.
        wanted: the constructs of its dialect.

    >>> [(p.start, p.end) for p in phrases("Say {{ x }}, $x_1$.", frozenset({"shortcodes", "math"}))]
    [(4, 11), (13, 18)]
    """
    marks = [one for name in _NEEDED if name in wanted for one in _marks(body, name)]
    if not marks:
        return
    expressions, signs = _expressions(tuple(marks))
    done = 0
    for sign in signs.finditer(body):
        at = sign.start()
        match = expressions[sign[0]].match(body, at) if at >= done else None
        for phrase in _of(body, match) if match else ():
            if phrase.start >= done:
                done = phrase.end
                yield phrase


@cache
def _expressions(
    marks: tuple[tuple[str, str], ...],
) -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    """Expressions of the constructs by their first character, and one for these characters."""
    by_sign: dict[str, list[str]] = {}
    for name, pattern in _PATTERNS:
        for known, sign in marks:
            if known == name:
                by_sign.setdefault(sign, []).append(pattern)
    signs = re.escape("".join(by_sign))
    expressions = {sign: re.compile("|".join(patterns)) for sign, patterns in by_sign.items()}
    return expressions, re.compile(f"[{signs}]")


def _marks(body: str, name: str) -> Iterator[tuple[str, str]]:
    """The first characters by which a construct may begin in a text, each with its name."""
    if name == "icons" and not may_have_icons(body):
        return
    if name == "definitions" and not (":" in body and _COLON.search(body)):
        return
    for mark in _NEEDED[name]:
        if mark in body:
            yield name, mark[0]


def _of(body: str, match: re.Match[str]) -> Iterator[Phrase]:
    start, end = match.span()
    kind = next(name for name, value in match.groupdict().items() if value is not None)
    if kind in ("display", "dollar", "paren") and _ends_a_cell(body, start, end):
        return
    if kind == "dollar":
        if _is_math(body[start + 1 : end - 1]):
            yield Phrase(start, end, OPAQUE)
    elif kind == "paren":
        if _SIGNS.search(body[start:end].strip("\\()")) or end - start <= 7:
            yield Phrase(start, end, OPAQUE)
    elif kind == "behind":
        begin = body.rfind("\n", 0, start) + 1
        heading = body[begin:start].lstrip(" \t>-*0123456789.)").startswith("#")
        heading = heading or _UNDERLINE.match(body, end) is not None
        yield Phrase(start, end, " ", " ") if heading else Phrase(start, end, HIDDEN)
    elif kind in ("beside", "role"):
        yield Phrase(start, end, HIDDEN)
    elif kind in ("wiki", "page", "bar"):
        yield from _wiki(match)
    elif kind == "colon":
        if not body[body.rfind("\n", 0, start) + 1 : start].strip(" \t>"):
            yield Phrase(start, end, PLAIN)
    elif kind == "tag":
        stop = jsx_tag(body, start)
        if stop and "{" in body[start:stop]:  # the parser knows the others as tags
            yield Phrase(start, start + 1, PLAIN, "<")
            yield Phrase(start + 1, stop - 1, PLAIN, "x")
            yield Phrase(stop - 1, stop, PLAIN, ">")
    elif kind == "brace":
        stop = balanced(body, start)
        if stop and "\n\n" not in body[start:stop]:
            yield Phrase(start, stop, OPAQUE)
    else:
        yield Phrase(start, end, OPAQUE)


def _ends_a_cell(body: str, start: int, end: int) -> bool:
    """Whether a `|` in a stretch ends a cell of a table."""
    if body.find("|", start, end) < 0:
        return False
    return body[body.rfind("\n", 0, start) + 1 : start].lstrip(" \t>").startswith("|")


def _wiki(match: re.Match[str]) -> Iterator[Phrase]:
    """A wiki link: opaque, or, if it has a label, hidden around the label."""
    start, end = match.span()
    if match["bar"] is None:
        yield Phrase(start, end, OPAQUE)
    else:
        yield Phrase(
            start, match.start("bar") + len(match["bar"]) - len(match["bar"].lstrip("\\|")), HIDDEN
        )
        yield Phrase(end - 2, end, HIDDEN)
