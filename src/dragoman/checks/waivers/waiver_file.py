"""Waivers in a file of their own, `waivers.toml` beside the catalogs, where comments would not last.

[[waiver]]
text = "khojaly-memorial-day"
locale = "ru"
source = "In 1992 he left."
codes = ["number"]
reason = "the source has a misprint"
seal = "3f9a1c02d1"
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dragoman.checks.waivers.entry_waivers import Waiver
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.model import Key

_TEXT = re.compile(r"""^(\s*text\s*=\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*')""")
"""The key and the value of a waiver's text, where they stand on a line."""
_STRINGS = ("text", "locale", "source", "context", "reason", "seal")


class FiledWaiver(NamedTuple):
    """A waiver of one message, and its line in the file."""

    text: str
    locale: str
    key: Key
    waiver: Waiver
    line: int = 0


@dataclass(frozen=True)
class WaiverFile:
    """The waivers of a file."""

    kept: tuple[FiledWaiver, ...] = ()
    file: str = ""
    _by_key: dict[tuple[str, str, Key], list[Waiver]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.kept:
            self._by_key.setdefault((one.text, one.locale, one.key), []).append(one.waiver)

    def of(self, text: str, locale: str, key: Key) -> list[Waiver]:
        """The waivers of a message."""
        return self._by_key.get((text, locale, key), [])

    def lost(self, text: str, locale: str, there: Collection[Key]) -> Iterator[FiledWaiver]:
        """The waivers of a catalog whose messages are not in it any more."""
        for one in self.kept:
            if (one.text, one.locale) == (text, locale) and one.key not in there:
                yield one


def read(text: str, file: str, codes: Collection[str]) -> WaiverFile:
    """The waivers of a TOML text.

    Args:
        text: the file's text.
        file: its name, for messages.
        codes: the codes of all checks.

    Raises:
        DragomanErrors: every waiver with an unknown key or code, or without what it needs.

    >>> told = 'text = "a"\\nlocale = "ru"\\nsource = "No."\\ncodes = ["number"]\\nreason = "x"'
    >>> read("[[waiver]]\\n" + told, "waivers.toml", ["number"]).of("a", "ru", (None, "No."))
    [Waiver(codes=frozenset({'number'}), reason='x', seal='')]
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.sub(r" [(]at .*", "", str(error))
        raise DragomanError(f"not TOML: {said}", file=file, how_to_fix="fix it") from None
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip() == "[[waiver]]"]
    found, errors = [], []
    items = data.get("waiver", [])
    for place, item in enumerate(items if isinstance(items, list) else [items]):
        line = lines[place] if place < len(lines) else 1
        wrong = _wrong(item, codes)
        if wrong:
            errors.append(DragomanError(wrong, file=file, line=line, how_to_fix="fix the waiver"))
        else:
            found.append(_kept(item, line))
    if errors:
        raise DragomanErrors(errors)
    return WaiverFile(tuple(found), file)


def _wrong(item: Any, codes: Collection[str]) -> str:
    """The fault of a table of the file; empty if it has none."""
    if not isinstance(item, dict):
        return "a waiver is not a table"
    for name in ("text", "locale", "source", "reason"):
        if not item.get(name):
            return f"a waiver without {name!r}"
    for name, value in item.items():
        if name not in (*_STRINGS, "codes"):
            return f"unknown key {name!r}; known: {', '.join((*_STRINGS, 'codes'))}"
        if name != "codes" and not isinstance(value, str):
            return f"{name!r} is not a string"
    said = item.get("codes")
    if not isinstance(said, list) or not said:
        return "a waiver without 'codes'"
    unknown = [code for code in said if code not in codes]
    return f"there is no check {unknown[0]!r}" if unknown else ""


def _kept(item: dict[str, Any], line: int) -> FiledWaiver:
    waiver = Waiver(frozenset(item["codes"]), item["reason"], item.get("seal", ""))
    key = (item.get("context"), item["source"])
    return FiledWaiver(item["text"], item["locale"], key, waiver, line)


def added(book: WaiverFile, more: Iterable[FiledWaiver]) -> str:
    """The file with more waivers; one for the same message and checks takes the former's place.

    >>> waiver = Waiver(frozenset(["number"]), "a misprint", "ab")
    >>> print(added(WaiverFile(), [FiledWaiver("a", "ru", (None, "No."), waiver)]), end="")
    [[waiver]]
    text = "a"
    locale = "ru"
    source = "No."
    codes = ["number"]
    reason = "a misprint"
    seal = "ab"
    """
    kept = list(book.kept)
    for one in more:
        kept = [
            k
            for k in kept
            if (k.text, k.locale, k.key) != (one.text, one.locale, one.key)
            or not k.waiver.codes <= one.waiver.codes
        ]
        kept.append(one)
    kept.sort(key=lambda one: (one.text, one.locale, one.key[1], one.key[0] or ""))
    return "\n".join(map(_toml, kept))


def moved(content: str, book: WaiverFile, text_of: Callable[[str, Key], str]) -> str:
    """The file with waivers assigned to other texts, and everything else unchanged.

    Args:
        content: the file's text.
        book: the waivers of the file.
        text_of: a function from the text and message of a waiver to the text it now belongs to.

    >>> told = 'text = "a"  # Why.\\nlocale = "ru"\\nsource = "No."\\ncodes = ["number"]\\nreason = "x"'
    >>> book = read("[[waiver]]\\n" + told, "waivers.toml", ["number"])
    >>> moved("[[waiver]]\\n" + told, book, lambda text, key: "b").split("\\n")[1]
    'text = "b"  # Why.'
    """
    lines = content.split("\n")
    for one in book.kept:
        name = text_of(one.text, one.key)
        at = one.line
        while name != one.text and at < len(lines) and not lines[at].startswith("[["):
            line, count = _TEXT.subn(lambda m, name=name: m[1] + _quoted(name), lines[at])  # type: ignore[misc]
            if count:
                lines[at] = line
                break
            at += 1
    return "\n".join(lines)


def _toml(one: FiledWaiver) -> str:
    context, source = one.key
    said = {"text": one.text, "locale": one.locale, "source": source, "context": context}
    lines = ["[[waiver]]", *(f"{k} = {_quoted(v)}" for k, v in said.items() if v is not None)]
    codes = ", ".join(map(_quoted, sorted(one.waiver.codes)))
    lines += [f"codes = [{codes}]", f"reason = {_quoted(one.waiver.reason)}"]
    lines += [f"seal = {_quoted(one.waiver.seal)}"] if one.waiver.seal else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
