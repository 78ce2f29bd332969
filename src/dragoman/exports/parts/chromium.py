"""Print a page to PDF by a headless Chromium without network access."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile

from dragoman import system
from dragoman.errors import DragomanError
from dragoman.exports.parts.fixed_dates import moment

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 120
"""Seconds."""
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
)
_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)[0-9]{14}[+-][0-9]{2}'[0-9]{2}'\)")


def printed(page: str) -> bytes:
    """Print a page to PDF, by way of a temporary folder, since Chromium reads and writes files.

    Raises:
        DragomanError: Chromium is not installed, or fails.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".html", delete=False) as file:
            file.write(page.encode())
        target = os.path.join(folder, "page.pdf")
        flags = [*_FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        if system.is_root():
            flags.append("--no-sandbox")  # Chromium cannot be sandboxed as root
        _run([program, *flags, f"file://{file.name}"])
        try:
            with open(target, "rb") as pdf:
                return _dated(pdf.read())
        except FileNotFoundError:
            raise _failed("it wrote no file") from None


def _program() -> str:
    """The program in DRAGOMAN_CHROMIUM, else the first Chromium on the path."""
    named = os.environ.get("DRAGOMAN_CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if found is None:
        problem = f"there is no program {named!r}" if named else "Chromium is not installed"
        raise DragomanError(
            f"the PDF engine chromium needs Chromium, and {problem}",
            how_to_fix="install it, or name it in DRAGOMAN_CHROMIUM, or use --pdf-engine typst",
        )
    return found


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise _failed(f"it was not ready in {_PATIENCE} seconds") from None
    except OSError as error:
        raise _failed(str(error)) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().split("\n")[-1]
        raise _failed(said or f"exit code {done.returncode}")


def _failed(reason: str) -> DragomanError:
    return DragomanError(f"Chromium did not print: {reason}", how_to_fix="use --pdf-engine typst")


def _dated(pdf: bytes) -> bytes:
    """Replace the dates in a PDF by the fixed date, which has the same length."""
    date = f"{moment():%Y%m%d%H%M%S}+00'00')".encode()
    return _DATE.sub(lambda found: found[1] + date, pdf)
