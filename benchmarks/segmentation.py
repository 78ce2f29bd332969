"""How well sentences are found: F1 of inner boundaries, for us and for whatever else is installed.

    python benchmarks/segmentation.py LANGUAGE FILE [FILE …]
    python benchmarks/segmentation.py en tests/segment/golden/en.txt

A file holds one sentence a line; paragraphs are parted by blank lines, lines that begin with `#`
are left out. Each paragraph's lines are joined by single spaces, cut by each tool, and the places
where a sentence begins are compared with where the lines began. A tool that changes characters is
measured on what it kept: sentences are found again in the paragraph one after the other.

Printed for each tool: paragraphs cut exactly as they stand, F1, misses, wrong cuts, whether every
paragraph could be put together again from the sentences and white space, and megabytes a second of
CPU time (the best of three rounds). `--show` prints what ours got wrong.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Cutter = Callable[[str], Sequence[str]]


# --- tools: each gives the sentences of a paragraph, or is not installed ---


def dragoman(language: str) -> Cutter:
    from dragoman.segment import segmenter

    spans = segmenter(language).spans
    return lambda text: [text[a:b] for a, b in spans(text)]


def sentencex(language: str) -> Cutter:
    module: Any = importlib.import_module("sentencex")
    return lambda text: list(module.segment(language, text))


def pysbd(language: str) -> Cutter:
    module: Any = importlib.import_module("pysbd")
    known = language if language in ("en", "ru") else "en"
    return module.Segmenter(language=known, clean=False).segment  # type: ignore[no-any-return]


def syntok(_: str) -> Cutter:
    module: Any = importlib.import_module("syntok.segmenter")

    def cut(text: str) -> list[str]:
        return [
            text[s[0].offset : s[-1].offset + len(s[-1].value)]
            for paragraph in module.analyze(text)
            for s in map(list, paragraph)
            if s
        ]

    return cut


def segtok(_: str) -> Cutter:
    module: Any = importlib.import_module("segtok.segmenter")
    return lambda text: list(module.split_single(text))


def razdel(_: str) -> Cutter:
    module: Any = importlib.import_module("razdel")
    return lambda text: [s.text for s in module.sentenize(text)]


def rusenttokenize(_: str) -> Cutter:
    module: Any = importlib.import_module("rusenttokenize")
    return module.ru_sent_tokenize  # type: ignore[no-any-return]


def sentence_splitter(language: str) -> Cutter:
    module: Any = importlib.import_module("sentence_splitter")
    known = {"az": "tr", "he": "en"}.get(language, language)
    return module.SentenceSplitter(language=known).split  # type: ignore[no-any-return]


def blingfire(_: str) -> Cutter:
    module: Any = importlib.import_module("blingfire")
    return lambda text: str(module.text_to_sentences(text)).split("\n")


def icu(language: str) -> Cutter:
    module: Any = importlib.import_module("icu")
    breaks = module.BreakIterator.createSentenceInstance(module.Locale(language))

    def cut(text: str) -> list[str]:
        units = text.encode("utf-16-le")
        breaks.setText(text)
        ends = [0, *breaks]
        return [
            units[2 * a : 2 * b].decode("utf-16-le") for a, b in zip(ends, ends[1:], strict=False)
        ]

    return cut


TOOLS = (
    dragoman,
    sentencex,
    pysbd,
    syntok,
    segtok,
    blingfire,
    icu,
    razdel,
    rusenttokenize,
    sentence_splitter,
)


# --- measuring ---


class Tally(NamedTuple):
    exact: int
    right: int
    missed: int
    wrong: int
    whole: bool

    @property
    def f1(self) -> float:
        all_of_it = 2 * self.right + self.missed + self.wrong
        return 2 * self.right / all_of_it if all_of_it else 1.0


def paragraphs(files: Iterable[str]) -> list[list[str]]:
    """The paragraphs of the files, each the list of its sentences."""
    found = []
    for file in files:
        for paragraph in Path(file).read_text("utf-8").split("\n\n"):
            lines = [x.strip() for x in paragraph.split("\n") if not x.startswith("#")]
            if lines := [x for x in lines if x]:
                found.append(lines)
    return found


def starts(text: str, sentences: Iterable[str]) -> tuple[set[int], bool]:
    """Where the sentences begin in the text, but the first; and whether they are all of it."""
    found, at, whole = set(), 0, True
    for sentence in sentences:
        if not (bare := sentence.strip()):
            continue
        place = text.find(bare, at)
        if place < 0:
            whole = False
            place = text.find(bare[:12], at)
        if place < 0:
            continue
        whole = whole and not text[at:place].strip()
        found.add(place)
        at = min(place + len(bare), len(text)) if whole else place + 1
    return found - {0}, whole and not text[at:].strip()


def measured(cut: Cutter, corpus: Sequence[Sequence[str]], show: bool = False) -> Tally:
    exact = right = missed = wrong = 0
    whole = True
    for lines in corpus:
        text = " ".join(lines)
        gold, _ = starts(text, lines)
        got, kept = starts(text, cut(text))
        exact += gold == got
        right, missed, wrong = (
            right + len(gold & got),
            missed + len(gold - got),
            wrong + len(got - gold),
        )
        whole = whole and kept
        if show and gold != got:
            print("".join(_mark(i, gold, got) + char for i, char in enumerate(text)))
    return Tally(exact, right, missed, wrong, whole)


def _mark(place: int, gold: set[int], got: set[int]) -> str:
    if place in gold:
        return "|" if place in got else "[missed]"
    return "[wrong]" if place in got else ""


def speed(cut: Cutter, texts: Sequence[str]) -> float:
    """Megabytes a second of CPU time: each round takes at least a tenth of a second."""
    size = sum(len(text.encode()) for text in texts)
    best = 0.0
    for _ in range(3):
        start, done = time.process_time(), 0
        while (seconds := time.process_time() - start) < 0.1 or not done:
            for text in texts:
                cut(text)
            done += size
        best = max(best, done / seconds / 1e6)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("language")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    corpus = paragraphs(asked.files)
    texts = [" ".join(lines) for lines in corpus]
    print(f"{len(corpus)} paragraphs, {sum(map(len, corpus))} sentences, {asked.language}")
    print(
        "| tool | exact | F1 | missed | wrong | text kept | MB/s |\n|---|---|---|---|---|---|---|"
    )
    for tool in TOOLS:
        try:
            cut = tool(asked.language)
        except (ImportError, ValueError):  # not installed, or it does not know the language
            continue
        tally = measured(cut, corpus, asked.show and tool is dragoman)
        kept = "yes" if tally.whole else "no"
        print(
            f"| {tool.__name__} | {tally.exact} | {tally.f1:.4f} | {tally.missed} | {tally.wrong} "
            f"| {kept} | {speed(cut, texts):.1f} |"
        )


if __name__ == "__main__":
    main()
