"""Floors and doors, as the table in docs/architecture.md states them, and the shape of the rooms."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import ROOT
from dragoman.engines import ENGINES
from dragoman.exports import EXPORTS
from dragoman.formats import FORMATS
from dragoman.reports import REPORTS

SOURCE = ROOT / "src/dragoman"
MOST_MODULES = 14
"""Modules of a folder; plug folders and the commands may have more."""
PLUGS = {
    "formats": {form.NAME for form in FORMATS},
    "exports": {module.partition(":")[0] for module in EXPORTS.values()},
    "engines": set(ENGINES),
    "reports": set(REPORTS.values()),
}
"""The members of each plug folder, by its own table of contents."""
CROWDED = {*PLUGS, "cli", "checks/families"}
SHARED_NAMES = {
    "docx", "epub", "html", "latex", "markdown", "text", "tmx", "xliff", "xlsx",
}  # fmt: skip
"""Modules named for a file format, of which readers, exports, imports and reports have one each."""


class Room(NamedTuple):
    """A row of the table of floors."""

    floor: int
    neighbours: frozenset[str]
    door: frozenset[str]


def _rooms() -> dict[str, Room]:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    rooms = {}
    for line in re.findall(r"^\| \d .*\|$", text, re.MULTILINE):
        floor, names, _, neighbours, door = (cell.strip() for cell in line.strip("|").split("|"))
        code = [frozenset(re.findall(r"`([\w]+)`", cell)) for cell in (names, neighbours, door)]
        rooms |= dict.fromkeys(code[0], Room(int(floor), code[1], code[2]))
    return rooms


ROOMS = _rooms()
OUTSIDE = {name: room for room, row in ROOMS.items() for name in row.door}


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts)


MODULES = {_dotted(path): path for path in sorted(SOURCE.rglob("*.py"))}


def _named(node: ast.stmt) -> list[str]:
    """The modules that a statement may import, most exact first for each name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _module(name: str) -> str | None:
    """The module of ours that holds a dotted name."""
    parts = name.split(".")[1:]
    for end in range(len(parts), -1, -1):
        inner = ".".join(parts[:end])
        for known in (inner, f"{inner}.__init__".lstrip(".")):
            if known in MODULES:
                return known
    return None


def _imports() -> list[tuple[str, str]]:
    """Every import, those inside functions too: the module that has it, and the dotted name."""
    return [
        (here, name)
        for here, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _named(node)
    ]


IMPORTS = _imports()
ARROWS = [
    (here, there)
    for here, name in IMPORTS
    if name.split(".")[0] == "dragoman" and (there := _module(name))
]


def _room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def test_every_room_has_a_floor():
    there = {p.stem if p.is_file() else p.name for p in SOURCE.iterdir() if p.suffix in ("", ".py")}
    assert there - {"__pycache__", "__init__", "__main__"} == set(ROOMS)


def test_imports_point_down():
    for here, there in ARROWS:
        above, below = _room(here), _room(there)
        if above in ("__init__", "__main__") or below == "__init__" or above == below:
            continue
        row = ROOMS[above]
        assert ROOMS[below].floor < row.floor or below in row.neighbours, f"{here} imports {there}"


def test_no_circles():
    """No module needs itself, by whatever way: what one can be understood without the other is."""
    below = defaultdict(set)
    for here, there in ARROWS:
        below[here].add(there)
    open_, closed = set(), set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in open_, f"a circle: {' → '.join((*way, module))}"
        if module in closed:
            return
        open_.add(module)
        for next_ in sorted(below[module]):
            visit(next_, (*way, module))
        open_.remove(module)
        closed.add(module)

    for module in MODULES:
        visit(module, ())


def test_rooms_are_not_crowded():
    for folder in [SOURCE, *(path for path in SOURCE.rglob("*") if path.is_dir())]:
        name = str(folder.relative_to(SOURCE))
        modules = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        assert len(modules) <= MOST_MODULES or name in CROWDED, name


def test_a_name_is_given_once():
    """A file name comes twice only for a command and its verb, or a file format."""
    homes = defaultdict(set)
    for module in MODULES:
        *folders, name = module.split(".")
        if name != "__init__":
            homes[name].add(".".join(folders))
    for name, places in homes.items():
        above = {place for place in places if place == "cli" or place.startswith("pipeline")}
        assert len(places - above) <= 1 or name in SHARED_NAMES, (name, places)
        assert len(above) <= 2, (name, places)


@pytest.mark.parametrize("folder", PLUGS)
def test_members_of_a_plug_folder_do_not_import_each_other(folder):
    members = {f"{folder}.{name}" for name in PLUGS[folder]}
    for here, there in ARROWS:
        assert not (here in members and there in members), f"{here} imports {there}"


def test_every_package_has_one_door():
    for here, name in IMPORTS:
        package = name.split(".")[0]
        if package in OUTSIDE or package == "requests":
            assert _room(here) == OUTSIDE.get(package), f"{here} imports {name}"


def test_help_loads_little():
    """`dragoman --help` loads no Babel, no Markdown, no catalog, no web."""
    script = (
        "import sys\nsys.argv = ['dragoman', '--help']\nfrom dragoman.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
        "print(sorted(m for m in sys.modules if m.startswith('dragoman')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    packages, modules = map(ast.literal_eval, done.stderr.splitlines())
    assert not (set(OUTSIDE) - {"click"} | {"http", "socket", "dataclasses"}) & set(packages)
    assert modules == ["dragoman", "dragoman.cli", "dragoman.errors"]


def test_only_files_opens_files_for_writing():
    """One writer: no other module opens a file to write."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "files.py":
            continue
        text = path.read_text("utf-8")
        for banned in (
            "write_text(",
            "write_bytes(",
            ', "w"',
            ', "wb"',
            "O_WRONLY |",
        ):
            assert banned not in text, f"{path}: {banned}"


def test_only_one_module_asks_what_the_system_has():
    """What only POSIX has, or what acts otherwise elsewhere, is behind `system`."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "system.py":
            continue
        text = path.read_text("utf-8")
        for banned in (
            "os.rename(", "os.replace(", "os.kill(", "os.geteuid", "os.getuid", "os.fork", "os.fchmod",
            "os.fchown", "os.fsync", "O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "O_NONBLOCK", "AF_UNIX",
            "os.uname", "os.path.realpath(path)", "st_ctime_ns,",
        ):  # fmt: skip
            assert banned not in text, f"{path}: {banned}"


def test_only_line_feeds_end_lines():
    """`str.splitlines` cuts at U+2028, U+0085 and others too, which are text in a catalog."""
    for path in sorted(SOURCE.rglob("*.py")):
        assert ".splitlines(" not in path.read_text("utf-8"), path


def test_a_class_name_is_given_once():
    """One name, one meaning: no two public classes share a name."""
    homes = defaultdict(set)
    for module, path in MODULES.items():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].add(module)
    twice = {name: places for name, places in homes.items() if len(places) > 1}
    assert not twice
