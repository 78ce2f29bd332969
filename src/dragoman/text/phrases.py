"""The extent of phrases whose direction is not that of their line.

A phrase reaches from one letter of the other direction to the last one before a letter of the
line's own direction; marks between them do not cut it, as they do not cut it for the Unicode
bidirectional algorithm (UAX #9). At its edges a phrase takes what belongs to it: signs, brackets
that it opens or closes, numbers that it names, the stop of an abbreviation. Quotation marks and
brackets around it, and the marks that end a sentence, are the line's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from dragoman.text.phrase_patterns import (
    ABBREVIATED,
    ADDRESS,
    AFTER_ARABIC,
    ARABIC,
    BRACKETS,
    CHAIN,
    CLOSING,
    CONNECTORS,
    FAMILY,
    LEAD,
    LTR_LETTER,
    MONTHS,
    MOVE,
    NUMBER,
    NUMBERS,
    OPERATOR,
    PREFIX_MARKS,
    RELATES,
    RELATION,
    RTL,
    RTL_LETTER,
    RTL_WEAK,
    SINGLE,
    SPACE,
    STREET,
    TRAIL,
    UNITS,
)

Run = tuple[int, int]

_FOUND_BEHIND = 80
"""Characters before a phrase that are searched for its number, sign or formula."""

_compiled = cache(re.compile)  # large regular expressions that few commands need


def opposite_runs(text: str, rtl: bool) -> list[Run]:
    """The ranges of a line that have the other direction and need an isolate.

    In a right-to-left line these are phrases in another script, each as one, and numbers with
    signs, formulas and telephone numbers; in a left-to-right line, phrases in Hebrew, Arabic or
    another right-to-left script. A line without a word of its own direction is one run.

    >>> text = 'הוא קרא "The Good, the Bad and the Ugly" ב-+3.5 שקל'
    >>> [text[a:b] for a, b in opposite_runs(text, rtl=True)]
    ['The Good, the Bad and the Ugly', '+3.5']
    """
    if not rtl and text.isascii():
        return []
    own, other = (RTL_LETTER, LTR_LETTER) if rtl else (LTR_LETTER, RTL_LETTER)
    if _compiled(other).search(text) is None:
        found: list[Run] = []
    elif _compiled(f"{own}|[{RTL_WEAK}]" if rtl else own).search(text) is None:
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))]
    else:
        found = list(_Line(text, rtl).phrases())
    return _with_numbers(text, found) if rtl else found


def _with_numbers(text: str, found: list[Run]) -> list[Run]:
    """The ranges of phrases, and of numbers and URLs outside phrases that need isolates."""
    if "://" in text:
        found = _joined([*_addresses(text), *found])
    return _apart(found, _numbers(text)) if _compiled(r"\d").search(text) else found


def _numbers(text: str) -> list[Run]:
    """Numbers that the bidi algorithm would reorder: signed, compared, formulas, telephone numbers."""
    numbers = [match.span() for match in _compiled(NUMBERS).finditer(text)]
    if _compiled(ARABIC).search(text):
        numbers = _apart(numbers, [m.span() for m in _compiled(AFTER_ARABIC).finditer(text)])
    chains = _compiled(CHAIN).finditer(text)
    formulas = [m.span() for m in chains if _compiled(rf"(?!^)(?:{RELATES})").search(m[0])]
    return _apart(formulas, numbers) if formulas else numbers


def _addresses(text: str) -> Iterator[Run]:
    """URLs that contain letters of the line's own direction."""
    for match in _compiled(ADDRESS).finditer(text):
        address = match[0].rstrip(".,;:!?)]")
        if _compiled(RTL_LETTER).search(address):
            yield match.start(), match.start() + len(address)


def _joined(runs: list[Run]) -> list[Run]:
    """Merge ranges that overlap into one, as a phrase and the URL in which it ends.

    >>> _joined([(4, 20), (0, 9), (30, 31)])
    [(0, 20), (30, 31)]
    """
    joined: list[Run] = []
    for start, end in sorted(runs):
        if joined and start < joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(end, before[1])))
        else:
            joined.append((start, end))
    return joined


def _apart(first: list[Run], others: list[Run]) -> list[Run]:
    """Merge ranges in order; those of `others` that touch one of the first are dropped."""
    if not first or not others:
        return first or others
    out = sorted(first + others)
    kept: list[Run] = []
    chosen = set(first)
    for run in out:
        if kept and run[0] < kept[-1][1]:
            if run in chosen and kept[-1] not in chosen:
                kept[-1] = run
            continue
        kept.append(run)
    return kept


