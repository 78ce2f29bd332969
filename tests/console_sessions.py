"""Console sessions of pages: their commands, and a shell that runs them as a person types."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(text: str):
    for block in BLOCK.findall(text):
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


class Shell:
    """One shell, in which the commands of a page run as a person types them."""

    def __init__(self, folder: Path, program: Path | None = None, **more: str) -> None:
        """`program` is the folder of the `dragoman` to run."""
        bin_folder = program or Path(sys.executable).parent
        known = {
            **os.environ, "NO_COLOR": "1", "LANG": "C.UTF-8",
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
        **more,
        }  # fmt: skip
        self._typed = folder.with_name(folder.name + "-typed")
        self._shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"], cwd=folder, env=known, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, command: str) -> tuple[str, int]:
        """What a command prints, and its exit code."""
        self._typed.write_text(command + "\n", "utf-8")
        self._shell.stdin.write(f". '{self._typed}' </dev/null; printf '\\001%d\\n' $?\n")
        self._shell.stdin.flush()
        lines = []
        for line in self._shell.stdout:
            head, mark, code = line.rpartition("\001")
            lines.append(head if mark else line)
            if mark:
                return "".join(lines), int(code)
        raise AssertionError(f"$ {command}\nends the shell")

    def close(self) -> None:
        self._shell.stdin.close()
        self._shell.wait(30)
        self._shell.stdout.close()
