"""The reader of subtitles: a sentence that runs over several cues is one unit.

`srt` and `vtt` load it when there is a file to read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.formats import cue_lines
from dragoman.formats.cue_text import Part, inline, joined, parts, tags, without_tags
from dragoman.formats.cues import Cue, cues
from dragoman.formats.directives import Directives
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import HIDDEN
from dragoman.formats.units import clean, translatable
from dragoman.model import Block, Document, Kind, Room, Unit, Verbatim

MOST_CHARACTERS, MOST_LINES, MOST_TAGS, MOST_CUES = 1_000_000, 50_000, 50_000, 15_000
"""Bounds of a file; a film of two hours has 1,500 cues in 100,000 characters."""
_LONGEST = 8
"""Most cues of one sentence; what goes on for longer has no punctuation."""
_PAUSE = 3.0
"""Seconds without a cue after which nothing continues."""
_LINE_END = re.compile(r"\r\n?|\n")
_NOTE = re.compile(r"^NOTE[ \t\r\n]+(dragoman:[^\r\n]*)", re.MULTILINE)
_STOP = re.compile(r"[.!?…。！？؟।][\"'”’»)\]」』]*\Z")
_CRY = re.compile(r"(?:[!?。！？؟।]|(?<![-–—])[-–—])[\"'”’»)\]」』]*\Z")
"""What ends a sentence if a capital follows; a full stop may end an abbreviation."""
_PUNCTUATED, _WELL_PUNCTUATED = 0.2, 0.4
"""Share of the parts that end with a full stop, from which on others are taken to go on; the
second for letters without capitals, which tell less."""


class _Said(NamedTuple):
    """A part, and the index of its cue."""

    part: Part
    cue: int


class _Sentence(NamedTuple):
    """The pieces of a sentence, one for each cue that shows some of it."""

    pieces: tuple[tuple[int, int], ...]
    cues: tuple[int, ...]
    seams: tuple[tuple[int, int], ...]
    """Offsets of what is between two pieces."""
    first: bool
    """Whether it is the first of its cue."""

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]


def read(content: str, options: ReadOptions, webvtt: bool) -> Document:
    """Cut subtitles into blocks: the cues that share sentences, and their units.

    Raises:
        DragomanError: the file exceeds a bound.
    """
    _check_size(content, options.file)
    return Document(tuple(_SubtitleReader(content, options, webvtt).blocks()), inline)


def _check_size(content: str, file: str) -> None:
    """Refuse a file that nobody could read, before it is read."""
    for count, most, things in (
        (len(content), MOST_CHARACTERS, "characters"),
        (len(_LINE_END.findall(content)), MOST_LINES, "lines"),
        (content.count("<") + content.count("{"), MOST_TAGS, "tags"),
        (content.count("->"), MOST_CUES, "cues"),
    ):
        if count > most:
            raise DragomanError(
                f"more than {most} {things} in one file of subtitles",
                file=file or None,
                how_to_fix="split it into smaller files",
            )


class _SubtitleReader:
    """Finds the sentences of a file of subtitles, and the cues that belong together."""

    def __init__(self, content: str, options: ReadOptions, webvtt: bool) -> None:
        self._content = content
        self._options = options
        self._webvtt = webvtt
        self._cues = cues(content, webvtt)
        self._directives = Directives(options.file)
        self._line, self._line_at, self._line_start = 1, 0, 0
        self._shares: dict[int, int] = {}

    def blocks(self) -> Iterator[Block]:
        content, done = self._content, 0
        for first, last, sentences in self._groups():
            start, end = self._cues[first].start, self._cues[last].text_end
            self._take(done, start)
            if start > done:
                yield Block(Kind.SKELETON, (content[done:start],))
            yield self._block(start, end, sentences)
            done = end
        if done < len(content):
            self._take(done, len(content))
            yield Block(Kind.SKELETON, (content[done:],))

    def _take(self, start: int, end: int) -> None:
        """Apply the comments to the tool in a stretch; only WebVTT has comments."""
        if not self._webvtt or self._content.find("dragoman:", start, end) < 0:
            return
        for note in _NOTE.finditer(self._content, start, end):
            self._directives.take(note[1], self._content.count("\n", 0, note.start()) + 1)

    def _groups(self) -> Iterator[tuple[int, int, list[_Sentence]]]:
        """Cues that share sentences: the first, the last, and the sentences in order."""
        sentences = [one for stream in self._streams() for one in self._sentences(stream)]
        sentences.sort(key=lambda one: one.start)
        shared: list[_Sentence] = []
        first = 0
        index = 0
        while first < len(self._cues):
            last = first
            while index < len(sentences) and sentences[index].cues[0] <= last:
                last = max(last, sentences[index].cues[-1])
                shared.append(sentences[index])
                index += 1
            yield first, last, shared
            first, shared = last + 1, []

    def _streams(self) -> Iterator[list[_Said]]:
        """Runs of parts in which a sentence may go on from one to the next."""
        found = list(self._parts())
        shown = [self._shown(said) for said in found]
        stops = sum(_STOP.search(text) is not None for text in shown)
        capitals = sum(_begins(text).isupper() for text in shown)
        self._stops = stops / max(1, len(found))
        self._capitals = capitals / max(1, len(found))
        stream: list[_Said] = []
        before = ""
        for said, text in zip(found, shown, strict=True):
            if stream and not (self._may_go_on(stream[-1], said) and self._reads_on(before, text)):
                yield stream
                stream = []
            stream.append(said)
            before = text
        if stream:
            yield stream

    def _parts(self) -> Iterator[_Said]:
        for number, cue in enumerate(self._cues):
            for part in parts(self._content, cue.text_start, cue.text_end):
                self._shares[number] = self._shares.get(number, 0) + part.end - part.start
                yield _Said(part, number)

    def _shown(self, said: _Said) -> str:
        return without_tags(self._content[said.part.start : said.part.end]).strip()

    def _may_go_on(self, one: _Said, other: _Said) -> bool:
        """Whether a part may continue the one before by its time and place."""
        if other.part.begins or one.part.ends or one.part.frame != other.part.frame:
            return False
        before, after = self._cues[one.cue], self._cues[other.cue]
        if after.begins - before.ends > _PAUSE:
            return False
        between = (before.text_end, after.start)
        return not (self._webvtt and self._content.find("dragoman:", *between) >= 0)

    def _reads_on(self, text: str, after: str) -> bool:
        """Whether a part may continue the one before by its text.

        Captions without full stops have a sentence in each cue, as far as anybody can tell, or
        one from capital to capital.
        """
        if not text or not after or _shouts(text) != _shouts(after):
            return False
        letter = _begins(after)
        small = letter.islower()
        if self._stops >= (_PUNCTUATED if small or letter.isupper() else _WELL_PUNCTUATED):
            return small or _CRY.search(text) is None
        return small and self._capitals >= _PUNCTUATED

    def _sentences(self, stream: Sequence[_Said]) -> Iterator[_Sentence]:
        text, masked = "", ""
        starts: list[int] = []
        protected: list[tuple[int, int]] = []
        pieces, masks, at = [], [], 0
        for said in stream:
            piece = self._content[said.part.start : said.part.end]
            mask = re.sub(r"\s", " ", piece)
            if "<" in piece or "{" in piece:
                mask = _hidden(mask, at, protected)
            starts.append(at)
            pieces.append(piece)
            masks.append(mask)
            at += len(piece) + 1
        text, masked = " ".join(pieces), " ".join(masks)
        ends = [start + len(piece) for start, piece in zip(starts, pieces, strict=True)]
        protected.sort()
        number = 0
        for start, end in self._options.split(masked, protected):
            while ends[number] <= start:
                number += 1
            last = number
            while last + 1 < len(stream) and starts[last + 1] < end:
                last += 1
            for a, b in _shortened(text, start, end, ends[number:last]):
                yield from self._sentence(stream, starts, ends, a, b, text)

    def _sentence(
        self,
        stream: Sequence[_Said],
        starts: Sequence[int],
        ends: Sequence[int],
        start: int,
        end: int,
        text: str,
    ) -> Iterator[_Sentence]:
        first = bisect_right(ends, start)
        pieces, numbers, indices = [], [], []
        index = first
        while index < len(stream) and starts[index] < end:
            a, b = max(start, starts[index]), min(end, ends[index])
            if text[a:b].strip():
                shift = stream[index].part.start - starts[index]
                pieces.append((a + shift, b + shift))
                numbers.append(stream[index].cue)
                indices.append(index)
            index += 1
        if not pieces:
            return
        seams = tuple((a[1], b[0]) for a, b in pairwise(pieces))
        is_first = start > starts[indices[0]] or not stream[indices[0]].part.begins
        yield _Sentence(tuple(pieces), tuple(numbers), seams, is_first)

    def _block(self, start: int, end: int, sentences: Sequence[_Sentence]) -> Block:
        skipped, notes, context = self._directives.close()
        out: list[str | Unit] = []
        done = start
        for one in () if skipped else sentences:
            if one.start > done:
                out.append(self._content[done : one.start])
            out.append(self._unit(one, notes, context))
            done = one.end
        if done < end:
            out.append(self._content[done:end])
        kind = Kind.PARAGRAPH if any(type(one) is not str for one in out) else Kind.SKELETON
        layout = cue_lines.laid_out_webvtt if self._webvtt else cue_lines.laid_out_srt
        return Block(kind, tuple(out), layout=layout)

    def _unit(self, one: _Sentence, notes: tuple[str, ...], context: str | None) -> Unit | Verbatim:
        content = self._content
        raw = content[one.start : one.end]
        said = joined("\n".join(content[a:b] for a, b in one.pieces))
        source = clean(said)
        if not translatable(without_tags(source)):
            return Verbatim(raw, source, not one.first)
        if len(one.pieces) == 1:
            spell = partial(cue_lines.spelled, webvtt=self._webvtt)
        else:
            weights = tuple(len(without_tags(content[a:b])) for a, b in one.pieces)
            seams = tuple(content[a:b] for a, b in one.seams)
            spell = partial(cue_lines.spread, weights=weights, seams=seams, webvtt=self._webvtt)
        self._line += content.count("\n", self._line_at, one.start)
        self._line_start = max(self._line_start, content.rfind("\n", self._line_at, one.start) + 1)
        self._line_at = one.start
        column = one.start - self._line_start + 1
        room = self._room(one)
        return Unit(source, raw, context, notes, spell, not one.first, self._line, column, room)

    def _room(self, one: _Sentence) -> Room | None:
        """The share that a sentence has in the time and the lines of its cues."""
        seconds = share = 0.0
        for (start, end), number in zip(one.pieces, one.cues, strict=True):
            cue: Cue = self._cues[number]
            part = (end - start) / max(1, self._shares[number])
            seconds += part * (cue.ends - cue.begins)
            share += part
        if not seconds:
            return None
        return Room(round(seconds, 3), round(share * cue_lines.WIDEST * cue_lines.LINES))


def _hidden(mask: str, at: int, protected: list[tuple[int, int]]) -> str:
    """The text with its tags masked; its elements are added to those that no sentence ends in."""
    found = tags(mask)
    out, done = [], 0
    for tag in found:
        out += [mask[done : tag.start], HIDDEN * (tag.end - tag.start)]
        done = tag.end
        if tag.partner >= 0 and not tag.closes:
            protected.append((at + tag.start, at + found[tag.partner].end))
    return "".join([*out, mask[done:]])


def _shortened(text: str, start: int, end: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretch, or its pieces if it runs over too many cues: to the next full stop, or each cue."""
    if len(ends) < _LONGEST:
        yield start, end
        return
    stops = [at for at in ends if _STOP.search(text, max(start, at - 8), at)]
    for a, b in pairwise([start, *stops, end]):
        inner = ends[bisect_right(ends, a) : bisect_left(ends, b)]
        if len(inner) < _LONGEST:
            yield a, b
        else:
            yield from pairwise([a, *inner, b])


def _shouts(text: str) -> bool:
    """Whether a text is all in capitals, as signs and titles are."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def _begins(text: str) -> str:
    """The first letter of a text, if there is only punctuation before it."""
    word = text.lstrip("…\"'“‘«([¿¡.-–— ")
    return word[:1]
