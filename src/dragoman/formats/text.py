"""Plain text: paragraphs on one line each, or parted by blank lines.

A line `# dragoman: …` is a comment to the tool (see `Directives`). Cannot carry: headings,
emphasis, links; white space inside a wrapped paragraph is not kept in a translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.formats.directives import Directives
from dragoman.formats.options import Options
from dragoman.formats.units import clean, one_line, translatable
from dragoman.model import Block, Document, Kind, Unit

NAME = "text"
SUFFIXES = (".txt", ".text")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WRAP = re.compile(r"\s+")
_COMMENT = re.compile(r"#[ \t]*(dragoman:.*)")


def read(content: str, options: Options) -> Document:
    """Cut plain text into paragraphs and sentences.

    >>> [unit.source for unit in read("One.\\n\\nTwo\\nlines.\\n", Options()).units]
    ['One.', 'Two lines.']
    """
    lines = _LINE.findall(content)
    if options.paragraphs == "auto":
        by_line = _paragraph_per_line(lines)
    else:
        by_line = options.paragraphs == "line"
    directives = Directives(options.file)
    blocks: list[Block] = []
    number = 1
    for paragraph in _paragraphs(lines, by_line):
        raw = "".join(paragraph)
        comment = _COMMENT.match(raw.lstrip("\ufeff"))
        if (comment is not None and directives.take(comment[1], number)) or not raw.strip(
            "\ufeff \t\r\n\f\v"
        ):
            blocks.append(Block(Kind.SKELETON, (raw,)))
        else:
            blocks.append(_block(raw, number, options, directives))
        number += len(paragraph)
    return Document(tuple(_with_title(blocks)))


def _paragraph_per_line(lines: list[str]) -> bool:
    """Wrapped text has lines of similar length that end inside sentences; others do not.

    Lines of a stretch without blank lines are taken for one wrapped paragraph when most of
    them, but the last, do not end in a mark, or go on with a small letter.
    """
    ends = joins = 0
    for line, after in zip(lines, lines[1:], strict=False):
        here, there = line.strip(), after.strip()
        if not here or not there:
            continue
        ends += 1
        joins += there[0].islower() or here[-1].isalnum() or here[-1] in ",;-–—"
    return joins * 2 <= ends


def _paragraphs(lines: list[str], by_line: bool) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in lines:
        blank = not line.strip("\ufeff \t\r\n\f\v")
        comment = _COMMENT.match(line.lstrip("\ufeff")) is not None
        if paragraph and (by_line or blank or comment):
            yield paragraph
            paragraph = []
        paragraph.append(line)
        if blank or comment:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _block(raw: str, line: int, options: Options, directives: Directives) -> Block:
    skipped, notes, context = directives.close()
    spans = [] if skipped else options.split(raw, ())
    parts: list[str | Unit] = []
    done = 0
    for start, end in spans:
        piece = raw[start:end]
        source = clean(_WRAP.sub(" ", piece) if "\n" in piece else piece)
        if not translatable(source):
            continue
        if piece[0] == "\ufeff":
            piece = piece[1:]
        begin = end - len(piece)
        if begin > done:
            parts.append(raw[done:begin])
        parts.append(
            Unit(
                source=source,
                raw=piece,
                context=context,
                notes=notes,
                spell=one_line,
                line=line + raw.count("\n", 0, begin),
                column=begin - raw.rfind("\n", 0, begin),
            )
        )
        done = end
    if done < len(raw):
        parts.append(raw[done:])
    return Block(Kind.PARAGRAPH if len(parts) > 1 or done else Kind.SKELETON, tuple(parts))


def _with_title(blocks: list[Block]) -> Iterator[Block]:
    """A first paragraph of one unit that ends without a mark is the text's headline."""
    first = next((i for i, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH), None)
    for index, block in enumerate(blocks):
        units = list(block.units)
        headline = index == first and len(units) == 1 and units[0].source[-1].isalnum()
        yield Block(Kind.HEADING, block.parts, level=1) if headline else block
