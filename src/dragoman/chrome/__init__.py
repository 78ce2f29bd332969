"""Interface labels of pages and books, translated by our own catalogs.

`chrome.pot` has every label in English, and each language has a catalog beside it. A language
without a catalog gets English labels, marked with `lang="en"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dragoman import po


class Chrome(NamedTuple):
    """The labels in one language."""

    locale: str
    """The language of the labels: English if the requested one has no catalog."""
    labels: Mapping[str, str]

    def say(self, label: str, **values: str) -> str:
        """A translated label with its placeholders filled in.

        >>> chrome("ru").say("Found: {count}", count="3")
        'Найдено: 3'
        """
        return (self.labels.get(label) or label).format(**values)


@cache
def chrome(locale: str, part: str = "") -> Chrome:
    """The labels in the language of a locale.

    Args:
        locale: the locale.
        part: `findings` for what checks say, which no page of an edition shows.

    >>> chrome("az").say("Contents"), chrome("fr").locale
    ('Mündəricat', 'en')
    """
    from importlib.resources import files  # slow to load

    language = locale.replace("-", "_").split("_")[0]
    catalog = files(__name__).joinpath(part, f"{language}.po")
    if not catalog.is_file():
        return Chrome("en", {})
    entries = po.parse(catalog.read_bytes(), f"{language}.po").messages()
    return Chrome(language, {entry.msgid: entry.msgstr for entry in entries})


__all__ = ["Chrome", "chrome"]
