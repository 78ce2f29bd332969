"""Replaces what a machine must not change by placeholders, and restores it in the answer.

Code, addresses, variables, tags, footnotes and terms of the glossary that stay untranslated become
one placeholder each; emphasis, links and other pairs around words become two. So no web or e-mail
address is sent either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.checks.families.phones import phones
from dragoman.checks.masking import stretches
from dragoman.engines.exchange import Shape
from dragoman.glossary import Glossary

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z_][\w.-]{1,63});")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*?(/?)>")
_OPENS, _CLOSES = "opens", "closes"


class Mark(NamedTuple):
    """A stretch of the source that a placeholder replaces."""

    said: str
    """The stretch of the source."""
    role: str = ""
    """`opens` or `closes` if it is one of a pair; else empty."""
    partner: int = -1
    """Index of the other mark of its pair; -1 if there is none."""


class Protected(NamedTuple):
    """A source split into texts that may be sent and marks between them."""

    texts: tuple[str, ...]
    """The text before each mark, and the one after the last."""
    marks: tuple[Mark, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is a letter to translate."""
        return any(char.isalpha() for text in self.texts for char in text)

    def sent(self, shape: Shape) -> str:
        """The source with placeholders, written as the engine needs them.

        >>> from dragoman.engines.exchange import BRACKETS, TAGS
        >>> source = protected("A *new* day, see https://a.org/.")
        >>> source.sent(BRACKETS)
        'A [X0X]new[X1X] day, see [X2X].'
        >>> source.sent(TAGS)
        'A <g id="0">new</g> day, see <x id="2"/>.'
        """
        parts = [shape.written(self.texts[0])]
        for number, (mark, text) in enumerate(zip(self.marks, self.texts[1:], strict=True)):
            form = {_OPENS: shape.opening, _CLOSES: shape.closing}.get(mark.role, shape.holder)
            parts += [form.format(number), shape.written(text)]
        return "".join(parts)

    def restored(self, answer: str, shape: Shape) -> str | None:
        """An answer with its placeholders replaced by the source's marks; None if one is missing or extra.

        >>> from dragoman.engines.exchange import BRACKETS
        >>> protected("A *new* day").restored("[X0X] Yeni [X1X] gün", BRACKETS)
        '*Yeni* gün'
        """
        parts: list[str] = []
        seen: list[int] = []
        open_: list[int] = []
        end = 0
        for match in shape.pattern.finditer(answer):
            number = _number(match, open_)
            if number is None or number >= len(self.marks):
                return None
            mark, text = self.marks[number], shape.read(answer[end : match.start()])
            # no blank may follow an opening or precede a closing mark: `* word *` is no emphasis
            parts.append(text.rstrip() if mark.role == _CLOSES else text)
            if seen and self.marks[seen[-1]].role == _OPENS:
                parts[-1] = parts[-1].lstrip()
            if mark.role == _OPENS:
                open_.append(mark.partner)
            seen.append(number)
            parts.append(mark.said)
            end = match.end()
        if sorted(seen) != list(range(len(self.marks))):
            return None
        rest = shape.read(answer[end:])
        parts.append(rest.lstrip() if seen and self.marks[seen[-1]].role == _OPENS else rest)
        return "".join(parts)


def _number(match: re.Match[str], open_: list[int]) -> int | None:
    """The index of a placeholder in an answer; a closing tag has that of the last opened pair."""
    digits = next((group for group in match.groups() if group is not None), "")
    if digits.isdigit():
        number = int(digits)
        if number in open_:
            open_.remove(number)
        return number
    return open_.pop() if open_ else None


def protected(source: str, glossary: Glossary | None = None) -> Protected:
    """Split a source into texts and marks; marks are what is not prose and terms to keep."""
    spans = sorted(_spans(source, glossary or Glossary()))
    texts, marks, position = [], [], 0
    for start, end in spans:
        if start < position:
            continue  # inside the previous one
        texts.append(source[position:start])
        marks.append(source[start:end])
        position = end
    texts.append(source[position:])
    return Protected(tuple(texts), tuple(_paired(marks, texts)))


def _spans(source: str, glossary: Glossary) -> Iterator[tuple[int, int]]:
    """Yield start and end of everything to protect; they may overlap."""
    for match in stretches(source):
        start, end = match.span()
        if match[0] == "\\":
            end += 1  # with the character that it escapes
        elif match[0].startswith("[") and source[start - 1 : start] == "!":
            start -= 1  # an image's `!`
        yield start, end
    yield from (match.span() for match in _ENTITY.finditer(source))
    yield from ((phone.start, phone.end) for phone in phones(source))
    for term, start, end in glossary.in_source(source):
        if term.keep:
            same = source.startswith(term.source, start)
            yield start, start + len(term.source) if same else end


def _paired(stretches: list[str], texts: list[str]) -> Iterable[Mark]:
    """Make marks of the stretches, and pair those that surround text."""
    marks = [Mark(stretch) for stretch in stretches]
    open_: list[int] = []
    for number, stretch in enumerate(stretches):
        partner = next((i for i in reversed(open_) if _closes(stretches[i], stretch)), None)
        if partner is not None and not texts[number][-1:].isspace():
            del open_[open_.index(partner) :]  # marks opened since then have no partner
            marks[partner] = Mark(stretches[partner], _OPENS, number)
            marks[number] = Mark(stretch, _CLOSES, partner)
        elif _may_open(stretch) and not texts[number + 1][:1].isspace():
            open_.append(number)
    return marks


def _may_open(stretch: str) -> bool:
    """Whether a stretch may be the first of a pair."""
    tag = _TAG.fullmatch(stretch)
    if tag is not None:
        return not tag[1] and not tag[3]
    return stretch in ("[", "![", "`") or set(stretch) <= set("*_~")


def _closes(opening: str, stretch: str) -> bool:
    """Whether a stretch closes the pair that another one opens."""
    if opening in ("[", "!["):
        return stretch.startswith("]")
    if opening == "`":
        return stretch.startswith("`_")
    tag, other = _TAG.fullmatch(stretch), _TAG.fullmatch(opening)
    if tag is not None and other is not None:
        return bool(tag[1]) and tag[2].lower() == other[2].lower()
    return stretch == opening
