"""The glossary as data: `locales/glossary.toml`, checked when it is read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from dragoman.errors import DragomanError, DragomanErrors

_TERM_KEYS = ("source", "keep", "case", "note")
_WORDING_KEYS = ("preferred", "allowed", "forbidden", "stems")


class Wording(NamedTuple):
    """The translations of a term in one language: preferred, allowed and forbidden."""

    preferred: str
    allowed: tuple[str, ...] = ()
    """Other forms that will do: variants of spelling, construct states, related words."""
    forbidden: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    """Stems that take the language's endings, where the form itself changes: oğul, oğl."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Every acceptable form, the preferred one first."""
        return (self.preferred, *self.allowed, *self.stems)


@dataclass(frozen=True)
class Term:
    """A term of the source language, and its wordings."""

    source: str
    wordings: dict[str, Wording] = field(default_factory=dict)
    keep: bool = False
    """Whether it stays as it is in every language."""
    case: bool = False
    """Whether small and capital letters must agree; a term with capitals always asks for them."""
    note: str = ""
    line: int = 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern for the term in source texts: plural, possessive, its words hyphenated or not.

        >>> bool(Term("war crime").pattern.search("war-crimes tribunal"))
        True
        """
        words = [re.escape(word) for word in re.split(r"[\s-]+", self.source.strip())]
        body = r"[\s-]+".join(words)
        if words and words[-1].endswith("y"):
            body = body[:-1] + r"(?:y|ies)"
        sensitive = self.case or self.source != self.source.lower()
        flags = re.NOFLAG if sensitive else re.IGNORECASE
        return re.compile(rf"(?<!\w){body}(?:s|es|['’]s|s['’])?(?!\w)", flags)


class Quotation(NamedTuple):
    """A text that is quoted in the words of its own edition: a verse, a treaty."""

    source: str
    wordings: Mapping[str, str]
    note: str = ""

    def span(self, text: str) -> tuple[int, int] | None:
        """The span of the quotation in a source text, ignoring marks and blanks between its words.

        >>> Quotation("In the beginning", {}).span("“In the beginning…”")
        (1, 17)
        """
        words = _WORDS.findall(self.source)
        found = re.search(r"[\W_]+".join(map(re.escape, words)), text, re.IGNORECASE)
        return found.span() if found else None


def folded(text: str) -> str:
    """A text without Hebrew points, marks and capitals, to compare quotations by.

    >>> folded("בְּרֵאשִׁית, בָּרָא") == folded("בראשית ברא")
    True
    """
    bare = re.sub(
        "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4-\u05c7]", "", unicodedata.normalize("NFC", text)
    )
    return " ".join(_WORDS.findall(bare.casefold().replace("ё", "е")))


@dataclass(frozen=True)
class Glossary:
    """The terms of a project, and texts that it quotes."""

    terms: tuple[Term, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @cached_property
    def addresses(self) -> dict[str, Term]:
        """Terms that are addresses: pages with another address in other languages."""
        return {term.source: term for term in self.terms if "://" in term.source}

    @cached_property
    def keep(self) -> frozenset[str]:
        """Words that stay as they are, in small letters."""
        kept = (term.source for term in self.terms if term.keep)
        return frozenset(word.lower() for source in kept for word in re.findall(r"\w+", source))

    @cached_property
    def _by_word(self) -> dict[str, list[Term]]:
        """The terms by the beginning of their first word, the longest terms first."""
        found: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: -len(term.source)):
            first = re.search(r"\w+", term.source)
            if first:
                found.setdefault(_head(first[0]), []).append(term)
        return found

    def in_source(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """The terms in a source text with their spans, the longest first, none inside another.

        >>> glossary = Glossary((Term("war"), Term("war crime")))
        >>> [term.source for term, _, _ in glossary.in_source("War crimes are no war.")]
        ['war crime', 'war']
        """
        if not self.terms:
            return
        heads = {_head(word) for word in _WORDS.findall(text)}
        candidates = [term for head in heads for term in self._by_word.get(head, ())]
        taken: list[tuple[int, int]] = []
        for term in sorted(candidates, key=lambda term: -len(term.source)):
            for match in term.pattern.finditer(text):
                start, end = match.span()
                if all(end <= a or start >= b for a, b in taken):
                    taken.append((start, end))
                    yield term, start, end


def remarks(glossary: Glossary, source: str, locale: str) -> list[str]:
    """Notes for a translator about the terms in a source text.

    >>> remarks(Glossary((Term("Baku", {"az": Wording("Bakı")}),)), "In Baku.", "az")
    ['Term: Baku = Bakı']
    """
    told = []
    for term, _, _ in sorted(glossary.in_source(source), key=lambda found: found[1]):
        wording = term.wordings.get(locale)
        said = term.source if term.keep else wording.preferred if wording else ""
        if said:
            note = f" ({' '.join(term.note.split())})" if term.note else ""
            told.append(f"Term: {term.source} = {said}{note}")
    return list(dict.fromkeys(told))


_WORDS = re.compile(r"\w+")
_HEAD = 3


def _head(word: str) -> str:
    return word[:_HEAD].lower()


def read(text: str, file: str, locales: Sequence[str]) -> Glossary:
    """A glossary from a TOML text.

    Args:
        text: the file's text.
        file: its name, for messages.
        locales: the locales that a term may be worded in.

    Raises:
        DragomanErrors: every unknown key, wrong value and repeated term, with its line.

    >>> read('[[term]]\\nsource = "Baku"\\naz = "Bakı"', "glossary.toml", ["az"]).terms[0].wordings
    {'az': Wording(preferred='Bakı', allowed=(), forbidden=(), stems=())}
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        said = re.sub(r" [(]at .*", "", str(error))
        line, column = (
            (int(place[1]), int(place[2])) if place else (text.rstrip().count("\n") + 1, None)
        )
        how_to_fix = "fix the glossary"
        raise DragomanError(
            f"not TOML: {said}", file=file, line=line, column=column, how_to_fix=how_to_fix
        ) from None
    reader = _Reader(text, file, locales)
    terms, quotations = reader.terms(data), reader.quotations(data)
    if reader.errors:
        raise DragomanErrors(reader.errors)
    return Glossary(tuple(terms), tuple(quotations))


