"""LibreTranslate: a server that one can run oneself, with or without a key."""

from __future__ import annotations

import json
from typing import Any

from dragoman.engines.engine_errors import EngineError, Kind, json_of, texts_of
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
    """LibreTranslate's name of a locale: its language; which there are is the server's to say.

    >>> code("he"), code("zh_TW")
    ('he', 'zh-Hant')
    """
    tag = locale.replace("_", "-")
    return _OTHER_NAMES.get(tag, tag.partition("-")[0])


def shapes(target: str) -> tuple[Shape, Shape]:
    return BRACKETS, BRACES


def translate(batch: Batch, send: Send) -> list[str]:
    """The translation of each text (`POST /translate` with a list)."""
    asked: dict[str, Any] = {
        "q": [item.text for item in batch.items],
        "source": code(batch.source),
        "target": code(batch.target),
        "format": "text",
    }
    if batch.options.key:
        asked["api_key"] = batch.options.key.reveal()
    answer = send(
        Request(
            "POST",
            f"{batch.options.endpoint}/translate",
            {"Content-Type": "application/json"},
            json.dumps(asked, ensure_ascii=False).encode(),
        )
    )
    if answer.status == _REFUSED:
        _explain(answer.body)
    found = json_of(answer)
    return texts_of(
        found.get("translatedText") if isinstance(found, dict) else None, len(asked["q"])
    )


def _explain(body: bytes) -> None:
    """Raise EngineError where the server says by its words, which are not repeated, what it is about."""
    if b"not supported" in body or b"not available as a target" in body:
        raise EngineError(Kind.LANGUAGE, "it does not know this pair of languages")
    if b"limit" in body:
        raise EngineError(Kind.LARGE, "the request is too large for it")
