"""Length: a target that is unusually long or short, a missing sentence, a repeated word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import eq

from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages
from dragoman.languages import scripts
from dragoman.segment import segmenter

_LETTERS = re.compile(r"[^\W\d_]+")
_BAND, _DENSE, _WITH_VOWEL_SIGNS = (0.4, 2.0), (0.1, 0.9), (0.2, 1.6)
_MIDDLE = (0.75, 1.1)
"""The middle for languages without data: characters of a target per character of its source where nothing needs to be counted."""
_LEAST = 40


@check("warning")
def length(pair: Pair) -> Iterator[Fault]:
    """The target of a long source is neither much shorter nor much longer than usual.

    Why: half of a sentence was forgotten, or something was added. The bands are wider than the
    fifth and ninety-fifth percentile of human translations, by letters.

    PASS he: We will remember the dead and we will care for the living. | נזכור את המתים ונדאג לחיים.
    FAIL ru: We will remember the dead and we will care for the living of this town. | ⟦Мы будем помнить.⟧
    """
    given, long = len(pair.target), len(pair.source)
    least, most = pair.language.length.get("middle", _MIDDLE)
    if long < _LEAST or least * long < given < most * long:
        return
    asked = _letters(pair.seen_source)
    if given < long and any(not amount.digits for amount in pair.source_amounts):
        # numbers in words may have become figures
        asked -= sum(a.end - a.start for a in pair.source_amounts if not a.digits)
    if asked < _LEAST:
        return
    low, high = pair.language.length.get("band") or _band(pair.language.script)
    # the shorter a text, the more its length may differ
    slack = 1 + 11 / asked
    ratio = pair.letters / asked
    if pair.target.strip() and not low / slack <= ratio <= high * slack:
        much = "short" if ratio < low else "long"
        message = f"very {much}: {ratio:.0%} of the letters of the source"
        yield Fault(message, 0, len(pair.target))


def _band(script: str) -> tuple[float, float]:
    """The band for a language without data, by its script: letters per letter of the source."""
    if script in scripts.DENSE:
        return _DENSE
    return _WITH_VOWEL_SIGNS if script in scripts.VOWEL_SIGNS else _BAND


def _letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


_STOPS = frozenset(".!?…")
_SEVERAL = re.compile(r"[.!?…][”\"’')\]»]*\s+\S")


@check("warning", needs="length.joints")
def sentences(pair: Pair) -> Iterator[Fault]:
    """The target has as many sentences as the source, or joins them with a mark or a conjunction.

    Why: in a unit of several sentences one is easily overlooked.

    PASS az: He came. He left. | O gəldi və getdi.
    FAIL ru: He thanked Israel for everything. He left the hall. | ⟦Он поблагодарил Израиль.⟧
    """
    source = pair.source
    if not any(source.find(mark, 0, -2) >= 0 for mark in _STOPS & pair.source_chars):
        return
    if _SEVERAL.search(pair.seen_source) is None:
        return
    if not languages.of(pair.source_locale).has("length.joints"):
        return
    asked = _count(pair.seen_source, pair.source_lang)
    given = len(segmenter(pair.lang).spans(pair.seen))
    joined = _joints(pair.seen, pair.lang) - _joints(pair.seen_source, pair.source_lang)
    if given < asked - max(0, joined):
        message = f"{given} of {asked} sentences, and nothing joins them"
        yield Fault(message, 0, len(pair.target))


_BEGINS = re.compile(r"[\W_]*[^\W\d_]")


def _count(text: str, lang: str) -> int:
    """The number of sentences; after the first, only those with a capital are counted."""
    _, *more = segmenter(lang).spans(text)
    begun = [text[a:b] for a, b in more if (m := _BEGINS.match(text, a, b)) and m[0][-1].isupper()]
    return 1 + sum(not begins.startswith("(") for begins in begun)


def _joints(text: str, lang: str) -> int:
    """Marks and words that join two sentences in one."""
    return len(_joint(lang).findall(text))


@lru_cache
def _joint(lang: str) -> re.Pattern[str]:
    return re.compile(languages.of(lang).length["joints"])


_ALSO = re.compile(r"\b([^\W\d_]+)[ -]\1\b", re.IGNORECASE)
_TWICE = re.compile(r"\b(?<![’'׳״-])([^\W\d_]++)[ \u00a0\u202f]++\1(?![\w’'׳״\"-])", re.IGNORECASE)


@check("warning")
def doubled_word(pair: Pair) -> Iterator[Fault]:
    """No word is written twice in a row, except where a language repeats words on purpose.

    Why: it is what editing leaves behind.

    PASS he: every day | יום יום
    PASS ru: more than 1,000,000 | более 1 000 000
    PASS ru: No, no! | Нет нет!
    FAIL ru: in the city | в ⟦городе городе⟧
    FAIL az: the city | ⟦bu bu⟧ şəhər
    """
    words = pair.words
    if True not in map(eq, words, words[1:]):
        return
    fine = pair.language.length.get("twice", "").split()
    found = [match for match in _TWICE.finditer(pair.seen) if match[1].lower() not in fine]
    if not found or _ALSO.search(pair.seen_source):
        return  # the source itself repeats a word
    for match in found:
        if match[1][0] != match[0][-len(match[1])] and match[0][-len(match[1])].isupper():
            continue  # a name that begins like the word before it
        fixed = pair.target[match.start() : match.end(1)]
        yield Fault(f"“{match[1]}” stands twice", *match.span(), fix=fixed)


_START = 6
"""Letters by which the second half is looked for, before anything is compared."""


@check("warning")
def doubled_text(pair: Pair) -> Iterator[Fault]:
    """The target is not the same text written twice.

    Why: an edit or a merge by lines can leave the former translation, and msgfmt accepts it.

    PASS ru: Every day, every night. | Каждый день, каждую ночь.
    FAIL ru: Then Mr. Aliyev came. | ⟦Потом пришёл господин Алиев.Потом пришёл господин Алиев.⟧
    """
    start = pair.target[:_START]
    if len(start) < _START or pair.target.find(start, _START) < 0:
        return
    if _twofold(pair.target) and not _twofold(pair.source):
        yield Fault("it stands there twice", 0, len(pair.target))


def _twofold(text: str) -> bool:
    """Whether nine of ten letters are the same in both halves."""
    letters = "".join(_LETTERS.findall(text)).casefold()
    half = len(letters) // 2
    same = sum(map(eq, letters[:half], letters[-half:]))
    return half > _START and same >= 0.9 * half
