"""EPUB 3: a book in one language, or a parallel book with each block's languages stacked.

Every document, block and cell has `lang` and `dir`, and the first language determines
the page progression. There are no scripts and no remote resources.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import count
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from dragoman.chrome import chrome
from dragoman.exports.book.chapters import BookPart, chapters, file_name, linked, places
from dragoman.exports.book.cover import cover
from dragoman.exports.book.ncx import NcxEntry, ncx
from dragoman.exports.parts import about, fonts
from dragoman.exports.parts.block_tree import (
    Glosses,
    ItemList,
    ListItem,
    Note,
    Piece,
    Table,
    depths,
    pieces,
)
from dragoman.exports.parts.elements import (
    Markup,
    Pictures,
    absolute,
    formula,
    is_note,
    lang,
    language,
    notes,
    numbered,
    together,
)
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.exports.parts.fixed_dates import moment
from dragoman.exports.parts.tasks import boxed
from dragoman.languages import locales
from dragoman.model import (
    MATH,
    Cell,
    Kind,
    Parallel,
    ParallelBlock,
    Picture,
    Row,
    Span,
    State,
    said,
)
from dragoman.text.xml_escape import ILLEGAL, content

NAME = "epub"
ABOUT = "A book for e-readers."
NEEDS = ""
SUFFIX = ".epub"
COLUMNS = True
PAIRS = False
INLINE = True

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_UNTRANSLATED = (State.INITIAL, State.DRAFT)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def export(parallel: Parallel, options: ExportOptions) -> bytes:
    """The book.

    >>> export(Parallel("x", "X", ("he",), ()), ExportOptions())[30:58]
    b'mimetypeapplication/epub+zip'
    """
    parallel = boxed(numbered(parallel), bullets=False)
    texts = _Text(parallel, options).files()
    known = places(texts)
    entries = _entries(parallel, known)
    documents = {
        "title.xhtml": _document(parallel, _title_page(parallel)),
        "nav.xhtml": _document(parallel, _nav(parallel, known)),
        **{name: _document(parallel, linked(lines, name, known)) for name, lines in texts.items()},
        "cover.svg": _cover(parallel),
        "style.css": files("dragoman.exports.assets").joinpath("book.css").read_text("utf-8"),
    }
    faces = fonts.faces([parallel]) if options.embed_fonts else []
    documents["style.css"] += "\n".join(face.rule(f"fonts/{face.file}") for face in faces)
    pictures = _pictures(parallel)
    identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, ''.join(documents.values()))}"
    package = _package(parallel, documents, faces, pictures, identifier)
    tag = locales.language_tag(parallel.locales[0])
    documents["toc.ncx"] = ncx(identifier, _title(parallel, parallel.locales[0]), entries, tag)
    return _archive(
        {
            "META-INF/container.xml": _CONTAINER,
            "EPUB/package.opf": package,
            **{f"EPUB/{name}": text for name, text in documents.items()},
            **{f"EPUB/{name}": picture.data for name, picture in pictures.items()},
            **{f"EPUB/fonts/{face.file}": face.data for face in faces},
            **({"EPUB/fonts/LICENCE.txt": _notices(faces)} if faces else {}),
        }
    )


_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
}
"""Image types that every EPUB reader supports (core media types), and their suffixes."""
_LIVE = re.compile(rb"<script|\son[a-z]+\s*=|<foreignObject|href\s*=\s*[\"'](?!#)", re.IGNORECASE)
"""Scripts and external references, which exclude an SVG image from a book."""


def _picture_file(picture: Picture) -> str:
    """Path of an image inside the book; empty if its type or content is not allowed."""
    suffix = _SUFFIXES.get(picture.media, "")
    if not suffix or (suffix == ".svg" and _LIVE.search(picture.data)):
        return ""
    return f"images/{picture.name}{suffix}"


def _pictures(parallel: Parallel) -> dict[str, Picture]:
    """The images of the book by path, sorted."""
    found = {_picture_file(picture): picture for picture in parallel.pictures.values()}
    return {name: found[name] for name in sorted(found) if name}


def _notices(faces: Sequence[fonts.Face]) -> str:
    """The copyright notices and the licence of the embedded fonts."""
    return "\n".join([*dict.fromkeys(face.notice for face in faces), fonts.LICENCE, ""])


def _archive(members: Mapping[str, str | bytes]) -> bytes:
    """Zip the members; the `mimetype` entry comes first and uncompressed, as EPUB's OCF requires."""
    date = moment().timetuple()[:6]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "x") as archive:
        first = zipfile.ZipInfo("mimetype", date)
        first.create_system = 3  # Unix on every platform, for identical bytes
        archive.writestr(first, "application/epub+zip")
        for name, data in members.items():
            member = zipfile.ZipInfo(name, date)
            member.create_system = 3
            archive.writestr(member, data, zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def _attribute(text: str) -> str:
    return escape(ILLEGAL.sub("\ufffd", text))


def _lang(locale: str) -> str:
    return f'xml:lang="{locales.language_tag(locale)}" {lang(locale)}'


class _Markup(Markup):
    """Inline content in a book: footnotes are linked both ways, and only absolute links are kept."""

    BREAK = "<br/>"
    END = "/>"

    def __init__(
        self,
        known: Iterable[str] = (),
        languages: Sequence[str] = (),
        pictures: Pictures = MappingProxyType({}),
        rows: Iterable[str] = (),
    ) -> None:
        super().__init__(languages, pictures)
        self._known = frozenset(known)
        self._rows = frozenset(rows)
        self._references: dict[str, Iterator[int]] = {number: count(1) for number in self._known}

    def text(self, text: str) -> str:
        return content(text)

    def lang(self, locale: str) -> str:
        return _lang(locale)

    def attribute(self, text: str) -> str:
        return _attribute(text)

    def address(self, picture: Picture) -> str:
        return _picture_file(picture)

    def note(self, number: str) -> str:
        if number not in self._known:
            return super().note(number)
        place = f"{number}-{next(self._references[number])}"
        return (
            f'<sup dir="ltr"><a epub:type="noteref" role="doc-noteref" id="ref-{place}" '
            f'href="#note-{number}">{number}</a></sup>'
        )

    def link(self, url: str, inner: str) -> str:
        if url.startswith("#") and url[1:] in self._rows:
            return f'<a href="#r-{_attribute(url[1:])}">{inner}</a>'
        whole = absolute(url)
        return f'<a href="{_attribute(whole)}">{inner}</a>' if whole else inner


class _PlainMarkup(_Markup):
    """Inline content of a heading in the table of contents, without links and footnotes."""

    def note(self, number: str) -> str:
        return ""

    def link(self, url: str, inner: str) -> str:
        return inner


class _Text:
    """Writes the body of the book."""

    def __init__(self, parallel: Parallel, options: ExportOptions) -> None:
        self._parallel = parallel
        blocks = [block for block in parallel.blocks if block.kind is not Kind.METADATA]
        self._pieces = list(pieces(blocks))
        known = [block.label for block in blocks if is_note(block)]
        rows = (block.rows[0].id for block in blocks if block.kind is Kind.HEADING and block.rows)
        languages = parallel.known or parallel.locales
        self._markup = _Markup(known, languages, parallel.pictures, rows)
        self._referred = {
            number for row in parallel.rows for c in row.cells for number in notes(c.spans)
        }
        self._several = len(parallel.locales) > 1
        self._by_row = self._several and options.rows == "sentence"

    def files(self) -> dict[str, list[str]]:
        """The lines of each file; a note is in the file that refers to it first."""
        body = [piece for piece in self._pieces if not isinstance(piece, Note)]
        left = [piece for piece in self._pieces if isinstance(piece, Note)]
        deep = depths(self._parallel.blocks)
        parts = [BookPart(self._piece(piece), _depth(piece, deep)) for piece in body]
        found = chapters(parts)
        out = {}
        for place, chapter in enumerate(found):
            lines = [line for part in chapter for line in part.lines]
            there = "\n".join(lines)
            own = [n for n in left if place == len(found) - 1 or _refers(there, n)]
            left = [note for note in left if note not in own]
            name = "" if place else ' id="text"'
            made = [f'<section epub:type="bodymatter"{name}>', *lines, "</section>"]
            if own:
                notes_of = (line for note in own for line in self._note(note))
                made += ['<section epub:type="footnotes" class="notes">', *notes_of, "</section>"]
            out[file_name(place)] = made
        return out

    def _piece(self, piece: Piece) -> list[str]:
        if isinstance(piece, ItemList):
            return self._list(piece)
        if isinstance(piece, Table):
            return self._table(piece)
        if isinstance(piece, Note):
            return self._note(piece)
        if isinstance(piece, Glosses):
            return self._glosses(piece)
        if piece.kind is Kind.BREAK:
            return ["<hr/>"]
        if piece.label == MATH and (math := formula(piece.literal, block=True)):
            return [f'<div dir="ltr">{math}</div>']
        if piece.kind is Kind.CODE:
            return [f'<pre dir="ltr"><code>{content(piece.literal)}</code></pre>']
        if piece.kind is Kind.HEADING:
            return self._heading(piece)
        if piece.kind is Kind.QUOTE:
            deep = max(piece.level, 1)
            begin, end = [f"<blockquote {_first(piece)}>"] * deep, ["</blockquote>"] * deep
            return [*begin, *self._block(piece), *end]
        return self._block(piece)

    def _heading(self, block: ParallelBlock) -> list[str]:
        """A heading in the first language, with its translations as paragraphs below it."""
        first, *others = (
            f"{_lang(language(cells))}>{self._units(block.rows, cells, index)}"
            for index, cells in enumerate(_columns(block))
        )
        tag = f"h{min(max(block.level, 1), 6)}"
        heading = f"<{tag} {first}</{tag}>"
        if not others:
            return [heading]
        return [
            '<div class="heading">',
            heading,
            *(f"<p {other}</p>" for other in others),
            "</div>",
        ]

    def _block(self, block: ParallelBlock, begin: str = "", end: str = "") -> list[str]:
        """A paragraph in every language; `begin` starts the first one, `end` closes the last."""
        groups = [(row,) for row in block.rows] if self._by_row else [block.rows]
        texts = [
            (_lang(language(cells)), self._units(rows, cells, index))
            for rows in groups
            for index, cells in enumerate(zip(*(row.cells for row in rows), strict=True))
        ]
        texts[0] = (texts[0][0], begin + texts[0][1])
        texts[-1] = (texts[-1][0], texts[-1][1] + end)
        out = [f"<p {attributes}>{text}</p>" for attributes, text in texts]
        return ['<div class="stack">', *out, "</div>"] if self._several else out

    def _units(self, rows: Sequence[Row], cells: Sequence[Cell], column: int) -> str:
        return "\n".join(
            self._run(rows, cells, column, spoken, places)
            for spoken, places in together(cells, language(cells))
        )

    def _run(
        self, rows: Sequence[Row], cells: Sequence[Cell], column: int, spoken: str, places: range
    ) -> str:
        """Adjacent units of one language, in one element if it is not the block's language."""
        alone = spoken if len(places) == 1 else ""
        units = "\n".join(
            ("<br/>" if rows[at].new_line and at else "")
            + self._unit(rows[at], cells[at], column, alone)
            for at in places
        )
        return f"<span {_lang(spoken)}>{units}</span>" if spoken and not alone else units

    def _unit(self, row: Row, cell: Cell, column: int, spoken: str) -> str:
        other = f"-{locales.language_tag(cell.locale)}" if column else ""
        attributes = f' id="r-{row.id}{other}"'
        if cell.state in _UNTRANSLATED:
            attributes += f' class="{cell.state.value}"'
        if spoken:
            attributes += f" {_lang(spoken)}"
        inner = self._markup.cell(cell)
        return f"<span{attributes}>{inner}</span>"

    def _list(self, found: ItemList) -> list[str]:
        tag = "ul" if found.start is None else "ol"
        start = f' start="{found.start}"' if found.start not in (None, 1) else ""
        attributes = _lang(self._language_of(found))
        items = (line for item in found.items for line in self._item(item, attributes))
        return [f"<{tag}{start} {attributes}>", *items, f"</{tag}>"]

    def _glosses(self, found: Glosses) -> list[str]:
        """A definition list, with its languages below one another in each term and definition."""
        out = [f"<dl {_lang(self._parallel.locales[0])}>"]
        for block in found.blocks:
            tag = "dt" if block.kind is Kind.TERM else "dd"
            out += [f"<{tag} {_first(block)}>", *self._block(block), f"</{tag}>"]
        return [*out, "</dl>"]

    def _item(self, item: ListItem, attributes: str) -> list[str]:
        blocks = (line for block in item.blocks for line in self._block(block))
        lists = (line for inner in item.lists for line in self._list(inner))
        return [f"<li {attributes}>", *blocks, *lists, "</li>"]

    def _language_of(self, found: ItemList) -> str:
        blocks = [block for item in found.items for block in item.blocks]
        cells = [cell for block in blocks for cell in _columns(block)[0]]
        return language(cells) if cells else self._parallel.locales[0]

    def _table(self, table: Table) -> list[str]:
        out = [f"<table {_lang(self._parallel.locales[0])}>"]
        for tag, rows in (("thead", table.head), ("tbody", table.body)):
            inner = [line for row in rows for line in self._table_row(row)]
            out += [f"<{tag}>", *inner, f"</{tag}>"] if inner else []
        return [*out, "</table>"]

    def _table_row(self, row: Sequence[ParallelBlock]) -> Iterator[str]:
        yield "<tr>"
        for cell in row:
            tag, scope = ("th", ' scope="col"') if cell.level else ("td", "")
            align = f' class="{cell.align}"' if cell.align else ""
            yield from [f"<{tag}{scope}{align} {_first(cell)}>", *self._block(cell), f"</{tag}>"]
        yield "</tr>"

    def _note(self, note: Note) -> list[str]:
        """A footnote with its number and, if it is referenced, a link back."""
        first, last = note.blocks[0], note.blocks[-1]
        begin, end = "", ""
        if first.label:
            begin = f'<span class="label">{content(first.label)}</span> '
        if first.label in self._referred:
            end = f' <a role="doc-backlink" href="#ref-{first.label}-1">↩</a>'
        attributes = f' id="note-{_attribute(first.label)}"' if first.label else ""
        out = [f'<aside epub:type="footnote" role="doc-footnote"{attributes} {_first(first)}>']
        for block in note.blocks:
            out += self._block(block, begin if block is first else "", end if block is last else "")
        return [*out, "</aside>"]


def _depth(piece: Piece, deep: Mapping[str, int]) -> int:
    """The depth of a heading in the outline; 0 for other pieces."""
    is_heading = isinstance(piece, ParallelBlock) and piece.kind is Kind.HEADING and piece.rows
    return deep[piece.rows[0].id] if is_heading and isinstance(piece, ParallelBlock) else 0


def _refers(lines: str, note: Note) -> bool:
    """Whether a file refers to a note."""
    return f'href="#note-{note.blocks[0].label}"' in lines


def _cover(parallel: Parallel) -> str:
    titles = [
        (locale, ILLEGAL.sub("\ufffd", _title(parallel, locale))) for locale in parallel.locales
    ]
    return cover(titles, about.author(parallel))


def _columns(block: ParallelBlock) -> list[tuple[Cell, ...]]:
    return list(zip(*(row.cells for row in block.rows), strict=True))


def _first(block: ParallelBlock) -> str:
    """Language attributes of an element around a block: those of its first column."""
    return _lang(language(_columns(block)[0]))


def _document(parallel: Parallel, body: Sequence[str]) -> str:
    """An XHTML document of the book, in the language and direction of its first column."""
    first = parallel.locales[0]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<!DOCTYPE html>",
            '<html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops" {_lang(first)}>',
            "<head>",
            f"<title>{content(_title(parallel, first))}</title>",
            '<link rel="stylesheet" type="text/css" href="style.css"/>',
            "</head>",
            f"<body {_lang(first)}>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _title(parallel: Parallel, locale: str) -> str:
    return parallel.title_in(locale) or parallel.title or parallel.name


def _title_line(parallel: Parallel, locale: str) -> str:
    return _Markup().line((Span("text", _title(parallel, locale)),), locale)


def _title_page(parallel: Parallel) -> list[str]:
    """The title page: titles, other front matter, author, date, origin and licence."""
    first, *others = parallel.locales
    out = ['<section epub:type="titlepage" id="title-page" class="title-page">']
    out.append(f"<h1 {_lang(first)}>{_title_line(parallel, first)}</h1>")
    out += [f'<p class="title" {_lang(x)}>{_title_line(parallel, x)}</p>' for x in others]
    for block in parallel.blocks:
        if block.kind is Kind.METADATA and block.label != "title":
            cells = [cell for row in block.rows for cell in row.cells]
            out += [f"<p {_lang(c.lang)}>{_Markup().cell(c)}</p>" for c in cells]
    for cell in about.cells(parallel):
        line = _Markup().link(cell.text, _Markup().cell(cell))
        out.append(f'<p class="about" {_lang(cell.lang)}>{line}</p>')
    if others:
        names = (f"<bdi {_lang(x)}>{content(locales.name(x))}</bdi>" for x in parallel.locales)
        out.append(f'<p class="about" {_lang(first)}>{" · ".join(names)}</p>')
    return [*out, "</section>"]


def _nav(parallel: Parallel, known: Mapping[str, str]) -> list[str]:
    """The table of contents: nested headings in the first language, and the landmarks of the book."""
    first = parallel.locales[0]
    out = [f'<nav epub:type="toc" role="doc-toc" id="toc" {_lang(first)}>']
    labels = chrome(first)
    out.append(f"<h1 {_lang(labels.locale)}>{content(labels.say('Contents'))}</h1>")
    entries = [(depth, _nav_entry(block, known)) for block, depth in _headings(parallel)]
    if not entries:
        line = f'<a href="text.xhtml">{_title_line(parallel, first)}</a>'
        entries = [(1, f"<li {_lang(first)}>{line}")]
    before = 0
    for depth, entry in entries:
        if depth > before:
            out.append(f"<ol {_lang(first)}>")
        else:
            out += ["</li>", *(["</ol>", "</li>"] * (before - depth))]
        out.append(entry)
        before = depth
    return [*out, *(["</li>", "</ol>"] * before), "</nav>", *_landmarks(parallel)]


def _landmarks(parallel: Parallel) -> list[str]:
    first = parallel.locales[0]
    labels = chrome(first)
    marks = (
        ("titlepage", "title.xhtml#title-page", labels.say("About the text")),
        ("toc", "nav.xhtml#toc", labels.say("Contents")),
        ("bodymatter", "text.xhtml#text", labels.say("Text")),
    )
    spoken = _lang(labels.locale)
    items = [
        f'<li {spoken}><a {spoken} epub:type="{mark}" href="{href}">{content(label)}</a></li>'
        for mark, href, label in marks
    ]
    return [
        f'<nav epub:type="landmarks" hidden="hidden" {spoken}>',
        f"<ol {spoken}>",
        *items,
        "</ol></nav>",
    ]


def _entries(parallel: Parallel, known: Mapping[str, str]) -> list[NcxEntry]:
    """The table of contents for old readers."""
    found = [
        NcxEntry(
            depth, " ".join(said(row.cells[0].spans) for row in block.rows), _place(block, known)
        )
        for block, depth in _headings(parallel)
    ]
    return found or [NcxEntry(1, _title(parallel, parallel.locales[0]), "text.xhtml")]


def _place(block: ParallelBlock, known: Mapping[str, str]) -> str:
    """The address of a heading, from its file on."""
    name = f"r-{block.rows[0].id}"
    return f"{known.get(name, 'text.xhtml')}#{name}"


def _headings(parallel: Parallel) -> list[tuple[ParallelBlock, int]]:
    deep = depths(parallel.blocks)
    headings = (block for block in parallel.blocks if block.kind is Kind.HEADING and block.rows)
    return [(block, deep[block.rows[0].id]) for block in headings]


def _nav_entry(block: ParallelBlock, known: Mapping[str, str]) -> str:
    cells = [row.cells[0] for row in block.rows]
    line = " ".join(_PlainMarkup().cell(cell) for cell in cells)
    attributes = _lang(language(cells))
    return f'<li {attributes}><a {attributes} href="{_place(block, known)}">{line}</a>'


def _package(
    parallel: Parallel,
    documents: Mapping[str, str],
    faces: Sequence[fonts.Face],
    pictures: Mapping[str, Picture],
    identifier: str,
) -> str:
    """The package document: metadata, manifest, and spine with the page progression."""
    first = parallel.locales[0]
    tag, direction = locales.language_tag(first), locales.direction(first)
    pages = [name for name in documents if name.endswith(".xhtml")]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
            f'unique-identifier="id" xml:lang="{tag}" dir="{direction}">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            f'<dc:identifier id="id">{identifier}</dc:identifier>',
            *_metadata(parallel),
            f'<meta property="dcterms:modified">{moment():%Y-%m-%dT%H:%M:%SZ}</meta>',
            *_accessibility(documents, pictures, chrome(first).say),
            '<meta name="cover" content="cover"/>',
            "</metadata>",
            "<manifest>",
            *(_item(name, documents[name]) for name in pages),
            '<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
            '<item id="style" href="style.css" media-type="text/css"/>',
            *(
                f'<item id="font-{place}" href="fonts/{face.file}" media-type="font/woff2"/>'
                for place, face in enumerate(faces, 1)
            ),
            *(
                f'<item id="image-{picture.name}" href="{name}" media-type="{picture.media}"/>'
                for name, picture in pictures.items()
            ),
            *(
                ['<item id="fonts" href="fonts/LICENCE.txt" media-type="text/plain"/>']
                if faces
                else []
            ),
            "</manifest>",
            f'<spine toc="ncx" page-progression-direction="{direction}">',
            *(f'<itemref idref="{name.removesuffix(".xhtml")}"/>' for name in pages),
            "</spine>",
            "</package>",
            "",
        ]
    )


