"""Quotation marks: balanced, of the language's style, and told from gershayim and apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.checks.masking import MARK
from dragoman.checks.pair import Fault, Pair, check

_MARKS = re.compile(r"[\"“”„«»״‟]")
_HEBREW = re.compile(r"[א-ת\u05b0-\u05c7]")
_PREFIX = re.compile(r"(?<![א-ת])[ובכלמהש]{1,4}\Z")
_SPEECH = re.compile(rf"[\s{MARK}]*[–—-]\s")
_SINGLE = re.compile(r"(?<!\w)['‘’׳](?=\S)[^'‘’׳]{1,200}['‘’׳](?!\w)")
_INCHES = re.compile(r"\d\Z")


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
    odd = lang == "en" and text.count('"') % 2
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in '"״”“' and _is_gershayim(text, at):
            continue
        if odd and mark == '"' and _INCHES.search(text, max(0, at - 1), at):
            continue
        found.append(Quote(mark, at, _side(text, at, mark, lang)))
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


def _side(text: str, at: int, mark: str, lang: str) -> str:
    if mark == "«":
        return "open"
    if mark == "»":
        return "close"
    if mark in "„‟":
        return "open"
    if mark == "“":
        return "either" if lang in ("ru", "he") else "open"
    if mark == "”" and lang != "he":
        return "close"
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = before.isspace() or before in "([–—-־" + MARK
    closes = after.isspace() or after in ".,;:!?)]–—-…" + MARK
    if opens != closes:
        return "open" if opens else "close"
    return "either"


@check("error", on=r"[\"“”„«»״‟]")
def quotation(pair: Pair) -> Iterator[Fault]:
    """Quotation marks are balanced as in the source, and a quotation stays one.

    Why: an odd mark turns the rest of a page into a quotation. A quotation may go on in the next
    unit, as in the source; Russian and Azerbaijani may write speech with a dash.

    PASS ru: “We will not forget.” | «Мы не забудем».
    PASS ru: “Never again,” she said. | — Никогда больше, — сказала она.
    PASS he: He read “Haaretz.” | הוא קרא ב"הארץ".
    PASS az: the “Xalq qəzeti” issue | “Xalq qəzeti”nin sayı
    FAIL ru: “We will not forget.” | ⟦«⟧Мы не забудем.
    FAIL he: “We will not forget.” | ⟦"⟧לא נשכח.
    FAIL az: “We will not forget,” he said. | Unutmayacağıq, o dedi.
    """
    source, target = pair.seen_source, pair.seen
    if _MARKS.search(source) is None and _MARKS.search(target) is None:
        return
    asked, given = quotes(source, "en"), quotes(target, pair.lang)
    if not given and not asked:
        return
    if not given:
        speech = _SPEECH.match(target) or "— " in target or "– " in target
        if not speech and not _SINGLE.search(target):
            at = asked[0].start
            yield Fault("the quotation marks are missing", 0, 0, at, asked[-1].start + 1, "warning")
        return
    open_source = len(asked) % 2
    if len(given) % 2 != open_source:
        at = _odd_one(given)
        yield Fault("a quotation mark without its partner", at, at + 1)
    elif not open_source:
        for at in _crossed(given):
            yield Fault("a quotation mark without its partner", at, at + 1)


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
    """Marks that close nothing or are never closed, where every mark tells its side."""
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


_OPENS = re.compile(r"(?:[\s(\[–—-]|[ובכלמהש])?“(?=[א-ת])")
_STOP_INSIDE = re.compile(r"[.,](?<![.\s].)(?<!т\. д.)(?<!\bг.)(?<!\bгг.)»")


@check("warning", only="az he ru", target=r"[\"“”„«»״‟'‘’]")
def quote_style(pair: Pair) -> Iterator[Fault]:
    """Quotation marks are of one style, the target language's, and marks around them in its order.

    Why: « » in ru with „ “ inside, “ ” in az, " or ” in he; two styles in a sentence are a slip.
    A Russian full stop or comma stands outside.

    PASS ru: “Never,” he said. | «Никогда», — сказал он.
    PASS az: “Never,” he said. | “Heç vaxt”, – o dedi.
    FAIL ru: “Never,” he said. | ⟦“⟧Никогда⟦”⟧, — сказал он.
    FAIL ru: “Never.” | «Никогда⟦.»⟧
    FAIL he: “Never,” he said. | ⟦“⟧לעולם לא”, אמר.
    FAIL he: “Never” and “No” | ⟦"⟧לעולם לא⟦"⟧ ו⟦“⟧לא⟦”⟧
    FAIL az: “Never,” he said. | ⟦„⟧Heç vaxt⟦”⟧, – o dedi.
    """
    seen = pair.seen
    if _MARKS.search(seen) is None:
        single = (
            _SINGLE.search(seen) if pair.lang != "he" and _MARKS.search(pair.seen_source) else None
        )
        if single is not None and _SINGLE.search(pair.seen_source) is None:
            yield Fault("‘ ’ stand for a quotation in a quotation", *single.span())
        return
    found = quotes(seen, pair.lang)
    shapes = {quote.mark for quote in found}
    if pair.lang == "ru":
        yield from _russian(found, shapes, seen)
    elif pair.lang == "he":
        yield from _mixed(found, shapes, ({'"'}, {"”", "“", "„"}, {"״"}, {"«", "»"}))
        for quote in found:
            if quote.mark in "«»" and quote.mark not in pair.source:
                message = "« » are no Hebrew quotation marks"
                yield Fault(message, quote.start, quote.start + 1)
            if quote.mark == "“" and _OPENS.match(seen, quote.start - 1 if quote.start else 0):
                message = '“ does not open a Hebrew quotation (” or „ or " does)'
                yield Fault(message, quote.start, quote.start + 1)
    elif pair.lang == "az":
        yield from _mixed(found, shapes, ({'"'}, {"“", "”"}, {"«", "»"}, {"„"}))
        yield from _nested(found, "“", "”", "‘ ’")


def _russian(found: list[Quote], shapes: set[str], seen: str) -> Iterator[Fault]:
    outer = {"«", "»"} & shapes
    english = [
        q for q in found if q.mark == "”" or (q.mark == "“" and not outer and "„" not in shapes)
    ]
    for quote in english:
        yield Fault("Russian quotation marks are « »", quote.start, quote.start + 1)
    straight = [quote for quote in found if quote.mark == '"']
    for place, quote in enumerate(straight):
        if outer:
            yield Fault("two styles of quotation marks", quote.start, quote.start + 1)
        elif len(straight) % 2 == 0:
            fix = "«»"[place % 2]
            message = "« » are usual in Russian"
            end = quote.start + 1
            yield Fault(message, quote.start, end, severity="info", fix=fix, safe=True)
    yield from _nested(found, "«", "»", "„ “")
    if "„" in shapes and not outer:
        for quote in found:
            message = "„ “ are for a quotation in a quotation"
            yield Fault(message, quote.start, quote.start + 1)
    for match in _STOP_INSIDE.finditer(seen):
        fix = "»" + match[0][0]
        yield Fault("the mark stands after »", *match.span(), fix=fix, safe=True)


def _nested(found: list[Quote], opens: str, closes: str, inner: str) -> Iterator[Fault]:
    deep = 0
    for quote in found:
        deep += {opens: 1, closes: -1}.get(quote.mark, 0)
        if quote.mark == opens and deep > 1:
            message = f"a quotation in a quotation has marks of its own ({inner})"
            yield Fault(message, quote.start, quote.start + 1)


def _mixed(found: list[Quote], shapes: set[str], styles: tuple[set[str], ...]) -> Iterator[Fault]:
    used = [style for style in styles if style & shapes]
    if len(used) < 2:
        return
    for quote in found:
        yield Fault("two styles of quotation marks", quote.start, quote.start + 1)


_GERSHAYIM = re.compile(r"(?<=[א-ת])\"(?=[א-ת])")


@check("warning", only="he", target="״")
def gershayim(pair: Pair) -> Iterator[Fault]:
    """Hebrew abbreviations of one unit are written with one sign, ״ or ".

    Why: a search finds only one of them.

    PASS he: the IDF and the USA | צה״ל וארה״ב
    PASS he: the IDF | צה"ל
    FAIL he: the IDF and the USA | צה״ל ⟦וארה"ב⟧
    """
    if pair.lang != "he" or "״" not in pair.seen or '"' not in pair.seen:
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
