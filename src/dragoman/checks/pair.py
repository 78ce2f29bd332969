"""A source and its target as checks look at them, and what a check says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, overload

from dragoman.checks.phones import phones
from dragoman.glossary.model import Glossary
from dragoman.model import Inline, plain
from dragoman.quantities import Amount, Date, Language, amounts, dates, language
from dragoman.quantities.language import Number

CONTENT = "\ufffc"
"""Stands, character by character, where code, an address or a tag stands."""
MARK = "\u2063"
"""Stands where emphasis and other marks stand that are no content."""

# A stretch that is no prose. Each alternative can start only where it is worth it, and none can
# run over its own beginning: a hostile line costs no more than a plain one.
NO_PROSE = re.compile(
    r"(?P<code>`[^`]+`)"
    r"|(?P<address>(?:https?://|www\.)[^\s<>\[\]()“”«»\"]*[^\s<>\[\]()“”«»\".,;:!?…’'])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<note>\[\^[^\]\s]{1,64}\])"
    r"|(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s\"[^\"\n]*\")?\))"
    r"|(?P<holder>%\(\w{1,64}\)[a-z]|(?<!\d)%[sdrifgxc]\b|\{[\w.!:]{0,64}\})"
    r"|(?P<label>\]\[[^\[\]]*\])"
    r"|(?P<mark>[*~]+|(?<!\w)_+(?=\w)|(?<=[\w.!?…”»\"])_+(?!\w)|\\(?=[!-/:-@\[-`{-~])|[\[\]])"
)
_MAY_MATTER = re.compile(r"[`<@*_~\\\[\]{%]|://|www\.")


T = TypeVar("T")
_WORDS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


_SIGN = "['\"=_./<>{}\\[\\]@#$%“”«»‘’]"
_SIGNED = re.compile(rf"({_SIGN}?)([A-Za-z]+)( ?{_SIGN})?")
NO_GLOSSARY = Glossary()


class Fault(NamedTuple):
    """What a check says of a pair."""

    message: str
    """One sentence, without a full stop."""
    start: int = 0
    """Span in the target, in characters; empty where the fault is a lack."""
    end: int = 0
    source_start: int = 0
    source_end: int = 0
    severity: str = ""
    """`error`, `warning` or `info`, where it is not the check's own."""
    fix: str | None = None
    """What should stand in the span, where that is certain."""
    safe: bool = False
    """Whether the fix cannot touch the meaning."""


Check = Callable[["Pair"], Iterator[Fault]]


