"""Many edit one catalog at once, and nothing is lost: `python benchmarks/concurrency.py`.

Writers set translations of one catalog, each its own messages, while another process updates the
project over and over from a text that changes, and a reader parses the file all the time. Every
edit that was acknowledged has to stand in the catalog at the end, and no read may be torn.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import NamedTuple

from dragoman import po
from dragoman.errors import DragomanError
from dragoman.pipeline.catalogs.put import Saved, put_at
from dragoman.pipeline.catalogs.update import update
from dragoman.project import find

CATALOG = "locales/he/LC_MESSAGES/day.po"
LONGEST = 300.0
"""Seconds after which a run counts as hanging."""


class Outcome(NamedTuple):
    """What came of a run."""

    acknowledged: int
    lost: list[str]
    reads: int
    torn: list[str]
    updates: int


def source(writer: int, number: int) -> str:
    return f"Sentence {number} is the concern of nobody but writer {writer}."


def make(root: Path, writers: int, edits: int) -> None:
    """A project of one text with a sentence for every edit."""
    (root / ".git").mkdir()
    (root / "dragoman.toml").write_text('locales = ["he"]\n')
    (root / "source_texts").mkdir()
    _write_text(root, writers, edits, 0)

    update(find(str(root)))


def _write_text(root: Path, writers: int, edits: int, turn: int) -> None:
    """The text, with a paragraph that comes and goes, so that each update has something to do."""
    lines = [source(w, n) for n in range(edits) for w in range(writers)]
    lines.insert(turn % len(lines), f"A paragraph of turn {turn} stands here.")
    draft = root / "next"
    draft.write_text("\n".join(lines) + "\n")
    draft.rename(root / "source_texts/day.txt")


# --- what each process does -----------------------------------------------------------------


def write(root: str, writer: int, edits: int, acknowledge: Callable[[str], object]) -> None:
    for number in range(edits):
        key = (None, source(writer, number))
        saved = put_at(find(root), f"{root}/{CATALOG}", key, None, f"«{key[1]}»")
        if isinstance(saved, Saved):
            acknowledge(key[1])


def keep_updating(root: str, writers: int, edits: int, stop: Event, turns: list[int]) -> None:
    turn = 0
    while not stop.is_set():
        turn += 1
        _write_text(Path(root), writers, edits, turn)

        update(find(root))
        turns[:] = [turn]


def keep_reading(root: str, stop: Event, reads: list[int], torn: list[str]) -> None:
    count = 0
    while not stop.is_set():
        try:
            po.parse(Path(root, CATALOG).read_bytes(), CATALOG)
        except (DragomanError, OSError) as error:
            torn.append(str(error))
        count += 1
    reads[:] = [count]


def trial(root: Path, writers: int, edits: int) -> Outcome:
    """Let them all at one catalog; what came of it."""
    make(root, writers, edits)
    with multiprocessing.Manager() as manager:
        done, torn = manager.list(), manager.list()
        reads, turns = manager.list(), manager.list()
        stop = multiprocessing.Event()
        here = str(root)
        working = [
            multiprocessing.Process(target=write, args=(here, n, edits, done.append))
            for n in range(writers)
        ]
        around = [
            multiprocessing.Process(target=keep_updating, args=(here, writers, edits, stop, turns)),
            multiprocessing.Process(target=keep_reading, args=(here, stop, reads, torn)),
        ]
        for process in (*around, *working):
            process.start()
        until = time.monotonic() + LONGEST
        for process in working:
            process.join(max(0.0, until - time.monotonic()))
        stop.set()
        for process in around:
            process.join(60)
        for process in (*around, *working):
            if process.exitcode != 0:
                process.kill()
                torn.append(f"a process ended with {process.exitcode}")
        file = po.parse((root / CATALOG).read_bytes())
        said = {entry.msgid: entry.msgstr for entry in file.entries}
        lost = [text for text in done if said.get(text) != f"«{text}»"]
        return Outcome(len(done), lost, sum(reads), list(torn), sum(turns))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--edits", type=int, default=250, help="of each writer")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        found = trial(Path(folder), asked.writers, asked.edits)
    print(
        f"{asked.writers} writers, {found.acknowledged} edits acknowledged, {len(found.lost)} lost;"
        f" {found.reads} reads, {len(found.torn)} torn; {found.updates} updates meanwhile;"
        f" {time.monotonic() - start:.1f} s on {os.cpu_count()} cores"
    )
    for fault in [*found.lost, *found.torn][:20]:
        print(f"  {fault}")
    sys.exit(bool(found.lost or found.torn))


if __name__ == "__main__":
    main()
