"""The nouns: documents made of blocks made of units, messages, and rows of parallel text.

Standard library only; every value is frozen. Verbs live on the floors above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar

_Tuple = TypeVar("_Tuple", bound=tuple[Any, ...])


def maker(kind: type[_Tuple]) -> Callable[[tuple[Any, ...]], _Tuple]:
    """Makes named tuples from all their fields, at half the cost of calling their class.

    >>> maker(Span)(("text", "a", "", (), ""))
    Span(name='text', text='a', url='', children=(), title='')
    """
    return partial(tuple.__new__, kind)


Speller = Callable[[str], str]
"""How a target is spelled at one place of a file, so that it cannot change the file's structure."""


def as_is(target: str) -> str:
    return target


@cache
def _blake2b() -> Callable[..., Any]:
    from hashlib import blake2b  # OpenSSL is slow to load, and seldom needed

    return blake2b


def digest(data: bytes, size: int) -> str:
    """So many bytes that stand for some data, in hexadecimal (BLAKE2b, RFC 7693).

    >>> digest(b"Hello.", 4)
    '0fac59ce'
    """
    said: str = _blake2b()(data, digest_size=size).hexdigest()
    return said


class Unit(NamedTuple):
    """A translatable stretch of a document: one sentence, or one block where settings say so.

    Two units are equal where they say the same in the same context, wherever they stand.
    """

    source: str
    """The clean one-line text that a translator reads."""
    raw: str
    """The exact slice of the file, emitted while untranslated."""
    context: str | None = None
    """gettext context, from an in-source comment."""
    notes: tuple[str, ...] = ()
    """Notes to the translator, from in-source comments."""
    spell: Speller = as_is
    """How a target is spelled in this place of the file."""
    new_line: bool = False
    """Whether a reader sees it begin a new line inside its block, as verses do."""
    line: int = 0
    """Line of the file, from 1."""
    column: int = 0
    """Column of the line in characters, from 1."""

    @property
    def key(self) -> Key:
        return (self.context, self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unit) and self[:3] == other[:3]

    def __hash__(self) -> int:
        return hash(self[:3])


Key = tuple[str | None, str]
"""What identifies a message in a catalog: its context and its source text."""


class Kind(StrEnum):
    """What a block is; the word is shown to translators and styled by exports."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    QUOTE = "quotation"
    CELL = "table cell"
    FOOTNOTE = "footnote"
    METADATA = "metadata"
    CODE = "code"
    BREAK = "thematic break"
    SKELETON = "skeleton"


class Verbatim(str):
    """Skeleton that a reader sees: numbers and marks, in which there is nothing to translate.

    >>> Verbatim("1,\\n2", "1, 2").source
    '1, 2'
    """

    __slots__ = ("new_line", "source")
    source: str
    """The same on one line, without what belongs to the file's lines."""
    new_line: bool
    """Whether a reader sees it begin a new line inside its block."""

    def __new__(cls, raw: str, source: str, new_line: bool = False) -> Self:
        made = super().__new__(cls, raw)
        made.source = source
        made.new_line = new_line
        return made


class PerLocale(str):
    """Skeleton that says something of the file's language, and is written for each locale.

    >>> PerLocale("lang: en", "lang: {}".format).write("he")
    'lang: he'
    """

    __slots__ = ("write",)
    write: Callable[[str], str]
    """From a locale to what stands in its file."""

    def __new__(cls, raw: str, write: Callable[[str], str]) -> Self:
        made = super().__new__(cls, raw)
        made.write = write
        return made


class Block(NamedTuple):
    """A piece of a document whose units are read together."""

    kind: Kind
    parts: tuple[str | Unit, ...]
    """Skeleton, copied through, and units; their raw texts joined are the block."""
    level: int = 0
    """Heading level (1 to 6), or depth of nesting of other blocks."""
    label: str = ""
    """The marker a reader sees: `2.` of a numbered item, `☑` of a task that is done, a footnote's number, a metadata key."""
    literal: str = ""
    """What a reader sees of a block without units: the text of a code block, or `* * *`."""
    first: bool = False
    """Whether a cell begins its table row."""
    align: str = ""
    """Where the lines of a cell are, if not where its language begins them: `center` or `end`."""

    @property
    def units(self) -> list[Unit]:
        return [part for part in self.parts if type(part) is Unit]


class Span(NamedTuple):
    """Inline content as a reader sees it: text, or a named element around other spans."""

    name: str
    """`text`, `strong`, `emphasis`, `strike`, `code`, `link`, `image`, `note`, `break`,
    `isolate` (of the other direction), `group`, or one of `ELEMENTS`."""
    text: str = ""
    """The text of `text` and `code`, the alternative text of `image`, the label of `note`."""
    url: str = ""
    children: tuple[Span, ...] = ()
    title: str = ""
    """What a pointer shows of an `image`, a `link` or an `abbr`: its `title` attribute."""


