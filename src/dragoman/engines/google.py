"""Google Translate's mobile page, through deep-translator: no key, one text a request."""

from __future__ import annotations

from dragoman.engines import deep
from dragoman.engines.exchange import BRACES, BRACKETS, Batch, Send, Shape, Traits
from dragoman.languages import language as languages

TRAITS = Traits(
    name="google",
    about="Google Translate's public page; no key",
    endpoint="https://translate.google.com/m",
    length=4999,  # deep-translator accepts fewer than 5,000
    rate=2.0,
)
_REGIONS = {"zh-TW": "zh-TW", "zh-HK": "zh-TW", "zh-Hant": "zh-TW"}


def code(locale: str) -> str:
    """Google's code of a locale, if deep-translator knows it; else empty.

    >>> code("he"), code("pt_BR"), code("tlh")
    ('iw', 'pt', '')
    """
    from deep_translator.constants import (  # type: ignore[import-untyped]  # slow, only for this engine
        GOOGLE_LANGUAGES_TO_CODES,
    )

    language, _, rest = locale.replace("_", "-").partition("-")
    name = _REGIONS.get(
        f"{language}-{rest}", languages.of(language).at_engine(TRAITS.name) or language
    )
    return name if name in GOOGLE_LANGUAGES_TO_CODES.values() else ""


def shapes(target: str) -> tuple[Shape, Shape]:
    return BRACKETS, BRACES


def translate(batch: Batch, send: Send) -> list[str]:
    """The translation of each text; the page is parsed by deep-translator.

    Raises:
        EngineError: there is no valid answer.
    """
    from deep_translator.google import (  # type: ignore[import-untyped]  # slow, only for this engine
        GoogleTranslator,
    )

    translations = []
    for item in batch.items:
        # a new one each time: it keeps its parameters, so threads cannot share it
        translator = GoogleTranslator(code(batch.source), code(batch.target))
        translations.append(deep.translated(translator, batch.options.endpoint, item.text, send))
    return translations
