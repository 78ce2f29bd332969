"""How well sentences are aligned: strict and lax F1 on our own texts, for us and for what is installed.

    python benchmarks/alignment.py            # accuracy, then speed and memory at 3,000 sentences
    python benchmarks/alignment.py --packages FOLDER [--half 0]   # scripture and catalogs of packages
    python benchmarks/alignment.py --files SOURCE TARGET --languages en ru   # one sentence a line each

The sets are made of our texts and our translations of them, the same ones each time (seeded):

- `joined`: most neighbours in one paragraph are one sentence on one side, so that not less
  than 15 % of the beads are not 1:1;
- `noisy`: the same, and on the side of the translation a running head and a page number after every
  twelfth sentence, headings that the source has not, and one paragraph that is missing.

F1 as Bleualign and Vecalign define it: precision counts what is left out, recall does not; a bead is
strictly right if it is one of the gold beads, laxly if it shares a sentence with one on both sides.
"""

from __future__ import annotations

import argparse
import importlib
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from alignment_sets import Beads, Sample
from alignment_sets import samples as packaged
from dragoman.alignment import Sentence, align
from dragoman.parallel.rows import align as rows_of
from dragoman.pipeline.loader import Loader
from dragoman.project import find

ROOT = Path(__file__).parent.parent
SEEDS = 4


# --- sets ---


class Row(NamedTuple):
    source: str
    target: str
    block: int
    kind: str


def rows(locale: str) -> list[list[Row]]:
    """Our texts with our translations, unit by unit, where there is a translation."""
    project = find(str(ROOT))
    loader = Loader(project)
    texts = []
    for text in project.texts():
        document = loader.document(text)
        catalog = loader.catalog(text, locale)
        parallel = rows_of(document, text.domain, project.settings.source, [catalog])
        texts.append(
            [
                Row(*(cell.text for cell in row.cells), number, block.kind.value)
                for number, block in enumerate(parallel.blocks)
                for row in block.rows
                if not any(cell.stand_in for cell in row.cells)
            ]
        )
    return texts


