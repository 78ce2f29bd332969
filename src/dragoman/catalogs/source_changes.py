"""Classifies changes of an English sentence, from white space to a new meaning.

A translation stays right if only white space or quotation marks change. It does not if a `not` or
another number appears, however similar the sentences look; so these are classified apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dragoman.model import maker


class ChangeKind(StrEnum):
    """Kinds of changes, from the slightest to the most serious."""

    WHITE_SPACE = "white space"
    TYPOGRAPHY = "typography"
    """Another form of quotation marks, apostrophes, dashes or ellipses."""
    PUNCTUATION = "punctuation"
    CASE = "case"
    SPELLING = "spelling"
    """One or two letters inside a longer word."""
    MARKUP = "markup"
    """Emphasis, code, or the URL of a link."""
    NAME = "name"
    NUMBER = "number"
    """Numbers, number words, months and days of the week."""
    NEGATION = "negation"
    REWRITE = "rewrite"


class SentenceChange(NamedTuple):
    """The changes between two sentences."""

    kinds: tuple[ChangeKind, ...]
    """Every kind that occurs, the slightest first."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Former and new number; one is empty if a number was added or removed."""
    negations: tuple[str, ...] = ()
    """Added (`+not`) and removed (`-not`) negations."""


_MARKUP = r"https?://[^\s)>\]]+|\]\([^)\s]*\)|`[^`]*`|\[\^[^\]]*\]|\*+|~~"
_NUMBER = r"(?:(?<![\w)\]])-)?\d+(?:[.,:/\u00a0\u202f]\d+)*(?:st|nd|rd|th|s)?\b"
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_TOKEN = re.compile(rf"(?P<markup>{_MARKUP})|(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>\S)")

_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "...", "\u00ad": "", "\u2060": "", "\ufeff": ""}
)  # fmt: skip
_DASH = re.compile(r"\s*(?:(?<=\s)-{1,3}(?=\s)|--+|[—―])\s*|(?<=\s)[–−](?=\s)")
_DASHES = frozenset("-–—―−")
_RANGE = re.compile(r"(?<=\d)\s*[–—−-]\s*(?=\d)")

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "neither",
        "nor",
        "cannot",
        "without",
        "hardly",
        "scarcely",
        "barely",
        "unless",
        "except",
        "fail",
        "fails",
        "failed",
        "refuse",
        "refuses",
        "refused",
        "deny",
        "denies",
        "denied",
        "lack",
        "lacks",
        "lacked",
    ]
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_NUMBER_WORDS = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "billion",
        "billions",
        "trillion",
        "trillions",
        "dozen",
        "dozens",
        "half",
        "quarter",
        "third",
        "thirds",
        "first",
        "second",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "once",
        "twice",
        "thrice",
        "double",
        "triple",
    ]
)
_DATE_WORDS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]
)
_INFLECTION = re.compile(r"(?:'?s|e?d|ing|er|est|ly|r|y)?\Z")


class _Token(NamedTuple):
    kind: str
    text: str
    first: bool
    """Whether it is the first word of a sentence, which always has a capital."""


_token = maker(_Token)


@lru_cache(maxsize=64)  # an update classifies each change twice
def classify(old: str, new: str) -> SentenceChange:
    """Classify the changes from one English sentence to another.

    >>> [str(kind) for kind in classify('He said "yes" - twice.', "He said “yes” — twice.").kinds]
    ['typography']
    >>> classify("You must go.", "You must not go.").negations
    ('+not',)
    >>> classify("It was 12 km.", "It was 13 km.").numbers
    (('12', '13'),)
    """
    if old == new:
        return SentenceChange(())
    if (light := _light(old, new)) is not None:
        return SentenceChange(light)
    kinds = set() if _markup(old) == _markup(new) else {ChangeKind.MARKUP}
    return _Comparison(_tokens(old), _tokens(new), kinds).change()


def _markup(text: str) -> list[str]:
    return re.findall(_MARKUP, text)


