"""Names of people and places, and how a project writes them in its target languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from dragoman.alignment.anchors import consonants
from dragoman.alignment.likeness import unlikeness
from dragoman.checks.families.residue import is_word
from dragoman.languages import language as languages
from dragoman.languages.scripts import SOUNDEX

_NAME = re.compile(r"[A-Z][a-zà-ÿ]{2,}(?![\w-])")
_DIGRAPHS = re.compile(r"kh|gh|sh|ch|ck|zh|th|ts|tz|ph|дж|дз|кс|ks|ג׳|ז׳|צ׳")
_DIGRAPH_CODE = {"th": "t", "ph": "f"}
_LEAST_CODE = 2
_MOST_EXCESS = 3
_ALIKE = 0.6


def capitals(source: str) -> set[str]:
    """The words of an English source that begin with a capital.

    >>> sorted(capitals("The road to Aghdam was cleared by President Aliyev."))
    ['Aghdam', 'Aliyev', 'President', 'The']
    """
    return set(_NAME.findall(source))


@lru_cache(maxsize=50_000)
def is_name(word: str) -> bool:
    """Whether a word with a capital is a name, and not a common word of the language.

    >>> is_name("Aghdam"), is_name("President")
    (True, False)
    """
    return not is_word(word.lower()) and len(sound(word)) >= _LEAST_CODE


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The consonants of a word as digits, alike in all scripts.

    >>> sound("Aghdam"), sound("Ağdam"), sound("Агдам"), sound("אגדם")
    ('235', '235', '235', '235')
    """
    small = _DIGRAPHS.sub(lambda m: _DIGRAPH_CODE.get(m[0], "k"), word.lower())
    out, last = [], ""
    for letter in small:
        code = SOUNDEX.get(letter, "")
        if code and letter != last:
            out.append(code)
        last = letter
    return "".join(out)


class NameRules(NamedTuple):
    """The inflection of names in a language."""

    word: re.Pattern[str]
    """A word that may be one."""
    ending: re.Pattern[str] | None
    prefix: re.Pattern[str] | None


@lru_cache
def _rules(lang: str) -> NameRules | None:
    told = languages.of(lang).section("names")
    if "word" not in told:
        return None
    ending, prefix = (
        re.compile(told[key]) if key in told else None for key in ("ending", "prefix")
    )
    return NameRules(re.compile(told["word"]), ending, prefix)


@lru_cache(maxsize=50_000)
def stems(word: str, lang: str) -> frozenset[str]:
    """The possible stems of an inflected name, without endings or prefixes.

    >>> "Ağdam" in stems("Ağdamdan", "az"), "אגדם" in stems("לאגדם", "he")
    (True, True)
    """
    small = languages.of(lang).folded(word)
    rules = _rules(lang)
    if rules is None:
        return frozenset([small])
    if rules.prefix is not None:
        longest = rules.prefix.match(small)
        cuts = range((longest.end() if longest else 0) + 1)
        return frozenset(small[cut:] for cut in cuts if rules.prefix.fullmatch(small[:cut]))
    ending = rules.ending
    if ending is None:
        return frozenset([small])
    return frozenset(
        small[:end] for end in range(3, len(small) + 1) if ending.fullmatch(small, end)
    ) or frozenset([small])


class Use(NamedTuple):
    """A word of a target that may be a rendering of a name, and its place."""

    place: int
    """Number of the unit."""
    word: str
    start: int


def uses(name: str, targets: Iterable[tuple[int, str]], lang: str) -> list[list[Use]]:
    """For each target the words that sound most like the name; targets without one are left out."""
    asked, rules = sound(name), _rules(lang)
    found: list[list[Use]] = []
    if rules is None:
        return found
    for place, target in targets:
        heard: dict[int, list[Use]] = {}
        for match in rules.word.finditer(target):
            more = _excess(asked, name, match[0], lang)
            if more is not None:
                heard.setdefault(more, []).append(Use(place, match[0], match.start()))
        if heard:
            found.append(heard[min(heard)])
    return found


def _without_prefixes(word: str, lang: str) -> frozenset[str]:
    """A word, also without its prefixes in a language that has them."""
    rules = _rules(lang)
    return stems(word, lang) if rules and rules.prefix else frozenset([word])


