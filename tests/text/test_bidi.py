"""Direction: the display vectors, held against an implementation of UAX #9."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidi_oracle import visual
from dragoman.text.bidi import (
    CONTROLS,
    LRI,
    LRM,
    PDI,
    RLI,
    RLM,
    isolated,
    refused_controls,
)
from dragoman.text.phrases import opposite_runs
from growth_rates import assert_grows_evenly

# Capitals stand for Hebrew letters, as in W3C's articles; ’ ” ⁼ for geresh, gershayim, maqaf.
_HEBREW = dict(zip("ABGDHVZXTYKLMNSOPCQRJW", "אבגדהוזחטיכלמנסעפצקרשת", strict=True))
_HEBREW |= {"’": "׳", "”": "״", "⁼": "־"}
_NAMED = {
    "‹LRI›": LRI,
    "‹RLI›": RLI,
    "‹PDI›": PDI,
    "‹LRM›": LRM,
    "‹RLM›": RLM,
    "‹RLO›": "\u202e",
    "‹PDF›": "\u202c",
}

VECTORS = """
B1  | rtl  | ABG (abc)                       | (abc) GBA
B2  | rtl  | TL’ +972-2-123-4567             | 972-2-123-4567+ ’LT
B3  | rtl  | TL’ ‹LRI›+972-2-123-4567‹PDI›   | +972-2-123-4567 ’LT
B4  | rtl  | c++ HYA                         | AYH ++c
B5  | rtl  | ‹LRI›c++‹PDI› HYA               | AYH c++
B6  | rtl  | c++‹LRM› HYA                    | AYH c++
B7  | rtl  | https://a.b/c/ VOVD             | DVOV /https://a.b/c
B8  | rtl  | ‹LRI›https://a.b/c/‹PDI› VOVD   | DVOV https://a.b/c/
B9  | rtl  | AMR: "hello!"                   | "!hello" :RMA
B10 | rtl  | AMR: "‹LRI›hello!‹PDI›"         | "hello!" :RMA
B11 | rtl  | 2020–2023                       | 2023–2020
B12 | rtl  | 2020-2023                       | 2020-2023
B13 | rtl  | 2020⁼2023                       | 2023⁼2020
B14 | rtl  | 5–10 ANJYM                      | MYJNA 10–5
B15 | rtl  | 7.10.2023                       | 7.10.2023
B16 | rtl  | 26/2/1992                       | 26/2/1992
B17 | rtl  | -5 MOLVW                        | WVLOM 5-
B18 | rtl  | ‹LRM›-5 MOLVW                   | WVLOM -5
B19 | rtl  | 50% - 60%                       | 60% - 50%
B20 | rtl  | 100 ₪                           | ₪ 100
B21 | rtl  | (WHYLYM K”G, D’)                | (’D ,G”K MYLYHW)
B22 | rtl  | YJOYHV 6:3–5                    | 5–6:3 VHYOJY
B23 | rtl  | 5 > 3                           | 3 < 5
B24 | rtl  | ‹LRI›5 > 3‹PDI›                 | 5 > 3
B25 | ltr  | he said “JLVM!”                 | he said “MVLJ!”
B26 | ltr  | he said “‹RLI›JLVM!‹PDI›”       | he said “!MVLJ”
B27 | ltr  | the word JLVM (1992) means      | the word (1992) MVLJ means
B28 | ltr  | the word ‹RLI›JLVM‹PDI› (1992) means | the word MVLJ (1992) means
B29 | auto | bbc: YDYOH.                     | bbc: HOYDY.
B30 | auto | ‹RLM›bbc: YDYOH.                | .HOYDY :bbc
B31 | rtl  | bbc: YDYOH.                     | .HOYDY :bbc
B32 | ltr  | he said ‹RLI›JLVM OVLM and left (1992). | he said .and left (1992) MLVO MVLJ
B33 | ltr  | ‹RLO›613 people‹PDF› were       | elpoep 316 were
"""


def _decoded(text: str, typographic: bool) -> str:
    for name, char in _NAMED.items():
        text = text.replace(name, char)
    table = dict(_HEBREW) if not typographic else {k: v for k, v in _HEBREW.items() if k.isalpha()}
    return "".join(table.get(char, char) for char in text)


def _vectors():
    for line in VECTORS.strip().split("\n"):
        name, base, logical, shown = (cell.strip() for cell in line.split("|"))
        typographic = "“" in logical
        yield name, base, _decoded(logical, typographic), _decoded(shown, typographic)


ALL = {name: rest for name, *rest in _vectors()}


@pytest.mark.parametrize("name", ALL)
def test_the_oracle_draws_the_vectors(name):
    """The rows say what a reader gets, with and without help."""
    base, logical, shown = ALL[name]
    assert visual(logical, base) == shown


FIXED = {
    "B2": "B3",
    "B4": "B5",
    "B7": "B8",
    "B9": "B10",
    "B17": "B18",
    "B23": "B24",
    "B25": "B26",
    "B27": "B28",
}


@pytest.mark.parametrize(
    "name", [name for name in ALL if ALL[name][0] != "auto" and CONTROLS.isdisjoint(ALL[name][1])]
)
def test_our_isolates_give_the_right_picture(name):
    """Rows that break without help are drawn as their fixed rows; all others as they were."""
    base, logical, _ = ALL[name]
    shown = ALL[FIXED.get(name, name)][2]
    assert visual(isolated(logical, base == "rtl"), base) == shown


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ראו https://a.b/c/, שם", ["https://a.b/c/"]),
        ("דואר: a.b@c.org.", ["a.b@c.org"]),
        ('הוא אמר "Never again!" והלך', ["Never again!"]),
        ("ארגון AZIZ – Azerbaijan Israel", ["AZIZ – Azerbaijan Israel"]),
        ("ב-26 בפברואר 1992 נהרגו 613 בני אדם", []),
        ("בין -5 ל-10 מעלות", ["-5"]),
        ("בשנים 1988–1994", []),
        ("שפת C++ ושפת C#", ["C++", "C#"]),
        ("מטוס Boeing 737 נחת", ["Boeing 737"]),
        ("ה-BBC דיווחה", ["BBC"]),
        ("מס׳-BBC דיווחה", ["BBC"]),
        ("כפי שהוא נהגה: 34-cü, 1990-cı.", ["34-cü, 1990-cı"]),
        ("הסיומת היא -cı או -cü", ["-cı", "-cü"]),
        ("הריצו עם --force", ["--force"]),
        ("26 fevral 1992", ["26 fevral 1992"]),
        ("“Never again!”", ["“Never again!”"]),
        (" 613 ", []),
    ],
)
def test_what_is_isolated_in_hebrew(text, runs):
    assert [text[a:b] for a, b in opposite_runs(text, rtl=True)] == runs


def test_what_is_isolated_in_a_left_to_right_line():
    text = "the word זכור (1992), then “שלום!” and בני־אדם"
    assert [text[a:b] for a, b in opposite_runs(text, rtl=False)] == ["זכור", "שלום!", "בני־אדם"]
    date = "26 בפברואר 1992"
    assert opposite_runs(date, rtl=False) == [(0, len(date))]


@given(
    st.text(st.sampled_from("אבג abc 12-+.,()“”\"'/:@#!?%–־״׳\u2066\u2069\u200f"), max_size=40),
    st.booleans(),
)
def test_isolating_adds_only_balanced_isolates(text, rtl):
    """Nothing but isolates is added, they are balanced, and digits keep their order."""
    marked = isolated(text, rtl)
    if not CONTROLS.isdisjoint(text):
        assert marked == text
        return
    assert "".join(c for c in marked if c not in CONTROLS) == text
    assert not list(refused_controls(marked, rtl=True))


@pytest.mark.parametrize("piece", ["a", "1", "1a", "1.", "a.", "-1", "a@", "1=", "12-a", "א", "א-"])
def test_long_lines_take_even_time(piece):
    """Long lines that look all along for the end of an address, a number or a formula."""

    def find(size):
        opposite_runs("ב " + piece * (size // len(piece)), rtl=True)
        opposite_runs("b ב " + piece * (size // len(piece)), rtl=False)

    assert_grows_evenly(find, 2_500)


@pytest.mark.parametrize(
    ("text", "rtl", "fine"),
    [
        ("שלום", True, True),
        (f"{LRI}abc{PDI} שלום{RLM}", True, True),
        (f"{RLI}שלום", True, False),
        (f"שלום{PDI}", True, False),
        ("\u202eabc\u202c", True, False),
        ("\u061cשלום", True, False),
        (f"salam{LRM}", False, False),
    ],
)
def test_which_controls_are_let_in(text, rtl, fine):
    assert (not list(refused_controls(text, rtl))) is fine
