"""Subtitle files as a sequence of cues: where each begins, its times, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Cue(NamedTuple):
    """A cue: offsets of its stretch and of its text, and its times in seconds."""

    start: int
    """Where its number or name begins, or its times if it has neither."""
    text_start: int
    text_end: int
    begins: float
    ends: float
    """Equal to `begins` if the times cannot be read."""


_ARROW = re.compile("-+>")
_LINE = re.compile(r"[^\r\n]*")
_END = re.compile(r"\r\n?|\n")
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))(?=[\r\n]|\Z)")
_TIMED = re.compile(r"[ \t\ufeff]*\d{1,3}[:.][^-]{0,30}-{1,3}>|.{0,40}?-{2,3}>[ \t]*\d{1,3}:\d\d")
"""A line of times in SRT, however badly written; other lines may have arrows in their text."""
_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,3})(?:[,.:](\d{1,3}))?")


def cues(content: str, webvtt: bool) -> list[Cue]:
    """The cues of a file.

    In WebVTT a cue ends at an empty line, in SRT only at the next cue: players show the text
    after an empty line too.

    >>> [cue.begins for cue in cues("1\\n00:00:01,500 --> 00:00:02,000\\nHello.\\n", webvtt=False)]
    [1.5]
    """
    found = list(_timed_lines(content, webvtt))
    size = len(content)
    starts = [_named(content, start, floor, webvtt) for floor, start, _ in found]
    result = []
    for (_, start, end), (here, after) in zip(found, pairwise([*starts, size]), strict=True):
        begins, ends = _times(content[start:end])
        first = _after(content, end)
        last = max(first, after)
        if webvtt:
            gap = _EMPTY_LINE.search(content, end, last)
            last = max(first, gap.start()) if gap else last
        text = content[first:last]
        inner = text.strip()
        text_start = first + (text.index(inner) if inner else 0)
        result.append(Cue(here, text_start, text_start + len(inner), begins, ends))
    return result


def _timed_lines(content: str, webvtt: bool) -> Iterator[tuple[int, int, int]]:
    """The lines with times: the end of the one before, and where each begins and ends."""
    floor = 0
    for arrow in _ARROW.finditer(content):
        at = arrow.start()
        if at < floor:
            continue
        start = 1 + max(content.rfind("\n", floor, at), content.rfind("\r", floor, at))
        start = start or floor
        end = _end_of(content, at)
        timed = arrow[0].endswith("-->") if webvtt else _TIMED.match(content, start, end)
        if timed and not (webvtt and content.startswith("WEBVTT", start)):
            yield floor, start, end
            floor = end
        elif at == start or not webvtt:
            floor = max(floor, end)
        else:
            floor = arrow.end()


def _end_of(content: str, at: int) -> int:
    line = _LINE.match(content, at)
    return line.end() if line else at


def _after(content: str, end: int) -> int:
    """The offset after the line end at `end`."""
    newline = _END.match(content, end)
    return newline.end() if newline else end


def _named(content: str, start: int, floor: int, webvtt: bool) -> int:
    """Where the number or the name above a line of times begins; the line's own start if there is none."""
    end = start - 2 if content.endswith("\r\n", floor, start) else start - 1
    if end < floor or (floor and end == floor):
        return start
    begin = 1 + max(content.rfind("\n", floor, end), content.rfind("\r", floor, end))
    begin = begin or floor
    line = content[begin:end].strip("\ufeff \t")
    if not webvtt:
        return begin if line.isdecimal() else start
    before = content[max(floor, begin - 3) : begin]
    alone = not before.strip("\ufeff") or re.search(r"(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)\Z", before)
    return begin if line and alone else start


def _times(line: str) -> tuple[float, float]:
    """Both times of a line in seconds; zero twice if one of them cannot be read."""
    seconds = [
        int(hour or 0) * 3600
        + int(minute) * 60
        + int(second)
        + int((part or "0").ljust(3, "0")) / 1000
        for hour, minute, second, part in _TIME.findall(line[:80])
    ]
    if len(seconds) < 2 or seconds[1] < seconds[0]:
        return (0.0, 0.0)
    return (seconds[0], seconds[1])
