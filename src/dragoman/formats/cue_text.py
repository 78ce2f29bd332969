"""The text of a cue: its tags, what encloses it, and the parts that different people say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from dragoman.formats.units import one_line
from dragoman.model import Span
from dragoman.text.bidi import CONTROLS

TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]{0,20}>|</>|\{\\[^{}]*\}")
"""A tag of SRT or WebVTT, a time inside a cue, or an override code (`{\\an8}`)."""
_NAMED = re.compile(r"<(/?)([A-Za-z]+)")
_BLANK = "".join(CONTROLS) + " \t\r\n\ufeff"
_SPOKEN = re.compile(r"(?:-(?![-\d])|[‐–](?!\d)|[—―](?=\s))[ \t\u00a0]*")
"""The dash before what one of two people says."""
_NOTES = ("♪", "♫")
_OPEN, _CLOSED = "[(（【", "])）】"
_LAYERS = 6
"""How many tags around a part are looked into, at most."""
_SEAM = re.compile(r"</([ibu])>(\s*)<\1>", re.IGNORECASE)


class Part(NamedTuple):
    """What one person says in one cue: the offsets of the text without what encloses it."""

    start: int
    end: int
    frame: str
    """The override codes and voice in front of it."""
    begins: bool
    """Whether it cannot continue the part before: a sound, a song, what another one says."""
    ends: bool
    """Whether the next part cannot continue it, as after a sound or a song."""


class CueTag(NamedTuple):
    """A tag of a text: its offsets, and the index of its partner among the tags, or -1."""

    start: int
    end: int
    name: str
    closes: bool
    partner: int


def tags(text: str, start: int = 0) -> list[CueTag]:
    """The tags of a text, in order, paired.

    >>> [(tag.name, tag.partner) for tag in tags("<i>a</i> <b>")]
    [('i', 1), ('i', 0), ('b', -1)]
    """
    found: list[CueTag] = []
    open_: dict[str, list[int]] = {}
    for match in TAG.finditer(text):
        named = _NAMED.match(match[0])
        name, closes = (named[2].lower(), bool(named[1])) if named else ("", False)
        at, partner = len(found), -1
        if closes and open_.get(name):
            partner = open_[name].pop()
            found[partner] = found[partner]._replace(partner=at)
        elif name and not closes:
            open_.setdefault(name, []).append(at)
        found.append(CueTag(start + match.start(), start + match.end(), name, closes, partner))
    return found


def without_tags(text: str) -> str:
    """The text that is displayed.

    >>> without_tags("{\\\\an8}<i>Hello</i>")
    'Hello'
    """
    return TAG.sub("", text) if "<" in text or "{" in text else text


def joined(text: str) -> str:
    """A text on one line; italics that end and begin again at a line end go on.

    >>> joined("<i>one</i>\\n<i>two</i>")
    '<i>one two</i>'
    """
    if "</" in text:
        text = _SEAM.sub(lambda seam: seam[2] and " ", text)
    return " ".join(text.split())


def parts(content: str, start: int, end: int) -> Iterator[Part]:
    """The parts of a cue's text.

    >>> text = "- Where?\\n- <i>Here.</i>"
    >>> [text[part.start : part.end] for part in parts(text, 0, len(text))]
    ['Where?', 'Here.']
    """
    lines = [
        (start + line.start(), start + line.end())
        for line in re.finditer(r"[^\r\n]+", content[start:end])
    ]
    shown = [without_tags(content[a:b]).strip(_BLANK) for a, b in lines]
    begins = [
        0,
        *(i for i in range(1, len(lines)) if _begins(content, lines, shown, i)),
        len(lines),
    ]
    segments = list(zip(begins, begins[1:], strict=False)) if lines else []
    dialogue = len(segments) > 1
    for number, (first, last) in enumerate(segments):
        a, b = lines[first][0], lines[last - 1][1]
        said = " ".join(shown[first:last])
        yield _peeled(content, a, b, said, number > 0, dialogue or leads(said))


def _begins(content: str, lines: Sequence[tuple[int, int]], shown: Sequence[str], at: int) -> bool:
    """Whether a line begins what another one says, or another sound."""
    here, before = shown[at], shown[at - 1]
    between = content[lines[at - 1][1] : lines[at][0]]
    return (
        _SPOKEN.match(here) is not None
        or content.startswith("<v", lines[at][0])
        or len(re.findall(r"\r\n?|\n", between)) > 1
        or is_sound(here)
        or is_sound(before)
        or (here.startswith(_NOTES) and before.endswith(_NOTES))
    )


def leads(said: str) -> bool:
    return _SPOKEN.match(said) is not None


def is_sound(said: str) -> bool:
    """Whether a line is all in brackets, as `[DOOR OPENS]`."""
    return (
        said[:1] in _OPEN
        and said[-1:] in _CLOSED
        and len(said) > 1
        and said.find(said[-1]) == len(said) - 1
    )


def _peeled(content: str, start: int, end: int, said: str, later: bool, dialogue: bool) -> Part:
    """A part without the white space, tags, dash and notes that enclose it."""
    frame, dash = "", False
    for _ in range(_LAYERS):
        before = (start, end)
        start, end = _stripped(content, start, end)
        if start < end and (content[start] in "<{" or content[end - 1] == ">"):
            found = tags(content[start:end], start)
            first = found[0] if found else None
            if first and first.start == start and not first.closes and first.name in ("", "v"):
                frame += content[start : first.end]
                start = first.end
            else:
                start, end = _unclosed(content, start, end, found)
        spoken = _SPOKEN.match(content, start, end) if dialogue and not dash else None
        if spoken and spoken.end() < end:
            start, dash = spoken.end(), True
        while end - start > 1 and content[start] in _NOTES:
            start += 1
        while end - start > 1 and content[end - 1] in _NOTES:
            end -= 1
        if before == (start, end):
            break
    sound = is_sound(said)
    begins = dash or later or sound or said.startswith(_NOTES)
    return Part(start, end, frame, begins, sound or said.endswith(_NOTES))


def _stripped(content: str, start: int, end: int) -> tuple[int, int]:
    text = content[start:end]
    start += len(text) - len(text.lstrip(_BLANK))
    return start, max(start, end - len(text) + len(text.rstrip(_BLANK)))


def _unclosed(content: str, start: int, end: int, found: Sequence[CueTag]) -> tuple[int, int]:
    """The stretch without a tag at its beginning or end that encloses all of it, or has no partner inside."""
    if not found:
        return start, end
    first, last = found[0], found[-1]
    if first.start == start and first.name and not first.closes:
        if first.partner == len(found) - 1 and last.end == end:
            return first.end, last.start
        if first.partner < 0:
            return first.end, end
        if last.end == end and _goes_on(content, found, first.partner):
            return first.end, last.start
    if last.end == end and last.closes and last.partner < 0:
        return start, last.start
    return start, end


def _goes_on(content: str, found: Sequence[CueTag], at: int) -> bool:
    """Whether an element that is closed begins again at once, and so on to the end."""
    name = found[at].name
    while at < len(found) - 1:
        again = found[at + 1]
        seam = content[found[at].start : again.end]
        if again.partner <= at + 1 or again.name != name or not _SEAM.fullmatch(seam):
            return False
        at = again.partner
    return True


_SPANS = {"i": "emphasis", "b": "strong", "u": "u", "s": "strike", "ruby": "ruby", "rt": "rt"}
_DEEPEST = 20


def inline(text: str) -> tuple[Span, ...]:
    """The inline content of a unit; tags that only name a colour or a voice are left out.

    >>> inline("a <i>b</i>")
    (Span(name='text', text='a ', ...
    """
    line = one_line(text)
    levels: list[list[Span]] = [[]]
    names: list[str] = []
    done = 0
    for tag in tags(line):
        if tag.start > done:
            levels[-1].append(Span("text", unescape(line[done : tag.start])))
        done = tag.end
        if tag.name not in _SPANS or tag.partner < 0:
            continue
        if not tag.closes and len(names) < _DEEPEST:
            names.append(tag.name)
            levels.append([])
        elif tag.closes and names and names[-1] == tag.name:
            children = tuple(levels.pop())
            levels[-1].append(Span(_SPANS[names.pop()], children=children))
    if done < len(line):
        levels[-1].append(Span("text", unescape(line[done:])))
    while names:
        inner = levels.pop()
        names.pop()
        levels[-1] += inner
    return tuple(levels[0])
