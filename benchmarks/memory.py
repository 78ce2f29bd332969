"""How a memory finds what brute force finds, how fast, and what an import of a million costs.

    python benchmarks/memory.py [--units 150000] [--queries 500] [--import 1000000]
        [--postgres] [--few-words]

The sentences are generated, the same ones each time: half of them of 40,000 words by Zipf's law,
with the commonest words of English on top, a quarter by the patterns of `corpus.py` (few words,
which is hard for an index of words), and a quarter are edits of the others, as memories have.
With --few-words all are of those patterns. Queries are edits of the sentences: 5 to 25 of a hundred words replaced, left out, put in or
inflected; one in ten is a new sentence. Brute force is `rapidfuzz.process.extractOne` with the
same measure over the same list, with the bar of 70 % that makes it faster. Times are CPU time of
this process (PostgreSQL: wall time, for the server is another process).
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from rapidfuzz import fuzz, process

import corpus
import loopback
from dragoman.memory import MemoryQuery, MemoryUnit, Searcher, Store, Variant
from dragoman.memory.memory_units import batches
from dragoman.memory.tmx import written
from dragoman.stores import opened

LEAST = 70
COMMON = """
the of and to in a is that for it was on with as he be by at this had not are but from or have an
they which one you were all her she there would their we him been has when who will no more if out
so up said what its about than into them can only other time new some could these two may first
then do any like my now over such our man me even most made after also did many off before must
well back through years where much your way down should because long each just state those people
too mr how little good world make very year still see work such never here between life being under
""".split()  # noqa: SIM905 - a list of words reads best as words
SYLLABLES = """
ka ma ro ta ve li sho dun bar nes or il ush gar pel tir han zo mey lan ing er ed con pre tion al
ment ble ish ous ive un re de com sta tri mon cor fen lu pi qu
""".split()  # noqa: SIM905 - as above


class Writer:
    """Writes sentences whose words come by Zipf's law."""

    def __init__(self, seed: int, size: int = 40_000) -> None:
        self.dice = random.Random(seed)
        pool = (*COMMON, *corpus.NOUNS, *corpus.VERBS, *corpus.ADJECTIVES, *corpus.ADVERBS)
        words = dict.fromkeys(pool)
        while len(words) < size:
            words["".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 4)))] = None
        self._words = list(words)
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def words(self, count: int) -> list[str]:
        return self.dice.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self) -> str:
        count = max(3, int(self.dice.lognormvariate(2.9, 0.5)))
        words = self.words(count)
        if self.dice.random() < 0.15:
            words[self.dice.randrange(count)] = str(self.dice.randint(1, 2026))
        if count > 8 and self.dice.random() < 0.6:
            words[self.dice.randrange(3, count - 2)] += ","
        said = " ".join(words)
        return said[0].upper() + said[1:] + self.dice.choice(".......?!")

    def edited(self, said: str, rate: float) -> str:
        """The sentence with some of its words replaced, left out, put in or inflected."""
        out = []
        for word in said.split(" "):
            if self.dice.random() >= rate:
                out.append(word)
                continue
            kind = self.dice.choices(("replace", "leave out", "put in", "inflect"), (5, 2, 2, 1))[0]
            out += {
                "replace": self.words(1),
                "leave out": [],
                "put in": [word, *self.words(1)],
                "inflect": [word + self.dice.choice(("s", "ed", "ing"))],
            }[kind]
        return " ".join(out) or said


