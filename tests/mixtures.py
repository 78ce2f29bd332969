"""Nasty mixtures of directions, and where a careful typesetter would isolate.

Curly braces stand around what runs from left to right inside Hebrew, square ones with a tilde,
`[~` and `~]`, around what runs from right to left inside another language; code isolates itself.
"""

from __future__ import annotations

from dragoman.catalogs.catalog import Catalog
from dragoman.formats import ReadOptions, markdown
from dragoman.model import Parallel, Span
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from dragoman.text.bidi import LRI, PDI, RLI

HEBREW = """
{AZIZ} פתחה סניף בבאקו.
{BBC} דיווחה: ”הכול התחיל מוקדם.”
{Ходжалы} היא חוג׳אלי.
הספר **{The Long Road} מאת לילה נור** יצא לאור.
הוא כתב {a *very* long} מכתב.
הספר {Long **Road} הביתה** אזל, **וכך {The** Way} וגם *{Back} הנה*.
ראו [{NBC/CBS}](https://example.org/a/b/) וגם {https://example.org/a/b/}.
[{https://example.org/?a=1&b=2}](https://example.org/?a=1&b=2) הוא האתר.
בשנים 1988–1994, בעמודים 5–10, בין 20% ל-30%.
ישעיהו ו:3–5, תהילים כ״ג, ד׳.
טל׳ {+972-2-123-4567}, שלוחה 5.
הוא אמר: ”קראתי את ’{Never Again!}’ פעמיים.”
האם שמעתם על ”{Who are you?}”
הריצו `dragoman build --drafts` ואז `make`.
הטמפרטורה הייתה {-5} מעלות; {5 > 3}.
כתבו אל {info@example.org}!
הארגון (ראשי תיבות: {AZIZ}) פועל מאז 2007.
ב-7.10.2023 בשעה 6:30, 50% מהתושבים.
שפת {C++} ושפת {C#} נפוצות.
סעיף (א) בחוק מס׳ 12/1992 (תיקון), ס״ק 3.
הערים ”{Baku” (1992), ”Tel Aviv}” (1948).
הוא קרא את ”{The Good, the Bad and the Ugly}”, מאת {J. K. Rowling}.
ב־{Washington, **D.C.** (USA)} היא גרה.
"""
LATIN = """
He said “[~שלום!~]” and left (1992).
The word [~שלום~] (1992) means peace.
“[~זכור~]”, 26 February.
*[~יום הזיכרון~]* – 25 people came.
The organization [~עזיז~], founded in 2007, is in [~תל אביב~].
Its motto is “[~לא עוד!~]”: never again.
"""
POINTED = "The verse “[~בְּרֵאשִׁית בָּרָא אֱלֹהִים~]” opens the book."
NESTED = """
- רשימה עם {HTML}.
  1. {C++} היא הראשונה.
     - `x = -1` (קוד).
  2. השנייה: 5–10.

> {BBC} אמרה זאת.

| עמודה | {Column} |
|---|---|
| -5 | {C#} (ב׳) |
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


def bare(marked: str) -> str:
    """A line as an author writes it."""
    for mark in ("{", "}", "[~", "~]"):
        marked = marked.replace(mark, "")
    return marked


def logical(marked: str) -> str:
    """What the line says, with the controls that stand for isolates."""
    spans = markdown.read("x\n", ReadOptions()).inline(marked.replace("[~", "⟦").replace("~]", "⟧"))
    controls = {"{": LRI, "}": PDI, "⟦": RLI, "⟧": PDI}
    return _said(spans).translate({ord(mark): control for mark, control in controls.items()})


def _said(spans: tuple[Span, ...]) -> str:
    return "".join(
        f"{LRI}{span.text}{PDI}" if span.name == "code" else span.text or _said(span.children)
        for span in spans
    )


def parallel() -> Parallel:
    """All of it as a text: Hebrew beside English, English with Hebrew inside, and what is nested."""
    pairs = {f"Line number {_word(n)}.": bare(line) for n, line in enumerate(lines(HEBREW))}
    source = "\n\n".join([*pairs, *map(bare, [*lines(LATIN), POINTED])])
    catalog = Catalog("he", PoFile([Entry(said, target) for said, target in pairs.items()]))
    return align(markdown.read(source + "\n", ReadOptions()), "mixtures", "en", [catalog])


def nested() -> Parallel:
    """Lists, quotations and tables of a Hebrew text."""
    return align(markdown.read(bare(NESTED), ReadOptions()), "nested", "he", [])


def _word(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number] * 3
