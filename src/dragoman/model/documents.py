"""Documents: a source text as blocks, and their units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, NamedTuple, Self, TypeVar

_Tuple = TypeVar("_Tuple", bound=tuple[Any, ...])


def maker(kind: type[_Tuple]) -> Callable[[tuple[Any, ...]], _Tuple]:
    """Return a function that makes named tuples of one class from a tuple of all their fields.

    It takes half the time of calling the class, which counts where a document has many thousand
    units.

    >>> maker(Span)(("text", "a", "", (), ""))
    Span(name='text', text='a', url='', children=(), title='')
    """
    return partial(tuple.__new__, kind)


Speller = Callable[[str], str]
"""Escapes a target for one place of a file, so that it cannot change the file's structure."""


def as_is(target: str) -> str:
    """Return the target unchanged, for formats without escapes."""
    return target


class Room(NamedTuple):
    """The time for which a text is shown, and the characters that there is space for."""

    seconds: float
    characters: int


class Unit(NamedTuple):
    """A translatable part of a document: one sentence, or one block if the settings say so.

    Units are equal if their source, raw text and context are equal; their position does not count.
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
    """Escapes a target for this place of the file."""
    new_line: bool = False
    """Whether the unit begins a new line inside its block when displayed, as a line of verse does."""
    line: int = 0
    """Line of the file, from 1."""
    column: int = 0
    """Column of the line in characters, from 1."""
    room: Room | None = None
    """The time and space for it, if they are limited, as in subtitles."""

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
    """The kind of a block; translators see the value in comments, and exports style by it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    TERM = "term"
    DEFINITION = "definition"
    QUOTE = "quotation"
    CELL = "table cell"
    FOOTNOTE = "footnote"
    METADATA = "metadata"
    CODE = "code"
    BREAK = "thematic break"
    SKELETON = "skeleton"


MATH = "math"
"""Name of a span, and label of a block of code, that is a formula."""


class Verbatim(str):
    """Skeleton that is displayed but has nothing to translate, such as numbers and signs.

    >>> Verbatim("1,\\n2", "1, 2").source
    '1, 2'
    """

    __slots__ = ("new_line", "source")
    source: str
    """The same text on one line, without line breaks and line prefixes of the file."""
    new_line: bool
    """Whether it begins a new line inside its block when displayed."""

    def __new__(cls, raw: str, source: str, new_line: bool = False) -> Self:
        text = super().__new__(cls, raw)
        text.source = source
        text.new_line = new_line
        return text

    def __getnewargs__(self) -> tuple[str, str, bool]:  # type: ignore[override]
        """The arguments of `__new__`, for pickle."""
        return str(self), self.source, self.new_line


class PerLocale(str):
    """Skeleton with the file's language in it, which is written differently for each locale.

    >>> PerLocale("lang: en", "lang: {}".format).write("he")
    'lang: he'
    """

    __slots__ = ("write",)
    write: Callable[[str], str]
    """Takes a locale; returns the text for its file."""

    def __new__(cls, raw: str, write: Callable[[str], str]) -> Self:
        text = super().__new__(cls, raw)
        text.write = write
        return text

    def __getnewargs__(self) -> tuple[str, Callable[[str], str]]:  # type: ignore[override]
        """The arguments of `__new__`, for pickle."""
        return str(self), self.write


Layout = Callable[[str, str, str], str]
"""Breaks the lines of a rendered block: takes its source, its rendered text, and the locale."""


class Illustration(NamedTuple):
    """An image that a tag of HTML shows, whose texts are parts of a block."""

    url: str
    alt: int
    """The index of the part that is its alternative text."""
    title: int = -1
    """The index of the part that is its title; -1 if it has none to translate."""

    def after(self, parts: int) -> Illustration:
        """The same image if so many parts come first.

        >>> Illustration("a.png", 1).after(2)
        Illustration(url='a.png', alt=3, title=-1)
        """
        title = self.title if self.title < 0 else self.title + parts
        return Illustration(self.url, self.alt + parts, title)


class Block(NamedTuple):
    """A block of a document, such as a heading, a paragraph or a table cell."""

    kind: Kind
    parts: tuple[str | Unit, ...]
    """Skeleton, which is copied unchanged, and units; their raw texts joined are the block's text."""
    level: int = 0
    """Level of a heading (1 to 6), or nesting depth of any other block."""
    label: str = ""
    """The displayed marker: `2.` of a numbered item, `☑` of a completed task, a footnote's number, a metadata key;
    `math` of code that is a formula."""
    literal: str = ""
    """The displayed text of a block without units: a code block's text, or `* * *`."""
    first: bool = False
    """Whether this is the first cell of its table row."""
    align: str = ""
    """Alignment of a table cell: `center`, `end`, or empty for where lines of the language begin."""
    layout: Layout | None = None
    """Breaks the lines of the block once its units are translated, if the format limits them."""
    images: tuple[Illustration, ...] = ()
    """Images that are no markup inside a unit."""
    joint: bool = False
    """Whether it is laid out together with the blocks beside it that have the same layout, as the cells of
    a table are whose lines are drawn; their units have no raw text of their own."""

    @property
    def raw(self) -> str:
        """The slice of the file."""
        return "".join([part if isinstance(part, str) else part.raw for part in self.parts])

    def follows(self, other: Block | None) -> bool:
        """Whether it is laid out together with the block before it."""
        return self.joint and other is not None and other.joint and other.layout == self.layout

    @property
    def units(self) -> list[Unit]:
        return [part for part in self.parts if type(part) is Unit]


