"""What a machine may not touch stands as marks in what is sent, and comes back as it was.

Code, addresses, placeholders, tags, footnotes and the glossary's names that stay become a mark
each; emphasis, links and other things that stand around words become two. So no address or
e-mail leaves the machine either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.checks.families.phones import phones
from dragoman.checks.masking import stretches
from dragoman.engines.exchange import Shape
from dragoman.glossary import Glossary

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,31});")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*?(/?)>")
_OPENS, _CLOSES = "opens", "closes"


class Mark(NamedTuple):
    """A piece that is not sent as it is."""

    said: str
    """What stands in the source."""
    role: str = ""
    """`opens` or `closes` where it has a partner."""
    partner: int = -1
    """The number of the mark that closes it, or that it closes."""


class Protected(NamedTuple):
    """A source in parts: texts that may be sent, and marks."""

    texts: tuple[str, ...]
    """One before each mark, and one after the last."""
    marks: tuple[Mark, ...]

    @property
    def says_something(self) -> bool:
        """Whether there is a letter to translate."""
        return any(char.isalpha() for text in self.texts for char in text)

    def sent(self, shape: Shape) -> str:
        """The source with its marks in a shape.

        >>> from dragoman.engines.exchange import BRACKETS, TAGS
        >>> source = protected("A *new* day, see https://a.org/.")
        >>> source.sent(BRACKETS)
        'A [X0X]new[X1X] day, see [X2X].'
        >>> source.sent(TAGS)
        'A <g id="0">new</g> day, see <x id="2"/>.'
        """
        out = [shape.written(self.texts[0])]
        for number, (mark, text) in enumerate(zip(self.marks, self.texts[1:], strict=True)):
            form = {_OPENS: shape.opening, _CLOSES: shape.closing}.get(mark.role, shape.holder)
            out += [form.format(number), shape.written(text)]
        return "".join(out)

    def restored(self, answer: str, shape: Shape) -> str | None:
        """An answer with every mark as the source says it; None where one lacks or is too many.

        >>> from dragoman.engines.exchange import BRACKETS
        >>> protected("A *new* day").restored("[X0X] Yeni [X1X] gün", BRACKETS)
        '*Yeni* gün'
        """
        out: list[str] = []
        met: list[int] = []
        open_: list[int] = []
        done = 0
        for found in shape.pattern.finditer(answer):
            number = _number(found, open_)
            if number is None or number >= len(self.marks):
                return None
            mark, text = self.marks[number], shape.read(answer[done : found.start()])
            # what stands around words touches them: `* word *` is no emphasis
            out.append(text.rstrip() if mark.role == _CLOSES else text)
            if met and self.marks[met[-1]].role == _OPENS:
                out[-1] = out[-1].lstrip()
            if mark.role == _OPENS:
                open_.append(mark.partner)
            met.append(number)
            out.append(mark.said)
            done = found.end()
        if sorted(met) != list(range(len(self.marks))):
            return None
        rest = shape.read(answer[done:])
        out.append(rest.lstrip() if met and self.marks[met[-1]].role == _OPENS else rest)
        return "".join(out)


def _number(found: re.Match[str], open_: list[int]) -> int | None:
    """The number of a mark in an answer; a closing element closes what was opened last."""
    said = next((group for group in found.groups() if group is not None), "")
    if said.isdigit():
        number = int(said)
        if number in open_:
            open_.remove(number)
        return number
    return open_.pop() if open_ else None


def protected(source: str, glossary: Glossary | None = None) -> Protected:
    """A source with what is no prose, and what the glossary keeps, as marks."""
    spans = sorted(_spans(source, glossary or Glossary()))
    texts, marks, done = [], [], 0
    for start, end in spans:
        if start < done:
            continue  # inside the one before
        texts.append(source[done:start])
        marks.append(source[start:end])
        done = end
    texts.append(source[done:])
    return Protected(tuple(texts), tuple(_paired(marks, texts)))


def _spans(source: str, glossary: Glossary) -> Iterator[tuple[int, int]]:
    for match in stretches(source):
        start, end = match.span()
        if match[0] == "\\":
            end += 1  # with the character that it escapes
        elif match[0].startswith("[") and source[start - 1 : start] == "!":
            start -= 1  # an image
        yield start, end
    yield from (match.span() for match in _ENTITY.finditer(source))
    yield from ((phone.start, phone.end) for phone in phones(source))
    for term, start, end in glossary.in_source(source):
        if term.keep:
            same = source.startswith(term.source, start)
            yield start, start + len(term.source) if same else end


def _paired(said: list[str], texts: list[str]) -> Iterable[Mark]:
    """The marks, those of them with a role that stand around something."""
    marks = [Mark(one) for one in said]
    open_: list[int] = []
    for number, one in enumerate(said):
        partner = next((at for at in reversed(open_) if _closes(said[at], one)), None)
        if partner is not None and not texts[number][-1:].isspace():
            del open_[open_.index(partner) :]  # what opened since has no partner
            marks[partner] = Mark(said[partner], _OPENS, number)
            marks[number] = Mark(one, _CLOSES, partner)
        elif _may_open(one) and not texts[number + 1][:1].isspace():
            open_.append(number)
    return marks


def _may_open(said: str) -> bool:
    tag = _TAG.fullmatch(said)
    if tag is not None:
        return not tag[1] and not tag[3]
    return said in ("[", "![") or set(said) <= set("*_~")


def _closes(opening: str, said: str) -> bool:
    """Whether a mark closes another."""
    if opening in ("[", "!["):
        return said.startswith("]")
    tag, other = _TAG.fullmatch(said), _TAG.fullmatch(opening)
    if tag is not None and other is not None:
        return bool(tag[1]) and tag[2].lower() == other[2].lower()
    return said == opening