def _excess(asked: str, name: str, word: str, lang: str) -> int | None:
    """How many more sounds a word has than a name; None if too many, or if it begins otherwise."""
    rules = _rules(lang)
    if rules is not None and rules.prefix is not None:
        return 0 if _is_rendering(name, word, lang) else None
    heard = sound(word)
    more = len(heard) - len(asked)
    return more if heard.startswith(asked) and more <= _MOST_EXCESS else None


_LEAST_ALIKE, _MOST_UNLIKE = 3, 0.2


def _is_rendering(name: str, word: str, lang: str) -> bool:
    """Whether a word sounds like a name in a language without capitals, where any word might.

    >>> _is_rendering("Aghdam", "לאגדם", "he"), _is_rendering("Joseph", "כספיהם", "he")
    (True, False)
    """
    asked = consonants(name, "en")
    forms = _without_prefixes(word, lang)
    return len(asked) >= _LEAST_ALIKE and any(
        unlikeness(asked, consonants(form, lang)) <= _MOST_UNLIKE for form in forms
    )


def others(name: str, targets: list[tuple[int, str]], lang: str) -> Iterator[tuple[Use, Use]]:
    """Uses of a name in an unusual spelling, each with a use in the usual one.

    >>> told = [(1, "В Агдаме тихо."), (2, "Дорога на Агдам."), (3, "Дорога на Акдам.")]
    >>> [(other.word, usual.word) for other, usual in others("Aghdam", told, "ru")]
    [('Акдам', 'Агдаме')]
    """
    found = uses(name, targets, lang)
    if len(found) < 2:
        return
    forms = [{s for u in alike for s in stems(u.word, lang)} for alike in found]
    count = Counter(stem for those in forms for stem in those)
    most = max(count.values())
    first = next(those for those in forms if any(count[stem] == most for stem in those))
    usual_stem = max((stem for stem in first if count[stem] == most), key=len)
    times = count[usual_stem]
    usual = next(u for alike in found for u in alike if usual_stem in stems(u.word, lang))
    if times == len(found):
        return
    for alike in found:
        if not any(usual_stem in stems(use.word, lang) for use in alike):
            best = max(alike, key=lambda use: _likeness(use.word, usual.word, lang))
            other = _likeness(best.word, usual.word, lang) >= _ALIKE
            inflected = _goes_on(best.word, usual.word, lang) or _differs_at_end(
                best.word, usual.word, lang
            )
            if other and not inflected:
                yield best, usual


def _likeness(one: str, other: str, lang: str) -> float:
    """How alike two forms are without prefixes, from 0 to 1, over the length of the shorter."""
    ones, others_ = (_without_prefixes(word, lang) for word in (one, other))
    return max(_alike(*sorted((a, b), key=len)) for a in ones for b in others_)


def _alike(short: str, long: str) -> float:
    return SequenceMatcher(None, short, long[: len(short)], autojunk=False).ratio()


_MOST_ENDING = 3
"""Last letters of a name that inflection and derivation may change."""


def _differs_at_end(one: str, other: str, lang: str) -> bool:
    """Whether two words differ only at their ends: Франция and Французская, Египет and Египтом.

    >>> _differs_at_end("Египет", "Египтом", "ru"), _differs_at_end("Агдам", "Акдам", "ru")
    (True, False)
    """
    rules = _rules(lang)
    if rules is None or rules.ending is None:
        return False
    for a in _without_prefixes(one, lang):
        for b in _without_prefixes(other, lang):
            shared = _shared(a.lower(), b.lower())
            if shared > max(_MOST_ENDING, min(len(a), len(b)) - _MOST_ENDING - 1):
                return True
    return False


def _shared(one: str, other: str) -> int:
    """The length of the beginning that two words share."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


_FINAL = str.maketrans("ךםןףץ", "כמנפצ")


def _goes_on(one: str, other: str, lang: str) -> bool:
    """Whether one form is the beginning of the other: Ermənistan and Ermənistanlı."""
    ones, others_ = (_without_prefixes(word, lang) for word in (one, other))
    whole = ({form.translate(_FINAL) for form in forms} for forms in (ones, others_))
    first, second = whole
    return any(a.startswith(b) or b.startswith(a) for a in first for b in second)
