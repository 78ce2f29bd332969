"""Kills commands at every call that writes, and lets every such call fail: `python tests/kill_points.py`.

A command runs once under strace to learn its calls that create, write, synchronize, rename or
remove. Then it runs once for each of them, killed just before the call, or with the call failing
as a full disk (ENOSPC) and a broken one (EIO) make it fail. Whatever happens, every file is
afterwards the old or the new one; an error is one sentence and no success; and the next run
finishes the work and leaves nothing behind.

With `--kills N` commands are killed N times each at a random moment instead, which needs no strace;
with `--texts N` the project has that many texts more, in two locales.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HOW = ("signal=SIGKILL", "error=ENOSPC", "error=EIO")
CALLS = (
    "openat,write,pwrite64,writev,fsync,fdatasync,sync,rename,renameat,renameat2,link,linkat,"
    "unlink,unlinkat,ftruncate,truncate,fchmod,fchown,mkdir,symlink"
)
CACHES = frozenset((".state.json", ".outputs.json"))
"""What only saves work: it holds times, so it differs from run to run."""
HE = "locales/he/LC_MESSAGES/day.po"
_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
_STRACE = ("strace", "-qq", "-s0", "-f")
_QUICK = ("--seccomp-bpf",)
"""Only the calls asked for stop the process: a third of the time, but signals never arrive."""
_ALONE = ("-b", "execve")
"""Other programs are not watched; does not go together with `_QUICK`."""


class Scene(NamedTuple):
    """A command, and the project it runs in."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path], object]
    again: int = 0
    """The exit code of the same command once it has done its work."""


class Point(NamedTuple):
    """The n-th call of a name, and what happens there."""

    call: str
    number: int
    how: str

    def __str__(self) -> str:
        return f"{self.how} at {self.call} {self.number}"


# --- scenes ---------------------------------------------------------------------------------


