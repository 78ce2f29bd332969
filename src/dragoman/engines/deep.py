"""The door to deep-translator, with its faults left at it.

What it does: it writes the requests of Google's page and of MyMemory and reads their answers.
What it may not do is to use the network: in its modules `requests` is replaced by our own door,
because its calls have no time-out, follow redirects and look names up again. What else is fixed:

- a text whose answer is the text itself comes back as None where it has no letters;
- its exceptions have no common base, and some are those of json, bs4 or a generator;
- a translator keeps the parameters of its last call, so each text gets a translator of its own;
- `translate_batch` loses all texts where one fails, so it is not called;
- it reads keys from the environment when it is loaded; the two engines used here take none.
"""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import quote, urlencode

from dragoman.engines.engine_errors import EngineError, Kind, body_of
from dragoman.engines.exchange import Request, Send

_URL = 8000
"""Characters of an address that servers take (RFC 9110, section 4.1)."""
_mine = threading.local()


class _Response:
    """What deep-translator asks of an answer."""

    status_code = 200

    def __init__(self, body: bytes) -> None:
        self.text = body.decode(errors="replace")

    def json(self) -> Any:
        return json.loads(self.text)

    def close(self) -> None:
        """There is nothing to close."""


class _Requests:
    """Stands in the place of the `requests` module in deep-translator's modules."""

    @staticmethod
    def get(url: str, params: dict[str, str], proxies: object = None) -> _Response:
        assert proxies is None, "there are no proxies here"
        asked = f"{url}?{urlencode(params, quote_via=quote)}"
        if len(asked) > _URL:
            raise EngineError(Kind.LARGE, "the text is too long for an address")
        try:
            return _Response(body_of(_mine.send(Request("GET", asked))))
        except Exception as error:
            _mine.raised = error
            raise


def translated(translator: Any, endpoint: str, text: str, send: Send) -> str:
    """The translation of one text by a translator of deep-translator.

    Raises:
        EngineError: there is none, whatever the reason.
    """
    import sys  # for the module of the translator alone

    vars(sys.modules[type(translator).__module__])["requests"] = _Requests
    translator._base_url = endpoint  # noqa: SLF001 - its constructor takes none
    _mine.send = send
    try:
        said = translator.translate(text)
    except EngineError:
        raise
    except Exception as error:
        if error is getattr(_mine, "raised", None):
            raise  # it is ours
        raise EngineError(Kind.GARBAGE, "its answer has no translation") from None
    finally:
        del _mine.send
    return text if said is None else str(said)
