"""The inline content of reStructuredText: what is markup, and what of it is prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Run
from dragoman.formats.units import one_line
from dragoman.model import MATH, Span

_ROLE = r":[^\W_](?:[\w.+:-]{0,60}[^\W_])?:"
_CANDIDATE = re.compile(
    rf"\\(?s:.)|(?P<literal>``)|(?P<strong>\*\*)|(?P<emphasis>\*)|(?P<role>(?:{_ROLE})?`)|(?P<target>_`)"
    r"|(?P<note>\[(?:\d{1,9}|\#[\w.+:-]{0,60}|\*|[^\W_][\w.+:-]{0,60})\]_)|(?P<substitution>\|)"
    r"|(?P<address>\b(?:https?|ftp|file)://[^\s<>`]{0,2000})|(?P<reference>(?<=[^\W_])__?(?!\w))"
)
_AFTER_ROLE = re.compile(rf"__?(?!\w)|{_ROLE}")
_NAME = re.compile(r"[^\W_]+(?:[-._+:][^\W_]+)*\Z")
_EMBEDDED = re.compile(r"(?:(?<=`)|\s+)<([^<>`]+)>\Z")
_OPENERS, _CLOSERS = frozenset("'\"([{<-/:"), frozenset("'\")]}>-/\\:.,;!?")
_BEFORE = frozenset(("Ps", "Pi", "Pf", "Pd", "Po"))
_AFTER = frozenset(("Pe", "Pi", "Pf", "Pd", "Po"))
_PAIRS = {'"': '"', "'": "'", "(": ")", "[": "]", "{": "}", "<": ">"}
_SPANS = {"strong": "strong", "emphasis": "emphasis", "reference": "link", "role": "group"}
PROSE_ROLES = frozenset(
    (
        "emphasis", "strong", "title", "title-reference", "t", "sub", "subscript", "sup",
        "superscript", "guilabel", "menuselection", "dfn", "abbr", "term", "doc", "ref", "numref",
        "any", "index", "download",
    )
)  # fmt: skip
"""Roles whose text is prose, if it is not the name of a target."""
_BY_NAME = frozenset(("ref", "numref", "any", "doc", "download", "index"))
"""Roles whose text is a name, unless a target follows it: `` :ref:`text <target>` ``."""


class RstToken(NamedTuple):
    """A stretch of inline markup, and the stretch of prose in it (empty if it is code)."""

    start: int
    end: int
    kind: str
    """`literal`, `strong`, `emphasis`, `role`, `reference`, `note`, `substitution`, `target`, `address`,
    `escape`, or `stray` for a mark that nothing closes."""
    inner: int
    inner_end: int
    name: str = ""
    """The name of a role, or the address or name that a reference leads to."""


def may_open(text: str, start: int, end: int) -> bool:
    """Whether inline markup may begin with the stretch.

    >>> may_open("a *b*", 2, 3), may_open("a*b*", 1, 2), may_open("(*)", 1, 2)
    (True, False, False)
    """
    after = text[end : end + 1]
    if not after or after.isspace():
        return False
    if not start:
        return True
    before = text[start - 1]
    if before.isspace():
        return True
    if _PAIRS.get(before) == after:
        return False
    return before in _OPENERS or (not before.isascii() and unicodedata.category(before) in _BEFORE)


def may_follow(text: str, end: int) -> bool:
    """Whether inline markup may end before a character.

    >>> may_follow("*b*.", 3), may_follow("*b*s", 3)
    (True, False)
    """
    after = text[end : end + 1]
    if not after or after.isspace() or after in _CLOSERS:
        return True
    return not after.isascii() and unicodedata.category(after) in _AFTER


class _Ends:
    """The ends of marks in a text; a mark that was looked for in vain is not looked for again."""

    def __init__(self, text: str, strict: bool) -> None:
        self._text = text
        self._strict = strict
        self._none: set[str] = set()

    def find(self, sign: str, start: int) -> int:
        """Where the mark that closes content from `start` begins, or -1."""
        if sign in self._none:
            return -1
        text, at = self._text, start
        while (at := text.find(sign, at + 1)) >= 0:
            if text[at - 1].isspace() or (sign != "``" and self._escaped(at)):
                continue
            if sign == "*" and not self._strict and text.startswith("**", at):
                at += 1
                continue
            end = at + len(sign)
            if sign in ("`", "|"):
                suffix = _AFTER_ROLE.match(text, end)
                end = suffix.end() if suffix else end
            if not self._strict or may_follow(text, end):
                return at
        self._none.add(sign)
        return -1

    def _escaped(self, at: int) -> bool:
        slashes = at
        while slashes and at - slashes < 20 and self._text[slashes - 1] == "\\":
            slashes -= 1
        return (at - slashes) % 2 == 1


def tokens(text: str, strict: bool = True) -> Iterator[RstToken]:
    """The markup of a text, in order.

    Args:
        text: the text.
        strict: whether markup must be separated from letters beside it, as the format demands.

    >>> [token.kind for token in tokens("See ``x`` *at* :ref:`here <a>`, or `there`_.")]
    ['literal', 'emphasis', 'role', 'reference']
    """
    ends = _Ends(text, strict)
    done = 0
    while match := _CANDIDATE.search(text, done):
        kind = match.lastgroup
        start, end = match.span()
        token = None
        if kind is None:
            token = RstToken(start, end, "escape", start, start)
        elif kind == "address":
            token = _address(text, start, end)
        elif kind == "reference":
            token = _simple(text, start, end, done)
        elif kind == "note":
            if not strict or (may_open(text, start, start + 1) and may_follow(text, end)):
                token = RstToken(start, end, kind, start, start)
        elif (not strict and text[end : end + 1].strip()) or may_open(text, start, end):
            token = _closed(text, kind, start, end, ends)
        if token is not None:
            yield token
        # a pair of stars that opens nothing is no single star either
        done = token.end if token is not None else end
    # what nothing closes is told by `_closed`


def _closed(text: str, kind: str, start: int, end: int, ends: _Ends) -> RstToken:
    """The element that a mark begins, or the mark alone if nothing closes it."""
    sign = {"literal": "``", "strong": "**", "emphasis": "*", "substitution": "|"}.get(kind, "`")
    close = ends.find(sign, end)
    if close < 0:
        return RstToken(start, end, "stray", start, start)
    after = close + len(sign)
    if kind == "substitution":
        suffix = _AFTER_ROLE.match(text, after)
        after = suffix.end() if suffix and suffix[0][0] == "_" else after
        return RstToken(start, after, kind, start, start)
    if kind == "literal":
        return RstToken(start, after, kind, start, start)
    if kind == "role":
        suffix = _AFTER_ROLE.match(text, after)
        name = text[start : end - 1].strip(":")
        if suffix and suffix[0][0] == "_" and not name:
            return _reference(text, start, end, close, suffix.end())
        if suffix and suffix[0][0] == ":" and not name:
            name, after = suffix[0].strip(":"), suffix.end()
        return _role(text, name, RstToken(start, after, kind, end, close))
    return RstToken(start, after, kind, end, close)


def _reference(text: str, start: int, inner: int, close: int, end: int) -> RstToken:
    embedded = _EMBEDDED.search(text, inner, close)
    if embedded and embedded.start() > inner:
        return RstToken(start, end, "reference", inner, embedded.start(), embedded[1])
    if embedded:
        return RstToken(start, end, "reference", inner, inner, embedded[1])
    return RstToken(start, end, "reference", inner, close)


def _role(text: str, name: str, token: RstToken) -> RstToken:
    """A role; only some have prose, and those that lead somewhere only before a target."""
    token = token._replace(name=name)
    plain = name.rpartition(":")[2].lower()
    embedded = _EMBEDDED.search(text, token.inner, token.inner_end)
    if embedded and embedded.start() > token.inner and plain not in ("math", "code", "raw"):
        return token._replace(inner_end=embedded.start())
    if name and (plain not in PROSE_ROLES or plain in _BY_NAME):
        return token._replace(inner=token.start, inner_end=token.start)
    return token


def _simple(text: str, start: int, end: int, done: int) -> RstToken | None:
    """A reference by one word: `ferry_`."""
    begin = max(done, start - 100)
    word = _NAME.search(text[begin:start])
    if word is None or not may_follow(text, end):
        return None
    first = begin + word.start()
    if not may_open(text, first, first):
        return None
    return RstToken(first, end, "reference", first, start)


def _address(text: str, start: int, end: int) -> RstToken:
    while end > start and text[end - 1] in ".,;:!?)]}'\"*|":
        end -= 1
    return RstToken(start, end, "address", start, start)


def run_of(text: str, start: int) -> Run:
    """The inline content of a stretch of the file, for the segmentation."""
    run = Run(start, start + len(text))
    for token in tokens(text):
        a, b = start + token.start, start + token.end
        if token.kind in ("stray", "escape"):
            continue
        if token.inner == token.inner_end:
            hidden = token.kind == "target"
            run.opaque.append((a, b, HIDDEN if hidden else OPAQUE))
            run.elements.append(Element("Code", a, b))
            continue
        name = {"strong": "Strong", "emphasis": "Emphasis"}.get(token.kind, "Link")
        element = Element(name, a, b)
        element.inner_start, element.inner_end = start + token.inner, start + token.inner_end
        run.elements.append(element)
    return run


def shown(text: str) -> str:
    """The prose of a text, without markup and code.

    >>> shown("``a`` *b* |c| `d <e>`_ :ref:`f`")
    ' b  d '
    """
    out, done = [], 0
    for token in tokens(text):
        if token.kind == "stray":
            continue
        out += [text[done : token.start], text[token.inner : token.inner_end]]
        if token.kind == "escape":
            out.append(text[token.start + 1 : token.end].strip())
        done = token.end
    return "".join([*out, text[done:]])


def joined_lines(text: str) -> str:
    """A text on one line; spaces in literals stay as they are.

    >>> joined_lines("a\\n  b ``c  d``")
    'a b ``c  d``'
    """
    if "  " not in text and "\n" not in text and "\t" not in text:
        return text.strip()
    out, done = [], 0
    for token in tokens(text) if "`" in text else ():
        said = text[token.start : token.end]
        if token.kind == "literal":
            said = re.sub(r"\s*\n\s*", " ", said)
        elif token.kind == "reference" and "\n" in token.name and "/" in token.name:
            said = said.replace(token.name, "".join(token.name.split()))
        else:
            continue
        out += [re.sub(r"\s+", " ", text[done : token.start]), re.sub(r"\s*\n\s*", " ", said)]
        done = token.end
    return "".join([*out, re.sub(r"\s+", " ", text[done:])]).strip()


def inline(text: str) -> tuple[Span, ...]:
    """The inline content of a unit.

    >>> [span.name for span in inline("A *b* ``c``, `d`_")]
    ['text', 'emphasis', 'text', 'code', 'text', 'link']
    """
    line = one_line(text)
    spans: list[Span] = []
    done = 0

    def plain(said: str) -> None:
        if said and spans and spans[-1].name == "text":
            spans[-1] = Span("text", spans[-1].text + said)
        elif said:
            spans.append(Span("text", said))

    for token in tokens(line):
        plain(line[done : token.start])
        done = token.end
        said = line[token.start : token.end]
        if token.kind == "escape":
            plain(said[1:].strip())
        elif token.kind in ("stray", "address"):
            plain(said)
        elif token.inner == token.inner_end:
            spans.append(_code(token, said))
        else:
            prose = re.sub(r"\\(.)", r"\1", line[token.inner : token.inner_end]).strip()
            url = token.name if token.kind == "reference" and "/" in token.name else ""
            name = _SPANS.get(token.kind, "group")
            spans.append(Span(name, url=url, children=(Span("text", prose),)))
    plain(line[done:])
    return tuple(spans)


def _code(token: RstToken, said: str) -> Span:
    if token.kind == "literal":
        return Span("code", said[2:-2])
    if token.kind == "note":
        return Span("note", said[1:-2])
    if token.kind == "role":
        text = said[said.index("`") + 1 : said.rindex("`")]
        if token.name == "math":
            return Span(MATH, f"${text}$")
        return Span("code", text.lstrip("~!"))
    return Span("code", said.strip("|_`"))
