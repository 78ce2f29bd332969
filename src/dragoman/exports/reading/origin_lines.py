"""Where a translation comes from, as a reader is told."""

from __future__ import annotations

from dragoman.chrome import Chrome
from dragoman.languages import locales
from dragoman.model import Origin


def origin_line(origin: Origin, chrome: Chrome) -> str:
    """How a sentence was translated, and who approved it and when.

    >>> from dragoman.chrome import chrome
    >>> origin_line(Origin("machine", "google"), chrome("en"))
    'translated by a machine (google), not approved'
    >>> origin_line(Origin("human", "", "A. Reader", "2026-11-24"), chrome("en"))
    'translated by a person, approved by A. Reader, November 24, 2026'
    """
    ways = {
        "human": chrome.say("translated by a person"),
        "memory": chrome.say("taken from a memory ({name})", name=origin.by),
        "machine": chrome.say("translated by a machine ({name})", name=origin.by),
        "imported": chrome.say("taken from a file ({name})", name=origin.by),
    }
    parts = [ways.get(origin.how, "")]
    if origin.former:
        parts.append(chrome.say("made for an earlier wording"))
    if origin.approved_by:
        day = locales.date(origin.approved_on, chrome.locale)
        parts += [chrome.say("approved by {name}", name=origin.approved_by), day]
    else:
        parts.append(chrome.say("not approved"))
    return ", ".join(part for part in parts if part)
