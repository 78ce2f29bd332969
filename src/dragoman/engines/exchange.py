"""What goes to an engine and what comes back: batches, requests, answers, protected pieces."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.engines.keys import Key


class Item(NamedTuple):
    """One text to translate, and what an engine that reads more may know of it."""

    text: str
    """As it is sent: protected pieces are written in one of the engine's shapes."""
    kind: str = ""
    """What block it stands in, as `heading`."""
    before: str = ""
    """The text before it, protected as it is itself; empty where there is none."""
    after: str = ""
    notes: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of the glossary in it, and how they are said."""


class Options(NamedTuple):
    """How an engine is reached, and what it is told besides."""

    endpoint: str = ""
    key: Key | None = None
    model: str = ""
    glossary: str = ""
    """The name of a glossary that the engine keeps itself."""


class Batch(NamedTuple):
    """Texts for one request."""

    items: tuple[Item, ...]
    source: str
    """Locale of the texts."""
    target: str
    """Locale to translate into."""
    options: Options = Options()
    turn: int = 0
    """0, or 1 where the answers of the first time could not be used."""


class Request(NamedTuple):
    """What leaves the machine."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Answer(NamedTuple):
    """What a server said."""

    status: int
    body: bytes
    after: str = ""
    """Its Retry-After header."""


Send = Callable[[Request], Answer]
"""Sends a request, and gives back what the server said, whatever its status."""


class Shape(NamedTuple):
    """How protected pieces are written in a text, so that an engine keeps them."""

    holder: str
    """A piece that stands for itself, with `{}` for its number."""
    opening: str
    """The first of two pieces that stand around something."""
    closing: str
    pattern: re.Pattern[str]
    """Finds any of them in an answer; its groups are the number of a holder, the number of an
    opening, and whether it closes. Only a shape that nests leaves the last number out."""
    markup: bool = False
    """Whether the text is markup, in which & and < are escaped."""

    def written(self, text: str) -> str:
        """A text between pieces, as it is sent."""
        return html.escape(text, quote=False) if self.markup else text

    def read(self, text: str) -> str:
        """A text between pieces, as it came back."""
        return html.unescape(text) if self.markup else text


BRACKETS = Shape("[X{}X]", "[X{}X]", "[X{}X]", re.compile(r"\[\s*[XxХх×]\s*(\d+)\s*[XxХх×]\s*\]"))
"""Letters and figures in brackets, which engines for plain text take for a name; some write the
X as their own letter, or put blanks in."""
BRACES = Shape("{{{{{}}}}}", "{{{{{}}}}}", "{{{{{}}}}}", re.compile(r"\{\s*\{\s*(\d+)\s*\}\s*\}"))
"""Numbers in double braces."""
TAGS = Shape(
    '<x id="{}"/>',
    '<g id="{}">',
    "</g>",
    re.compile(
        r'<x id=["“”](\d+)["“”]\s*/?>(?:\s*</x>)?|<g id=["“”](\d+)["“”]\s*>|(</g>)', re.IGNORECASE
    ),
    markup=True,
)
"""Elements as in XLIFF 1.2, for engines that know markup."""


@dataclass(frozen=True)
class Traits:
    """What is true of an engine, whatever it is asked."""

    name: str
    about: str
    """What it is, in one sentence."""
    endpoint: str = ""
    """Where it is by itself; empty for one that nothing is sent to."""
    own: tuple[str, ...] = ()
    """Its own servers, which its key may be sent to without being named."""
    key: str = ""
    """The environment variable that holds its key; empty where it has none."""
    key_needed: bool = False
    model_needed: bool = False
    items: int = 1
    """Texts that one request may hold."""
    length: int = 1_000_000
    """Characters that one text may have."""
    size: int = 1_000_000
    """Characters that one request may hold."""
    rate: float = 0.0
    """Requests a second that are polite; no limit where 0."""
    reads_around: bool = False
    """Whether neighbours, kind and notes are sent along."""
    reads_terms: bool = False
    """Whether terms of the glossary are sent along."""

    @property
    def offline(self) -> bool:
        return not self.endpoint
