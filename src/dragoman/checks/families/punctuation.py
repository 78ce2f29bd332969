"""Ends of sentences, brackets, dashes, dots, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks.masking import CONTENT, MARK
from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages
from dragoman.languages.scripts import ENDS, INNER_ENDS, OTHER_ENDS

_CLOSERS = "”“’‘»«›‹」』》〉）\"'״׳„)]} \u00a0\u202f\u200f\u200e\u2066\u2067\u2068\u2069" + MARK
_LETTERS = re.compile(r"[^\W\d_]{3}")
_STOPS = frozenset("".join(ENDS) + "·")
_INITIALS = r"\b[A-ZА-ЯƏÖÜĞŞÇİ]|(?<![^\W\d_])[^\W\d_]\. ?[^\W\d_]"
"""A capital alone, and two letters with stops, as in с. ш."""
_SHORT = 24
"""Characters that are enough for an abbreviation."""
_GERESH = re.compile(r"[א-ת][׳']\Z")  # Hebrew abbreviates with it, English with a full stop
_KINDS = {
    "statement": "a statement",
    "question": "a question",
    "exclamation": "an exclamation",
    "ellipsis": "an ellipsis",
    "colon": "a colon",
    "semicolon": "a semicolon",
    "comma": "a comma",
    "none": "no mark",
}
_TRAILING_SPEECH = re.compile(r"[?!…][”\"»’'״]+,?\s*(?:[–—-]\s*)?(?:deyə\b|[a-zа-яё])")


@check("warning")
def terminator(pair: Pair) -> Iterator[Fault]:
    """The target ends as the source ends: statement, question, exclamation, ellipsis, colon, or nothing.

    Why: a lost question mark changes what is said. Quotes and brackets around the end are put
    aside, so `.”`, `».` and `".` are one.

    PASS he: “We will not forget.” | ”לא נשכח”.
    PASS ru: What happened? | Что случилось?..
    PASS ru: in the U.S. | в США
    PASS ru: He asked: “Who is there?” | Он спросил: «Кто там?».
    FAIL ru: What happened? | Что случилось⟦.⟧
    FAIL az: What happened? | Nə baş verdi⟦.⟧
    FAIL he: He left. | הוא הלך⟦⟧
    """
    if (
        pair.source[-1:] == pair.target[-1:] == "."
        and (pair.source[-2:-1] + pair.target[-2:-1]).isalpha()
    ):
        return  # as most do
    asked, _ = _ending(pair.seen_source)
    given, (start, end) = _ending(pair.seen, pair.language.script)
    if asked == given or not pair.target.strip():
        return
    if given in ("statement", "comma") and asked == _quoted_ending(pair.seen[:start]):
        return  # Он спросил: «Кто там?».
    if asked == "none" and given == "question" and _may_ask(pair):
        return  # a title: Where to begin
    if CONTENT in pair.seen_source and _LETTERS.search(pair.seen_source) is None:
        return  # {}th
    classes = {asked, given}
    if classes == {"statement", "none"} and _may_be_abbreviated(pair, asked):
        return
    severity = ""
    if classes <= {"statement", "exclamation"} or classes <= {"statement", "ellipsis"}:
        severity = "warning"
    elif classes <= {"statement", "colon", "semicolon", "comma"} or classes == {"colon", "none"}:
        severity = "info"
    elif (
        classes == {"question", "exclamation"}
        and "?" in pair.target[-5:]
        and "!" in pair.target[-5:]
    ):
        return
    message = f"the source ends with {_KINDS[asked]}, the target with {_KINDS[given]}"
    yield Fault(message, start, end, severity=severity)


_END_OF_QUOTATION = re.compile(rf"[?!…](?:\.\.)?[”“’»\"'״{MARK}]+\Z")


def _quoted_ending(before: str) -> str:
    """The class of the end of a quotation right before the last mark; empty if there is none.

    >>> _quoted_ending("Он спросил: «Кто там?»")
    'question'
    """
    if _END_OF_QUOTATION.search(before[-8:]) is None:
        return ""
    return _ending(before)[0]


def _may_ask(pair: Pair) -> bool:
    """Whether the source begins with a question word, as titles do."""
    words = languages.of(pair.source_locale).section("source").get("asks", "").split()
    return bool(words) and re.match(rf"\W*(?:{'|'.join(words)})\b", pair.source) is not None


def _may_be_abbreviated(pair: Pair, asked: str) -> bool:
    stopped = pair.seen_source if asked == "statement" else pair.seen
    if asked == "statement" and _GERESH.search(pair.target):
        return True
    stopped = stopped.rstrip(_CLOSERS)
    pattern = _abbreviated(pair.source_locale, pair.locale)
    return pattern.search(stopped, max(0, len(stopped) - _SHORT)) is not None


@lru_cache
def _abbreviated(*locales: str) -> re.Pattern[str]:
    """The end of an abbreviation in one of some languages."""
    told = (languages.of(locale).punctuation.get("abbreviations") for locale in locales)
    return re.compile(f"(?:{'|'.join([_INITIALS, *filter(None, told)])})\\.$")


def _ending(text: str, script: str = "") -> tuple[str, tuple[int, int]]:
    """The class of a text's end, and the span of its mark.

    >>> _ending("Τι έγινε;", "Grek"), _ending("ماذا حدث؟", "Arab")[0]
    (('question', (8, 9)), 'question')
    """
    end = len(text)
    while end and text[end - 1] in _CLOSERS:
        end -= 1
    start = end
    while start and text[start - 1] in _STOPS:
        start -= 1
    cluster = text[start:end]
    return _kind(cluster, text[:start], script), (start, end)


def _kind(cluster: str, before: str, script: str) -> str:
    """The class of a text that ends with these marks."""
    if not cluster:
        return "none"
    kinds = {**ENDS, **OTHER_ENDS[script]} if script in OTHER_ENDS else ENDS
    ends = [kinds[char] for char in cluster if char in kinds] or ["none"]
    for mark, kind in INNER_ENDS.get(script, {}).items():
        if mark in before[max(map(before.rfind, _SENTENCE_ENDS)) + 1 :]:
            return kind
    for kind in ("question", "exclamation", "ellipsis"):
        if kind in ends:
            return kind
    return "ellipsis" if cluster.endswith("..") else ends[-1]


_SENTENCE_ENDS = ".։:"


_PAIRS = {")": "(", "]": "[", "}": "{"}
_SQUARE = re.compile(r"[\[\]]")
_BRACKET = re.compile(r"[()\[\]{}]")
_FULL_WIDTH = str.maketrans("（）［］｛｝", "()[]{}")
# `a)`, `12)`: the bracket first, which is rarer than what is before it.
_ITEM = r"(?<=(?<![^\s(])[^\W_]{%d}\))"
_ENUMERATION = re.compile(r"\)(?:" + "|".join(_ITEM % many for many in (1, 2, 3)) + ")")


@check("error", on=r"[()\[\]{}（）［］｛｝]")
def brackets(pair: Pair) -> Iterator[Fault]:
    """Brackets are balanced, open before they close, and are as many as in the source.

    Why: in right-to-left text a reversed bracket looks right where it was typed, and wrong
    everywhere else.

    PASS he: (1992) | (1992)
    PASS ru: a) first | а) первое
    FAIL he: (1992) | ⟦)⟧1992⟦(⟧
    FAIL he: He left [so he said]. | הוא עזב ⟦]⟧כך אמר⟦[⟧.
    FAIL ru: The city (in the north) fell. | Город ⟦(⟧на севере пал.
    """
    source, target = _bare(pair.source, pair.seen_source), _bare(pair.target, pair.seen)
    if not target.isascii():
        target = target.translate(_FULL_WIDTH)
    if _BRACKET.search(source) is None and _BRACKET.search(target) is None:
        return
    listed = ")" in source and _ENUMERATION.search(source) is not None
    wrong = _unbalanced(target, listed)
    allowed = len(_unbalanced(source, listed))
    if len(wrong) > allowed:
        for at in wrong:
            c = target[at]
            message = (
                f"“{c}” has no partner" if len(wrong) == 1 else f"“{c}” stands alone or reversed"
            )
            yield Fault(message, at, at + 1)
    elif source.count("(") != target.count("(") and not wrong and not allowed:
        yield from _count(source, target)


def _bare(text: str, seen: str) -> str:
    """The text with all but prose and square brackets masked; links have such brackets too."""
    if "[" not in text and "]" not in text:
        return seen
    shown, done = [], 0
    for match in _SQUARE.finditer(text):
        at = match.start()
        if seen[at] == MARK:
            shown += [seen[done:at], match[0]]
            done = at + 1
    return "".join([*shown, seen[done:]])


def _count(source: str, target: str) -> Iterator[Fault]:
    asked, given = source.count("("), target.count("(")
    if given < asked:
        at = source.find("(")
        close = source.find(")", at) + 1
        acronym = source[at + 1 : close - 1].isupper()
        yield Fault("a bracket is missing", 0, 0, at, close, "info" if acronym else "warning")
    else:
        at = target.rfind("(")
        yield Fault("a bracket more than the source", at, target.find(")", at) + 1, severity="info")


def _unbalanced(text: str, listed: bool) -> list[int]:
    """Places of brackets without a partner in logical order; `a)` of an enumeration needs none."""
    skip = {m.end() - 1 for m in _ENUMERATION.finditer(text)} if listed else set()
    open_: list[int] = []
    wrong: list[int] = []
    for match in _BRACKET.finditer(text):
        at, c = match.start(), match[0]
        if c in "([{":
            open_.append(at)
        elif open_ and text[open_[-1]] == _PAIRS[c]:
            open_.pop()
        elif at not in skip:
            wrong.append(at)
    return sorted(wrong + open_)


_WRONG_START = re.compile(rf"[\s{MARK}]*[.,!?:;)\]](?!\.|\d)")
_WRONG_END = re.compile(r"[(\[]\s*\Z")


@check("error", where="right_to_left", target=r"[.,!?:;)(\]\[]")
def visual_order(pair: Pair) -> Iterator[Fault]:
    """Hebrew is stored in the order it is read: no unit starts with its full stop.

    Why: text typed or pasted in visual order shows reversed in every program that knows bidi.

    PASS he: He said hello. | הוא אמר שלום.
    FAIL he: He said hello. | ⟦.⟧הוא אמר שלום
    """
    start = _WRONG_START.match(pair.seen)
    if start and _WRONG_START.match(pair.seen_source) is None:
        yield Fault("it starts with the mark that should end it", start.end() - 1, start.end())
    end = _WRONG_END.search(pair.seen)
    if end and _WRONG_END.search(pair.seen_source) is None:
        yield Fault("it ends with a bracket that opens", end.start(), end.start() + 1)


_HYPHENS = re.compile(
    r"[ \u00a0-](?:(?<=[ \u00a0])(?<![\d\s-].)-[ \u00a0](?=\S)|(?<=-)(?<!-.)-(?!-))"
)
_START = re.compile(r"-[ \u00a0](?=\S)")
_TIGHT = re.compile(r"—(?<=[^\W\d_].)(?=[^\W\d_])")


@check("warning", target="[-—]")
def dash(pair: Pair) -> Iterator[Fault]:
    """A dash is not written as two hyphens or a spaced hyphen, and has blanks as the language does.

    Why: az and he write – with blanks, ru — with blanks; a hyphen joins words.

    PASS ru: Baku — the capital | Баку — столица
    PASS az: 1988–1994 | 1988–1994-cü illər
    FAIL ru: Baku — the capital | Баку⟦ - ⟧столица
    FAIL he: Baku — the capital | באקו ⟦--⟧ הבירה
    """
    seen = pair.seen
    if "-" not in seen and "—" not in seen:
        return
    rules = pair.language.punctuation
    right = rules.get("dash", "–")
    for match in _HYPHENS.finditer(seen):
        if pair.asks(match[0]):
            continue
        fix = match[0].replace("--", "-").replace("-", right)
        yield Fault(f"a hyphen stands for a dash ({right})", *match.span(), fix=fix, safe=True)
    never = rules.get("hyphen_never_begins") and not pair.source.startswith("-")
    if never and _START.match(seen):
        yield Fault(f"a hyphen stands for a dash ({right})", 0, 1, fix=right, safe=True)
    if "dash" in rules:
        for match in _TIGHT.finditer(seen):
            yield Fault("no blanks around the dash", *match.span(), severity="info")


_FOUR_DOTS = re.compile(r"…\.|\.\.\.\.+|\.(?<!\.\.)\.(?!\.)(?<![?!]\.\.)")


@check("warning", target=r"[.…]")
def dots(pair: Pair) -> Iterator[Fault]:
    """An ellipsis has three dots, and no full stop follows it.

    Why: in ru and he the ellipsis ends the sentence itself; after ? and ! two dots are enough.

    PASS ru: He was silent… | Он молчал…
    PASS ru: What happened? | Что случилось?..
    FAIL ru: He was silent… | Он молчал⟦….⟧
    FAIL az: He left. | O getdi⟦..⟧
    """
    if ".." not in pair.seen and "…." not in pair.seen:
        return
    for match in _FOUR_DOTS.finditer(pair.seen):
        if pair.asks(match[0]):
            continue
        fix = "." if match[0] == ".." else "…"
        yield Fault("dots too many or too few", *match.span(), fix=fix, safe=match[0] != "..")


_FIRST_LETTER = re.compile(rf"[^\w{CONTENT}]*([^\W\d_])")
_NUMERAL = re.compile(r"[ivxlc]+(?!\w)")
_WORD_WITH_CAPITAL = re.compile(r"[a-z]+[A-Z]")
_AFTER_STOP = re.compile(r"(?<=[^\W\d_А-ЯЁA-ZƏ.]{4})[.!?][ ]([a-zа-яёəıöüçşğ])")


@check("info", where="cased")
def capital(pair: Pair) -> Iterator[Fault]:
    """A sentence begins with a capital where the source does.

    Why: a small letter is often the sign of a sentence cut in two. Hebrew has no capitals; a
    sentence may go on after a dash or a quotation.

    PASS az: He left. | O getdi.
    PASS ru: “No,” she said. | — Нет, — сказала она.
    PASS ru: iPhone sales fell. | iPhone продаётся хуже.
    FAIL ru: He left. | ⟦о⟧н ушёл.
    FAIL ru: “He left.” | «⟦о⟧н ушёл».
    """
    if pair.target[:1].isupper():
        return
    source, target = _FIRST_LETTER.match(pair.seen_source), _FIRST_LETTER.match(pair.seen)
    if target and _NUMERAL.match(pair.seen, target.start(1)):
        return
    if source and target and source[1].isupper() and target[1].islower():
        if _WORD_WITH_CAPITAL.match(pair.seen, target.start(1)):
            return  # iPhone
        finished = _ending(pair.seen_source)[0] != "none"
        if source.start(1) <= 1 and target.start(1) <= 1 and finished:
            yield Fault("it begins with a small letter", *target.span(1), severity="warning")
        elif target.start(1) == 0:
            yield Fault("it begins with a small letter", *target.span(1))
