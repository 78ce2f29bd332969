"""A language: what its file says of it, a section at a time.

A file `<code>.toml` of this folder is all that the program knows of a language by itself. Commands
that need only a script or a direction read the lines before the first section; a section is parsed
when a part of the program asks for it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from dragoman.languages import cldr, scripts

_HERE = os.path.dirname(__file__)
_SECTION = re.compile(r"^\[(\w+)[\w.]*\]", re.MULTILINE)
_FORMER = {"iw": "he", "in": "id", "ji": "yi"}
"""Codes that ISO 639 has replaced, and that other programs still write."""


@dataclass(frozen=True, eq=False)
class Language:
    """What we know of one language; empty sections where its file has none.

    >>> of("az_AZ").code, of("az").direction, of("fr").direction
    ('az', 'ltr', '')
    """

    code: str
    """Its code, or the locale where there is no file of it."""
    sections: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The text of each section of the file, not parsed yet; the head is under an empty name."""

    def section(self, name: str) -> Mapping[str, Any]:
        """The values of a section of the file."""
        return _parsed(name, self.sections.get(name, ""))

    def has(self, name: str) -> bool:
        """Whether something is known of the language: an attribute, or `section.key` of its file.

        >>> of("he").has("letters.finals"), of("ru").has("letters.finals"), of("ru").has("")
        (True, False, True)
        """
        section, _, key = name.partition(".")
        if not key:
            return not name or bool(getattr(self, name))
        # by its text: to parse a section only to see that something is in it would take longer
        text = self.sections.get(section, "")
        return f"\n{key} = " in text or f"\n[{section}.{key}]" in text

    @cached_property
    def _head(self) -> Mapping[str, Any]:
        return tomllib.loads(self.sections.get("", ""))

    @property
    def script(self) -> str:
        """ISO 15924 code of its script, as in `Cyrl`; empty where even CLDR does not know it."""
        told = self._head.get("script")
        return str(told) if told else self._likely_script

    @cached_property
    def _likely_script(self) -> str:
        base, *parts = self.code.split("_")
        named = (part.title() for part in parts if len(part) == 4 and part.isalpha())
        return next(named, "") or cldr.script(base)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self._head.get("direction", ""))

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        """Its alphabet, and what is to be known of single letters."""
        return self.section("letters")

    @property
    def cased(self) -> bool:
        """Whether its sentences and names begin with capitals."""
        return (self.script or "Latn") in scripts.WITH_CAPITALS

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """How its words are inflected and sound."""
        return self.section("words")

    @cached_property
    def glossary(self) -> Mapping[str, Any]:
        """How the terms of a glossary are inflected: `morphology` is the kind, the rest is its data."""
        return self.section("glossary")

    @cached_property
    def stem(self) -> int:
        """Letters at the beginning of a word that inflection leaves alone."""
        return int(self.words.get("stem", 6))

    @cached_property
    def clitics(self) -> frozenset[str]:
        """Words of one letter that are written together with the next."""
        return frozenset(self.words.get("clitics", ""))

    @cached_property
    def genitive(self) -> re.Pattern[str] | None:
        """The ending of names that own something."""
        ending = self.words.get("genitive")
        return re.compile(rf"{ending}\Z") if ending else None

    @cached_property
    def invariable_names(self) -> bool:
        """Whether names have no endings but that."""
        return bool(self.words.get("invariable_names", False))

    @cached_property
    def sounds(self) -> tuple[tuple[str, str], ...]:
        """Letters that sound otherwise than the script's table says, and what to read instead."""
        return tuple((letters, sound) for letters, sound in self.words.get("sounds", ()))

    @property
    def english_name(self) -> str:
        """Its name in English, as messages have it."""
        return str(self._head.get("english_name", self.code))

    @cached_property
    def like_english(self) -> frozenset[str]:
        """Words that it writes as English does."""
        return frozenset(self.words.get("like_english", "").split())

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """How it writes and says numbers."""
        return self.section("numbers")

    @cached_property
    def punctuation(self) -> Mapping[str, Any]:
        """Its dash, and its abbreviations."""
        return self.section("punctuation")

    @cached_property
    def quotes(self) -> Mapping[str, Any]:
        """Its quotation marks."""
        return self.section("quotes")

    @cached_property
    def length(self) -> Mapping[str, Any]:
        """How long its texts are, and what it joins and says twice."""
        return self.section("length")

    @cached_property
    def after_prefix(self) -> re.Pattern[str] | None:
        """A blank between a prefix and its word."""
        return self._spacing("after_prefix")

    @cached_property
    def before_ending(self) -> re.Pattern[str] | None:
        """A blank between a number and its ending."""
        return self._spacing("before_ending")

    def _spacing(self, name: str) -> re.Pattern[str] | None:
        pattern = self.section("spacing").get(name)
        return re.compile(pattern) if pattern else None

    @cached_property
    def exports(self) -> Mapping[str, Any]:
        """Its names in other programs: `word`, `latex`."""
        return self.section("exports")

    @cached_property
    def _engines(self) -> Mapping[str, Any]:
        return self.section("engines")

    def at_engine(self, engine: str) -> str:
        """Its name at an engine of machine translation, where that is not its code.

        >>> of("he").at_engine("google"), of("ru").at_engine("google")
        ('iw', '')
        """
        return str(self._engines.get(engine, ""))

    @property
    def right_to_left(self) -> bool:
        return self.script in scripts.RIGHT_TO_LEFT

    @cached_property
    def not_plain(self) -> re.Pattern[str] | None:
        """The characters that are no blank, and no letter of which checks know nothing to say."""
        plain = self.letters.get("plain")
        return re.compile(f"[^ {plain}]") if plain else None

    @cached_property
    def alphabet(self) -> str:
        """Its letters, as in a character class of a regular expression."""
        return str(self.letters.get("alphabet", ""))

    @property
    def words_of_one_script(self) -> bool:
        """Whether no word has letters of another script."""
        return self.script in scripts.NAMES

    @property
    def has_lookalikes(self) -> bool:
        """Whether letters that look like its own are known: of another script, or of its own."""
        return self.words_of_one_script or bool(self.lookalikes)

    @property
    def tells_english(self) -> bool:
        """Whether an English word can be told from its own."""
        return not self.latin or bool(self.like_english)

    @property
    def names_days(self) -> bool:
        """Whether the names of days are words that can be found."""
        return bool(self.section("dates")) or self.script not in scripts.WITHOUT_SPACES

    @cached_property
    def own_letters(self) -> re.Pattern[str] | None:
        """Runs of letters of its script."""
        own = scripts.LETTERS.get(self.script)
        return re.compile(f"[{own}{scripts.FORMS.get(self.script, '')}]+") if own else None

    @cached_property
    def foreign_letters(self) -> re.Pattern[str] | None:
        """Runs of letters of other scripts."""
        own = scripts.LETTERS.get(self.script)
        return re.compile(rf"[^\W\d_{own}{scripts.FORMS.get(self.script, '')}]+") if own else None

    @cached_property
    def odd_letters(self) -> re.Pattern[str] | None:
        """Letters of its script that are not in its alphabet."""
        own = scripts.LETTERS.get(self.script)
        if not own or not self.alphabet:
            return None
        mine = re.compile(f"[{self.alphabet}]")
        odd = "".join(char for char in scripts.letters(self.script) if not mine.match(char))
        return re.compile(f"[{scripts.as_class(odd)}]") if odd else None

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters, as the source is as a rule."""
        return self.script == "Latn"

    @cached_property
    def lookalikes(self) -> Mapping[str, str]:
        """Letters that only look like one of its own, and that one: ǝ and ə."""
        return dict(self.letters.get("lookalikes", {}))

    @cached_property
    def turkic(self) -> bool:
        """Whether the capital of i is İ, and that of ı is I."""
        return self.letters.get("case") == "turkic"

    @cached_property
    def folds(self) -> tuple[tuple[str, str], ...]:
        """Small letters that are often written as others, and those: ё and е."""
        return tuple(self.letters.get("folds", {}).items())

    def folded(self, text: str) -> str:
        """A text in small letters with the letters that are often written as others as those.

        >>> of("ru").folded("четвёрт")
        'четверт'
        """
        for letter, instead in self.folds:
            text = text.replace(letter, instead)
        return text

    @property
    def plural_forms(self) -> str:
        """The value of the Plural-Forms header of its catalogs."""
        return str(self._head.get("plural_forms", ""))


@lru_cache(maxsize=256)
def _parsed(name: str, text: str) -> Mapping[str, Any]:
    values = tomllib.loads(text).get(name, {}) if text else {}
    return MappingProxyType(values)


def code_of(locale: str) -> str:
    """The language of a locale, by its present code.

    >>> code_of("en-US"), code_of("az_Cyrl_AZ"), code_of("iw")
    ('en', 'az', 'he')
    """
    code = locale.replace("_", "-").partition("-")[0].lower()
    return _FORMER.get(code, code)


@lru_cache(maxsize=256)
def of(locale: str) -> Language:
    """The language of a locale; where there is no file of it, one that CLDR speaks for.

    A file holds for the script that it names: there is none of Azerbaijani in Cyrillic.

    >>> of("az_Cyrl").letters, of("az_Cyrl").script, of("az-Latn-AZ") is of("az")
    (mappingproxy({}), 'Cyrl', True)
    """
    code = code_of(locale)
    known = _read(code)
    parts = locale.replace("-", "_").split("_")[1:]
    named = next((part.title() for part in parts if len(part) == 4 and part.isalpha()), "")
    if named and named != known.script:
        return Language(f"{code}_{named}")
    if known.sections or not parts:
        return known
    return Language("_".join([code, *parts]))


def codes() -> list[str]:
    """The languages that have a file."""
    return sorted(name[:-5] for name in os.listdir(_HERE) if name.endswith(".toml"))


@lru_cache
def _read(code: str) -> Language:
    path = os.path.join(_HERE, f"{code}.toml")
    if not code.isalpha() or not os.path.isfile(path):
        return Language(code)
    with open(path, encoding="utf-8") as file:
        return Language(code, _cut(file.read()))


def _cut(text: str) -> dict[str, str]:
    """The text of each section, with the tables inside it.

    >>> _cut("a = 1\\n[b]\\nc = 2\\n[b.d]\\ne = 3\\n")
    {'': 'a = 1\\n', 'b': '[b]\\nc = 2\\n[b.d]\\ne = 3\\n'}
    """
    sections: dict[str, str] = {}
    start, name = 0, ""
    for match in _SECTION.finditer(text):
        sections[name] = sections.get(name, "") + text[start : match.start()]
        start, name = match.start(), match[1]
    sections[name] = sections.get(name, "") + text[start:]
    return sections
