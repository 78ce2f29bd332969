"""Structure lines of dialects of Markdown (directives, admonitions, …), and their visible text.

The CommonMark parser does not know them. They are found here by their syntax, and in the sketch an
empty heading replaces each: it ends a paragraph, contains nothing, and changes no offset. A line with
an indented body is replaced by a list item, which can contain the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from dragoman.formats.tags import quoted
from dragoman.formats.units import one_line, translatable
from dragoman.model import MATH, Speller


class Insert(NamedTuple):
    """A visible stretch of a structure line, such as a title, to be translated."""

    start: int
    end: int
    spell: Speller


class Structure(NamedTuple):
    """Lines to replace before the parser reads the text."""

    start: int
    """Start of the mark on the first line, after list markers, `>` and indentation."""
    end: int
    """The end of the last line, without its line end."""
    inserts: tuple[Insert, ...] = ()
    stand_in: str = "#"
    """What replaces the mark for the parser; a list item if an indented body follows."""
    literal: str = ""
    """The text of lines that are shown as code."""
    label: str = ""
    """`math` if the lines are a formula."""


_PREFIX = r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^\n]*)")
_DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}[ \t]*(.*?)[ \t\r]*\Z")
_PROSE = frozenset(
    [
        "admonition",
        "attention",
        "caution",
        "danger",
        "error",
        "hint",
        "important",
        "note",
        "seealso",
        "tip",
        "warning",
        "todo",
        "topic",
        "sidebar",
        "margin",
        "aside",
        "epigraph",
        "highlights",
        "pull-quote",
        "dropdown",
        "details",
        "card",
        "grid",
        "grid-item",
        "grid-item-card",
        "tab-set",
        "tab-item",
        "versionadded",
        "versionchanged",
        "deprecated",
        "versionremoved",
        "figure",
        "exercise",
        "solution",
        "proof",
        "theorem",
        "lemma",
        "definition",
        "example",
        "remark",
        "corollary",
        "proposition",
        "blockquote",
        "container",
        "div",
        "rubric",
        "centered",
        "only",
        "list-table",
        "table",
        "card-carousel",
        "button-ref",
        "toggle",
    ]
)
"""Directives of MyST with prose as their body; the body of any other is kept as it is."""
_TITLED = frozenset(
    [
        "admonition",
        "topic",
        "sidebar",
        "dropdown",
        "details",
        "card",
        "grid-item-card",
        "tab-item",
        "aside",
        "rubric",
        "centered",
        "list-table",
        "table",
        "exercise",
        "solution",
        "proof",
        "theorem",
        "lemma",
        "definition",
        "example",
        "remark",
        "corollary",
        "proposition",
        "note",
        "tip",
        "warning",
        "caution",
        "danger",
        "hint",
        "important",
        "attention",
        "error",
        "seealso",
        "todo",
    ]
)
_NO_TITLE = frozenset(["note", "tip", "warning", "danger", "caution", "info", "important"])
_FRAME = re.compile(r"(?:!!!|\?\?\?\+?) ([\w .-]+?)(?:[ \t]+\"(.*)\")?[ \t\r]*(?=\n|\Z)")
_TAB = re.compile(r"===[!+]? (?:\"(.*)\"|'(.*)')[ \t\r]*(?=\n|\Z)")
_DIV = re.compile(
    r":{3,}[ \t]*(?P<name>[\w.:/+-]*)(?P<label>\[[^\n]*\])?[ \t]*(?P<first>\{[^\n}]*\})?[ \t]*"
    r"(?P<title>[^\n]*?)[ \t]*(?P<last>\{[^\n{}]*\})?[ \t]*:*[ \t\r]*(?=\n|\Z)"
)
_ATTRIBUTE = r"(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+))"
ATTRIBUTES = rf"\{{(?:[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*|:[^{{}}\n]*|-)\}}"
"""Attributes of an adjacent block or element, in the syntax of kramdown, Pandoc and MyST."""
_ATTRIBUTES = re.compile(
    rf"(?:\{{[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}|\{{:[^{{}}\n]*\}})[ \t\r]*(?=\n|\Z)"
)
_TARGET = re.compile(
    r"\([^\s()][^()\n]*\)=[ \t\r]*(?=\n|\Z)|\+\+\+(?:[ \t]*\{.*\})?[ \t\r]*(?=\n|\Z)"
)
_TOC = re.compile(r"(?:\[TOC[^\]\n]*\]|\[\[_?(?:TOC|toc)_?\]\])[ \t\r]*(?=\n|\Z)")
_SNIPPET = re.compile(r"(?:-{1,2}8<-{1,2}.*|<<<[ \t]*[@./~].*)(?=\n|\Z)")
_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]:[ \t]*(.*?)[ \t\r]*(?=\n|\Z)")
_ALERT = re.compile(r"\[!([\w-]+)(?:\|[^\]\n]*)?\]([+-]?)[ \t]*(.*?)[ \t\r]*(?=\n|\Z)")
_PERCENT = re.compile(r"%[^\n]*")
_TAG = r"\{\{(?:(?!\{\{|\}\}).)*+\}\}|\{%(?:(?!\{%|%\}).)*+%\}|\{\#[ ](?:(?!\#\}).)*+\#\}|\{/\*(?:(?!\*/\}).)*+\*/\}"
SHORTCODE = re.compile(_TAG, re.DOTALL)
"""Templates of Hugo, Liquid, Jinja and Vue, and comments of MDX."""
_CLOSED_BY = {
    "highlight": r"\{[{%][<%]?-?\s*(?:end|/\s*)highlight\b[^\n]*",
    "raw": "",
    "comment": r"\{[{%][<%]?-?\s*(?:end|/\s*)comment\b[^\n]*",
    "mermaid": r"\{[{%][<%]?-?\s*(?:end|/\s*)mermaid\b[^\n]*",
    "math": r"\{[{%][<%]?-?\s*(?:end|/\s*)math\b[^\n]*",
    "katex": r"\{[{%][<%]?-?\s*(?:end|/\s*)katex\b[^\n]*",
    "code": r"\{[{%][<%]?-?\s*(?:end|/\s*)code\b[^\n]*",
}
"""Paired shortcodes whose content is not prose, and what closes each."""
_NAME = re.compile(r"\{(?:\{[<%]?|%)-?\s*([\w./-]+)")
_PARAMETER = re.compile(
    r"(?<![\w-])(?P<key>[\w-]+)[ \t]*[=:][ \t]*(?:\"(?P<double>(?:[^\"\\\n]|\\.)*)\"|'(?P<single>(?:[^'\\\n]|\\.)*)'"
    r"|`(?P<raw>[^`]*)`)"
)
_KRAMDOWN = re.compile(r"\{:(:[\w-]+|/[\w-]*)[^}\n]*\}[ \t\r]*(?=\n|\Z)")
_EXTENSION_END = re.compile(r"\{:/\w*\}[ \t\r]*(?=\n|\Z)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+([^\n]+)")
_JSX_TAG = re.compile(r"</?(?!(?:pre|script|style)\b)[A-Za-z][\w.:-]*(?<!:)(?=[\s/>])|</?>")
_MARKDOWN_TAG = re.compile(
    r"<[A-Za-z][\w-]*(?=[^<>\n]*\smarkdown(?:=[\"']?(?:1|block|span)[\"']?)?[\s>])[^<>\n]*>[ \t\r]*(?=\n|\Z)"
)
_RULED = re.compile(r"\+(?:[-=:]+\+)+[ \t\r]*\Z")
_OPTION = re.compile(r"[ \t>]*:([\w-]+):[ \t]*(.*?)[ \t\r]*\Z")


class Lines:
    """Finds the structure lines of a text in one pass."""

    def __init__(self, body: str, wanted: frozenset[str], parameters: frozenset[str]) -> None:
        self._body = body
        self._wanted = wanted
        self._parameters = parameters
        self._prefix = ""  # what is before the current mark on its line
        self._found: list[Structure] = []
        self._closing: set[int] = set()  # starts of closing fences that are structure
        self._unclosed: set[str] = set()
        self.ends: list[int] = []
        """Line ends between the body of a frame and text that follows without a blank line."""
        if "attributes" in wanted and " markdown" in body:
            wanted |= {"tags"}
        self._kinds: dict[str, list[tuple[str, _Kind]]] = {}
        for mark, name, kind in _KINDS:
            if not name or name in wanted:
                self._kinds.setdefault(mark[0], []).append((mark, kind))

    def structures(self) -> list[Structure]:
        """All structures of the text, in order."""
        body = self._body
        begins = _begins(frozenset(mark for kinds in self._kinds.values() for mark, _ in kinds))
        match = begins.match(f"\n{body[: _line_end(body, 0)]}")
        at = self._take(match["prefix"], len(match["prefix"])) if match else 0
        while (match := begins.search(body, at)) is not None:
            at = self._take(match["prefix"], match.end())
        self._found.sort(key=lambda one: one.start)
        return self._found

    def _take(self, prefix: str, start: int) -> int:
        """Read what begins at a mark, and return the offset to continue from."""
        self._prefix = prefix
        body = self._body
        for mark, kind in self._kinds[body[start]]:
            if body.startswith(mark, start) and (end := kind(self, start)):
                return max(end, _line_end(body, start))
        return _line_end(body, start)

    def _add(
        self,
        start: int,
        end: int,
        *inserts: Insert,
        stand_in: str = "#",
        literal: str = "",
        label: str = "",
    ) -> int:
        self._found.append(Structure(start, end, inserts, stand_in, literal, label))
        return end

    def _insert(self, start: int, end: int, spell: Speller = one_line) -> tuple[Insert, ...]:
        """The stretch without outer white space; nothing if it has no text to translate."""
        text = self._body[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        return (Insert(start, end, spell),) if translatable(self._body[start:end]) else ()

    # --- code ---------------------------------------------------------------------------------

    def fence(self, start: int) -> int:
        """A code fence, which is skipped, or a directive with prose inside, which is structure."""
        body = self._body
        match = _FENCE.match(body, start)
        assert match
        marks, info = match[1], match[2]
        directive = _DIRECTIVE.match(info) if "directives" in self._wanted else None
        if start in self._closing:
            return match.end()
        if marks[0] == "`" and "`" in info:
            return self._loose(match, info)
        end = self._fence_end(marks, match.end(), f"{marks[0]}*")
        if directive is None or directive[1] not in _PROSE:
            return end.end() if end else 0
        if end is None:
            return 0
        self._close(end)
        return self._directive(match.start(2), directive, start, match.end())

    def _loose(self, match: re.Match[str], info: str) -> int:
        """A fence with backticks in its info string: not one to CommonMark, but to its dialect if it is closed."""
        marks = match[1]
        if marks in info or not re.match(r"[\w-]+[ \t]+\w+=", info):
            return 0
        end = self._fence_end(marks, match.end())
        if end is None:
            return 0
        self._close(end)
        return self._add(match.start(), match.end(), *self._named(match.start(2), match.end(2)))

    def _fence_end(self, marks: str, at: int, more: str = "") -> re.Match[str] | None:
        """The line that closes a fence; not searched again once such a fence was left open."""
        if marks in self._unclosed:
            return None
        close = re.compile(rf"^[ \t>]*{marks}{more}[ \t\r]*(?=\n|\Z)", re.MULTILINE)
        found = close.search(self._body, at)
        if found is None:
            self._unclosed.add(marks)
        return found

    def _close(self, fence: re.Match[str]) -> None:
        """Record a closing fence as structure, because its opening fence is."""
        start = fence.end() - len(fence[0].lstrip(" \t>"))
        self._closing.add(start)
        self._add(start, fence.end())

    def _directive(self, info: int, found: re.Match[str], start: int, end: int) -> int:
        """Record a directive of MyST: its title, and the options below it."""
        title: tuple[Insert, ...] = ()
        if found[1] in _TITLED:
            title = self._insert(info + found.start(2), info + found.end(2))
        done = self._add(start, end, *title)
        return self._options(done)

    def _options(self, done: int) -> int:
        """Record the options below a directive's first line: `:name: value`, or YAML between `---`.

        Returns the end of the last one.
        """
        body = self._body
        for line in _lines_after(body, done):
            text = body[slice(*line)]
            option = _OPTION.match(text)
            if option is not None:
                offered: tuple[Insert, ...] = ()
                if option[1] in self._parameters:
                    offered = self._insert(line[0] + option.start(2), line[0] + option.end(2))
                done = self._add(line[0] + text.index(":"), line[1], *offered)
                continue
            if text.strip(" \t>\r") == "---":
                closing = re.compile(r"^[ \t>]*---[ \t\r]*(?=\n|\Z)", re.MULTILINE)
                last = closing.search(body, line[1])
                if last is not None:
                    begin = line[0] + text.index("-")
                    inside = self._yaml(line[1], last.start())
                    return self._add(begin, last.end(), *inside)
            break
        return done

    def _yaml(self, start: int, end: int) -> Iterator[Insert]:
        for match in re.finditer(
            r"^[ \t>]*([\w-]+):[ \t]+(.+?)[ \t\r]*$", self._body[start:end], re.MULTILINE
        ):
            if match[1] in self._parameters and match[2][:1] not in "\"'|>[{&*!":
                yield from self._insert(start + match.start(2), start + match.end(2), _yaml_spell)

    # --- frames -------------------------------------------------------------------------------

    def frame(self, start: int) -> int:
        match = _FRAME.match(self._body, start)
        if match is None or (match[2] is None and not _known_frame(match[1])):
            return 0
        title = self._insert(*match.span(2)) if match[2] else ()
        self._body_of(match.end())
        return self._add(start, match.end(), *title, stand_in="-   #")

    def _body_of(self, end: int) -> None:
        """Record where an indented body ends, if the parser would add the next line to it."""
        indent, blank = self._prefix + "    ", True
        for start, stop in _lines_after(self._body, end):
            line = self._body[start:stop]
            if line.strip() and not line.startswith((indent, self._prefix + "\t")):
                if not blank:
                    self.ends.append(start - 1)
                return
            blank = not line.strip()

    def tab(self, start: int) -> int:
        match = _TAB.match(self._body, start)
        if match is None:
            return 0
        group = 1 if match[1] is not None else 2
        self._body_of(match.end())
        return self._add(start, match.end(), *self._insert(*match.span(group)), stand_in="-   #")

    def div(self, start: int) -> int:
        """A `:::` line of Docusaurus, VitePress, Pandoc, MyST, or mkdocstrings with its options."""
        body = self._body
        match = _DIV.match(body, start)
        if match is None:
            return 0
        name, title = match["name"], match["title"]
        if match["first"] and not name:
            info = match.start("first")
            found = _DIRECTIVE.match(body[info : match.end()].rstrip(" \t\r"))
            if found is not None and found[1][0].isalpha():
                return self._directive(info, found, start, match.end())
        if re.fullmatch(r"\w+(?:\.\w+)+", name) and not title:
            return self._add(start, _indented_below(body, match.end(), self._prefix))
        if title and not (name or match["first"]):
            return 0
        offered = self._named(start, match.end())
        if match["label"]:
            offered = [*self._insert(match.start("label") + 1, match.end("label") - 1), *offered]
        elif title and "=" not in title.split()[0]:
            offered = [*self._insert(*match.span("title")), *offered]
        return self._add(start, match.end(), *offered)

    def alert(self, start: int) -> int:
        match = _ALERT.match(self._body, start)
        if match is None or ">" not in self._prefix:
            return 0
        if not match[2] and not match[3] and match[1].lower() in _ALERTS:
            return 0  # GitHub's alerts, which the parser knows
        return self._add(start, match.end(), *self._insert(*match.span(3)))

    # --- lines --------------------------------------------------------------------------------

    def attributes(self, start: int) -> int:
        body = self._body
        match = _ATTRIBUTES.match(body, start) or _KRAMDOWN.match(body, start)
        if match is not None and body.startswith(("{::comment}", "{::nomarkdown}"), start):
            last = _EXTENSION_END.search(body, match.end())
            inner = body[match.end() : last.start()].strip() if last else ""
            shown = inner if body.startswith("{::nomarkdown}", start) else ""
            return self._add(start, (last or match).end(), literal=shown)
        if match is not None and body.startswith("{:toc", start):
            self._toc_item(start - len(self._prefix))
        return self._add(start, match.end()) if match and not self._prefix.strip(" \t>") else 0

    def _toc_item(self, below: int) -> None:
        """Record the list item above `{:toc}`: kramdown replaces it by a table of contents."""
        begin = self._body.rfind("\n", 0, max(0, below - 1)) + 1
        item = _ITEM.match(self._body, begin, max(0, below - 1))
        if item is not None:
            self._add(item.start(1), item.end())

    def target(self, start: int) -> int:
        return self._alone(_TARGET, start)

    def toc(self, start: int) -> int:
        return self._alone(_TOC, start)

    def snippet(self, start: int) -> int:
        return self._alone(_SNIPPET, start)

    def percent(self, start: int) -> int:
        return self._alone(_PERCENT, start)

    def _alone(self, pattern: re.Pattern[str], start: int) -> int:
        match = pattern.match(self._body, start)
        return self._add(start, match.end()) if match else 0

    def abbreviation(self, start: int) -> int:
        match = _ABBREVIATION.match(self._body, start)
        return self._add(start, match.end(), *self._insert(*match.span(1))) if match else 0

    def marked_tag(self, start: int) -> int:
        """A tag alone on its line with `markdown="1"`: its element contains Markdown."""
        return self._alone(_MARKDOWN_TAG, start)

    def verse(self, start: int) -> int:
        """A line of Pandoc's line blocks (`| …`), read as a list item."""
        body = self._body
        end = _line_end(body, start)
        line = body[start:end]
        if not line.startswith("| ") or line.rstrip().endswith("|"):
            return 0
        self._add(start, start + 1, stand_in="-")
        return end

    def tilde(self, start: int) -> int:
        """A definition in Pandoc's form with a tilde, read as one with a colon."""
        return (
            self._add(start, start + 1, stand_in=":")
            if self._body[start + 1 : start + 2].isspace()
            else 0
        )

    # --- math and tables ----------------------------------------------------------------------

    def math(self, start: int) -> int:
        """Display math: from `$$` at the beginning of a line to `$$` at the end of one."""
        last = self._region(start + 2, _DOLLARS)
        if last is None or "$$" in self._body[start + 2 : last.start()]:
            return 0
        return self._shown(start, start + 2, last)

    def brackets(self, start: int) -> int:
        r"""Display math in `\\[ … \\]`; without a formula after it on its line, `\\[` is an escape."""
        last = self._region(start + 2, _BRACKET)
        if last is None:
            return 0
        alone = self._body[start + 2 : start + 3] in ("\n", "\r")
        if not alone and not _MATHEMATICAL.search(self._body, start + 2, last.start()):
            return 0
        return self._shown(start, start + 2, last)

    def environment(self, start: int) -> int:
        name = _BEGIN.match(self._body, start)
        if name is None:
            return 0
        close = re.compile(rf"\\end\{{{re.escape(name[1])}\}}[ \t\r]*(?=\n|\Z)")
        last = self._region(name.end(), close)
        return self._shown(start, start, last) if last else 0

    def _region(self, inside: int, close: re.Pattern[str]) -> re.Match[str] | None:
        """The match that closes a region; blank lines are allowed if its first line is the mark alone."""
        body = self._body
        last = close.search(body, inside, inside + _WIDEST)
        if last is None:
            return None
        alone = not body[inside : _line_end(body, inside)].strip()
        return last if alone or not _BLANK.search(body, inside, last.start()) else None

    def _shown(self, start: int, inside: int, last: re.Match[str]) -> int:
        stop = last.start() if inside > start else last.end()
        literal = _dequoted(self._body[inside:stop], self._prefix).strip()
        return self._add(start, last.end(), literal=literal or "$$", label=MATH)

    def grid(self, start: int) -> int:
        """A grid table, drawn with `+` and `-`, shown as code: the parser would read a paragraph."""
        body = self._body
        end = _line_end(body, start)
        if not _RULED.match(body[start:end]):
            return 0
        for line in _lines_after(body, end):
            text = body[slice(*line)].lstrip(" \t>")
            if text[:1] not in ("|", "+"):
                break
            end = line[1]
        literal = _dequoted(body[start:end], self._prefix)
        return self._add(start, end, literal=literal) if "\n" in literal else 0

    # --- templates ----------------------------------------------------------------------------

    def shortcode(self, start: int) -> int:
        """A line of template tags (`{{< x >}}`, `{% x %}`) and nothing else."""
        body, at = self._body, start
        tags = []
        while (match := SHORTCODE.match(body, at)) is not None and len(match[0]) < _WIDEST:
            tags.append(match)
            at = match.end()
            while body[at : at + 1] in (" ", "\t", "\r") and at < len(body):
                at += 1
        if not tags or (at < len(body) and body[at] != "\n"):
            return 0
        named = _NAME.match(tags[0][0])
        closing = _CLOSED_BY.get(named[1], "") if named and len(tags) == 1 else ""
        if closing and not tags[0][0].rstrip(">}% ").endswith("/"):
            last = re.compile(closing).search(body, at)
            if last is not None:
                literal = _dequoted(body[at : last.start()], self._prefix).strip("\n")
                shown = "" if named and named[1] == "comment" else literal
                return self._add(start, last.end(), literal=shown)
        offered = [i for tag in tags for i in self._named(tag.start(), tag.end())]
        return self._add(start, at, *offered)

    def _named(self, start: int, end: int) -> list[Insert]:
        """The visible parameter values between two offsets."""
        found: list[Insert] = []
        for match in _PARAMETER.finditer(self._body, start, end):
            if match["key"] in self._parameters:
                form = match.lastgroup or "double"
                found += self._insert(*match.span(form), _PARAMETER_SPELLS[form])
        return found

    # --- MDX ----------------------------------------------------------------------------------

    def statement(self, start: int) -> int:
        """An `import` or `export` of MDX, up to the next blank line."""
        body = self._body
        begins = re.compile(
            r"(?:import\s+(?:[\w*{]|[\"'])|export\s+(?:const|let|var|function|default|class|async|\{|\*))"
        )
        if self._prefix or begins.match(body, start) is None:
            return 0
        blank = _BLANK.search(body, start)
        return self._add(start, blank.start() if blank else len(body.rstrip("\n")))

    def expression(self, start: int) -> int:
        end = balanced(self._body, start)
        rest = self._body[end : _line_end(self._body, end)] if end else "x"
        return self._add(start, end) if end and not rest.strip() else 0

    def component(self, start: int) -> int:
        """Tags of JSX and nothing else on their lines; after an opening one, an indented body is kept in."""
        body, at, hold = self._body, start, "#"
        offered: list[Insert] = []
        while (end := jsx_tag(body, at)) > 0:
            tag = body[at:end]
            offered += self._jsx_values(at, end)
            opens = not tag.startswith("</") and not tag.endswith("/>")
            hold = "- #" if opens else hold
            at = end
            while body[at : at + 1] in (" ", "\t", "\r") and at < len(body):
                at += 1
        if at == start or (at < len(body) and body[at] != "\n"):
            return 0
        first = body.find("\n", start, at)
        room = (first if first >= 0 else at) - start
        return self._add(start, at, *offered, stand_in=hold if room >= len(hold) else "#")

    def _jsx_values(self, start: int, end: int) -> Iterator[Insert]:
        for match in _PARAMETER.finditer(self._body, start, end):
            if match["key"] in self._parameters and "=" in match[0]:
                form = match.lastgroup or "double"
                if form != "raw":
                    quote = '"' if form == "double" else "'"
                    spell = _double_value if quote == '"' else _single_value
                    yield from self._insert(*match.span(form), spell)


