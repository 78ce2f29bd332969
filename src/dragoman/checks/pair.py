"""A source and its target as checks see them, and the findings of a check."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, overload

from dragoman.checks.families.phones import Phone, phones
from dragoman.checks.masking import MATTER, blanked, masked
from dragoman.glossary.glossary_file import Glossary
from dragoman.languages import language as languages
from dragoman.languages.language import Language
from dragoman.languages.scripts import DIGITS_FROM
from dragoman.model import Inline, plain
from dragoman.quantities import Amount, Date, Numerals, amounts, dates, numerals
from dragoman.quantities.numerals import Number

_FIGURES = frozenset(
    [chr(zero + value) for zero in DIGITS_FROM for value in range(10)] + list("½¼¾⅓⅔")
)
"""Figures of every script, and signs of fractions."""
_LONG = 500
"""Characters from where on it is faster to take each of them once."""
_ROMANS = frozenset("IVX")
_MONTHS = frozenset("JFMASOND")
_NO_ASCII = dict.fromkeys(map(ord, " abcdefghijklmnopqrstuvwxyz"))
_ADDRESSES = frozenset("@:0123456789")
_JOINERS = frozenset("-–—־/’'׳״\"…_")
_MARKS = frozenset(".,;:!?()[]«»“”„*`<>{}=+&#@$%^~|\\")
_SHARED = (
    "locale", "source_locale", "inline", "glossary", "lang", "language", "numbers", "numerals",
    "source_numerals", "terms", "quotes", "keep", "_plain", "_source_plain",
)  # fmt: skip
T = TypeVar("T")
_WORDS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")


_SIGN = "['\"=_./<>{}\\[\\]@#$%“”«»‘’]"
_SIGNED = re.compile(rf"({_SIGN}?)([A-Za-z]+)( ?{_SIGN})?")
NO_GLOSSARY = Glossary()


class Fault(NamedTuple):
    """A finding of a check about a pair."""

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


Run = Callable[["Pair"], Iterator[Fault]]


@dataclass(frozen=True)
class Check:
    """A check: a function that looks for one kind of fault in a pair, and when it is called."""

    run: Run
    code: str
    severity: str
    """`error`, `warning` or `info`."""
    on: str = ""
    """Regular expression of a character that must be in source or target, or it is not called."""
    target: str | Callable[[Language], str] = ""
    """The same, of the target alone; may depend on the target's language."""
    needs: str = ""
    """What must be known of the target's language, as `Language.has` takes it; else it is lacking."""
    where: str = ""
    """What a language must have for the check to mean anything: final letters, capitals."""
    when: str = ""
    """Attribute of a pair that must be true, or it is not called."""

    @property
    def doc(self) -> str:
        """The documentation of the check: what it looks for and why, with its examples."""
        return inspect.getdoc(self.run) or ""

    def calls(self, language: Language) -> str:
        """The pattern of the characters in a target for which the check is called."""
        return self.target if isinstance(self.target, str) else self.target(language)

    def knows(self, language: Language) -> bool:
        """Whether the check can be run on texts in a language."""
        return language.has(self.needs) and language.has(self.where)

    def lacks(self, language: Language) -> bool:
        """Whether the check applies to a language but lacks the data for it."""
        return language.has(self.where) and not language.has(self.needs)

    def __call__(self, pair: Pair) -> Iterator[Fault]:
        """Run the check on a pair; no findings if data for its language is missing."""
        return self.run(pair) if self.knows(pair.language) else iter(())


