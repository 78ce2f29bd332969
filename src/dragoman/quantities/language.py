"""What a language writes of numbers and dates: the tables of this folder, ready to be asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

Number = int | float
_WORD = re.compile(r"[^\W\d_]+(?:[’'׳״\"][^\W\d_]+)*[׳’']?")
_MANY_TOKENS = 50_000
_LONG_TOKEN = 64
_LONG = 2_000

# Plural, possessive, case, predicate, as in `milyonlarımızdandır`; ordinals as in `üçüncüsü`.
_AZ_SUFFIXES = re.compile(
    r"(?:[ıiuü]?nc[ıiuü])?(?:l[aə]r|l[ıiuü][qğkg])?(?:s?[ıiuü](?:m[ıiuü]z|n[ıiuü]z|[mn])?)?"
    r"(?:n?[ıiuüaə]n?|y?[ıiuüaə]|n?[dt][aə]n?|l[aə])?(?:k[ıiuü]|d[ıiuü]r|c[ıiuüaə])?"
)
_RU_ENDINGS = [
    "ый",
    "ий",
    "ой",
    "ая",
    "ья",
    "ое",
    "ье",
    "ые",
    "ьи",
    "ого",
    "его",
    "ьего",
    "ому",
    "ему",
    "ьему",
    "ым",
    "им",
    "ьим",
    "ом",
    "ем",
    "ьем",
    "ую",
    "ью",
    "ей",
    "ьей",
    "ых",
    "их",
    "ьих",
    "ыми",
    "ими",
    "ьими",
]
_HE_PREFIX = re.compile(r"[ובכלמהש]{1,3}-?")


_RU_INSIDE = (
    "двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|одиннадцати|двенадцати|тринадцати|четырнадцати"
    "|пятнадцати|шестнадцати|семнадцати|восемнадцати|девятнадцати|двадцати|тридцати|сорока|пятидесяти"
    "|шестидесяти|семидесяти|восьмидесяти|девяноста|двухсот|трехсот|четырехсот|пятисот"
)
_AZ_INSIDE = "iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz|on|iyirmi|otuz|qırx|əlli|altmış|yetmiş|səksən|doxsan|yüz"
_RU_MONTH = re.compile(  # ноябрьский, мартовские
    "(январ(?=ск)|феврал(?=ьск)|март(?=овск)|апрел(?=ьск)|май(?=ск)|июн(?=ьск)|июл(?=ьск)|август(?=овск)"
    "|сентябр(?=ьск)|октябр(?=ьск)|ноябр(?=ьск)|декабр(?=ьск))"
)
_MONTHS = "янв фев мар апр май июн июл авг сен окт ноя дек"
_RU_MONTHS = {head: number for number, head in enumerate(_MONTHS.split(), 1)}
_COMPOUNDS = {
    "ru": re.compile(rf"({_RU_INSIDE})({_RU_INSIDE})?[а-я]{{3,}}"),
    "az": re.compile(
        rf"(?:({_AZ_INSIDE})({_AZ_INSIDE})?)(?:gün|saat|il|yaş|ay|həftə|mərtəbə|metr|faiz|dəqiqə|qat|cild|nəfər|otaq)"
        r"(?:l[ıiuü][kqğy]?|d[ıiuü]r|n?[ıiuü]n?|d[aə]n?)*"
    ),
}


@dataclass(frozen=True)
class Language:
    """The words and signs of a language; looked up in lower case."""

    code: str
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

        >>> language("az").lower("İYİRMİ QIRX")
        'iyirmi qırx'
        """
        if self.code == "az":
            text = text.replace("I", "ı").replace("İ", "i")
        small = text.lower()
        if len(small) != len(text):  # İ becomes two letters, and stays; Σ is told apart nowhere
            small = "İ".join([part.lower() for part in text.replace("Σ", "σ").split("İ")])
        if self.code == "he":
            return small.replace("'", "׳")
        return small.replace("ё", "е") if self.code == "ru" else small

    @cached_property
    def _az_heads(self) -> frozenset[str]:
        days = (part for name in self.days for part in name.split("_"))
        return frozenset(word[:2] for word in (*self.words, *self.scales, *self.months, *days))

    @cached_property
    def look(self) -> Look:
        return Look(self)

    @cached_property
    def day_names(self) -> DayNames:
        return DayNames(self)

    @cached_property
    def factors(self) -> Factors:
        return Factors(self)

    def stems(self, token: str) -> Iterator[str]:
        """What a token may be a form of, itself first.

        >>> list(language("he").stems("ובאוקטובר"))[:3]
        ['ובאוקטובר', 'אוקטובר', 'באוקטובר']
        >>> "milyon" in list(language("az").stems("milyondan"))
        True
        """
        yield token
        if self.code == "az" and token[:2] in self._az_heads:
            for end in range(len(token) - 1, 1, -1):
                if _AZ_SUFFIXES.fullmatch(token, end):
                    yield token[:end]
        elif self.code == "he" and (prefix := _HE_PREFIX.match(token)):
            for cut in range(prefix.end(), 0, -1):
                yield token[cut:]
        elif self.code == "en" and token.endswith(("'s", "’s")):
            yield token[:-2]

    def hits(self, text: str) -> list[tuple[re.Match[str], Found]]:
        """The tokens of a text in small letters that are number words or months.

        >>> [(m[0], found.month) for m, found in language("ru").hits("пять дней мая")]
        [('пять', 0), ('мая', 5)]
        """
        look = self.look
        if look.text == text:
            return look.hits
        hits = []
        # most short texts have none, long ones do
        if len(text) > _LONG or look.says(_WORD.findall(text)):
            words = _WORD.finditer(text)
            hits = [(word, found) for word in words if (found := look[word[0]]) is not None]
        look.text, look.hits = text, hits
        return hits

    def word(self, token: str) -> tuple[Number, bool, bool] | None:
        """The value of a number word, whether it is a scale, and whether it is ambiguous.

        >>> language("ru").word("двадцати"), language("az").word("milyondan")
        ((20, False, False), (1000000, True, False))
        """
        for stem in self.stems(token):
            if stem in self.scales:
                return self.scales[stem], True, stem in self.weak
            if stem in self.words:
                return self.words[stem], False, stem in self.weak
        return self._compound(token)

    def _compound(self, token: str) -> tuple[Number, bool, bool] | None:
        """A number inside a word: `десятилетняя`, `üçgünlük`; it satisfies, and is never asked for.

        >>> language("ru").word("двадцатипятилетний"), language("az").word("ongünlük")
        ((25, False, True), (10, False, True))
        """
        pattern = _COMPOUNDS.get(self.code)
        match = pattern.fullmatch(token) if pattern else None
        if match is None:
            return None
        values = [
            self.words.get(part) or self.scales.get(part, 0) for part in match.groups() if part
        ]
        return sum(values), False, True

    def month(self, token: str) -> int:
        """The number of the month a token names, or 0.

        >>> language("az").month("fevralın"), language("he").month("בפברואר")
        (2, 2)
        """
        for stem in self.stems(token):
            if stem in self.months:
                return self.months[stem]
        adjective = _RU_MONTH.match(token) if self.code == "ru" else None
        return _RU_MONTHS[adjective[1][:3]] if adjective else 0


