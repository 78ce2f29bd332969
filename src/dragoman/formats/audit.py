"""Audit: words that readers of a text see, but that are in no unit.

An independent implementation of its format renders the text: markdown-it-py Markdown, Asciidoctor
AsciiDoc, docutils reStructuredText, Pandoc LaTeX, pysubs2 and webvtt-py subtitles; of DocBook and
DITA all texts outside of code are read. The words that it shows are compared, by count, with the words of the units
and of the stretches that are left out on purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.formats.archives import visible
from dragoman.formats.dialects import constructs
from dragoman.formats.inline_code import phrases
from dragoman.formats.read_options import PARAMETERS
from dragoman.formats.structure import Lines
from dragoman.model import Document, Kind, Span, Verbatim

_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = frozenset(("code", "pre", "script", "style", "svg", "math", "template", "eq", "eqn"))
_SEEN = frozenset(("alt", "title", "placeholder", "aria-label", "aria-description"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"))


class Missed(NamedTuple):
    """Visible words of one line that are in no unit."""

    line: int
    words: tuple[str, ...]
    reason: str
    """`structure` if the line is syntax of a dialect, `choice` if the settings may leave it out; empty if the reason is unknown."""


class _Page(HTMLParser):
    """Counts the words of an HTML page, without code and what is marked as not to be translated."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: Counter[str] = Counter()
        self._code: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        kept = (
            attributes.get("translate") == "no"
            or "notranslate" in (attributes.get("class") or "").split()
        )
        if tag in _CODE or kept:
            self._code.append(tag)
        for key, value in attrs:
            if key in _SEEN and value and not self._code:
                self.words.update(words(value))

    def handle_endtag(self, tag: str) -> None:
        if self._code and self._code[-1] == tag:
            self._code.pop()

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.words.update(words(data))


def words(text: str) -> list[str]:
    """The words of a text, in lower case.

    >>> words("It's 7 AM, Anna.")
    ['it', 'am', 'anna']
    """
    return _WORD.findall(text.lower())


@cache
def _markdown() -> Any:
    try:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.deflist import deflist_plugin
        from mdit_py_plugins.footnote import footnote_plugin
        from mdit_py_plugins.front_matter import front_matter_plugin
    except ImportError:
        raise _needs("markdown-it-py and mdit-py-plugins") from None
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return made.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)


def audit(
    content: str,
    document: Document,
    form: str = "markdown",
    dialect: str = "auto",
    file: str = "",
) -> list[Missed]:
    """The visible words that are in no unit, line by line.

    Args:
        content: the text.
        document: the same text, as read by its format.
        form: the name of its format, one of `KNOWN`.
        dialect: the dialect of Markdown, one of `DIALECTS`.
        file: name of the file.

    Raises:
        DragomanError: what renders the format is not installed, or cannot read the text.
    """
    left = _SHOWN[form](content) - _offered(document)
    structure: frozenset[int] = frozenset()
    if form == "markdown":
        structure = _structure(content, constructs(dialect, file))
    elif form == "asciidoc":
        structure = _structure_of_asciidoc(content)
    elif form == "rst":
        structure = _structure_of_rst(content)
    elif form == "latex":
        structure = _structure_of_latex(content)
    return list(_places(document, left, structure))


def audit_archive(data: bytes, document: Document, file: str = "") -> list[Missed]:
    """The visible words of an archive that are in no unit; the line is the number of the paragraph or page.

    Raises:
        DragomanError: the archive is damaged.
    """
    offered = _offered(document)
    missed = []
    texts = [words(text) for text in visible.paragraphs(data, file)]
    texts += [list(_of_page(page).elements()) for page in visible.pages(data, file)]
    for number, seen in enumerate(texts, 1):
        left = []
        for word in seen:
            offered[word] -= 1
            if offered[word] < 0:
                left.append(word)
        if left:
            missed.append(Missed(number, tuple(left), ""))
    return missed


def _of_page(page: str) -> Counter[str]:
    seen = _Page()
    try:
        seen.feed(page)
        seen.close()
    except AssertionError as error:  # how html.parser refuses a declaration that is none
        raise DragomanError(f"html.parser cannot read the page: {error}") from None
    return seen.words


def _of_markdown(content: str) -> Counter[str]:
    return _of_page(_markdown().render(_without_toml(content)))


ASCIIDOCTOR = ("asciidoctor", "-e", "-S", "secure", "-a", "sectids!", "-a", "skip-front-matter",
               "-a", "showtitle", "-o", "-", "-")  # fmt: skip
