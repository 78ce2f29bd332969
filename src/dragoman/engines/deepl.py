"""DeepL's API, version 2; the key is sent in a header."""

from __future__ import annotations

import json
from typing import Any

from dragoman.engines.engine_errors import EngineError, ErrorKind, json_of, texts_of
from dragoman.engines.exchange import BRACES, BRACKETS, TAGS, Batch, Request, Send, Shape, Traits

FREE = "https://api-free.deepl.com"
TRAITS = Traits(
    name="deepl",
    about="DeepL's API",
    endpoint="https://api.deepl.com",
    own=("https://api.deepl.com", FREE),
    key="DEEPL_AUTH_KEY",
    key_needed=True,
    items=50,
    size=30_000,  # of 128 KiB that a request may have, all in characters of four bytes
)

# Target languages of text translation, by DeepL's table of languages (November 2026). Those with
# tag handling keep elements in the right places; Hebrew and Azerbaijani do not have it.
_WITH_TAGS = """
AR BG CS DA DE EL EN EN-GB EN-US ES ES-419 ET FI FR HU ID IT JA KO LT LV NB NL PL PT PT-BR PT-PT
RO RU SK SL SV TR UK ZH ZH-HANS ZH-HANT
"""
_WITHOUT_TAGS = """
ACE AF AN AS AY AZ BA BE BHO BN BR BS CA CEB CKB CY DE-CH EO EU FA FR-CA GA GL GN GOM GU HA HE HI
HR HT HY IG IS JV KA KK KMR KY LA LB LMO LN MAI MG MI MK ML MN MR MS MT MY NE OC OM PA PAG PAM PRS
PS QU SA SCN SQ SR ST SU SW TA TE TG TH TK TL TN TS TT UR UZ VI WO XH YI YUE ZU
"""
_OTHER_NAMES = {
    "EN": "EN-US",
    "NO": "NB",
    "FIL": "TL",
    "PT": "PT-PT",
    "ZH-CN": "ZH-HANS",
    "ZH-TW": "ZH-HANT",
}


def code(locale: str) -> str:
    """DeepL's code of a target locale; empty if it is not supported.

    >>> code("he"), code("pt_BR"), code("tlh")
    ('HE', 'PT-BR', '')
    """
    tag = locale.replace("_", "-").upper()
    for name in (tag, tag.partition("-")[0]):
        known = _OTHER_NAMES.get(name, name)
        if known in (*_WITH_TAGS.split(), *_WITHOUT_TAGS.split()):
            return known
    return ""


def shapes(target: str) -> tuple[Shape, Shape]:
    """Elements for languages with tag handling, else names in brackets."""
    return (TAGS, BRACKETS) if code(target) in _WITH_TAGS.split() else (BRACKETS, BRACES)


def translate(batch: Batch, send: Send) -> list[str]:
    """The translation of each text (`POST /v2/translate`).

    Raises:
        EngineError: there is no valid answer.
    """
    options = batch.options
    payload: dict[str, Any] = {
        "text": [item.text for item in batch.items],
        "source_lang": code(batch.source).partition("-")[0],
        "target_lang": code(batch.target),
        "split_sentences": "0",
    }
    if any(TAGS.pattern.search(item.text) for item in batch.items):
        payload |= {"tag_handling": "xml", "tag_handling_version": "v2", "ignore_tags": ["x"]}
    if options.glossary:
        payload["glossary_id"] = options.glossary
    headers = {"Content-Type": "application/json"}
    if options.key:
        headers["Authorization"] = f"DeepL-Auth-Key {options.key.reveal()}"
    body = json.dumps(payload, ensure_ascii=False).encode()
    answer = json_of(send(Request("POST", f"{options.endpoint}/v2/translate", headers, body)))
    translations = answer.get("translations") if isinstance(answer, dict) else None
    if not isinstance(translations, list) or not all(isinstance(one, dict) for one in translations):
        raise EngineError(ErrorKind.GARBAGE, "its answer has no translations")
    return texts_of([one.get("text") for one in translations], len(payload["text"]))
