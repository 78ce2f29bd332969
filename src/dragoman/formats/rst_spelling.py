"""How a target is written into reStructuredText, so that it changes neither blocks nor references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from dragoman.formats import rst_lines as lines
from dragoman.formats.rst_inline import (
    RstToken,
    inline,
    joined_lines,
    may_follow,
    may_open,
    tokens,
)
from dragoman.model import said

_PHRASE = re.compile(r"`([^`<>]{1,300})`_(?!_)")
_WORD = re.compile(r"(?<![\w.+:-])([^\W_][\w.+:-]{0,200})_(?!\w)")
_ALIAS = re.compile(r"<([^<>`]{1,300})_>`__?(?!\w)")
_ANCHORED = re.compile(r"`([^`<>]{1,300}?)\s*<([^<>`]{1,2000})>`_(?!_)")
_TARGET = re.compile(r"^[ \t]*\.\. _(?:`([^`\n]+)`|((?:\\.|[^:\\\n])+)):", re.MULTILINE)
_BEGINS = (
    lines.BULLET, lines.ENUMERATOR, lines.FIELD, lines.OPTION, lines.DOCTEST, lines.LINE_BLOCK,
    lines.GRID, lines.SIMPLE, lines.EXPLICIT, lines.ANONYMOUS, lines.LINE,
)  # fmt: skip


class TextNames(NamedTuple):
    """The names of a text that references in it lead to."""

    used: frozenset[str] = frozenset()
    """TextNames that references have."""
    explicit: frozenset[str] = frozenset()
    """TextNames of targets."""
    addresses: Mapping[str, str] = {}
    """Addresses of references that others lead to: `` `text <address>`_ ``."""


def normal(name: str) -> str:
    """A name as references compare it.

    >>> normal("The  Ferry")
    'the ferry'
    """
    return " ".join(name.split()).lower()


def names_of(content: str) -> TextNames:
    """The names in a text."""
    used = {normal(one) for one in _PHRASE.findall(content)}
    used |= {normal(one.rstrip("_")) for one in _WORD.findall(content)}
    if "_>`_" in content:
        used |= {normal(one) for one in _ALIAS.findall(content)}
    explicit = {normal(a or b.replace("\\", "")) for a, b in _TARGET.findall(content)}
    anchored = _ANCHORED.findall(content) if ">`_" in content else ()
    addresses = {normal(name): "".join(url.split()) for name, url in anchored}
    return TextNames(
        frozenset(used), frozenset(explicit), {k: v for k, v in addresses.items() if k in used}
    )


def inside(target: str, source: str, names: TextNames) -> str:
    """A target inside a line, with the references and the borders of markup that the source has.

    >>> inside("в``x``", "in ``x``", TextNames()), inside("`там`_", "`there`_", TextNames(frozenset({"there"})))
    ('в\\\\ ``x``', '`там <there_>`__')
    """
    line = joined_lines(target)
    if not any(sign in line for sign in "`*_|[\\"):
        return _kept_paragraph(line)
    line = _separated(line, source)
    return _kept_paragraph(_referring(line, source, names))


def opening(target: str, source: str, names: TextNames) -> str:
    """A target at the beginning of a block, where it may begin another one.

    >>> opening("- a", "b", TextNames()), opening("1986. A", "b", TextNames())
    ('\\\\- a', '\\\\1986. A')
    """
    line = inside(target, source, names)
    if line and any(pattern.match(line) for pattern in _BEGINS):
        return "\\" + line
    return line


def following(target: str, source: str, names: TextNames) -> str:
    """A target at the beginning of a line that does not begin a block.

    >>> following("----", "b", TextNames())
    '\\\\----'
    """
    line = inside(target, source, names)
    return "\\" + line if lines.LINE.match(line) else line


def term(target: str, source: str, names: TextNames) -> str:
    """A target that is a term; ` : ` would begin its classifier.

    >>> term("a : b", "c", TextNames())
    'a \\\\: b'
    """
    return re.sub(r"(?<= ):(?= )", r"\\:", opening(target, source, names))


def before_literal(target: str, spell: object, source: str, names: TextNames) -> str:
    """A target before the colon that announces a literal block.

    >>> before_literal("a", inside, "b:", TextNames()), before_literal("a:", inside, "b:", TextNames())
    ('a :', 'a:')
    """
    assert callable(spell)
    line: str = spell(target.rstrip(":"), source, names)
    return f"{line}:" if target.endswith(":") else f"{line} :"


def before_indented(target: str, spell: object, source: str, names: TextNames, indent: str) -> str:
    """A target whose last line is followed by an indented one, and is therefore no line alone.

    >>> before_indented("a b", inside, "c", TextNames(), "  ")
    'a\\n  b'
    """
    assert callable(spell)
    line: str = spell(target, source, names)
    first, space, last = line.rpartition(" ")
    return f"{first}\n{indent}{last}" if space and not first.endswith("\\") else line


def titled(target: str, source: str, names: TextNames, title: str, shape: tuple[str, ...]) -> str:
    """A title with lines as long as it, and a target for the references to its former name.

    Args:
        target: the translated title.
        source: the title.
        names: the names of the text.
        title: the lines of the title, as they are.
        shape: the character of the line above (or nothing), that of the line below, the line end,
            and the spaces before the lines.
    """
    above, below, newline, indent = shape
    line = inside(target, source, names) if above else opening(target, source, names)
    rows = title.split(newline)
    longest = max(len(rows[-1].strip()), len(rows[0].strip()) if above else 0)
    text = rows[1 if above else 0]
    inset = len(text) - len(text.lstrip()) - (len(indent) if above else 0)
    width = lines.columns(line) + max(inset, 0)
    fits = longest <= lines.columns(source) + 2 * max(inset, 0)
    width = max(width + max(inset, 0) if fits else max(width, longest), 2)
    out = [f"{' ' * max(inset, 0)}{line}", below * width]
    if above:
        out.insert(0, above * width)
    called = " ".join(said(inline(source)).split())
    name = normal(called)
    if name in names.used and name not in names.explicit and normal(said(inline(line))) != name:
        out[:0] = [f".. _`{called}`:" if re.search(r"\W", called) else f".. _{called}:", ""]
    return (newline + indent).join(out).replace(newline + indent + newline, newline * 2)


def _kept_paragraph(line: str) -> str:
    """A line that announces no literal block."""
    return line[:-1] + "\\:" if line.endswith("::") else line


def _separated(line: str, source: str) -> str:
    """Markup of the source that the target has beside letters, separated from them by `\\ `.

    Other marks that nothing closes are escaped.
    """
    wanted = Counter(token.kind for token in tokens(source))
    found = list(tokens(line))
    counts = Counter(token.kind for token in found)
    if any(counts[kind] < wanted[kind] for kind in wanted if kind != "escape"):
        found = [
            one
            for one in tokens(line, strict=False)
            if counts[one.kind] < wanted[one.kind] or one in found
        ]
    out, done = [], 0
    for token in found:
        out.append(line[done : token.start])
        if token.kind == "stray":
            mark = line[token.start : token.end]
            out.append(mark.replace("`", "\\`") if mark.startswith(":") else "\\" + mark)
        elif token.kind in ("escape", "address"):
            out.append(line[token.start : token.end])
        else:
            out.append(_apart(line, token))
        done = token.end
    return "".join([*out, line[done:]])


def _apart(line: str, token: RstToken) -> str:
    text = line[token.start : token.end]
    before = "" if may_open(line, token.start, token.start) else "\\ "
    after = "" if may_follow(line, token.end) else "\\ "
    return f"{before}{text}{after}"


def _referring(line: str, source: str, names: TextNames) -> str:
    """A target whose references have names that the text knows.

    References with another text than in the source lead to the names of the source, in order.
    """
    if "_" not in line:
        return line
    originals = {
        _name(source, one): source[one.start : one.end]
        for one in tokens(source)
        if _by_name(source, one)
    }
    known = [_name(source, one) for one in tokens(source) if _by_name(source, one)]
    found = [one for one in tokens(line) if _by_name(line, one)]
    now = [_name(line, one) for one in found]
    kept = Counter(now)
    lost = []
    for name in known:
        if kept[name]:
            kept[name] -= 1
        else:
            lost.append(name)
    out, done = [], 0
    for token, name in zip(found, now, strict=True):
        out.append(line[done : token.start])
        text = line[token.start : token.end]
        done = token.end
        if name in names.used or name in names.explicit:
            out.append(text)
        elif lost:
            former = lost.pop(0)
            if re.search("[<>`]", former):  # no reference with another text can lead there
                out.append(originals[former])
                continue
            url = names.addresses.get(former)
            leads = url if url and former not in names.explicit else f"{former}_"
            out.append(f"`{line[token.inner : token.inner_end]} <{leads}>`__")
        elif text.startswith("`"):
            out.append(text)
        else:
            out.append(text[: -len("_")] + "\\_")
    return "".join([*out, line[done:]])


def _by_name(text: str, token: RstToken) -> bool:
    named = token.kind == "reference" and not token.name
    return named and not text.startswith("__", token.end - 2)


def _name(text: str, token: RstToken) -> str:
    return normal(text[token.inner : token.inner_end].replace("\\", ""))
