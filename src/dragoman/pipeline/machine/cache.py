"""A cache of engines' answers, so that nothing is requested twice, even if a run is killed.

The file has one JSON pair a line: the hash of a request and its answer. The answers to a batch are
appended and synchronized before the next batch is requested; a half-written last line is skipped.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping

from dragoman.engines.exchange import Batch, BatchItem, Traits
from dragoman.model import digest
from dragoman.project import Files

FILE = "answers.jsonl"
"""Name of the file in the machine folder."""


def names_of(traits: Traits, batch: Batch) -> list[str]:
    """A hash of each item of a batch and of everything else that its answer depends on."""
    options = batch.options
    shared = [traits.name, options.endpoint, options.model, options.glossary]
    shared += [batch.source, batch.target, str(batch.turn)]
    return [_name([*shared, *_seen(traits, item)]) for item in batch.items]


def _seen(traits: Traits, item: BatchItem) -> Iterator[str]:
    """Yield everything of an item that is sent to the engine."""
    yield item.text
    if traits.reads_around:
        yield from (item.kind, item.before, item.after, *item.notes)
    if traits.reads_terms:
        yield from (part for term in item.terms for part in term)


def _name(parts: list[str]) -> str:
    data = json.dumps(parts, ensure_ascii=False).encode(errors="surrogatepass")
    return digest(data, 16)


class Answers:
    """The cache: answers by the hashes of `names_of`."""

    def __init__(
        self, files: Files | None = None, folder: str = "", *, forget: bool = False
    ) -> None:
        """Open the cache of a folder; without a folder, answers are only kept in memory.

        Args:
            files: reads and writes the file.
            folder: the folder of the file.
            forget: whether to ignore answers of earlier runs.
        """
        self._files = files
        self._forget = forget
        self._path = f"{folder}/{FILE}"
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()
        self._torn = False

    def load(self) -> None:
        """Read the answers of earlier runs."""
        data = self._files.bytes_of(self._path) if self._files else None
        if not data:
            return
        self._torn = not data.endswith(b"\n")
        for line in () if self._forget else data.split(b"\n"):
            try:
                name, answer = json.loads(line)
            except (ValueError, TypeError):
                continue  # the end of a file whose writer was killed
            if isinstance(name, str) and isinstance(answer, str):
                self._known[name] = answer

    def get(self, name: str) -> str | None:
        """The answer with this hash, or None."""
        return self._known.get(name)

    def add(self, answers: Mapping[str, str]) -> None:
        """Add answers; they are on the disk when this returns."""
        lines = "".join(f"{json.dumps(pair)}\n" for pair in answers.items())
        with self._lock:
            if self._files is not None and lines:
                self._files.append(self._path, (b"\n" if self._torn else b"") + lines.encode())
                self._torn = False
            self._known.update(answers)