class lazy(Generic[T]):  # noqa: N801 - used like property
    """An attribute computed when first read; unlike that of functools, it takes no lock."""

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
    """A source and its target; values that several checks need are computed once."""

    source: str
    target: str
    locale: str
    source_locale: str = "en"
    inline: Inline = plain
    glossary: Glossary = NO_GLOSSARY

    def beside(self, source: str, target: str) -> Pair:
        """A new pair with the same languages and glossary as this one.

        >>> Pair("A day.", "Gün.", "az").beside("A night.", "Gecə.").locale
        'az'
        """
        made = object.__new__(Pair)
        made.__dict__.update(self._shared, source=source, target=target)
        return made

    @lazy
    def _shared(self) -> dict[str, Any]:
        """The values that depend on neither source nor target, to be shared by pairs."""
        return {name: getattr(self, name) for name in _SHARED}

    @lazy
    def lang(self) -> str:
        return self.locale.partition("_")[0].partition("-")[0]

    @lazy
    def language(self) -> Language:
        """The data of the target's language."""
        return languages.of(self.locale)

    @lazy
    def numbers(self) -> Mapping[str, Any]:
        """How the target's language writes numbers."""
        return self.language.numbers

    @lazy
    def source_lang(self) -> str:
        return self.source_locale.partition("_")[0].partition("-")[0]

    @lazy
    def _plain(self) -> re.Pattern[str] | None:
        return self.language.not_plain

    @lazy
    def _source_plain(self) -> re.Pattern[str] | None:
        return languages.of(self.source_locale).not_plain

    @lazy
    def source_chars(self) -> frozenset[str]:
        """The characters of the source except blanks and plain small letters."""
        return frozenset(_odd(self.source, self._source_plain))

    @lazy
    def chars(self) -> frozenset[str]:
        """The characters of the target except blanks and plain small letters."""
        return frozenset(_odd(self.target, self._plain))

    @lazy
    def counts(self) -> bool:
        """Whether there may be numbers or dates to compare."""
        if not (_FIGURES.isdisjoint(self.chars) and _FIGURES.isdisjoint(self.source_chars)):
            return True
        source, target = self.source_numerals, self.numerals
        if target.look.says(self.words):
            return True
        if not (_ROMANS.isdisjoint(self.chars) or _ROMANS.isdisjoint(self.source_chars)):
            return True
        # a number word may have no counterpart in the target; a month must have one
        months = not source.capitalised or not _MONTHS.isdisjoint(self.source_chars)
        return months and source.look.says(self.source_tokens)

    @lazy
    def source_tokens(self) -> list[str]:
        """The words of the source in small letters, without figures."""
        return _tokens(self.source_numerals.lower(self.source), self.source_chars)

    @lazy
    def source_phones(self) -> list[Phone]:
        """The telephone numbers of the source."""
        return [] if _FIGURES.isdisjoint(self.source_chars) else phones(self.source)

    @lazy
    def target_phones(self) -> list[Phone]:
        """The telephone numbers of the target."""
        return phones(self.target)

    @lazy
    def addressed(self) -> bool:
        """Whether a side may have an address or a telephone number."""
        if not (_ADDRESSES.isdisjoint(self.source_chars) and _ADDRESSES.isdisjoint(self.chars)):
            return True
        return "www." in self.source or "www." in self.target

    @lazy
    def rough(self) -> bool:
        """Whether the source may have a rough number: hundreds, tens of thousands."""
        rough = languages.of(self.source_locale).numbers.get("rough")
        if rough is None:
            return False
        hints = rough.get("hints")
        return hints is None or any(map(self.source.__contains__, hints))

    @lazy
    def terms(self) -> bool:
        """Whether there is a glossary."""
        return bool(self.glossary.terms)

    @lazy
    def quotes(self) -> bool:
        """Whether the glossary has quotations."""
        return bool(self.glossary.quotations)

    @lazy
    def keep(self) -> frozenset[str]:
        """Words that stay as they are, in small letters: names that the glossary keeps."""
        return self.glossary.keep

    @lazy
    def seen_source(self) -> str:
        """The source with everything masked that is no prose; offsets stay."""
        chars = self.source_chars
        text = self.source
        if not MATTER.isdisjoint(chars) or "www." in text:
            text = masked(text, chars)
        return text if _FIGURES.isdisjoint(chars) else _without(self.calls, text)

    @lazy
    def seen(self) -> str:
        """The target with everything masked that is no prose; offsets stay."""
        chars = self.chars
        text = self.target
        if not MATTER.isdisjoint(chars) or "www." in text:
            text = masked(text, chars)
        return text if _FIGURES.isdisjoint(chars) else _without(self.calls, text)

    @lazy
    def calls(self) -> frozenset[str]:
        """The figures of the telephone numbers that both sides have."""
        asked = frozenset(phone.digits for phone in self.source_phones)
        return asked & {phone.digits for phone in self.target_phones} if asked else asked

    @lazy
    def memo(self) -> dict[str, list[tuple[int, int]]]:
        """Spans of the target that several checks share, by name; each is added by the first to need it."""
        return {}

    @lazy
    def _asked(self) -> dict[str, bool]:
        return {}

    def asks(self, piece: str) -> bool:
        """Whether the source contains a piece of the target; the answer is cached."""
        known = self._asked
        if piece not in known:
            known[piece] = piece in self.source
        return known[piece]

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
        found = [said for said in _SIGNED.findall(self.source) if said[0] or said[2]]
        before = (sign + word for sign, word, _ in found)
        return frozenset(before).union(word + sign.strip() for _, word, sign in found)

    @lazy
    def small(self) -> str:
        """The target in small letters, of the same length."""
        return self.numerals.lower(self.seen)

    @lazy
    def words(self) -> list[str]:
        """The words of the target in small letters, without figures."""
        return _tokens(self.small, self.chars)

    @lazy
    def letters(self) -> int:
        """How many letters the target has."""
        return sum(map(len, self.words))

    @lazy
    def numerals(self) -> Numerals:
        return numerals(self.locale)

    @lazy
    def source_numerals(self) -> Numerals:
        return numerals(self.source_locale)

    @lazy
    def source_dates(self) -> list[Date]:
        return _dates(self.seen_source, self.source_numerals) if self.counts else []

    @lazy
    def dates(self) -> list[Date]:
        return _dates(self.seen, self.numerals) if self.counts else []

    @lazy
    def source_amounts(self) -> list[Amount]:
        return _amounts(self.seen_source, self.source_numerals, self.source_dates)

    @lazy
    def amounts(self) -> list[Amount]:
        return _amounts(self.seen, self.numerals, self.dates)

    @lazy
    def values(self) -> frozenset[Number | str]:
        """Everything that the numbers of the target may mean."""
        return frozenset(reading for amount in self.amounts for reading in amount.readings)

    @lazy
    def years(self) -> frozenset[int]:
        """The years of the target's dates."""
        return frozenset(date.year for date in self.dates)


