"""Every measurement, in one run: `python benchmarks/run.py --help`.

Ours and theirs take turns (A B A B …), so that a busy moment of the machine meets both. A figure
is the median over the rounds of the CPU time, user and system, of a process and its children;
memory is the largest resident set of one of them. On Linux a child's peak is never below that of
its parent, so this process loads nothing but the standard library, and what does not rise above
the peak of `true` is shown as that bound ("≤ 18 MB").
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
BEGIN, END = "<!-- begin: written by run.py -->", "<!-- end -->"
FAST_DISK = Path("/dev/shm")
BYTES_PER_DOCUMENT = 500_000
"""What a document takes in all the folders of a run, with room to spare."""
ROUNDS, START_ROUNDS = 3, 15
OURS = "dragoman"


# --- measuring ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    cpu: float
    wall: float
    memory: float
    said: str = ""

    def __str__(self) -> str:
        return f"{seconds(self.cpu)}, {megabytes(self.memory)}"


@dataclass(frozen=True)
class Step:
    """A command, and what is to be made ready before each round of it."""

    command: Sequence[str]
    folder: Path
    prepare: Callable[[int], object] = lambda _: None


class StepFailedError(Exception):
    """A command ended with an error; its text is the end of what it printed."""


PEERS = frozenset(("po4a", "md2po", "polib", "msgcat", "msgmerge", "msgmerge -N"))
"""Steps that may fail without ending the run: programs of others."""
BROKEN: dict[str, str] = {}
"""Name of a peer that failed to the last line it printed; all other rows are measured."""


def measure(step: Step) -> Cost:
    """Run a step once; raises StepFailedError if the command fails."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        child = subprocess.Popen(step.command, cwd=step.folder, stdout=out, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if child.returncode:
            raise StepFailedError(f"{' '.join(step.command)} failed:\n{errors.read()[-2000:]}")
        said = out.read() + errors.read()
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, said)


def interleaved(steps: dict[str, Step], rounds: int = ROUNDS) -> dict[str, Cost]:
    """The median cost of each step, the steps taking turns; without the peers that fail."""
    costs: dict[str, list[Cost]] = {name: [] for name in steps}
    for turn in range(rounds):
        for name, step in steps.items():
            if name not in costs:
                continue
            try:
                step.prepare(turn)
                costs[name].append(measure(step))
            except (StepFailedError, OSError) as error:
                if name not in PEERS:
                    raise
                BROKEN[name] = str(error).strip().rpartition("\n")[2]
                del costs[name]
    return {name: median(taken) for name, taken in costs.items()}


def median(costs: Sequence[Cost]) -> Cost:
    middle = statistics.median
    return Cost(
        middle(cost.cpu for cost in costs),
        middle(cost.wall for cost in costs),
        middle(cost.memory for cost in costs),
        costs[-1].said,
    )


@cache
def least_memory() -> float:
    """The peak that a process has which needs nothing: that of this process."""
    return measure(Step(["true"], HERE)).memory


def hidden(memory: float) -> bool:
    """Whether a peak may be this process's and not the child's own."""
    return memory <= least_memory() + 1


def megabytes(memory: float) -> str:
    return f"{'≤ ' if hidden(memory) else ''}{memory:.0f} MB"


def seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


# --- rows -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    step: str
    ours: str
    peer: str = ""
    ratio: str = ""
    required: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        met = {True: "yes", False: "**no**", None: ""}[self.met]
        cells = (self.step, self.ours, self.peer, self.ratio, self.required, met)
        return f"| {' | '.join(cells)} |"


HEAD = """\
| step | dragoman | compared with | ratio | required | met |
|---|---|---|---|---|---|"""


def faster(step: str, costs: dict[str, Cost], peer: str, least: float | None) -> Row:
    """How many times faster than a peer we are."""
    if peer not in costs:
        why = f"failed: {BROKEN[peer]}" if peer in BROKEN else "not installed"
        return Row(step, str(costs[OURS]), f"{peer}: {why}")
    ratio = costs[peer].cpu / costs[OURS].cpu
    required = "" if least is None else f"≥ {least:g}×"
    met = None if least is None else ratio >= least
    return Row(
        step, str(costs[OURS]), f"{peer}: {costs[peer]}", f"{ratio:.1f}× faster", required, met
    )