def run(root: Path, *arguments: str, through: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    """Run dragoman in a folder, the same way each time."""
    known = {**os.environ, "NO_COLOR": "1", "LANG": "C.UTF-8"}
    known |= {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*through, sys.executable, "-m", "dragoman", *arguments],
        cwd=root, env=known, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


TEXTS = 0
"""Texts that a project has besides its two."""


def project(root: Path) -> None:
    """Two texts, translated into two locales, and a build; made once and copied."""
    shutil.copytree(_made(), root, dirs_exist_ok=True)


@cache
def _made() -> Path:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    root = Path(folder) / "small"
    root.mkdir()
    subprocess.run(["git", "init", "-q", str(root)], check=True, capture_output=True)
    (root / "dragoman.toml").write_text('name = "small"\nlocales = ["he", "ru"]\n')
    (root / "source_texts").mkdir()
    (root / "source_texts/day.txt").write_text("A long day.\nIt began early. Nobody slept.\n")
    (root / "source_texts/night.md").write_text("# Night\n\nIt *ended* late.\n")
    for number in range(TEXTS):
        (root / f"source_texts/n{number}.txt").write_text(
            f"Night {number}.\nIt was the {number}th.\n"
        )
    _fine(run(root, "update"))
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        path.write_text(path.read_text().replace('msgstr ""\n\n', 'msgstr "текст"\n\n'))
    _fine(run(root, "build"))
    return root


def changed(root: Path) -> None:
    """The project with texts that changed since."""
    project(root)
    (root / "source_texts/day.txt").write_text("A long day!\nIt began early. They slept.\n")
    for path in root.glob("source_texts/n[0-9]*.txt"):
        path.write_text(path.read_text().replace("Night", "A night").replace("th.", "th!"))


def drafts(root: Path) -> None:
    """The project with drafts that a changed source made."""
    changed(root)
    _fine(run(root, "update"))


def loose(root: Path) -> None:
    """The project with catalogs in another form than GNU gettext's."""
    project(root)
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        path.write_text(path.read_text().replace('msgstr "текст"', 'msgstr ""\n"те"\n"кст"'))


def fallen(root: Path) -> None:
    """The project with a finding that somebody may accept, and a folder for a glossary."""
    project(root)
    path = root / HE
    path.write_text(path.read_text().replace("текст", "text   text", 1))


def outside(root: Path) -> None:
    """The project without a translation of its first text, which stands in a file beside it."""
    project(root)
    path = root / HE
    path.write_text(path.read_text().replace('msgstr "текст"', 'msgstr ""'))
    (root / "day.he.txt").write_text("יום ארוך.\nזה התחיל מוקדם. איש לא ישן.\n")


def returned(root: Path) -> None:
    """The project, and an XLIFF file that comes back with a cell changed."""
    project(root)
    _fine(run(root, "export", "-t", "day", "-l", "he", "-f", "xliff", "-o", "came.xlf"))
    came = root / "came.xlf"
    came.write_text(came.read_text().replace("текст", "другое", 1))


def sides(root: Path) -> None:
    """Three versions of a catalog, of which two were edited in different places."""
    project(root)
    base = (root / HE).read_text()
    (root / "base.po").write_text(base)
    (root / "ours.po").write_text(base.replace("текст", "наш", 1))
    (root / "theirs.po").write_text("их".join(base.rsplit("текст", 1)))


def gaps(root: Path) -> None:
    """The project with every second translation missing."""
    project(root)
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        path.write_text(path.read_text().replace('msgstr "текст"', 'msgstr ""', 1))


def remembered(root: Path) -> None:
    """The project with gaps, and a memory that fills them, as a TMX file and as a project memory."""
    project(root)
    _fine(run(root, "export", "-f", "tmx", "-o", "out/"))
    units = "".join(
        re.findall(
            r"<tu .*?</tu>", "".join(path.read_text() for path in root.glob("out/*.tmx")), re.DOTALL
        )
    )
    head = next(root.glob("out/*.tmx")).read_text().partition("<tu ")[0]
    shutil.rmtree(root / "out")
    gaps(root)
    (root / "came.tmx").write_text(f"{head}{units}</body></tmx>\n")


def with_memory(root: Path) -> None:
    """The project with gaps, and its memory imported."""
    remembered(root)
    _fine(run(root, "memory", "import", "came.tmx"))


def empty(root: Path) -> None:
    """A repository without settings."""
    subprocess.run(["git", "init", "-q", str(root)], check=True, capture_output=True)


SCENES = {
    "update": Scene(("update",), changed),
    "build": Scene(("build",), changed),
    "fmt": Scene(("fmt",), loose),
    "bless": Scene(("bless", "--all"), drafts),
    "review": Scene(("review", "--all", "--by", "The Editor"), project),
    "po set": Scene(("po", "set", HE, "A long day.", "יום"), project),
    "po cat": Scene(("po", "cat", HE, "-o", "copy.po"), project),
    "merge-driver": Scene(("merge-driver", "base.po", "ours.po", "theirs.po"), sides),
    "git-setup": Scene(("git-setup", "--yes"), project),
    "waive": Scene(("waive", "white-space", "-u", "1.1", "--reason", "so be it"), fallen, again=2),
    "adopt": Scene(("adopt", "day.he.txt", "-t", "day", "-l", "he", "--force"), outside),
    "import": Scene(("import", "came.xlf"), returned),
    "translate": Scene(("translate", "-e", "pseudo"), gaps),
    "pretranslate": Scene(("pretranslate",), with_memory),
    "memory import": Scene(("memory", "import", "came.tmx"), remembered),
    "site": Scene(("site", "-t", "day", "-l", "he"), project),
    "init": Scene(("init", "-l", "he"), empty, again=2),
    "export tmx": Scene(("export", "-f", "tmx"), project),
    "export html": Scene(("export", "-t", "day", "-f", "html", "-o", "day.html"), project),
}


def _fine(done: subprocess.CompletedProcess) -> None:
    assert done.returncode == 0, done.stderr


# --- one command ----------------------------------------------------------------------------


class Trial:
    """A command in its scene, ready to be run again and again."""

    def __init__(
        self, scene: Scene, folder: Path, strace: bool = True, again: Callable[..., Any] = run
    ) -> None:
        """`again` runs the command once more after it met with a point."""
        self.scene = scene
        self._again = again
        self._folder = folder
        self._count = 0
        origin = folder / "origin"
        origin.mkdir(parents=True)
        scene.prepare(origin)
        self._origin = origin
        whole = self._copy()
        self.old = snapshot(whole)
        start = time.monotonic()
        self._errors = _QUICK
        """How strace watches where a call fails."""
        self.points: list[Point] = []
        if strace:
            self.points += self._points(whole)
        else:
            _fine(run(whole, *scene.arguments))
        self._took = time.monotonic() - start
        self.new = snapshot(whole)
        assert self.new != self.old, "the command changed nothing"

    def _copy(self) -> Path:
        self._count += 1
        place = self._folder / f"{self._count}" / "small"  # `init` names a project by its folder
        shutil.copytree(self._origin, place, symlinks=True)
        return place

    def _points(self, root: Path) -> Iterator[Point]:
        """Every call of the command that writes, numbered as strace counts."""
        trace = self._folder / "trace"
        watch = (*_STRACE, *_QUICK, "-e", f"trace={CALLS}", "-o", str(trace))
        _fine(run(root, *self.scene.arguments, through=watch))
        counts: Counter[str] = Counter()
        seen = [
            match.groups() for match in map(_CALL.match, trace.read_text().splitlines()) if match
        ]
        for process, call, rest in seen:
            if process != seen[0][0]:
                self._errors = _ALONE
                continue
            counts[call] += 1
            if call != "openat" or "O_CREAT" in rest:
                yield from (Point(call, counts[call], how) for how in HOW)

    def faults(self, point: Point) -> list[str]:
        """What is wrong after a command met with a point; nothing where all is well."""
        root = self._copy()
        trace = root.parent / "trace"
        inject = f"inject={point.call}:{point.how}:when={point.number}"
        how = self._errors if point.how.startswith("error") else _ALONE
        watch = (*_STRACE, *how, "-e", f"trace={point.call}", "-e", inject)
        done = run(root, *self.scene.arguments, through=(*watch, "-o", str(trace)))
        met = trace.read_text()
        if "INJECTED" not in met and "SIGKILL" not in met:
            return ["the point was not met"]
        found = [f"{why} ({point})" for why in self._judged(root, point, done)]
        if not found:
            shutil.rmtree(root.parent)
        return found

    def faults_of_kill(self, dice: random.Random) -> list[str]:
        """What is wrong after the command was killed at a random moment of its run."""
        root = self._copy()
        moment = dice.uniform(0.02, self._took * 1.05)
        known = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        started = subprocess.Popen(
            [sys.executable, "-m", "dragoman", *self.scene.arguments],
            cwd=root, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(moment)
        started.kill()
        out, err = started.communicate()
        done = subprocess.CompletedProcess([], started.returncode, out, err)
        point = Point("a moment", int(moment * 1000), "killed")
        found = [f"{why} ({point})" for why in self._judged(root, point, done)]
        shutil.rmtree(root.parent)
        return found

    def _judged(self, root: Path, point: Point, done: subprocess.CompletedProcess) -> Iterator[str]:
        now = snapshot(root)
        yield from self._strange(now)
        if point.how.startswith("error"):
            yield from self._badly_told(now, done)
        if now == self.old:
            return  # and nothing left behind: the next run is the run that made the new state
        after = self._again(root, *self.scene.arguments)
        now = snapshot(root)
        finished = (0, self.scene.again)
        if after.returncode not in finished or "Traceback" in after.stderr:
            yield f"the next run fails: {after.stderr}"
        if now != self.new:
            yield f"the next run does not finish: {differing(now, self.new)}"
        if litter := [path for path in root.rglob("*") if _is_ours(path.name)]:
            yield f"left behind: {litter}"

    def _strange(self, now: dict[str, bytes]) -> Iterator[str]:
        for name in self.old | self.new | now:
            said = now.get(name)
            if _is_ours(name):
                continue
            if said != self.old.get(name) and said != self.new.get(name):
                yield f"{name} is neither old nor new: {said!r}"

    def _badly_told(
        self, now: dict[str, bytes], done: subprocess.CompletedProcess
    ) -> Iterator[str]:
        if "Traceback" in done.stderr or done.returncode == 3:
            yield f"an internal error: {done.stderr}"
        left = {name: said for name, said in now.items() if not _is_ours(name)}
        if done.returncode == 0 and left != self.new:
            yield f"success, and yet not written: {differing(left, self.new)}"
        if "nothing was written" in done.stderr and left != self.old:
            yield f"'nothing was written', and yet: {differing(left, self.old)}"


def _is_ours(name: str) -> bool:
    """Whether a name is of a file that only stands while a command runs."""
    name = Path(name).name
    return name == ".journal" or (name.endswith(".tmp") and ".dragoman-" in name)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one | other if one.get(name) != other.get(name))


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file but locks, by name; of caches, whether they can be read."""
    found = {}
    for path in sorted(root.rglob("*")):
        if not path.is_file() or path.name == ".lock":
            continue
        name = str(path.relative_to(root))
        if ".sqlite" in path.name:
            if path.suffix == ".sqlite" and (rows := _rows(path)):
                found[name] = rows
            continue
        if path.name in CACHES:
            json.loads(path.read_bytes())
            continue
        found[name] = path.read_bytes()
    return found


def _rows(path: Path) -> bytes:
    """What a database holds, in any order, without the times and numbers of its rows."""
    with contextlib.closing(sqlite3.connect(path)) as store:
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        if "variant" not in tables:
            return b""
        rows = store.execute("SELECT lang, text FROM variant ORDER BY 1, 2").fetchall()
    return json.dumps(rows).encode() if rows else b""


# --- the full run ---------------------------------------------------------------------------


def works() -> bool:
    """Whether strace can watch a process here."""
    if shutil.which("strace") is None:
        return False
    watch = [*_STRACE, *_QUICK, "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"]
    return subprocess.run(watch, capture_output=True, check=False).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="*", help="else all of them")
    parser.add_argument("--every", type=int, default=1, help="only every n-th point")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--kills", type=int, default=0, help="kills a command, at random moments")
    parser.add_argument("--texts", type=int, default=0)
    asked = parser.parse_args()
    if not asked.kills and not works():
        sys.exit("strace cannot watch processes here")
    globals()["TEXTS"] = asked.texts
    total = bad = 0
    for name in asked.scenes or SCENES:
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.jobs) as pool:
            trial = Trial(SCENES[name], Path(folder) / "trial", strace=not asked.kills)
            if asked.kills:
                dice = [random.Random(f"{name} {number}") for number in range(asked.kills)]
                tried = pool.map(trial.faults_of_kill, dice)
            else:
                tried = pool.map(trial.faults, trial.points[:: asked.every])
            results = list(tried)
        found = [fault for some in results for fault in some]
        total, bad = total + len(results), bad + len(found)
        print(f"{name}: {len(results)} points, {len(found)} faults", *found, sep="\n  ", flush=True)
    print(f"{total} points, {bad} faults")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
