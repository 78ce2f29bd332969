"""CPU time of the checks: `python benchmarks/quality/speed.py --peers PYTHON`.

60,000 Russian units, every check on, beside pofilter with all its tests and Weblate's checks in
the same run; half and a quarter of them, to see that time grows as they do; units of 1 MB; and
patterns that would make a careless expression slow, each at two sizes.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain, cycle, islice
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from dense import DENSE
from growth import GROWTH, pair_of

import corpus
from dragoman.catalogs.catalog import Catalog
from dragoman.checks.families.consistency import consistency, inside, translations
from dragoman.checks.runner import examiner
from dragoman.checks.text_context import TextContext, examined
from dragoman.formats.spans import inline
from dragoman.model import Block, Document, Kind, Unit
from dragoman.po import Entry, PoFile
from run import PEERS, peer, units

_TWICE = re.compile(r"\b(\w+)(?: \1\b)+", re.IGNORECASE)
"""A word that happens to stand twice, which prose has not."""
UNITS, ROUNDS = 60_000, 3


def prose(count: int) -> list[tuple[str, str]]:
    """The sentences of the corpus that all benchmarks have, with a Russian word for each word."""
    made = corpus.generate(count // corpus.SENTENCES + 1)
    said = (s for parts in made.former.values() for part in parts for s in part.sentences)
    return [(source, _TWICE.sub(r"\1", corpus.russian(source))) for source in islice(said, count)]


def hard(count: int) -> list[tuple[str, str]]:
    """Our own correct Russian units, dense with numbers, dates and quotations, again and again."""
    pairs = [
        (unit["source"], unit["target"])
        for half in (1, 2)
        for unit in units("correct", half)
        if unit["lang"] == "ru"
    ]
    return [(f"{s} [{n}]", f"{t} [{n}]") for n, (s, t) in enumerate(islice(cycle(pairs), count))]


def subject(pairs: Sequence[tuple[str, str]], lang: str = "ru") -> TextContext:
    blocks = tuple(
        Block(Kind.PARAGRAPH, (Unit(source, source, str(number)),))
        for number, (source, _) in enumerate(pairs)
    )
    entries = [Entry(s, t, str(n)) for n, (s, t) in enumerate(pairs)]
    return TextContext(
        "x", Document(blocks, inline), Catalog(lang, PoFile(entries)), "x.po", "x.md"
    )


def ours(pairs: Sequence[tuple[str, str]]) -> tuple[float, int]:
    """CPU seconds of every check, and how many findings."""
    made = subject(pairs)
    start = time.process_time()
    said = chain(examined(made), inside(made), consistency(translations(made)))
    found = sum(1 for _ in said)
    return time.process_time() - start, found


def once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def examine(lang: str, source: str, target: str) -> Callable[[], int]:
    checks = examiner(lang)
    made = subject([(source, target)], lang)
    return lambda: sum(1 for _ in checks.examine(made.pair(source, target)))


def beside(name: str, pairs: Sequence[tuple[str, str]], python: str) -> None:
    """The time of every check on some units, and that of the others."""
    ours(pairs[:500])  # tables are loaded once
    print(f"\n{len(pairs)} {name} in ru, every check on, CPU time:\n")
    seconds, found = min(ours(pairs) for _ in range(ROUNDS))
    print(f"- dragoman: {seconds:.2f} s ({found} findings)")
    for part, word in ((2, "half"), (4, "a quarter")):
        less, _ = min(ours(pairs[: len(pairs) // part]) for _ in range(ROUNDS))
        print(
            f"  - {word} of them: {less:.2f} s, {less * part / seconds:.2f} of that for each unit"
        )
    wanted = [{"lang": "ru", "source": source, "target": target} for source, target in pairs]
    for other in PEERS if python else ():
        said = peer(python, other, wanted)
        ratio = said["seconds"] / seconds
        print(
            f"- {said['name']}, {said['checks']} checks: {said['seconds']:.2f} s, {ratio:.1f}× ours"
        )


def main() -> None:
    gc.set_threshold(200_000, 50, 100)  # as the command does
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default="", metavar="PYTHON")
    parser.add_argument("--units", type=int, default=UNITS)
    options = parser.parse_args()
    for name, made, count in (
        ("sentences of the corpus", prose, options.units),
        ("hard units", hard, options.units // 10),
    ):
        beside(name, made(count), options.peers)
    print("\nA unit of 1 MB:\n")
    said = prose(10_000)
    print(f"- ru, sentences of the corpus: {megabyte('ru', said):.2f} s")
    for lang in ("az", "he", "ru"):
        said = [(u["source"], u["target"]) for u in units("correct", 1) if u["lang"] == lang]
        print(f"- {lang}, hard units in a row: {megabyte(lang, said):.2f} s")
    print("\nA unit of 1 MB of one thing alone, the slowest language:\n")
    for name, pairs in DENSE.items():
        seconds, lang = max((megabyte(lang, [pair]), lang) for lang, pair in pairs.items())
        print(f"- {name}: {seconds:.2f} s ({lang})")
    growth()


def megabyte(lang: str, said: Sequence[tuple[str, str]]) -> float:
    """CPU seconds for one unit of 1 MB, made of these pairs again and again."""
    size, chosen = 0, []
    for source, target in cycle(said):
        chosen.append((source, target))
        size += len(target.encode()) + 1
        if size > 1_000_000:
            break
    source, target = (" ".join(sides) for sides in zip(*chosen, strict=True))
    return min(once(examine(lang, source, target)) for _ in range(ROUNDS))


def growth() -> None:
    """The time of ten times as much of each pattern, in units of the time of the small one."""
    print(f"\n{len(GROWTH)} patterns, 20 kB and 200 kB of each, the worst language:\n")
    print("| pattern | 20 kB | 200 kB | ratio |\n|---|--:|--:|--:|")
    for name in GROWTH:
        worst = (0.0, 0.0, 0.0)
        for lang in ("az", "he", "ru"):
            small, large = (
                min(once(examine(lang, *pair_of(name, size))) for _ in range(2))
                for size in (20_000, 200_000)
            )
            worst = max(worst, (large, small, large / max(small, 0.001)))
        print(f"| {name} | {worst[1] * 1000:.0f} ms | {worst[0] * 1000:.0f} ms | {worst[2]:.1f} |")


if __name__ == "__main__":
    main()