# --- the peers ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tools:
    """Our program and those it is compared with; empty where one is not installed."""

    dragoman: Sequence[str]
    po4a: str
    msgcat: str
    msgmerge: str
    md2po: Sequence[str]

    @classmethod
    def find(cls, toolkit: str | None) -> Tools:
        script = Path(sys.executable).with_name("dragoman")
        here = [str(script)] if script.exists() else [sys.executable, "-m", "dragoman"]
        there = shutil.which("md2po")
        md2po = [toolkit, "-m", "translate.convert.md2po"] if toolkit else [there] if there else []
        peers = [shutil.which(name) or "" for name in ("po4a", "msgcat", "msgmerge")]
        return cls(here, *peers, md2po)

    def versions(self) -> list[str]:
        names = ("dragoman", "click", "polib", "pyromark", "rapidfuzz")
        found = [f"{name} {version(name)}" for name in names]
        asked = [[tool, "--version"] for tool in (self.po4a, self.msgmerge) if tool]
        for command in [*asked, *([[*self.md2po, "--version"]] if self.md2po else [])]:
            said = subprocess.run(command, capture_output=True, text=True, check=False)
            found.append((said.stdout or said.stderr).split("\n")[0].strip().rstrip("."))
        return [f"Python {platform.python_version()}", *found]


def child(name: str, *arguments: object) -> list[str]:
    """The command that runs a function of children.py."""
    return [sys.executable, str(HERE / "children.py"), name, *map(str, arguments)]


# --- projects -------------------------------------------------------------------------------


def our_project(folder: Path, texts: Sequence[Path], catalogs: Path | None = None) -> Path:
    """A project of ours with these texts, and their catalogs where there are some."""
    (folder / "texts").mkdir(parents=True)
    for text in texts:
        shutil.copy(text, folder / "texts")
        if catalogs:
            below = Path("ru", "LC_MESSAGES", f"{text.stem}.po")
            (folder / "locales" / below).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(catalogs / below, folder / "locales" / below)
    (folder / "dragoman.toml").write_text(
        'name = "benchmark"\nlocales = ["ru"]\ntexts = "texts"\nexports = []\n'
    )
    return folder


def their_project(folder: Path, texts: Sequence[Path]) -> Path:
    """The same texts as a project of po4a."""
    (folder / "texts").mkdir(parents=True)
    (folder / "po").mkdir()
    lines = ["[po4a_langs] ru", "[po4a_paths] po/all.pot $lang:po/$lang.po"]
    for text in texts:
        shutil.copy(text, folder / "texts")
        lines.append(
            f'[type: text] texts/{text.name} $lang:build/$lang/{text.name} opt:"-o markdown"'
        )
    (folder / "po4a.cfg").write_text("\n".join(lines) + "\n")
    return folder


def emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def unbuilt(project: Path) -> None:
    """Take away all that a build makes, but for the catalogs."""
    shutil.rmtree(project / "build", ignore_errors=True)
    for suffix in ("*.mo", "*.pot"):
        for path in (project / "locales").rglob(suffix):
            path.unlink()


# --- the benchmarks -------------------------------------------------------------------------


