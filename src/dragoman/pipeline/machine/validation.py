"""Decides whether a machine's answer can be a draft, and fixes its typography where that is safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dragoman.checks.families import fidelity, terms
from dragoman.checks.pair import Check, Pair
from dragoman.checks.runner import examiner
from dragoman.engines.exchange import Shape
from dragoman.model import Problem
from dragoman.pipeline.check.fix import fixed
from dragoman.pipeline.machine.placeholders import Protected

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_REFUSING: tuple[Check, ...] = (
    fidelity.markup,
    fidelity.placeholder,
    fidelity.link,
    fidelity.same_as_source,
)
"""Checks whose errors refuse a draft; the others are left to the reviewer."""
_TYPOGRAPHY = ("quote-style",)
"""Codes whose fixes change punctuation only, so that they may be applied to a draft."""
_LONGER = 8
"""How much longer than its source an answer may be, beyond 200 characters."""
_TURNS = 4
"""How often fixes are applied, since one may make another possible."""


def judged(pair: Pair, sent: Protected, shape: Shape, answer: str) -> tuple[str, str]:
    """The draft and an empty string; or an empty string and why the answer is refused.

    Args:
        pair: the source, with an empty target.
        sent: the source split into texts and marks.
        shape: the form of placeholders that was sent.
        answer: the engine's answer.
    """
    line = _one_line(answer)
    if not line:
        return "", "the answer is empty"
    if len(line) > 200 + _LONGER * len(pair.source):
        return "", "the answer is much too long"
    target = sent.restored(line, shape)
    if target is None:
        return "", "a placeholder for markup is missing, doubled or new"
    filled = pair.beside(pair.source, _one_line(target))
    if not filled.letters:
        return "", "the answer has no letters"
    for check in _REFUSING:
        for fault in check(filled):
            if (fault.severity or check.severity) == "error":
                return "", fault.message
    return _with_fixes(filled), ""


def _one_line(answer: str) -> str:
    """The answer on one line, in Unicode normalization form NFC, without invisible characters."""
    encodable = answer.encode(errors="ignore").decode()  # drops lone surrogates
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", encodable)).split())


def _with_fixes(pair: Pair) -> str:
    """The target with its typography fixed."""
    for _ in range(_TURNS):
        problems = list(_fixes(pair))
        target = fixed(pair.target, problems)
        if target == pair.target:
            break
        pair = pair.beside(pair.source, target)
    return pair.target


def _fixes(pair: Pair) -> Iterator[Problem]:
    """Yield the findings that may be fixed without a person."""
    for rule, fault in examiner(pair.lang).examine(pair):
        if fault.fix is not None and (fault.safe or rule.code in _TYPOGRAPHY):
            span = (fault.start, fault.end)
            yield Problem(
                rule.code, rule.severity, "", pair.locale, fault.message, span=span, fix=fault.fix
            )


def terms_missed(pair: Pair, target: str) -> list[str]:
    """Messages on terms of the glossary that a draft does not use."""
    return [fault.message for fault in terms.term(pair.beside(pair.source, target))]