def _light(old: str, new: str) -> tuple[ChangeKind, ...] | None:
    """White space and typography if nothing else changed, else None."""
    if _pieces(old) != _pieces(new) or _markup(old) != _markup(new):
        return None
    old_words, new_words = old.split(), new.split()
    if "".join(old_words) == "".join(new_words):
        return (ChangeKind.WHITE_SPACE,)
    return (
        (ChangeKind.TYPOGRAPHY,)
        if len(old_words) == len(new_words)
        else (ChangeKind.WHITE_SPACE, ChangeKind.TYPOGRAPHY)
    )


def _pieces(text: str) -> list[str]:
    """Words and punctuation, normalized as by `_typed`, without white space."""
    return re.findall(r"\w+|[^\w\s]", _typed(text))


def _typed(text: str) -> str:
    """A text normalized to ASCII punctuation, with blanks around dashes."""
    text = " ".join(text.split())
    if not _DASHES.isdisjoint(text):
        text = _DASH.sub(" -- ", _RANGE.sub("-", text))
    return " ".join(text.translate(_TYPOGRAPHIC).replace("''", '"').split())


def _tokens(text: str) -> list[_Token]:
    tokens = []
    first = True
    for match in _TOKEN.finditer(_typed(text)):
        kind = match.lastgroup or "mark"
        text_ = match[0]
        if kind == "word" and _is_number(text_):
            kind = "number"
        tokens.append(_token((kind, text_, first)))
        if kind in ("word", "number"):
            first = False
        elif text_ in (".", "!", "?", ":"):
            first = True
    return tokens


def _is_number(word: str) -> bool:
    return word.lower() in _NUMBER_WORDS or word in _DATE_WORDS


class _Comparison:
    """Compares two lists of tokens."""

    def __init__(
        self, old: Sequence[_Token], new: Sequence[_Token], kinds: set[ChangeKind]
    ) -> None:
        self._old, self._new = old, new
        self._kinds = kinds
        self._numbers: list[tuple[str, str]] = []
        self._negations: list[str] = []

    def change(self) -> SentenceChange:
        from dragoman.catalogs.similarity import equal_runs  # slow to load, seldom needed

        a = c = 0
        for b, d, size in equal_runs([t.text for t in self._old], [t.text for t in self._new]):
            if a < b or c < d:
                self._compare(self._old[a:b], self._new[c:d])
            a, c = b + size, d + size
        if not self._kinds:
            self._kinds.add(ChangeKind.PUNCTUATION)
        return SentenceChange(
            tuple(kind for kind in ChangeKind if kind in self._kinds),
            tuple(self._numbers),
            tuple(self._negations),
        )

    def _compare(self, old: Sequence[_Token], new: Sequence[_Token]) -> None:
        if _of(old, "mark") != _of(new, "mark"):
            self._kinds.add(ChangeKind.PUNCTUATION)
        self._compare_numbers(_of(old, "number"), _of(new, "number"))
        self._compare_negations(old, new)
        self._compare_words(
            [token for token in old if token.kind == "word"],
            [token for token in new if token.kind == "word"],
        )

    def _compare_numbers(self, old: list[str], new: list[str]) -> None:
        if [n.lower() for n in old] == [n.lower() for n in new]:
            if old != new:
                self._kinds.add(ChangeKind.CASE)
            return
        self._kinds.add(ChangeKind.NUMBER)
        size = max(len(old), len(new))
        padded = (old + [""] * (size - len(old)), new + [""] * (size - len(new)))
        self._numbers += [(a, b) for a, b in zip(*padded, strict=True) if a != b]

    def _compare_negations(self, old: Sequence[_Token], new: Sequence[_Token]) -> None:
        gone, come = list(_negations(old)), list(_negations(new))
        for word in list(come):
            if word in gone:
                gone.remove(word)
                come.remove(word)
        self._negations += [f"-{word}" for word in gone] + [f"+{word}" for word in come]
        if gone or come:
            self._kinds.add(ChangeKind.NEGATION)

    def _compare_words(self, old: list[_Token], new: list[_Token]) -> None:
        if len(old) != len(new):
            if any(not _negates(t.text) for t in (*old, *new)):
                self._kinds.add(ChangeKind.REWRITE)
            return
        for one, other in zip(old, new, strict=True):
            self._compare_word(one, other)

    def _compare_word(self, one: _Token, other: _Token) -> None:
        a, b = one.text, other.text
        if a == b:
            return
        if a.casefold() == b.casefold():
            self._kinds.add(ChangeKind.CASE)
        elif _opposite(a.lower(), b.lower()):
            self._kinds.add(ChangeKind.NEGATION)
            self._negations += [f"-{a}", f"+{b}"]
        elif _is_name(one) and _is_name(other):
            self._kinds.add(ChangeKind.NAME)
        elif _misspelled(a.lower(), b.lower()):
            self._kinds.add(ChangeKind.SPELLING)
        elif not (_negates(a) or _negates(b)) or _bare(a) != _bare(b):
            self._kinds.add(ChangeKind.REWRITE)


