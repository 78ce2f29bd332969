"""Segmentation rules from an SRX 2.0 file (GALA, 2008).

At every place of the text the first rule that matches, in the order of the file, says whether
a sentence ends there. Maps with `cascade="yes"` add up; without it the first map counts.
Patterns are ICU's, which the `regex` package reads with very few exceptions.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

import regex

from dragoman.errors import DragomanError
from dragoman.gate import parsed
from dragoman.segment.candidates import Inside


class SrxSegmenter:
    """Cuts text into sentences by the rules an SRX file has for one language."""

    def __init__(self, rules: Sequence[tuple[bool, regex.Pattern[str]]]) -> None:
        self._rules = rules

    def spans(self, text: str, protected: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
        """Start and end of each sentence, without the white space around it."""
        decided: dict[int, bool] = {}
        for breaks, pattern in self._rules:
            for match in pattern.finditer(text):
                decided.setdefault(match.start(), breaks)
        inside = Inside(protected)
        cuts = sorted(at for at, breaks in decided.items() if breaks and not inside(at))
        spans = []
        start = 0
        for cut in (*cuts, len(text)):
            piece = text[start:cut]
            if piece.strip():
                first = start + len(piece) - len(piece.lstrip())
                spans.append((first, start + len(piece.rstrip())))
            start = cut
        return spans


def read(data: bytes, language: str, file: str = "") -> SrxSegmenter:
    """The rules of an SRX 2.0 file for a language (BCP 47 tag).

    Raises:
        DragomanError: the file is not SRX, or a pattern is not a regular expression.
    """
    root = _parse(data, file)
    by_name = {
        rules.get("languagerulename", ""): list(rules)
        for rules in root.iter()
        if _is(rules, "languagerule")
    }
    header = next((e for e in root.iter() if _is(e, "header")), None)
    cascade = header is not None and header.get("cascade") == "yes"
    found = []
    for entry in (e for e in root.iter() if _is(e, "languagemap")):
        if _compiled(entry.get("languagepattern", ""), file).fullmatch(language):
            found += by_name.get(entry.get("languagerulename", ""), [])
            if not cascade:
                break
    if not found:
        raise DragomanError(
            f"no rules for {language!r}", file=file or None, how_to_fix="add a languagemap for it"
        )
    return SrxSegmenter([_rule(rule, file) for rule in found if _is(rule, "rule")])


def _parse(data: bytes, file: str) -> ET.Element:
    root = parsed(data, file, "an SRX file")
    if not _is(root, "srx"):
        raise DragomanError(
            "not an SRX file", file=file or None, how_to_fix="its root element must be 'srx'"
        )
    return root


def _is(element: ET.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _rule(rule: ET.Element, file: str) -> tuple[bool, regex.Pattern[str]]:
    parts = {child.tag.rpartition("}")[2]: child.text or "" for child in rule}
    before, after = parts.get("beforebreak", ""), parts.get("afterbreak", "")
    pattern = (f"(?<={before})" if before else "") + (f"(?={after})" if after else "")
    return rule.get("break", "yes") != "no", _compiled(pattern, file)


def _compiled(pattern: str, file: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, regex.V0 | regex.MULTILINE)
    except regex.error as error:
        raise DragomanError(
            f"{pattern!r} is not a regular expression: {error}",
            file=file or None,
            how_to_fix="fix the rule",
        ) from None