@dataclass
class Bench:
    """One run: where it works, what it has, what it found."""

    folder: Path
    documents: int
    tools: Tools
    rows: list[Row] = field(default_factory=list)

    def run(self) -> None:
        self._run(child_of_corpus(self.folder / "corpus", self.documents), self.folder)
        self.corpus = self.folder / "corpus"
        self.facts = json.loads((self.corpus / "facts.json").read_text())
        self.texts = sorted((self.corpus / "texts").iterdir())
        self.ours = our_project(self.folder / "ours", self.texts)
        self.theirs = their_project(self.folder / "theirs", self.texts)
        for part in (
            self.extract,
            self.write_translated,
            self.nothing_to_do,
            self.one_changed,
            self.growth,
            self.read_and_write,
            self.update,
            self.proposals,
            self.start,
            self.segmentation,
        ):
            began = time.perf_counter()
            known = len(self.rows)
            part()
            note(*self.rows[known:], f"({part.__name__}: {time.perf_counter() - began:.0f} s)")

    def _run(self, command: Sequence[str], folder: Path) -> None:
        measure(Step(command, folder))

    @property
    def _po4a(self) -> str:
        """po4a, unless it is missing or failed before."""
        return "" if "po4a" in BROKEN else self.tools.po4a

    def _with_po4a(self, *options: str, prepare: Callable[[int], object]) -> dict[str, Step]:
        """po4a's step, where there is po4a."""
        if not self._po4a:
            return {}
        return {"po4a": Step([self.tools.po4a, *options, "po4a.cfg"], self.theirs, prepare)}

    def extract(self) -> None:
        steps = {
            OURS: Step(
                [*self.tools.dragoman, "extract"],
                self.ours,
                lambda _: shutil.rmtree(self.ours / "locales", ignore_errors=True),
            ),
            **self._with_po4a("--no-translations", prepare=lambda _: emptied(self.theirs / "po")),
        }
        if self.tools.md2po:
            out = self.folder / "toolkit"
            command = [*self.tools.md2po, "--progress=none", "-P", str(self.corpus / "texts")]
            steps["md2po"] = Step([*command, str(out)], self.folder, lambda _: emptied(out))
        costs = interleaved(steps)
        self.rows += [faster("extract", costs, peer, 10) for peer in ("po4a", "md2po")]

    def write_translated(self) -> None:
        self._run([*self.tools.dragoman, "update"], self.ours)
        self._run(child("fill", self.ours / "locales"), self.folder)
        self.complete = self.folder / "complete"
        shutil.copytree(self.ours / "locales", self.complete)
        if self._po4a:  # what `extract` left are catalogs without translations
            self._run(child("fill", self.theirs / "po"), self.folder)
        steps = {
            OURS: Step(
                [*self.tools.dragoman, "build", "--no-update"],
                self.ours,
                lambda _: unbuilt(self.ours),
            ),
            "whole": Step([*self.tools.dragoman, "build"], self.ours, lambda _: unbuilt(self.ours)),
            **self._with_po4a(
                "--no-update",
                prepare=lambda _: shutil.rmtree(self.theirs / "build", ignore_errors=True),
            ),
        }
        costs = interleaved(steps)
        self.full = costs["whole"]
        self.rows.append(faster("write translated documents", costs, "po4a", 15))
        whole = {**costs, OURS: self.full}
        self.rows.append(faster("the same, ours with the whole build", whole, "po4a", None))
        for project in (self.ours, *([self.theirs] if self._po4a else [])):
            found = len(list((project / "build" / "ru").iterdir()))
            if found != self.documents:
                sys.exit(f"{project.name}: {found} translated documents of {self.documents}")

    def nothing_to_do(self) -> None:
        if self._po4a:
            self._run([self.tools.po4a, "po4a.cfg"], self.theirs)
        steps = {
            OURS: Step([*self.tools.dragoman, "build"], self.ours),
            **self._with_po4a(prepare=lambda _: None),
        }
        costs = interleaved(steps, 5)
        self.rows.append(faster("nothing to do", costs, "po4a", 30))
        share = costs[OURS].cpu / self.full.cpu
        self.rows.append(
            Row(
                "nothing to do",
                str(costs[OURS]),
                f"our full build: {self.full}",
                f"{share:.1%}",
                "< 3 %",
                share < 0.03,
            )
        )

    def one_changed(self) -> None:
        changed = [
            edited
            for text in self.texts
            if (edited := self.corpus / "edited" / text.name).read_bytes() != text.read_bytes()
        ]

        def put(turn: int, project: Path) -> None:
            time.sleep(1.1)  # po4a compares whole seconds
            shutil.copyfile(changed[turn].resolve(), project / "texts" / changed[turn].name)

        steps = {
            OURS: Step(
                [*self.tools.dragoman, "build"], self.ours, lambda turn: put(turn, self.ours)
            ),
            **self._with_po4a(prepare=lambda turn: put(turn, self.theirs)),
        }
        costs = interleaved(steps)
        self.rows.append(faster("one text changed", costs, "po4a", 200))

    def growth(self) -> None:
        sizes = [size for size in (100, 500, 2000) if size < self.documents] + [self.documents]
        steps = {}
        for size in sizes:
            here = our_project(self.folder / f"size-{size}", self.texts[:size], self.complete)
            steps[str(size)] = Step(
                [*self.tools.dragoman, "build"], here, lambda _, here=here: unbuilt(here)
            )
        costs = interleaved(steps)
        each = {size: costs[str(size)].cpu / size * 100 for size in sizes}
        said = "; ".join(f"{size}: {seconds(each[size])}" for size in sizes)
        ratio = each[sizes[-1]] / each[sizes[0]]
        met = ratio <= 1.2 if len(sizes) > 1 else None
        step = "full build, CPU time for each 100 documents"
        self.rows.append(
            Row(step, said, "largest to smallest project", f"{ratio:.2f}×", "≤ 1.2×", met)
        )

    def read_and_write(self) -> None:
        catalog, out = self.corpus / "old.po", self.folder / "out.po"
        steps = {
            OURS: Step(child("read-write", catalog, out), self.folder),
            "polib": Step(child("read-write-polib", catalog, out), self.folder),
        }
        if self.tools.msgcat:
            command = [self.tools.msgcat, str(catalog), "-o", str(out)]
            steps["msgcat"] = Step(command, self.folder)
        costs = interleaved(steps)
        step = "read and write one catalog"
        self.rows += [faster(step, costs, "polib", 10), faster(step, costs, "msgcat", 5)]
        if "polib" in costs:
            mine, other = costs[OURS].memory, costs["polib"].memory
            self.rows.append(
                Row(
                    f"{step}: peak memory",
                    megabytes(mine),
                    f"polib: {megabytes(other)}",
                    f"{mine / other:.2f}×",
                    "< 1×",
                    None if hidden(other) else mine < other,
                )
            )
        steps = {
            OURS: Step(child("rewrite", catalog, out), self.folder),
            "polib": Step(child("rewrite-polib", catalog, out), self.folder),
        }
        step = "the same, every translation changed"
        self.rows.append(faster(step, interleaved(steps), "polib", None))

    def update(self) -> None:
        steps = {OURS: self._update_by_us(self.corpus)}
        if self.tools.msgmerge:
            steps["msgmerge -N"] = self._update_by_msgmerge(self.corpus, "--no-fuzzy-matching")
        step = "update one catalog, 10 % changed, 5 % new (ours: with proposals)"
        self.rows.append(faster(step, interleaved(steps), "msgmerge -N", 1))
        precision, recall = self._score(self.corpus, OURS)
        good = precision >= 0.96
        self.rows += [
            Row("proposals: precision", f"{precision:.1%}", required="≥ 96 %", met=good),
            Row("proposals: recall", f"{recall:.1%}", required="≥ 98 %", met=recall >= 0.98),
        ]

    def proposals(self) -> None:
        part = self.corpus / "slice"
        steps = {OURS: self._update_by_us(part)}
        if self.tools.msgmerge:
            steps["msgmerge"] = self._update_by_msgmerge(part, "--previous")
        costs = interleaved(steps)
        sentences = len((part / "new.pot").read_text().split("\nmsgid ")) - 1
        step = f"update {sentences:,} entries, both with proposals"
        self.rows.append(faster(step, costs, "msgmerge", None))
        scores = {name: self._score(part, name) for name in steps}
        for at, name in enumerate(("precision", "recall")):
            said = {tool: f"{score[at]:.1%}" for tool, score in scores.items()}
            peer = f"msgmerge: {said['msgmerge']}" if "msgmerge" in said else "not installed"
            self.rows.append(Row(f"proposals there: {name}", said[OURS], peer))

    def _update_by_us(self, folder: Path) -> Step:
        return Step(child("update", "old.po", "new.pot", f"{OURS}.po"), folder)

    def _update_by_msgmerge(self, folder: Path, option: str) -> Step:
        out = ("-q", "-o", "msgmerge.po")
        return Step([self.tools.msgmerge, option, *out, "old.po", "new.pot"], folder)

    def _score(self, folder: Path, name: str) -> tuple[float, float]:
        """Precision and recall of the proposals in an updated catalog."""
        found = json.loads(
            measure(Step(child("score", folder / f"{name}.po", folder / "truth.json"), folder)).said
        )
        return found["right"] / max(1, found["proposed"]), found["right"] / found["changed"]

    def start(self) -> None:
        steps = {
            OURS: Step([*self.tools.dragoman, "--help"], self.folder),
            "import click": Step([sys.executable, "-c", "import click"], self.folder),
        }
        costs = interleaved(steps, START_ROUNDS)
        for kind in ("cpu", "wall"):
            mine, other = (getattr(costs[name], kind) for name in steps)
            self.rows.append(
                Row(
                    f"`dragoman --help`, {kind} time",
                    seconds(mine),
                    f"`import click`: {seconds(other)}",
                    f"{mine / other:.2f}×",
                    "≤ 1.6×",
                    mine / other <= 1.6,
                )
            )

    def segmentation(self) -> None:
        step = Step(child("segmentation", self.corpus / "texts"), self.folder)
        found = [json.loads(measure(step).said) for _ in range(ROUNDS)]
        speed = statistics.median(one["speed"] for one in found)
        what = f"segmentation, {found[0]['size']:.1f} MB, {found[0]['sentences']:,} sentences"
        self.rows.append(Row(what, f"{speed:.1f} MB/s"))
        for kind, what in (
            ("stops", "1 MB of `e.g. `: segmentation"),
            ("stops-markdown", "1 MB of `e.g. `: Markdown reader"),
            ("quotes", "1 MB of `“A. `: segmentation"),
            ("images", "1 MB of `![`: Markdown reader"),
        ):
            hostile = Step(child("hostile", kind), self.folder)
            took = [json.loads(measure(hostile).said)["seconds"] for _ in range(ROUNDS)]
            value = statistics.median(took)
            self.rows.append(Row(what, seconds(value), required="< 2 s", met=value < 2))


