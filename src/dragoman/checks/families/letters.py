"""Script: the letters of a target are those of its language, and each is the right one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dragoman.checks.families.residue import is_cited, is_code, is_english
from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import scripts
from dragoman.languages.language import Language

_WORDS = re.compile(r"[^\W\d_]+(?:[’'׳״\"-][^\W\d_]+)*")


def _alien(language: Language) -> str:
    """A pattern for a letter that is not in the language's alphabet."""
    return rf"[^\W\d_{language.alphabet or scripts.LETTERS.get(language.script, '')}]"


@check("error", needs="own_letters", target=_alien)
def script(pair: Pair) -> Iterator[Fault]:
    """At least seven of ten letters are of the target's script, and all of its own alphabet.

    Why: a passage in another script is not translated, or from another language's catalog.

    PASS ru: The WHO said so. | Так сообщила ВОЗ (WHO).
    FAIL he: The council met today. | המועצה ⟦council met today⟧.
    FAIL ru: The council | Рада в ⟦Києві⟧
    FAIL az: The council | ⟦Совет⟧
    """
    own, foreign = pair.language.own_letters, pair.language.foreign_letters
    if own is None or foreign is None:
        return
    seen = pair.seen
    if pair.language.latin and seen.isascii():
        return
    yield from _odd_letters(pair)
    if pair.source == pair.target:
        return  # for another check to judge
    letters = sum(map(len, own.findall(seen)))
    if not _much(sum(map(len, foreign.findall(seen))), letters):
        return
    words = list(foreign.finditer(seen))
    alien, first = 0, None
    for word in words:
        if _stands_out(word, pair):
            first = first or word
            alien += len(word[0])
            if _much(alien, letters):
                last = next(word for word in reversed(words) if _stands_out(word, pair))
                yield Fault("much of it is in another script", first.start(), last.end())
                return


def _stands_out(word: re.Match[str], pair: Pair) -> bool:
    if is_cited(word.start(), pair):
        return False
    return not _kept(word[0], pair) and not is_code(word[0], word.start(), pair)


def _much(alien: int, own: int) -> bool:
    """Whether letters of another script are more than a few, and more than three of ten."""
    return alien >= 3 and alien > 0.3 * (alien + own)


def _kept(word: str, pair: Pair) -> bool:
    """Whether a foreign word may stay: it is a name or an abbreviation of the source."""
    kept = word.isupper() or word.lower() in pair.keep or any(c.isupper() for c in word[1:])
    # examples in a third language too, and words that no dictionary of English has
    named = not word.islower() or not word.isascii() or not is_english(word)
    return kept or (named and word.lower() in pair.source_small)


def _odd_letters(pair: Pair) -> Iterator[Fault]:
    """Letters that another language writes in the same script: Ukrainian і, Turkish â."""
    odd = pair.language.odd_letters
    if odd is None or odd.search(pair.seen) is None:
        return
    lookalikes = pair.language.lookalikes
    # texts in Latin letters quote names of other languages in Latin letters
    severity = "warning" if pair.language.latin else "error"
    for match in _WORDS.finditer(pair.seen):
        wrong = odd.search(match[0])
        if not wrong or match[0] in pair.source_words or not lookalikes.keys().isdisjoint(match[0]):
            continue
        message = f"the letter {wrong[0]} is not of this language"
        yield Fault(message, *match.span(), severity=severity)


_LATIN, _NEAR_LATIN = "A-Za-zÀ-ɏ", "\u0400-\u04ff\u0370-\u03ff"
_JUNCTION = re.compile(rf"[{_LATIN}](?=[{_NEAR_LATIN}])|[{_NEAR_LATIN}](?=[{_LATIN}])")
_LATIN_SUFFIX = re.compile(r"\d[-‑][A-Za-z]{1,2}(?![A-Za-z\d])")
_LATIN_ALONE = re.compile(r"(?<=[\u0400-\u04ff]\s)[aceopxyABCEHKMOPTX](?=\s[\u0400-\u04ff])")
_CYRILLIC_ALONE = re.compile(r"(?<![\u0400-\u04ff])[АВЕКМНОРСТХаеорсух]+(?![\u0400-\u04ff])")


@check("error", where="has_lookalikes", target=_alien)
def homoglyph(pair: Pair) -> Iterator[Fault]:
    """No word mixes letters of two scripts that look alike, and Hebrew is not glued to Latin.

    Why: such a word cannot be found, spelled, sorted or read aloud.

    PASS ru: an IT company | IT-компания, COVID-19-й
    PASS he: the BBC | ה-BBC
    PASS ru: vitamin C in oranges | витамин C в апельсинах
    FAIL he: the BBC | ⟦הBBC⟧
    FAIL ru: Azerbaijan | ⟦Aзербайджан⟧
    FAIL ru: the 34th | ⟦34-e⟧
    FAIL az: Khojaly | ⟦Хocalı⟧
    FAIL az: Aliyev | ⟦ǝliyev⟧
    """
    seen, language = pair.seen, pair.language
    if language.script == "Cyrl":
        yield from _latin_endings(pair)
    if seen.isascii():
        return
    if language.lookalikes:
        yield from _lookalikes(seen, language.lookalikes)
    if language.latin:
        yield from _cyrillic(pair)
    elif language.script == "Cyrl":
        yield from _words_at(_JUNCTION, seen, "letters of two scripts in one word", language)
        for match in _LATIN_ALONE.finditer(seen):
            if match[0].isupper() and _names_something(match[0], pair.seen_source):
                continue  # licence A
            name = language.english_name
            yield Fault(f"a Latin letter stands for a {name} word", *match.span())
    elif language.words_of_one_script:
        name = scripts.NAMES[language.script]
        message = f"{name} and another script in one word"
        yield from _words_at(_glued(language.script), seen, message, language)


