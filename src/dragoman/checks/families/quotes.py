"""Quotation marks: balanced, of the language's style, and distinct from gershayim and apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from dragoman.checks.masking import MARK
from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages
from dragoman.languages.language import Language

_MARKS = re.compile(r"[\"“”„«»״‟「」『』]")
_OPENING, _CLOSING = "«“„‟「『", "»”」』"
_HEBREW = re.compile(r"[א-ת\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7]")  # with points, without maqaf
_PREFIX = re.compile(r"(?<![א-ת])[ובכלמהש]{1,4}\Z")
_SPEECH = re.compile(rf"(?:\A[\s{MARK}]*|:[\s{MARK}]+)[–—-]\s")
"""A dash that opens a line of dialogue: at the head, or after a colon."""
_SINGLE = re.compile(r"(?<!\w)['‘’׳](?=\S)[^'‘’׳]{1,200}['‘’׳](?!\w)")
_INCHES = re.compile(r"\d\Z")


UNPAIRED = "a quotation mark without its partner"
MISSING = "the quotation marks are missing"


class Quote(NamedTuple):
    mark: str
    start: int
    side: str
    """`open`, `close`, or `either` where the mark does not tell."""


def quotes(text: str, lang: str) -> list[Quote]:
    """The quotation marks of a text; gershayim and signs of inches are none.

    >>> [q.mark for q in quotes('דובר צה"ל קרא ב"הארץ"', "he")]
    ['"', '"']
    """
    found = []
    rules = languages.of(lang).quotes
    odd = rules.get("inches") and text.count('"') % 2
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in '"״”“' and _is_gershayim(text, at):
            continue
        if odd and mark == '"' and _INCHES.search(text, max(0, at - 1), at):
            continue
        found.append(Quote(mark, at, _side(text, at, mark, rules)))
    return found


def _is_gershayim(text: str, at: int) -> bool:
    """Between two Hebrew letters, before the last one or a longer form: צה״ל, מנכ״לית.

    After nothing but prefix letters it opens a quotation instead: ב"הארץ".
    """
    if not (0 < at < len(text) - 1 and _HEBREW.match(text[at - 1]) and _HEBREW.match(text[at + 1])):
        return False
    if not _HEBREW.match(text, at + 2):
        return True
    return _PREFIX.search(text, max(0, at - 8), at) is None


def _side(text: str, at: int, mark: str, rules: Mapping[str, Any]) -> str:
    if mark in rules.get("either", ""):
        return "either"
    if mark in _OPENING + _CLOSING and mark not in rules.get("by_place", ""):
        return "open" if mark in _OPENING else "close"
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = before.isspace() or before in "([–—-־" + MARK
    closes = after.isspace() or after in ".,;:!?)]–—-…" + MARK
    if opens != closes:
        return "open" if opens else "close"
    return "either"


@check("error", on=r"[\"“”„«»״‟「」『』]")
def quotation(pair: Pair) -> Iterator[Fault]:
    """Quotation marks are balanced as in the source, and a quotation stays one.

    Why: an odd mark turns the rest of a page into a quotation. A quotation may go on in the next
    unit, as in the source; Russian and Azerbaijani may write speech with a dash.

    PASS ru: “We will not forget.” | «Мы не забудем».
    PASS ru: “Never again,” she said. | — Никогда больше, — сказала она.
    PASS he: He read “Haaretz.” | הוא קרא ב"הארץ".
    PASS he: the “red line” | ה־"קו האדום"
    PASS az: the “Xalq qəzeti” issue | “Xalq qəzeti”nin sayı
    FAIL ru: “We will not forget.” | ⟦«⟧Мы не забудем.
    FAIL he: “We will not forget.” | ⟦"⟧לא נשכח.
    FAIL az: “We will not forget,” he said. | Unutmayacağıq, o dedi.
    FAIL ru: The “old road” — the only one — is closed. | Старая дорога — единственная — закрыта.
    """
    source, target = pair.seen_source, pair.seen
    if _MARKS.search(source) is None and _MARKS.search(target) is None:
        return
    asked, given = quotes(source, pair.source_locale), quotes(target, pair.locale)
    if not given and not asked:
        return
    if not given:
        spoken = _SPEECH.search(target) or _SINGLE.search(target)
        if not spoken and not _is_glossed(asked, source, target):
            at = asked[0].start
            yield Fault(MISSING, 0, 0, at, asked[-1].start + 1, "warning")
        return
    open_source = len(asked) % 2
    if len(given) % 2 != open_source:
        at = _odd_one(given)
        yield Fault(UNPAIRED, at, at + 1)
    elif not open_source:
        for at in _crossed(given):
            yield Fault(UNPAIRED, at, at + 1)


def _is_glossed(asked: Sequence[Quote], source: str, target: str) -> bool:
    """Whether a quoted term of the source is in the target in brackets, behind its translation."""
    return len(asked) == 2 and f"({source[asked[0].start + 1 : asked[1].start]})" in target


def speaks(target: str) -> bool:
    """Whether a target begins with the dash of a dialogue.

    >>> speaks("— Пора, — сказал он."), speaks("Баку — столица")
    (True, False)
    """
    opening = _SPEECH.match(target)
    return opening is not None


def unpaired(paragraph: Sequence[Sequence[Quote]]) -> list[tuple[int, int]]:
    """The marks of consecutive texts that close nothing or are never closed: number of the text, start.

    Args:
        paragraph: the quotation marks of each text, in order.

    >>> unpaired([quotes("«Да, — сказал он.", "ru"), quotes("Пора».", "ru")])
    []
    >>> unpaired([quotes("«Да, — сказал он.", "ru"), quotes("Пора.", "ru")])
    [(0, 0)]
    """
    open_: list[tuple[int, int]] = []
    wrong: list[tuple[int, int]] = []
    for number, marks in enumerate(paragraph):
        for quote in marks:
            if quote.side == "open" or (quote.side == "either" and not open_):
                open_.append((number, quote.start))
            elif open_:
                open_.pop()
            else:
                wrong.append((number, quote.start))
    return sorted(wrong + open_)


def _odd_one(given: list[Quote]) -> int:
    """The place of the mark that most likely lacks a partner."""
    open_: list[Quote] = []
    for quote in given:
        if quote.side == "close" or (quote.side == "either" and open_):
            if not open_:
                return quote.start
            open_.pop()
        else:
            open_.append(quote)
    return (open_ or given)[-1].start


def _crossed(given: list[Quote]) -> list[int]:
    """Marks that close nothing or are never closed, if opening and closing marks differ."""
    if any(quote.side == "either" for quote in given):
        return []
    open_: list[int] = []
    wrong: list[int] = []
    for quote in given:
        if quote.side == "open":
            open_.append(quote.start)
        elif open_:
            open_.pop()
        else:
            wrong.append(quote.start)
    return wrong + open_


@check("warning", needs="quotes.outer", target=r"[\"“”„«»״‟'‘’]")
def quote_style(pair: Pair) -> Iterator[Fault]:
    """Quotation marks are of one style, the target language's, and marks around them in its order.

    Why: « » in ru with „ “ inside, “ ” in az, " or ” in he; two styles in a sentence are a slip.
    A Russian full stop or comma stands outside.

    PASS ru: “Never,” he said. | «Никогда», — сказал он.
    PASS az: “Never,” he said. | “Heç vaxt”, – o dedi.
    FAIL ru: “Never,” he said. | ⟦“⟧Никогда”, — сказал он.
    FAIL ru: “Never.” | «Никогда⟦.»⟧
    FAIL he: “Never,” he said. | ⟦“⟧לעולם לא”, אמר.
    FAIL he: “Never” and “No” | "לעולם לא" ו⟦“⟧לא”
    FAIL az: “Never,” he said. | ⟦„⟧Heç vaxt”, – o dedi.
    """
    messages: set[str] = set()
    for fault in _of_style(pair):
        # one finding for each message: the other marks repeat the same fault
        if fault.fix is not None or fault.message not in messages:
            messages.add(fault.message)
            yield fault


def _of_style(pair: Pair) -> Iterator[Fault]:
    """The faults of style of the marks, one for each mark."""
    seen, rules = pair.seen, pair.language.quotes
    if _MARKS.search(seen) is None:
        may = not rules.get("no_singles") and _MARKS.search(pair.seen_source)
        single = _SINGLE.search(seen) if may else None
        if single is not None and _SINGLE.search(pair.seen_source) is None:
            yield Fault("‘ ’ stand for a quotation in a quotation", *single.span())
        return
    found = quotes(seen, pair.lang)
    shapes = {quote.mark for quote in found}
    if rules.get("strict"):
        yield from _strict(found, shapes, seen, pair.language)
    if styles := rules.get("styles"):
        yield from _mixed(found, shapes, [set(style) for style in styles])
    yield from _foreign(found, pair)
    if "styles" in rules and rules["outer"][0] != rules["outer"][1]:
        yield from _nested(found, rules)


def _foreign(found: list[Quote], pair: Pair) -> Iterator[Fault]:
    """Marks of another language, and marks that do not open a quotation in this one."""
    language, rules = pair.language, pair.language.quotes
    never, foreign = rules.get("never_opens", ""), rules.get("foreign", "")
    for quote in found:
        if quote.mark in foreign and quote.mark not in pair.source:
            message = f"{' '.join(foreign)} are no {language.english_name} quotation marks"
            yield Fault(message, quote.start, quote.start + 1)
        if quote.mark in never and _opens(language).match(pair.seen, max(0, quote.start - 1)):
            name, openers = language.english_name, rules["openers"]
            message = f"{quote.mark} does not open a {name} quotation ({openers} does)"
            yield Fault(message, quote.start, quote.start + 1)


@lru_cache
def _opens(language: Language) -> re.Pattern[str]:
    """Where a mark that never opens a quotation opens one, with the character before it."""
    rules = language.quotes
    before = f"[\\s(\\[–—-]|[{rules['letters_before']}]"
    return re.compile(f"(?:{before})?[{rules['never_opens']}](?=[{language.alphabet}])")


def _strict(found: list[Quote], shapes: set[str], seen: str, language: Language) -> Iterator[Fault]:
    """Faults of marks in a language that has one outer pair and one inner pair."""
    rules, name = language.quotes, language.english_name
    inner_opens = rules["inner"][0]
    usual, inner = " ".join(rules["outer"]), " ".join(rules["inner"])
    outer = set(rules["outer"]) & shapes
    english = [
        q
        for q in found
        if q.mark == "”" or (q.mark == "“" and not outer and inner_opens not in shapes)
    ]
    for quote in english:
        yield Fault(f"{name} quotation marks are {usual}", quote.start, quote.start + 1)
    straight = [quote for quote in found if quote.mark == '"']
    for place, quote in enumerate(straight):
        if outer:
            yield Fault("two styles of quotation marks", quote.start, quote.start + 1)
        elif len(straight) % 2 == 0:
            fix = rules["outer"][place % 2]
            message = f"{usual} are usual in {name}"
            end = quote.start + 1
            yield Fault(message, quote.start, end, severity="info", fix=fix, safe=True)
    yield from _nested(found, rules)
    if inner_opens in shapes and not outer:
        for quote in found:
            message = f"{inner} are for a quotation in a quotation"
            yield Fault(message, quote.start, quote.start + 1)
    for match in _stop_inside(language).finditer(seen) if "stop_outside" in rules else ():
        fix = match[0][1:] + match[0][0]
        message = f"the mark stands after {match[0][1:]}"
        yield Fault(message, *match.span(), fix=fix, safe=True)


@lru_cache
def _stop_inside(language: Language) -> re.Pattern[str]:
    """A full stop or comma before a closing mark, except the stop of an abbreviation."""
    rules = language.quotes
    but = "".join(f"(?<!{before})" for before in rules["stop_outside"])
    return re.compile(rf"[.,]{but}{rules['outer'][1]}")


def _nested(found: list[Quote], rules: Mapping[str, Any]) -> Iterator[Fault]:
    """Marks of a quotation in a quotation that should be the inner ones."""
    (opens, closes), inner = rules["outer"], " ".join(rules["inner"])
    deep = 0
    for quote in found:
        deep += {opens: 1, closes: -1}.get(quote.mark, 0)
        if quote.mark == opens and deep > 1:
            message = f"a quotation in a quotation has marks of its own ({inner})"
            yield Fault(message, quote.start, quote.start + 1)


def _mixed(found: list[Quote], shapes: set[str], styles: list[set[str]]) -> Iterator[Fault]:
    used = [style for style in styles if style & shapes]
    if len(used) < 2:
        return
    # the rarer style is the slip; of two as frequent, the one that the language lists later
    counts = [sum(quote.mark in style for quote in found) for style in used]
    odd = min(range(len(used)), key=lambda place: (counts[place], -place))
    for quote in found:
        if quote.mark in used[odd]:
            yield Fault("two styles of quotation marks", quote.start, quote.start + 1)


_GERSHAYIM = re.compile(r"(?<=[א-ת])\"(?=[א-ת])")


@check("warning", where="quotes.gershayim", target="״")
def gershayim(pair: Pair) -> Iterator[Fault]:
    """Hebrew abbreviations of one unit are written with one sign, ״ or ".

    Why: a search finds only one of them.

    PASS he: the IDF and the USA | צה״ל וארה״ב
    PASS he: the IDF | צה"ל
    FAIL he: the IDF and the USA | צה״ל ⟦וארה"ב⟧
    """
    if "״" not in pair.seen or '"' not in pair.seen:
        return
    if not any(_is_gershayim(pair.seen, m.start()) for m in re.finditer("״", pair.seen)):
        return
    for match in _GERSHAYIM.finditer(pair.seen):
        if _is_gershayim(pair.seen, match.start()):
            start, end = match.span()
            while start > 0 and _HEBREW.match(pair.seen[start - 1]):
                start -= 1
            while end < len(pair.seen) and _HEBREW.match(pair.seen[end]):
                end += 1
            fix = pair.target[start:end].replace('"', "״")
            yield Fault(
                "the sign of abbreviation is ״ elsewhere in it", start, end, fix=fix, safe=True
            )
