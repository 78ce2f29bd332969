"""Errors of engines, in messages of our own.

No message repeats anything that a server answered or that was sent: an answer may be made to
mislead, and a request may contain a key.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from dragoman.engines.exchange import Answer


class Kind(StrEnum):
    """Kinds of errors; the values appear in the log."""

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
"""Kinds of errors after which the same request may succeed later."""


class EngineError(Exception):
    """An engine returned no translation.

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
        """Whether the same request may succeed later."""
        return self.kind in PASSING


_STATUS = {
    401: (Kind.KEY, "it refuses the key", "check that it is this engine's, and still valid"),
    403: (Kind.KEY, "it refuses access", "check that the key is right, and allowed from here"),
    402: (Kind.QUOTA, "the quota is used up", "see your account with it"),
    456: (Kind.QUOTA, "the quota is used up", "see your account with it"),
    408: (Kind.SLOW, "it waited too long", ""),
    413: (Kind.LARGE, "the request is too large for it", ""),
    414: (Kind.LARGE, "the request is too large for it", ""),
    425: (Kind.BUSY, "it is busy", ""),
    429: (Kind.BUSY, "it asks to slow down", ""),
}


def body_of(answer: Answer) -> bytes:
    """The body of a successful answer.

    Raises:
        EngineError: the status is not 2xx.

    >>> body_of(Answer(200, b"x"))
    b'x'
    """
    status = answer.status
    if 200 <= status < 300:
        return answer.body
    if status in _STATUS:
        kind, sentence, way_out = _STATUS[status]
    elif 300 <= status < 400:
        kind, sentence = (
            Kind.REDIRECT,
            "it redirects elsewhere, and texts are only sent to the given address",
        )
        way_out = "give the right address with --endpoint"
    elif status >= 500:
        kind, sentence, way_out = Kind.SERVER, "it has an error", ""
    else:
        kind, sentence = Kind.REFUSED, "it does not accept the request"
        way_out = "check that --endpoint is this engine's, and that it has --model"
    raise EngineError(kind, f"{sentence} (status {status})", answer.after, way_out)


def json_of(answer: Answer) -> Any:
    """The parsed JSON of a successful answer.

    Raises:
        EngineError: there is no success, or no JSON.
    """
    body = body_of(answer)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise EngineError(Kind.GARBAGE, "its answer is not JSON") from None


def texts_of(translations: Any, count: int) -> list[str]:
    """The translations, if there are as many as texts were sent.

    Raises:
        EngineError: there are not, or they are not strings.

    >>> texts_of(["a"], 1)
    ['a']
    """
    if not isinstance(translations, list) or not all(
        isinstance(text, str) for text in translations
    ):
        raise EngineError(Kind.GARBAGE, "its answer has no translations")
    if len(translations) != count:
        raise EngineError(Kind.COUNT, f"it answered {len(translations)} texts to {count}")
    return translations
