"""What engines answered, kept so that nothing is asked for twice, whatever happens in between.

A file of lines, each the name of what was asked and the answer. A batch is added and synchronized
before the next one is asked for; what a killed command left half written is passed over.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping

from dragoman.engines.exchange import Batch, Item, Traits
from dragoman.model import digest
from dragoman.project import Files

FILE = "answers.jsonl"


def names_of(traits: Traits, batch: Batch) -> list[str]:
    """A short name for each item of a batch, made of everything that its answer depends on."""
    options = batch.options
    shared = [traits.name, options.endpoint, options.model, options.glossary]
    shared += [batch.source, batch.target, str(batch.turn)]
    return [_name([*shared, *_seen(traits, item)]) for item in batch.items]


def _seen(traits: Traits, item: Item) -> Iterator[str]:
    """What an engine gets of an item."""
    yield item.text
    if traits.reads_around:
        yield from (item.kind, item.before, item.after, *item.notes)
    if traits.reads_terms:
        yield from (part for term in item.terms for part in term)


def _name(said: list[str]) -> str:
    data = json.dumps(said, ensure_ascii=False).encode(errors="surrogatepass")
    return digest(data, 16)


class Answers:
    """Answers by the names of what was asked."""

    def __init__(
        self, files: Files | None = None, folder: str = "", *, forget: bool = False
    ) -> None:
        """Answers of a folder; without one they are only kept in memory.

        Args:
            files: reads and writes the file.
            folder: where it is.
            forget: whether what was answered before does not count.
        """
        self._files = files
        self._forget = forget
        self._path = f"{folder}/{FILE}"
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()
        self._torn = False

    def load(self) -> None:
        """Read what was answered before."""
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
        """The answer to what was asked, if there is one."""
        return self._known.get(name)

    def add(self, answers: Mapping[str, str]) -> None:
        """Keep answers; they are on the disk when this comes back."""
        lines = "".join(f"{json.dumps(pair)}\n" for pair in answers.items())
        with self._lock:
            if self._files is not None and lines:
                self._files.append(self._path, (b"\n" if self._torn else b"") + lines.encode())
                self._torn = False
            self._known.update(answers)
