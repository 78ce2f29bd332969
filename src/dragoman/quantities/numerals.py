"""How a language writes numbers and dates, as lookup tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from dragoman.languages import cldr, scripts
from dragoman.languages import language as languages
from dragoman.languages.language import Language

Number = int | float
SPACES = " \u00a0\u202f\u2009\u2007"
"""Blanks that may stand inside a number."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'׳״\"][^\W\d_]+)*[׳’']?")
_DAY_TOKEN = re.compile(r"[^\W\d_]+׳?")
_SIGNS = (
    "\u0900-\u0963\u0971-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)
_WORD_WITH_SIGNS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}])*")
"""A word in a script that writes vowels with marks, which Python takes for no letters."""
_AFTER = re.compile(rf"[-{SPACES}]{{0,2}}([^\W\d_]+)")
_AFTER_WITH_SIGNS = re.compile(rf"[-{SPACES}]{{0,2}}([^\W\d_](?:[^\W\d_]|[{_SIGNS}])*)")
_MOST_ENDING = 5
"""Letters of an ending in a language that we know none of."""
_LEAST_STEM = 4
_LEAST_SHORT = 3
"""Letters of an abbreviation that is a month and nothing else."""
_MANY_TOKENS = 50_000
_LONG_TOKEN = 64
_LONG = 2_000