class _Line:
    """Finds phrases in a line with letters of both directions."""

    def __init__(self, text: str, rtl: bool) -> None:
        self._text = text
        self._rtl = rtl
        self._own, self._other = (RTL_LETTER, LTR_LETTER) if rtl else (LTR_LETTER, RTL_LETTER)
        marks = _compiled("[\"'“”„‟‘’‚‛«»‹›()\\[\\]{}<>¿¡]").search(text)
        self._brackets = _brackets(text) if marks else []
        self._opened = sorted((opened, closed) for closed, opened in self._brackets)
        self._pairs = sorted({*_pairs(text), *self._opened}) if marks else []

    def phrases(self) -> Iterator[Run]:
        """The range of each phrase, extended by what belongs to it."""
        letter = _compiled(self._other)
        done = last = high = 0
        while match := letter.search(self._text, done):
            start = match.start()
            if start >= high:
                last, high = self._reach(start)
            low = self._low(start, done)
            end, stop = self._cut(start, last, low, high)
            start, end = self._grown(start, end, low, stop)
            yield start, end
            done = end

    def _reach(self, start: int) -> Run:
        """The ends of a stretch without letters of the line's direction: its last letter, all of it."""
        own = _compiled(rf"{self._own}|\n").search(self._text, start)
        high = own.start() if own else len(self._text)
        core = _compiled(rf".*{self._other}", re.DOTALL).match(self._text, start, high)
        return (core.end() if core else start + 1), high

    def _low(self, start: int, done: int) -> int:
        """Start of the text before a phrase that may belong to it."""
        own = _compiled(rf"{self._own}|\n")
        while start > done and own.match(self._text, start - 1) is None:
            start -= 1
        return start

    def _cut(self, start: int, end: int, low: int, high: int) -> Run:
        """Where a phrase ends, and its stretch, if a bracket of the line's own stands inside it.

        The bidi algorithm takes a bracket for the line's if the pair holds a letter of the line's,
        or opened before the phrase; it goes on behind it anew, but where a number stands there.
        """
        last, far = end, high
        for closed, opened in self._brackets[bisect_left(self._brackets, (start, 0)) :]:
            if closed >= end:
                break
            if (opened < low or (opened < start and self._is_around(opened, closed))) and (
                at := self._parted(start, closed, end)
            ):
                end, high = at, closed + 1
                break
        for opened, closed in _between(self._opened, start, end):
            if closed >= far and (at := self._parted(start, opened, last)):
                return at, opened
        return end, high

    def _is_around(self, opened: int, closed: int) -> bool:
        """Whether a closing bracket ends the phrase and is not inside a formula or URL."""
        part = rf"\w|[(\[{{^_*/\\=<>+\-]|\s[{RELATION}\-−/]"
        return self._text[opened] in "([" and not _compiled(part).match(self._text, closed + 1)

    def _parted(self, start: int, place: int, end: int) -> int:
        """End of the last letter before an offset, unless a number follows it."""
        letter = _compiled(self._other)
        before = _compiled(rf".*{self._other}", re.DOTALL).match(self._text, start, place)
        behind = letter.search(self._text, place, end)
        if before is None or behind is None:
            return 0
        between = self._text[before.end() : behind.start()]
        return 0 if _compiled(r"[^\W_]").search(between) else before.end()

    def _grown(self, start: int, end: int, low: int, high: int) -> Run:
        """Extend a phrase until nothing more belongs to it."""
        while True:
            before = (start, end)
            start = self._led(start, low)
            end = self._trailed(start, end, high)
            start, end = self._balanced(start, end, low, high)
            if (start, end) == before:
                break
        start, end = self._enclosed(start, end, low, high)
        return start, end

    # start of a phrase

    def _led(self, start: int, low: int) -> int:
        """Start of a phrase, including the signs and numbers before it."""
        start = self._attached_before(start, low)
        text, rest = self._text, max(low, start - _FOUND_BEHIND)
        before = text[rest:start]
        found = self._headed(before) or _compiled(rf"(?:(?>{NUMBER})(?>{OPERATOR}))++$").search(
            before
        )
        if found is None and self._rtl:
            found = self._counted(start, before)
        elif found is None:
            found = self._dated(start, before)
        if found is None:
            return start
        begin = rest + found.start()
        if text[begin] in "+-−±~≈" and not self._may_be_signed(begin, low):
            begin += 1
        return begin

    def _headed(self, before: str) -> re.Match[str] | None:
        """Include a copyright sign and its year."""
        if "©" not in before or not self._rtl:
            return None
        return _compiled(r"©(?: ?\d{4}(?:[\-–]\d{4})?,?)? ?$").search(before)

    def _counted(self, start: int, before: str) -> re.Match[str] | None:
        """Include the number before a unit or a chess move."""
        if not before or not (before[-1] in SPACE or before[-1].isalnum() or before[-1] == "."):
            return None
        text = self._text
        if _compiled(rf"(?:{UNITS}|{MONTHS}|{STREET})(?!\w)|x ?\d").match(text, start):
            return _compiled(rf"{NUMBER}[ \u00a0]?$").search(before)
        if _compiled(rf"{MOVE}(?!\w)").match(text, start):
            return _compiled(r"(?<!\d)\d{1,3}\.(?:\.\.)? ?$").search(before)
        return None

    def _dated(self, start: int, before: str) -> re.Match[str] | None:
        """Include the number before a Hebrew month (`26 בפברואר`), or in digits of the phrase's script."""
        if _compiled("ב[א-ת]").match(self._text, start):
            return _compiled(r"(?<![\w.,:/\-–])(?:[1-9]|[12]\d|3[01])[ \u00a0]$").search(before)
        return _compiled(r"[\u0660-\u066c\u06f0-\u06f9]+[ \u00a0\u060c]{0,2}$").search(before)

    def _attached_before(self, start: int, low: int) -> int:
        text, at = self._text, start
        while at > low:
            char = text[at - 1]
            if (
                char.isalnum()
                or char in "\u066a\u066b\u066c"
                or (
                    char in CONNECTORS
                    and at - 1 > low
                    and text[at - 2].isalnum()
                    and text[at] not in SPACE
                )
                or (char in LEAD if self._rtl else char in "#@-")
                or (char == "*" and at < len(text) and text[at] in ".*/")
            ):
                at -= 1
            else:
                break
        return self._without_hyphen(at, start, low)

    def _without_hyphen(self, at: int, start: int, low: int) -> int:
        """Exclude the hyphen of a prefix or punctuation of the preceding word."""
        text = self._text
        if at in (start, 0):
            return at
        before = text[at - 1]
        if at == low and self._is_own(before):
            if before == "\u05be":
                return at
            if text[at] in PREFIX_MARKS or (
                text[at] == "." and at > 3 and self._is_own(text[at - 4])
            ):
                return at + 1
        elif text[at] in "-–" and before in "\"'”’»)]}" and not self._opens(at - 1):
            return at + 1
        return at

    def _may_be_signed(self, at: int, low: int) -> bool:
        return not (at == low and at > 0 and self._is_own(self._text[at - 1])) or (
            self._text[at - 1] == "\u05be"
        )

    def _is_own(self, char: str) -> bool:
        return _compiled(self._own).match(char) is not None

    def _opens(self, place: int) -> bool:
        return bool(self._near(place, place + 1))

    # end of a phrase

    def _trailed(self, start: int, end: int, high: int) -> int:
        """End of a phrase, including the signs and numbers after it."""
        while True:
            before = end
            end = self._attached_behind(start, end, high)
            end = self._abbreviated(end, high)
            end = self._numbered(end, high)
            if end == before:
                return end

    def _attached_behind(self, start: int, end: int, high: int) -> int:
        text = self._text
        while end < high:
            char = text[end]
            behind = text[end + 1] if end + 1 < high else ""
            if char.isalnum() or (not self._rtl and _compiled(f"[{RTL}{RTL_WEAK}]").match(char)):
                end += 1
            elif (
                char in CONNECTORS
                and behind.isalnum()
                and (text[end - 1].isalnum() or text[end - 1] in TRAIL or text[end - 1] in ")]")
            ):
                end += 2
            elif self._rtl and char in TRAIL and not self._joins(end, high):
                end += 1
            elif self._rtl and char == ":" and behind in ("\\", "/"):
                end += 2
            elif self._rtl and char == "*" and self._is_single(start, end):
                end += 1
            elif char in "([{" and (closed := self._closed(end)) and closed < high:
                end = closed + 1
            elif (not self._rtl and char in "'’\"" and self._is_geresh(end, high)) or (
                char in "!?" and self._is_move(start, end)
            ):
                end += 1
            elif char == "-" and self._is_affix(start, end, high):
                return end + 1
            else:
                break
        return end

    def _joins(self, at: int, high: int) -> bool:
        """Whether a sign joins a phrase to a word of the line's direction: `Alt+רווח`."""
        return self._text[at - 1] not in TRAIL and self._is_followed(at + 1, high)

    def _is_followed(self, at: int, high: int) -> bool:
        """Whether the character at an offset is a letter of the line's direction."""
        return at == high and at < len(self._text)

    def _is_single(self, start: int, end: int) -> bool:
        """Whether a phrase ends in a one-letter name, such as A* of the algorithm."""
        before = self._text[end - 2] if end - 2 >= start else " "
        return self._text[end - 1].isupper() and not before.isalnum()

    def _is_move(self, start: int, end: int) -> bool:
        """Whether `!` or `?` annotates a chess move and does not end the sentence."""
        if not self._rtl or not self._text[end:].strip("!? "):
            return False
        word = self._text[start:end].split()[-1].rstrip("!?")
        return (
            _compiled(r"(?:[KQRBN][a-h]?[1-8]?x?|[a-h]x)[a-h][1-8][+#]?").fullmatch(word)
            is not None
        )

    def _is_geresh(self, at: int, high: int) -> bool:
        """Whether an apostrophe after a Hebrew letter marks an abbreviation."""
        if self._text[at] == '"' or not "א" <= self._text[at - 1] <= "ת":
            return False
        return not any(at == closed for _, closed in self._near(0, at)) and not self._is_followed(
            at + 1, high
        )

    def _is_affix(self, start: int, end: int, high: int) -> bool:
        """Whether a hyphen belongs to a cited prefix: `pre-`, or `ה-` in an English line."""
        if self._is_followed(end + 1, high):
            return False
        if end + 1 < len(self._text) and not (
            self._text[end + 1].isspace() or self._text[end + 1] in "\"'”’»)],.;:"
        ):
            return False
        word = re.split(r"[\s\"'“”„«‘(\[]", self._text[start:end])[-1]
        return word.isalpha() and (len(word) < 6 and word.islower() if self._rtl else len(word) < 4)

    def _abbreviated(self, end: int, high: int) -> int:
        """Include the full stop of an abbreviation that does not end the sentence."""
        text = self._text
        if not self._rtl or text[end : end + 1] != "." or text[end - 1] in SPACE:
            return end
        rest = text[end + 1 :]
        if not rest.strip(" \t\"'”’»)]}…") or end + 1 > high:
            return end
        head = text[max(0, end - 30) : end]
        if rest[0] in ",;:":
            return end + 1
        if (rest[0].isspace() or rest[0] in ")]") and _compiled(
            rf"(?<![\w.]){ABBREVIATED}$"
        ).search(head):
            return end + 1
        return end

    def _numbered(self, end: int, high: int) -> int:
        """Include the numbers of a name (`Boeing 737`), and the rest of a formula."""
        text = self._text
        found = _compiled(rf"(?:{OPERATOR}|\s?−\s?)(?:{NUMBER}|[+\-−]?∞)").match(text, end, high)
        if found is None:
            found = _compiled(rf"[ \u00a0](?:{NUMBER}|['’]\d\d(?!\w))").match(text, end, high)
        if found is not None:
            return found.end()
        found = _compiled(rf"(?:[,;:.]| ?[–—/]| -)[ \u00a0](?!\+){NUMBER}").match(text, end, high)
        if found is None:
            return end
        named = text[end - 1].isdigit() or text[end] == ":" or self._is_short(end)
        if not named and self._is_counting(found.end(), high):
            return end
        return found.end()

    def _is_short(self, end: int) -> bool:
        """Whether a word is an abbreviation before its number: `pp. 5`, `Gen. 1`, `K. 588`."""
        head = self._text[max(0, end - 6) : end]
        short = _compiled(r"(?<![^\W\d_])(?:[^\W\d_]|[^\W\d_][^\W\d_A-Z]{1,3})$")
        return self._text[end] == "." and short.search(head) is not None

    def _is_counting(self, at: int, high: int) -> bool:
        """Whether a number belongs to the following word of the line's direction: `5 אנשים`."""
        if self._text[high : high + 1] in ("", "\n"):
            return False
        return self._text[at:high] in ("", " ", "\u00a0", "-")

    # marks in pairs

    def _closed(self, opened: int) -> int:
        return next((closed for _, closed in self._near(opened, opened + 1)), 0)

    def _balanced(self, start: int, end: int, low: int, high: int) -> Run:
        """Include both marks of each pair if one is inside."""
        around = self._quoted_on_both_sides(start, end)
        for opened, closed in self._near(low, end):
            if around and (opened == start - 1 or closed == end):
                continue
            if low <= opened < start < closed < end:
                start = opened
            elif start <= opened < end <= closed < high:
                end = closed + 1
            elif (
                low <= opened < start
                and end <= closed < high
                and self._is_part(opened, closed, high)
            ):
                start, end = opened, closed + 1
        return start, end

    def _quoted_on_both_sides(self, start: int, end: int) -> bool:
        """Whether a phrase is a list of quotations, whose first and last marks stay outside."""
        near = [(o, c) for o, c in self._near(start - 1, end) if self._text[o] in FAMILY]
        first = any(opened == start - 1 and closed < end for opened, closed in near)
        return first and any(closed == end and opened > start for opened, closed in near)

    def _near(self, low: int, high: int) -> list[Run]:
        """The pairs that open in a range."""
        return _between(self._pairs, low, high)

    def _is_part(self, opened: int, closed: int, high: int) -> bool:
        """Whether a pair around a phrase belongs to it, as in a tag or a superscript."""
        text = self._text
        if text[opened] in "{<¿¡":
            return True
        if text[opened] not in "([" or not self._rtl or closed + 1 >= high:
            return False
        if text[closed + 1] in ("²³¹^_" if text[opened] == "(" else "+*?{"):
            return True
        return _compiled(OPERATOR + NUMBER).match(text, closed + 1, high) is not None

    def _enclosed(self, start: int, end: int, low: int, high: int) -> Run:
        """Everything inside quotation marks or brackets, if no letter there has the line's direction."""
        text = self._text
        around = [p for p in self._near(low, start) if end <= p[1] < high]
        if around:
            opened, closed = max(around)
        elif low and text[low - 1] in "\u05f4\u05f3" and text[high : high + 1] == text[low - 1]:
            opened, closed = low - 1, high
        else:
            return start, end
        inner = text[opened + 1 : closed]
        left, right = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
        return opened + 1 + left, closed - right