"""The command that renders AsciiDoc without its frame, and without anchors made of titles."""


def rendered_asciidoc(content: str) -> str:
    """An AsciiDoc text as Asciidoctor renders it.

    Raises:
        DragomanError: Asciidoctor is not installed.
    """
    import shutil
    import subprocess

    program = shutil.which(ASCIIDOCTOR[0])
    if program is None:
        raise DragomanError(
            "the audit of AsciiDoc needs Asciidoctor",
            how_to_fix="install the program asciidoctor, which Debian, npm and RubyGems have",
        )
    done = subprocess.run(
        [program, *ASCIIDOCTOR[1:]], input=content.encode(), capture_output=True, check=False
    )
    return done.stdout.decode()


_ASCIIDOC_STRUCTURE = re.compile(
    r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):|\[|//|:|[a-z]\w*::\S*\[|\|===|<{1,2}[\w.]"
)


def _structure_of_asciidoc(content: str) -> frozenset[int]:
    """Numbers of the lines of AsciiDoc that are macros, attributes, conditions, or about the author."""
    rows = content.split("\n")
    found = {at for at, line in enumerate(rows, 1) if _ASCIIDOC_STRUCTURE.match(line)}
    titles = [at for at, line in enumerate(rows[:40], 1) if line.startswith("= ")]
    return frozenset(found.union(range(titles[0] + 1, titles[0] + 3) if titles else ()))


def _of_asciidoc(content: str) -> Counter[str]:
    return _of_page(rendered_asciidoc(content))


def _of_rst(content: str) -> Counter[str]:
    from dragoman.formats import doctree

    return doctree.words(content)


_RST_STRUCTURE = re.compile(r"\s*(?:\.\. |:[\w-]+:)")


def _structure_of_rst(content: str) -> frozenset[int]:
    """Numbers of the lines of reStructuredText that are directives, targets or options."""
    rows = enumerate(content.split("\n"), 1)
    return frozenset([at for at, line in rows if _RST_STRUCTURE.match(line)])


