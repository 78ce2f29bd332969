"""What goes wrong on the way to an engine and back, in words of our own.

No sentence here holds anything that a server said or that was sent: an answer may be made to
mislead, and a request may hold a key.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from dragoman.engines.exchange import Answer


class Kind(StrEnum):
    """Kinds of faults; each is a word of the log."""

    BUSY = "busy"
    SERVER = "server"
    SLOW = "slow"
    CUT = "cut"
    GARBAGE = "garbage"
    COUNT = "count"
    UNREACHABLE = "unreachable"
    LARGE = "large"
    REDIRECT = "redirect"
    KEY = "key"
    QUOTA = "quota"
    LANGUAGE = "language"
    REFUSED = "refused"
    UNSAFE = "unsafe"


PASSING = frozenset(
    (Kind.BUSY, Kind.SERVER, Kind.SLOW, Kind.CUT, Kind.GARBAGE, Kind.COUNT, Kind.UNREACHABLE)
)
"""Faults after which the same request may succeed."""


class EngineError(Exception):
    """An engine gave no translation.

    >>> str(EngineError(Kind.SLOW, "no answer in time"))
    'no answer in time'
    """

    def __init__(self, kind: Kind, sentence: str, after: str = "", way_out: str = "") -> None:
        super().__init__(sentence)
        self.kind = kind
        self.after = after
        """The server's Retry-After header."""
        self.way_out = way_out

    @property
    def passing(self) -> bool:
        return self.kind in PASSING


_STATUS = {
    401: (Kind.KEY, "it refuses the key", "look whether it is this engine's, and still valid"),
    403: (Kind.KEY, "it refuses access", "look whether the key is right, or allowed from here"),
    402: (Kind.QUOTA, "what may be translated is used up", "see your account with it"),
    456: (Kind.QUOTA, "what may be translated is used up", "see your account with it"),
    408: (Kind.SLOW, "it waited too long", ""),
    413: (Kind.LARGE, "the request is too large for it", ""),
    414: (Kind.LARGE, "the request is too large for it", ""),
    425: (Kind.BUSY, "it is busy", ""),
    429: (Kind.BUSY, "it asks to slow down", ""),
}


def body_of(answer: Answer) -> bytes:
    """What a server said, where it said it with success; raises EngineError otherwise.

    >>> body_of(Answer(200, b"x"))
    b'x'
    """
    status = answer.status
    if 200 <= status < 300:
        return answer.body
    if status in _STATUS:
        kind, sentence, way_out = _STATUS[status]
    elif 300 <= status < 400:
        kind, sentence = Kind.REDIRECT, "it sends elsewhere, and texts go nowhere but where you say"
        way_out = "give the right address with --endpoint"
    elif status >= 500:
        kind, sentence, way_out = Kind.SERVER, "it has an error", ""
    else:
        kind, sentence = Kind.REFUSED, "it does not take the request"
        way_out = "look whether --endpoint is this engine's, and --model one that it knows"
    raise EngineError(kind, f"{sentence} (status {status})", answer.after, way_out)


def json_of(answer: Answer) -> Any:
    """The JSON that a server answered; raises EngineError where it is none."""
    body = body_of(answer)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise EngineError(Kind.GARBAGE, "its answer is no JSON") from None


def texts_of(found: Any, count: int) -> list[str]:
    """Translations, if they are as many texts as were sent; raises EngineError otherwise.

    >>> texts_of(["a"], 1)
    ['a']
    """
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise EngineError(Kind.GARBAGE, "its answer has no translations")
    if len(found) != count:
        raise EngineError(Kind.COUNT, f"it answered {len(found)} texts to {count}")
    return found
