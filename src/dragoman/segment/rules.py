"""The sentence engine: every mark that could end a sentence is looked at once.

A *candidate* is a terminator (`.`, `!`, `?`, `…`), what closes after it (quotes, brackets,
note marks, Markdown delimiters) and white space. Everything asked of a candidate looks at a
bounded window around it, so the time is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from importlib.resources import files

HIDDEN = "\ufffc"
"""Stands for markup that a reader does not see; neither opens nor closes a sentence."""
OPAQUE = "ℵ"
"""Stands for a character of code or of an address: a letter without case."""

_CLOSERS = "\"'”’»“‘״׳)\\]}*_~" + HIDDEN
_OPENERS = "\"'“”„«‘’‚(\\[{*_~—–¿¡•\\-" + HIDDEN

_CANDIDATE = re.compile(
    # A pattern that begins with a set is searched for at C speed; a run of marks is tried once.
    r"([.!?…‥׃](?<![.!?…‥׃]{2})[.!?…‥׃]*+(?:(?:[ \u00a0]\.){2,4})?)"
    # What closes is taken whole or not at all: a look-ahead and its repetition are atomic, and
    # unlike possessive groups they work in the first releases of Python 3.11.
    rf"(?=((?:[{_CLOSERS}]|\[\^?[\w-]{{1,12}}\])*"
    r"(?:[ \u00a0][\"”»](?=\s|\Z))?"  # a closing mark typed apart
    r"(?:[ \u00a0]?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])*))\2"  # numbers of notes stay left
    r"\s+(?=\S)"
)
_LEAD = re.compile(rf"[{_OPENERS}\s…]{{0,12}}")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLC]+(?![a-z])")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_TOKEN_LEAD = "\"'“”„«»‘’‚([{*_~—–-" + HIDDEN
_QUOTES = frozenset("\"'”’»“‘״׳")
_OPENING_QUOTES = frozenset("\"'“„«‘")
_WINDOW = 48
"""Characters looked at on either side of a candidate: the longest abbreviation phrase fits."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one language says about its full stops; every list is of words as they are written."""

    cased: bool = True
    """Whether sentences begin with a capital in this language's script."""
    never_ends: frozenset[str] = frozenset()
    """Abbreviations always followed by more: `Dr.`, `e.g.`, `ул.`"""
    before_number: frozenset[str] = frozenset()
    """Abbreviations that go on only when a number follows: `Oct. 7`, `p. 12`, `рис. 3`."""
    may_end: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only before a starter or an opening quotation."""
    after_comma: frozenset[str] = frozenset()
    """Places that end a sentence before any capital where a comma stands before: `Chester, Pa.`"""
    after_number: frozenset[str] = frozenset()
    """Units: after a number they end a sentence unless capitals of up to four letters follow."""
    year: frozenset[str] = frozenset()
    """Words for year and century that end a sentence only after a number: `1992 г.`"""
    phrases_end: frozenset[str] = frozenset()
    """Abbreviations of several words that end a sentence where a capital follows: `и т. д.`"""
    phrases_never: frozenset[str] = frozenset()
    """Abbreviations of several words that never do: `т. е.`"""
    initials: frozenset[str] = frozenset()
    """Initials of more than one letter: `Дж.`, `Yu.`"""
    weekdays: frozenset[str] = frozenset()
    """Words after which a single letter is a name of its own and may end a sentence."""
    starters: frozenset[str] = frozenset()
    """Words that begin sentences and are capitalised for no other reason."""
    reporting: frozenset[str] = frozenset()
    """Verbs after a quotation ending in `?` or `!` that go on with the sentence."""

    def extended(self, additions: Mapping[str, Sequence[str]]) -> Rules:
        """These rules with more words; keys are the names of the lists."""
        more = {
            name: getattr(self, name) | _words(name, words) for name, words in additions.items()
        }
        return replace(self, **more)


LISTS = tuple(f.name for f in fields(Rules) if f.name != "cased")
_AS_WRITTEN = ("phrases_end", "phrases_never", "initials", "weekdays", "reporting")


def _words(name: str, words: Sequence[str]) -> frozenset[str]:
    """Words without their last point; abbreviations in small letters also match capitalised."""
    if name == "starters":
        return frozenset(words)
    bare = {" ".join(w.removesuffix(".").split()) for w in words}
    if name not in _AS_WRITTEN:
        bare |= {w[0].upper() + w[1:] for w in bare if w[:1].islower()}
    return frozenset(bare)


def load(language: str) -> Rules:
    """The rules of a language (BCP 47 tag; its first subtag counts).

    A language without rules of its own gets the general ones: initials, case and quotes.
    """
    name = language.replace("_", "-").split("-", 1)[0].lower()
    resource = files("dragoman.segment").joinpath(f"{name}.toml")
    if not resource.is_file():
        return Rules()
    data = tomllib.loads(resource.read_text("utf-8"))
    lists = {key: _words(key, words) for key, words in data.items() if key != "cased"}
    return Rules(cased=data.get("cased", True), **lists)


class RuleSegmenter:
    """Cuts text into sentences by one language's `Rules`."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._reporting = _reporting_pattern(rules)
        self._phrase_ends = {p.rsplit(" ", 1)[-1] for p in rules.phrases_end | rules.phrases_never}
        self._special = frozenset().union(
            rules.never_ends,
            rules.before_number,
            rules.may_end,
            rules.after_comma,
            rules.after_number,
            rules.year,
            rules.initials,
            self._phrase_ends,
        )

    def spans(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
        """Start and end of each sentence, without the white space around it.

        Args:
            text: a paragraph; line ends count as white space.
            protected: stretches (start, end) inside which nothing ends, in order.

        >>> RuleSegmenter(Rules()).spans(" One. Two! ")
        [(1, 5), (6, 10)]
        """
        start = len(text) - len(text.lstrip())
        end = len(text.rstrip())
        if start >= end:
            return []
        inside = Inside(protected) if protected else None
        special = self._special
        spans = []
        for match in _CANDIDATE.finditer(text, start, end):
            _, (mark, stop), (_, closed) = match.regs
            following = match.end()
            if following >= end or (inside is not None and inside(following)):
                continue
            if (
                stop - mark == 1
                and closed == stop
                and text[mark] == "."
                and text[following].isupper()
            ):
                # A full stop after a word that is no abbreviation: nearly every candidate.
                word = text[max(start, mark - 24) : mark].rpartition(" ")[2]
                plain = len(word) > 1 and word.isalpha() and word not in special
            else:
                plain = False
            if plain or self._ends(text, match, start):
                spans.append((start, closed))
                start = following
        spans.append((start, end))
        return spans

    def _ends(self, text: str, match: re.Match[str], head: int) -> bool:
        """Whether the candidate ends the sentence that began at `head`."""
        lead = _LEAD.match(text, match.end())
        assert lead
        begin = lead.end()
        first = text[begin : begin + 1]
        cased = self.rules.cased
        if not first or (cased and first.islower()):
            return False
        mark = match[1]
        if not cased and mark != "." and ")" in match[2]:
            return False
        if "!" in mark or "?" in mark:
            return not self._reports(text, match, begin)
        if mark == ".." and not match[2]:
            return True
        if mark.count(".") == 3 and " " in mark:
            return False
        if len(mark) > 1 or mark == "…":
            return first.isupper() if cased else not text[match.start() - 1].isspace()
        if mark == "׃":
            return True
        return self._full_stop(text, match, head, begin)

    def _reports(self, text: str, match: re.Match[str], begin: int) -> bool:
        """Whether `“…?” asked Name` or `“…!” Name said` goes on."""
        if self._reporting is None or _QUOTES.isdisjoint(match[2]):
            return False
        return self._reporting.match(text, begin, begin + _WINDOW) is not None

    def _full_stop(self, text: str, match: re.Match[str], head: int, begin: int) -> bool:
        rules = self.rules
        stop = match.start()
        token = _token(text, stop)
        closers = match[2]
        if closers and not _QUOTES.isdisjoint(closers) and ")" not in closers:
            return True
        if len(token) == 1 or token in rules.initials:
            return self._single_letter(text, token, stop, head, begin)
        if token in self._phrase_ends and (decided := self._phrase(text, stop, head)) is not None:
            return decided
        if token.isdecimal():
            return stop - len(token) > head + 1
        if token in rules.never_ends or token.rpartition("-")[2] in rules.never_ends:
            return False
        if token in rules.year:
            return self._after_year(text, token, stop, head)
        if token in rules.before_number:
            return not (text[begin].isdecimal() or _ROMAN.match(text, begin))
        if token in rules.after_number:
            return not _is_acronym(text, begin)
        if token in rules.after_comma and text[stop - len(token) - 2 : stop - len(token)] == ", ":
            return True
        if token in rules.may_end or ("." in token and _DOTTED.fullmatch(token)):
            return self._starts(text, match.end(), begin)
        return True

    def _single_letter(self, text: str, letter: str, stop: int, head: int, begin: int) -> bool:
        """Initials go on; `Plan B. The next` and `в 5 м. Он` end."""
        rules = self.rules
        if letter.isdecimal():
            return stop - 1 > head + 1
        if not letter.isalpha():
            return True
        before = text[max(head, stop - _WINDOW) : stop - len(letter)].rstrip()
        previous = before.rsplit(None, 1)[-1].strip(_TOKEN_LEAD) if before else ""
        if letter in self._phrase_ends and (decided := self._phrase(text, stop, head)) is not None:
            return decided
        if letter in rules.year:
            return self._after_year(text, letter, stop, head)
        if not rules.cased:
            return self._uncased_letter(text, letter, previous, begin)
        if letter.islower():
            return previous[-1:].isdecimal() and letter not in rules.never_ends
        return previous[-1:].islower() and self._is_starter(text, begin)

    def _uncased_letter(self, text: str, letter: str, previous: str, begin: int) -> bool:
        """Initials go on; a name spelled in letters (`בי. בי. סי.`) may end, and `יום ד.` too."""
        if letter in self.rules.initials:
            following = _WORD.match(text, begin)
            more = following is not None and text[following.end() : following.end() + 1] == "."
            return previous.rstrip(".") in self.rules.initials and not more
        return previous in self.rules.weekdays or previous[-1:].isdecimal()

    def _phrase(self, text: str, stop: int, head: int) -> bool | None:
        """What a several-word abbreviation ending here decides, if one does."""
        tail = " ".join(text[max(head, stop - _WINDOW) : stop].replace(".", ". ").split())
        for phrase in self.rules.phrases_never:
            if _ends_with(tail, phrase):
                return False
        for phrase in self.rules.phrases_end:
            if _ends_with(tail, phrase):
                # At the head of a sentence it is its beginning: `До н. э. Рим …` goes on.
                return len(tail.split()) > len(phrase.split()) + 2 or stop - head > _WINDOW
        return None

    def _after_year(self, text: str, word: str, stop: int, head: int) -> bool:
        """`к 1992 г. Он` ends; `в г. Баку` and `В 1992 г. Россия` at the head go on."""
        before = text[max(head, stop - _WINDOW) : stop - len(word)].split()
        if not before:
            return False
        number = before[-1].strip(_TOKEN_LEAD + ")")
        if not (number[-1:].isdecimal() or _ROMAN.fullmatch(number)):
            return False
        return len(before) > 2 or stop - head > _WINDOW

    def _starts(self, text: str, following: int, begin: int) -> bool:
        return text[following] in _OPENING_QUOTES or self._is_starter(text, begin)

    def _is_starter(self, text: str, begin: int) -> bool:
        word = _WORD.match(text, begin, begin + _WINDOW)
        if word is None:
            return False
        dotted = text[word.end() : word.end() + 1] == "."
        return (word[0] + "." if dotted else word[0]) in self.rules.starters


def _token(text: str, stop: int) -> str:
    """The word before a full stop, without what opens before it."""
    tail = text[max(0, stop - _WINDOW) : stop].rsplit(None, 1)
    if not tail:
        return ""
    token = tail[-1]
    for dash in "—–/":
        token = token.rpartition(dash)[2]
    return token.replace(HIDDEN, "").lstrip(_TOKEN_LEAD).rstrip("*_~")


def _ends_with(tail: str, phrase: str) -> bool:
    return tail.endswith(phrase) and not tail[: -len(phrase)][-1:].isalnum()


def _is_acronym(text: str, begin: int) -> bool:
    word = _WORD.match(text, begin, begin + _WINDOW)
    return word is not None and 1 < len(word[0]) <= 4 and word[0].isupper()


class Inside:
    """Whether a position lies inside one of some stretches, which may nest."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __call__(self, position: int) -> bool:
        nearest = bisect_right(self._starts, position) - 1
        return nearest >= 0 and self._starts[nearest] < position < self._ends[nearest]


def _reporting_pattern(rules: Rules) -> re.Pattern[str] | None:
    if not rules.reporting:
        return None
    verbs = "|".join(sorted(map(re.escape, rules.reporting), key=len, reverse=True))
    if not rules.cased:
        return re.compile(rf"(?:(?:הוא|היא|הם|הן|אני)\s+)?(?:{verbs})\b")
    starters = "|".join(map(re.escape, sorted(rules.starters)))
    name = r"[^\W\d_][\w’'-]*\.?"
    return re.compile(rf"(?!(?:{starters})\b)(?:{name}\s+){{1,3}}(?:{verbs})\b")