ELEMENTS = (
    "sup", "sub", "b", "i", "u", "mark", "kbd", "q", "cite", "small", "abbr", "ruby", "rt",
)  # fmt: skip
"""Inline elements of HTML that mean something to a reader and that Markdown has no marks for."""

_RAISED = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))


def said(spans: Sequence[Span]) -> str:
    """The text of spans, without what marks it up; what is raised or lowered stays apart.

    >>> said((Span("text", "10"), Span("sup", children=(Span("text", "6"),))))
    '10⁶'
    """
    return "".join([span.text or spoken(span, said(span.children)) for span in spans])


def spoken(span: Span, inner: str) -> str:
    """An element's text as plain text shows it: raised, lowered, or a reading in brackets.

    >>> spoken(Span("sup"), "th"), spoken(Span("sub"), "2"), spoken(Span("rt"), "kan")
    ('^th', '₂', '(kan)')
    """
    if span.name == "sup":
        return _shifted(inner, _RAISED, "^")
    if span.name == "sub":
        return _shifted(inner, _LOWERED, "_")
    return f"({inner})" if span.name == "rt" and inner else inner


def _shifted(text: str, letters: Mapping[str, str], sign: str) -> str:
    """A text in raised or lowered letters; behind a sign if it has others."""
    if all(letter in letters for letter in text):
        return "".join([letters[letter] for letter in text])
    return f"{sign}{text}" if text.isalnum() else f"{sign}({text})"


Inline = Callable[[str], tuple[Span, ...]]
"""Reads a source or target text as inline content; each document carries its format's."""


def plain(text: str) -> tuple[Span, ...]:
    return (Span("text", text),)


@dataclass(frozen=True)
class Document:
    """A text, cut into blocks; joining every part's raw text gives back the file."""

    blocks: tuple[Block, ...]
    inline: Inline = field(default=plain, compare=False, repr=False)
    metadata: dict[str, str] = field(default_factory=dict, compare=False)
    """String values of the front matter."""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple([unit for block in self.blocks for unit in block.units])

    @property
    def title(self) -> str:
        """The front matter's title, else the first heading, else nothing."""
        if "title" in self.metadata:
            return self.metadata["title"]
        for block in self.blocks:
            if block.kind is Kind.HEADING:
                return " ".join(unit.source for unit in block.units)
        return ""

    def render(self, target_of: Callable[[Unit], str | None], locale: str = "") -> str:
        """The file with each unit's target in its place; `None` leaves the unit as it stands.

        With a locale, what says the file's language says that one.

        >>> unit = Unit("Hello.", raw="Hello.")
        >>> doc = Document((Block(Kind.PARAGRAPH, (unit, "\\n")),))
        >>> doc.render(lambda unit: "Salam.")
        'Salam.\\n'
        """
        out: list[str] = []
        for block in self.blocks:
            for part in block.parts:
                if isinstance(part, str):
                    out.append(
                        part if type(part) is not PerLocale or not locale else part.write(locale)
                    )
                    continue
                target = target_of(part)
                if target is None or target == part.source:
                    out.append(part.raw)
                else:
                    out.append(part.spell(target))
        return "".join(out)


class State(StrEnum):
    """How far a message is; the words are XLIFF's, DRAFT is gettext's fuzzy."""

    INITIAL = "initial"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


class Missing(StrEnum):
    """What stands where a translation is missing or only a draft."""

    SOURCE = "source"
    MARK = "mark"
    BLANK = "blank"
    REFUSE = "refuse"

    @classmethod
    def _missing_(cls, value: object) -> Missing | None:
        """`fail` is another name of `refuse`.

        >>> Missing("fail")
        <Missing.REFUSE: 'refuse'>
        """
        return cls.REFUSE if value == "fail" else None


class Problem(NamedTuple):
    """A finding as data; checks yield them, shells show them."""

    code: str
    severity: str
    text: str
    locale: str
    message: str
    source: str = ""
    po_file: str = ""
    po_line: int = 0
    origin_file: str = ""
    origin_line: int = 0
    target: str = ""
    span: tuple[int, int] = (0, 0)
    """Where in the target, in characters from 0; empty where something lacks."""
    source_span: tuple[int, int] = (0, 0)
    fix: str | None = None
    """What should stand in the span, where that is certain."""
    safe: bool = False
    """Whether the fix cannot touch the meaning."""
    waived: str = ""
    """The reason for which somebody waived it."""

    @property
    def fingerprint(self) -> str:
        """A short name that stays while the finding stays, wherever its lines move.

        >>> Problem("number", "error", "x", "ru", "m").fingerprint == Problem("number", "info", "x", "ru", "n").fingerprint
        True
        """
        said = f"{self.code}\x04{self.text}\x04{self.locale}\x04{self.source}\x04{self._marked}"
        return digest(said.encode(errors="surrogatepass"), 8)

    @property
    def _marked(self) -> str:
        start, end = self.span
        return self.target[start:end]

    def at(self, file: str, line: int, source: str) -> Problem:
        """The same finding about a source in another file.

        >>> Problem("waiver", "info", "x", "ru", "m").at("waivers.toml", 3, "No.").po_line
        3
        """
        return self._replace(po_file=file, po_line=line, source=source)


