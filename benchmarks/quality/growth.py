"""Patterns that make a careless regular expression slow: each is repeated to a size."""

from __future__ import annotations

GROWTH = {
    "brackets that open": "(",
    "brackets that close": ")",
    "square brackets": "[",
    "nested pairs": "(())",
    "links begun": "[a](",
    "images begun": "![",
    "code begun": "`a",
    "emphasis begun": "*a ",
    "strong begun": "**a",
    "underscores": "_a",
    "strikes": "~~a",
    "straight quotes": '"',
    "straight quotes and letters": 'a"a ',
    "curved quotes": "“",
    "guillemets": "«",
    "nested guillemets": "«a» ",
    "gershayim": 'א"א ',
    "apostrophes": "a'",
    "digits": "7",
    "digits and commas": "7,",
    "digits and points": "7.",
    "digits and blanks": "7 ",
    "groups of three": "777 ",
    "ratios": "7:7 ",
    "dates": "7.10.2023 ",
    "telephone numbers": "+7-7-",
    "number words": "twenty two двадцать два iyirmi iki עשרים ושתיים ",
    "months": "May мая may מאי ",
    "days": "Monday понедельник bazar יום שני ",
    "one word": "слово ",
    "one letter": "a ",
    "no blanks": "абв",
    "repeated letters": "ааааааааа ",
    "two scripts": "aа",
    "blanks": "  ",
    "no-break blanks": "\u00a0",
    "full stops": ".",
    "dots and blanks": ". ",
    "dashes": " - ",
    "hyphens": "--",
    "addresses": "http://a.b/c ",
    "mail begun": "a@",
    "tags begun": "<a ",
    "isolates": "\u2066a\u2069",
    "isolates begun": "\u2066",
    "points of vowels": "בָּ",
    "combining marks": "и\u0306",
    "names": "Agdam Агдам Ağdam אגדם ",
    "names joined": "Ab-Cd-",
    "placeholders begun": "{a",
    "percents": "%(a",
    "footnotes": "[^1]",
}


def pair_of(name: str, size: int) -> tuple[str, str]:
    """A source and a target of so many characters, made of one pattern; the target ends otherwise."""
    pattern = GROWTH[name]
    text = (pattern * (size // len(pattern) + 1))[:size]
    return f"A {text} 1.", f"Б {text} 2!"
