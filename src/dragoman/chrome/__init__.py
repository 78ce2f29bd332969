"""What pages and books say themselves: labels, translated by catalogs of our own.

`chrome.pot` holds every label in English; a catalog beside it serves each language. A language
without one is served in English, and the page says so by the label's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dragoman import po


class Chrome(NamedTuple):
    """The labels in one language."""

    locale: str
    """The language they are in: English where there is no catalog of the one asked for."""
    labels: Mapping[str, str]

    def say(self, label: str, **values: str) -> str:
        """A label, with values in its places.

        >>> chrome("ru").say("Found: {count}", count="3")
        'Найдено: 3'
        """
        return (self.labels.get(label) or label).format(**values)


@cache
def chrome(locale: str) -> Chrome:
    """The labels in the language of a locale.

    >>> chrome("az").say("Contents"), chrome("fr").locale
    ('Mündəricat', 'en')
    """
    from importlib.resources import files  # slow to load

    language = locale.replace("-", "_").split("_")[0]
    catalog = files(__name__).joinpath(f"{language}.po")
    if not catalog.is_file():
        return Chrome("en", {})
    entries = po.parse(catalog.read_bytes(), f"{language}.po").messages()
    return Chrome(language, {entry.msgid: entry.msgstr for entry in entries})


__all__ = ["Chrome", "chrome"]
