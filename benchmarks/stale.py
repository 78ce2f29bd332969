"""Ways to make a build stale, and what the next build leaves: `python benchmarks/stale.py [SRC …]`.

Each way of `tests/pipeline/test_stale.py` is tried with the program of each folder of sources,
by default this one. The columns say whether the next build left outputs that a build from nothing
would make in another way (stale), or outputs that nothing makes any more (left over).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/pipeline")]

import test_stale

from conftest import Place, Run


class Started(Place):
    """A project whose commands run with the sources in a folder."""

    def __init__(self, root: Path, sources: str) -> None:
        super().__init__(root)
        self._sources = sources

    def run(self, *arguments: str, **environment: str) -> Run:
        known = {**os.environ, "PYTHONPATH": self._sources, "NO_COLOR": "1", **environment}
        command = [sys.executable, "-P", "-m", "dragoman", *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=known, capture_output=True, text=True, check=False
        )
        return Run(done)


def verdict(way: str, sources: str) -> str:
    """What the next build leaves after one way."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "small"
        (root / ".git").mkdir(parents=True)
        place = Started(root, sources)
        try:
            test_stale.make(place)
            test_stale.WAYS[way](place)
        except AssertionError:
            return "not to be made"
        run = place.run("build")
        after, fresh = test_stale.outputs(place), _from_nothing(place, Path(folder) / "fresh")
        found = []
        if any(after.get(name) != data for name, data in fresh.items()):
            found.append("stale")
        if after.keys() - fresh.keys():
            found.append("left over")
        if run.code:
            found.append(f"exit {run.code}")
        return ", ".join(found) or "right"


def _from_nothing(place: Started, fresh: Path) -> dict[str, bytes]:
    test_stale.copy_inputs(place.root, fresh)
    place.root = fresh
    place.run("build")
    return test_stale.outputs(place)


def main() -> None:
    folders = sys.argv[1:] or [str(ROOT / "src")]
    width = max(map(len, test_stale.WAYS))
    with ThreadPoolExecutor(2) as pool:
        for way in test_stale.WAYS:
            found = pool.map(lambda sources, way=way: verdict(way, sources), folders)
            print(f"{way:{width}}", *(f"{one:20}" for one in found), sep="  ", flush=True)


if __name__ == "__main__":
    main()
