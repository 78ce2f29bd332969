"""Console sessions in the README and the documentation, run as they stand.

In a block marked `console`, lines after `$ ` (going on after `> `) are a command and what
follows is exactly what it prints; `[exit 1]` is its code, `...` any lines. The blocks of one
file run in one new folder, in order. ACCEPT=1 writes what is printed now into the page; look
at it before you commit it.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _steps(text: str):
    for block in _BLOCK.findall(text):
        command, expected = [], []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield "\n".join(command), expected
                command, expected = [line[2:]], []
            elif (line.startswith("> ") or line == ">") and not expected:  # goes on
                command.append(line[2:])
            else:
                expected.append(line)
        if command:
            yield "\n".join(command), expected


SESSIONS = [path for path in FILES if path.exists() and _BLOCK.search(path.read_text("utf-8"))]


def test_there_are_sessions():
    assert ROOT / "README.md" in SESSIONS


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_session(path: Path, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    bin_folder = str(Path(sys.executable).parent)
    known = {
        **os.environ,
        "NO_COLOR": "1",
        "LANG": "C.UTF-8",
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
    }
    accepted = []
    for command, expected in _steps(path.read_text("utf-8")):
        done = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=known, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        code = 0
        if expected and (stated := re.fullmatch(r"\[exit (\d+)\]", expected[-1])):
            code = int(stated[1])
            expected = expected[:-1]
        while expected and not expected[-1]:
            expected.pop()
        pattern = "\n".join(".*" if line == "..." else re.escape(line) for line in expected)
        printed = "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))
        if os.environ.get("ACCEPT"):
            same = re.fullmatch(pattern, printed, re.DOTALL) and done.returncode == code
            accepted.append(None if same else (printed, done.returncode))
            continue
        assert re.fullmatch(pattern, printed, re.DOTALL), f"$ {command}\n{done.stdout}"
        assert done.returncode == code, f"$ {command}\nexit {done.returncode}"
    if any(accepted):
        _accept(path, accepted)


def _accept(path: Path, accepted) -> None:
    """Write what the commands of a page print now into it; where None, it stays as it is."""
    results = iter(accepted)

    def block(match) -> str:
        steps = re.split(r"^(?=\$ )", match[1], flags=re.MULTILINE)
        return "```console\n" + "".join(map(step, filter(None, steps))) + "```"

    def step(text: str) -> str:
        result = next(results)
        if result is None:
            return text
        lines = text.split("\n")
        command = [lines[0], *itertools.takewhile(lambda x: x.startswith(">"), lines[1:])]
        printed, code = result
        shown = ([printed] if printed else []) + ([f"[exit {code}]"] if code else [])
        return "\n".join([*command, *shown, ""])

    path.write_text(_BLOCK.sub(block, path.read_text("utf-8")), "utf-8")


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path}: {target}"
