"""`doctor`: what is installed, what is missing for what, and what a dead command left behind."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Literal, NamedTuple

from dragoman import __version__, exports, system
from dragoman.errors import DragomanError
from dragoman.pipeline import git_setup
from dragoman.project import Project, find
from dragoman.project.git import git

Verdict = Literal["fine", "absent", "wrong"]
"""`absent` is something that nothing needs unless somebody asks for it."""


class Symptom(NamedTuple):
    """One line of the report."""

    area: str
    name: str
    verdict: Verdict
    detail: str
    how_to_fix: str = ""


def examine(folder: str) -> list[Symptom]:
    """Everything that can be said of this machine, and of the project of a folder if it is in one."""
    try:
        here = find(folder)
        project = [Symptom("project", "settings", "fine", here.files.shown(here.settings_file))]
    except DragomanError as error:
        here = None
        if error.file is None:
            project = [Symptom("project", "settings", "absent", error.message, "dragoman init")]
        else:
            project = [Symptom("project", "settings", "wrong", str(error), error.how_to_fix or "")]
    found = [*_program(), *_locale(), *_extras(), *_exports(), *_fonts(), *_tools(), *project]
    if here is not None:
        found += [*_git(here), *_leavings(here)]
    return found


def _program() -> Iterator[Symptom]:
    where = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yield Symptom("program", "dragoman", "fine", f"{__version__}, in {where}")
    python = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Symptom("program", "Python", "fine", python)


def _locale() -> Iterator[Symptom]:
    """Names of files and what is printed must be able to hold every letter."""
    for name, encoding, how_to_fix in (
        ("file names", sys.getfilesystemencoding(), "set LANG=C.UTF-8, or PYTHONUTF8=1"),
        ("output", sys.stdout.encoding or "none", "set LANG=C.UTF-8, or PYTHONIOENCODING=utf-8"),
    ):
        is_utf8 = encoding.lower().replace("-", "") in ("utf8", "utf8mb4")
        yield Symptom(
            "locale", name, "fine" if is_utf8 else "wrong", encoding, "" if is_utf8 else how_to_fix
        )
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "none"
    yield Symptom("locale", "language", "fine", language)


_EXTRAS = {
    "pdf": ("typst",),
    "office": ("python-docx", "openpyxl"),
    "corpus": ("pyarrow",),
    "fonts": ("fonttools", "brotli", "fontpkg-noto-serif", "pylopdf-fonts-he"),
    "server": ("psycopg",),
    "workbench": ("starlette", "uvicorn"),
    "audit": ("markdown-it-py", "mdit-py-plugins", "pysubs2", "webvtt-py"),
    "keyring": ("keyring",),
}


def _extras() -> Iterator[Symptom]:
    for extra, packages in _EXTRAS.items():
        there = {name: _version(name) for name in packages}
        lacking = [name for name, version in there.items() if not version]
        detail = ", ".join(f"{name} {version}" for name, version in there.items() if version)
        if lacking:
            yield Symptom("extras", extra, "absent", f"no {', '.join(lacking)}", _install(extra))
        else:
            yield Symptom("extras", extra, "fine", detail)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _install(extra: str) -> str:
    return f"pip install 'dragoman[{extra}]'"


def _exports() -> Iterator[Symptom]:
    """What each export needs; those that need nothing are one line."""
    ready = []
    for name in exports.EXPORTS:
        export = exports.export_named(name)
        if exports.is_installed(export):
            ready.append(name)
        else:
            extra = export.NEEDS.partition(":")[0]
            yield Symptom("exports", name, "absent", f"needs the extra {extra}", _install(extra))
    yield Symptom("exports", "ready", "fine", ", ".join(ready))


_LETTERS = {"ə (Azerbaijani)": "259", "Hebrew with points": "5d0 5b8", "Cyrillic": "436"}


def _fonts() -> Iterator[Symptom]:
    """Whether programs of this machine have fonts for the letters of our languages."""
    if not shutil.which("fc-list"):
        yield Symptom("fonts", "of the system", "fine", "not looked at: there is no fontconfig")
        return
    for name, codes in _LETTERS.items():
        pattern = ":charset=" + codes
        families = _printed(["fc-list", pattern, "family"]).split("\n")
        named = sorted({family.partition(",")[0] for family in families if family})
        if named:
            more = f" and {len(named) - 1} more" if len(named) > 1 else ""
            yield Symptom("fonts", name, "fine", named[0] + more)
        else:
            fix = "install Noto fonts, or embed them: " + _install("fonts")
            yield Symptom("fonts", name, "absent", "no font has these letters", fix)


def _printed(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout.decode(errors="replace")


_PROGRAMS = (
    ("git", ("git",), "'check --base', 'history' and 'diff' need it"),
    ("Chromium", ("chromium", "chromium-browser", "google-chrome", "chrome"), "for PDF by browser"),
    ("gettext", ("msgfmt",), "nothing here needs it; other tools for catalogs do"),
)


def _tools() -> Iterator[Symptom]:
    for name, commands, purpose in _PROGRAMS:
        found = next(filter(None, map(shutil.which, commands)), None)
        yield Symptom("programs", name, "fine" if found else "absent", found or purpose)


def _git(project: Project) -> Iterator[Symptom]:
    """Whether the project's repository merges catalogs, and keeps line ends and names."""
    try:
        changes = git_setup.plan(project)
    except DragomanError as error:
        yield Symptom("git", "repository", "absent", error.message)
        return
    if changes.lines or changes.config:
        yield Symptom(
            "git", "merges", "absent", "catalogs merge line by line", "dragoman git-setup"
        )
    else:
        yield Symptom("git", "merges", "fine", "catalogs merge message by message")
    settings = git(project.root, "config", "--list", "-z").decode(errors="replace").lower()
    known = dict(line.split("\n", 1) for line in settings.split("\0") if "\n" in line)
    if known.get("core.autocrlf") == "true":
        fix = "git config core.autocrlf input"
        yield Symptom("git", "line ends", "wrong", "core.autocrlf changes those of texts", fix)
    if known.get("core.quotepath", "true") != "false":
        fix = "git config core.quotepath false"
        yield Symptom(
            "git", "names", "absent", "git prints Hebrew and Cyrillic names as numbers", fix
        )


_TEMPORARY = re.compile(r"\..+\.dragoman-(\d+)\.tmp\Z")


def _leavings(project: Project) -> Iterator[Symptom]:
    """Whether a command holds the project, and what one that died left."""
    lock = f"{project.lock_folder}/.lock"
    if os.path.exists(lock):
        release = system.lock(lock, 0)
        if release is None:
            yield Symptom("locks", "project", "fine", "held by a command that is running now")
        else:
            release()
            yield Symptom("locks", "project", "fine", "free")
    else:
        yield Symptom("locks", "project", "fine", "free: nothing was built yet")
    journal = f"{project.lock_folder}/.journal"
    left = [journal] if os.path.exists(journal) else []
    for folder in (project.settings.texts, project.settings.catalogs, project.settings.output):
        for above, _, names in os.walk(project.path(folder)):
            for name in names:
                match = _TEMPORARY.fullmatch(name)
                if match and not system.is_running(int(match[1])):
                    left.append(os.path.join(above, name))
    for path in left:
        shown = project.files.shown(path)
        fix = "the next 'dragoman build' removes it"
        yield Symptom("locks", "left over", "wrong", f"{shown}, of a command that was killed", fix)