def _item(name: str, document: str) -> str:
    """The manifest's entry of a document, which says what it has inside."""
    has = ["nav"] if name == "nav.xhtml" else []
    has += ["mathml"] if "<math " in document else []
    properties = f' properties="{" ".join(has)}"' if has else ""
    own = name.removesuffix(".xhtml")
    return f'<item id="{own}" href="{name}" media-type="application/xhtml+xml"{properties}/>'


def _accessibility(
    documents: Mapping[str, str], pictures: Mapping[str, Picture], say: Callable[[str], str]
) -> Iterator[str]:
    """What EPUB Accessibility 1.1 asks a book to say of itself; conformance is for a person to state."""
    has_formulas = any("<math " in text for text in documents.values())
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "unlocked"]
    features += ["alternativeText"] if pictures else []
    features += ["MathML"] if has_formulas else []
    modes = ["textual", *(["visual"] if pictures else [])]
    values = [
        *(("accessMode", mode) for mode in modes),
        ("accessModeSufficient", "textual"),
        *(("accessibilityFeature", feature) for feature in features),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            say("Text with headings, contents and the language of each phrase."),
        ),
    ]
    for name, value in values:
        yield f'<meta property="schema:{name}">{content(value)}</meta>'


def _metadata(parallel: Parallel) -> Iterator[str]:
    for locale in parallel.locales:
        tag = f'xml:lang="{locales.language_tag(locale)}" dir="{locales.direction(locale)}"'
        yield f"<dc:title {tag}>{content(_title(parallel, locale))}</dc:title>"
    for locale in parallel.locales:
        yield f"<dc:language>{locales.language_tag(locale)}</dc:language>"
    source = parallel.source or parallel.locales[0]
    tag = f'xml:lang="{locales.language_tag(source)}" dir="{locales.direction(source)}"'
    if author := about.author(parallel):
        yield f"<dc:creator {tag}>{content(author)}</dc:creator>"
    if _DATE.fullmatch(date := about.date(parallel)):
        yield f"<dc:date>{date}</dc:date>"
    if origin := about.origin(parallel):
        yield f"<dc:source>{content(origin)}</dc:source>"
    if rights := about.licence(parallel):
        yield f"<dc:rights {tag}>{content(rights)}</dc:rights>"
