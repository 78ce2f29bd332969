"""Run the checks on one pair, skipping those whose trigger characters are absent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from dragoman.checks import CHECKS
from dragoman.checks.pair import Check, Fault, Pair
from dragoman.languages import language as languages

_MANY = 4096
_MOST = 64
"""Most findings of one check in one unit; a unit with more is broken as a whole."""


class _Calls(dict[str, int]):
    """For each character, the set of checks that it calls for, as bits."""

    def __init__(self, patterns: list[tuple[int, str]]) -> None:
        super().__init__()
        self._patterns = [(bit, re.compile(pattern)) for bit, pattern in patterns]
        self.silent: set[str] = set()
        """Characters seen so far that trigger no check: most letters."""

    def of(self, chars: frozenset[str]) -> int:
        """The checks to call for a text with these characters, as bits."""
        bits = 0
        for char in chars - self.silent:
            bits |= self[char]
        return bits

    def __missing__(self, char: str) -> int:
        bits = 0
        for bit, pattern in self._patterns:
            if pattern.match(char):
                bits |= bit
        self[char] = bits
        if not bits and len(self.silent) < _MANY:
            self.silent.add(char)
        return bits


class Examiner:
    """The checks of a language.

    >>> [(check.code, fault.message) for check, fault in examiner("ru").examine(Pair("No.", "Нет", "ru"))]
    [('terminator', 'the source ends with a statement, the target with no mark')]
    """

    def __init__(self, lang: str) -> None:
        language = languages.of(lang)
        self.checks = [check for check in CHECKS if check.knows(language)]
        bits = [(1 << n, check) for n, check in enumerate(self.checks)]
        on = [(bit, check.on) for bit, check in bits if check.on]
        alone = [(bit, chars) for bit, check in bits if (chars := check.calls(language))]
        self._source = _Calls(on)
        self._target = _Calls(on + alone)
        called = {bit for bit, _ in on + alone}
        self._always = 0
        self._when: dict[str, int] = defaultdict(int)
        for bit, check in bits:
            if bit not in called and check.when:
                self._when[check.when] |= bit
            elif bit not in called:
                self._always |= bit
        self._called: dict[int, list[Check]] = {}

    def examine(self, pair: Pair) -> Iterator[tuple[Check, Fault]]:
        """The findings of all checks about a pair, in the order of the checks."""
        bits = self._always | self._source.of(pair.source_chars) | self._target.of(pair.chars)
        for attribute, more in self._when.items():
            if getattr(pair, attribute):
                bits |= more
        for check in self._called.get(bits) or self._checks_of(bits):
            left = _MOST
            for fault in check.run(pair):
                yield check, fault
                left -= 1
                if not left:
                    break

    def _checks_of(self, bits: int) -> list[Check]:
        if len(self._called) > _MANY:
            self._called.clear()
        found = [check for n, check in enumerate(self.checks) if bits >> n & 1]
        self._called[bits] = found
        return found


def lacking(locale: str) -> tuple[str, ...]:
    """The codes of the checks for which too little is known of a locale's language.

    >>> lacking("ru"), "wrong-language" in lacking("el")
    ((), True)
    """
    language = languages.of(locale)
    return tuple(check.code for check in CHECKS if check.lacks(language))


@lru_cache
def examiner(lang: str) -> Examiner:
    """The checks of a language; the result is cached."""
    return Examiner(lang)