@lru_cache
def _glued(script: str) -> re.Pattern[str]:
    """Where a letter of a script is beside a Latin or a Cyrillic one."""
    own, other = scripts.LETTERS[script], f"{_LATIN}\u0400-\u04ff"
    return re.compile(f"[{own}](?=[{other}])|[{other}](?=[{own}])")


def _cyrillic(pair: Pair) -> Iterator[Fault]:
    """Cyrillic and Greek letters in a Latin text, in a word or alone."""
    seen = pair.seen
    if not any("\u0370" <= char <= "\u04ff" for char in pair.chars):
        return
    yield from _words_at(_JUNCTION, seen, "letters of two scripts in one word", pair.language)
    for match in _CYRILLIC_ALONE.finditer(seen):
        alone = not _letter(seen, match.start() - 1) and not _letter(seen, match.end())
        if alone and not pair.asks(match[0]):
            yield Fault("Cyrillic letters that look like Latin ones", *match.span())


def _latin_endings(pair: Pair) -> Iterator[Fault]:
    for match in _LATIN_SUFFIX.finditer(pair.seen):
        if not pair.asks(match[0]):
            start = match.start()
            while start > 0 and pair.seen[start - 1].isdigit():
                start -= 1
            yield Fault("the ending is in Latin letters", start, match.end())


def _names_something(letter: str, source: str) -> bool:
    """Whether a source has a single capital letter as a word, after its first word."""
    return re.search(rf"(?<=[\w,;:)(] ){letter}(?![\w’'])", source) is not None


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _lookalikes(seen: str, lookalikes: Mapping[str, str]) -> Iterator[Fault]:
    """Letters of the same script that only look like one of the alphabet: ǝ and ə."""
    if lookalikes.keys().isdisjoint(seen):
        return
    for word in _WORDS.finditer(seen):
        wrong = [c for c in word[0] if c in lookalikes]
        if wrong:
            letter = lookalikes[wrong[0]]
            right = "".join([lookalikes.get(c, c) for c in word[0]])
            message = (
                f"a letter that only looks like {letter.lower()} (U+{ord(letter.lower()):04X})"
            )
            yield Fault(message, *word.span(), fix=right)


def _words_at(
    junction: re.Pattern[str], text: str, message: str, language: Language
) -> Iterator[Fault]:
    end = -1
    for match in junction.finditer(text):
        if match.start() < end:
            continue
        start, end = match.start(), match.end()
        while start > 0 and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        if language.lookalikes.keys().isdisjoint(text[start:end]):
            yield Fault(message, start, end)


_FORBIDDEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200d\u2060-\u2064\ufeff\ufffd\u00ad\ufb1d-\ufb4f\ufb00-\ufb06]"
    r"|(?<=[а-яёА-ЯЁ])[\u0300\u0302-\u036f]|i\u0307"
)


@check(
    "error",
    target=r"[^ -~\u00a0-\u02ff\u0400-\u052f\u05be\u05c3\u05d0-\u05f4\u2010-\u2027\u2030-\u205e\u2070-\u24ff]|\u00ad",
)
def code_point(pair: Pair) -> Iterator[Fault]:
    """The target is in Unicode's form NFC, without presentation forms and invisible characters.

    Why: two spellings of one letter are two words to every program.

    PASS az: Iran | İran
    PASS he: In the beginning | בְּרֵאשִׁית
    FAIL ru: his | е⟦и\u0306⟧
    FAIL he: shalom | ⟦\ufb2a⟧לום
    """
    target = pair.target
    if target.isascii():
        return
    said = []
    if not unicodedata.is_normalized("NFC", target):
        said = list(_not_composed(target))
        yield from said
    for match in _FORBIDDEN.finditer(target):
        if match[0] in _JOINERS and pair.language.script in scripts.JOINED:
            continue
        if not pair.asks(match[0]) and all(
            f.end <= match.start() or f.start >= match.end() for f in said
        ):
            name = unicodedata.name(match[0][0], "control character").lower()
            point = f"U+{ord(match[0][-1]):04X}"
            yield Fault(f"{point}, {name}, does not belong in a text", *match.span())


_JOINERS = "\u200c\u200d"


def _not_composed(target: str) -> Iterator[Fault]:
    """The clusters that NFC would write otherwise."""
    for match in re.finditer(r"[^\W_][\u0300-\u036f\u0591-\u05c7]+|[\ufb1d-\ufb4f]", target):
        fixed = unicodedata.normalize("NFC", match[0])
        if fixed != match[0] and not "\ufb1d" <= match[0] <= "\ufb4f":
            yield Fault("not in Unicode's form NFC", *match.span(), fix=fixed, safe=True)


