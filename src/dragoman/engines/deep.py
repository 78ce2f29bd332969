"""Calls deep-translator, and works around its faults.

It makes the requests for Google's page and MyMemory, and parses their answers. It must not use the
network itself: in its modules `requests` is replaced by our own sender, because its calls have no
time-out, follow redirects and resolve names again. Further faults:

- a text without letters whose translation is the text itself is returned as None;
- its exceptions have no common base, and some come from json, bs4 or a generator;
- a translator keeps the parameters of its last call, so each text gets a new one;
- `translate_batch` loses all texts if one fails, so it is not used;
- it reads keys from the environment on import; the two engines used here take none.
"""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import quote, urlencode

from dragoman.engines.engine_errors import EngineError, ErrorKind, body_of
from dragoman.engines.exchange import Request, Send

_URL = 8000
"""Maximum length of a URL that servers accept (RFC 9110, section 4.1)."""
_mine = threading.local()


class _Response:
    """The part of a response that deep-translator uses."""

    status_code = 200

    def __init__(self, body: bytes) -> None:
        self.text = body.decode(errors="replace")

    def json(self) -> Any:
        return json.loads(self.text)

    def close(self) -> None:
        """There is nothing to close."""


class _Requests:
    """Replaces the `requests` module in deep-translator's modules."""

    @staticmethod
    def get(url: str, params: dict[str, str], proxies: object = None) -> _Response:
        assert proxies is None, "there are no proxies here"
        address = f"{url}?{urlencode(params, quote_via=quote)}"
        if len(address) > _URL:
            raise EngineError(ErrorKind.LARGE, "the text is too long for an address")
        try:
            return _Response(body_of(_mine.send(Request("GET", address))))
        except Exception as error:
            _mine.raised = error
            raise


def translated(translator: Any, endpoint: str, text: str, send: Send) -> str:
    """The translation of one text by a translator of deep-translator.

    Raises:
        EngineError: there is no translation, for any reason.
    """
    import sys  # for the module of the translator alone

    vars(sys.modules[type(translator).__module__])["requests"] = _Requests
    translator._base_url = endpoint  # noqa: SLF001 - its constructor takes none
    _mine.send = send
    try:
        translation = translator.translate(text)
    except EngineError:
        raise
    except Exception as error:
        if error is getattr(_mine, "raised", None):
            raise  # our own error
        raise EngineError(ErrorKind.GARBAGE, "its answer has no translation") from None
    finally:
        del _mine.send
    return text if translation is None else str(translation)
