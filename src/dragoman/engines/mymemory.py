"""MyMemory, a public memory with machine translation, through deep-translator: one text a request."""

from __future__ import annotations

import html
from typing import Any

from dragoman.engines import deep
from dragoman.engines.engine_errors import EngineError, ErrorKind, json_of
from dragoman.engines.exchange import BRACES, BRACKETS, Answer, Batch, Request, Send, Shape, Traits
from dragoman.languages import language as languages

TRAITS = Traits(
    name="mymemory",
    about="MyMemory's public memory and machine; no key, few words a day",
    endpoint="https://api.mymemory.translated.net/get",
    own=("https://api.mymemory.translated.net",),
    key="MYMEMORY_EMAIL",
    length=499,  # deep-translator accepts fewer than 500
    size=500,
    rate=2.0,
)
LONGEST = 500
"""Maximum number of bytes in a text (MyMemory's documentation: "q … Max 500 bytes")."""


def code(locale: str) -> str:
    """MyMemory's code of a locale, usually with a country; empty if it is not supported.

    >>> code("he"), code("az"), code("pt_BR"), code("tlh")
    ('he-IL', 'az-AZ', 'pt-BR', '')
    """
    from deep_translator.constants import (  # type: ignore[import-untyped]  # slow, only for this engine
        MY_MEMORY_LANGUAGES_TO_CODES,
    )

    names = list(MY_MEMORY_LANGUAGES_TO_CODES.values())
    tag = locale.replace("_", "-")
    language = tag.partition("-")[0]
    name_ = tag if tag in names else languages.of(language).at_engine(TRAITS.name)
    return name_ or next((name for name in names if name.partition("-")[0] == language), "")


def shapes(target: str) -> tuple[Shape, Shape]:
    return BRACKETS, BRACES


def translate(batch: Batch, send: Send) -> list[str]:
    """The translation of each text; deep-translator makes requests and parses answers.

    Raises:
        EngineError: there is no valid answer.
    """
    from deep_translator.mymemory import (  # type: ignore[import-untyped]  # slow, only for this engine
        MyMemoryTranslator,
    )

    def sent(request: Request) -> Answer:
        answer = send(request)
        _judge(json_of(answer))
        return answer

    key = batch.options.key
    translations = []
    for item in batch.items:
        if len(item.text.encode()) > LONGEST:
            raise EngineError(ErrorKind.LARGE, f"the text has more than {LONGEST} bytes")
        email = key.reveal() if key else None
        translator = MyMemoryTranslator(code(batch.source), code(batch.target), email=email)
        translation = deep.translated(translator, batch.options.endpoint, item.text, sent)
        translations.append(html.unescape(translation))
    return translations


def _judge(answer: Any) -> None:
    """Raise EngineError if an answer is an error, which MyMemory returns in place of translations.

    deep-translator would accept the error as a translation, and replace an empty answer by another
    sentence of the memory.
    """
    data = answer.get("responseData") if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        raise EngineError(ErrorKind.GARBAGE, "its answer has no translations")
    status = str(answer.get("responseStatus", "200"))
    if answer.get("quotaFinished") is True or status == "429":
        raise EngineError(
            ErrorKind.QUOTA,
            "its daily quota is used up",
            how_to_fix="continue tomorrow, or set MYMEMORY_EMAIL for a larger quota",
        )
    if status == "403":
        raise EngineError(ErrorKind.LANGUAGE, "it does not know this pair of languages")
    if status != "200":
        raise EngineError(ErrorKind.SERVER, "it has an error")
    text = data.get("translatedText")
    if not isinstance(text, str) or not text.strip():
        raise EngineError(ErrorKind.GARBAGE, "its answer is empty")
