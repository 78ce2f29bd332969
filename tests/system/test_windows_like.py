"""The core where nothing of POSIX is, and names differ by more than their case."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT, Place

_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import asyncio, contextlib, io, json, os, tempfile  # they are the system's own
import windows_like
windows_like.install()
from dragoman.cli import main
results = []
for step in json.loads(sys.argv[2]):
    if step[0] == "rename":
        os.rename(step[1], step[2])
        continue
    if step[0] == "write":
        with open(step[1], "wb") as file:
            file.write(step[2].encode())
        continue
    said = io.StringIO()
    sys.argv = ["dragoman", *step]
    code = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    results.append([code, said.getvalue()])
print(json.dumps(results))
"""
_PO = "locales/{}/LC_MESSAGES/news/day.po"
_STEPS = (
    ("init", "-q", "-l", "he", "-l", "ru"),
    ("build",),
    ("po", "set", _PO.format("ru"), "A day", "День"),
    ("po", "set", _PO.format("he"), "It began *early*.", "הוא התחיל *מוקדם*."),
    ("build",),
    (
        "write",
        "source_texts/news/day.md",
        "# A day\r\n\r\nIt began *early* again. See [b](b.md).\r\n",
    ),
    ("update", "-v"),
    ("build", "-v"),
    ("status",),
    ("check", "--min", "0"),
    ("check", "--frozen", "--min", "0"),
    ("export", "--format", "tsv,xliff,docx"),
    ("site",),
    ("waive", "same-as-source", "-u", "1.1", "-l", "ru", "--reason", "a title"),
    ("fmt",),
    ("prune",),
    ("build",),
)


def _prepared(root: Path) -> Place:
    here = Place(root)
    (root / ".git").mkdir()
    here.write("source_texts/news/day.md", "# A day\n\nIt began *early*. See [b](b.md).\n")
    here.write("source_texts/news/b.md", "# B\n\n![a map](map.png)\n")
    here.write("source_texts/news/map.png", b"\x89PNG")
    return here


def _as_on_windows(root: Path, steps) -> list[list]:
    done = subprocess.run(
        [sys.executable, "-Wignore::UserWarning", "-c", _RUN, str(ROOT / "tests"), json.dumps(steps)],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _own(root: Path) -> dict[str, bytes]:
    """What a run leaves, without the state of the last build, which knows when files changed."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_same_words_and_the_same_bytes(tmp_path):
    here, there = tmp_path / "here" / "p", tmp_path / "there" / "p"
    for root in (here, there):
        root.mkdir(parents=True)
        _prepared(root)
    ours = []
    for step in _STEPS:
        if step[0] == "write":
            (here / step[1]).write_bytes(step[2].encode())
        else:
            run = Place(here).run(*step)
            ours.append([run.code, run.out + run.err])
    theirs = _as_on_windows(there, _STEPS)
    for step, one, other in zip((s for s in _STEPS if s[0] != "write"), ours, theirs, strict=True):
        assert sorted(one[1].splitlines()) == sorted(other[1].splitlines()), step
        assert one[0] == other[0], step
    assert _own(here) == _own(there)
    assert (here / "build/parallel/news/day.tsv").exists()


def test_a_name_that_changes_its_case_loses_nothing(tmp_path):
    """On such a system the former name of a file means the new one."""
    root = tmp_path / "p"
    root.mkdir()
    here = _prepared(root)
    steps = (
        *_STEPS[:5],
        ("rename", "source_texts/news/day.md", "source_texts/news/Day.md"),
        ("update",),
        ("build",),
        ("prune",),
        ("status",),
        ("build",),
        ("check", "--min", "0"),
    )
    results = _as_on_windows(root, steps)
    assert [code for code, _ in results] == [0] * len(results), results
    names = {str(path.relative_to(root)).lower() for path in root.rglob("*") if path.is_file()}
    for name in (
        "build/ru/news/day.md", "build/he/news/day.md", "build/parallel/news/day.html",
        "locales/ru/lc_messages/news/day.po", "locales/ru/lc_messages/news/day.mo",
        "locales/news/day.pot",
    ):  # fmt: skip
        assert name in names, name
    (catalog,) = (p for p in root.rglob("*.po") if "/ru/" in str(p) and p.name.lower() == "day.po")
    assert "День" in catalog.read_text("utf-8")
    assert here.root == root


def test_paths_with_backslashes_are_paths(tmp_path):
    root = tmp_path / "p"
    root.mkdir()
    _prepared(root)
    (root / "old.ru.md").write_text("# День\n\nОн начался *рано*. См. [b](b.md).\n", "utf-8")
    folder = "C:" + str(root).replace("/", "\\")
    results = _as_on_windows(
        tmp_path,
        (
            ("-C", folder, "init", "-q", "-l", "ru"),
            ("-C", folder, "update", "-q"),
            ("-C", folder, "po", "set", "locales\\ru\\LC_MESSAGES\\news\\b.po", "B", "Б"),
            ("-C", folder, "adopt", folder + "\\old.ru.md", "--text", "news/day", "-l", "ru"),
            ("-C", folder, "po", "get", folder + "\\locales\\ru\\LC_MESSAGES\\news\\b.po", "B"),
            ("-C", folder, "export", "-q", "--format", "tsv", "--output", "out\\"),
        ),
    )
    assert [code for code, _ in results] == [0] * len(results), results
    assert "locales/ru/LC_MESSAGES/news/b.po: set" in results[2][1]
    assert "Б" in results[4][1]
    assert (root / "out/news/day.tsv").exists()


def test_names_that_windows_cannot_hold_are_told(place):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    for name in ("con.md", "a:b.md", "aux/x.txt", "dot./x.md", "com1.en.md", "console.md", "x.md"):
        place.write(f"source_texts/{name}", "A day.\n")
    told = place.fine("build").err
    lines = [line for line in told.splitlines() if "Windows" in line]
    assert [line.partition(": Win")[0].removeprefix("source_texts/") for line in lines] == [
        "a:b.md", "aux/x.txt", "com1.en.md", "con.md", "dot./x.md",
    ]  # fmt: skip
    assert "'con' is a device there" in told
    assert len(place.fine("update").err.splitlines()) > len(lines)
