"""LibreTranslate: a server that users can run themselves, with or without a key."""

from __future__ import annotations

import json
from typing import Any

from dragoman.engines.engine_errors import EngineError, ErrorKind, json_of, texts_of
from dragoman.engines.exchange import BRACES, BRACKETS, Batch, Request, Send, Shape, Traits

TRAITS = Traits(
    name="libretranslate",
    about="LibreTranslate, on its own site or on a server of yours",
    endpoint="https://libretranslate.com",
    own=("https://libretranslate.com",),
    key="LIBRETRANSLATE_API_KEY",
    items=20,
    size=5000,
)
_OTHER_NAMES = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "pt-BR": "pt-BR"}
_REFUSED = 400


def code(locale: str) -> str:
    """LibreTranslate's code of a locale; only the server knows which it supports.

    >>> code("he"), code("zh_TW")
    ('he', 'zh-Hant')
    """
    tag = locale.replace("_", "-")
    return _OTHER_NAMES.get(tag, tag.partition("-")[0])


def shapes(target: str) -> tuple[Shape, Shape]:
    return BRACKETS, BRACES


def translate(batch: Batch, send: Send) -> list[str]:
    """The translation of each text (`POST /translate` with a list).

    Raises:
        EngineError: there is no valid answer.
    """
    payload: dict[str, Any] = {
        "q": [item.text for item in batch.items],
        "source": code(batch.source),
        "target": code(batch.target),
        "format": "text",
    }
    if batch.options.key:
        payload["api_key"] = batch.options.key.reveal()
    answer = send(
        Request(
            "POST",
            f"{batch.options.endpoint}/translate",
            {"Content-Type": "application/json"},
            json.dumps(payload, ensure_ascii=False).encode(),
        )
    )
    if answer.status == _REFUSED:
        _explain(answer.body)
    content = json_of(answer)
    return texts_of(
        content.get("translatedText") if isinstance(content, dict) else None, len(payload["q"])
    )


def _explain(body: bytes) -> None:
    """Raise EngineError if the server's message shows the reason; the message is not repeated."""
    if b"not supported" in body or b"not available as a target" in body:
        raise EngineError(ErrorKind.LANGUAGE, "it does not know this pair of languages")
    if b"limit" in body:
        raise EngineError(ErrorKind.LARGE, "the request is too large for it")
