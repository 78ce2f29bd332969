"""The reader of XML by rules; loaded by `structured_xml` when there is a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats import pages, xhtml
from dragoman.formats.directives import Directives
from dragoman.formats.its.its_rules import ByUri, Verdicts
from dragoman.formats.read_options import ReadOptions
from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Marked, Run
from dragoman.formats.units import clean, one_line, translatable
from dragoman.gate import Node
from dragoman.languages.locales import direction, language_tag
from dragoman.model import Block, Document, Kind, PerLocale, Unit, Verbatim

LARGEST = 1 << 22
"""Maximum number of characters of a document."""
_KIND = "an XML file"
_TAG = re.compile(r"<[^>]*>|&[^;\s]*;")
_ASIDE = re.compile(r"<!--(.*?)-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]*);")
_PLAIN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def read(content: str, options: ReadOptions) -> Document:
    """Cut an XML document into blocks and units by the rules for it."""
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    text = content[len(mark) :]
    if not text.strip():
        return Document((Block(Kind.SKELETON, (content,)),) if content else ())
    if len(text) > LARGEST:
        raise DragomanError(
            f"not {_KIND}: more than {LARGEST >> 20} MB of text",
            file=options.file or None,
            how_to_fix="split it into smaller files",
        )
    prolog = gate.prolog(text, options.file, _KIND)
    root = gate.tree(text, prolog.root_at, ByUri())
    verdicts = Verdicts(root, prolog.doctype, options.its, options.file)
    reader = _Reader(text, root, verdicts, prolog.entities, options)
    start = [Block(Kind.SKELETON, (mark,))] if mark else []
    blocks = (*start, *reader.blocks())
    return Document(blocks, pages.inline)


class _Reader:
    """Turns elements into blocks, in the order of the text."""

    def __init__(
        self,
        text: str,
        root: Node,
        verdicts: Verdicts,
        entities: frozenset[str],
        options: ReadOptions,
    ) -> None:
        self._text = text
        self._root = root
        self._verdicts = verdicts
        self._entities = entities
        self._options = options
        self._directives = Directives(options.file)
        self._done = 0
        self._line, self._line_at, self._line_start = 1, 0, 0
        self._lang = root.get("lang")
        self._level = 0

    def blocks(self) -> Iterator[Block]:
        yield from self._element(self._root, True, False, ())
        if self._done < len(self._text):
            yield Block(Kind.SKELETON, (self._text[self._done :],))

    def _element(
        self, node: Node, above: bool, lines: bool, notes: tuple[str, ...]
    ) -> Iterator[Block]:
        translated = self._verdicts.translated(node, above)
        lines = self._verdicts.preserved(node, lines)
        notes += self._verdicts.notes(node)
        yield from self._tag(node, translated)
        known = self._verdicts.known
        kind = known.kind(node) if known else Kind.PARAGRAPH
        if known is not None and kind is Kind.PARAGRAPH and node.name.rpartition(":")[2] in _DEEPER:
            self._level += 1
        run: Run | None = None
        held: list[Node] = []
        """The elements of the run."""
        for part, start, end in _parts(node):
            inside = part is None or self._verdicts.within(part) != "no"
            if inside:
                run = run or Run(start, start)
                run.end = end
                if part is not None:
                    held.append(part)
                    self._mark(run, part, translated)
                continue
            if run is not None:
                yield from self._stretch(run, held, kind, translated, lines, notes)
                run, held = None, []
            assert part is not None
            yield from self._element(part, translated, lines, notes)
        if run is not None:
            yield from self._stretch(run, held, kind, translated, lines, notes)
        if known is not None and node.name.rpartition(":")[2] in _DEEPER:
            self._level -= 1

    def _stretch(
        self,
        run: Run,
        held: list[Node],
        kind: Kind,
        translated: bool,
        lines: bool,
        notes: tuple[str, ...],
    ) -> Iterator[Block]:
        """A text; if it is not translated, the elements in it that are."""
        if translated:
            yield from self._flow(run, kind, lines, notes)
            return
        for node in held:
            if any(self._seen(node, above=False)):
                yield from self._element(node, False, lines, notes)

    def _mark(self, run: Run, node: Node, above: bool) -> None:
        """Note an element within a text: its tags, or all of it if it is code."""
        element = Element("Link", node.start, node.end)
        translated = self._verdicts.translated(node, above)
        if translated and self._verdicts.within(node) != "nested":
            element.inner_start, element.inner_end = node.inner, node.close
        run.elements.append(element)
        if element.inner_start >= 0:
            for child in node.children:
                self._mark(run, child, translated)
        elif any(self._seen(node, above)):
            run.references.append((node.start, ""))

    def _seen(self, node: Node, above: bool) -> Iterator[str]:
        """The words of an element that are translated."""
        translated = self._verdicts.translated(node, above)
        if translated and translatable(said := node.said()):
            yield said
        for child in node.children:
            yield from self._seen(child, translated)

    def _tag(self, node: Node, translated: bool) -> Iterator[Block]:
        """What is translated in a start tag, and what depends on the locale."""
        known = self._verdicts.known
        is_root = node is self._root
        own = self._lang and node.get("lang") == self._lang
        if is_root or own:
            lang = known.lang if known else "xml:lang"
            has = re.search(r"\s(xml:lang|lang)\s*=", node.tag)
            name = has[1] if has else lang
            way = known is not None and is_root
            write = partial(_localized, node.tag, name, is_root, way)
            shown = translated and any(self._verdicts.translated_attributes(node))
            if shown:  # the values of the language and of others are parts by themselves
                yield from self._value_of_language(node, name)
            else:
                before = self._text[self._done : node.start]
                self._done = node.inner
                yield Block(Kind.SKELETON, (before, PerLocale(node.tag, write)))
        if not translated:
            return
        for name in self._verdicts.translated_attributes(node):
            place = _value(node, name)
            if place and translatable(self._text[slice(*place)]):
                yield self._attribute(*place)

    def _value_of_language(self, node: Node, name: str) -> Iterator[Block]:
        place = _value(node, name)
        if place and not any(
            found < place
            for one in self._verdicts.translated_attributes(node)
            if (found := _value(node, one))
        ):
            before, raw = self._text[self._done : place[0]], self._text[slice(*place)]
            self._done = place[1]
            yield Block(Kind.SKELETON, (before, PerLocale(raw, language_tag)))

    def _attribute(self, start: int, end: int) -> Block:
        before, quote = self._text[self._done : start], self._text[start - 1]
        self._done = end
        spell = partial(_quoted, quote, self._entities)
        return Block(Kind.PARAGRAPH, (before, self._unit(start, end, (), None, spell)))

    def _flow(
        self,
        run: Run,
        kind: Kind,
        lines: bool,
        notes: tuple[str, ...],
    ) -> Iterator[Block]:
        text = self._text[run.start : run.end]
        for found in _ASIDE.finditer(text):
            if found[1] is not None and "dragoman:" in found[1]:
                line = self._text.count("\n", 0, run.start + found.start()) + 1
                self._directives.take(found[1], line)
            mask = HIDDEN if found[1] is not None else OPAQUE
            run.opaque.append((run.start + found.start(), run.start + found.end(), mask))
        if not _words(run, text):
            return
        skipped, own, context = self._directives.close()
        if skipped:
            return
        if lines:
            run.breaks += [
                (run.start + one.start(), run.start + one.end())
                for one in re.finditer("\r?\n", text)
            ]
        yield from self._sentences(run, text, kind, (*notes, *own), context)

    def _sentences(
        self,
        run: Run,
        text: str,
        kind: Kind,
        notes: tuple[str, ...],
        context: str | None,
    ) -> Iterator[Block]:
        parts: list[str | Unit] = []
        spell = partial(xhtml.flow, entities=self._entities)
        for start, end in Marked(run, text, b"").sentences(self._options.split):
            at, stop = run.start + start, run.start + end
            new_line = bool(parts) and any(
                b <= at and not self._text[b:at].strip() for _, b in run.breaks
            )
            if at > self._done:
                parts.append(self._text[self._done : at])
            self._done = stop
            if _words(run, text, start, end):
                unit = self._unit(at, stop, notes, context, spell)
                parts.append(unit._replace(new_line=new_line))
            else:
                raw = text[start:end]
                parts.append(Verbatim(raw, " ".join(raw.split()), new_line))
        if parts:
            level = min(max(self._level, 1), 6) if kind is Kind.HEADING else 0
            yield Block(kind, tuple(parts), level)

    def _unit(
        self, start: int, end: int, notes: tuple[str, ...], context: str | None, spell: object
    ) -> Unit:
        raw = self._text[start:end]
        if lines := self._text.count("\n", self._line_at, start):
            self._line += lines
            self._line_start = self._text.rindex("\n", self._line_at, start) + 1
        self._line_at = start
        column = start - self._line_start + 1
        source = clean(" ".join(raw.split()))
        return Unit(source, raw, context, notes, spell, False, self._line, column)  # type: ignore[arg-type]


_DEEPER = frozenset(
    [
        "article",
        "book",
        "chapter",
        "part",
        "preface",
        "appendix",
        "section",
        "sect1",
        "sect2",
        "sect3",
        "sect4",
        "sect5",
        "refentry",
        "refsect1",
        "refsect2",
        "topic",
        "concept",
        "task",
        "reference",
    ]
)
"""Elements with titles, whose depth is the level of a heading."""


def _parts(node: Node) -> Iterator[tuple[Node | None, int, int]]:
    """The texts (None) and elements inside an element, with their places."""
    done = node.inner
    for child in node.children:
        if child.start > done:
            yield None, done, child.start
        yield child, child.start, child.end
        done = child.end
    if node.close > done:
        yield None, done, node.close


def _words(run: Run, text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether there is a letter outside of tags, code and references in a stretch of a run."""
    end = len(text) if end is None else end
    if any(start <= at - run.start < end for at, _ in run.references):
        return True
    out, done = [], start
    hidden = [(a - run.start, b - run.start) for a, b, _ in run.opaque]
    hidden += [(e.start - run.start, e.end - run.start) for e in run.elements if e.inner_start < 0]
    for a, b in sorted(hidden):
        if b > done and a < end:
            out.append(text[done : max(a, done)])
            done = max(done, b)
    out.append(text[done:end])
    return translatable(_TAG.sub("", "".join(out)))


def _value(node: Node, name: str) -> tuple[int, int] | None:
    """Where the value of an attribute is, by its name as written."""
    found = re.search(rf"""\s{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""", node.tag)
    if found is None:
        return None
    start, end = found.span(1 if found[1] is not None else 2)
    return node.start + start, node.start + end


def _quoted(quote: str, entities: frozenset[str], target: str) -> str:
    return xhtml.attribute(quote, target, entities)


def _localized(tag: str, lang: str, root: bool, known: bool, locale: str) -> str:
    """A start tag with the language of a locale, and its direction where there is an attribute for it.

    >>> _localized('<book lang="en">', "lang", True, True, "he")
    '<book lang="he" dir="rtl">'
    """
    way = direction(locale)
    tag = xhtml.with_attribute(tag, lang, language_tag(locale), root)
    return xhtml.with_attribute(tag, "dir", way, known and way == "rtl") if root else tag


__all__ = ["one_line", "read"]
