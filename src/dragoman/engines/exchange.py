"""The data exchanged with engines: batches, requests, answers, and shapes of placeholders."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.engines.keys import Key


class BatchItem(NamedTuple):
    """One text to translate, with what an engine may know of its context."""

    text: str
    """The text to send, with placeholders in one of the engine's shapes."""
    kind: str = ""
    """Kind of its block, such as `heading`."""
    before: str = ""
    """The previous text, with placeholders; empty if there is none."""
    after: str = ""
    notes: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    """Terms of the glossary in it, with their translations."""


class EngineOptions(NamedTuple):
    """How to reach an engine, and its parameters."""

    endpoint: str = ""
    key: Key | None = None
    model: str = ""
    glossary: str = ""
    """The id of a glossary stored by the engine."""


class Batch(NamedTuple):
    """Texts for one request."""

    items: tuple[BatchItem, ...]
    source: str
    """Source locale."""
    target: str
    """Target locale."""
    options: EngineOptions = EngineOptions()
    turn: int = 0
    """0, or 1 for a retry after unusable answers."""


class Request(NamedTuple):
    """A request to send."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Answer(NamedTuple):
    """The answer of a server."""

    status: int
    body: bytes
    after: str = ""
    """Its Retry-After header."""


Send = Callable[[Request], Answer]
"""Sends a request, and returns the server's answer whatever its status."""


class Shape(NamedTuple):
    """How placeholders are written in a text, so that an engine keeps them."""

    holder: str
    """A single placeholder, with `{}` for its number."""
    opening: str
    """The first of two placeholders around a text, with `{}` for its number."""
    closing: str
    pattern: re.Pattern[str]
    """Matches any of them in an answer; the groups are the number of a single one, the number of
    an opening one, and a closing one, which has no number if pairs are nested elements."""
    markup: bool = False
    """Whether the text is XML, so that & and < are escaped."""

    def written(self, text: str) -> str:
        """Escape text outside placeholders."""
        return html.escape(text, quote=False) if self.markup else text

    def read(self, text: str) -> str:
        """Unescape text outside placeholders."""
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
    """The fixed properties of an engine."""

    name: str
    about: str
    """A description in one sentence."""
    endpoint: str = ""
    """Its default URL; empty for an engine that sends nothing."""
    own: tuple[str, ...] = ()
    """Its own servers, to which its key may be sent without --endpoint."""
    key: str = ""
    """The environment variable of its key; empty if it has none."""
    key_needed: bool = False
    model_needed: bool = False
    items: int = 1
    """Maximum number of texts in a request."""
    length: int = 1_000_000
    """Maximum number of characters in a text."""
    size: int = 1_000_000
    """Maximum number of characters in a request."""
    rate: float = 0.0
    """Maximum number of requests a second; 0 for no limit."""
    reads_around: bool = False
    """Whether neighbours, kind and notes are sent too."""
    reads_terms: bool = False
    """Whether terms of the glossary are sent too."""

    @property
    def offline(self) -> bool:
        return not self.endpoint