@check("warning", where="letters.points", target=lambda language: f"[{language.letters['points']}]")
def niqqud(pair: Pair) -> Iterator[Fault]:
    """Hebrew points are used in quotations of old texts and poems, and not in a word of prose.

    Why: a pointed word in plain prose was pasted from elsewhere.

    PASS he: “In the beginning” | ”בְּרֵאשִׁית בָּרָא“
    FAIL he: He said peace again. | הוא אמר ⟦שָׁלוֹם⟧ שוב.
    """
    pointed, words = _pointed(pair.language)
    if pointed.search(pair.seen) is None or pair.language.own_letters is None:
        return
    letters = sum(map(len, pair.language.own_letters.findall(pair.seen)))
    if len(pointed.findall(pair.seen)) * 3 > letters or any(c in pair.target for c in '"“”„״«'):
        return
    for match in words.finditer(pair.seen):
        yield Fault("points in plain prose", *match.span())


@lru_cache
def _pointed(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Letters with points, and words with them."""
    points, marks = language.letters["points"], language.letters["marks"]
    any_ = f"[{language.alphabet}{points}{marks}]*"
    return re.compile(f"[{language.alphabet}][{points}]"), re.compile(f"{any_}[{points}]{any_}")


@check("warning", where="letters.finals", target=lambda language: f"[{_finals(language)}]")
def final_letter(pair: Pair) -> Iterator[Fault]:
    """Hebrew final letters are used at the end of words, and only there.

    Why: the other form is a typing error. Abbreviations keep the plain form.

    PASS he: the staff | רמטכ״ל וסטארט-אפ
    FAIL he: shalom | ⟦שלומ⟧
    FAIL he: peoples | ⟦עםים⟧
    """
    inside, not_final = _final_patterns(pair.language)
    for pattern, message in (
        (inside, "a final letter inside a word"),
        (not_final, "the last letter lacks its final form"),
    ):
        for match in pattern.finditer(pair.seen):
            word = _word_around(pair.seen, match.start())
            if _SIGNS.isdisjoint(pair.seen[word[0] : word[1]]):
                yield Fault(message, *word)


def _finals(language: Language) -> str:
    """Final letters, and those that have a final form."""
    finals = language.letters["finals"]
    return "".join([*finals.values(), *finals])


@lru_cache
def _final_patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    finals, letters = language.letters["finals"], language.alphabet
    plain = "".join(letter for letter in finals if letter not in language.letters["plain_at_end"])
    return (
        re.compile(f"[{''.join(finals.values())}](?=[{letters}])"),
        re.compile(f"(?<=[{letters}][{letters}])[{plain}](?![{letters}\u0591-\u05c7׳״'’‘“”\"־-])"),
    )


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] in _SIGNS):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] in _SIGNS):
        end += 1
    return start, end


_SIGNS = frozenset('״"“”')
"""Signs inside an abbreviation: gershayim, and quotation marks in their place."""


_ROMAN = re.compile(r"[IVXLCDM]+")


@check("warning", where="dotted_i.patterns", target="[A-ZÇƏĞİÖŞÜ]")
def dotted_i(pair: Pair) -> Iterator[Fault]:
    """Azerbaijani İ and I, i and ı are distinguished in capitals too.

    Why: programs that know only English make ISTIQLAL of istiqlal; it should be İSTİQLAL.

    PASS az: INDEPENDENCE | İSTİQLAL
    PASS az: the IAEA | IAEA, II fəsil
    FAIL az: INDEPENDENCE | ⟦ISTIQLAL⟧
    FAIL az: Israel | ⟦Israil⟧
    FAIL az: Istanbul lies on the sea. | ⟦Istanbul⟧ dəniz kənarındadır.
    FAIL az: HISTORY OF THE CITY | ⟦ŞƏHƏRIN⟧ TARİXİ
    """
    seen = pair.seen
    patterns, mixed, names = _dotted(pair.language)
    if "I" not in seen and not any(pattern.search(seen) for pattern in mixed):
        return
    found = set()
    for pattern in (*patterns, *mixed, names):
        for match in pattern.finditer(seen):
            word = match[0]
            foreign = word in pair.source_words and pattern is not names
            if foreign or word.lower() in pair.keep or _ROMAN.fullmatch(word):
                continue
            if match.start() not in found:
                found.add(match.start())
                yield Fault("I stands for İ, or a small letter in capitals", *match.span())


_Patterns = tuple[re.Pattern[str], ...]


@lru_cache
def _dotted(language: Language) -> tuple[_Patterns, _Patterns, re.Pattern[str]]:
    """Patterns for words with I for İ, small letters in capitals, and names without their dot."""
    rules = language.section("dotted_i")
    patterns, mixed = (tuple(map(re.compile, rules[key])) for key in ("patterns", "mixed"))
    return patterns, mixed, re.compile(rf"I(?<!\w.)(?:{'|'.join(rules['names'])})\w*")
