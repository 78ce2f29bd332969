"""Shared HTML of pages and books: inline content, language attributes, safe links, footnotes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from dragoman.languages import locales
from dragoman.languages.phrase_language import language_of
from dragoman.model import ELEMENTS, Cell, Kind, Parallel, ParallelBlock, Picture, Span, said
from dragoman.text.isolates import isolated

_SAFE_URL = re.compile(
    r"(?:https?:|mailto:|#|(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/\\]{2}))", re.IGNORECASE
)
_PASSED_OVER = re.compile(r"[\x00-\x20\x7f-\x9f]+")
Pictures = Mapping[tuple[str, str], Picture]
LARGEST_INLINE = 1 << 20
"""Maximum size in bytes of an image that is embedded in a page."""
_URL_MARKS = ":/?#@!$&'()*+,;=%~"
_TAGS = {"strong": "strong", "emphasis": "em", "strike": "s", **{name: name for name in ELEMENTS}}


def is_safe(url: str) -> bool:
    """Whether a URL is safe as a link: http, https, mailto, or relative.

    Browsers ignore control characters and spaces in a URL, and treat a backslash as a slash.

    >>> is_safe("https://example.org/"), is_safe("b.html"), is_safe("javascript:x()")
    (True, True, False)
    """
    return _SAFE_URL.match(_PASSED_OVER.sub("", url)) is not None


def absolute(url: str) -> str:
    """A well-formed http, https or mailto URL; empty for any other, such as a relative one.

    Relative links have no target in a book or on paper.

    >>> absolute("https://example.org/a b"), absolute("b.html"), absolute("http://[")
    ('https://example.org/a%20b', '', '')
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode()
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    rest = quote(url.partition(":")[2].removeprefix("//" + parts.netloc), safe=_URL_MARKS)
    rest = re.sub("%(?![0-9A-Fa-f]{2})", "%25", rest)
    if scheme == "mailto" and "@" in rest:
        return f"mailto:{rest}"
    if scheme in ("http", "https") and re.fullmatch(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?", host):
        return f"{scheme}://{host}{rest}"
    return ""


def formula(source: str, block: bool = False) -> str:
    """A `math` element; empty if the formula is not understood."""
    from dragoman.exports.formulas.mathml import mathml  # few texts have any

    return mathml(source, block)


@cache
def lang(locale: str) -> str:
    """The `lang` and `dir` attributes of a locale.

    >>> lang("he")
    'lang="he" dir="rtl"'
    """
    return f'lang="{locales.language_tag(locale)}" dir="{locales.direction(locale)}"'


def language(cells: Sequence[Cell]) -> str:
    """The locale of a block: its texts' common language, else its column's.

    A block without any translation is therefore in the source language.
    """
    found = {cell.lang for cell in cells}
    return found.pop() if len(found) == 1 else cells[0].locale


def together(cells: Sequence[Cell], locale: str) -> Iterator[tuple[str, range]]:
    """Ranges of adjacent cells in one language; the language is empty if it is `locale`.

    Adjacent untranslated sentences thus form one run in the source's direction.

    >>> from dragoman.model import State
    >>> en, he = (Cell("he", "…", State.INITIAL, x) for x in ("en", "he"))
    >>> list(together([he, en, en], "he"))
    [('', range(0, 1)), ('en', range(1, 3))]
    """
    for spoken, group in groupby(range(len(cells)), lambda place: cells[place].lang):
        places = list(group)
        yield "" if spoken == locale else spoken, range(places[0], places[-1] + 1)


class Markup:
    """Inline content as HTML; formats override what they write differently.

    Args:
        known: locales of the text, candidates for the language of a phrase in another script.
        pictures: local images.
    """

    BREAK = "<br>"

    def __init__(
        self, known: Sequence[str] = (), pictures: Pictures = MappingProxyType({})
    ) -> None:
        self._languages = tuple(known)
        self._pictures = pictures
        self._locale = ""

    def cell(self, cell: Cell) -> str:
        """The inline content of a cell, with phrases of the other direction in `bdi`.

        >>> from dragoman.model import State
        >>> he = Cell("he", "C++ כאן", State.TRANSLATED, "he", (Span("text", "C++ כאן"),))
        >>> Markup().cell(he)
        '<bdi dir="ltr">C++</bdi> כאן'
        """
        return self.line(cell.spans, cell.lang)

    def line(self, spans: Sequence[Span], locale: str) -> str:
        rtl = locales.direction(locale) == "rtl"
        shown = isolated(spans, rtl)
        self._locale = locale
        if len(shown) == 1 and shown[0].name == "text":  # the usual case
            return self.text(shown[0].text)
        return self.spans(shown, "ltr" if rtl else "rtl")

    def spans(self, spans: Sequence[Span], other: str) -> str:
        return "".join([self._span(span, other) for span in spans])

    def _span(self, span: Span, other: str) -> str:
        match span.name:
            case "text":
                return self.text(span.text)
            case "code":
                return f'<code dir="ltr">{self.text(span.text)}</code>'
            case "math":
                return formula(span.text) or f'<code dir="ltr">{self.text(span.text)}</code>'
            case "image":
                return self.image(span)
            case "note":
                return self.note(span.text)
            case "break":
                return self.BREAK
        inner = self.spans(span.children, other)
        if span.name == "isolate":
            return f"<bdi {self.phrase(said(span.children), other)}>{inner}</bdi>"
        if span.name == "link":
            return self.link(span.url, inner)
        tag = _TAGS.get(span.name)
        return f"<{tag}{self.title(span)}>{inner}</{tag}>" if tag else inner

    def image(self, span: Span) -> str:
        """An `img` element, or the alternative text if there is no such image."""
        picture = self._pictures.get((self._locale, span.url))
        address = self.address(picture) if picture else ""
        if not address:
            return f'<span class="image"{self.title(span)}>{self.text(span.text)}</span>'
        return f'<img src="{address}" alt="{self.attribute(span.text)}"{self.title(span)}{self.END}'

    END = ">"

    def address(self, picture: Picture) -> str:
        """A `data:` URL of an image; empty if it is too large."""
        if len(picture.data) > LARGEST_INLINE:
            return ""
        return f"data:{picture.media};base64,{base64.b64encode(picture.data).decode()}"

    def attribute(self, text: str) -> str:
        return escape(text)

    def title(self, span: Span) -> str:
        """The `title` attribute; empty if there is no title."""
        return f' title="{self.attribute(span.title)}"' if span.title else ""

    def phrase(self, text: str, direction: str) -> str:
        """Language attributes of a phrase of the other direction; only `dir` if the language is unknown.

        >>> Markup(["en", "he"]).phrase("שלום", "rtl"), Markup(["en"]).phrase("Hi", "ltr")
        ('lang="he" dir="rtl"', 'dir="ltr"')
        """
        found = language_of(text, self._languages) if self._languages else ""
        return self.lang(found) if found else f'dir="{direction}"'

    def lang(self, locale: str) -> str:
        return lang(locale)

    def text(self, text: str) -> str:
        return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text

    def note(self, number: str) -> str:
        """A reference to a footnote."""
        return f'<sup dir="ltr">{self.text(number)}</sup>'

    def link(self, url: str, inner: str) -> str:
        """A link if its URL is safe, else only its content."""
        if not is_safe(url):
            return inner
        return f'<a href="{escape(url)}" rel="noopener noreferrer">{inner}</a>'


def numbered(parallel: Parallel) -> Parallel:
    """Replace footnote labels by numbers, in order of reference in the first column."""
    spans = [span for row in parallel.rows for span in row.cells[0].spans]
    labels = dict.fromkeys([*notes(spans), *(b.label for b in parallel.blocks if is_note(b))])
    if not labels:
        return parallel
    numbers = {label: str(number) for number, label in enumerate(labels, 1)}
    blocks = tuple(
        block._replace(
            label=numbers[block.label] if is_note(block) else block.label,
            rows=tuple(
                r._replace(cells=tuple(_cell(c, numbers) for c in r.cells)) for r in block.rows
            ),
        )
        for block in parallel.blocks
    )
    return parallel._replace(blocks=blocks)


def is_note(block: ParallelBlock) -> bool:
    """Whether a block is the first of a footnote."""
    return block.kind is Kind.FOOTNOTE and bool(block.label)


def notes(spans: Iterable[Span]) -> Iterator[str]:
    """The labels of the footnotes referenced in spans."""
    for span in spans:
        if span.name == "note":
            yield span.text
        yield from notes(span.children)


def _cell(cell: Cell, numbers: dict[str, str]) -> Cell:
    return cell._replace(spans=tuple(_numbered_span(span, numbers) for span in cell.spans))


def _numbered_span(span: Span, numbers: dict[str, str]) -> Span:
    if span.name == "note":
        return span._replace(text=numbers.get(span.text, span.text))
    children = tuple(_numbered_span(child, numbers) for child in span.children)
    return span._replace(children=children) if children else span
