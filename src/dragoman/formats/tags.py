"""HTML as a sequence of tags and texts, without a tree.

Fragments and broken HTML are tokenized as in the HTML standard. Nothing is repaired, so all offsets
are offsets in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Run
from dragoman.formats.units import translatable
from dragoman.model import Kind

_ATTRIBUTE = r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+"""
_TOKEN = re.compile(
    rf"<(?:!--(?P<comment>.*?)(?:--!?>|\Z)|(?P<close>/)?(?P<name>[A-Za-z][^\s/>]*+)"
    rf"(?P<attributes>(?:\s++|/(?!>)|{_ATTRIBUTE})*+)/?>|[!?/](?:\[CDATA\[.*?\]\]|[^>]*+)>)",
    re.DOTALL,
)
_NAMED = re.compile(
    r"""(?P<key>[^\s/>=]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+))""",
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "base",
        "basefont",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "menuitem",
        "meta",
        "nav",
        "noframes",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "picture",
        "search",
        "section",
        "select",
        "source",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
        "video",
        "audio",
        "canvas",
        "object",
        "textarea",
    ]
)
"""Elements whose tags end a sentence; all others, also unknown ones, are inline."""
_BROKEN = re.compile(r"</?[A-Za-z]")
"""The beginning of a tag; if it is never closed, browsers drop what follows."""
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ],
)
_CODE = frozenset(("code", "script", "style", "svg", "math", "template"))
"""Inline elements whose content is not prose."""
_PEELED = {"em": "Emphasis", "i": "Emphasis", "strong": "Strong", "b": "Strong"}
_OFFERED = frozenset(
    ("alt", "title", "placeholder", "aria-label", "aria-description", "summary", "label")
)
_METAS = frozenset(
    [
        "description",
        "keywords",
        "og:title",
        "og:description",
        "og:site_name",
        "og:image:alt",
        "twitter:title",
        "twitter:description",
        "twitter:image:alt",
        "application-name",
    ]
)
_ENDED_BY = {
    "li": ("li", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
"""Open elements that end where another begins: their end tags may be omitted in HTML."""
_HEAD_LINE = re.compile(r"</?[A-Za-z][^<>]*>[ \t\r]*\n[\s>]*")
_TAIL_LINE = re.compile(r"[ \t\r]*\n[\s>]*</?[A-Za-z][^<>]*>\Z")


class Attribute(NamedTuple):
    """The visible value of an attribute, and the quotation mark around it."""

    start: int
    end: int
    quote: str
    key: str = ""
    name: str = ""
    """The name of a `meta` element."""

    def spell(self, target: str) -> str:
        """Write a target for the quotation marks of the source; adds double ones if there are none."""
        return quoted(target, self.quote)


class Flow(NamedTuple):
    """A block's text with its inline markup."""

    run: Run
    kind: Kind
    level: int
    label: str = ""


class Listing(NamedTuple):
    """The content of a `pre` element."""

    start: int
    end: int
    literal: str


class Remark(NamedTuple):
    """The text of a comment."""

    start: int
    text: str


class ImageTag(NamedTuple):
    """An `img` element outside of prose: its address, and its visible attribute values."""

    start: int
    end: int
    url: str
    values: tuple[Attribute, ...] = ()
    spoken: str = ""
    """Alternative text that has nothing to translate, such as a number."""


Piece = Attribute | Flow | ImageTag | Listing | Remark


def quoted(target: str, quote: str) -> str:
    """An attribute's value on one line, with its quotation mark escaped.

    >>> quoted('say "hi"', '"'), quoted("a b", "")
    ('say &quot;hi&quot;', '"a b"')
    """
    line = " ".join(target.split())
    if quote == "'":
        return line.replace("'", "&#39;")
    line = line.replace('"', "&quot;")
    return line if quote else f'"{line}"'


def values(tag: str, start: int, name: str = "") -> Iterator[Attribute]:
    """The visible attribute values of a tag.

    >>> [v.key for v in values('<img src="a.png" alt="A map">', 0)]
    ['alt']
    """
    if "=" not in tag:
        return
    found = list(_NAMED.finditer(tag))
    by_key = {match["key"].lower(): match[2] or match[3] or match[4] or "" for match in found}
    wanted = set(_OFFERED)
    if name == "meta" and (by_key.get("name") or by_key.get("property", "")).lower() in _METAS:
        wanted = {"content"}
    elif name == "input" and by_key.get("type", "").lower() in ("button", "submit", "reset"):
        wanted.add("value")
    for match in found:
        if match["key"].lower() in wanted:
            form = match.lastgroup or "bare"
            quote = {"double": '"', "single": "'"}.get(form, "")
            if translatable(unescape(match[form])):
                yield Attribute(
                    start + match.start(form),
                    start + match.end(form),
                    quote,
                    match["key"].lower(),
                    by_key.get("name", ""),
                )


def _shown(tag: str, start: int, name: str) -> Iterator[Attribute | ImageTag]:
    """What a tag outside of prose shows: an image with its texts, or only texts."""
    found = tuple(values(tag, start, name))
    url = source_of(tag) if name == "img" else ""
    if not url:
        yield from found
        return
    alt = attribute_of(tag, "alt")
    spoken = "" if any(value.key == "alt" for value in found) else " ".join(alt.split())
    yield ImageTag(start, start + len(tag), url, found, spoken)


def attribute_of(tag: str, key: str) -> str:
    """The value of an attribute of a tag; empty if it has none.

    >>> attribute_of('<img SRC=a.png alt="A &amp; B">', "alt")
    'A & B'
    """
    for match in _NAMED.finditer(tag):
        if match["key"].lower() == key:
            return unescape(match[2] or match[3] or match[4] or "")
    return ""


def source_of(tag: str) -> str:
    """The address of an `img` element, without the spaces that browsers leave out."""
    return attribute_of(tag, "src").strip()


class _Walk:
    """Cuts a fragment into pieces in one pass."""

    def __init__(self, text: str, xml: bool = False) -> None:
        self._text = text
        self._xml = xml
        self._run: Run | None = None
        self._tags: list[tuple[str, int, str]] = []  # tags of the run
        self._open: list[tuple[str, Element]] = []  # inline elements of the run
        self._blocks: list[str] = []
        self._silent = 0  # depth of the outermost open block that is not translated; 0 for none

    def pieces(self) -> Iterator[Piece]:
        text, at = self._text, 0
        while True:
            start, token = _next(text, at)
            self._add_text(at, start)
            if token is None:
                break
            at = token.end()
            name = (token["name"] or "").lower()
            if token["comment"] is not None:
                yield from self._comment(token)
            elif not name:
                self._hide(token)
            elif name == "pre" and not token["close"] and not self._is_empty(token):
                yield from self._close()
                end = self._end_of(name, at)
                literal = unescape(_TOKEN.sub("", text[at:end])).removeprefix("\n")
                yield Listing(token.start(), end, literal)
                at = end
            elif self._code_name(name) and not token["close"]:
                at = self._code(token, name)
            elif name in _BLOCKS:
                yield from self._close()
                self._block(token, name)
                if not token["close"] and not self._silent:
                    yield from values(token[0], token.start(), name)
            else:
                self._inline(token, name)
        yield from self._close()

    def _code_name(self, name: str) -> str:
        """The name of an element whose content is not prose, without its prefix in XML; else nothing."""
        local = name.rpartition(":")[2] if self._xml else name
        return local if local in _CODE else ""

    def _is_empty(self, token: re.Match[str]) -> bool:
        """Whether an element has no content; in HTML, `/>` does not say so."""
        return self._xml and token[0].endswith("/>")

    def _end_of(self, name: str, at: int) -> int:
        """The end of an element that cannot contain another of its name."""
        close = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE).search(self._text, at)
        return close.end() if close else len(self._text)

    def _add_text(self, start: int, end: int) -> None:
        words = self._text[start:end].strip()
        if not words or self._silent:
            return
        first = self._text.index(words, start)
        self._grow(first, first + len(words))

    def _grow(self, start: int, end: int) -> Run:
        if self._run is None:
            self._run = Run(start, end)
        self._run.end = max(self._run.end, end)
        return self._run

    def _comment(self, token: re.Match[str]) -> Iterator[Piece]:
        if self._run is not None:
            self._run.opaque.append((*token.span(), HIDDEN))
        else:
            yield Remark(token.start(), token["comment"])

    def _hide(self, token: re.Match[str]) -> None:
        if self._run is not None:
            self._run.opaque.append((*token.span(), HIDDEN))

    def _code(self, token: re.Match[str], name: str) -> int:
        own = self._code_name(name)
        whole = self._is_empty(token) or (token[0].endswith("/>") and own in ("svg", "math"))
        end = token.end() if whole else self._end_of(name, token.end())
        if self._silent:
            return end
        if own in ("code", "svg", "math") and (own == "code" or self._run is not None):
            self._grow(token.start(), end)
        if self._run is not None:
            self._run.opaque.append((token.start(), end, OPAQUE))
        return end

    def _block(self, token: re.Match[str], name: str) -> None:
        if name in _VOID or token[0].endswith("/>"):
            return
        if not token["close"]:
            if self._blocks and self._blocks[-1] in _ENDED_BY.get(name, ("p",)):
                self._blocks.pop()
            self._blocks.append(name)
            if not self._silent and _not_translated(token[0]):
                self._silent = len(self._blocks)
        elif name in self._blocks:
            while self._blocks and self._blocks.pop() != name:
                pass
            if len(self._blocks) < self._silent:
                self._silent = 0

    def _inline(self, token: re.Match[str], name: str) -> None:
        if self._silent:
            return
        start, end = token.span()
        if token["close"] and self._run is None:
            return
        if name == "br":
            if self._run is not None:
                self._run.breaks.append((start, end))
            return
        run = self._grow(start, end)
        if token["close"]:
            found = [at for at, (open_, _) in enumerate(self._open) if open_ == name]
            if not found:
                run.opaque.append((start, end, HIDDEN))
                return
            for _, left in self._open[found[-1] + 1 :]:  # never closed
                run.opaque.append((left.start, left.inner_start, HIDDEN))
            element = self._open[found[-1]][1]
            del self._open[found[-1] :]
            element.end, element.inner_end = end, start
            run.elements.append(element)
            return
        self._tags.append((token[0], start, name))
        if name in _VOID or token[0].endswith("/>"):
            run.opaque.append((start, end, HIDDEN))
            return
        element = Element(_PEELED.get(name, name), start, end)
        element.inner_start = element.inner_end = end
        self._open.append((name, element))

    def _close(self) -> Iterator[Piece]:
        run, self._run = self._run, None
        tags, self._tags = self._tags, []
        left, self._open = self._open, []
        if run is None:
            return
        for _, element in left:
            run.opaque.append((element.start, element.inner_start, HIDDEN))
        run.breaks = [(a, b) for a, b in run.breaks if b <= run.end]
        run.opaque = [one for one in run.opaque if one[1] <= run.end]
        if not translatable(self._visible(run)):
            for tag, start, name in tags:
                yield from _shown(tag, start, name)
            return
        self._trim(run)
        run.elements.sort(key=lambda element: (element.start, -element.end))
        for tag, start, name in tags:
            if start < run.start:
                yield from _shown(tag, start, name)
        yield Flow(run, *self._kind())
        for tag, start, name in tags:
            if start >= run.end:
                yield from _shown(tag, start, name)

    def _trim(self, run: Run) -> None:
        """Exclude tags on their own lines at both ends of a run.

        In Markdown such a line begins the block of HTML, and must stay as it is.
        """
        text = self._text
        while head := _HEAD_LINE.match(text, run.start, run.end):
            run.start = head.end()
        while tail := _TAIL_LINE.search(text, run.start, run.end):
            run.end = tail.start()
        inside = (run.start, run.end)
        run.opaque = [one for one in run.opaque if inside[0] <= one[0] and one[1] <= inside[1]]
        kept = []
        for element in run.elements:
            if inside[0] <= element.start and element.end <= inside[1]:
                kept.append(element)
            elif inside[0] <= element.start < inside[1]:
                run.opaque.append((element.start, element.inner_start, HIDDEN))
            elif inside[0] < element.end <= inside[1]:
                run.opaque.append((element.inner_end, element.end, HIDDEN))
        run.elements = kept
        run.breaks = [one for one in run.breaks if inside[0] <= one[0] and one[1] <= inside[1]]

    def _visible(self, run: Run) -> str:
        out, done = [], run.start
        for start, end, _ in sorted(run.opaque):
            out.append(self._text[done : max(start, done)])
            done = max(done, end)
        out.append(self._text[done : run.end])
        return unescape(_TOKEN.sub("", "".join(out)))

    def _kind(self) -> tuple[Kind, int, str]:
        quotes = self._blocks.count("blockquote")
        for name in reversed(self._blocks):
            if re.fullmatch("h[1-6]", name):
                return Kind.HEADING, int(name[1]), ""
            if name in ("li", "dd"):
                kind = Kind.ITEM if name == "li" else Kind.DEFINITION
                return kind, self._blocks.count(name), ""
            if name == "dt":
                return Kind.TERM, self._blocks.count("dd") + 1, ""
            if name == "title":
                return Kind.METADATA, 0, "title"
            if name == "blockquote":
                break
        return (Kind.QUOTE, quotes, "") if quotes else (Kind.PARAGRAPH, 0, "")


def _not_translated(tag: str) -> bool:
    """Whether a tag excludes its content from translation: `translate="no"`, class `notranslate`."""
    return "translate" in tag and bool(
        re.search(r"\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*[\"'][^\"']*\bnotranslate\b", tag)
    )


def pieces(text: str, xml: bool = False) -> Iterator[Piece]:
    """The pieces of an HTML fragment, in order; with `xml` it is XHTML.

    >>> [piece.run.end for piece in pieces("<p>One <b>two</b></p>")]
    [17]
    """
    return _Walk(text, xml).pieces()


def _next(text: str, at: int) -> tuple[int, re.Match[str] | None]:
    """The end of the text that begins at an offset, and the tag or comment after it."""
    start = at
    while (start := text.find("<", start)) >= 0:
        token = _TOKEN.match(text, start)
        if token is not None or _BROKEN.match(text, start):
            return start, token
        start += 1
    return len(text), None


def shown_by_tags(text: str, start: int) -> list[Attribute | ImageTag]:
    """What the tags in a stretch without words show; `start` is added to all offsets."""
    found: list[Attribute | ImageTag] = []
    for piece in pieces(text):
        if isinstance(piece, Attribute):
            found.append(_moved(piece, start))
        elif isinstance(piece, ImageTag):
            found.append(moved(piece, start))
    return found


def moved(image: ImageTag, start: int) -> ImageTag:
    """An image with `start` added to its offsets and to those of its texts."""
    texts = tuple([_moved(value, start) for value in image.values])
    return image._replace(start=image.start + start, end=image.end + start, values=texts)


def _moved(value: Attribute, start: int) -> Attribute:
    return value._replace(start=value.start + start, end=value.end + start)


def without_tags(text: str) -> str:
    """The text of a fragment without tags, comments and code."""
    return "".join([content for name, _, content, _, _ in marks(text, decoded=False) if not name])


def marks(text: str, decoded: bool = True) -> Iterator[tuple[str, bool, str, str, str]]:
    """The tags and texts of inline content: name (empty for text), whether it closes, text, address, title."""
    at = 0
    while True:
        start, token = _next(text, at)
        content = text[at:start]
        if content:
            yield "", False, unescape(content) if decoded else content, "", ""
        if token is None:
            return
        at = token.end()
        name = (token["name"] or "").lower()
        if name in _CODE and not token["close"]:
            close = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE).search(text, at)
            inner = text[at : close.start() if close else len(text)]
            yield "code", False, unescape(_TOKEN.sub("", inner)), "", ""
            at = close.end() if close else len(text)
        elif name:
            found = {
                m["key"].lower(): m[2] or m[3] or m[4] or "" for m in _NAMED.finditer(token[0])
            }
            url = found.get("href") or found.get("src") or ""
            alt = unescape(found.get("alt", "")) if name == "img" else ""
            title = unescape(found.get("title", "")) if name == "img" else ""
            yield name, bool(token["close"]), alt, unescape(url).strip(), title


__all__ = [
    "Attribute",
    "Flow",
    "ImageTag",
    "Listing",
    "Piece",
    "Remark",
    "attribute_of",
    "marks",
    "moved",
    "pieces",
    "quoted",
    "shown_by_tags",
    "source_of",
    "values",
    "without_tags",
]