@dataclass(frozen=True, eq=False)
class Numerals:
    """The words and signs of a language for numbers and dates; looked up in lower case."""

    language: Language
    numbers: Mapping[str, Any]
    """The section `numbers` of its file."""
    dates: Mapping[str, Any]
    """The section `dates` of its file."""
    decimal: str
    group: str
    months: dict[str, int]
    days: dict[str, int]
    """Days of the week, Monday 1; `_` stands for a space."""
    words: dict[str, Number]
    scales: dict[str, int]
    weak: frozenset[str]
    """Words that are numbers only now and then."""

    def lower(self, text: str) -> str:
        """The text in small letters, of the same length.

        >>> numerals("az").lower("İYİRMİ QIRX")
        'iyirmi qırx'
        """
        if self.language.turkic:
            text = text.replace("I", "ı").replace("İ", "i")
        small = text.lower()
        if len(small) != len(text):  # İ would be two letters, and is kept; all forms of Σ are one
            small = "İ".join([part.lower() for part in text.replace("Σ", "σ").split("İ")])
        for letter, instead in self.language.folds:
            small = small.replace(letter, instead)
        return small

    @cached_property
    def _heads(self) -> frozenset[str]:
        """The first two letters of every word; other tokens are not forms of any word."""
        days = (part for name in self.days for part in name.split("_"))
        return frozenset(word[:2] for word in (*self.words, *self.scales, *self.months, *days))

    @cached_property
    def suffixes(self) -> re.Pattern[str] | None:
        """A chain of endings, in a language that inflects numbers by them."""
        return _compiled(self.numbers.get("suffixes"))

    @cached_property
    def prefixes(self) -> re.Pattern[str] | None:
        """Letters that a language writes before a word: `ובאוקטובר`."""
        return _compiled(self.numbers.get("prefixes"))

    @cached_property
    def _never(self) -> re.Pattern[str] | None:
        """Words that only look like forms of a number: `onlar` (they) is no form of `on` (ten)."""
        return _compiled(self.numbers.get("never"))

    @cached_property
    def spans(self) -> Mapping[str, int]:
        """Words for a span of time or a set, and how many of a smaller unit one has: `decade` and 10."""
        return dict(self.numbers.get("spans", {}))

    @cached_property
    def span(self) -> re.Pattern[str] | None:
        """A word of `spans`."""
        words = "|".join(sorted(self.spans, key=len, reverse=True))
        return re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None

    @cached_property
    def single(self) -> re.Pattern[str] | None:
        """A word that means one without being a number: an article, `each`."""
        words = self.numbers.get("single")
        return re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None

    @cached_property
    def before_ambiguous(self) -> re.Pattern[str] | None:
        """The words before an ambiguous word that show that it is a month: `in May`."""
        before = self.dates.get("before_ambiguous")
        return re.compile(rf"{before}\Z") if before else None

    @cached_property
    def _possessive(self) -> tuple[str, ...]:
        return tuple(self.numbers.get("possessive", ()))

    @cached_property
    def _compounds(self) -> re.Pattern[str] | None:
        """Words that begin with a number: `десятилетняя`."""
        inside = self.numbers.get("compounds")
        if inside is None:
            return None
        number = inside["numbers"]
        return re.compile(f"({number})({number})?{inside['rest']}")

    @cached_property
    def _month_adjectives(self) -> re.Pattern[str] | None:
        """Beginnings of adjectives of months, each in a group: `ноябрьский`."""
        stems = self.dates.get("month_adjectives", ())
        return re.compile("|".join(f"({stem})" for stem in stems)) if stems else None

    @property
    def loose(self) -> bool:
        """Whether there is no data about endings, so that words may have any short one."""
        return not self.numbers

    @cached_property
    def token(self) -> re.Pattern[str]:
        """A word of the language."""
        return _WORD_WITH_SIGNS if self.language.script in scripts.VOWEL_SIGNS else _WORD

    @cached_property
    def day_token(self) -> re.Pattern[str]:
        """A word that may name a day of the week."""
        return _WORD_WITH_SIGNS if self.language.script in scripts.VOWEL_SIGNS else _DAY_TOKEN

    @cached_property
    def after(self) -> re.Pattern[str]:
        """The word after a number."""
        return _AFTER_WITH_SIGNS if self.language.script in scripts.VOWEL_SIGNS else _AFTER

    @cached_property
    def below_zero(self) -> re.Pattern[str] | None:
        """Words that make a number negative."""
        words = self.numbers.get("below_zero")
        return re.compile("|".join(words)) if words else None

    @cached_property
    def decades(self) -> bool:
        """Whether figures with an s after them are a decade: `1980s`."""
        return bool(self.numbers.get("decades", False))

    @cached_property
    def short_scales(self) -> Mapping[str, int]:
        """Letters right after figures that multiply them: `$5bn`."""
        return dict(self.numbers.get("short_scales", {}))

    @cached_property
    def either_separator(self) -> bool:
        """Whether both separators are in use for both, so that `1.234` may be more than a thousand."""
        return bool(self.numbers.get("either_separator", False))

    @cached_property
    def and_half(self) -> tuple[str, re.Pattern[str] | None]:
        """The word after a noun that adds a half, and the pattern of its place: `saat yarım`."""
        half = self.numbers.get("and_half")
        if half is None:
            return "", None
        letters = self.language.letters["small"]
        return half, re.compile(rf"\b[{letters}]{{2,}}+[ \u00a0]{half}(?!\w)")

    @cached_property
    def letter_numerals(self) -> str:
        """The numerals that a language writes with its letters: `hebrew`, or nothing."""
        return str(self.numbers.get("letter_numerals", ""))

    @cached_property
    def least_tens(self) -> int:
        """The least number that is written before its ones: 20 in `twenty-one`, 10 in `on bir`."""
        return int(self.numbers.get("least_tens", 20))

    @cached_property
    def ones_before_ten(self) -> bool:
        """Whether the ones are written before ten: `שלוש עשרה`."""
        return bool(self.numbers.get("ones_before_ten", False))

    @cached_property
    def capitalised(self) -> bool:
        """Whether the names of months and days always have a capital."""
        return bool(self.dates.get("capitalised", False))

    @cached_property
    def month_first(self) -> bool:
        """Whether the month comes first in dates in figures: `9/11`."""
        return bool(self.dates.get("month_first", False))

    @cached_property
    def least_ambiguous_day(self) -> int:
        """The first day that a word of several meanings may name."""
        return int(self.dates.get("least_ambiguous_day", 0))

    @cached_property
    def day_word(self) -> str:
        """The word before names of days that are numbers: `יום ראשון`."""
        return str(self.dates.get("day_word", ""))

    @cached_property
    def look(self) -> TokenCache:
        return TokenCache(self)

    @cached_property
    def day_names(self) -> DayNames:
        return DayNames(self)

    @cached_property
    def factors(self) -> Factors:
        return Factors(self)

    def stems(self, token: str) -> Iterator[str]:
        """What a token may be a form of, itself first.

        >>> list(numerals("he").stems("ובאוקטובר"))[:3]
        ['ובאוקטובר', 'אוקטובר', 'באוקטובר']
        >>> "milyon" in list(numerals("az").stems("milyondan"))
        True
        """
        yield token
        if self.loose:
            for end in range(len(token) - 1, max(_LEAST_STEM, len(token) - _MOST_ENDING) - 1, -1):
                yield token[:end]
        if (chain := self.suffixes) is not None and token[:2] in self._heads:
            for end in range(len(token) - 1, 1, -1):
                if chain.fullmatch(token, end):
                    yield token[:end]
        if self.prefixes is not None and (prefix := self.prefixes.match(token)):
            for cut in range(prefix.end(), 0, -1):
                yield token[cut:]
        if self._possessive and token.endswith(self._possessive):
            yield token[:-2]

    def hits(self, text: str) -> list[tuple[re.Match[str], TokenReading]]:
        """The tokens of a text in small letters that are number words or months.

        >>> [(m[0], found.month) for m, found in numerals("ru").hits("пять дней мая")]
        [('пять', 0), ('мая', 5)]
        """
        look = self.look
        if look.text == text:
            return look.hits
        hits = []
        # most short texts have none, long ones do
        if len(text) > _LONG or look.says(self.token.findall(text)):
            words = self.token.finditer(text)
            hits = [(word, found) for word in words if (found := look[word[0]]) is not None]
        look.text, look.hits = text, hits
        return hits

    def word(self, token: str) -> tuple[Number, bool, bool] | None:
        """The value of a number word, whether it is a scale, and whether it is ambiguous.

        >>> numerals("ru").word("двадцати"), numerals("az").word("milyondan")
        ((20, False, False), (1000000, True, False))
        """
        if self._never is not None and self._never.fullmatch(token):
            return None
        for stem in self.stems(token):
            if stem in self.scales:
                return self.scales[stem], True, stem in self.weak
            if stem in self.words:
                return self.words[stem], False, stem in self.weak
        return self._compound(token)

    def _compound(self, token: str) -> tuple[Number, bool, bool] | None:
        """A number inside a word, which needs no match: `десятилетняя`, `üçgünlük`.

        >>> numerals("ru").word("двадцатипятилетний"), numerals("az").word("ongünlük")
        ((25, False, True), (10, False, True))
        """
        match = self._compounds.fullmatch(token) if self._compounds else None
        if match is None:
            return None
        values = [
            self.words.get(part) or self.scales.get(part, 0) for part in match.groups() if part
        ]
        return sum(values), False, True

    def possessive(self, token: str) -> bool:
        """Whether a token has a possessive ending: `may's`."""
        return bool(self._possessive) and token.endswith(self._possessive)

    def month(self, token: str) -> int:
        """The number of the month a token names, or 0.

        >>> numerals("az").month("fevralın"), numerals("he").month("בפברואר")
        (2, 2)
        """
        for stem in self.stems(token):
            if stem in self.months:
                return self.months[stem]
        adjective = self._month_adjectives.match(token) if self._month_adjectives else None
        return adjective.lastindex or 0 if adjective else 0


