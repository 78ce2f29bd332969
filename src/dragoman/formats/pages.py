"""The reader of HTML pages; loaded by `html` when there is a page to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape

from dragoman.formats import spelling, tags, xhtml
from dragoman.formats.directives import Directives
from dragoman.formats.illustrations import Parts, parts_of
from dragoman.formats.per_locale import filled
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import Marked
from dragoman.formats.units import clean, one_line, translatable
from dragoman.model import (
    Block,
    Document,
    Illustration,
    Kind,
    PerLocale,
    Span,
    Speller,
    Unit,
    Verbatim,
)

_ROOT = re.compile(r"<html(?=[\s>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_LANG = re.compile(r"""(?<=[\s"'])(?:xml:)?lang\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_DIR = re.compile(r"""(?<=[\s"'])dir\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)


def read(content: str, options: ReadOptions, xml: bool = False) -> Document:
    """Cut an HTML page into blocks and units, with the metadata of its head.

    With `xml` it is XHTML: targets are written well-formed, and its root stays as it is.
    """
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    start = [Block(Kind.SKELETON, (mark,))] if mark else []
    blocks = (*start, *_PageReader(content[len(mark) :], options, xml).blocks())
    metadata = {
        block.label: unescape(" ".join(unit.source for unit in block.units))
        for block in blocks
        if block.kind is Kind.METADATA
    }
    return Document(blocks, inline, metadata)


class _PageReader:
    """Turns the pieces of a page into blocks, in one pass."""

    def __init__(self, content: str, options: ReadOptions, xml: bool) -> None:
        self._content = content
        self._xml = xml
        self._spell = xhtml.flow if xml else spelling.flow
        self._options = options
        self._directives = Directives(options.file)
        self._done = 0
        self._line, self._line_at = 1, 0

    def blocks(self) -> Iterator[Block]:
        if not self._xml:
            yield from self._root()
        for piece in tags.pieces(self._content, self._xml):
            if piece_start(piece) < self._done:
                continue
            if isinstance(piece, tags.Remark):
                line = self._content.count("\n", 0, piece.start) + 1
                self._directives.take(piece.text, line)
            elif isinstance(piece, tags.Listing):
                yield self._listing(piece)
            elif isinstance(piece, tags.Attribute):
                yield from self._attribute(piece)
            elif isinstance(piece, tags.ImageTag):
                yield from self._image(piece)
            else:
                yield from self._flow(piece)
        if self._done < len(self._content):
            yield Block(Kind.SKELETON, (self._content[self._done :],))

    def _root(self) -> Iterator[Block]:
        """The `lang` and `dir` attributes of the root element, as parts that depend on the locale."""
        root = _ROOT.search(self._content)
        if root is None:
            return
        begin = root.start()
        places = [
            (begin + match.start(1), begin + match.end(1), "{lang}")
            for match in _LANG.finditer(root[0])
        ]
        direction = _DIR.search(root[0])
        last = root.end() - 1
        if direction:
            start = root.start()
            places.append((start + direction.start(1), start + direction.end(1), "{direction}"))
        for start, end, template in sorted(places):
            yield self._written(start, end, template)
        if not direction:
            template = ' dir="{direction}"' if places else ' lang="{lang}" dir="{direction}"'
            yield self._written(last, last, template)

    def _written(self, start: int, end: int, template: str) -> Block:
        before, raw = self._content[self._done : start], self._content[start:end]
        self._done = end
        return Block(Kind.SKELETON, (before, PerLocale(raw, partial(filled, template))))

    def _listing(self, piece: tags.Listing) -> Block:
        self._directives.close()
        raw = self._content[self._done : piece.end]
        self._done = piece.end
        return Block(Kind.CODE, (raw,), literal=piece.literal)

    def _attribute(self, piece: tags.Attribute) -> Iterator[Block]:
        skipped, notes, context = self._directives.close()
        if skipped:
            return
        before = self._content[self._done : piece.start]
        unit = self._unit(piece.start, piece.end, notes, context, self._spelled(piece))
        self._done = piece.end
        kind = Kind.METADATA if piece.key == "content" else Kind.PARAGRAPH
        yield Block(kind, (before, unit), label=piece.name if kind is Kind.METADATA else "")

    def _spelled(self, value: tags.Attribute) -> Speller:
        return partial(xhtml.attribute, value.quote) if self._xml else value.spell

    def _image(self, piece: tags.ImageTag) -> Iterator[Block]:
        skipped, notes, context = self._directives.close()
        if not skipped:
            parts, images = self._shown([piece], notes, context)
            yield Block(Kind.PARAGRAPH, tuple(parts), images=images)

    def _shown(
        self,
        shown: list[tags.Attribute | tags.ImageTag],
        notes: tuple[str, ...],
        context: str | None,
    ) -> tuple[Parts, tuple[Illustration, ...]]:
        """What tags show, as parts from where the last block ended."""

        def unit(value: tags.Attribute) -> Unit:
            return self._unit(value.start, value.end, notes, context, self._spelled(value))

        parts, images, self._done = parts_of(self._content, self._done, shown, unit)
        return parts, images

    def _flow(self, flow: tags.Flow) -> Iterator[Block]:
        skipped, notes, context = self._directives.close()
        if skipped:
            return
        run, parts = flow.run, list[str | Unit]()
        images: tuple[Illustration, ...] = ()
        text = self._content[run.start : run.end]
        for start, end in Marked(run, text, b"").sentences(self._options.split):
            at, stop = run.start + start, run.start + end
            new_line = bool(parts) and any(
                b <= at and not self._content[b:at].strip() for _, b in run.breaks
            )
            if at > self._done:
                parts.append(self._content[self._done : at])
                self._done = at
            if translatable(seen(text[start:end])):
                unit = self._unit(at, stop, notes, context, self._spell)
                parts.append(unit._replace(new_line=new_line))
            elif values := tags.shown_by_tags(text[start:end], at):
                shown, found = self._shown(values, notes, context)
                images += tuple(one.after(len(parts)) for one in found)
                parts += shown
                if self._done < stop:
                    parts.append(self._content[self._done : stop])
            else:
                parts.append(Verbatim(text[start:end], one_line(text[start:end]), new_line))
            self._done = stop
        if parts:
            yield Block(flow.kind, tuple(parts), flow.level, flow.label, images=images)

    def _unit(
        self, start: int, end: int, notes: tuple[str, ...], context: str | None, spell: Speller
    ) -> Unit:
        raw = self._content[start:end]
        self._line += self._content.count("\n", self._line_at, start)
        self._line_at = start
        column = start - self._content.rfind("\n", 0, start)
        source = clean(" ".join(raw.split()) if "\n" in raw or "\r" in raw else raw)
        return Unit(source, raw, context, notes, spell, False, self._line, column)


def piece_start(piece: tags.Piece) -> int:
    return piece.run.start if isinstance(piece, tags.Flow) else piece.start


def seen(text: str) -> str:
    """The visible text of a fragment, without code and tags.

    >>> seen("A <code>b</code> &amp; <i>c</i>")
    'A  & c'
    """
    return unescape(tags.without_tags(text))


_SPANS = {
    "em": "emphasis",
    "i": "emphasis",
    "cite": "emphasis",
    "strong": "strong",
    "b": "strong",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
    "a": "link",
}


def inline(text: str) -> tuple[Span, ...]:
    """The inline content of a unit: text, emphasis, links, code.

    >>> inline("a <b>b</b> &lt;")
    (Span(name='text', text='a ', ...
    """
    open_: list[tuple[str, str, list[Span]]] = [("", "", [])]
    for name, close, content, url, title in tags.marks(one_line(text)):
        if not name:
            open_[-1][2].append(Span("text", content))
        elif name in ("br", "code", "img"):
            kind = {"br": "break", "code": "code", "img": "image"}[name]
            open_[-1][2].append(Span(kind, content, url, title=title))
        elif not close and name in _SPANS and len(open_) < _DEEPEST:
            open_.append((name, url, []))
        elif close and name == open_[-1][0]:
            _shut(open_)
    while len(open_) > 1:
        _shut(open_)
    return tuple(open_[0][2])


_DEEPEST = 60


def _shut(open_: list[tuple[str, str, list[Span]]]) -> None:
    name, url, children = open_.pop()
    open_[-1][2].append(Span(_SPANS[name], "", url, tuple(children)))


__all__ = ["inline", "read"]
