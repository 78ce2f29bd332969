"""All checks of one pair, at little cost: only those that a character of it calls for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dragoman.checks import CHECKS
from dragoman.checks.pair import Check, Fault, Pair

_MANY = 4096
_MOST = 64
"""Findings of one check in one unit; what has more is broken as a whole."""


class Rule(NamedTuple):
    """A check with what its decorator says of it."""

    run: Check
    code: str
    severity: str


class _Calls(dict[str, int]):
    """For each character, the set of checks that it calls for, as bits."""

    def __init__(self, patterns: list[tuple[int, str]]) -> None:
        super().__init__()
        self._patterns = [(bit, re.compile(pattern)) for bit, pattern in patterns]
        self.silent: set[str] = set()
        """Characters that were met and call for nothing: most letters."""

    def of(self, chars: frozenset[str]) -> int:
        """The checks that some characters call for."""
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


def _of(pattern: str | dict[str, str], lang: str) -> str:
    return pattern if isinstance(pattern, str) else pattern[lang]


class Examiner:
    """The checks of a language.

    >>> [(rule.code, fault.message) for rule, fault in examiner("ru").examine(Pair("No.", "Нет", "ru"))]
    [('terminator', 'the source ends with a statement, the target with no mark')]
    """

    def __init__(self, lang: str) -> None:
        self.rules = [
            Rule(check, check.code, check.severity)  # type: ignore[attr-defined]
            for check in CHECKS
            if not check.only or lang in check.only  # type: ignore[attr-defined]
        ]
        traits = [(1 << n, rule.run.__dict__) for n, rule in enumerate(self.rules)]
        silent = [
            (b, t) for b, t in traits if not (t["on"] or (t["target"] and _of(t["target"], lang)))
        ]
        self._always = sum(bit for bit, t in silent if not t["when"])
        self._when: dict[str, int] = defaultdict(int)
        for bit, t in silent:
            if t["when"]:
                self._when[t["when"]] |= bit
        on = [(bit, t["on"]) for bit, t in traits if t["on"]]
        self._source = _Calls(on)
        alone = [(bit, said) for bit, t in traits if (said := _of(t["target"] or "", lang))]
        self._target = _Calls(on + alone)
        self._called: dict[int, list[Rule]] = {}

    def examine(self, pair: Pair) -> Iterator[tuple[Rule, Fault]]:
        """What the checks say of a pair, in their order."""
        bits = self._always | self._source.of(pair.source_chars) | self._target.of(pair.chars)
        for attribute, more in self._when.items():
            if getattr(pair, attribute):
                bits |= more
        for rule in self._called.get(bits) or self._rules_of(bits):
            left = _MOST
            for fault in rule.run(pair):
                yield rule, fault
                left -= 1
                if not left:
                    break

    def _rules_of(self, bits: int) -> list[Rule]:
        if len(self._called) > _MANY:
            self._called.clear()
        found = [rule for n, rule in enumerate(self.rules) if bits >> n & 1]
        self._called[bits] = found
        return found


@lru_cache
def examiner(lang: str) -> Examiner:
    """The checks of a language, made ready once."""
    return Examiner(lang)
