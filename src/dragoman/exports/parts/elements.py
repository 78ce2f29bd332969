"""Elements of HTML and EPUB: inline content, languages, links that do no harm, and footnotes."""

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
"""Bytes of a picture that a page holds in itself."""
_URL_MARKS = ":/?#@!$&'()*+,;=%~"
_TAGS = {"strong": "strong", "emphasis": "em", "strike": "s", **{name: name for name in ELEMENTS}}


def is_safe(url: str) -> bool:
    """Whether a link may lead there: the web, mail, or a place beside the page.

    Browsers pass over controls and spaces in an address, and take a backslash for a slash.

    >>> is_safe("https://example.org/"), is_safe("b.html"), is_safe("javascript:x()")
    (True, True, False)
    """
    return _SAFE_URL.match(_PASSED_OVER.sub("", url)) is not None


def absolute(url: str) -> str:
    """The address where it leads to the web or to mail, well-formed; nothing where it does not.

    A book and a printed page have no place beside them.

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


@cache
def lang(locale: str) -> str:
    """The attributes that say the language and direction of an element.

    >>> lang("he")
    'lang="he" dir="rtl"'
    """
    return f'lang="{locales.language_tag(locale)}" dir="{locales.direction(locale)}"'


def language(cells: Sequence[Cell]) -> str:
    """The locale of a block: that of its texts where they agree, else its column's.

    Where nothing is translated yet, a block is a block in the source language.
    """
    found = {cell.lang for cell in cells}
    return found.pop() if len(found) == 1 else cells[0].locale


def together(cells: Sequence[Cell], locale: str) -> Iterator[tuple[str, range]]:
    """The places of neighbours in one language, with it; empty where it is the block's own.

    Sentences that stand in for translations are read in their own direction, one after another.

    >>> from dragoman.model import State
    >>> en, he = (Cell("he", "…", State.INITIAL, x) for x in ("en", "he"))
    >>> list(together([he, en, en], "he"))
    [('', range(0, 1)), ('en', range(1, 3))]
    """
    for spoken, group in groupby(range(len(cells)), lambda place: cells[place].lang):
        places = list(group)
        yield "" if spoken == locale else spoken, range(places[0], places[-1] + 1)


class Markup:
    """Inline content as elements; a format changes what it spells in its own way.

    Args:
        known: the locales of the text, of which a phrase in another script may be.
        pictures: the images that can be shown.
    """

    BREAK = "<br>"

    def __init__(
        self, known: Sequence[str] = (), pictures: Pictures = MappingProxyType({})
    ) -> None:
        self._languages = tuple(known)
        self._pictures = pictures
        self._locale = ""

    def cell(self, cell: Cell) -> str:
        """What a cell says, its runs of the other direction in `bdi`.

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
        if len(shown) == 1 and shown[0].name == "text":  # as most are
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
        """An image; its alternative text where it cannot be shown."""
        picture = self._pictures.get((self._locale, span.url))
        address = self.address(picture) if picture else ""
        if not address:
            return f'<span class="image"{self.title(span)}>{self.text(span.text)}</span>'
        return f'<img src="{address}" alt="{self.attribute(span.text)}"{self.title(span)}{self.END}'

    END = ">"

    def address(self, picture: Picture) -> str:
        """The picture as an address that holds its data; nothing if it is too large for a page."""
        if len(picture.data) > LARGEST_INLINE:
            return ""
        return f"data:{picture.media};base64,{base64.b64encode(picture.data).decode()}"

    def attribute(self, text: str) -> str:
        return escape(text)

    def title(self, span: Span) -> str:
        """The attribute with what a pointer shows; nothing where there is nothing to show."""
        return f' title="{self.attribute(span.title)}"' if span.title else ""

    def phrase(self, text: str, direction: str) -> str:
        """The attributes of a phrase of the other direction; its language where that is known.

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
        """The mark of a footnote."""
        return f'<sup dir="ltr">{self.text(number)}</sup>'

    def link(self, url: str, inner: str) -> str:
        """A link, where its scheme can do no harm."""
        if not is_safe(url):
            return inner
        return f'<a href="{escape(url)}" rel="noopener noreferrer">{inner}</a>'


def numbered(parallel: Parallel) -> Parallel:
    """Footnotes under the numbers a reader expects, in the order the first column refers to them."""
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
    """Whether a footnote begins with this block."""
    return block.kind is Kind.FOOTNOTE and bool(block.label)


def notes(spans: Iterable[Span]) -> Iterator[str]:
    """The footnotes that spans refer to."""
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
