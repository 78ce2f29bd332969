"""A language: the facts in its file `<code>.toml`, parsed section by section.

The files in this folder are the only place with facts about single languages. Commands that need only
a script or a direction parse only the lines before the first section; every other section is parsed
when it is first used.
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
"""Codes that ISO 639 has replaced but other programs still write."""


@dataclass(frozen=True, eq=False)
class Language:
    """The facts of one language; sections are empty if its file lacks them.

    >>> of("az_AZ").code, of("az").direction, of("fr").direction
    ('az', 'ltr', '')
    """

    code: str
    """The language code; the whole locale if the language has no file."""
    sections: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The unparsed text of each section; the lines before the first one have an empty name."""

    def section(self, name: str) -> Mapping[str, Any]:
        """The parsed values of a section; empty if the file has no such section."""
        return _parsed(name, self.sections.get(name, ""))

    def has(self, name: str) -> bool:
        """Whether an attribute of this class is set, or the file has `section.key`.

        An empty name is always known.

        >>> of("he").has("letters.finals"), of("ru").has("letters.finals"), of("ru").has("")
        (True, False, True)
        """
        section, _, key = name.partition(".")
        if not key:
            return not name or bool(getattr(self, name))
        # search the text: parsing a section only to see whether it has a key would take longer
        text = self.sections.get(section, "")
        return f"\n{key} = " in text or f"\n[{section}.{key}]" in text

    @cached_property
    def _head(self) -> Mapping[str, Any]:
        return tomllib.loads(self.sections.get("", ""))

    @property
    def script(self) -> str:
        """ISO 15924 code of the script, such as `Cyrl`; empty if neither the file nor CLDR has it."""
        script = self._head.get("script")
        return str(script) if script else self._likely_script

    @cached_property
    def _likely_script(self) -> str:
        base, *parts = self.code.split("_")
        named = (part.title() for part in parts if len(part) == 4 and part.isalpha())
        return next(named, "") or cldr.script(base)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`; empty for a language without a file."""
        return str(self._head.get("direction", ""))

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        """Section `letters`: the alphabet, and facts about single letters."""
        return self.section("letters")

    @property
    def cased(self) -> bool:
        """Whether sentences and names begin with capital letters."""
        return (self.script or "Latn") in scripts.WITH_CAPITALS

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """Section `words`: inflection and sounds."""
        return self.section("words")

    @cached_property
    def glossary(self) -> Mapping[str, Any]:
        """Section `glossary`: `morphology` names how terms are inflected; the rest is its data."""
        return self.section("glossary")

    @cached_property
    def stem(self) -> int:
        """How many letters at the beginning of a word inflection leaves unchanged."""
        return int(self.words.get("stem", 6))

    @cached_property
    def clitics(self) -> frozenset[str]:
        """Words of one letter that are written as a prefix of the next word, as in Hebrew."""
        return frozenset(self.words.get("clitics", ""))

    @cached_property
    def genitive(self) -> re.Pattern[str] | None:
        """Matches the genitive ending of a name, such as `'s`."""
        ending = self.words.get("genitive")
        return re.compile(rf"{ending}\Z") if ending else None

    @cached_property
    def invariable_names(self) -> bool:
        """Whether names have no endings except the genitive."""
        return bool(self.words.get("invariable_names", False))

    @cached_property
    def sounds(self) -> tuple[tuple[str, str], ...]:
        """Letters whose sound differs from the script's table `CONSONANTS`, and letters to read instead."""
        return tuple((letters, sound) for letters, sound in self.words.get("sounds", ()))

    @property
    def english_name(self) -> str:
        """The name of the language in English, for messages; its code if the file has none."""
        return str(self._head.get("english_name", self.code))

    @cached_property
    def like_english(self) -> frozenset[str]:
        """Words that are spelled as in English."""
        return frozenset(self.words.get("like_english", "").split())

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """Section `numbers`: number words, separators, ordinals."""
        return self.section("numbers")

    @cached_property
    def punctuation(self) -> Mapping[str, Any]:
        """Section `punctuation`: the dash, and abbreviations."""
        return self.section("punctuation")

    @cached_property
    def quotes(self) -> Mapping[str, Any]:
        """Section `quotes`: quotation marks."""
        return self.section("quotes")

    @cached_property
    def length(self) -> Mapping[str, Any]:
        """Section `length`: length of translations relative to the source, joined sentences, words that may be doubled."""
        return self.section("length")

    @cached_property
    def after_prefix(self) -> re.Pattern[str] | None:
        """Matches a space between a prefix and its word."""
        return self._spacing("after_prefix")

    @cached_property
    def before_ending(self) -> re.Pattern[str] | None:
        """Matches a space between a number and its ending."""
        return self._spacing("before_ending")

    def _spacing(self, name: str) -> re.Pattern[str] | None:
        pattern = self.section("spacing").get(name)
        return re.compile(pattern) if pattern else None

    @cached_property
    def exports(self) -> Mapping[str, Any]:
        """Section `exports`: the language's names in Word (`word`) and LaTeX (`latex`)."""
        return self.section("exports")

    @cached_property
    def _engines(self) -> Mapping[str, Any]:
        return self.section("engines")

    def at_engine(self, engine: str) -> str:
        """The language's code at a machine translation engine; empty if it is the usual one.

        >>> of("he").at_engine("google"), of("ru").at_engine("google")
        ('iw', '')
        """
        return str(self._engines.get(engine, ""))

    @property
    def right_to_left(self) -> bool:
        """Whether the script is written from right to left."""
        return self.script in scripts.RIGHT_TO_LEFT

    @cached_property
    def not_plain(self) -> re.Pattern[str] | None:
        """Matches a character that checks of letters look at: not a space, and not in `letters.plain`."""
        plain = self.letters.get("plain")
        return re.compile(f"[^ {plain}]") if plain else None

    @cached_property
    def alphabet(self) -> str:
        """The letters, as the content of a regular expression's character class."""
        return str(self.letters.get("alphabet", ""))

    @property
    def words_of_one_script(self) -> bool:
        """Whether words contain only letters of this script."""
        return self.script in scripts.NAMES

    @property
    def has_lookalikes(self) -> bool:
        """Whether look-alikes of its letters are known, in another script or in the same."""
        return self.words_of_one_script or bool(self.lookalikes)

    @property
    def tells_english(self) -> bool:
        """Whether English words can be distinguished from its own."""
        return not self.latin or bool(self.like_english)

    @property
    def names_days(self) -> bool:
        """Whether names of days can be found in a text as words."""
        return bool(self.section("dates")) or self.script not in scripts.WITHOUT_SPACES

    @cached_property
    def own_letters(self) -> re.Pattern[str] | None:
        """Matches a run of letters of its script."""
        own = scripts.LETTERS.get(self.script)
        return re.compile(f"[{own}{scripts.FORMS.get(self.script, '')}]+") if own else None

    @cached_property
    def foreign_letters(self) -> re.Pattern[str] | None:
        """Matches a run of letters of other scripts."""
        own = scripts.LETTERS.get(self.script)
        return re.compile(rf"[^\W\d_{own}{scripts.FORMS.get(self.script, '')}]+") if own else None

    @cached_property
    def odd_letters(self) -> re.Pattern[str] | None:
        """Matches a letter of its script that is not in its alphabet."""
        own = scripts.LETTERS.get(self.script)
        if not own or not self.alphabet:
            return None
        mine = re.compile(f"[{self.alphabet}]")
        odd = "".join(char for char in scripts.letters(self.script) if not mine.match(char))
        return re.compile(f"[{scripts.as_class(odd)}]") if odd else None

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin script, as source texts usually are."""
        return self.script == "Latn"

    @cached_property
    def lookalikes(self) -> Mapping[str, str]:
        """Letters that look like one of its own, mapped to that letter: ǝ to ə."""
        return dict(self.letters.get("lookalikes", {}))

    @cached_property
    def turkic(self) -> bool:
        """Whether the capital of i is İ, and that of ı is I."""
        return self.letters.get("case") == "turkic"

    @cached_property
    def folds(self) -> tuple[tuple[str, str], ...]:
        """Small letters that are often replaced in writing, with the replacement: ё by е."""
        return tuple(self.letters.get("folds", {}).items())

    def folded(self, text: str) -> str:
        """Apply `folds` to a text in small letters.

        >>> of("ru").folded("четвёрт")
        'четверт'
        """
        for letter, instead in self.folds:
            text = text.replace(letter, instead)
        return text

    @property
    def plural_forms(self) -> str:
        """The value of a catalog's Plural-Forms header."""
        return str(self._head.get("plural_forms", ""))


