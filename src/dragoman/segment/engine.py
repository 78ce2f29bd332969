"""The sentence engine: each mark that could end a sentence is examined once.

A *candidate* is a terminator (`.`, `!`, `?`, `…`), what closes after it (quotes, brackets,
note marks, Markdown delimiters) and white space. Every test of a candidate looks at a
bounded window around it, so the time is linear in the text whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from dragoman.segment.candidates import APART, EMOJI, HIDDEN, LEAD, Inside, candidates, items
from dragoman.segment.rules import Rules

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVXLC]+(?![a-z])")
_ANSWER = re.compile(r"(?<=No\.\s)I(?:['’]|\s[a-z])")
"""`No. I won't`, where `No. I` would be a number."""
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_MEASURE = re.compile(r"\d[\d.,]{0,12}[ \u00a0]([^\W\d_]{1,12})\.?(?!\w)")
_MEASURED = re.compile(r"\d[ \u00a0][^\W\d_]{1,12}\Z")
_CITED = re.compile(r"\([^()\n]{1,80}\)[.,;]")
_TIME = re.compile(r"(?:[^\W\d_]+[ \u00a0]){1,2}time\b")
_DAY = re.compile(r"\d{1,4}(?:[-–]\d{1,4})?\Z")
_TOKEN_LEAD = "\"'“”„«»‘’‚([{*_~—–-•⁃" + HIDDEN
_QUOTES = frozenset("\"'”’»“‘״׳")
_OPENING_QUOTES = frozenset("\"'“„«‘")
_QUOTED = re.compile(r"(?:(?<=\s)|(?<=\s\w)|\A)[\"„“”״](?=\w\w)")
_WINDOW = 48
"""Characters looked at on either side of a candidate: the longest abbreviation phrase fits."""
_NUMBERED = 6
"""A sentence so short may be but the number of one: `IV. Title`."""
_OMITTED = ". . . ."
_OMISSION = re.compile(r"(?:\.{3}|…)(?=\s)")
"""Dots that stand alone after a sentence, to which they belong: `“What?” ... “Nothing.”`"""
_PHRASE = 4
"""Words of an adverbial at the head of a sentence, at most."""


class Boundary(NamedTuple):
    """A place where a sentence might end."""

    start: int
    """Where its mark begins."""
    end: int
    """Where what follows begins, behind the white space."""
    mark: str
    closers: str
    """What closes after the mark: quotes, brackets, numbers of notes."""


class RuleSegmenter:
    """Cuts text into sentences by one language's `Rules`."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._begins = str.isupper if rules.cased else str.isalpha
        self._verb_ends = tuple(rules.verb_ends)
        self._phrase_ends = {p.rsplit(" ", 1)[-1] for p in rules.phrases_end | rules.phrases_never}
        self._special = frozenset().union(
            rules.never_ends,
            rules.before_number,
            rules.may_end,
            rules.words,
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
        heads = items(text, start, end)
        if len(heads) == 1:
            return self._sentences(text, start, end, inside)
        if inside is not None:
            heads = [at for at in heads if not inside(at)]
        spans: list[tuple[int, int]] = []
        for head, stop in zip(heads, [*heads[1:], end], strict=True):
            spans += self._sentences(text, head, len(text[:stop].rstrip()), inside)
        return spans

    def _sentences(
        self, text: str, start: int, end: int, inside: Inside | None
    ) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        for match in candidates(text, start, end):
            (mark, following), (_, stop), (_, closed) = match.regs
            if following >= end or (inside is not None and inside(following)):
                continue
            if stop < 0:
                stop = closed = mark + 1
                plain = self._stands_alone(text, start, mark)
            else:
                plain = stop == mark + 1 and self._plainly(text, start, mark, closed, following)
            if not plain:
                found = Boundary(mark, following, text[mark:stop], text[stop:closed])
                if not self._ends(text, found, start):
                    continue
                if found.mark == _OMITTED and not text[mark - 1].isspace():
                    # the protected stretch precedes what follows
                    closed, following = mark + 1, mark + 2
            spans.append((start, closed))
            start = following
        spans.append((start, end))
        return spans

    def _plainly(self, text: str, start: int, mark: int, closed: int, following: int) -> bool:
        """Whether a sentence clearly ends at a mark, since a capital follows."""
        if not self._begins(text[following]):
            return False
        if closed > mark + 1:
            return text[mark] == "." and _QUOTES.issuperset(text[mark + 1 : closed])
        if not self.rules.cased and self._is_spelt(text, _token(text, mark), following):
            return False
        return self._stands_alone(text, start, mark)

    def _stands_alone(self, text: str, start: int, mark: int) -> bool:
        """Whether a mark before a capital surely ends a sentence: no abbreviation is before it."""
        if text[mark] != ".":
            return text[mark] in "!?"
        word = text[max(start, mark - 24) : mark].rpartition(" ")[2]
        return (
            word.isalpha()
            and word not in self._special
            and not word.isupper()
            and len(word) > 1
            and mark - start > _NUMBERED
        )

    def _ends(self, text: str, found: Boundary, head: int) -> bool:
        """Whether the candidate ends the sentence that began at `head`."""
        lead = LEAD.match(text, found.end)
        assert lead
        begin = lead.end()
        first = text[begin : begin + 1]
        cased = self.rules.cased
        if not first or _OMISSION.match(text, found.end):
            return False
        if cased and first.islower() and not text[begin + 1 : begin + 2].isupper():
            return self.rules.small and self._ends_before_small(text, found, head)
        if EMOJI.match(first):
            return APART.match(text, begin) is None
        mark = found.mark
        if mark[0] not in ".!?…‥׃":
            return cased and first.isupper() and _is_remark(text, found, head)
        closers = found.closers
        if not _QUOTES.isdisjoint(closers) and _CITED.match(text, found.end):
            return False
        if not cased and mark != "." and ")" in closers:
            return False
        if "!" in mark or "?" in mark:
            return not self._reports(text, found, begin, head)
        if mark == ".." and not closers:
            return True
        if mark.count(".") == 3 and " " in mark:
            return False
        if len(mark) > 1 or mark == "…":
            return first.isupper() if cased else not text[found.start - 1].isspace()
        if mark == "׃":
            return True
        return self._full_stop(text, found, head, begin)

    @cached_property
    def _reporting(self) -> re.Pattern[str] | None:
        """The pattern of a clause that reports a quotation; compiled on first use, as that is slow."""
        return _reporting_pattern(self.rules)

    def _reports(self, text: str, found: Boundary, begin: int, head: int) -> bool:
        """Whether a sentence goes on after its quotation: `“…?” asked Name` or `“…!” Name said`."""
        if _QUOTES.isdisjoint(found.closers) or self._reporting is None:
            return False
        if self._reporting.match(text, begin, begin + _WINDOW) is not None:
            return True
        return not self.rules.cased and self._names(text, found.start, head)

    def _names(self, text: str, stop: int, head: int) -> bool:
        """Whether a quotation is a name inside a clause (`את "מי אני?" בגיל`), not something said."""
        window = text[max(head, stop - 2 * _WINDOW) : stop]
        opened = [match.start() for match in _QUOTED.finditer(window)]
        if not opened or opened[-1] == 0:
            return False
        before = window[: opened[-1]]
        if not before[-1].isspace():
            return True  # a prefix is written on to the quotation
        words = before.split()
        return bool(words) and words[-1][-1].isalpha() and words[-1] not in self.rules.reporting

    def _full_stop(self, text: str, found: Boundary, head: int, begin: int) -> bool:
        rules = self.rules
        stop = found.start
        token = _token(text, stop)
        closers = found.closers
        if closers and not _QUOTES.isdisjoint(closers) and ")" not in closers:
            return True
        if len(token) == 1 or token in rules.initials:
            return self._single_letter(text, token, found, head, begin)
        if self._is_spelt(text, token, begin):
            return False
        if (
            token.rpartition(".")[2] in self._phrase_ends
            and (decided := self._phrase(text, stop, head)) is not None
        ):
            return decided
        if token.isdecimal() or _ROMAN.fullmatch(token):
            return self._number(text, token, found, head, begin)
        if token in rules.after_number and _MEASURED.search(text, max(head, stop - _WINDOW), stop):
            return not self._measure_goes_on(text, begin)
        if token in rules.never_ends or token.rpartition("-")[2] in rules.never_ends:
            return False
        if token in rules.year:
            return self._after_year(text, token, stop, head)
        if token in rules.before_number:
            if _ANSWER.match(text, begin) and _at_head(text, head, stop, token):
                return True
            return not (text[begin].isdecimal() or _ROMAN.match(text, begin))
        if token in rules.after_number:
            return not self._measure_goes_on(text, begin)
        if token in rules.clock:
            return not self._time_goes_on(text, stop, head, begin)
        if token in rules.after_comma and text[stop - len(token) - 2 : stop - len(token)] == ", ":
            return True
        if token in rules.words:
            return not self._after_preposition(text, token, stop, head)
        if token in rules.may_end or ("." in token and _DOTTED.fullmatch(token)):
            return self._starts(text, found.end, begin)
        return True

    def _ends_before_small(self, text: str, found: Boundary, head: int) -> bool:
        """Whether a sentence of a chat ends before a small letter: not in a quotation, nor after an abbreviation."""
        before = text[max(head, found.start - 4 * _WINDOW) : found.start]
        opened = before.count("“") > before.count("”") or before.count('"') % 2
        if opened or not _QUOTES.isdisjoint(found.closers):
            return False
        if found.mark != ".":
            return "!" in found.mark or "?" in found.mark
        return self._stands_alone(text, head, found.start) and "." not in _token(text, found.start)

    def _after_preposition(self, text: str, token: str, stop: int, head: int) -> bool:
        """Whether a word is at the head of its sentence, or after a preposition."""
        before = text[max(head, stop - _WINDOW) : stop - len(token)].split()
        return not before or before[-1].strip(_TOKEN_LEAD).lower() in self.rules.prepositions

    def _is_spelt(self, text: str, token: str, begin: int) -> bool:
        """Whether a token is a letter's name with a prefix, and another follows: `בבי. בי. סי.`"""
        if token[1:] not in self.rules.initials or token[0] not in self.rules.clitics:
            return False
        following = _WORD.match(text, begin)
        return following is not None and following[0] in self.rules.initials

    def _number(self, text: str, number: str, found: Boundary, head: int, begin: int) -> bool:
        """Numbers end a sentence, but not one that numbers it at its head, nor an ordinal."""
        if _at_head(text, head, found.start, number):
            return False
        if self.rules.ordinals and (len(number) <= 2 or not number.isdecimal()):
            return self._starts(text, found.end, begin)
        return True

    def _single_letter(
        self, text: str, letter: str, found: Boundary, head: int, begin: int
    ) -> bool:
        """Initials go on; `Plan B. The next`, `the letter u. The` and `в 5 м. Он` end."""
        rules = self.rules
        stop = found.start
        if letter.isdecimal():
            return self._number(text, letter, found, head, begin)
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
        if letter in rules.short_words:
            return True
        if letter.islower() and (letter in self._special or previous[-1:].isdecimal()):
            if letter in rules.before_number and text[begin].isdecimal():
                return False  # ст. 228 ч. 2
            return (
                previous[-1:].isdecimal()
                and letter not in rules.never_ends
                and not self._measure_goes_on(text, begin)
            )
        return previous[-1:].islower() and self._is_starter(text, begin)

    def _uncased_letter(self, text: str, letter: str, previous: str, begin: int) -> bool:
        """Initials go on; a name spelled in letters (`בי. בי. סי.`) may end, and `יום ד.` too."""
        if letter in self.rules.initials:
            following = _WORD.match(text, begin)
            more = following is not None and following[0] in self.rules.initials
            spelt = previous.rstrip(".") in self.rules.initials
            return not more and (spelt or letter in self.rules.short_words)
        if letter.isascii():
            return previous[-1:].isdecimal()
        verse = previous[-1:] == "," and len(previous.rstrip(",׳'״\"")) <= 2
        return verse or previous in self.rules.weekdays or previous[-1:].isdecimal()

    def _phrase(self, text: str, stop: int, head: int) -> bool | None:
        """Whether the sentence ends at an abbreviation of several words; None without one."""
        tail = " ".join(text[max(head, stop - _WINDOW) : stop].replace(".", ". ").split())
        for phrase in self.rules.phrases_never:
            if _ends_with(tail, phrase):
                return False
        for phrase in self.rules.phrases_end:
            if _ends_with(tail, phrase):
                before = tail[: -len(phrase)].split()
                return stop - head > _WINDOW or not self._is_adverbial(before or tail.split())
        return None

    def _after_year(self, text: str, word: str, stop: int, head: int) -> bool:
        """`к 1992 г. Он` ends; `в г. Баку` and `В 1992 г. Россия` at the head go on."""
        before = text[max(head, stop - _WINDOW) : stop - len(word)].split()
        if not before:
            return False
        number = before[-1].strip(_TOKEN_LEAD + ")")
        if not (number[:1].isdecimal() or _ROMAN.fullmatch(number.partition("–")[0])):
            return False
        return stop - head > _WINDOW or not (len(before) == 1 or self._is_adverbial(before))

    def _is_adverbial(self, words: Sequence[str]) -> bool:
        """Whether the sentence so far only says when or where: it cannot end there."""
        if len(words) > _PHRASE:
            return False
        first = words[0].lstrip(_TOKEN_LEAD)
        if first not in self.rules.adverbials and not _DAY.match(first):
            return False
        return not any(word.rstrip(",").endswith(self._verb_ends) for word in words[1:])

    def _measure_goes_on(self, text: str, begin: int) -> bool:
        """`80 долл. США`; `3 руб. 50 коп.`"""
        if _is_acronym(text, begin):
            return True
        lesser = _MEASURE.match(text, begin)
        return lesser is not None and lesser[1] in self.rules.after_number

    def _time_goes_on(self, text: str, stop: int, head: int, begin: int) -> bool:
        """`7 p.m. GMT`, `9 a.m. Monday`, `5 p.m. London time`; and `At 5 a.m. Mr. Hale went`."""
        word = _WORD.match(text, begin, begin + _WINDOW)
        if word is not None and word[0] in self.rules.zones:
            return True
        if _TIME.match(text, begin, begin + _WINDOW):
            return True
        return stop - head <= _WINDOW and self._is_adverbial(text[head:stop].split())

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


def _at_head(text: str, head: int, stop: int, token: str) -> bool:
    """Whether only bullets and brackets precede a token, so that it numbers the sentence."""
    before = text[head : stop - len(token)]
    return len(before) <= 4 and not before.strip(_TOKEN_LEAD + "§№# \u00a0")


def _is_remark(text: str, found: Boundary, head: int) -> bool:
    """Whether a smiley or emoji is the mark at the end; a bracket that closes another is neither."""
    mark = found.mark
    if EMOJI.match(mark) or mark[0] in ":;=":
        return True
    opened = text[max(head, found.start - 4 * _WINDOW) : found.start]
    if mark[0] == "(":
        return len(mark) > 1
    return opened.count("(") <= opened.count(")")


def _ends_with(tail: str, phrase: str) -> bool:
    return tail.endswith(phrase) and not tail[: -len(phrase)][-1:].isalnum()


def _is_acronym(text: str, begin: int) -> bool:
    word = _WORD.match(text, begin, begin + _WINDOW)
    return word is not None and 1 < len(word[0]) <= 4 and word[0].isupper()


def _reporting_pattern(rules: Rules) -> re.Pattern[str] | None:
    if not rules.reporting:
        return None
    verbs = "|".join(sorted(map(re.escape, rules.reporting), key=len, reverse=True))
    if not rules.cased:
        return re.compile(rf"(?:(?:הוא|היא|הם|הן|אני)\s+)?(?:{verbs})\b")
    starters = "|".join(map(re.escape, sorted(rules.starters)))
    name = r"[^\W\d_][\w’'-]*\.?"
    speakers = "|".join(map(re.escape, sorted(rules.speakers))) or "(?!)"
    return re.compile(
        rf"(?:(?:{speakers})\s+|(?!(?:{starters})\b)(?:{name}\s+){{1,3}})(?:{verbs})\b"
    )
