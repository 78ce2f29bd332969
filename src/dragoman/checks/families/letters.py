"""Script: the letters of a target are those of its language, and each is the right one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dragoman.checks.families.residue import is_code, is_english
from dragoman.checks.pair import Fault, Pair, check

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'׳״\"-][^\W\d_]+)*")
_OWN = {
    "az": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+"),
    "he": re.compile(r"[\u05d0-\u05ea\ufb1d-\ufb4f]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
}
_FOREIGN = {
    "az": re.compile(r"[^\W\d_A-Za-zÀ-ɏḀ-ỿ]+"),
    "he": re.compile(r"[^\W\d_\u05d0-\u05ea\u05f0-\u05f2\ufb1d-\ufb4f]+"),
    "ru": re.compile(r"[^\W\d_\u0400-\u04ff]+"),
}
_ODD = {
    "az": re.compile(r"[À-ÆÈ-ÕØ-ÛÝ-æè-õø-ûý-ĝĠ-įĲ-ŝŠ-ƎƐ-ɏ]"),
    "he": re.compile(r"[\u05f0-\u05f2]"),
    "ru": re.compile(r"[\u0400\u0402-\u040f\u0450\u0452-\u04ff]"),
}
_ALIEN = {
    "az": r"[^\W\d_a-zA-ZəğıöüçşƏĞİÖÜÇŞ]",
    "he": r"[^\W\d_א-ת]",
    "ru": r"[^\W\d_а-яА-ЯёЁ]",
}


@check("error", only="az he ru", target=_ALIEN)
def script(pair: Pair) -> Iterator[Fault]:
    """At least seven of ten letters are of the target's script, and all of its own alphabet.

    Why: a passage in another script is not translated, or from another language's catalog.

    PASS ru: The WHO said so. | Так сообщила ВОЗ (WHO).
    FAIL he: The council met today. | המועצה ⟦council met today⟧.
    FAIL ru: The council | Рада в ⟦Києві⟧
    FAIL az: The council | ⟦Совет⟧
    """
    own, foreign = _OWN.get(pair.lang), _FOREIGN.get(pair.lang)
    if own is None or foreign is None:
        return
    seen = pair.seen
    if pair.lang == "az" and seen.isascii():
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
    return not _kept(word[0], pair) and not is_code(word[0], word.start(), pair)


def _much(alien: int, own: int) -> bool:
    """Whether letters of another script are more than a few, and more than three of ten."""
    return alien >= 3 and alien > 0.3 * (alien + own)


def _kept(word: str, pair: Pair) -> bool:
    """Whether a foreign word may stand: it is a name or an abbreviation of the source."""
    kept = word.isupper() or word.lower() in pair.keep or any(c.isupper() for c in word[1:])
    # examples in a third language too, and words that no dictionary of English has
    named = not word.islower() or not word.isascii() or not is_english(word)
    return kept or (named and word.lower() in pair.source_small)


def _odd_letters(pair: Pair) -> Iterator[Fault]:
    """Letters that another language writes in the same script: Ukrainian і, Turkish â."""
    odd = _ODD[pair.lang]
    if odd.search(pair.seen) is None:
        return
    for match in _WORDS.finditer(pair.seen):
        wrong = odd.search(match[0])
        if not wrong or match[0] in pair.source_words or set(match[0]) & _SCHWAS.keys():
            continue
        severity = "warning" if pair.lang == "az" else "error"
        message = f"the letter {wrong[0]} is not of this language"
        yield Fault(message, *match.span(), severity=severity)


_SCHWAS = {"ǝ": "ə", "Ǝ": "Ə", "ә": "ə", "Ә": "Ə"}
_JUNCTION = re.compile(
    r"[A-Za-zÀ-ɏ](?=[\u0400-\u04ff\u0370-\u03ff])|[\u0400-\u04ff\u0370-\u03ff](?=[A-Za-zÀ-ɏ])"
)
_GLUED = re.compile(
    r"[\u05d0-\u05ea](?=[A-Za-zÀ-ɏ\u0400-\u04ff])|[A-Za-zÀ-ɏ\u0400-\u04ff](?=[\u05d0-\u05ea])"
)
_LATIN_SUFFIX = re.compile(r"\d[-‑][A-Za-z]{1,2}(?![A-Za-z\d])")
_LATIN_ALONE = re.compile(r"(?<=[\u0400-\u04ff]\s)[aceopxyABCEHKMOPTX](?=\s[\u0400-\u04ff])")
_CYRILLIC_ALONE = re.compile(r"(?<![\u0400-\u04ff])[АВЕКМНОРСТХаеорсух]+(?![\u0400-\u04ff])")


@check("error", only="az he ru", target=_ALIEN)
def homoglyph(pair: Pair) -> Iterator[Fault]:
    """No word mixes letters of two scripts that look alike, and Hebrew is not glued to Latin.

    Why: such a word cannot be found, spelled, sorted or read aloud.

    PASS ru: an IT company | IT-компания, COVID-19-й
    PASS he: the BBC | ה-BBC
    FAIL he: the BBC | ⟦הBBC⟧
    FAIL ru: Azerbaijan | ⟦Aзербайджан⟧
    FAIL ru: the 34th | ⟦34-e⟧
    FAIL az: Khojaly | ⟦Хocalı⟧
    FAIL az: Aliyev | ⟦ǝliyev⟧
    """
    seen = pair.seen
    if pair.lang == "ru":
        yield from _latin_endings(pair)
    if seen.isascii():
        return
    if pair.lang == "he":
        yield from _words_at(_GLUED, seen, "Hebrew and another script in one word")
    elif pair.lang == "az":
        yield from _schwas(seen)
        if not any("\u0370" <= char <= "\u04ff" for char in pair.chars):
            return
        yield from _words_at(_JUNCTION, seen, "letters of two scripts in one word")
        for match in _CYRILLIC_ALONE.finditer(seen):
            alone = not _letter(seen, match.start() - 1) and not _letter(seen, match.end())
            if alone and not pair.asks(match[0]):
                yield Fault("Cyrillic letters that look like Latin ones", *match.span())
    elif pair.lang == "ru":
        yield from _words_at(_JUNCTION, seen, "letters of two scripts in one word")
        for match in _LATIN_ALONE.finditer(seen):
            yield Fault("a Latin letter stands for a Russian word", *match.span())


def _latin_endings(pair: Pair) -> Iterator[Fault]:
    for match in _LATIN_SUFFIX.finditer(pair.seen):
        if not pair.asks(match[0]):
            start = match.start()
            while start > 0 and pair.seen[start - 1].isdigit():
                start -= 1
            yield Fault("the ending is in Latin letters", start, match.end())


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _schwas(seen: str) -> Iterator[Fault]:
    for word in _WORDS.finditer(seen) if not set(seen).isdisjoint(_SCHWAS) else ():
        if set(word[0]) & _SCHWAS.keys():
            right = "".join([_SCHWAS.get(c, c) for c in word[0]])
            message = "a letter that only looks like ə (U+0259)"
            yield Fault(message, *word.span(), fix=right)


def _words_at(junction: re.Pattern[str], text: str, message: str) -> Iterator[Fault]:
    end = -1
    for match in junction.finditer(text):
        if match.start() < end:
            continue
        start, end = match.start(), match.end()
        while start > 0 and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        if not set(text[start:end]) & _SCHWAS.keys():
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
        if not pair.asks(match[0]) and all(
            f.end <= match.start() or f.start >= match.end() for f in said
        ):
            name = unicodedata.name(match[0][0], "control character").lower()
            point = f"U+{ord(match[0][-1]):04X}"
            yield Fault(f"{point}, {name}, does not belong in a text", *match.span())


def _not_composed(target: str) -> Iterator[Fault]:
    """The clusters that NFC would write otherwise."""
    for match in re.finditer(r"[^\W_][\u0300-\u036f\u0591-\u05c7]+|[\ufb1d-\ufb4f]", target):
        fixed = unicodedata.normalize("NFC", match[0])
        if fixed != match[0] and not "\ufb1d" <= match[0] <= "\ufb4f":
            yield Fault("not in Unicode's form NFC", *match.span(), fix=fixed, safe=True)


_POINTS = re.compile(r"[\u05d0-\u05ea][\u05b0-\u05bc\u05c1\u05c2\u05c7]")
_POINTED = re.compile(
    r"[\u05d0-\u05ea\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7]*[\u05b0-\u05bc\u05c1\u05c2\u05c7][\u05d0-\u05ea\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7]*"
)


@check("warning", only="he", target="[\u05b0-\u05c7]")
def niqqud(pair: Pair) -> Iterator[Fault]:
    """Hebrew points stand in quotations of old texts and poems, and not in a word of prose.

    Why: a pointed word in plain prose was pasted from elsewhere.

    PASS he: “In the beginning” | ”בְּרֵאשִׁית בָּרָא“
    FAIL he: He said peace again. | הוא אמר ⟦שָׁלוֹם⟧ שוב.
    """
    if pair.lang != "he" or _POINTS.search(pair.seen) is None:
        return
    letters = sum(map(len, _OWN["he"].findall(pair.seen)))
    if len(_POINTS.findall(pair.seen)) * 3 > letters or any(c in pair.target for c in '"“”„״«'):
        return
    for match in _POINTED.finditer(pair.seen):
        yield Fault("points in plain prose", *match.span())


_FINAL_INSIDE = re.compile(r"[ךםןףץ](?=[א-ת])")
_NOT_FINAL = re.compile(r"(?<=[א-ת][א-ת])[כמנצ](?![א-ת\u0591-\u05c7׳״'’\"־-])")


@check("warning", only="he", target="[ךםןףץכמנצ]")
def final_letter(pair: Pair) -> Iterator[Fault]:
    """Hebrew final letters stand at the end of words, and only there.

    Why: the other form there is a slip of the hand. Abbreviations keep the plain form.

    PASS he: the staff | רמטכ״ל וסטארט-אפ
    FAIL he: shalom | ⟦שלומ⟧
    FAIL he: peoples | ⟦עםים⟧
    """
    if pair.lang != "he":
        return
    for pattern, message in (
        (_FINAL_INSIDE, "a final letter inside a word"),
        (_NOT_FINAL, "the last letter lacks its final form"),
    ):
        for match in pattern.finditer(pair.seen):
            word = _word_around(pair.seen, match.start())
            if not set('״"') & set(pair.seen[word[0] : word[1]]):
                yield Fault(message, *word)


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] in '״"'):
        start -= 1
    while end < len(text) and (text[end].isalpha() or text[end] in '״"'):
        end += 1
    return start, end


# Each begins with a capital, by which places are passed over fast; what is before it is asked then.
_CAPITAL_I = re.compile(r"I(?<![\w’'].)(?=[a-zçəğıöşü]{2})[a-zçəğıöşü]+")
_ASCII_CAPITALS = re.compile(r"I(?<![\w.].)[BCÇDFGHJKLMNPQRSŞTVXYZ][A-ZÇƏĞİÖŞÜ]{3,}(?!\w)")
_MIXED_CAPITALS = re.compile(r"[A-ZÇƏĞİÖŞÜ](?<!\w.)[A-ZÇƏĞİÖŞÜ]+[iı][A-ZÇƏĞİÖŞÜiı]*(?!\w)")
_SMALL_SCHWA = re.compile(r"[A-ZÇƏĞİÖŞÜ](?<!\w.)[A-ZÇƏĞİÖŞÜ]*[əçğöşü][A-ZÇƏĞİÖŞÜ]{2,}(?!\w)")
# K and G stand beside front vowels, and a word of front vowels alone has İ: ŞƏHƏRİN, SAKİTLİK.
_FRONT_CAPITALS = re.compile(
    r"\b(?<!\.)(?=[A-ZÇƏĞİÖŞÜ]{3,}(?![\w.]))(?:[BCÇDƏEFGĞHİJKLMNÖPQRSŞTÜVXYZ]*[ƏÖÜE][BCÇDƏEFGĞHIJKLMNÖPQRSŞTÜVXYZ]*I"
    r"[BCÇDƏEFGĞHIİJKLMNÖPQRSŞTÜVXYZ]*|[A-ZÇƏĞİÖŞÜ]*(?:IK(?!\w)|IKL|LIK|[KG]I(?=[A-ZÇƏĞİÖŞÜ]))[A-ZÇƏĞİÖŞÜ]*)"
)
# Names that Azerbaijani writes as English does, but for the dot.
_DOTTED_NAMES = re.compile(
    r"I(?<!\w.)(?:ran|raq|stanbul|zmir|brahim|lham|mam|slam|smay[ıi]l|sa|lyas|van|taliya|spaniya"
    r"|rlandiya|rina|gor|mran|sfahan|lqar|zmit|slamabad)\w*"
)
_ROMAN = re.compile(r"[IVXLCDM]+")


@check("warning", only="az", target="[A-ZÇƏĞİÖŞÜ]")
def dotted_i(pair: Pair) -> Iterator[Fault]:
    """Azerbaijani İ and I, i and ı are told apart in capitals too.

    Why: programs that know only English make ISTIQLAL of istiqlal; it should be İSTİQLAL.

    PASS az: INDEPENDENCE | İSTİQLAL
    PASS az: the IAEA | IAEA, II fəsil
    FAIL az: INDEPENDENCE | ⟦ISTIQLAL⟧
    FAIL az: Israel | ⟦Israil⟧
    FAIL az: Istanbul lies on the sea. | ⟦Istanbul⟧ dəniz kənarındadır.
    FAIL az: HISTORY OF THE CITY | ⟦ŞƏHƏRIN⟧ TARİXİ
    """
    seen = pair.seen
    capitals = "I" in seen or _MIXED_CAPITALS.search(seen) or _SMALL_SCHWA.search(seen)
    if not capitals:
        return
    said = set()
    patterns = (_CAPITAL_I, _ASCII_CAPITALS, _MIXED_CAPITALS, _SMALL_SCHWA, _FRONT_CAPITALS)
    for pattern in (*patterns, _DOTTED_NAMES):
        for match in pattern.finditer(seen):
            word = match[0]
            foreign = word in pair.source_words and pattern is not _DOTTED_NAMES
            if foreign or word.lower() in pair.keep or _ROMAN.fullmatch(word):
                continue
            if match.start() not in said:
                said.add(match.start())
                yield Fault("I stands for İ, or a small letter in capitals", *match.span())