_WIDEST = 8000
"""Most characters of a formula or of a template tag."""
_ALERTS = frozenset(("note", "tip", "important", "warning", "caution"))
_BLANK = re.compile(r"\n[ \t>\r]*(?:\n|\Z)")
_DOLLARS = re.compile(r"\$\$[ \t]*(?:\([\w:-]+\)|\{[^{}\n]*\})?[ \t\r]*(?=\n|\Z)")
_BRACKET = re.compile(r"\\\][ \t\r]*(?=\n|\Z)")
_BEGIN = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
_MATHEMATICAL = re.compile(r"[\\^=]|_\{|\w_\w\b|\d[ ]*[-+*/<>][ ]*\w")
_FRAMES = frozenset(
    [
        "note",
        "abstract",
        "summary",
        "tldr",
        "info",
        "todo",
        "tip",
        "hint",
        "important",
        "success",
        "check",
        "done",
        "question",
        "help",
        "faq",
        "warning",
        "caution",
        "attention",
        "failure",
        "fail",
        "missing",
        "danger",
        "error",
        "bug",
        "example",
        "quote",
        "cite",
        "seealso",
        "admonition",
        "details",
    ]
)


def _known_frame(words: str) -> bool:
    """Whether the words after `!!!` are an admonition: a known type first, or a single word."""
    return words.split(maxsplit=1)[0].lower() in _FRAMES or " " not in words.strip()


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _lines_after(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The stretches of the lines after an offset, without their line ends."""
    while at < len(text):
        start = at + 1
        at = _line_end(text, start)
        if start < len(text):
            yield start, at


def _indented_below(text: str, end: int, prefix: str) -> int:
    """The end of the lines below that are indented deeper than the prefix."""
    for start, stop in _lines_after(text, end):
        line = text[start:stop]
        if line.strip() and not line.startswith((prefix + "  ", prefix + "\t")):
            break
        end = stop if line.strip() else end
    return end


def _dequoted(text: str, prefix: str) -> str:
    """The text without the indentation and `>` of the lists and quotations around it."""
    if not prefix:
        return text
    quotes = prefix.count(">")
    strip = re.compile(
        rf"^[ \t]*(?:>[ \t]?){{0,{quotes}}}" if quotes else rf"^[ \t]{{0,{len(prefix)}}}",
        re.MULTILINE,
    )
    return strip.sub("", text)


def balanced(text: str, start: int) -> int:
    """The end of a JavaScript expression in braces; 0 if it is not closed nearby.

    >>> balanced("{a: {b: '}'}} c", 0)
    13
    """
    depth, done = 0, start
    for token in _BRACES.finditer(text, start, start + _WIDEST):
        at, mark = token.start(), token[0]
        if at < done:
            continue
        if mark == "{":
            depth += 1
            if depth > _DEEPEST_BRACES:
                return 0
        elif mark == "}":
            depth -= 1
            if depth == 0:
                return at + 1
        else:
            end = text.find("*/" if mark == "/*" else mark, at + len(mark), start + _WIDEST)
            if end < 0:
                return 0
            done = end + len(mark)
    return 0


_DEEPEST_BRACES = 64
"""Most braces inside each other; without a limit, each of many that are never closed is read to the end."""
_BRACES = re.compile(r"[{}\"'`]|/\*")


def jsx_tag(text: str, start: int) -> int:
    """The end of a JSX tag that begins at an offset; 0 if none does.

    >>> jsx_tag("<A b={x > 1} c='>'/> d", 0)
    20
    """
    match = _JSX_TAG.match(text, start)
    if match is None:
        return 0
    at = match.end()
    if text[at - 1] == ">":
        return at
    most = min(len(text), start + _WIDEST)
    while at < most:
        char = text[at]
        if char == ">":
            return at + 1
        if char == "<":
            return 0
        if char in "\"'":
            at = text.find(char, at + 1, most) + 1
        elif char == "{":
            at = balanced(text, at)
        else:
            at += 1
        if at == 0:
            return 0
    return 0


def _double_value(target: str) -> str:
    return quoted(target, '"')


def _single_value(target: str) -> str:
    return quoted(target, "'")


def _in_double(target: str) -> str:
    return re.sub(r'(?<!\\)"', r"\\" + '"', one_line(target))


def _in_single(target: str) -> str:
    return re.sub(r"(?<!\\)'", r"\\'", one_line(target))


def _in_raw(target: str) -> str:
    return one_line(target).replace("`", "'")


def _yaml_spell(target: str) -> str:
    line = one_line(target)
    if re.search(r":(?:\s|$)|\s#|^[\s\"'|>\[\]{}&*!%@`#,?-]", line):
        return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return line


_PARAMETER_SPELLS: dict[str, Speller] = {"double": _in_double, "single": _in_single, "raw": _in_raw}

_Kind = Callable[[Lines, int], int]
_KINDS: tuple[tuple[str, str, _Kind], ...] = (
    ("```", "", Lines.fence),
    ("~~~", "", Lines.fence),
    (":::", "fences", Lines.div),
    ("!!!", "admonitions", Lines.frame),
    ("???", "admonitions", Lines.frame),
    ("===", "admonitions", Lines.tab),
    ("{", "shortcodes", Lines.shortcode),
    ("{", "attributes", Lines.attributes),
    ("{", "jsx", Lines.expression),
    ("$$", "math", Lines.math),
    ("\\[", "math", Lines.brackets),
    ("\\begin", "math", Lines.environment),
    ("[!", "alerts", Lines.alert),
    ("[TOC", "toc", Lines.toc),
    ("[[", "toc", Lines.toc),
    ("(", "targets", Lines.target),
    ("+++", "targets", Lines.target),
    ("*[", "abbreviations", Lines.abbreviation),
    ("-8<", "snippets", Lines.snippet),
    ("--8<", "snippets", Lines.snippet),
    ("<<<", "snippets", Lines.snippet),
    ("<", "jsx", Lines.component),
    ("<", "tags", Lines.marked_tag),
    ("+", "grids", Lines.grid),
    ("%", "comments", Lines.percent),
    ("|", "lines", Lines.verse),
    ("~ ", "tildes", Lines.tilde),
    ("import", "jsx", Lines.statement),
    ("export", "jsx", Lines.statement),
)
"""Marks that begin a structure line, the construct of each (empty: always read), and its reader."""


@cache
def _begins(marks: frozenset[str]) -> re.Pattern[str]:
    """Matches the beginning of a line with one of these marks, including the line end before it."""
    known = "|".join(re.escape(mark) for mark in sorted(marks))
    return re.compile(rf"\n(?P<prefix>{_PREFIX})(?={known})")
