"""Console sessions in the README and the documentation, run as they stand.

In a block marked `console`, lines after `$ ` (going on after `> `) are a command and what
follows is exactly what it prints; `[exit 1]` is its code, `...` any lines. The blocks of one
file run in one shell, in a new folder. ACCEPT=1 writes what is printed now into the page; look
at it before you commit it.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from pathlib import Path

import pytest

from conftest import ROOT
from console_sessions import BLOCK, Shell, steps

FILES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SESSIONS = [path for path in FILES if path.exists() and BLOCK.search(path.read_text("utf-8"))]


def test_there_are_sessions():
    assert ROOT / "README.md" in SESSIONS


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_session(path: Path, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    accepted = []
    with contextlib.closing(Shell(tmp_path)) as shell:
        for command, expected in steps(path.read_text("utf-8")):
            accepted.append(_step(shell, command, expected))
    if any(accepted):
        _accept(path, accepted)


def _step(shell: Shell, command: str, expected: list[str]) -> tuple[str, int] | None:
    """Run a command and compare; with ACCEPT=1, what it printed if that is not as expected."""
    output, code = shell.run(command)
    stated = 0
    if expected and (match := re.fullmatch(r"\[exit (\d+)\]", expected[-1])):
        stated = int(match[1])
        expected = expected[:-1]
    while expected and not expected[-1]:
        expected.pop()
    pattern = "\n".join(".*" if line == "..." else re.escape(line) for line in expected)
    printed = "\n".join(line.rstrip() for line in output.rstrip("\n").split("\n"))
    same = re.fullmatch(pattern, printed, re.DOTALL)
    if os.environ.get("ACCEPT"):
        return None if same and code == stated else (printed, code)
    assert same, f"$ {command}\n{output}"
    assert code == stated, f"$ {command}\nexit {code}"
    return None


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

    path.write_text(BLOCK.sub(block, path.read_text("utf-8")), "utf-8")


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path}: {target}"


def test_commands_work_on_every_system():
    """`sed -i` is another option on macOS than on Linux."""
    assert [path for path in FILES if "sed -i" in path.read_text("utf-8")] == []
