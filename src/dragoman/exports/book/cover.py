"""The cover of a book: its titles, drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from dragoman.languages import locales
from dragoman.text.xml_escape import content

_WIDTH, _HEIGHT = 1200, 1800
_LETTERS = 24
"""Letters of the first title on a line."""


def cover(titles: Sequence[tuple[str, str]], author: str = "") -> str:
    """An SVG image.

    Args:
        titles: locale and title, the first one largest.
        author: the author; may be empty.

    >>> made = cover([("en", "A day"), ("he", "יום")])
    >>> 'direction="rtl"' in made and made.count("<text") == 2
    True
    """
    lines: list[str] = []
    y = 420
    for place, (locale, title) in enumerate(titles):
        size = 96 if place == 0 else 56
        weight = "bold" if place == 0 else "normal"
        for line in textwrap.wrap(title, _LETTERS * 96 // size, break_long_words=True)[:6]:
            lines.append(
                f'<text x="{_WIDTH // 2}" y="{y}" text-anchor="middle" font-size="{size}" font-weight="{weight}" '
                f'xml:lang="{locales.language_tag(locale)}" direction="{locales.direction(locale)}">{content(line)}</text>'
            )
            y += round(size * 1.3)
        y += 70
    if author:
        lines.append(
            f'<text x="{_WIDTH // 2}" y="1640" text-anchor="middle" font-size="52">{content(author)}</text>'
        )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
            'font-family="Noto Serif, Noto Serif Hebrew, Georgia, serif" fill="#1d1b18">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#f6ecd6"/>',
            f'<rect x="60" y="60" width="{_WIDTH - 120}" height="{_HEIGHT - 120}" fill="none" stroke="#7a3b12" stroke-width="6"/>',
            *lines,
            "</svg>",
            "",
        ]
    )
