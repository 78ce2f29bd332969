"""The inline content of AsciiDoc: what is markup, what is not prose, and how a target is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.formats.runs import HIDDEN, OPAQUE, Element, Run
from dragoman.formats.units import one_line
from dragoman.model import Span

_TOKEN = re.compile(
    r"\\(?=[*_`#^~{<\[(&\w])(?P<escape>)"
    r"|(?P<code>(?<!\w)`(?!`)(?:[^`\n]|\n(?!\n)){1,2000}`(?!\w)|``(?:(?!``)[^\n]|\n(?!\n)){1,1000}``|\$\$(?:(?!\$\$).){1,1000}\$\$"
    r"|\+\+\+(?:(?!\+\+\+).){1,1000}\+\+\+|\+\+(?:(?!\+\+).){1,1000}\+\+|(?<!\w)\+(?![\s+])[^+\n]+(?<!\s)\+(?!\w))"
    r"|(?P<macro>\b(?:stem|pass|latexmath|asciimath|kbd|btn|menu|icon|indexterm2?|anchor|counter2?|latex)"
    r":[^\s\[\]]{0,500}\[(?:\\\]|[^\[\]]){0,500}\])"
    r"|(?P<opens>\b(?:link|xref|mailto|image|footnote|footnoteref|linkgit|linkman|term|abbr|tooltip|[a-z]{3,12})"
    r":[^\s\[\]:]{0,500}(?<!:)\[|\b(?:link:)?(?:https?|ftp|irc)://[^\s\[\]<>]{0,1000}\[)"
    r"|(?P<address>\b(?:https?|ftp|irc)://[^\s\[\]<>]{0,1000}[^\s\[\]<>.,;:!?)'\"])"
    r"|(?P<reference>\{(?:[\w][\w-]*|(?:set|counter2?):[^{}\n]*)\})"
    r"|(?P<xref><<[^<>,\n]+(?:>>|,[ \t]*))|(?P<xrefends>>>)"
    r"|(?P<index>\(\(\((?:(?!\)\)\)).){0,200}\)\)\))"
    r"|(?P<anchor>\[\[[^\[\]\n]{0,200}\]\])"
    r"|(?P<role>\[[.#%][^\[\]\n]{0,200}\](?=[#*_`]))"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w+);)"
    r"|(?P<mark>\*\*|__|##|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)|(?<=\S)_(?![\w_])"
    r"|(?<![\w#])\#(?=\S)|(?<=\S)\#(?![\w#]))"
    r"|(?P<close>\])",
    re.DOTALL,
)
_NAMES = {"*": "Strong", "_": "Emphasis", "#": "Mark"}
_HARD = re.compile(r"[ \t]+\+[ \t]*\r?\n")


class AdocToken(NamedTuple):
    """A stretch of inline markup."""

    start: int
    end: int
    kind: str


def tokens(text: str) -> Iterator[AdocToken]:
    """The markup of a text, in order.

    >>> [token.kind for token in tokens("See `x` at https://a.org[*there*].")]
    ['code', 'opens', 'mark', 'mark', 'close']
    """
    for match in _TOKEN.finditer(text):
        if match.end() > match.start() and match.lastgroup and match.lastgroup != "escape":
            yield AdocToken(*match.span(), match.lastgroup)


def run_of(text: str, start: int) -> Run:
    """The inline content of a stretch of the file, for the segmentation."""
    run = Run(start, start + len(text))
    marks: dict[str, list[int]] = {}
    brackets: list[AdocToken] = []
    for token in tokens(text):
        a, b = start + token.start, start + token.end
        sign = text[token.start : token.end]
        if token.kind == "mark":
            opened = marks.setdefault(sign, [])
            if opened:
                _element(run, _NAMES[sign[0]], opened.pop(), b, len(sign))
            else:
                opened.append(a)
        elif token.kind in ("opens", "xref") and not sign.endswith(">>"):
            brackets.append(token)
            run.opaque.append((a, b, HIDDEN))
        elif token.kind in ("close", "xrefends"):
            wanted = "opens" if token.kind == "close" else "xref"
            if brackets and brackets[-1].kind == wanted:
                opening = brackets.pop()
                element = Element("Link", start + opening.start, b)
                element.inner_start, element.inner_end = start + opening.end, a
                run.elements.append(element)
        else:
            hidden = token.kind in ("index", "anchor", "role")
            run.opaque.append((a, b, HIDDEN if hidden else OPAQUE))
            if not hidden:
                run.elements.append(Element("Code", a, b))
    run.breaks += [(start + one.start(), start + one.end()) for one in _HARD.finditer(text)]
    return run


def _element(run: Run, name: str, start: int, end: int, width: int) -> None:
    element = Element(name, start, end)
    element.inner_start, element.inner_end = start + width, end - width
    run.elements.append(element)


def shown(text: str) -> str:
    """The text without markup, code and references.

    >>> shown("`a` *b* {c} <<d,e>>")
    ' b e'
    """
    out, done = [], 0
    for token in tokens(text):
        out.append(text[done : token.start])
        done = token.end
    return re.sub(r"\s+", " ", "".join([*out, text[done:]]))


_SPANS = {"*": "strong", "_": "emphasis", "#": "mark"}


def inline(text: str) -> tuple[Span, ...]:
    """The inline content of a unit.

    >>> [span.name for span in inline("A *b* `c`")]
    ['text', 'strong', 'text', 'code']
    """
    line = one_line(text)
    levels: list[list[Span]] = [[]]
    open_: list[tuple[str, str]] = []
    done = 0
    for token in tokens(line):
        sign = line[token.start : token.end]
        if token.start > done:
            levels[-1].append(Span("text", line[done : token.start]))
        done = token.end
        if token.kind == "code":
            levels[-1].append(Span("code", sign.strip("`+$")))
        elif token.kind in ("reference", "macro"):
            levels[-1].append(Span("code", sign))
        elif token.kind in ("address", "entity"):
            levels[-1].append(Span("text", sign))
        elif token.kind in ("mark", "close", "xrefends") and open_ and open_[-1][0] == sign:
            name, url = open_.pop()[1].split(" ", 1)
            children = tuple(levels.pop())
            levels[-1].append(Span(name, url=url, children=children))
        elif token.kind == "mark" and sign in line[token.end :] and len(open_) < _DEEPEST:
            open_.append((sign, f"{_SPANS[sign[0]]} "))
            levels.append([])
        elif token.kind in ("opens", "xref") and len(open_) < _DEEPEST:
            if sign.endswith(">>"):
                levels[-1].append(Span("code", sign))
                continue
            address = sign[:-1].removeprefix("link:") if token.kind == "opens" else ""
            open_.append(("]" if token.kind == "opens" else ">>", f"link {address}"))
            levels.append([])
        elif token.kind in ("close", "xrefends", "mark"):
            levels[-1].append(Span("text", sign))
    if done < len(line):
        levels[-1].append(Span("text", line[done:]))
    while open_:
        open_.pop()
        inner = levels.pop()
        levels[-1] += inner
    return tuple(levels[0])


_DEEPEST = 40
_BEGINS = re.compile(
    r"(?:[-*•]+|\.{1,5}|\d+\.|[A-Za-z]\.|[ivxIVX]+\)|<(?:\d+|\.)>|={1,6}|\#{1,6}|>)[ \t]"
    r"|\.[^ \t.]|//|\+\Z|\[[^\]]*\]\Z|:[\w!][\w-]*:(?:\s|\Z)|'{3}|-{2,}\Z|\*{3,}\Z|<{3}\Z|```"
    r"|[=.+_/*-]{4,}\Z|[|,:!]={3}|(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]"
    r"|(?:ifdef|ifndef|ifeval|endif|include|[a-z]\w*)::\S*\[|\|"
)
_TERM = re.compile(r"(?<=\S)(:|;)(?=\1(?:[ \t]|\Z)|\1{2,3}(?:[ \t]|\Z))")


def opening(target: str) -> str:
    """A target at the beginning of a line, where it may begin another block.

    >>> opening("* a"), opening("a:: b"), opening("1986. A")
    ('{empty}* a', 'a:{empty}: b', '{empty}1986. A')
    """
    line = following(target)
    if _BEGINS.match(line):
        line = "{empty}" + line
    return _TERM.sub(r"\1{empty}", line) if "::" in line or ";;" in line else line


def following(target: str) -> str:
    """A target inside a line.

    >>> following("a +")
    'a +{empty}'
    """
    line = one_line(target).strip()
    return line + "{empty}" if line.endswith(" +") or line == "+" else line


def after_marker(target: str) -> str:
    """A target after the mark of a list's item or of a title.

    >>> after_marker("[x] a"), after_marker("a:: b")
    ('{empty}[x] a', 'a:{empty}: b')
    """
    line = following(target)
    if re.match(r"\[[ xX*]\][ \t]|\[\[", line):
        line = "{empty}" + line
    return _TERM.sub(r"\1{empty}", line) if "::" in line or ";;" in line else line


def in_cell(target: str) -> str:
    """A target in a cell of a table.

    >>> in_cell("a | b")
    'a \\\\| b'
    """
    return following(re.sub(r"(?<!\\)\|", r"\\|", one_line(target)))


def in_attribute(target: str, quoted: bool) -> str:
    """A target as a value in an attribute list.

    >>> in_attribute("a, b", quoted=False)
    '"a, b"'
    """
    line = following(target)
    if quoted or re.search(r"[,=\"]", line):
        line = re.sub(r'(?<!\\)"', r"\\" + '"', line)
    line = re.sub(r"(?<!\\)\]", r"\\]", line)
    return line if quoted or not re.search(r"[,=\"]", line) else f'"{line}"'


def underlined(target: str, sign: str, newline: str) -> str:
    """A title and the line below it, which must be as long.

    >>> underlined("Day", "-", "|")
    'Day|---'
    """
    line = following(target)
    return f"{line}{newline}{sign * max(2, len(line))}"
