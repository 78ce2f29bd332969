"""Plain text: one paragraph a line, or paragraphs separated by blank lines.

A line `# dragoman: …` is a directive (see `Directives`). Headings, emphasis and links are not
recognised. The line breaks of a wrapped paragraph are not kept in its translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.formats.directives import Directives
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.units import clean, one_line, translatable
from dragoman.model import Block, Document, Kind, Unit, Verbatim

SAMPLES = (
    "A paragraph. It has two sentences.\n\n",
    "A line that is wrapped,\nand goes on here.\n\n",
    "A headline\n",
    "613\n",
    "  “Indented,” she said.\r\n",
    "# dragoman: note To whom?\n",
)

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WIDEST = 200  # characters of the longest line of wrapped text
_WRAP = re.compile(r"\s+")
_COMMENT = re.compile(r"#[ \t]*(dragoman:.*)")


def read(content: str, options: ReadOptions) -> Document:
    """Cut plain text into paragraphs and sentences.

    >>> [unit.source for unit in read("One.\\n\\nTwo\\nlines.\\n", ReadOptions()).units]
    ['One.', 'Two lines.']
    """
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    lines = _LINE.findall(content[len(mark) :])
    if options.paragraphs == "auto":
        by_line = _paragraph_per_line(lines)
    else:
        by_line = options.paragraphs == "line"
    directives = Directives(options.file)
    blocks = [Block(Kind.SKELETON, (mark,))] if mark else []
    number = 1
    for paragraph in _paragraphs(lines, by_line):
        raw = "".join(paragraph)
        comment = _COMMENT.match(raw)
        ours = comment is not None and directives.take(comment[1], number)
        if ours or not raw.strip():
            blocks.append(Block(Kind.SKELETON, (raw,)))
        else:
            blocks.append(_block(raw, number, options, directives))
        number += len(paragraph)
    return Document(tuple(_with_title(blocks)))


def _paragraph_per_line(lines: list[str]) -> bool:
    """Whether each line is a paragraph; otherwise the text is wrapped, with blank lines between.

    A text is wrapped if half of the pairs of adjacent lines look wrapped (more than half if there
    are no blank lines): the second begins with a small letter, or the first ends inside a sentence and is too full for the next word.
    """
    stripped = [line.strip() for line in lines]
    longest = max(map(len, stripped), default=0)
    pairs = wrapped = 0
    for here, there in pairwise(stripped):
        if not here or not there:
            continue
        pairs += 1
        full = len(here) + 1 + len(there.split(" ", 1)[0]) > longest
        inside = here[-1].isalnum() or here[-1] in ",;-–—"
        wrapped += there[0].islower() or (full and inside and longest <= _WIDEST)
    separated = "" in stripped  # blank lines separate the paragraphs
    return wrapped * 2 < pairs + (not separated)


def _paragraphs(lines: list[str], by_line: bool) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in lines:
        blank = not line.strip()
        comment = _COMMENT.match(line) is not None
        if paragraph and (by_line or blank or comment):
            yield paragraph
            paragraph = []
        paragraph.append(line)
        if blank or comment:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _block(raw: str, line: int, options: ReadOptions, directives: Directives) -> Block:
    skipped, notes, context = directives.close()
    spans = [] if skipped else options.split(raw, ())
    parts: list[str | Unit] = []
    done = 0
    for start, end in spans:
        piece = raw[start:end]
        source = clean(_WRAP.sub(" ", piece) if "\n" in piece else piece)
        if start > done:
            parts.append(raw[done:start])
        if not translatable(source):
            parts.append(Verbatim(piece, source))
            done = end
            continue
        parts.append(
            Unit(
                source=source,
                raw=piece,
                context=context,
                notes=notes,
                spell=one_line,
                line=line + raw.count("\n", 0, start),
                column=start - raw.rfind("\n", 0, start),
            )
        )
        done = end
    if done < len(raw):
        parts.append(raw[done:])
    return Block(Kind.PARAGRAPH if len(parts) > 1 or done else Kind.SKELETON, tuple(parts))


def _with_title(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with the first as a heading, if it is one unit without a mark at its end."""
    first = next((i for i, block in enumerate(blocks) if block.units), None)
    for index, block in enumerate(blocks):
        units = list(block.units)
        headline = index == first and len(units) == 1 and units[0].source[-1].isalnum()
        yield Block(Kind.HEADING, block.parts, level=1) if headline else block
