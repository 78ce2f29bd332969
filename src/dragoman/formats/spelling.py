"""How targets are spelled in Markdown, so that none can change the structure of its file."""

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
"""What may begin another block, and where a backslash keeps it from doing so."""
_SOURCE_START = (
    rf"\d{{1,9}}[.)](?=\s)|#{{1,6}}(?=\s)|[-+*](?=\s)|>|`{{3,}}|~{{3,}}|:+|\||!!!|\?\?\?|===|\{{[:.#]"
    rf"|\+{{3}}|\$\$|</?(?:{_BLOCK_TAGS})\b"
)


def paragraph(target: str) -> str:
    """No target begins a list, a heading, a quotation, a fence or an HTML block.

    >>> paragraph("26. Next"), paragraph("# x")
    ('26\\\\. Next', '\\\\# x')
    """
    return _escaped(target, "")


def item(target: str) -> str:
    """The same at the beginning of a list item, which may have a box to tick.

    >>> item("[x] y"), paragraph("[x] y")
    ('\\\\[x] y', '[x] y')
    """
    return _escaped(target, "- ")


def following(target: str) -> str:
    """The same at the beginning of a further line, where not every list can begin.

    >>> following("26. Next"), following("- x")
    ('26. Next', '\\\\- x')
    """
    return _escaped(target, "x\n")


def inside(target: str) -> str:
    """In the middle of a line nothing begins.

    >>> inside("26. Next")
    '26. Next'
    """
    return _closed(one_line(target).strip())


def flow(target: str) -> str:
    """In HTML every mark of Markdown is text."""
    return one_line(target).strip()


def _escaped(target: str, before: str) -> str:
    line = one_line(target).strip()
    if line[:1].isalpha() and not line.endswith("\\"):
        return line  # nearly every one: no mark of a block is a letter
    start = re.match(_BLOCK_START, line, re.IGNORECASE)  # compiled where one needs it
    if start is None or not _begins_another(before, line):
        return _closed(line)
    return _closed(line[: start.end()] + "\\" + line[start.end() :])


def _begins_another(before: str, line: str) -> bool:
    """Whether a line is read as anything but text of the block that begins before it."""
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
"""The blocks that are read where a line begins none, by what stands before it."""
_INLINE = frozenset(
    ("Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image")
)


def as_in_source(mark: str, spell: Speller, target: str) -> str:
    """A mark that begins the source unescaped needs no escape in the translation either.

    >>> as_in_source(":", paragraph, ": x"), as_in_source(":", paragraph, "- x")
    (': x', '\\\\- x')
    """
    line = one_line(target).strip()
    return _closed(line) if line.startswith(mark) else spell(target)


def like_source(source: str, spell: Speller) -> Speller:
    """The speller of a unit; one that knows the mark by which its source begins, if any."""
    start = re.match(_SOURCE_START, source, re.IGNORECASE)
    return spell if start is None else partial(as_in_source, start[0], spell)


def heading(target: str) -> str:
    """No target loses closing number signs or gains attributes.

    >>> heading("C #"), heading("1. C")
    ('C \\\\#', '1. C')
    """
    line = _without_attributes(inside(target))
    return re.sub(r"(?<=\s)(#+)$|^(#+)$", r"\\\g<0>", line) if line.endswith("#") else line


def underlined(target: str) -> str:
    """A heading above its underline begins as a paragraph does.

    >>> underlined("1. C")
    '1\\\\. C'
    """
    return _without_attributes(paragraph(target))


def underlined_end(target: str) -> str:
    """The end of a heading above its underline."""
    return _without_attributes(inside(target))


def _without_attributes(line: str) -> str:
    return re.sub(r"(?<!\\)\}$", r"\\}", line) if line.endswith("}") else line


def cell(target: str) -> str:
    r"""No target ends its cell.

    >>> cell("a|b")
    'a\\|b'
    """
    line = _closed(one_line(target))
    return re.sub(r"(?<!\\)\|", r"\\|", line) if "|" in line else line


def _closed(line: str) -> str:
    """A backslash at the end would escape what follows, or break the line."""
    if not line.endswith("\\"):
        return line
    slashes = len(line) - len(line.rstrip("\\"))
    return line + "\\" if slashes % 2 else line


# --- links by their text alone ----------------------------------------------------------------

_BRACKETS = r"(?s:\\.)|`+|[\[\]]"
_TAIL = (
    r"\(\s*(?:<[^<>\n]*>|(?:\\.|[^()\s<\\])*+(?:\((?:\\.|[^()\s\\])*+\)[^()\s]*)?)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\[(?:\\.|[^\[\]\\])++\](?!\[)"
)
"""What follows a link's text: an address, or a name."""


class Bracket(NamedTuple):
    """A stretch in square brackets that may be a link by its text alone."""

    start: int
    end: int
    """Behind the closing bracket."""
    label: str
    collapsed: bool
    """Whether `[]` follows."""


def brackets(text: str) -> list[Bracket]:
    """The innermost stretches in square brackets that no address or name follows.

    >>> [found.label for found in brackets("[a] [b][] [c](d) [e][f] [^1] `[g]`")]
    ['a', 'b']
    """
    found: list[Bracket] = []
    open_: list[int] = []
    code = ""
    done = 0
    for token in re.finditer(_BRACKETS, text):
        said, start, end = token[0], token.start(), token.end()
        if said[0] == "`":
            if not code and text.find(said, end) >= 0:
                code = said
            elif code == said:
                code = ""
        elif code or said[0] == "\\" or start < done:
            continue
        elif said == "[":
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
    """A label as references are compared by.

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
    """A target whose links by their text alone name what those of the source name.

    Args:
        names: for each pair of brackets of the source, the name that it leads to, or nothing.
        defined: the names that the text defines.
        spell: how the target is spelled otherwise.
        target: the target.

    >>> linked(["m"], lambda: frozenset({"m"}), inside, "см. [это]")
    'см. [это][m]'
    """
    found = brackets(target)
    known = defined()
    lost = [name_of(one.label) not in known for one in found]
    if len(found) == len(names):  # the brackets of both belong together in their order
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
    """The names without the first that is equal to a name."""
    known = [name_of(one) for one in names]
    if name not in known:
        return names
    at = known.index(name)
    return names[:at] + names[at + 1 :]
