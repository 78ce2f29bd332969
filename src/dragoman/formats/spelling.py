"""How targets are spelled in Markdown, so that none can change the structure of its file."""

from __future__ import annotations

import re

from dragoman.formats.units import one_line

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul|"
    "script|pre|style|textarea"
)
_BLOCK_START = (
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))"
    r"|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|`{3}|~{3}|=+\s*$|-+\s*$|(?:[-*_][ \t]*){3,}$|\|"
    rf"|<(?:!|\?|/?(?:{_BLOCK_TAGS})(?:[\s/>]|$))|\[[^\]]*\]:|\+{{3}}|:)"
)


def paragraph(target: str) -> str:
    """No target begins a list, a heading, a quotation, a fence or an HTML block.

    >>> paragraph("26. Next"), paragraph("# x")
    ('26\\\\. Next', '\\\\# x')
    """
    line = one_line(target).strip()
    if line[:1].isalpha() and not line.endswith("\\"):
        return line  # nearly every one: no mark of a block is a letter
    start = re.match(_BLOCK_START, line, re.IGNORECASE)  # compiled where one needs it
    if start is None:
        return _closed(line)
    return _closed(line[: start.end()] + "\\" + line[start.end() :])


def heading(target: str) -> str:
    """No target loses closing number signs or gains attributes.

    >>> heading("C #")
    'C \\\\#'
    """
    line = paragraph(target)
    if "}" in line:
        line = re.sub(r"(?<!\\)\}(\s*)$", r"\\}\1", line)
    return re.sub(r"(?<=\s)(#+)(\s*)$", r"\\\1\2", line) if "#" in line else line


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
