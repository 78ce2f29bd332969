"""Errors of engines, in messages of our own.

No message repeats anything that a server answered or that was sent: an answer may be made to
mislead, and a request may contain a key.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from dragoman.engines.exchange import Answer


class ErrorKind(StrEnum):
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
    (
        ErrorKind.BUSY,
        ErrorKind.SERVER,
        ErrorKind.SLOW,
        ErrorKind.CUT,
        ErrorKind.GARBAGE,
        ErrorKind.COUNT,
        ErrorKind.UNREACHABLE,
    )
)
"""Kinds of errors after which the same request may succeed later."""


class EngineError(Exception):
    """An engine returned no translation.

    >>> str(EngineError(ErrorKind.SLOW, "no answer in time"))
    'no answer in time'
    """

    def __init__(
        self, kind: ErrorKind, sentence: str, after: str = "", how_to_fix: str = ""
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.after = after
        """The server's Retry-After header."""
        self.how_to_fix = how_to_fix

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed later."""
        return self.kind in PASSING


_STATUS = {
    401: (ErrorKind.KEY, "it refuses the key", "check that it is this engine's, and still valid"),
    403: (ErrorKind.KEY, "it refuses access", "check that the key is right, and allowed from here"),
    402: (ErrorKind.QUOTA, "the quota is used up", "see your account with it"),
    456: (ErrorKind.QUOTA, "the quota is used up", "see your account with it"),
    408: (ErrorKind.SLOW, "it waited too long", ""),
    413: (ErrorKind.LARGE, "the request is too large for it", ""),
    414: (ErrorKind.LARGE, "the request is too large for it", ""),
    425: (ErrorKind.BUSY, "it is busy", ""),
    429: (ErrorKind.BUSY, "it asks to slow down", ""),
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
        kind, sentence, how_to_fix = _STATUS[status]
    elif 300 <= status < 400:
        kind, sentence = (
            ErrorKind.REDIRECT,
            "it redirects elsewhere, and texts are only sent to the given address",
        )
        how_to_fix = "give the right address with --endpoint"
    elif status >= 500:
        kind, sentence, how_to_fix = ErrorKind.SERVER, "it has an error", ""
    else:
        kind, sentence = ErrorKind.REFUSED, "it does not accept the request"
        how_to_fix = "check that --endpoint is this engine's, and that it has --model"
    raise EngineError(kind, f"{sentence} (status {status})", answer.after, how_to_fix)


def json_of(answer: Answer) -> Any:
    """The parsed JSON of a successful answer.

    Raises:
        EngineError: there is no success, or no JSON.
    """
    body = body_of(answer)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise EngineError(ErrorKind.GARBAGE, "its answer is not JSON") from None


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
        raise EngineError(ErrorKind.GARBAGE, "its answer has no translations")
    if len(translations) != count:
        raise EngineError(ErrorKind.COUNT, f"it answered {len(translations)} texts to {count}")
    return translations