class Found(NamedTuple):
    """What a token says of numbers and dates."""

    word: tuple[Number, bool, bool] | None
    month: int


class Look(dict[str, "Found | None"]):
    """What the tokens of a language were found to be; texts say the same words again and again."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.text = ""
        """The text asked for last, which is often asked for again: dates, then numbers."""
        self.hits: list[tuple[re.Match[str], Found]] = []
        self.plain: set[str] = set()
        """Tokens that were found to be nothing."""

    def says(self, tokens: list[str]) -> bool:
        """Whether one of some tokens is a number word or a month."""
        return not self.plain.issuperset(tokens) and any(map(self.__getitem__, tokens))

    def __missing__(self, token: str) -> Found | None:
        if len(self) > _MANY_TOKENS:
            self.clear()
            self.plain.clear()
        short = token if len(token) < _LONG_TOKEN else ""
        word, month = self._language.word(short), self._language.month(short)
        self[token] = found = Found(word, month) if word or month else None
        if found is None:
            self.plain.add(token)
        return found


class Factors(dict[str, int]):
    """What a word after a number multiplies it by: 1,000,000 for `Million`, 0 for `people`."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> int:
        if len(self) > _MANY_TOKENS:
            self.clear()
        found = self._language.word(self._language.lower(word))
        factor = int(found[0]) if found and found[1] else 0
        if len(word) < _LONG_TOKEN:
            self[word] = factor
        return factor


class DayName(NamedTuple):
    """What a token says of days of the week."""

    alone: tuple[int, str] | None
    """The day that it names by itself, and the name without prefixes and endings."""
    first: bool
    """Whether it can be the first of two words that name a day."""
    listed: bool
    """Whether it names a day in a list: `שני` in `בימים שני עד חמישי`."""


class DayNames(dict[str, "DayName | None"]):
    """What the tokens of a language say of days of the week."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._firsts = {name.partition("_")[0] for name in language.days if "_" in name}
        names = {name.partition("_")[0] for name in language.days}
        self.pattern = re.compile("|".join(sorted(names, key=len, reverse=True)))
        """Names of days anywhere in a text, within words too."""

    def __missing__(self, token: str) -> DayName | None:
        if len(self) > _MANY_TOKENS:
            self.clear()
        days, stems = self._language.days, list(self._language.stems(token))
        alone = next(((days[stem], stem) for stem in stems if stem in days), None)
        first = not self._firsts.isdisjoint(stems)
        listed = self._language.code == "he" and any(f"יום_{stem}" in days for stem in stems)
        found = DayName(alone, first, listed) if alone or first or listed else None
        if len(token) < _LONG_TOKEN:
            self[token] = found
        return found


@lru_cache
def language(locale: str) -> Language | None:
    """The tables of a locale's language, or None where there are none.

    >>> language("ru").months["февраля"], language("fr")
    (2, None)
    """
    code = locale.partition("_")[0].partition("-")[0]
    if code not in ("en", "az", "he", "ru"):
        return None
    table = tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text("utf-8"))
    words: dict[str, Number] = dict(_forms(table["words"], code))
    for stem, value in _forms(table.get("ordinals", {}), code):
        words |= {stem + ending: value for ending in _RU_ENDINGS if stem + ending not in words}
        if code == "ru" and value == 3:
            words["третий"] = value
    weak = set(_fold(table["ambiguous"]["words"], code).split())
    weak |= {stem + e for stem in tuple(weak) for e in _RU_ENDINGS if code == "ru"}
    return Language(
        code=code,
        decimal=table["separators"]["decimal"],
        group=table["separators"]["group"],
        months={k: int(v) for k, v in _forms(table["months"], code)},
        days={k: int(v) for k, v in _forms(table["weekdays"], code)},
        words=words,
        scales={k: int(v) for k, v in _forms(table["scales"], code)},
        weak=frozenset(weak),
    )


def _fold(forms: str, code: str) -> str:
    return forms.replace("ё", "е") if code == "ru" else forms


def _forms(table: dict[str, Any], code: str) -> Iterator[tuple[str, Number]]:
    for value, forms in table.items():
        number = float(value) if "." in value else int(value)
        for form in _fold(forms, code).split():
            yield form, number
