"""Vectors: what the checks say of hard pairs in every language, by code and value."""

from __future__ import annotations

import pytest

from dragoman.checks import CHECKS
from dragoman.checks.pair import Pair
from dragoman.formats.spans import inline
from dragoman.glossary import Glossary, Term, Wording

N = "\u00a0"
VALUES = [  # locale, source, target, whether numbers and dates agree
    (
        "he",
        "On February 26, 1992, 613 people were killed.",
        "ב-26 בפברואר 1992 נהרגו 613 בני אדם.",
        True,
    ),
    (
        "az",
        "On February 26, 1992, 613 people were killed.",
        "1992-ci il fevralın 26-da 613 nəfər öldürülüb.",
        True,
    ),
    (
        "ru",
        "On February 26, 1992, 613 people were killed.",
        "26 февраля 1992 года было убито 613 человек.",
        True,
    ),
    (
        "ru",
        "On February 26, 1992, 613 people were killed.",
        "25 февраля 1992 года было убито 613 человек.",
        False,
    ),
    ("az", "On the 34th anniversary", "34-cü ildönümündə", True),
    ("ru", "On the 34th anniversary", "В 34-ю годовщину", True),
    ("he", "On the 34th anniversary", "ביום השנה ה-34", True),
    ("ru", "more than 1,000,000 people", f"более 1{N}000{N}000 человек", True),
    ("az", "more than 1,000,000 people", "1.000.000-dan çox insan", True),
    ("az", "more than 1,000,000 people", "1 milyondan çox insan", True),
    ("he", "more than 1,000,000 people", "יותר ממיליון בני אדם", True),
    ("ru", "more than 1 million", "более 1 млн", True),
    ("az", "1.5 million", "1,5 milyon", True),
    ("he", "1.5 million", "1.5 מיליון", True),
    ("ru", "1.5 million", "1,5 миллиона", True),
    ("ru", "1.5 million", "15 миллионов", False),
    ("ru", "3.5 percent in the 1990s", f"В 1990-е годы на 3,5{N}%", True),
    ("az", "20% of the population", "əhalinin 20 faizi", True),
    ("az", "October 7", "7 oktyabr", True),
    ("he", "October 7", "7 באוקטובר", True),
    ("ru", "October 7", "7 октября", True),
    ("az", "October 7, 2023", "2023-cü il oktyabrın 7-də", True),
    ("az", "from 1988 to 1994", "1988–1994-cü illərdə", True),
    ("ru", "$2.3 billion", "2,3 млрд долларов", True),
    ("az", "1,200 people", "1200 nəfər", True),
    ("ru", "1,200 people", "1200 человек", True),
    ("he", "1,200 people", "1200 בני אדם", True),
    ("az", "from 5 to 7 million", "5 milyondan 7 milyona", True),
    ("az", "twenty people", "20 nəfər", True),
    ("ru", "9/11", "11 сентября", True),
    ("az", "9/11", "11 sentyabr", True),
    ("he", "9/11", "11 בספטמבר", True),
    ("ru", "on 2/26/92", "26.02.1992", True),
    ("he", "verse 3:16", "פסוק 3:16", True),
    ("az", "in the 1980s", "1980-ci illərdə", True),
    ("ru", "in the 1980s", "в 1980-е", True),
    ("he", "in the 1980s", "בשנות ה-80", True),
    ("ru", "at 5 p.m.", "в 17:00", True),
    ("he", "Psalm 23:4", "תהילים כ״ג, ד׳", True),
    ("ru", "two dozen", "две дюжины", True),
    ("he", "He was 4.5 years old", "הוא היה בן 45", False),
    ("az", "ratio 4.5:1", "nisbət 45:1", False),
    ("ru", "On Jan. 20, 1990", "20 января 1991 года", False),
    ("he", "January 20, 1990", "בינואר 1990", False),
    ("ru", "twenty-one years", "двадцать два года", False),
]


