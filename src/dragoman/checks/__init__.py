"""Checks: each a function that yields what is wrong with one pair, or with one text in one locale."""

from __future__ import annotations

from dragoman.checks.families import (
    bidi_controls,
    calendar,
    fidelity,
    lengths,
    letters,
    magnitudes,
    numbers,
    punctuation,
    quotes,
    residue,
    sources,
    terms,
    wrong_language,
)

CHECKS = (
    fidelity.same_as_source,
    fidelity.markup,
    fidelity.placeholder,
    fidelity.link,
    fidelity.white_space,
    letters.script,
    letters.homoglyph,
    letters.code_point,
    letters.niqqud,
    letters.final_letter,
    letters.dotted_i,
    residue.residue,
    wrong_language.wrong_language,
    bidi_controls.controls,
    numbers.number,
    numbers.number_style,
    numbers.ordinal,
    magnitudes.magnitude,
    calendar.date,
    calendar.weekday,
    punctuation.terminator,
    punctuation.brackets,
    punctuation.visual_order,
    punctuation.dash,
    punctuation.dots,
    punctuation.capital,
    quotes.quotation,
    quotes.quote_style,
    quotes.gershayim,
    lengths.length,
    lengths.sentences,
    lengths.doubled_word,
    lengths.doubled_text,
    terms.term,
    terms.forbidden_term,
    terms.edition,
    sources.long_sentence,
    sources.idiom,
)
"""Of one source and its target; a line deleted turns a check off."""

__all__ = ["CHECKS"]
