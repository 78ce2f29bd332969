"""Names of the source that another name has replaced in the target."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from dragoman.alignment.anchors import consonants
from dragoman.alignment.likeness import unlikeness
from dragoman.checks.families.names import stems
from dragoman.checks.families.residue import is_word, titles
from dragoman.checks.pair import Fault, Pair, check
from dragoman.glossary.forms import has_dictionary, is_common
from dragoman.languages import cldr
from dragoman.languages import language as languages

_NAME = re.compile(
    r"(?:(?<![\w’'-])|(?<=\b[ae][a-z]-))(?:(?:Mc|Mac|De|Le|La|O[’'])(?=[A-Z]))?[A-Z][a-zà-ÿ]{3,}(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'׳‘][^\W\d_]+)*[׳’‘']?")
_CAPITAL = re.compile(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[’'][^\W\d_]+)*")
_FORMS_OF_ADDRESS = ("Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Rev.", "Gen.", "St.", "Sen.")
_LEAST = 2
_SURE = 3
"""Consonants of a name that is sought among all words, where a script has no capitals."""
_HEARD, _EXPLAINED = 0.3, 0.35
"""How unlike a name may be: a rendering of it, and what may be a rendering of any name."""
_LIMITS = {1: 0.0, 3: 0.22, 4: 0.25}
"""How unlike a rendering of a name with so many consonants may be, where it is not `_HEARD`."""
_IN_TWO_WORDS, _TITLE, _CLEARLY = 0.15, 0.2, 0.1
"""The same for two words, for a title, and what makes one word a better rendering than another."""
_ADJECTIVE, _LONG, _FEW = 5, 4, 12
_LOOK, _PLACE = 0.6, 1.5
"""What the look of a word counts beside its place, which differs by less than one."""
_END = re.compile(r"[.!?…:;,][\W_]*\Z")


@check("warning", needs="names.word", where="names.endings", on="[A-Z]")
def name(pair: Pair) -> Iterator[Fault]:
    """A name of the source is not replaced by another name.

    Why: a wrong name is as bad as a wrong number. A name is there if a word of the target sounds
    like it. Where it is not, and the target has a name that nothing in the source sounds like,
    that one has replaced it; in a script without capitals the likeliest word is shown.

    PASS ru: Yesterday Mr. Thornbury met Aliyev. | Вчера господин Торнбери встретился с Алиевым.
    PASS ru: They met a Georgian painter in Tbilisi. | В Тбилиси они встретили грузинского художника.
    PASS az: The road to Aghdam is open. | Ağdama yol açıqdır.
    PASS he: Yesterday Mr. Thornbury spoke. | אתמול דיבר מר תורנברי.
    FAIL ru: Yesterday Mr. Thornbury spoke. | Вчера говорил господин ⟦Кавендиш⟧.
    FAIL he: Yesterday Mr. Thornbury spoke. | אתמול דיבר מר ⟦קוונדיש⟧.
    """
    if pair.source == pair.target or _is_title(pair.seen_source):
        return
    wanted = _names(pair)
    if not wanted or len(wanted) > _FEW:
        return
    heard = _Heard(pair)
    lost = [match for match in wanted if not heard.has(match[0])]
    if not lost:
        return
    if not pair.language.cased:
        for match in lost:
            if len(_asked(match[0], pair.source_lang)) >= _SURE and _is_certain(match):
                wrong = heard.instead_of(match)
                start, end = wrong.span() if wrong else (0, 0)
                yield Fault(f"the source has the name {match[0]}", start, end, *match.span())
        return
    spare = heard.spare(first_too=any(map(_headed, lost)))
    several = len({match[0] for match in lost}) if lost == wanted else 0
    if several > _LEAST or (several == _LEAST and spare):
        # not one of several: the target may be of another sentence
        yield Fault(f"the source has the name {lost[0][0]}", 0, 0, *lost[0].span())
        return
    # names that are translated, as those of countries, need words of their own
    spare = spare[_translated(pair, wanted, heard) :] if spare else spare
    for match, wrong in zip(lost, spare, strict=False):
        spans = (wrong.start(), wrong.end(), match.start(), match.end())
        yield Fault(f"the source has the name {match[0]}", *spans)


def is_translated(name: str, pairs: Collection[Pair]) -> bool:
    """Whether a name sounds in none of the targets, so that the text must have its own word for it.

    >>> pairs = [Pair("The Northmen ask Olaf.", "Северяне спросили Олафа.", "ru")]
    >>> is_translated("Northmen", pairs), is_translated("Olaf", pairs), is_translated("Erik", [])
    (True, False, False)
    """
    return bool(pairs) and not any(_Heard(pair).has(name) for pair in pairs)


class _Heard:
    """The words of a target that may be names, and which names of the source they sound like.

    >>> heard = _Heard(Pair("From Aghdam to Shamkir.", "Из Агдама в Шамкир.", "ru"))
    >>> heard.has("Aghdam"), heard.has("Molotov")
    (True, False)
    """

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._endings = int(pair.language.section("names")["endings"])
        cased = pair.language.cased
        self._words = [
            (match, frozenset(_sounds(f, pair.lang) for f in self._forms(match[0])))
            for match in _WORD.finditer(pair.seen)
            if not cased or match[0][0].isupper()
        ]
        self._exact = frozenset().union(*(sounds for _, sounds in self._words))
        self._costs: dict[str, list[float]] = {}

    def _forms(self, word: str) -> Iterable[str]:
        if self._pair.language.cased:
            return (word,)
        forms = set(stems(word, self._pair.lang))
        for letters, other in self._pair.language.section("names").get("variants", ()):
            forms |= {re.sub(letters, other, form) for form in forms}
        return forms

    def has(self, name: str) -> bool:
        """Whether a word sounds like a name of the source, or is written like it."""
        if name in self._pair.target:
            return True
        readings = _readings(name, self._pair.source_lang)
        return any(map(self._is_there, readings)) or any(map(self._is_in_other_form, readings))

    def _is_there(self, asked: str) -> bool:
        """Whether a word that may be a name has these consonants, or some like them."""
        if asked in self._exact:
            return True
        limit = _LIMITS.get(len(asked), _HEARD)
        costs = enumerate(self._of(asked))
        return any(cost <= limit and not self._taken(at, cost) for at, cost in costs)

    def _is_in_other_form(self, asked: str) -> bool:
        """Whether an adjective is made of a name, or two words beside each other are one."""
        if len(asked) < _SURE:
            return False
        # an adjective made of a name has no capital, and other endings: Грузия, грузинский
        adjectives = self._adjectives | (self._exact if self._pair.language.cased else frozenset())
        if any(one.startswith(asked) for one in adjectives):
            return True
        return len(asked) > _SURE and any(
            unlikeness(asked, one, self._endings) <= _IN_TWO_WORDS for one in self._joined
        )

    def spare(self, *, first_too: bool) -> list[re.Match[str]]:
        """The names that no capitalised word of the source sounds like.

        Args:
            first_too: whether the first word of a sentence may be one.
        """
        return [
            match
            for at, (match, sounds) in enumerate(self._words)
            if _MAY_BE_NAME.fullmatch(match[0])
            and any(sounds)
            and (
                first_too
                or _INSIDE.search(self._pair.seen, max(0, match.start() - 8), match.start())
            )
            and not self._explained(at, sounds)
            and not is_common(match[0], self._pair.lang)
        ]

    def instead_of(self, name: re.Match[str]) -> re.Match[str] | None:
        """The word that most likely replaced a name, in a script without capitals.

        It is beside the rendering of the name's neighbours, looks foreign, or has about the same place.
        """
        rules = self._pair.language.section("names")
        foreign, native = (re.compile(rules.get(key, r"(?!)")) for key in ("foreign", "native"))
        known = self._pair.language.section("reads").get("common", "").split()
        known += self._pair.language.section("sentences").get("reporting", "").split()
        near = set(self._beside(name))
        place = name.start() / max(1, len(self._pair.source))
        best: re.Match[str] | None = None
        most = float("-inf")
        for at, (match, sounds) in enumerate(self._words):
            word = match[0]
            if len(word) < _SURE or word in known or self._explained(at, sounds):
                continue
            score = -abs(match.start() / max(1, len(self._pair.target)) - place) * _PLACE
            score += (at in near) + (foreign.search(word) is not None) * _LOOK
            score -= (native.search(word) is not None) * _LOOK
            if score > most:
                best, most = match, score
        return best

    def _beside(self, name: re.Match[str]) -> Iterator[int]:
        """Places beside the renderings of the words before and after a name of the source."""
        source = self._pair.seen_source
        words = list(_WORD.finditer(source))
        index = next((n for n, word in enumerate(words) if word.end() >= name.end()), 0)
        for step in (-1, 1):
            if 0 <= index + step < len(words) and words[index + step][0][0].isupper():
                asked = _asked(words[index + step][0], self._pair.source_lang)
                costs = self._of(asked) if len(asked) >= _LEAST else []
                if costs and min(costs) <= _HEARD:
                    yield costs.index(min(costs)) - step

    def _of(self, asked: str) -> list[float]:
        """How unlike a name each word is."""
        if asked not in self._costs:
            self._costs[asked] = [
                min(unlikeness(asked, one, self._endings) for one in sounds)
                for _, sounds in self._words
            ]
        return self._costs[asked]

    def _taken(self, at: int, cost: float) -> bool:
        """Whether a word clearly is the rendering of another name."""
        others = (self._of(one)[at] for one in self._capitals if len(one) >= _LEAST)
        return any(other <= _IN_TWO_WORDS and other < cost - _CLEARLY for other in others)

    def _explained(self, at: int, sounds: Iterable[str]) -> bool:
        """Whether a word may be the rendering of a capitalised word of the source."""
        for asked in self._capitals:
            if len(asked) < _LEAST:
                if asked not in self._weak and any(one.startswith(asked) for one in sounds):
                    return True
                continue
            costs = self._of(asked)
            likely = costs[at] <= min(costs) + _CLEARLY
            if likely and costs[at] <= self._explains(asked):
                return True
        return False

    @cached_property
    def _capitals(self) -> list[str]:
        """The consonants of the capitalised words of the source."""
        words = _CAPITAL.findall(self._pair.seen_source)
        lang = self._pair.source_lang
        return [sounds for word in words if (sounds := _asked(word, lang))]

    def _explains(self, asked: str) -> float:
        """How unlike a word may be that a capitalised word of the source explains."""
        if asked in self._weak:
            return _TITLE
        return _EXPLAINED if len(asked) > _LEAST else _HEARD

    @cached_property
    def _weak(self) -> frozenset[str]:
        """The consonants of those that may have their capital for another reason than being names."""
        return frozenset(
            _asked(match[0], self._pair.source_lang)
            for match in _CAPITAL.finditer(self._pair.seen_source)
            if (small := match[0].lower()) in titles() or (is_word(small) and _headed(match))
        )

    @cached_property
    def _adjectives(self) -> set[str]:
        pair = self._pair
        if not pair.language.cased:
            return set()
        words = _WORD.findall(pair.seen)
        return {_sounds(w, pair.lang) for w in words if w[0].islower() and len(w) > _ADJECTIVE}

    @cached_property
    def _joined(self) -> set[str]:
        """Two words beside each other: McDonald may be written in two."""
        words = pairwise(_WORD.findall(self._pair.seen))
        lang, cased = self._pair.lang, self._pair.language.cased
        return {
            _sounds(form + other, lang)
            for one, other in words
            if not cased or one[0].isupper()
            for form in self._forms(one)
        }


def _sounds(word: str, lang: str) -> str:
    """The consonants of a word, which names keep in every script."""
    return consonants(word, lang)


def _asked(word: str, lang: str) -> str:
    """The consonants of a word of the source, read in the likeliest way."""
    return _readings(word, lang)[0]


@lru_cache(maxsize=50_000)
def _readings(word: str, lang: str) -> tuple[str, ...]:
    """The consonants of a word of the source, in every way in which names are read.

    >>> _readings("Xavier", "en"), _readings("Wagner", "en")
    (('SBR',), ('GNR', 'BGNR'))
    """
    rules = languages.of(lang).section("names")
    for letters, other in rules.get("variants", ()):
        word = re.sub(letters, other, word)
    forms, every = [word], word
    for letters, other in rules.get("readings", ()):
        forms.append(re.sub(letters, other, word, flags=re.IGNORECASE))
        every = re.sub(letters, other, every, flags=re.IGNORECASE)
    return tuple(dict.fromkeys(consonants(form, lang) for form in (*forms, every)))


def _is_title(text: str) -> bool:
    """Whether a text has no mark at its end, or no long word without a capital."""
    small = any(word[0].islower() and len(word) > _LONG for word in _WORD.findall(text))
    return not small or _END.search(text) is None


def _names(pair: Pair) -> list[re.Match[str]]:
    """The words of the source that are surely names, and not translated as names of countries are."""
    found = []
    for match in _NAME.finditer(pair.seen_source):
        small = match[0].lower()
        if (
            is_word(small)
            or small in titles()
            or match[0] + "." in _FORMS_OF_ADDRESS
            or not _asked(match[0], pair.source_lang)
            or _is_translated(small, pair.source_lang)
            or _looks_common(small, pair.source_lang)
        ):
            continue
        if not _in_a_phrase(match) and (not _headed(match) or _is_subject(match)):
            found.append(match)
    return found


_NEAR = 12


def _headed(match: re.Match[str]) -> bool:
    """Whether a word is the first of a sentence, and so may have its capital from there."""
    near = max(0, match.start() - _NEAR)
    before = match.string[near : match.start()].rstrip("“\"'‘(*_ ")
    if not before:
        return near == 0
    return before[-1] in ".!?:…”\n" and not before.endswith(_FORMS_OF_ADDRESS)


_SAYS = (
    "said|says|told|added|asked|wrote|admitted|replied|claimed|insisted|tweeted|warned|announced"
)
_PERSON = re.compile(rf"[’'‘]s\b|,? who\b| (?:{_SAYS})\b| (?P<next>[A-Z][a-z]+)")
_VERBS = (
    "[a-z]+ed|bought|sold|won|lost|took|made|gave|went|came|left|met|wrote|ran|led|held|found|kept|"
    "did|does|has|had|was|is|will|would|and"
)
_SUBJECT = re.compile(rf" (?:{_VERBS})\b")


def _is_subject(match: re.Match[str]) -> bool:
    """Whether the first word of a sentence is followed as the name of somebody is."""
    if match[0].endswith("s"):
        return False
    return _is_person(match) or _SUBJECT.match(match.string, match.end()) is not None


def _is_person(match: re.Match[str]) -> bool:
    """Whether a word is followed by what only the name of somebody is followed by."""
    found = _PERSON.match(match.string, match.end())
    following = found["next"].lower() if found and found["next"] else ""
    return found is not None and not is_word(following) and following not in titles()


def _is_certain(match: re.Match[str]) -> bool:
    return not _headed(match) or _is_person(match)


_BEFORE = re.compile(r"([A-Z][a-z]+)[ -](?:(?:of|for|and|the) ){0,2}\Z")
_BEHIND = re.compile(r"[ -](?:(?:of|for|and|the) ){0,2}([A-Z][a-z]+)")


def _in_a_phrase(match: re.Match[str]) -> bool:
    """Whether a word is part of a name of common words, which is translated: Institute of Manuscripts."""
    before = _BEFORE.search(match.string, max(0, match.start() - 32), match.start())
    behind = _BEHIND.match(match.string, match.end())
    if before and _headed(before):
        before = None
    beside = [found[1].lower() for found in (before, behind) if found]
    return any(is_word(word) and word not in titles() for word in beside)


@lru_cache
def _common_look(lang: str) -> re.Pattern[str]:
    return re.compile(languages.of(lang).section("source")["common_look"])


@lru_cache(maxsize=20_000)
def _looks_common(word: str, lang: str) -> bool:
    """Whether a word in small letters is formed as common words are, or of two of them.

    >>> [_looks_common(word, "en") for word in ("availability", "blackwater", "whitaker")]
    [True, True, False]
    """
    if _common_look(lang).search(word) is not None:
        return True
    if word.endswith(tuple(languages.of(lang).section("source")["place_ends"].split())):
        return False
    cuts = range(_ROOT, len(word) - _ROOT + 1)
    return any(is_word(word[:cut]) and is_word(word[cut:]) for cut in cuts)


_ROOT = 4
"""Letters at least of what a word for a people has in common with the country."""


@lru_cache(maxsize=20_000)
def _is_translated(word: str, lang: str) -> bool:
    """Whether languages have their own word for a name, or for what it is derived from: Georgian.

    >>> [_is_translated(word, "en") for word in ("germany", "georgian", "hoffman", "lankaran")]
    [True, True, False, False]
    """
    known, roots = _exonyms(lang)
    derived = languages.of(lang).section("source").get("demonyms", "").split()
    return word in known or any(word.endswith(e) and word[: -len(e)] in roots for e in derived)


@lru_cache
def _exonyms(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names that languages have their own words for: countries, peoples, old cities; and how they begin."""
    own = languages.of(lang).section("source").get("exonyms", "").split()
    places = [word for name in cldr.territories(lang) for word in name.lower().split()]
    roots = (word[:end] for word in places for end in range(_ROOT, len(word) + 1))
    return frozenset([*own, *places]), frozenset(roots)


def _translated(pair: Pair, wanted: Iterable[re.Match[str]], heard: _Heard) -> int:
    """The number of capitalised words of the source that are no wanted names, and are not heard."""
    starts = {match.start() for match in wanted}
    left, last = 0, -2
    for match in _NAME.finditer(pair.seen_source):
        small = match[0].lower()
        if match.start() in starts or _headed(match) or small in titles():
            continue
        if is_word(small) and has_dictionary(pair.lang):
            continue  # its translation is in the dictionary, so that it is not spare
        if not heard.has(match[0]):
            left += match.start() > last + 1  # words beside each other are one name
            last = match.end()
    return left


_MAY_BE_NAME = re.compile(r"(?=....)[^\W\d_][^\W\d_A-ZА-ЯЁƏÇĞİÖŞÜ]+(?:[’'][^\W\d_]+)?")
_INSIDE = re.compile(r"[^\W_][^.!?…:\n\w]{0,6}\Z")
"""What is before a word inside a sentence."""
