"""How fast editions are written, and in how much memory: `python benchmarks/exports.py --help`.

With `--toolkit PYTHON`, a Python that has translate-toolkit, the catalogs of one language are also
converted by `po2xliff` and `po2tmx`, in turns with our exports of the same catalogs.

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
    faster,
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


def beside(folder: Path, toolkit: str) -> list[Row]:
    """Our XLIFF and TMX of one language, and translate-toolkit's from the same catalogs."""
    whole = folder / "whole"
    catalogs = str(whole / "locales/ru/LC_MESSAGES")
    rows = []
    for name, module, out in (("xliff", "po2xliff", "theirs"), ("tmx", "po2tmx", "theirs.tmx")):
        theirs = [toolkit, "-m", f"translate.convert.{module}", "--progress=none"]
        theirs += ["-l", "ru"] if name == "tmx" else []
        ours = [*PROGRAM, "export", "--format", name, "--locale", "ru", "--output"]
        steps = {
            "dragoman": Step([*ours, str(folder / "out")], whole, lambda _: _emptied(folder)),
            module: Step(
                [*theirs, "-i", catalogs, "-o", str(folder / out)],
                whole,
                lambda _: _emptied(folder),
            ),
        }
        rows.append(faster(f"{name} of one language", interleaved(steps), module, 5))
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
    for name in ("out", "theirs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "theirs.tmx").unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the exports.")
    parser.add_argument("--documents", type=int, default=2000, help="size of the corpus (2000)")
    parser.add_argument("--toolkit", metavar="PYTHON", help="a Python that has translate-toolkit")
    given = parser.parse_args()
    place = FAST_DISK if FAST_DISK.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        rows = measured(Path(folder), given.documents)
        if given.toolkit:
            rows += beside(Path(folder), given.toolkit)
    print(HEAD, *rows, sep="\n")


if __name__ == "__main__":
    main()