@pytest.mark.parametrize(("locale", "source", "target", "agree"), VALUES)
def test_numbers_and_dates_agree_by_value(locale, source, target, agree):
    pair = Pair(source, target, locale, inline=inline)
    found = [f for c in CHECKS if c.code in ("number", "date") for f in c(pair)]
    assert (not found) is agree, found


PAIRS = [  # source, locale, target, codes at warning or above
    ("“We will not forget.”", "he", "”לא נשכח”.", ""),
    ("“We will not forget.”", "ru", "«Мы не забудем».", ""),
    ("“Never again,” she said.", "ru", "— Никогда больше, — сказала она.", ""),
    ("“Never again,” she said.", "az", "“Bir daha heç vaxt”, – deyə o bildirdi.", ""),
    ("He read “Haaretz.”", "he", 'הוא קרא ב"הארץ".', ""),
    ("The IDF spokesman", "he", 'דובר צה"ל', ""),
    ("the “Xalq qəzeti” issue", "az", "“Xalq qəzeti”nin sayı", ""),
    ("He said hello.", "he", ".הוא אמר שלום", "terminator visual-order"),
    ("(1992)", "he", ")1992(", "brackets visual-order"),
    ("The U.S. economy grew.", "ru", "Экономика США выросла.", ""),
    ("More than 1,000,000 people", "ru", f"Более 1{N}000{N}000 человек", ""),
    ("Azerbaijan", "ru", "Aзербайджан", "homoglyph"),
    ("Aliyev", "az", "Әliyev", "homoglyph"),
    ("Aliyev", "az", "ǝliyev", "homoglyph"),
    ("INDEPENDENCE", "az", "ISTIQLAL", "dotted-i"),
    ("He thanked Israel. He left.", "ru", "Он поблагодарил Израиль.", "sentences"),
    ("Baku", "az", "Baku", ""),
    ("Baku lies on the sea.", "az", "Baku lies on the sea.", "same-as-source"),
    ("Khojaly", "az", "Хocalı", "homoglyph"),
    ("text", "he", "שלום\u202eabc\u202c", "controls script"),
    ("text", "he", "\u2067שלום", "controls"),
    ("What happened?", "ru", "Что случилось?..", ""),
    ("He was silent…", "ru", "Он молчал…", ""),
    ("He was silent…", "ru", "Он молчал….", "dots"),
    ("Psalm 23:4", "he", "תהילים כ״ג, ד׳", ""),
    ("in the 1980s", "he", "בשנות ה-80", ""),
    ("September 11 / 9/11", "ru", "11 сентября", ""),
    ("the BBC", "he", "ה-BBC", ""),
    ("the BBC", "he", "ה־BBC", ""),
    ("the BBC", "he", "הBBC", "homoglyph"),
    ("year 2000", "az", "2000-ci il", ""),
    ("year 2000", "az", "2000-cu il", "ordinal"),
    ("34th", "az", "34-cü", ""),
    ("34th", "az", "34-cı", "ordinal"),
    ("34th anniversary", "ru", "34-ая годовщина", "ordinal"),
    ("shalom", "he", "שלומ", "final-letter"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "locale", "target", "codes"), PAIRS)
def test_pairs(source, locale, target, codes):
    pair = Pair(source, target, locale, inline=inline)
    found = {c.code for c in CHECKS for f in c(pair) if (f.severity or c.severity) != "info"}
    allowed = {"visual-order"} if codes else set()
    assert found - allowed == set(codes.split()) - allowed


def test_a_name_without_its_geresh_is_not_the_term():
    """V15: אזרבייגן for אזרבייג׳ן, unless the glossary lists it."""
    wording = Wording("אזרבייג׳ן")
    for allowed, codes in (((), {"term"}), (("אזרבייגן",), set())):
        glossary = Glossary((Term("Azerbaijan", {"he": wording._replace(allowed=allowed)}),))
        pair = Pair("Azerbaijan", "אזרבייגן", "he", inline=inline, glossary=glossary)
        assert {c.code for c in CHECKS for _ in c(pair)} == codes