def _between(pairs: list[Run], low: int, high: int) -> list[Run]:
    """The pairs of a sorted list that begin in a range."""
    return pairs[bisect_left(pairs, (low, 0)) : bisect_left(pairs, (high, 0))] if pairs else pairs


def _brackets(text: str) -> list[Run]:
    """The pairs of brackets in a line, as the bidi algorithm finds them (BD16), closing ones first.

    >>> _brackets("(a [b) c]")
    [(5, 0)]
    """
    found: list[Run] = []
    open_: list[int] = []
    for match in _compiled(r"[()\[\]{}]").finditer(text):
        if match[0] in BRACKETS:
            open_.append(match.start())
            continue
        for place in range(len(open_) - 1, max(-1, len(open_) - 9), -1):
            if text[open_[place]] == CLOSING[match[0]]:
                found.append((match.start(), open_[place]))
                del open_[place:]
                break
    return found


def _pairs(text: str) -> list[Run]:
    """The offsets of matching brackets and quotation marks.

    Quotation marks are matched by type and by adjacent white space, since Hebrew and
    ASCII use the same mark on both sides.

    >>> _pairs('a "b (c)" d')
    [(5, 7), (2, 8)]
    """
    found: list[Run] = []
    open_: list[tuple[str, int]] = []
    for match in _compiled("[\"'“”„‟‘’‚‛«»‹›()\\[\\]{}<>¿¡?!]").finditer(text):
        char, at = match[0], match.start()
        before = text[at - 1] if at else " "
        behind = text[at + 1] if at + 1 < len(text) else " "
        if char in BRACKETS:
            if char != "<" or behind.isalpha() or behind in "/!?%$":
                open_.append((char, at))
        elif char in CLOSING:
            _close(open_, found, CLOSING[char], at)
        else:
            _quoted(open_, found, at, (char, before, behind))
    return found


def _quoted(
    open_: list[tuple[str, int]], found: list[Run], at: int, near: tuple[str, str, str]
) -> None:
    char, before, behind = near
    family = FAMILY[char]
    if before.isalnum() and behind.isalnum() and not _turns(before, behind):
        return  # an apostrophe, or gershayim
    if (
        not before.isspace()
        and not (behind.isalnum() and char in SINGLE)
        and _close(open_, found, family, at)
    ):
        return
    if not behind.isspace() and (
        not before.isalnum() or family is not SINGLE or _turns(before, behind)
    ):
        open_.append((family, at))


def _turns(before: str, behind: str) -> bool:
    """Whether two letters have different directions."""
    right = _compiled(RTL_LETTER).match
    return (right(before) is None) != (right(behind) is None)


def _close(open_: list[tuple[str, int]], found: list[Run], kind: str, at: int) -> bool:
    """Close the innermost open mark of a type; unclosed marks inside it are dropped."""
    for place in range(len(open_) - 1, max(-1, len(open_) - 9), -1):
        if open_[place][0] == kind:
            found.append((open_[place][1], at))
            del open_[place:]
            return True
    return False