class lazy(Generic[T]):  # noqa: N801 - used like property
    """An attribute worked out when it is first asked for; functools' own takes a lock each time."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work

    @overload
    def __get__(self, pair: None, owner: type) -> lazy[T]: ...
    @overload
    def __get__(self, pair: object, owner: type) -> T: ...
    def __get__(self, pair: object | None, owner: type) -> T | lazy[T]:
        if pair is None:
            return self
        value = self._work(pair)
        pair.__dict__[self._work.__name__] = value
        return value


@dataclass
class Pair:
    """A source and its target; what checks share of them is worked out once."""

    source: str
    target: str
    locale: str
    source_locale: str = "en"
    inline: Inline = plain
    glossary: Glossary = NO_GLOSSARY

    @lazy
    def lang(self) -> str:
        return self.locale.partition("_")[0].partition("-")[0]

    @lazy
    def keep(self) -> frozenset[str]:
        """Words that stay as they are, in small letters: names that the glossary keeps."""
        return self.glossary.keep

    @lazy
    def seen_source(self) -> str:
        """The source with everything masked that is no prose; offsets stay."""
        return _without(self.calls, masked(self.source))

    @lazy
    def seen(self) -> str:
        """The target with everything masked that is no prose; offsets stay."""
        return _without(self.calls, masked(self.target))

    @lazy
    def calls(self) -> frozenset[str]:
        """The telephone numbers that both sides have, by their figures."""
        asked = frozenset(phone.digits for phone in phones(self.source))
        return asked & {phone.digits for phone in phones(self.target)} if asked else asked

    @lazy
    def source_words(self) -> frozenset[str]:
        return frozenset(_WORDS.findall(self.source))

    @lazy
    def source_small(self) -> frozenset[str]:
        """The words of the source in small letters."""
        return frozenset(_WORDS.findall(self.source.lower()))

    @lazy
    def signed(self) -> frozenset[str]:
        """The Latin words of the source with a sign beside them: `'any`, `language =`, `a.b`."""
        found: set[str] = set()
        for before, word, after in _SIGNED.findall(self.source):
            found |= {before + word, word + after.strip()}
        return frozenset(found)

    @lazy
    def small(self) -> str:
        """The target in small letters, of the same length."""
        return self.language.lower(self.seen) if self.language else self.seen.lower()

    @lazy
    def words(self) -> list[str]:
        """The words of the target in small letters, without figures."""
        return _LETTERS.findall(self.small)

    @lazy
    def letters(self) -> int:
        """How many letters the target has."""
        return sum(map(len, self.words))

    @lazy
    def language(self) -> Language | None:
        return language(self.locale)

    @lazy
    def source_language(self) -> Language | None:
        return language(self.source_locale)

    @lazy
    def source_dates(self) -> list[Date]:
        return _dates(self.seen_source, self.source_language)

    @lazy
    def dates(self) -> list[Date]:
        return _dates(self.seen, self.language)

    @lazy
    def source_amounts(self) -> list[Amount]:
        return _amounts(self.seen_source, self.source_language, self.source_dates)

    @lazy
    def amounts(self) -> list[Amount]:
        return _amounts(self.seen, self.language, self.dates)

    @lazy
    def values(self) -> frozenset[Number | str]:
        """Everything that the numbers of the target may mean."""
        return frozenset(reading for amount in self.amounts for reading in amount.readings)

    @lazy
    def years(self) -> frozenset[int]:
        """The years of the target's dates."""
        return frozenset(date.year for date in self.dates)


def _dates(text: str, tables: Language | None) -> list[Date]:
    return dates(text, tables) if tables else []


def _amounts(text: str, tables: Language | None, taken: list[Date]) -> list[Amount]:
    if tables is None:
        return []
    return amounts(_blanked(text, [(date.start, date.end) for date in taken]), tables)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with stretches masked; offsets stay."""
    out, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            out += [text[done : max(start, done)], CONTENT * (end - max(start, done))]
            done = end
    return "".join([*out, text[done:]]) if out else text


def masked(text: str) -> str:
    """The text with code, addresses, tags, notes and marks masked, of the same length.

    >>> masked("see `x = 1` **now**").replace(CONTENT, "#").replace(MARK, "~")
    'see ####### ~~now~~'
    """
    if _MAY_MATTER.search(text) is None:
        return text
    return NO_PROSE.sub(_mask, text)


def _without(calls: frozenset[str], text: str) -> str:
    """The text with these telephone numbers masked: they are dialled, not counted."""
    if not calls:
        return text
    return _blanked(text, [(p.start, p.end) for p in phones(text) if p.digits in calls])


def _mask(match: re.Match[str]) -> str:
    stand_in = MARK if match.lastgroup in ("mark", "note") else CONTENT
    return stand_in * len(match[0])


def check(
    severity: str,
    *,
    on: str | None = None,
    target: str | dict[str, str] | None = None,
    only: str = "",
) -> Callable[[Check], Check]:
    """Mark a function as a check; its code is its name with hyphens.

    Args:
        severity: `error`, `warning` or `info`.
        on: Regular expression of a character that must stand in source or target, or the check
            has nothing to say and is not called.
        target: The same, of the target alone; one for each language where they differ.
        only: Languages that it is for, parted by blanks.

    >>> @check("warning", on="[()]")
    ... def no_text(pair):
    ...     yield Fault("empty")
    >>> no_text.code, no_text.severity
    ('no-text', 'warning')
    """

    def marked(function: Check) -> Check:
        traits = {
            "code": function.__name__.rstrip("_").replace("_", "-"),
            "severity": severity,
            "on": on,
            "target": target,
            "only": frozenset(only.split()),
        }
        function.__dict__.update(traits)
        return function

    return marked