@lru_cache(maxsize=256)
def _parsed(name: str, text: str) -> Mapping[str, Any]:
    values = tomllib.loads(text).get(name, {}) if text else {}
    return MappingProxyType(values)


def code_of(locale: str) -> str:
    """The language code of a locale; a former code is replaced by the current one.

    >>> code_of("en-US"), code_of("az_Cyrl_AZ"), code_of("iw")
    ('en', 'az', 'he')
    """
    code = locale.replace("_", "-").partition("-")[0].lower()
    return _FORMER.get(code, code)


@lru_cache(maxsize=256)
def of(locale: str) -> Language:
    """The language of a locale, from its file, or with only CLDR's facts if it has none.

    A file applies only to the script it names: Azerbaijani in Cyrillic does not use `az.toml`.

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
    """The codes of the languages that have a file, sorted."""
    return sorted(name[:-5] for name in os.listdir(_HERE) if name.endswith(".toml"))


@lru_cache
def _read(code: str) -> Language:
    path = os.path.join(_HERE, f"{code}.toml")
    if not code.isalpha() or not os.path.isfile(path):
        return Language(code)
    with open(path, encoding="utf-8") as file:
        return Language(code, _cut(file.read()))


def _cut(text: str) -> dict[str, str]:
    """Cut a file into its sections, each with the tables inside it.

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