class Cell(NamedTuple):
    """One unit in one language."""

    locale: str
    text: str
    """What stands in the cell; the source text where policy falls back to it."""
    state: State
    lang: str
    """The language of `text`: the source's where policy fell back to it."""
    spans: tuple[Span, ...] = ()
    stand_in: bool = False
    """Whether `text` only stands where a translation is missing."""


class Row(NamedTuple):
    """One unit in every language, the source first."""

    id: str
    """Stays when neighbours change: it is made of the unit's own context and source."""
    number: str
    """Place in the text: block and sentence, as in `4.2`."""
    cells: tuple[Cell, ...]
    context: str | None = None
    notes: tuple[str, ...] = ()
    new_line: bool = False
    also: tuple[str, ...] = ()
    """Ids of the further units that the row spans, where a translator joined them."""
    verbatim: bool = False
    """Whether it says the same in every language, and is no unit of the catalogs."""
    places: tuple[str, ...] = ()
    """The number of each unit that the row spans, where it spans several."""

    def chosen(self, places: Sequence[int]) -> Row:
        """The row with the cells at these places, in this order."""
        return self._replace(cells=tuple([self.cells[place] for place in places]))


class ParallelBlock(NamedTuple):
    kind: Kind
    rows: tuple[Row, ...]
    """What a reader sees: the units, and what stands between them verbatim."""
    level: int = 0
    label: str = ""
    literal: str = ""
    first: bool = False
    align: str = ""

    @property
    def units(self) -> tuple[Row, ...]:
        """The rows that catalogs translate."""
        return tuple([row for row in self.rows if not row.verbatim])


class Picture(NamedTuple):
    """An image file that a text shows."""

    name: str
    """A name made of its content."""
    media: str
    """Its media type."""
    data: bytes


class Parallel(NamedTuple):
    """A text in several languages, aligned unit by unit."""

    name: str
    title: str
    """The title in the source language."""
    locales: tuple[str, ...]
    """The columns in order: the source first, unless others were chosen."""
    blocks: tuple[ParallelBlock, ...]
    metadata: Mapping[str, str] = MappingProxyType({})
    """What the text's front matter says of author, date, origin, licence."""
    source: str = ""
    """The source locale, whether it has a column or not; the first column's where empty."""
    numbers_stay: bool = False
    """Whether the numbers of the rows are kept when the text changes."""
    format: str = ""
    """The name of the format that the text is read by."""
    known: tuple[str, ...] = ()
    """Every locale of the text, whether it has a column or not; the columns where empty."""
    pictures: Mapping[tuple[str, str], Picture] = MappingProxyType({})
    """Its image files that could be read, by the language of a cell and the address there."""

    @property
    def rows(self) -> Iterator[Row]:
        """The units, in order."""
        return (row for block in self.blocks for row in block.rows if not row.verbatim)

    def chosen(self, locales: Sequence[str]) -> Parallel:
        """The same text with these columns, in this order; one column is a translated text.

        >>> Parallel("x", "X", ("en", "az", "he"), ()).chosen(["he", "en"]).locales
        ('he', 'en')
        """
        source = self.source or self.locales[0]
        known = self.known or self.locales
        if tuple(locales) == self.locales:
            return self._replace(source=source, known=known)
        places = [self.locales.index(locale) for locale in locales]
        blocks = tuple(
            [
                block._replace(rows=tuple([row.chosen(places) for row in block.rows]))
                for block in self.blocks
            ]
        )
        return self._replace(locales=tuple(locales), blocks=blocks, source=source, known=known)

    def title_in(self, locale: str) -> str:
        """The title in one of the columns: the front matter's, else the first heading's."""
        place = self.locales.index(locale)
        titled = [b for b in self.blocks if b.kind is Kind.METADATA and b.label == "title"]
        titled += [block for block in self.blocks if block.kind is Kind.HEADING][:1]
        if not titled:
            return self.title
        cells = [row.cells[place] for row in titled[0].rows]
        return " ".join(said(cell.spans) or cell.text for cell in cells)


def unit_id(key: Key, nth: int) -> str:
    """A short name for the nth unit (from 0) of a text with this context and source.

    >>> unit_id((None, "Hello."), 0) == unit_id((None, "Hello."), 0)
    True
    >>> unit_id((None, "Hello."), 1).endswith("-2")
    True
    """
    context, source = key
    plain_key = source if context is None else f"{context}\x04{source}"
    name = digest(plain_key.encode(), 5)
    return name if nth == 0 else f"{name}-{nth + 1}"
