"""How the pages of a site look: title, logo, accent colour, footer and a style sheet of its own."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from dragoman.exports.parts.elements import Markup, lang
from dragoman.model import Picture, Span


class SiteLook(NamedTuple):
    """The parts of a page that the settings choose."""

    titles: Mapping[str, str] = MappingProxyType({})
    """Title by locale; the empty locale is for all others."""
    footers: Mapping[str, str] = MappingProxyType({})
    """Text at the foot of each page, by locale."""
    logo: Picture | None = None
    accent: str = ""
    css: str = ""

    def title(self, locale: str, otherwise: str) -> str:
        """The site's title in a language.

        >>> look = SiteLook({"": "Letters", "he": "מכתבים"})
        >>> look.title("he", "x"), look.title("ru", "x"), SiteLook().title("ru", "x")
        ('מכתבים', 'Letters', 'x')
        """
        return self.titles.get(locale) or self.titles.get("") or otherwise

    def style(self) -> str:
        """A style sheet that follows the page's own.

        >>> SiteLook(accent="#123456").style()
        '\\n:root:root { --accent: #123456; }\\n'
        """
        accent = f"\n:root:root {{ --accent: {self.accent}; }}\n" if self.accent else ""
        return accent + self.css

    def mark(self) -> str:
        """The logo as an image without a name, since its title stands beside it."""
        if self.logo is None:
            return ""
        data = base64.b64encode(self.logo.data).decode()
        return f'<img class="logo" src="data:{self.logo.media};base64,{data}" alt="">'

    def footer(self, locale: str) -> list[str]:
        """The footer in a language; empty if there is none."""
        text = self.footers.get(locale) or self.footers.get("")
        if not text:
            return []
        line = Markup().line((Span("text", text),), locale)
        return [f'<footer class="foot" {lang(locale)}>{line}</footer>']

    def home(self, address: str, locale: str, label: str) -> str:
        """The link to the index, with the logo and the site's title if it has one."""
        return f'<a class="home" href="{escape(address)}">{self.mark()}{escape(self.title(locale, label))}</a>'