class TokenReading(NamedTuple):
    """The number and the month that a token can mean."""

    word: tuple[Number, bool, bool] | None
    month: int


class TokenCache(dict[str, "TokenReading | None"]):
    """A cache of what the tokens of a language mean; texts repeat the same words."""

    def __init__(self, numerals: Numerals) -> None:
        super().__init__()
        self._numerals = numerals
        self.text = ""
        """The last text analysed, which is often needed again: for dates, then for numbers."""
        self.hits: list[tuple[re.Match[str], TokenReading]] = []
        self.plain: set[str] = set()
        """Tokens that are neither numbers nor months."""

    def says(self, tokens: list[str]) -> bool:
        """Whether any of these tokens is a number word or a month."""
        return not self.plain.issuperset(tokens) and any(map(self.__getitem__, tokens))

    def __missing__(self, token: str) -> TokenReading | None:
        if len(self) > _MANY_TOKENS:
            self.clear()
            self.plain.clear()
        short = token if len(token) < _LONG_TOKEN else ""
        word, month = self._numerals.word(short), self._numerals.month(short)
        self[token] = found = TokenReading(word, month) if word or month else None
        if found is None:
            self.plain.add(token)
        return found


class Factors(dict[str, int]):
    """What a word after a number multiplies it by: 1,000,000 for `Million`, 0 for `people`."""

    def __init__(self, numerals: Numerals) -> None:
        super().__init__()
        self._numerals = numerals

    def __missing__(self, word: str) -> int:
        if len(self) > _MANY_TOKENS:
            self.clear()
        found = self._numerals.word(self._numerals.lower(word))
        factor = int(found[0]) if found and found[1] else 0
        if len(word) < _LONG_TOKEN:
            self[word] = factor
        return factor


