"""How fast editions are written, and in how much memory: `python benchmarks/exports.py --help`.

Every format is exported from a project of generated documents in four languages, by the program
as a user calls it; a unit counts once for each language. The figure is the median of three rounds
of the CPU time, start, reading, aligning and writing included. Memory is compared between a
quarter of the documents and all of them: it must not grow with them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from run import (
    FAST_DISK,
    HEAD,
    Row,
    Step,
    child,
    child_of_corpus,
    interleaved,
    measure,
    our_project,
)

FORMATS = ("html", "tmx", "jsonl", "text")
LOCALES = ("az", "he", "ru")
BAR = 20_000
"""Units a second that one core must write."""
PROGRAM = (sys.executable, "-m", "dragoman")


def project(folder: Path, texts: list[Path]) -> Path:
    """A project of these texts in four languages, everything translated."""
    our_project(folder, texts)
    locales = json.dumps(LOCALES)
    (folder / "dragoman.toml").write_text(
        f'name = "benchmark"\nlocales = {locales}\ntexts = "texts"\nexports = []\n'
    )
    measure(Step([*PROGRAM, "update"], folder))
    measure(Step(child("fill", folder / "locales"), folder))
    return folder


def measured(folder: Path, documents: int) -> list[Row]:
    measure(Step(child_of_corpus(folder / "corpus", documents), folder))
    sentences = json.loads((folder / "corpus/facts.json").read_text())["sentences"]
    texts = sorted((folder / "corpus/texts").iterdir())
    whole = project(folder / "whole", texts)
    part = project(folder / "part", texts[: max(1, documents // 4)])
    rows = []
    for name in FORMATS:
        command = [*PROGRAM, "export", "--format", name, "--output", str(folder / "out")]
        steps = {
            "whole": Step(command, whole, lambda _: _emptied(folder)),
            "part": Step(command, part, lambda _: _emptied(folder)),
        }
        rows += compared(name, sentences * (1 + len(LOCALES)), interleaved(steps))
    return rows


def compared(name: str, units: int, costs) -> list[Row]:
    speed = units / costs["whole"].cpu
    growth = costs["whole"].memory / costs["part"].memory
    return [
        Row(f"{name}: units a second", f"{speed:,.0f}", "", "", f"≥ {BAR:,}", speed >= BAR),
        Row(
            f"{name}: peak memory",
            f"{costs['whole'].memory:.0f} MB",
            f"a quarter of the documents: {costs['part'].memory:.0f} MB",
            f"{growth:.2f}×",
            "≤ 1.2×",
            growth <= 1.2,
        ),
    ]


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder / "out", ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the exports.")
    parser.add_argument("--documents", type=int, default=2000, help="size of the corpus (2000)")
    given = parser.parse_args()
    place = FAST_DISK if FAST_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        rows = measured(Path(folder), given.documents)
    print(HEAD, *rows, sep="\n")


if __name__ == "__main__":
    main()