def _odd(text: str, not_plain: re.Pattern[str] | None) -> str | list[str]:
    """The characters of a text except blanks and plain small letters."""
    if len(text) > _LONG:
        text = "".join(set(text))
    # the letters of English are plain where a language is written in them: not so 34-e in Russian
    if text.isascii() and not (not_plain and not_plain.match("e")):
        return text.translate(_NO_ASCII)
    return not_plain.findall(text) if not_plain else text


def _tokens(text: str, chars: frozenset[str]) -> list[str]:
    """The words of a text; splitting at blanks is the fast way where nothing joins words.

    >>> _tokens("two, three", frozenset("two, three"))
    ['two', 'three']
    """
    if _JOINERS.isdisjoint(chars) and _FIGURES.isdisjoint(chars):
        for mark in _MARKS & chars:
            text = text.replace(mark, " ")
        return text.split()
    return _LETTERS.findall(text)


def _dates(text: str, tables: Numerals) -> list[Date]:
    return dates(text, tables)


def _amounts(text: str, tables: Numerals, taken: list[Date]) -> list[Amount]:
    return amounts(blanked(text, [(date.start, date.end) for date in taken]), tables)


def _without(calls: frozenset[str], text: str) -> str:
    """The text with these telephone numbers masked: they are dialled, not counted."""
    if not calls:
        return text
    return blanked(text, [(p.start, p.end) for p in phones(text) if p.digits in calls])


def check(
    severity: str,
    *,
    on: str = "",
    target: str | Callable[[Language], str] = "",
    needs: str = "",
    where: str = "",
    when: str = "",
) -> Callable[[Run], Check]:
    """Make a check of a function; its code is the function's name with hyphens.

    The parameters are the attributes of a `Check`.

    >>> @check("warning", on="[()]")
    ... def no_text(pair):
    ...     yield Fault("empty")
    >>> no_text.code, no_text.severity
    ('no-text', 'warning')
    """

    def made(run: Run) -> Check:
        code = run.__name__.rstrip("_").replace("_", "-")
        return Check(run, code, severity, on, target, needs, where, when)

    return made
