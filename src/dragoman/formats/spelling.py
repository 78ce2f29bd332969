"""How targets are written in Markdown: escaped so that none changes the structure of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from dragoman.formats.units import one_line
from dragoman.model import Speller

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul|"
    "script|pre|style|textarea"
)
_BLOCK_START = (
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))"
    r"|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|`{3}|~{3}|=+\s*$|-+\s*$|(?:[-*_][ \t]*){3,}$"
    rf"|<(?:!|\?|/?(?:{_BLOCK_TAGS})(?:[\s/>]|$))|\[[^\]]*\]:|\[[ xX]\]\s|\+{{3}}|:"
    r"|!!!\s|\?\?\?\+?\s|===|\{[:.#]|\$\$|\*\[)"
)
"""Text that may begin another block; the match ends where a backslash prevents it."""
_SOURCE_START = (
    rf"\d{{1,9}}[.)](?=\s)|#{{1,6}}(?=\s)|[-+*](?=\s)|>|`{{3,}}|~{{3,}}|:+|\||!!!|\?\?\?|===|\{{[:.#]"
    rf"|\+{{3}}|\$\$|</?(?:{_BLOCK_TAGS})\b"
)


def paragraph(target: str) -> str:
    """Escape a target so that it begins no list, heading, quotation, fence or HTML block.

    >>> paragraph("26. Next"), paragraph("# x")
    ('26\\\\. Next', '\\\\# x')
    """
    return _escaped(target, "")


def item(target: str) -> str:
    """Escape a target at the beginning of a list item, also against task boxes (`[x]`).

    >>> item("[x] y"), paragraph("[x] y")
    ('\\\\[x] y', '[x] y')
    """
    return _escaped(target, "- ")


def following(target: str) -> str:
    """Escape a target that begins a further line of a paragraph, where fewer blocks can begin.

    >>> following("26. Next"), following("- x")
    ('26. Next', '\\\\- x')
    """
    return _escaped(target, "x\n")


def inside(target: str) -> str:
    """Write a target in the middle of a line, where no block can begin.

    >>> inside("26. Next")
    '26. Next'
    """
    return _closed(one_line(target).strip())


def flow(target: str) -> str:
    """Write a target in HTML, where the marks of Markdown are plain text."""
    return one_line(target).strip()


def _escaped(target: str, before: str) -> str:
    line = one_line(target).strip()
    if line[:1].isalpha() and not line.endswith("\\"):
        return line  # the usual case: no block begins with a letter
    start = re.match(_BLOCK_START, line, re.IGNORECASE)  # not compiled at import: seldom needed
    if start is None or not _begins_another(before, line):
        return _closed(line)
    return _closed(line[: start.end()] + "\\" + line[start.end() :])


def _begins_another(before: str, line: str) -> bool:
    """Whether a line begins a block of its own after the text `before`."""
    from dragoman.formats.dialects import COMMON
    from dragoman.formats.spans import DEFINING
    from dragoman.formats.structure import Lines

    if Lines(line, COMMON, frozenset()).structures():
        return True
    found: list[str] = []
    for event in DEFINING.events((before or "x\n\n") + line + "\n"):
        if isinstance(event, str):
            if event == "Rule":
                return True
            continue
        tag: Any
        ((name, tag),) = event.items()
        if name in ("TaskListMarker", "Html"):
            return True
        if name == "Start":
            found.append(tag if isinstance(tag, str) else next(iter(tag)))
    return [name for name in found if name not in _INLINE] != _BLOCKS[before]


_BLOCKS = {"": ["Paragraph", "Paragraph"], "x\n": ["Paragraph"], "- ": ["List", "Item"]}
"""The blocks that the parser finds if the line begins none, by the text before it."""
_INLINE = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image")
)


def as_in_source(mark: str, spell: Speller, target: str) -> str:
    """Write a target without an escape if it begins with the same mark as the source.

    >>> as_in_source(":", paragraph, ": x"), as_in_source(":", paragraph, "- x")
    (': x', '\\\\- x')
    """
    line = one_line(target).strip()
    return _closed(line) if line.startswith(mark) else spell(target)


def like_source(source: str, spell: Speller) -> Speller:
    """The speller of a unit, which does not escape a mark that also begins the source."""
    start = re.match(_SOURCE_START, source, re.IGNORECASE)
    return spell if start is None else partial(as_in_source, start[0], spell)


def heading(target: str) -> str:
    """Escape a heading: `#` at its end is not dropped, `}` at its end closes no attributes.

    >>> heading("C #"), heading("1. C")
    ('C \\\\#', '1. C')
    """
    line = _without_attributes(inside(target))
    return re.sub(r"(?<=\s)(#+)$|^(#+)$", r"\\\g<0>", line) if line.endswith("#") else line


def underlined(target: str) -> str:
    """Escape a heading with an underline, whose text may begin a block as a paragraph may.

    >>> underlined("1. C")
    '1\\\\. C'
    """
    return _without_attributes(paragraph(target))


def underlined_end(target: str) -> str:
    """Escape the last unit of a heading with an underline."""
    return _without_attributes(inside(target))


def _without_attributes(line: str) -> str:
    return re.sub(r"(?<!\\)\}$", r"\\}", line) if line.endswith("}") else line


def cell(target: str) -> str:
    r"""Escape a target so that it does not end its table cell.

    >>> cell("a|b")
    'a\\|b'
    """
    line = _closed(one_line(target))
    return re.sub(r"(?<!\\)\|", r"\\|", line) if "|" in line else line


def _closed(line: str) -> str:
    """The line with a final backslash escaped: it would escape the next character or break the line."""
    if not line.endswith("\\"):
        return line
    slashes = len(line) - len(line.rstrip("\\"))
    return line + "\\" if slashes % 2 else line


# --- shortcut and collapsed links ---------------------------------------------------------------

_BRACKETS = r"(?s:\\.)|`+|[\[\]]"
_TAIL = (
    r"\(\s*(?:<[^<>\n]*>|(?:\\.|[^()\s<\\])*+(?:\((?:\\.|[^()\s\\])*+\)[^()\s]*)?)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[(?:\\.|[^\[\]\\])++\](?!\[)"
)
"""What may follow the text of a link: an address, or a label."""


class Bracket(NamedTuple):
    """A stretch in square brackets that may be a shortcut or collapsed link."""

    start: int
    end: int
    """The offset after the closing bracket."""
    label: str
    collapsed: bool
    """Whether `[]` follows."""


def brackets(text: str) -> list[Bracket]:
    """The innermost stretches in square brackets that are not followed by an address or a label.

    >>> [found.label for found in brackets("[a] [b][] [c](d) [e][f] [^1] `[g]`")]
    ['a', 'b']
    """
    found: list[Bracket] = []
    open_: list[int] = []
    code = ""
    done = 0
    for token in re.finditer(_BRACKETS, text):
        mark, start, end = token[0], token.start(), token.end()
        if mark[0] == "`":
            if not code and text.find(mark, end) >= 0:
                code = mark
            elif code == mark:
                code = ""
        elif code or mark[0] == "\\" or start < done:
            continue
        elif mark == "[":
            open_.append(start)
        elif open_:
            first = open_.pop()
            label = text[first + 1 : start]
            if text.startswith("[]", end):
                done = end + 2
                found.append(Bracket(first, end, label, True))
            elif (tail := re.compile(_TAIL).match(text, end)) is not None:
                done = tail.end()
            elif label.strip() and not label.startswith("^"):
                found.append(Bracket(first, end, label, False))
    return sorted(found)


def name_of(label: str) -> str:
    """The form in which labels of references are compared (CommonMark, link reference definitions).

    >>> name_of("The  Manual")
    'the manual'
    """
    return " ".join(label.split()).casefold()


def linked(
    names: Sequence[str],
    defined: Callable[[], frozenset[str]],
    spell: Speller,
    target: str,
) -> str:
    """Write a target so that its shortcut links lead to the definitions that the source's lead to.

    Args:
        names: for each pair of brackets of the source, the label that it refers to, or nothing.
        defined: gives the labels that the text defines.
        spell: the speller for the rest.
        target: the target.

    >>> linked(["m"], lambda: frozenset({"m"}), inside, "см. [это]")
    'см. [это][m]'
    """
    found = brackets(target)
    known = defined()
    lost = [name_of(one.label) not in known for one in found]
    if len(found) == len(names):  # the same number: the brackets correspond in order
        pairs = [pair for pair in zip(found, names, lost, strict=True) if pair[1] and pair[2]]
    else:
        left = [name for name in names if name]
        for one in found:
            left = _without(left, name_of(one.label))
        free = [one for one, is_lost in zip(found, lost, strict=True) if is_lost]
        if len(free) > len(left):
            free = [one for one in free if one.collapsed] or free
        pairs = [(one, name, True) for one, name in zip(free, left, strict=False)]
    for bracket, name, _ in reversed(pairs):
        end = bracket.end + 2 * bracket.collapsed
        target = f"{target[: bracket.end]}[{name}]{target[end:]}"
    return spell(target)


def _without(names: list[str], name: str) -> list[str]:
    """The names without the first one that equals `name`."""
    known = [name_of(one) for one in names]
    if name not in known:
        return names
    at = known.index(name)
    return names[:at] + names[at + 1 :]
