"""CPU time of the checks: `python benchmarks/quality/speed.py --peers PYTHON`.

60,000 Russian units, every check on, beside pofilter with all its tests and Weblate's checks in
the same run; half and a quarter of them, to see that time grows as they do; units of 1 MB; and 43
patterns that would make a careless expression slow, each at two sizes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from growth import GROWTH, pair_of  # noqa: E402

from dragoman.catalog import Catalog  # noqa: E402
from dragoman.checks.consistency import consistency  # noqa: E402
from dragoman.checks.examine import examiner  # noqa: E402
from dragoman.checks.subject import Subject, examined  # noqa: E402
from dragoman.formats.spans import inline  # noqa: E402
from dragoman.model import Block, Document, Kind, Unit  # noqa: E402
from dragoman.po import Entry, PoFile  # noqa: E402
from run import PEERS, peer, units  # noqa: E402

UNITS = 60_000
PLACES = ("north", "south"), ("на севере", "на юге")


def many(count: int) -> list[tuple[str, str]]:
    """Our own correct Russian units in groups of two, each group another, until there are so many."""
    pairs = [
        (unit["source"], unit["target"])
        for half in (1, 2)
        for unit in units("correct", half)
        if unit["lang"] == "ru" and len(unit["source"]) > 40
    ]
    draw = random.Random(7)
    return [
        (f"{a[0]} {b[0]}", f"{a[1]} {b[1]}")
        if draw.random() < 0.5
        else (f"{a[0]} [{number}]", f"{a[1]} [{number}]")
        for number in range(count)
        for a, b in [draw.sample(pairs, 2)]
    ]


def subject(pairs: Sequence[tuple[str, str]]) -> Subject:
    blocks = tuple(
        Block(Kind.PARAGRAPH, (Unit(source, source, str(number)),))
        for number, (source, _) in enumerate(pairs)
    )
    entries = [Entry(s, t, str(n)) for n, (s, t) in enumerate(pairs)]
    return Subject("x", Document(blocks, inline), Catalog("ru", PoFile(entries)), "x.po", "x.md")


def ours(pairs: Sequence[tuple[str, str]]) -> tuple[float, int]:
    """CPU seconds of every check, and how many findings."""
    made = subject(pairs)
    start = time.process_time()
    found = sum(1 for _ in examined(made)) + sum(1 for _ in consistency([made]))
    return time.process_time() - start, found


def once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def examine(lang: str, source: str, target: str) -> Callable[[], int]:
    checks = examiner(lang)
    made = subject([(source, target)])
    return lambda: sum(1 for _ in checks.examine(made.pair(source, target)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default="", metavar="PYTHON")
    parser.add_argument("--units", type=int, default=UNITS)
    options = parser.parse_args()
    pairs = many(options.units)
    ours(pairs[:500])  # tables are loaded once
    print(f"{options.units} units of ru, every check on, CPU time:\n")
    seconds, found = ours(pairs)
    print(f"- dragoman: {seconds:.2f} s ({found} findings)")
    for part in (2, 4):
        less, _ = ours(pairs[: options.units // part])
        print(
            f"  - a {'half' if part == 2 else 'quarter'}: {less:.2f} s, times {part}: {less * part:.2f} s"
        )
    wanted = [{"lang": "ru", "source": source, "target": target} for source, target in pairs]
    for name in PEERS if options.peers else ():
        said = peer(options.peers, name, wanted)
        ratio = said["seconds"] / seconds
        print(
            f"- {said['name']}, {said['checks']} checks: {said['seconds']:.2f} s, {ratio:.1f}× ours"
        )
    print("\nA unit of 1 MB:\n")
    for lang in ("az", "he", "ru"):
        prose = [(u["source"], u["target"]) for u in units("correct", 1) if u["lang"] == lang]
        source, target = (" ".join(side for side in sides) for sides in zip(*prose, strict=True))
        times = 1_000_000 // len(target.encode()) + 1
        cost = once(examine(lang, " ".join([source] * times), " ".join([target] * times)))
        print(f"- {lang}: {cost:.2f} s")
    growth()


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
