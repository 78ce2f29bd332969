"""The translation of a sentence as cues show it: cut over its cues, in short lines, in its direction.

The limits are those of most style guides for subtitles: two lines, of 42 characters at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional

from dragoman.formats.cue_text import TAG, is_sound, leads, without_tags
from dragoman.formats.cues import cues
from dragoman.formats.units import one_line

WIDEST = 42
"""Characters of a line."""
LINES = 2
"""Lines of a cue."""
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_STOPS = "\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u300d\u300f\u30fc"
_ITEM = re.compile(rf"\s*(?:[{_WIDE}][{_STOPS}]*|(?:{TAG.pattern}|[^\s{_WIDE}])+)")
"""A word with the white space before it; a character of Chinese or Japanese is one too."""
_SENTENCE_END = re.compile(r"[.!?…;:。！？；：][\"'”’»)\]]*\Z")
_PAUSE = re.compile(r"(?:[,،、，–—]|-)[\"'”’»)\]]*\Z")
_AFTER_SENTENCE, _AFTER_PAUSE = 0.3, 0.2
"""How far from its best place a cut may be to come after punctuation, in lengths of a piece."""
_OPENING = re.compile(r"<([A-Za-z]+)[^<>]*>")
_CLOSING = re.compile(r"</([A-Za-z]+)\s*>")
_FRAME = re.compile(r"(?:\{\\[^{}]*\}|<v[^<>]*>|\s)*")
_ENTITY = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,31});)")
_LESS = re.compile(rf"(?!{TAG.pattern})<")


def spelled(target: str, webvtt: bool) -> str:
    """A target on one line, without an arrow that a player would read as the times of a cue.

    >>> spelled("a --> b", webvtt=False), spelled("a < b & c", webvtt=True)
    ('a -- > b', 'a &lt; b &amp; c')
    """
    line = one_line(target).strip()
    if not webvtt:
        return line.replace("->", "- >")
    if "<" in line or "&" in line:
        line = _LESS.sub("&lt;", _ENTITY.sub("&amp;", line))
    return line.replace("-->", "--&gt;")


def spread(target: str, weights: tuple[int, ...], seams: tuple[str, ...], webvtt: bool) -> str:
    """A target cut over several cues.

    Args:
        target: the target.
        weights: lengths of the source's pieces.
        seams: what is between two pieces in the file: the next number and times.
        webvtt: whether the file is WebVTT.
    """
    pieces = cut(spelled(target, webvtt), weights)
    out = [pieces[0]]
    for seam, piece in zip(seams, pieces[1:], strict=True):
        out += [seam, piece]
    return "".join(out)


def cut(text: str, weights: Sequence[int]) -> list[str]:
    """Cut a text at word boundaries in pieces of about these weights; elements are closed and opened again.

    No piece is empty: a text of fewer words is repeated, so that it is shown all the time.

    >>> cut("He said that he would come, but he did not.", [30, 20])
    ['He said that he would come,', 'but he did not.']
    >>> cut("<i>Never again</i>", [1, 1])
    ['<i>Never</i>', '<i>again</i>']
    """
    items = _items(text)
    if len(items) < len(weights):
        pieces = [item.strip() for item in items] or [""]
        return _balanced_tags([*pieces, *[pieces[-1]] * (len(weights) - len(pieces))])
    ends = _places(items, weights)
    bounds = list(zip([0, *ends], [*ends, len(items)], strict=True))
    return _balanced_tags(["".join(items[a:b]).strip() for a, b in bounds])


def _items(text: str) -> list[str]:
    """The words of a text, each with the white space before it; tags alone belong to a word."""
    items: list[str] = []
    for match in _ITEM.finditer(text):
        if (items and not _width(items[-1])) or (items and not _width(match[0])):
            items[-1] += match[0]
        else:
            items.append(match[0])
    return items


def _width(text: str) -> int:
    return len(without_tags(text).strip())


def _places(items: Sequence[str], weights: Sequence[int]) -> list[int]:
    """The number of items before each cut."""
    sums = [0]
    for item in items:
        sums.append(sums[-1] + len(without_tags(item)))
    total, whole = sums[-1], sum(weights) or 1
    ends: list[int] = []
    done, gone = 0, 0
    for index, weight in enumerate(weights[:-1]):
        gone += weight
        ideal, scale = total * gone / whole, total * max(weight, 1) / whole
        last = len(items) - (len(weights) - 1 - index)
        best = min(
            range(done + 1, last + 1),
            key=lambda at: (
                _overflow(sums[at] - sums[done])
                + abs(sums[at] - ideal)
                - _bonus(items[at - 1]) * scale
            ),
        )
        ends.append(best)
        done = best
    return ends


def _overflow(width: int) -> int:
    return 3 * max(0, width - WIDEST * LINES)


def _bonus(item: str) -> float:
    said = without_tags(item)
    if _SENTENCE_END.search(said):
        return _AFTER_SENTENCE
    return _AFTER_PAUSE if _PAUSE.search(said) else 0


def _balanced_tags(pieces: list[str]) -> list[str]:
    """The pieces with every element that a cut goes through closed before it and opened after it."""
    if len(pieces) == 1 or not any("<" in piece for piece in pieces):
        return pieces
    open_: list[tuple[str, str]] = []
    out = []
    for number, piece in enumerate(pieces):
        before = "".join(tag for _, tag in open_)
        for token in TAG.finditer(piece):
            closing, opening = _CLOSING.match(token[0]), _OPENING.match(token[0])
            if closing and open_ and open_[-1][0] == closing[1]:
                open_.pop()
            elif opening:
                open_.append((opening[1], token[0]))
        last = number == len(pieces) - 1
        after = "" if last else "".join(f"</{name}>" for name, _ in reversed(open_))
        out.append(before + piece + after)
    return out


def laid_out_srt(raw: str, text: str, locale: str) -> str:
    """`laid_out` for SRT."""
    return laid_out(raw, text, locale, webvtt=False)


def laid_out_webvtt(raw: str, text: str, locale: str) -> str:
    """`laid_out` for WebVTT."""
    return laid_out(raw, text, locale, webvtt=True)


def laid_out(raw: str, text: str, locale: str, webvtt: bool) -> str:
    """The text of a block of cues, with the lines of every translated cue broken anew.

    Args:
        raw: the block in the source.
        text: the block with its translations.
        locale: the locale of the translations; without one, no direction is marked.
        webvtt: whether the file is WebVTT.
    """
    before, after = cues(raw, webvtt), cues(text, webvtt)
    if len(before) != len(after):
        return text
    newline = "\r\n" if "\r\n" in raw else "\n" if "\n" in raw else "\r"
    out, done = [], 0
    for old, new in zip(before, after, strict=True):
        said = text[new.text_start : new.text_end]
        if said != raw[old.text_start : old.text_end]:
            lines = broken(_lines(said), len(_lines(raw[old.text_start : old.text_end])))
            lines = [directed(line, locale) for line in lines] if locale else lines
            out += [text[done : new.text_start], newline.join(lines)]
            done = new.text_end
    return "".join([*out, text[done:]])


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"\r\n?|\n", text) if line.strip()]


def broken(lines: Sequence[str], most: int = LINES) -> list[str]:
    """The lines of a cue broken again if they are too long or too many.

    >>> broken(["A first line that is short, and goes on and on for a while."])
    ['A first line that is short,', 'and goes on and on for a while.']
    >>> broken(["- Where were you?", "- Here."])
    ['- Where were you?', '- Here.']
    """
    most = max(most, LINES)
    if len(lines) <= most and all(_width(line) <= WIDEST for line in lines):
        return list(lines)
    said: list[list[str]] = []
    for line in lines:
        if said and not (leads(line) or is_sound(line) or is_sound(said[-1][-1])):
            said[-1].append(line)
        else:
            said.append([line])
    return [line for one in said for line in _halves(" ".join(line.strip() for line in one))]


def _halves(text: str) -> list[str]:
    """The text in one line, or in two of about the same length."""
    items = _items(text)
    if _width(text) <= WIDEST or len(items) < 2:
        return [text]
    sums = [0]
    for item in items:
        sums.append(sums[-1] + len(without_tags(item)))

    def cost(at: int) -> float:
        first, second = sums[at], sums[-1] - sums[at]
        over = max(0, first - WIDEST) + max(0, second - WIDEST - 1)
        return 10 * over + abs(first - second) - _bonus(items[at - 1]) * sums[-1]

    at = min(range(1, len(items)), key=cost)
    return ["".join(items[:at]).strip(), "".join(items[at:]).strip()]


_RLM, _RLE, _PDF = "\u200f", "\u202b", "\u202c"
_RIGHT = frozenset(("R", "AL"))


def directed(line: str, locale: str) -> str:
    """A line that is drawn in the direction of its locale, whatever direction the player takes.

    Most players draw subtitles in a paragraph from left to right, or take the direction of the
    first letter; only an embedding makes both draw the same.

    >>> directed("שלום.", "he") == "\\u202bשלום.\\u202c"
    True
    """
    if not _is_rtl(locale):
        return line
    frame = _FRAME.match(line)
    start = frame.end() if frame else 0
    classes = [bidirectional(char) for char in without_tags(line[start:])]
    strong = [one for one in classes if one in _RIGHT or one == "L"]
    if not _RIGHT.intersection(strong) or _RIGHT.union(("NSM", "WS")).issuperset(classes):
        return line
    mark = "" if strong[0] in _RIGHT else _RLM
    return f"{line[:start]}{mark}{_RLE}{line[start:]}{_PDF}"


@lru_cache
def _is_rtl(locale: str) -> bool:
    from dragoman.languages import locales

    return locales.direction(locale) == "rtl"