class _Reader:
    """A reader that checks every term and collects the errors."""

    def __init__(self, text: str, file: str, locales: Sequence[str]) -> None:
        lines = text.split("\n")
        self._heads = [
            n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*term\s*\]\]", line)
        ]
        self._file = file
        self._locales = locales
        self.errors: list[DragomanError] = []

    def terms(self, data: dict[str, Any]) -> list[Term]:
        for key in data:
            if key not in ("term", "quotation"):
                self._error(1, f"unknown table {key!r}", "write [[term]] or [[quotation]]")
        found = data.get("term", [])
        if not isinstance(found, list):
            self._error(1, "'term' is not a list of tables", "write [[term]]")
            return []
        terms, seen = [], set()
        for number, item in enumerate(found):
            line = self._heads[number] if number < len(self._heads) else 1
            term = self._term(item, line)
            if term and term.source in seen:
                self._error(line, f"the term {term.source!r} stands twice", "keep one")
            elif term:
                seen.add(term.source)
                terms.append(term)
        return terms

    def quotations(self, data: dict[str, Any]) -> list[Quotation]:
        found = data.get("quotation", [])
        quotations = []
        for item in found if isinstance(found, list) else [found]:
            source = item.get("source") if isinstance(item, dict) else None
            if not isinstance(source, str) or not _WORDS.search(source):
                self._error(1, "a quotation without 'source'", "say it in the source language")
                continue
            said = {k: v for k, v in item.items() if k in self._locales and isinstance(v, str)}
            for key in item.keys() - said.keys() - {"source", "note"}:
                known = ", ".join(("source", "note", *self._locales))
                message = f"unknown key {key!r} of the quotation “{source[:30]}”"
                self._error(1, message, f"known: {known}")
            quotations.append(Quotation(source, said, str(item.get("note", ""))))
        return quotations

    def _term(self, item: dict[str, Any], line: int) -> Term | None:
        source = item.get("source")
        if not isinstance(source, str) or not re.search(r"\w", source):
            self._error(line, "a term without 'source'", "say the term in the source language")
            return None
        wordings = {}
        for key, value in item.items():
            if key in self._locales:
                wordings[key] = self._wording(value, line, f"{source!r} in {key}")
            elif key not in _TERM_KEYS:
                known = ", ".join((*_TERM_KEYS, *self._locales))
                self._error(line, f"unknown key {key!r} of {source!r}", f"known: {known}")
        flags = {name: item.get(name, False) is True for name in ("keep", "case")}
        return Term(source, wordings, note=str(item.get("note", "")), line=line, **flags)

    def _wording(self, value: Any, line: int, what: str) -> Wording:
        if isinstance(value, str) and value.strip():
            return Wording(value)
        if not isinstance(value, dict) or not isinstance(value.get("preferred"), str):
            self._error(line, f"{what} has no 'preferred'", "write a string, or a table with it")
            return Wording("")
        lists: dict[str, tuple[str, ...]] = {}
        for key, forms in value.items():
            if key not in _WORDING_KEYS:
                self._error(
                    line, f"unknown key {key!r} of {what}", f"known: {', '.join(_WORDING_KEYS)}"
                )
            elif key != "preferred" and not (
                isinstance(forms, list) and all(isinstance(f, str) and f for f in forms)
            ):
                self._error(line, f"{key!r} of {what} is not a list of strings", "write a list")
            elif key != "preferred":
                lists[key] = tuple(forms)
        return Wording(value["preferred"], **lists)

    def _error(self, line: int, message: str, how_to_fix: str) -> None:
        self.errors.append(
            DragomanError(message, file=self._file, line=line, how_to_fix=how_to_fix)
        )
