"""Names of the source that another name has replaced in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from dragoman.checks.families.names import is_name, sound, stems
from dragoman.checks.families.residue import is_english, titles
from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import cldr
from dragoman.languages import language as languages

_NAME = re.compile(r"(?<![\w-])[A-Z][a-zà-ÿ]{3,}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:[’'׳‘][^\W\d_]+)*")
_DERIVED = (
    "ian",
    "ians",
    "ese",
    "ish",
    "ic",
    "ean",
    "eans",
    "an",
    "ans",
    "i",
    "is",
    "ite",
    "ites",
    "er",
    "ers",
)
_FORMS_OF_ADDRESS = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Rev.", "Gen.", "St.", "Sen.")
_LEAST = 2
_ALIKE = 0.72
_VERY_ALIKE = 0.8
_ADJECTIVE = 5
_LONG = 4
_END = re.compile(r"[.!?…:;,][\W_]*\Z")
_FEW = 12
"""Names of a unit; a longer list is no prose."""


@check("warning", needs="names.word", where="cased", on="[A-Z]")
def name(pair: Pair) -> Iterator[Fault]:
    """A name of the source is not replaced by another name.

    Why: a wrong name is as bad as a wrong number. A name is there if a word of the target sounds
    like it; where it is not, and the target has a name that nothing in the source sounds like,
    it has replaced the other.

    PASS ru: Yesterday Mr. Thornbury met Aliyev. | Вчера господин Торнбери встретился с Алиевым.
    PASS ru: They met a Georgian painter in Tbilisi. | В Тбилиси они встретили грузинского художника.
    PASS az: The road to Aghdam is open. | Ağdama yol açıqdır.
    FAIL ru: Yesterday Mr. Thornbury spoke. | Вчера говорил господин ⟦Кавендиш⟧.
    """
    if _is_title(pair.seen_source):
        return
    wanted = _names(pair)
    if not wanted or len(wanted) > _FEW or pair.source == pair.target:
        return
    words = _WORD.findall(pair.seen)
    names = {c for word in words if word[0].isupper() for c in _sounds(word, pair.lang)}
    others = {sound(word) for word in words if word[0].islower() and len(word) > _ADJECTIVE}
    lost = [match for match in wanted if not _is_heard(sound(match[0]), names)]
    lost = [match for match in lost if not _is_derived(sound(match[0]), others)]
    lost = [match for match in lost if match[0] not in pair.target]
    if not lost:
        return
    lost = [match for match in lost if match[0].lower() not in _exonyms(pair.source_lang)]
    spare = list(_unexplained(pair))
    for match in lost:
        if spare:
            wrong = spare.pop(0)
            spans = (wrong.start(), wrong.end(), match.start(), match.end())
            yield Fault(f"the source has the name {match[0]}", *spans)


def _is_title(text: str) -> bool:
    """Whether a text has no mark at its end, or no long word without a capital."""
    small = any(word[0].islower() and len(word) > _LONG for word in _WORD.findall(text))
    return not small or _END.search(text) is None


def _names(pair: Pair) -> list[re.Match[str]]:
    """The words of the source that are surely names: none at a sentence start, and no demonyms."""
    found = []
    for match in _NAME.finditer(pair.seen_source):
        before = pair.seen_source[: match.start()].rstrip("“\"'‘(*_ ")
        headed = (not before or before[-1] in ".!?:…”\n") and not before.endswith(_FORMS_OF_ADDRESS)
        small = match[0].lower()
        if (
            headed
            or match[0] + "." in _FORMS_OF_ADDRESS
            or small.endswith(_DERIVED)
            or not is_name(match[0])
        ):
            continue
        if len(sound(match[0])) >= _LEAST and not _in_a_phrase(match):
            found.append(match)
    return found


def _sounds(word: str, lang: str) -> set[str]:
    return {sound(form) for form in (word, *stems(word, lang))} - {""}


_BEFORE = re.compile(r"([A-Z][a-z]+) (?:(?:of|for|and|the) ){0,2}\Z")
_BEHIND = re.compile(r" (?:(?:of|for|and|the) ){0,2}([A-Z][a-z]+)")


def _in_a_phrase(match: re.Match[str]) -> bool:
    """Whether a word is part of a name of common words, which is translated: Institute of Manuscripts."""
    before = _BEFORE.search(match.string, max(0, match.start() - 32), match.start())
    behind = _BEHIND.match(match.string, match.end())
    if before and before[0].count(" ") > 1 and before[1].lower() not in titles():
        return True
    beside = [found[1].lower() for found in (before, behind) if found]
    return any(is_english(word) and word not in titles() for word in beside)


def _is_heard(asked: str, heard: set[str], alike: float = _ALIKE) -> bool:
    """Whether a name's sounds are among those of a text, allowing for differences of spelling.

    >>> _is_heard(sound("Aghdam"), {sound("Агдама")}), _is_heard(sound("Baku"), {sound("Молотов")})
    (True, False)
    """
    if any(one.startswith(asked) for one in heard):
        return True
    return any(
        SequenceMatcher(None, asked, one[: len(asked) + 1], autojunk=False).ratio() >= alike
        for one in heard
        if len(one) >= len(asked) - 1
    )


def _is_derived(asked: str, heard: set[str]) -> bool:
    """Whether an adjective of a text may be made of a name: Грузия, грузинский."""
    return len(asked) > _LEAST and any(one.startswith(asked) for one in heard)


def _unexplained(pair: Pair) -> Iterator[re.Match[str]]:
    """The capitalised words of the target, inside a sentence, that no such word of the source sounds like."""
    known = {sound(word) for word in _WORD.findall(pair.seen_source) if word[0].isupper()} - {""}
    for match in _INSIDE.finditer(pair.seen):
        if not (match[0][0].isupper() and match[0][1:].islower()):
            continue
        codes = _sounds(match[0], pair.lang)
        if (
            codes
            and max(map(len, codes)) >= _LEAST
            and not any(_is_heard(c, known, _VERY_ALIKE) for c in codes)
        ):
            yield match


_INSIDE = re.compile(r"(?<=[^\W_][ ])[^\W\d_]\w{3,}|(?<=[^\W_], )[^\W\d_]\w{3,}")


@lru_cache
def _exonyms(lang: str) -> frozenset[str]:
    """Words of names that languages have their own words for: countries, peoples, old cities."""
    own = languages.of(lang).section("source").get("exonyms", "").split()
    words = (word for name in cldr.territories(lang) for word in name.lower().split())
    return frozenset([*own, *words])
