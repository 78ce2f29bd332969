"""Whether an answer of a machine can be a draft, and its typography fixed as far as that is safe."""

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
"""Checks that a draft has to pass; everything else is for the person who reads it."""
_TYPOGRAPHY = ("quote-style",)
"""Codes whose fixes change marks alone: in a draft, which somebody reads, they may be applied."""
_LONGER = 8
_TURNS = 4


def judged(pair: Pair, sent: Protected, shape: Shape, answer: str) -> tuple[str, str]:
    """What becomes of an answer: the draft and nothing, or nothing and why it is refused.

    Args:
        pair: the source, with an empty target, as checks look at it.
        sent: the source as it was sent.
        shape: how its marks were written.
        answer: what came back.
    """
    line = _one_line(answer)
    if not line:
        return "", "the answer is empty"
    if len(line) > 200 + _LONGER * len(pair.source):
        return "", "the answer is much too long"
    target = sent.restored(line, shape)
    if target is None:
        return "", "a mark that stands for markup is lost, doubled or new"
    found = pair.beside(pair.source, _one_line(target))
    if not found.letters:
        return "", "there is no letter in the answer"
    for check in _REFUSING:
        for fault in check(found):
            if (fault.severity or check.severity) == "error":
                return "", fault.message
    return _mended(found), ""


def _one_line(answer: str) -> str:
    """The answer on one line, in Unicode's form NFC, without characters that nobody sees."""
    sound = answer.encode(errors="ignore").decode()  # half of a surrogate pair is no character
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", sound)).split())


def _mended(pair: Pair) -> str:
    """The target with the fixes of its typography, in turns, as one may make room for another."""
    for _ in range(_TURNS):
        problems = list(_fixes(pair))
        target = fixed(pair.target, problems)
        if target == pair.target:
            break
        pair = pair.beside(pair.source, target)
    return pair.target


def _fixes(pair: Pair) -> Iterator[Problem]:
    for rule, fault in examiner(pair.lang).examine(pair):
        if fault.fix is not None and (fault.safe or rule.code in _TYPOGRAPHY):
            span = (fault.start, fault.end)
            yield Problem(
                rule.code, rule.severity, "", pair.locale, fault.message, span=span, fix=fault.fix
            )


def terms_missed(pair: Pair, target: str) -> list[str]:
    """What the glossary asks for and a draft does not say."""
    return [fault.message for fault in terms.term(pair.beside(pair.source, target))]
