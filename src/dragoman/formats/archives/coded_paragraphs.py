"""Paragraphs of office files as lines with as few codes as possible, and lines as paragraphs again.

What most letters of a paragraph (or of a link) look like needs no code; neither do containers around
the whole paragraph, nor what is before its first or behind its last word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from dragoman.formats.archives.coded_text import CodeToken, escaped, tokens
from dragoman.formats.archives.items import (
    UNFORMATTED,
    Item,
    Pieces,
    Properties,
    RunForm,
    Sort,
    Wrapper,
    shared,
)
from dragoman.formats.archives.slots import Piece, Slot
from dragoman.languages.locales import direction
from dragoman.text.run_direction import Turns, marks

_BREAKS = {Sort.BREAK: "<br/>", Sort.TAB: '<br class="tab"/>'}


class _Codes:
    """The codes of a line, by the tag that opens each."""

    def __init__(self, form: RunForm) -> None:
        self._form = form
        self.wrappers: dict[str, list[Wrapper]] = {}
        self.alone: dict[str, Pieces] = {}
        self.breaks: dict[str, list[Pieces]] = {}
        self.looks: dict[str, Properties] = {}
        """Formatting that replaces the one around it, by the name of its code."""
        self.added: dict[str, Properties] = {}
        """Formatting that is added to the one around it."""
        self._counts: Counter[str] = Counter()
        self._by_look: dict[tuple[tuple[str, str], ...], str] = {}
        self._names: dict[int, str] = {}

    def wrapper(self, one: Wrapper) -> str:
        """The tag that opens a wrapper."""
        if id(one) not in self._names:
            if one.kind == "a":
                url = (
                    escaped(one.url)
                    .replace('"', "&quot;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                )
                tag = f'<a href="{url}">' if url else "<a>"
            else:
                tag = f"<{self._numbered(one.kind)}>"
            self._names[id(one)] = tag
            self.wrappers.setdefault(tag, []).append(one)
        return self._names[id(one)]

    def single(self, item: Item) -> str:
        """The tag of something that stands alone."""
        if item.sort in _BREAKS:
            tag = _BREAKS[item.sort]
            self.breaks.setdefault(tag, []).append(item.pieces)
            return tag
        tag = f"<{self._numbered(item.name)}/>"
        self.alone[tag] = item.pieces
        return tag

    def look(self, some: Properties, base: Properties) -> list[str]:
        """The tags that open a formatting."""
        some, base = self._form.look(some), self._form.look(base)
        if some == base:
            return []
        simple = self._form.codes(some, base)
        if simple is not None and all(self.added.get(n, p) == p for n, p in simple.items()):
            self.added |= simple
            return [f"<{name}>" for name in simple]
        key = tuple(sorted(some.items()))
        name = self._by_look.get(key, "")
        if not name:
            name = self._by_look[key] = self._numbered("g")
            self.looks[name] = some
        return [f"<{name}>"]

    def _numbered(self, name: str) -> str:
        self._counts[name] += 1
        return f"{name}{self._counts[name]}"

    def __getstate__(self) -> dict[str, object]:
        """Without identities, which another process does not share."""
        return {**self.__dict__, "_names": {}}


class _Frame(NamedTuple):
    """What a paragraph is apart from its line."""

    form: RunForm
    opening: Pieces
    closing: str
    head: tuple[Item, ...]
    tail: tuple[Item, ...]
    around: tuple[Wrapper, ...]
    base: Properties
    bases: dict[str, Properties]
    """The formatting of most letters in each wrapper, by the tag that opens it."""
    codes: _Codes


class ParagraphSlot(Slot):
    """A paragraph with text."""

    def __init__(self, line: str, pieces: Sequence[Piece], frame: _Frame) -> None:
        super().__init__(line, pieces)
        self._frame = frame

    def written(self, line: str, locale: str) -> Iterable[Piece]:
        frame = self._frame
        core = _Writing(frame, locale).pieces(line)
        items = [
            *(_kept(item, frame.form) for item in frame.head),
            *core,
            *(_kept(item, frame.form) for item in frame.tail),
        ]
        yield from frame.opening
        yield from _inside_wrappers(items)
        yield frame.closing


_Wrapped = tuple[tuple[Wrapper, ...], Pieces]


def slot(
    items: Sequence[Item],
    opening: Pieces,
    closing: str,
    pieces: Sequence[Piece],
    form: RunForm,
) -> ParagraphSlot | None:
    """The slot of a paragraph; None if it has no text.

    Args:
        items: its content.
        opening: its start tag and its properties.
        closing: its end tag.
        pieces: the paragraph as it is.
        form: how its format writes runs.
    """
    texts = [at for at, item in enumerate(items) if item.sort is Sort.TEXT and item.text.strip()]
    if not texts:
        return None
    head, core, tail = _settled(
        items[: texts[0]], items[texts[0] : texts[-1] + 1], items[texts[-1] + 1 :]
    )
    around = core[0].wraps
    for item in core:
        around = around[: shared(around, item.wraps)]
    core = _with_plain_blanks(core, form)
    outside = [item for item in core if item.wraps == around and item.sort is Sort.TEXT]
    base = _usual(outside or core, form)
    codes = _Codes(form)
    bases: dict[str, Properties] = {}
    line = _line(core, len(around), base, bases, codes, form)
    frame = _Frame(form, opening, closing, tuple(head), tuple(tail), around, base, bases, codes)
    return ParagraphSlot(line, pieces, frame)


def _settled(
    head: Sequence[Item], core: Sequence[Item], tail: Sequence[Item]
) -> tuple[list[Item], list[Item], list[Item]]:
    """The items without marks among the words.

    A mark stays beside a code; otherwise the beginning of a range is moved to the beginning of the
    paragraph, and its end to the end, so that translators need not place it.
    """
    before, kept, behind = list(head), list[Item](), list[Item]()
    pending: list[Piece] = []
    followers = _followers(core)
    for place, item in enumerate(core):
        if item.sort is not Sort.MARK:
            if pending and item.sort is Sort.ALONE:
                item = item._replace(pieces=(*pending, *item.pieces))  # noqa: PLW2901
                pending = []
            kept.append(item)
            continue
        last, next_ = kept[-1] if kept else None, followers[place]
        if last is not None and last.sort is Sort.ALONE:
            kept[-1] = last._replace(pieces=last.pieces + item.pieces)
        elif last is not None and len(last.wraps) > len(item.wraps) and last.wraps[-1].kind != "a":
            last.wraps[len(item.wraps)].closing += item.pieces
        elif next_ is not None and next_.sort is Sort.ALONE:
            pending += item.pieces
        elif (
            next_ is not None and len(next_.wraps) > len(item.wraps) and next_.wraps[-1].kind != "a"
        ):
            wrapper = next_.wraps[len(item.wraps)]
            wrapper.opening = (*item.pieces, *wrapper.opening)
        elif item.name == "end":
            behind.append(item._replace(wraps=item.wraps))
        else:
            before.append(item)
    return before, kept, [*behind, *tail]


def _followers(core: Sequence[Item]) -> list[Item | None]:
    """For each item the next one that is no mark."""
    found: list[Item | None] = []
    last: Item | None = None
    for item in reversed(core):
        found.append(last)
        if item.sort is not Sort.MARK:
            last = item
    return found[::-1]


def _with_plain_blanks(core: Sequence[Item], form: RunForm) -> list[Item]:
    """The items with blanks that look like the text before them, if that is not seen."""
    out: list[Item] = []
    for item in core:
        last = out[-1] if out else None
        if (
            item.sort is Sort.TEXT
            and not item.text.strip()
            and last is not None
            and last.sort is Sort.TEXT
            and last.wraps == item.wraps
            and not form.seen_on_blanks(item.look)
            and not form.seen_on_blanks(last.look)
        ):
            item = item._replace(look=last.look)  # noqa: PLW2901
        out.append(item)
    return out


def _usual(items: Iterable[Item], form: RunForm) -> Properties:
    """The formatting of most letters; empty if there are none."""
    letters: Counter[tuple[tuple[str, str], ...]] = Counter()
    whole: dict[tuple[tuple[str, str], ...], Properties] = {}
    for item in items:
        if item.sort is Sort.TEXT:
            key = tuple(sorted(form.look(item.look).items()))
            letters[key] += len(item.text.strip())
            whole.setdefault(key, item.look)
    return whole[letters.most_common(1)[0][0]] if letters else {}


def _by_wrapper(core: Sequence[Item]) -> dict[int, list[Item]]:
    """The items in each wrapper, by its identity."""
    found: dict[int, list[Item]] = {}
    for item in core:
        for one in item.wraps:
            found.setdefault(id(one), []).append(item)
    return found


def _line(
    core: Sequence[Item],
    around: int,
    base: Properties,
    bases: dict[str, Properties],
    codes: _Codes,
    form: RunForm,
) -> str:
    out: list[str] = []
    open_: list[tuple[object, str]] = []
    text: list[str] = []
    inside = _by_wrapper(core)
    for item in core:
        local = item.wraps[around:]
        wanted: list[tuple[object, str]] = [(one, codes.wrapper(one)) for one in local]
        if item.sort is Sort.TEXT:
            usual = base
            if local:
                tag = wanted[-1][1]
                if tag not in bases:
                    bases[tag] = _usual(inside[id(local[-1])], form)
                usual = bases[tag]
            wanted += [(tag, tag) for tag in codes.look(item.look, usual)]
        elif [key for key, _ in open_][: len(wanted)] == [key for key, _ in wanted]:
            more = open_[len(wanted) :]  # formatting goes on over a code, a link does not
            wanted += takewhile(lambda one: isinstance(one[0], str), more)
        if wanted != open_:
            out.append(escaped("".join(text)))
            text.clear()
            same = sum(1 for _ in _same(open_, wanted))
            out += [_closing(tag) for _, tag in reversed(open_[same:])]
            out += [tag for _, tag in wanted[same:]]
            open_ = wanted
        if item.sort is Sort.TEXT:
            text.append(item.text)
        else:
            out += [escaped("".join(text)), codes.single(item)]
            text.clear()
    out.append(escaped("".join(text)))
    out += [_closing(tag) for _, tag in reversed(open_)]
    return "".join(out)


def _same(
    open_: Sequence[tuple[object, str]], wanted: Sequence[tuple[object, str]]
) -> Iterator[None]:
    for one, other in zip(open_, wanted, strict=False):
        if one != other:
            return
        yield


def _closing(tag: str) -> str:
    return f"</{tag[1:-1].split(None, 1)[0]}>"


class _Open(NamedTuple):
    name: str
    wrapper: Wrapper | None = None
    base: Properties | None = None
    """The formatting inside, before what codes add."""
    added: Properties = UNFORMATTED


class _Bit(NamedTuple):
    wraps: tuple[Wrapper, ...]
    look: Properties
    text: str
    rtl: bool
    pieces: Pieces = ()


class _Writing:
    """Writes a line as runs."""

    def __init__(self, frame: _Frame, locale: str) -> None:
        self._frame = frame
        self._form = frame.form
        self._locale = locale
        self._rtl = direction(locale) == "rtl" if locale else False
        self._left = {tag: list(known) for tag, known in frame.codes.wrappers.items()}
        self._breaks = {tag: list(known) for tag, known in frame.codes.breaks.items()}
        self._open: list[_Open] = []

    def pieces(self, line: str) -> list[_Wrapped]:
        bits = list(self._bits(line))
        found = marks([(bit.text, bit.rtl) for bit in bits], self._rtl)
        out: list[_Wrapped] = []
        form, last = self._form, None
        for bit, (before, after) in zip(bits, found, strict=True):
            if bit.pieces:
                out.append((bit.wraps, bit.pieces))
                last = None
            elif bit.text:
                text = before + bit.text + after
                if last is not None and not form.directed and last[:2] == bit[:2]:
                    text = last.text + text
                    out.pop()
                last = bit._replace(text=text)
                way = bit.rtl if form.directed else self._rtl
                out.append((bit.wraps, form.text(text, bit.look, way, self._locale)))
        return out

    def _bits(self, line: str) -> Iterator[_Bit]:
        turns = Turns(self._rtl)
        for token in tokens(line):
            pieces = self._code(token)
            if pieces is None:
                wraps, look = self._state()
                for text, way in turns.pieces(token.text):
                    yield _Bit(wraps, look, text, way)
            elif pieces:
                wraps, look = self._state()
                yield _Bit(wraps, look, "", self._rtl, pieces)

    def _code(self, token: CodeToken) -> Pieces | None:
        """Apply a code; returns what stands for it, or None if it is text."""
        if not token.kind:
            return None
        codes = self._frame.codes
        if token.kind == "alone":
            tag = "<br/>" if token.text.replace(" ", "") == "<br/>" else token.text
            if tag in _BREAKS.values():
                left = self._breaks.get(tag)
                raw = left.pop(0) if left else self._form.new_breaks[tag]
                _, look = self._state()
                return self._form.holding(raw, look, self._rtl, self._locale)
            return codes.alone.get(token.text)
        if token.kind == "close":
            return self._close(token.name)
        if (wrapper := self._wrapper(token)) is not None:
            base = self._frame.bases.get(token.text)
            self._open.append(_Open(token.name, wrapper, base))
        elif token.name in codes.looks:
            self._open.append(_Open(token.name, base=codes.looks[token.name]))
        elif added := codes.added.get(token.name, self._form.standard.get(token.name)):
            self._open.append(_Open(token.name, added=added))
        elif token.name == "a" and self._left:
            self._open.append(_Open("a"))  # a link that the source does not have
        else:
            return None
        return ()

    def _wrapper(self, token: CodeToken) -> Wrapper | None:
        if token.text in self._frame.codes.wrappers:
            left = self._left[token.text]
            return left.pop(0) if len(left) > 1 else left[0]
        if token.name != "a":
            return None
        others = (left for tag, left in self._left.items() if tag.startswith("<a"))
        return next((left[0] for left in others), None)

    def _close(self, name: str) -> Pieces | None:
        if not any(one.name == name for one in self._open):
            known = name in self._frame.codes.looks or name in self._form.standard
            return () if known else None
        while self._open.pop().name != name:
            pass
        return ()

    def _state(self) -> tuple[tuple[Wrapper, ...], Properties]:
        wraps = list(self._frame.around)
        look = self._frame.base
        for one in self._open:
            if one.wrapper is not None and one.wrapper not in wraps:
                wraps.append(one.wrapper)
            look = {**(look if one.base is None else one.base), **one.added}
        return tuple(wraps), look


def _kept(item: Item, form: RunForm) -> _Wrapped:
    if item.sort in (Sort.ALONE, Sort.MARK):
        return item.wraps, item.pieces
    if item.pieces:
        return item.wraps, form.holding(item.pieces, item.look, False, "")
    return item.wraps, form.text(item.text, item.look, False, "")


def _inside_wrappers(items: Iterable[_Wrapped]) -> Iterator[Piece]:
    open_: tuple[Wrapper, ...] = ()
    for wraps, group in groupby(items, lambda item: item[0]):
        same = shared(open_, wraps)
        for one in reversed(open_[same:]):
            yield from one.closing
        for one in wraps[same:]:
            yield from one.opening
        for _, pieces in group:
            yield from pieces
        open_ = wraps
    for one in reversed(open_):
        yield from one.closing