def sentences(count: int, writer: Writer, few_words: bool = False) -> list[str]:
    other = corpus.Writer(corpus.SEED)
    if few_words:
        return [other.sentence() for _ in range(count)]
    said = [writer.sentence() for _ in range(count // 2)]
    said += [other.sentence() for _ in range(count // 4)]
    said += [writer.edited(writer.dice.choice(said), 0.15) for _ in range(count - len(said))]
    return list(dict.fromkeys(said))


def queries(said: Sequence[str], count: int, writer: Writer) -> list[str]:
    new = [writer.sentence() for _ in range(count // 10)]
    rates = (0.05, 0.1, 0.15, 0.25)
    known = [
        writer.edited(writer.dice.choice(said), writer.dice.choice(rates))
        for _ in range(count - len(new))
    ]
    return known + new


def units(said: Iterable[str]) -> Iterator[MemoryUnit]:
    return (
        MemoryUnit((Variant("en", one), Variant("ru", corpus.russian(one))), "generated", "en")
        for one in said
    )


def fill(store: Store, said: Sequence[str]) -> float:
    start = time.process_time()
    with store.importing() as importing:
        for batch in batches(units(said)):
            importing.add(batch)
    return time.process_time() - start


Best = tuple[str, int] | None


def brute(asked: str, said: Sequence[str]) -> Best:
    found = process.extractOne(asked, said, scorer=fuzz.ratio, score_cutoff=LEAST)
    if found is None:
        return None
    return found[0], 100 if found[0] == asked else min(99, int(found[1] + 1e-9))


def by_memory(asked: str, searcher: Searcher) -> Best:
    found = searcher.matches(MemoryQuery(asked), "en", ["ru"], LEAST, 1)["ru"]
    return (found[0].source, found[0].score) if found else None


def timed(
    find: Callable[[str], Best], asked: Sequence[str], clock: Callable[[], float]
) -> tuple[list[Best], list[float]]:
    found, times = [], []
    for one in asked:
        start = clock()
        found.append(find(one))
        times.append(1000 * (clock() - start))
    return found, times


def told(name: str, found: Sequence[Best], exact: Sequence[Best], times: Sequence[float]) -> float:
    """Print how much of the best is found, and how fast; give back the mean time."""
    wanted = [(a, b) for a, b in zip(found, exact, strict=True) if b is not None]
    got = sum(a is not None and a[1] == b[1] for a, b in wanted)
    mean = sum(times) / len(times)
    high = sorted(times)[int(0.99 * len(times)) - 1]
    share = 100 * got / len(wanted)
    print(f"{name}: {got} of {len(wanted)} best matches ({share:.1f} %), "
          f"{mean:.2f} ms a query, 99 of 100 within {high:.1f} ms")  # fmt: skip
    return mean


def search(
    folder: Path, count: int, asked_count: int, postgres: bool, few_words: bool = False
) -> None:
    writer = Writer(1992)
    said = sentences(count, writer, few_words)
    asked = queries(said, asked_count, writer)
    print(f"{len(said)} sentences, {sum(map(len, said)) / len(said):.0f} characters on average; "
          f"{len(asked)} queries")  # fmt: skip
    exact, times = timed(lambda one: brute(one, said), asked, time.process_time)
    slow = told("rapidfuzz brute force", exact, exact, times)
    store = opened(str(folder / "search.sqlite"), make=True)
    print(f"SQLite: filled in {fill(store, said):.1f} s of CPU")
    searcher = Searcher("memory", store)
    found, times = timed(lambda one: by_memory(one, searcher), asked, time.process_time)
    fast = told("SQLite", found, exact, times)
    print(f"SQLite: {slow / fast:.1f} times faster than brute force")
    if postgres:
        with loopback.postgres() as server:
            on_server(server.address, said, asked, exact, searcher)
    store.close()


def on_server(
    address: str, said: Sequence[str], asked: Sequence[str], exact: Sequence[Best], mine: Searcher
) -> None:
    store = opened(address)
    start = time.monotonic()
    fill(store, said)
    print(f"PostgreSQL: filled in {time.monotonic() - start:.1f} s")
    searcher = Searcher("memory", store)
    found, times = timed(lambda one: by_memory(one, searcher), asked, time.monotonic)
    told("PostgreSQL", found, exact, times)
    same = sum(
        searcher.matches(MemoryQuery(one), "en", ["ru"], LEAST) == mine.matches(MemoryQuery(one), "en", ["ru"], LEAST)
        for one in asked
    )  # fmt: skip
    print(f"PostgreSQL: the same five matches as SQLite for {same} of {len(asked)} queries")
    store.close()


def bring(folder: Path, count: int) -> None:
    """Import a TMX file of many units by the command line, and look at the process."""
    writer = Writer(1993)
    (folder / "dragoman.toml").write_text('locales = ["ru"]\n')
    (folder / ".git").mkdir()
    path = folder / "large.tmx"
    some: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        for piece in written(units(_written(writer, count, some)), (), "en"):
            file.write(piece)
    size = path.stat().st_size >> 20
    command = [sys.executable, "-m", "dragoman", "-C", str(folder), "memory", "import", str(path)]
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    database = folder / "locales/memory.sqlite"
    print(f"import of {count} units ({size} MB of TMX, {database.stat().st_size >> 20} MB of database): "
          f"exit {os.waitstatus_to_exitcode(status)}, "
          f"{used.ru_utime + used.ru_stime:.0f} s of CPU, peak {used.ru_maxrss >> 10} MB")  # fmt: skip
    store = opened(str(database))
    searcher = Searcher("memory", store)
    asked = [writer.edited(one, 0.1) for one in some]
    found, times = timed(lambda one: by_memory(one, searcher), asked, time.process_time)
    hits = sum(one is not None for one in found)
    print(f"SQLite, {count} units: {hits} of {len(asked)} queries have a match, "
          f"{sum(times) / len(times):.2f} ms a query")  # fmt: skip
    store.close()


def _written(writer: Writer, count: int, some: list[str]) -> Iterator[str]:
    """Sentences, some of which are remembered."""
    for number in range(count):
        said = writer.sentence()
        if number % max(1, count // 200) == 0:
            some.append(said)
        yield said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=150_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--import", dest="brought", type=int, default=1_000_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--few-words", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        search(Path(folder), given.units, given.queries, given.postgres, given.few_words)
        if given.brought:
            bring(Path(folder), given.brought)


if __name__ == "__main__":
    main()