def _of(tokens: Sequence[_Token], kind: str) -> list[str]:
    return [token.text for token in tokens if token.kind == kind]


def _negates(word: str) -> bool:
    return word.lower() in _NEGATIONS or word.lower().endswith("n't")


def _negations(tokens: Sequence[_Token]) -> Iterator[str]:
    for token in tokens:
        if token.kind == "word" and _negates(token.text):
            yield "not" if token.text.lower().endswith("n't") else token.text.lower()


_CONTRACTED = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall"}


def _bare(word: str) -> str:
    """The verb in a negated form such as `can't`; empty for a word that only negates."""
    word = word.lower()
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    return word.removesuffix("n't") if word.endswith("n't") else "" if _negates(word) else word


def _opposite(one: str, other: str) -> bool:
    """Whether one word is the other with a negative prefix."""
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in _PREFIXES)


def _is_name(token: _Token) -> bool:
    return token.text[:1].isupper() and not token.first


def _misspelled(one: str, other: str) -> bool:
    """Whether two words differ like a typo: not in their ending, and not if short."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    a, b = one[start : len(one) - end], other[start : len(other) - end]
    if end == 0 and _INFLECTION.match(a) and _INFLECTION.match(b):
        return False
    if len(a) == len(b) == 2:
        return a == b[::-1]
    return len(a) <= 1 and len(b) <= 1 and (max(len(one), len(other)) > 4 or end > 0)


def _shared(one: str, other: str) -> int:
    """The length of the common beginning of two strings."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


# --- notes ----------------------------------------------------------------------------------


def note(old: str, new: str, target: str) -> str:
    """A comment for translators on a change; empty if there is none.

    Args:
        old: the source that the translation was made for.
        new: the present source.
        target: the translation.

    >>> note("It was 12 km.", "It was 13 km.", "Это 12 км.")
    'Changed (number): 12 → 13; the translation still says 12'
    """
    change = classify(old, new)
    if not change.kinds:
        return ""
    details = [f"{a or '—'} → {b or '—'}" for a, b in change.numbers]
    if change.negations:
        details.append("negation: " + " ".join(change.negations))
    remaining = [a for a, b in change.numbers if a and a != b and _has_number(a, target)]
    if remaining:
        details.append(f"the translation still says {', '.join(dict.fromkeys(remaining))}")
    kinds = ", ".join(str(kind) for kind in change.kinds)
    return f"Changed ({kinds})" + (f": {'; '.join(details)}" if details else "")


def _has_number(number: str, target: str) -> bool:
    """Whether a target has a number in digits, with any separator between groups."""
    digits = re.sub(r"(?:st|nd|rd|th|s)\Z", "", number)
    if not digits[:1].isdigit():
        return False
    spelled = r"[.,:/\s\u00a0\u202f]?".join(map(re.escape, re.split(r"[.,:/\u00a0\u202f]", digits)))
    return re.search(rf"(?<!\d){spelled}(?!\d)", target) is not None