def rendered_latex(content: str) -> str:
    """A LaTeX text as Pandoc renders it.

    Raises:
        DragomanError: Pandoc is not installed, or cannot read the text.
    """
    import shutil
    import subprocess

    program = shutil.which("pandoc")
    if program is None:
        raise DragomanError(
            "the audit of LaTeX needs Pandoc", how_to_fix="install the program pandoc"
        )
    done = subprocess.run(
        [program, "+RTS", "-M512m", "-RTS", "--sandbox", "--from=latex-auto_identifiers", "--to=html", "--mathml"],
        input=content.encode(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().split("\n")
        raise DragomanError(f"Pandoc cannot read the text: {said[0]}")
    return done.stdout.decode()


_LATEX = re.compile(r"\\begin\s*\{([^{}\n]+)\}|\\([A-Za-z@]+)|%[^\n]*")


def _structure_of_latex(content: str) -> frozenset[int]:
    """Numbers of the lines of LaTeX with commands, or in environments, that are not known for prose."""
    from dragoman.formats import tex_commands
    from dragoman.formats.tex_inline import groups_of

    groups = groups_of(content)
    found: set[int] = set()
    line, counted = 1, 0
    for match in _LATEX.finditer(content):
        start, end = match.span()
        line, counted = line + content.count("\n", counted, start), start
        if match[1] is not None:
            close = content.find(f"\\end{{{match[1]}}}", end)
            if match[1] in tex_commands.PROSE or close < 0:
                continue
            end = close
        elif match[2] is None or tex_commands.known(match[2]):
            continue
        else:
            given = groups.arguments(end, apart=True)
            end = given[-1][1] if given else end
        found.update(range(line, line + content.count("\n", start, end) + 1))
    return frozenset(found)


def _of_latex(content: str) -> Counter[str]:
    return _of_page(rendered_latex(content))


def _of_srt(content: str) -> Counter[str]:
    try:
        from pysubs2 import SSAFile
        from pysubs2.exceptions import Pysubs2Error
    except ImportError:
        raise _needs("pysubs2") from None
    try:
        cues = SSAFile.from_string(content, "srt")
    except (Pysubs2Error, ValueError) as error:
        raise DragomanError(f"pysubs2 cannot read the subtitles: {error}") from None
    return Counter(word for cue in cues for word in words(cue.plaintext))


def _of_webvtt(content: str) -> Counter[str]:
    try:
        import webvtt
    except ImportError:
        raise _needs("webvtt-py") from None
    try:
        cues = webvtt.from_string(content.lstrip("\ufeff"))
    except webvtt.errors.MalformedFileError as error:
        raise DragomanError(f"webvtt-py cannot read the subtitles: {error}") from None
    return Counter(word for cue in cues.captions for word in words(cue.text))


def _needs(package: str) -> DragomanError:
    return DragomanError(
        f"the audit needs {package}", how_to_fix="install it: pip install 'dragoman[audit]'"
    )


def _of_xml(content: str) -> Counter[str]:
    """The words of DocBook and DITA outside of code, by what their vocabularies say of elements."""
    from dragoman import gate
    from dragoman.formats.its.its_rules import ByUri
    from dragoman.formats.its.vocabularies import vocabulary

    text = content.removeprefix("\ufeff")
    seen: Counter[str] = Counter()
    prolog = gate.prolog(text)
    root = gate.tree(text, prolog.root_at, ByUri())
    known = vocabulary(root, prolog.doctype)
    left = [root]
    while known is not None and left:
        node = left.pop()
        if not known.is_kept(node) and node.get("translate") != "no":
            said = " ".join(part for part in node.content() if isinstance(part, str))
            seen.update(words(re.sub("&[^;\\s]*;", " ", said)))
            left += node.children
    return seen


_SHOWN: dict[str, Callable[[str], Counter[str]]] = {
    "markdown": _of_markdown,
    "html": _of_page,
    "asciidoc": _of_asciidoc,
    "rst": _of_rst,
    "latex": _of_latex,
    "srt": _of_srt,
    "vtt": _of_webvtt,
    "structured_xml": _of_xml,
}
KNOWN = frozenset(_SHOWN)
"""Names of the formats that can be audited; of plain text all is in units."""


def _structure(content: str, dialect: frozenset[str]) -> frozenset[int]:
    """Numbers of the lines that are front matter or syntax of a dialect."""
    lines: set[int] = set()
    head = re.match(
        r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(?s:.*?)\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", content
    )
    if head:
        lines.update(range(1, head[0].count("\n") + 2))
    structures = Lines(content, dialect, frozenset(PARAMETERS)).structures()
    stretches = [(one.start, one.end) for one in structures]
    stretches += [(one.start, one.end) for one in phrases(content, dialect)]
    for start, end in stretches:
        first = content.count("\n", 0, start) + 1
        lines.update(range(first, first + content.count("\n", start, end) + 1))
    return frozenset(lines)


def _without_toml(content: str) -> str:
    return re.sub(r"\A\ufeff?\+\+\+\r?\n(?s:.*?)\n\+\+\+[ \t]*\r?\n", "", content)


def _offered(document: Document) -> Counter[str]:
    """The words of the units, of code and of verbatim stretches, with their counts."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        for part in block.parts:
            if type(part) is Verbatim:
                counts.update(words(part))
            elif not isinstance(part, str):
                counts.update(words(part.source))
                counts.update(words(_text(document.inline(part.source))))
        if block.kind is Kind.CODE:
            counts.update(words("".join(map(str, (p for p in block.parts if isinstance(p, str))))))
    return counts


def _text(spans: tuple[Span, ...]) -> str:
    return "".join([span.text or _text(span.children) for span in spans])


def _places(document: Document, left: Counter[str], structure: frozenset[int]) -> Iterator[Missed]:
    """The remaining words by their lines, looked for outside of units."""
    line = 1
    for block in document.blocks:
        for part in block.parts:
            raw = part if isinstance(part, str) else part.raw
            if isinstance(part, str) and type(part) is not Verbatim:
                yield from _in_skeleton(part, line, left, structure)
            line += raw.count("\n")


def _in_skeleton(
    text: str, line: int, left: Counter[str], structure: frozenset[int]
) -> Iterator[Missed]:
    for number, line_text in enumerate(text.split("\n"), line):
        missed = []
        for word in words(line_text):
            if left[word] > 0:
                left[word] -= 1
                missed.append(word)
        if missed:
            is_syntax = number in structure or _NAMES.search(line_text)
            reason = "structure" if is_syntax else ""
            yield Missed(number, tuple(missed), reason)


_NAMES = re.compile(r"<!--|-->|^[ \t>]*>[ \t]*\[!\w+\]|^[ \t>]*\[[^\]]+\]:")
"""Lines of comments, alerts (`[!NOTE]`) and link definitions: their words are not text."""
