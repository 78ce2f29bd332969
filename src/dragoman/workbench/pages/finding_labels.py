"""Findings of the checks as sentences in the language of the interface.

A check says in English what is wrong. Each sentence is one of these templates, filled in; the
labels of the interface have their translations. A sentence of no template stays English. What
stands for … has no place in the translation, such as the English name of a language.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.workbench.pages.frame import Ui

TEMPLATES = (
    "{what} is missing",
    "the {what} is missing",
    "{what} is not in the source",
    "the {what} is not in the source",
    "{what} stands for {other}",
    "the source says {what}",
    "the source has the name {what}",
    "the source says “{what}”, and nothing in the target negates",
    "the source ends with {asked}, the target with {given}",
    "the source sentence has {count} words",
    "the year {what} is missing",
    "the quotation marks are missing",
    "the target is still in the language of the source",
    "“{what}” is still English",
    "“{what}” stands twice",
    "it stands there twice",
    "“{what}” stays as it is",
    "“{what}” is “{wording}” in the glossary",
    "the glossary forbids “{form}”; “{what}” is “{wording}”",
    "its edition says “{what}”",
    "“{what}” is an idiom",
    "“{what}” has no partner",
    "“{what}” stands alone or reversed",
    "a bracket is missing",
    "a bracket more than the source",
    "it starts with the mark that should end it",
    "it ends with a bracket that opens",
    "it begins with a small letter",
    "a hyphen stands for a dash ({right})",
    "no blanks around the dash",
    "dots too many or too few",
    "blanks at the end",
    "blanks doubled",
    "a blank before the mark",
    "no blank after the mark",
    "a blank after the prefix",
    "a blank before the ending",
    "the ending is -{right}",
    "the ending is in Latin letters",
    "the ending has one letter, or two after a consonant",
    "groups are separated by commas here",
    "groups are separated by points and decimals by a comma here",
    "a decimal comma, and groups separated by spaces, are usual here",
    "two styles of quotation marks",
    "‘ ’ stand for a quotation in a quotation",
    "{mark} are for a quotation in a quotation",
    "a quotation in a quotation has marks of its own ({mark})",
    "{mark} are usual in …",
    "{mark} are no … quotation marks",
    "{mark} does not open a … quotation ({openers} does)",
    "the mark stands after {mark}",
    "very long: {ratio} of the letters of the source",
    "very short: {ratio} of the letters of the source",
    "{given} of {asked} sentences, and nothing joins them",
    "much of it is in another script",
    "… and another script in one word",
    "the letter {what} is not of this language",
    "a Latin letter stands for a … word",
    "Cyrillic letters that look like Latin ones",
    "I stands for İ, or a small letter in capitals",
    "not in Unicode's form NFC",
    "points in plain prose",
    "it reads like another language ({other})",
    "an isolate around nothing",
    "an isolate around the whole unit changes nothing",
    "an isolate begins or ends inside of a mark-up",
    "isolates are nested more than two deep",
    "two marks of direction in a row",
    "a mark of direction inside a word",
    "{source} are about {shown}, not {target}",
    "the telephone number is {what} in the source",
    "the … is {what} in the source",
    "… quotation marks are {mark}",
    "a quotation mark without its partner",
    "{what} may not stand in a translation",
    "an isolate is not closed with {what}",
    "{what}, …, does not belong in a text",
    "a final letter inside a word",
    "the last letter lacks its final form",
    "a letter that only looks like {what}",
    "letters of two scripts in one word",
    "the sign of abbreviation is ״ elsewhere in it",
)
"""Longer ones that begin like shorter ones are matched first; see `_patterns`."""


def sentence(ui: Ui, message: str) -> str | None:
    """A finding in the language of the interface; None if there is no such sentence in it.

    >>> from dragoman.workbench.pages.frame import spoken_in
    >>> sentence(spoken_in("ru"), "17 is not in the source")
    'В исходном тексте нет: 17'
    """
    if ui.locale == "en":
        return None
    for template, pattern in _patterns():
        match = pattern.fullmatch(message)
        if match is not None:
            return ui.say(template, **match.groupdict()) if template in ui.chrome.labels else None
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The templates as patterns, those with most words of their own first."""
    ordered = sorted(TEMPLATES, key=lambda one: -len(re.sub(r"\{\w+\}", "", one)))
    return tuple([(one, _pattern(one)) for one in ordered])


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    said = [
        re.escape(part).replace("…", ".+?") if n % 2 == 0 else f"(?P<{part}>.+?)"
        for n, part in enumerate(parts)
    ]
    return re.compile("".join(said), re.DOTALL)
