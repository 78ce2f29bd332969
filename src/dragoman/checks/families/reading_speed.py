"""Subtitles that are shown too short for their text, or have no space for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.checks.text_context import TextContext
from dragoman.languages import language as languages
from dragoman.languages import scripts
from dragoman.model import Inline, Problem, Room, Unit, said
from dragoman.po import Entry

FASTEST, FASTEST_DENSE = 17, 9
"""Characters a second that adults can read, as Netflix's style guide for templates of timed text
has it; the second is that of its guide for Chinese, for scripts with a character a word."""


def reading_speed(subject: TextContext) -> Iterator[Problem]:
    """A subtitle can be read in the time for which it is shown, and fits into its lines.

    Why: what cannot be read is lost; a sentence has to be shortened instead. A target that is no
    longer than its source is right, because the times are those of the source. Sentences that
    share cues are measured together.

    PASS 2 s, 84 characters: Hello. | There were two wells, one for us.
    PASS 1 s, 84 characters: There were two wells, one for us. | There were two wells, one for me.
    FAIL 1 s, 84 characters: Hello. | There were two wells, one for us.
    FAIL 5 s, 42 characters: There were two wells. | There were two wells, one for us and one for them.
    """
    dense = languages.of(subject.catalog.locale).script in scripts.DENSE
    fastest = FASTEST_DENSE if dense else FASTEST
    inline = subject.document.inline
    for block in subject.blocks:
        rows = [row for row in block if row[0].room and row[2] == row[0].source]
        given, lengths = _lengths(inline, rows, 2), _lengths(inline, rows, 3)
        rooms = [row[0].room or Room(0, 0) for row in rows]
        room = Room(sum(one.seconds for one in rooms), sum(one.characters for one in rooms))
        for code, message in faults(room, sum(given), sum(lengths), fastest) if rows else ():
            grown = [length - source for length, source in zip(lengths, given, strict=True)]
            unit, entry, source, target = rows[grown.index(max(grown))]
            problem = subject.problem(code, "warning", message, unit, entry)
            yield problem._replace(source=source, span=(0, len(target)))


def _lengths(inline: Inline, rows: Sequence[tuple[Unit, Entry, str, str]], at: int) -> list[int]:
    """How many characters are displayed of each source (2) or target (3)."""
    return [len(said(inline(str(row[at])))) for row in rows]


def faults(
    room: Room, given: int, length: int, fastest: int = FASTEST
) -> Iterator[tuple[str, str]]:
    """What is wrong with the targets of cues that share sentences: the code of each fault, and its message.

    Args:
        room: their time and space.
        given: characters of the sources.
        length: characters of the targets.
        fastest: characters that can be read in a second.
    """
    if length <= given:
        return
    speed = length / room.seconds
    if speed > fastest:
        message = f"{speed:.1f} characters a second, and {fastest} can be read; shorten it"
        yield "reading-speed", message
    if length > room.characters:
        message = f"{length} characters, and space for {room.characters}; shorten it"
        yield "subtitle-length", message