class Maker:
    """Makes both sides of a set, and remembers what belongs together."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.source: list[Sentence] = []
        self.target: list[Sentence] = []
        self.gold: Beads = []

    def pair(self, sources: Sequence[str], targets: Sequence[str], row: Row) -> None:
        a, b = len(self.source), len(self.target)
        kind = "heading" if row.kind == "heading" else ""
        self.source += [Sentence(text, row.block, kind) for text in sources]
        self.target += [Sentence(text, 2 * row.block, kind) for text in targets]
        self.gold.append((tuple(range(a, len(self.source))), tuple(range(b, len(self.target)))))

    def joined(self, first: Row, second: Row) -> None:
        if self.random.random() < 0.5:
            self.pair([first.source, second.source], [_one(first.target, second.target)], first)
        else:
            self.pair([_one(first.source, second.source)], [first.target, second.target], first)

    def noise(self, text: str, row: Row) -> None:
        self.gold.append(((), (len(self.target),)))
        self.target.append(Sentence(text, 2 * row.block + 1))

    def missing(self, row: Row) -> None:
        self.gold.append(((len(self.source),), ()))
        self.source.append(Sentence(row.source, row.block))


def _one(first: str, second: str) -> str:
    return f"{first.rstrip('.')}, {second}"


def made(name: str, given: Sequence[Row], seed: int, languages: tuple[str, str]) -> Sample:
    maker = Maker(seed)
    noisy = name.startswith("noisy")
    inner = [row.block for row in given if row.kind == "paragraph"]
    gone = maker.random.choice(inner) if noisy and inner else -1
    i = done = 0
    while i < len(given):
        row = given[i]
        if row.block == gone:
            maker.missing(row)
        elif i + 1 < len(given) and given[i + 1].block == row.block and maker.random.random() < 0.7:
            maker.joined(row, given[i + 1])
            i += 1
        else:
            maker.pair([row.source], [row.target], row)
        i, done = i + 1, done + 1
        if noisy and done % 12 == 0:
            maker.noise(given[0].target.rstrip(".").upper(), row)
            maker.noise(f"— {done // 12} —", row)
    return Sample(name, maker.source, maker.target, languages, maker.gold)


def samples() -> list[Sample]:
    return [
        made(f"{kind} {locale}", text, seed, ("en", locale))
        for kind in ("joined", "noisy")
        for locale in ("az", "he", "ru")
        for text in rows(locale)
        for seed in range(SEEDS)
    ]


# --- scoring ---


class Score:
    """Counts over several texts."""

    def __init__(self) -> None:
        self.precision, self.recall = [0, 0, 0], [0, 0, 0]

    def add(self, gold: Beads, got: Beads) -> None:
        for counts, one, other in (
            (self.precision, gold, got),
            (self.recall, _whole(got), _whole(gold)),
        ):
            for k, n in enumerate(_right(one, other)):
                counts[k] += n

    def f1(self, lax: bool = False) -> float:
        k = 1 if lax else 0
        p = self.precision[k] / max(self.precision[2], 1)
        r = self.recall[k] / max(self.recall[2], 1)
        return 2 * p * r / (p + r) if p + r else 0.0


def _whole(beads: Beads) -> Beads:
    return [(a, b) for a, b in beads if a and b]


def _right(gold: Beads, got: Beads) -> tuple[int, int, int]:
    """How many beads are strictly right, laxly right, and how many there are."""
    known = set(gold)
    partners: dict[int, set[int]] = defaultdict(set)
    for mine, theirs in gold:
        for sentence in mine:
            partners[sentence].update(theirs)
    strict = lax = 0
    for mine, theirs in got:
        if (mine, theirs) in known:
            strict, lax = strict + 1, lax + 1
        elif set(theirs) & set().union(*(partners[sentence] for sentence in mine)):
            lax += 1
    return strict, lax, len(got)


# --- tools ---

Aligner = Callable[[Sample], Beads]


def dragoman(sample: Sample) -> Beads:
    found = align(sample.source, sample.target, *sample.languages)
    return [(tuple(range(*x.source)), tuple(range(*x.target))) for x in found.beads]


def _lengths(sample: Sample) -> tuple[list[int], list[int]]:
    sides = (sample.source, sample.target)
    mine, theirs = ([len(sentence.text) for sentence in side] for side in sides)
    return mine, theirs


def nltk() -> Aligner:
    module: Any = importlib.import_module("nltk.translate.gale_church")

    def run(sample: Sample) -> Beads:
        links = module.align_blocks(*_lengths(sample))
        return _grouped(links, len(sample.source), len(sample.target))

    return run


def galechurch() -> Aligner:
    module: Any = importlib.import_module("galechurch")

    def run(sample: Sample) -> Beads:
        found = module.align([s.text for s in sample.source], [t.text for t in sample.target])
        return [
            (
                tuple(range(bead.source_start, bead.source_end)),
                tuple(range(bead.target_start, bead.target_end)),
            )
            for bead in found.beads
        ]

    return run


def _grouped(links: Iterable[tuple[int, int]], rows: int, columns: int) -> Beads:
    """Beads of links between single sentences: those that share a sentence are one."""
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(links):
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    seen = [set().union(*(bead[side] for bead in beads)) for side in (0, 1)]
    out: Beads = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in beads]
    out += [((i,), ()) for i in range(rows) if i not in seen[0]]
    return out + [((), (j,)) for j in range(columns) if j not in seen[1]]


def tools() -> dict[str, Aligner]:
    found: dict[str, Aligner] = {"dragoman": dragoman}
    for make in (nltk, galechurch):
        try:
            found[make.__name__] = make()
        except ImportError:
            continue
    return found


# --- reports ---


def accuracy(given: Sequence[Sample]) -> None:
    names = list(dict.fromkeys(sample.name for sample in given))
    aligners = tools()
    print(f"| set | beads | not 1:1 | {' | '.join(aligners)} |")
    print("|---|---|---|" + "---|" * len(aligners))
    for name in names:
        ours = [sample for sample in given if sample.name == name]
        beads = [bead for sample in ours for bead in sample.gold]
        odd = sum((len(a), len(b)) != (1, 1) for a, b in beads) / len(beads)
        cells = []
        for run in aligners.values():
            score = Score()
            for sample in ours:
                score.add(sample.gold, run(sample))
            cells.append(f"{score.f1():.3f} / {score.f1(lax=True):.3f}")
        print(f"| {name} | {len(beads)} | {odd:.0%} | {' | '.join(cells)} |")


def speed(sentences: int = 3000) -> None:
    """CPU time and memory for a long pair: our texts over and over, every sentence made different."""
    text = [row for found in rows("ru") for row in found]
    pool = [
        Row(f"{row.source} {n}", f"{row.target} {n}", row.block + 1000 * n, row.kind)
        for n in range(sentences // len(text) + 2)
        for row in text
    ]
    for size in (sentences // 2, sentences):
        sample = made("joined ru", pool[:size], 1, ("en", "ru"))
        start = time.process_time()
        score = Score()
        score.add(sample.gold, dragoman(sample))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(sample.source)} and {len(sample.target)} sentences: {time.process_time() - start:.1f} s "
            f"of CPU, peak memory {peak:.0f} MB, F1 {score.f1():.3f} / {score.f1(lax=True):.3f}"
        )


def from_files(source: str, target: str, languages: tuple[str, str]) -> None:
    sides = [
        [Sentence(line) for line in Path(file).read_text("utf-8").splitlines() if line.strip()]
        for file in (source, target)
    ]
    for mine, theirs in dragoman(Sample("", sides[0], sides[1], languages, [])):
        print(f"{list(mine)}:{list(theirs)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--files", nargs=2, metavar=("SOURCE", "TARGET"))
    parser.add_argument("--packages", type=Path, metavar="FOLDER")
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("--languages", nargs=2, default=("en", "ru"))
    asked = parser.parse_args()
    if asked.files:
        from_files(*asked.files, tuple(asked.languages))
        return
    if asked.packages:
        accuracy(packaged(asked.packages, asked.half))
        return
    accuracy(samples())
    speed()


if __name__ == "__main__":
    main()