class DayName(NamedTuple):
    """The days of the week that a token can mean."""

    alone: tuple[int, str] | None
    """The day that it names by itself, and the name without prefixes and endings."""
    first: bool
    """Whether it can be the first of two words that name a day."""
    listed: bool
    """Whether it names a day in a list: `שני` in `בימים שני עד חמישי`."""


class DayNames(dict[str, "DayName | None"]):
    """A cache of the days of the week that the tokens of a language can mean."""

    def __init__(self, numerals: Numerals) -> None:
        super().__init__()
        self._numerals = numerals
        self._firsts = {name.partition("_")[0] for name in numerals.days if "_" in name}
        names = {name.partition("_")[0] for name in numerals.days}
        self.pattern = re.compile("|".join(sorted(names, key=len, reverse=True)))
        """Names of days anywhere in a text, within words too."""

    def __missing__(self, token: str) -> DayName | None:
        if len(self) > _MANY_TOKENS:
            self.clear()
        days, stems = self._numerals.days, list(self._numerals.stems(token))
        alone = next(((days[stem], stem) for stem in stems if stem in days), None)
        first = not self._firsts.isdisjoint(stems)
        head = self._numerals.day_word
        listed = bool(head) and any(f"{head}_{stem}" in days for stem in stems)
        found = DayName(alone, first, listed) if alone or first or listed else None
        if len(token) < _LONG_TOKEN:
            self[token] = found
        return found


@lru_cache
def numerals(locale: str) -> Numerals:
    """The tables of a locale's language: from its file, or months, days and scales from CLDR.

    >>> numerals("ru").months["февраля"], numerals("el").months["φεβρουαρίου"]
    (2, 2)
    """
    language = languages.of(locale)
    numbers, dates = language.numbers, language.section("dates")
    if not numbers:
        return _from_cldr(language, dates)
    endings = numbers.get("ordinal_endings", "").split()
    words: dict[str, Number] = dict(_forms(numbers["words"], language))
    for stem, value in _forms(numbers.get("ordinals", {}), language):
        words |= {stem + ending: value for ending in endings if stem + ending not in words}
    weak = set(language.folded(numbers["ambiguous"]).split())
    weak |= {stem + ending for stem in tuple(weak) for ending in endings}
    return Numerals(
        language=language,
        numbers=numbers,
        dates=dates,
        decimal=numbers["decimal"],
        group=numbers["group"],
        months={k: int(v) for k, v in _forms(dates["months"], language)},
        days={k: int(v) for k, v in _forms(dates["weekdays"], language)},
        words=words,
        scales={k: int(v) for k, v in _forms(numbers["scales"], language)},
        weak=frozenset(weak),
    )


def _from_cldr(language: Language, dates: Mapping[str, Any]) -> Numerals:
    """The tables of a language without a file: no words for numbers, and no endings."""
    code = language.code
    figures, months, days = cldr.figures(code), cldr.months(code), cldr.days(code)
    short = (one for one in months.short if len(one[1].rstrip(".")) >= _LEAST_SHORT)
    return Numerals(
        language=language,
        numbers={},
        dates=dates,
        decimal=figures.decimal,
        group=figures.group,
        months=_stemmed((*months.wide, *short)),
        days=_stemmed(days.wide),
        words={},
        scales=_stemmed(figures.scales),
        weak=frozenset(name.lower().rstrip(".") for _, name in short),
    )


def _stemmed(names: Iterable[tuple[int, str]]) -> dict[str, int]:
    """A map from names in small letters, also without their last letter, to their numbers."""
    found: dict[str, int] = {}
    stems: dict[str, set[int]] = {}
    for number, name in names:
        key = name.lower().rstrip(".").replace(" ", "_").replace("-", "_")
        found[key] = number
        if len(key) > _LEAST_STEM:
            stems.setdefault(key[:-1], set()).add(number)
    return {**{stem: min(of) for stem, of in stems.items() if len(of) == 1}, **found}


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(pattern)


def _forms(table: Mapping[str, Any], language: Language) -> Iterator[tuple[str, Number]]:
    for value, forms in table.items():
        number = float(value) if "." in value else int(value)
        for form in language.folded(forms).split():
            yield form, number
