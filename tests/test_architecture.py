"""Floors and doors: imports point down, neighbours do not import each other, packages have one door."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from conftest import ROOT

SOURCE = ROOT / "src/dragoman"
FLOORS = {
    "model": 0, "errors": 0, "__init__": 0, "gate": 0,
    "reviewing": 1, "imports": 3,
    "po": 1, "locales": 1, "segment": 1, "bidi": 1, "similar": 1, "joins": 1, "provenance": 1, "quantities": 1,
    "chrome": 2, "numbering": 2, "template": 2, "resegment": 2, "updating": 2, "merge": 2, "holding": 2, "changes": 2, "glossary": 2, "alignment": 2, "compare": 2, "catalog": 2, "parallel": 2, "inline": 2,
    "formats": 3, "checks": 3, "exports": 3, "engines": 3,
    "escapes": 0, "controls": 0, "codes": 1, "memory": 2, "stores": 3,
    "reports": 4, "project": 4,
    "pipeline": 5,
    "cli": 6, "__main__": 7,
}  # fmt: skip
ALLOWED = {
    ("gate", "errors"),
    ("parallel", "catalog"),  # rows are made of catalogs; see docs/architecture.md
    ("updating", "template"), ("updating", "changes"), ("updating", "resegment"), ("resegment", "template"),
    ("numbering", "parallel"),  # names of units
    ("merge", "similar"), ("resegment", "joins"),
}  # fmt: skip
DOORS = {
    "click": {"cli"},
    "babel": {"locales"},
    "polib": {"po"},
    "pyromark": {"formats"},
    "yaml": {"formats"},
    "rapidfuzz": {"similar"},
    "regex": {"segment"},
    "typst": {"exports"},
    "fontTools": {"exports"},
    "pyarrow": {"exports"},
    "pymorphy3": {"glossary"},
    "docx": {"exports"},
    "openpyxl": {"exports"},
    "deep_translator": {"engines"},
    "requests": set(),
    "keyring": {"engines"},
    "sqlite3": {"stores"},
    "psycopg": {"stores"},
}


def _imports():
    for path in sorted(SOURCE.rglob("*.py")):
        here = path.relative_to(SOURCE).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                submodules = module == "dragoman"
                names = [f"dragoman.{a.name}" for a in node.names] if submodules else [module]
            else:
                continue
            for name in names:
                yield path, here, name


def test_every_module_has_a_floor():
    there = {p.stem if p.is_file() else p.name for p in SOURCE.iterdir() if p.suffix in ("", ".py")}
    assert there - {"__pycache__"} == set(FLOORS)


def test_imports_point_down():
    for path, here, name in _imports():
        if not name.startswith("dragoman."):
            continue
        above, below = here[0], name.split(".")[1]
        if below == "__version__" or above == below or (above, below) in ALLOWED:
            continue
        assert FLOORS[below] < FLOORS[above], f"{path} imports {name}"


@pytest.mark.parametrize("folder", ["formats", "exports", "engines"])
def test_members_of_a_plug_folder_do_not_import_each_other(folder):
    members = {ast.literal_eval(repr(p.stem)) for p in (SOURCE / folder).glob("*.py")}
    shared = {
        "options",
        "units",
        "directives",
        "frontmatter",
        "spelling",
        "spans",
        "runs",
        "wraps",
        "__init__",
    }
    shared |= {
        "about",
        "chromium",
        "dates",
        "markup",
        "structure",
        "web",
        "controls",
        "index",
        "fonts",
    }
    shared |= {"about", "chromium", "dates", "markup", "records", "structure", "words"}
    shared |= {"addresses", "deep", "errors", "exchange", "http", "keys"}
    shared |= {"direction", "package", "steady", "word", "escapes", "fonts"}
    for path, here, name in _imports():
        parts = name.split(".")
        if here[0] == folder and parts[:2] == ["dragoman", folder] and here[1] != "__init__":
            member = parts[2] if len(parts) > 2 else "__init__"
            assert member in shared or member not in members, f"{path} imports {name}"


def test_every_package_has_one_door():
    for path, here, name in _imports():
        package = name.split(".")[0]
        if package in DOORS:
            assert here[0] in DOORS[package], f"{path} imports {name}"


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
    assert not {
        "babel",
        "polib",
        "pyromark",
        "yaml",
        "rapidfuzz",
        "regex",
        "http",
        "socket",
        "sqlite3",
        "psycopg",
    } & set(packages)
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


def test_only_line_feeds_end_lines():
    """`str.splitlines` cuts at U+2028, U+0085 and others too, which are text in a catalog."""
    for path in sorted(SOURCE.rglob("*.py")):
        assert ".splitlines(" not in path.read_text("utf-8"), path