def child_of_corpus(folder: Path, documents: int) -> list[str]:
    return [sys.executable, str(HERE / "corpus.py"), str(folder), str(documents)]


# --- reporting ------------------------------------------------------------------------------


def note(*lines: object) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def report(bench: Bench, options: str, loads: Sequence[float]) -> str:
    facts = bench.facts
    place = bench.folder.parent
    disk = f"`{place}`{' (memory)' if place == FAST_DISK else ' (disk)'}"
    about = [
        f"`python benchmarks/run.py{options}`, {datetime.now(UTC):%Y-%m-%d}",
        f"Machine: {os.cpu_count()} × {processor()}, {platform.system()} {platform.release()}, "
        f"load average {loads[0]:.2f} before and {loads[1]:.2f} after, files on {disk}",
        f"Versions: {', '.join(bench.tools.versions())}",
        f"Corpus: {facts['documents']:,} documents, {facts['sentences']:,} sentences "
        f"({facts['distinct']:,} distinct, {facts['characters']} characters on average), "
        f"{facts['bytes'] / 1e6:.1f} MB; edited: {facts['changed']:,} sentences changed",
    ]
    lines = [f"- {line}" for line in about]
    return "\n".join([*lines, "", HEAD, *map(str, bench.rows)])


def processor() -> str:
    """The name of the processor, where Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().split("\n")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def write(table: str) -> None:
    """Put the table into the README, between its markers."""
    readme = HERE / "README.md"
    text = readme.read_text("utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    readme.write_text(f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure dragoman beside other tools.")
    parser.add_argument("--documents", type=int, default=2000, help="size of the corpus (2000)")
    parser.add_argument("--small", action="store_true", help="100 documents, for a quick look")
    parser.add_argument("--toolkit", metavar="PYTHON", help="a Python that has translate-toolkit")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    given = parser.parse_args()
    documents = 100 if given.small else given.documents
    os.environ |= {"LC_ALL": "C.UTF-8", "PERL_BADLANG": "0"}
    needed = documents * BYTES_PER_DOCUMENT
    roomy = FAST_DISK.is_dir() and shutil.disk_usage(FAST_DISK).free > needed
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-", dir=FAST_DISK if roomy else None) as folder:
        # Installed programs start from bytecode; every Python here, ours or not, makes its own.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        bench = Bench(Path(folder), documents, Tools.find(given.toolkit))
        try:
            bench.run()
        except StepFailedError as error:
            sys.exit(str(error))
        words = ["PYTHON" if os.sep in word else word for word in sys.argv[1:]]
        options = "".join(f" {word}" for word in words)
        table = report(bench, options, (before, os.getloadavg()[0]))
    print(table)
    if given.write:
        write(table)


if __name__ == "__main__":
    main()
