"""Parses the Plural-Forms header, with bounds and without `eval`.

The grammar is that of C expressions in n (gettext manual, "Additional functions for plural forms").
"""

from __future__ import annotations

import re
from collections.abc import Callable

PLACEHOLDER = "EXPRESSION"
"""The word in a template's header in place of a rule."""
Rule = Callable[[int], int]
"""Takes a number; returns the index of its plural form."""
_HEADER = re.compile(r"(?:[^=;]*[\s:])?nplurals\s*=\s*(\d+)\s*;\s*plural\s*=([^;]*);?\s*")
_TOKEN = re.compile(r"\s*(?:(\d{1,9})|(n)|(\|\||&&|[=!<>]=|[-+*/%<>!?:()]))")
_LEVELS = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_LONGEST, _DEEPEST, _MOST_FORMS = 1000, 50, 10
"""Maximum length in characters, nesting depth, and number of forms."""
_COMPUTE: dict[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


def forms(value: str) -> tuple[int, Rule]:
    """The number of forms, and the rule that chooses the form for a number.

    Raises:
        ValueError: the header is not valid.

    >>> count, rule = forms("nplurals=2; plural=(n != 1);")
    >>> count, rule(1), rule(5)
    (2, 0, 1)

    As in GNU gettext, words before `nplurals` are skipped:

    >>> forms("Plural-Forms: nplurals=1; plural=0;")[0]
    1
    """
    match = _HEADER.fullmatch(value)
    if match is None:
        raise ValueError("is not of the form 'nplurals=N; plural=EXPRESSION;'")
    count = int(match[1]) if len(match[1]) < 4 else _MOST_FORMS + 1
    if not 1 <= count <= _MOST_FORMS:
        raise ValueError(f"nplurals has to be from 1 to {_MOST_FORMS}")
    return count, _Expression(match[2]).rule()


class _Expression:
    """One expression, parsed by recursive descent."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise ValueError(f"the expression is longer than {_LONGEST} characters")
        self._tokens: list[str] = []
        position = 0
        text = text.rstrip()
        while position < len(text):
            word = _TOKEN.match(text, position)
            if word is None:
                raise ValueError(f"{text[position:].strip()[:10]!r} is not allowed in plural forms")
            self._tokens.append(word[0].strip())
            position = word.end()
        self._at = self._depth = 0

    def rule(self) -> Rule:
        rule = self._choice()
        if self._at < len(self._tokens):
            raise ValueError(f"{self._tokens[self._at]!r} is out of place")
        return rule

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self, wanted: str = "") -> str:
        word = self._peek()
        if not word or (wanted and word != wanted):
            raise ValueError(f"{wanted or 'a number'} is missing")
        self._at += 1
        return word

    def _choice(self) -> Rule:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("the expression is nested too deep")
        condition = self._binary(0)
        if self._peek() == "?":
            self._next()
            yes = self._choice()
            self._next(":")
            no = self._choice()
            self._depth -= 1
            return lambda n: yes(n) if condition(n) else no(n)
        self._depth -= 1
        return condition

    def _binary(self, level: int) -> Rule:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self._peek() in _LEVELS[level]:
            left = _combined(self._next(), left, self._binary(level + 1))
        return left

    def _unary(self) -> Rule:
        word = self._next()
        if word == "!":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise ValueError("the expression is nested too deep")
            inner = self._unary()
            self._depth -= 1
            return lambda n: int(not inner(n))
        if word == "(":
            inner = self._choice()
            self._next(")")
            return inner
        if word == "n":
            return lambda n: n
        if word.isdecimal():
            number = int(word)
            return lambda _: number
        raise ValueError(f"{word!r} is out of place")


def _combined(sign: str, left: Rule, right: Rule) -> Rule:
    if sign in ("||", "&&"):  # short-circuit, so that no division by zero is computed
        stops = sign == "||"
        return lambda n: int(stops) if bool(left(n)) is stops else int(bool(right(n)))
    compute = _COMPUTE[sign]
    return lambda n: compute(left(n), right(n))