def laid_out(blocks: Sequence[Block], texts_of: Callable[[Block], list[str]], locale: str) -> str:
    """The rendered texts of blocks, with the lines of those broken that have a layout and changed."""
    out: list[str] = []
    laid: list[Block] = []
    start = 0
    for block in blocks:
        if laid and not block.follows(laid[-1]):
            out[start:] = [_broken(laid, "".join(out[start:]), locale)]
            laid = []
        if block.layout is not None:
            start = start if laid else len(out)
            laid.append(block)
        out += texts_of(block)
    if laid:
        out[start:] = [_broken(laid, "".join(out[start:]), locale)]
    return "".join(out)


def _broken(blocks: Sequence[Block], text: str, locale: str) -> str:
    layout = blocks[0].layout
    raw = "".join([block.raw for block in blocks])
    return text if layout is None or text == raw else layout(raw, text, locale)


class Span(NamedTuple):
    """A node of parsed inline content: text, or an element that contains other spans."""

    name: str
    """`text`, `strong`, `emphasis`, `strike`, `code`, `math`, `link`, `image`, `note`, `break`,
    `isolate` (a phrase of the other direction), `group`, or one of `ELEMENTS`."""
    text: str = ""
    """The text of `text` and `code`, the source of `math` with its marks, the alternative text of `image`, the label of `note`."""
    url: str = ""
    children: tuple[Span, ...] = ()
    title: str = ""
    """The title attribute of `image`, `link` and `abbr`, which browsers show as a tooltip."""


ELEMENTS = (
    "sup", "sub", "b", "i", "u", "mark", "kbd", "q", "cite", "small", "abbr", "ruby", "rt",
)  # fmt: skip
"""Inline elements of HTML that change what a text means and for which Markdown has no syntax."""

_SUPERSCRIPTS = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))


def said(spans: Sequence[Span]) -> str:
    """The plain text of spans, without their markup; superscripts and subscripts stay distinct.

    >>> said((Span("text", "10"), Span("sup", children=(Span("text", "6"),))))
    '10⁶'
    """
    return "".join([span.text or spoken(span, said(span.children)) for span in spans])


def spoken(span: Span, inner: str) -> str:
    """The plain text of an element, from the plain text of its children.

    >>> spoken(Span("sup"), "th"), spoken(Span("sub"), "2"), spoken(Span("rt"), "kan")
    ('^th', '₂', '(kan)')
    """
    if span.name == "sup":
        return _scripted(inner, _SUPERSCRIPTS, "^")
    if span.name == "sub":
        return _scripted(inner, _SUBSCRIPTS, "_")
    return f"({inner})" if span.name == "rt" and inner else inner


def _scripted(text: str, letters: Mapping[str, str], sign: str) -> str:
    """A text in superscript or subscript characters, or after a sign if Unicode lacks one of them."""
    if all(letter in letters for letter in text):
        return "".join([letters[letter] for letter in text])
    return f"{sign}{text}" if text.isalnum() else f"{sign}({text})"


Inline = Callable[[str], tuple[Span, ...]]
"""Parses a source or target text into spans; every document has the parser of its format."""


def plain(text: str) -> tuple[Span, ...]:
    """Parse a text that has no markup: a single text span."""
    return (Span("text", text),)


def utf8(rendering: str, _locale: str = "") -> bytes:
    """The content of a file whose parts, joined, are the file."""
    return rendering.encode()


@dataclass(frozen=True)
class Document:
    """A source text as blocks; the raw texts of all parts joined are the file.

    For an archive they are the text from which `encode` makes the file.
    """

    blocks: tuple[Block, ...]
    inline: Inline = field(default=plain, compare=False, repr=False)
    metadata: dict[str, str] = field(default_factory=dict, compare=False)
    """String values of the front matter."""
    encode: Callable[[str, str], bytes] = field(default=utf8, compare=False, repr=False)
    """The content of the file for a rendering and its locale."""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple([unit for block in self.blocks for unit in block.units])

    @property
    def title(self) -> str:
        """The title in the front matter, else the text of the first heading, else an empty string."""
        if "title" in self.metadata:
            return self.metadata["title"]
        for block in self.blocks:
            if block.kind is Kind.HEADING:
                return " ".join(unit.source for unit in block.units)
        return ""

    def render(self, target_of: Callable[[Unit], str | None], locale: str = "") -> str:
        """The file with every unit replaced by its target; `None` keeps the unit's raw text.

        With a locale, skeleton with the file's language is written for that locale.

        >>> unit = Unit("Hello.", raw="Hello.")
        >>> doc = Document((Block(Kind.PARAGRAPH, (unit, "\\n")),))
        >>> doc.render(lambda unit: "Salam.")
        'Salam.\\n'
        """

        def texts_of(block: Block) -> list[str]:
            out: list[str] = []
            for part in block.parts:
                if isinstance(part, str):
                    named = type(part) is PerLocale and locale
                    out.append(part.write(locale) if named else part)  # type: ignore[attr-defined]
                    continue
                target = target_of(part)
                if target is None or target == part.source:
                    out.append(part.raw)
                else:
                    out.append(part.spell(target))
            return out

        return laid_out(self.blocks, texts_of, locale)
