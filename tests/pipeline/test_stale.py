"""A build leaves exactly what a build from nothing would make, whatever stamps say."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

SETTINGS = 'locales = ["he", "ru"]\nexports = ["html", "tsv"]\n'
CATALOG = "locales/he/LC_MESSAGES/day.po"


@pytest.fixture
def built(place):
    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/day.md", "# A day\n\nIt began early.\n")
    place.write("source_texts/deep/night.txt", "Nobody slept.\n")
    place.run("update")
    place.translate("he", "day", lambda msgid: {"A day": "יום"}.get(msgid, ""))
    assert place.run("build").code == 0
    return place


def _kept_time(path: Path, old: str, new: str) -> None:
    """Change a file in place, same size, and set its time back."""
    was = path.stat()
    content = path.read_bytes()
    assert len(old.encode()) == len(new.encode())
    assert old.encode() in content
    with path.open("r+b") as file:
        file.write(content.replace(old.encode(), new.encode()))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def _edit(name, old, new):
    return lambda place: _kept_time(place.root / name, old, new)


def _append(name):
    def spoil(place):
        with (place.root / name).open("ab") as file:
            file.write(b"x")

    return spoil


def _truncate(name):
    return lambda place: os.truncate(place.root / name, 5)


def _remove(name):
    return lambda place: (place.root / name).unlink()


def _put_back(place):
    """An older copy of a folder comes back, times and all."""
    folder = place.root / "build/he"
    shutil.copytree(folder, place.root / "older")
    place.translate("he", "day", lambda msgid: {"A day": "יום אחד"}.get(msgid, ""))
    assert place.run("build").code == 0
    shutil.rmtree(folder)
    (place.root / "older").rename(folder)


def _settings(text):
    return lambda place: place.write("dragoman.toml", text)


def _rename_with_settings(place):
    (place.root / "source_texts/day.md").rename(place.root / "source_texts/dawn.md")
    place.write("dragoman.toml", SETTINGS + "neighbours = true\n")


def _move(place):
    """The project in another folder, as after a clone that keeps times or an `mv`."""
    place.write("source_texts/day.md", "# A day\n\nIt began late.\n")
    moved = place.root.with_name(place.root.name + "-moved")
    shutil.move(place.root, moved)
    place.root = moved


def _kept_in_settings(place):
    _kept_time(place.root / "dragoman.toml", '"tsv"', '"csv"')


WAYS = {
    "source edited, time kept": _edit("source_texts/day.md", "early", "later"),
    "catalog edited, time kept": _edit(CATALOG, "יום", "לום"),
    "settings edited, time kept": _kept_in_settings,
    "output edited in place": _append("build/he/day.md"),
    "output edited, time kept": _edit("build/he/day.md", "early", "later"),
    "edition edited in place": _append("build/parallel/day.html"),
    "MO file truncated": _truncate("locales/he/LC_MESSAGES/day.mo"),
    "template edited": _append("locales/day.pot"),
    "output removed": _remove("build/ru/deep/night.txt"),
    "older folder put back": _put_back,
    "locale removed": _settings('locales = ["he"]\nexports = ["html", "tsv"]\n'),
    "export removed": _settings('locales = ["he", "ru"]\nexports = ["html"]\n'),
    "output folder renamed": _settings(SETTINGS + 'output = "out/made"\n'),
    "text removed": _remove("source_texts/deep/night.txt"),
    "text renamed and settings changed": _rename_with_settings,
    "missing translations refused": _settings(SETTINGS + 'missing = "refuse"\n'),
    "glossary made": lambda place: place.write("locales/glossary.toml", ""),
    "side file made": lambda place: place.write("source_texts/day.meta.toml", 'author = "A. B."\n'),
    "project moved": _move,
}


def _made(place) -> dict[str, bytes]:
    """Everything but states, locks and catalogs, which keep a history."""
    return {
        name: data
        for name, data in place.snapshot().items()
        if not name.endswith((".po", ".state.json", ".outputs.json", ".pot"))
    }


@pytest.mark.parametrize("way", WAYS)
def test_a_build_leaves_what_a_build_from_nothing_would(built, way, tmp_path_factory):
    WAYS[way](built)
    built.run("build")
    after = _made(built)
    fresh = tmp_path_factory.mktemp("fresh")
    for name in ("dragoman.toml", "source_texts", "locales", ".git"):
        path = built.root / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, fresh / name)
    for path in fresh.rglob("*.mo"):
        path.unlink()
    built.root = fresh
    built.run("build")
    assert after == _made(built)


def test_nothing_to_do_changes_nothing(built):
    before = built.snapshot()
    assert built.run("build").code == 0
    assert built.snapshot() == before


def test_what_is_removed_is_named(built):
    (built.root / "source_texts/deep/night.txt").unlink()
    from dragoman.pipeline.build.build import build
    from dragoman.project import find

    removed = build(find(str(built.root))).removed
    assert sorted(Path(path).relative_to(built.root).as_posix() for path in removed) == [
        "build/he/deep/night.txt",
        "build/parallel/deep/night.html",
        "build/parallel/deep/night.tsv",
        "build/ru/deep/night.txt",
        "locales/he/LC_MESSAGES/deep/night.mo",
        "locales/ru/LC_MESSAGES/deep/night.mo",
    ]


def test_a_project_built_by_0_1_is_built_anew(built):
    """Its state listed outputs with absolute paths; what nothing makes any more goes."""
    stale = built.write("build/az/day.md", "stale")
    made = [f"1 2 3 {built.root}/build/he/day.md", f"1 2 3 {stale}"]
    built.write("build/.outputs.json", json.dumps({"day.md": made}))
    built.write("build/.state.json", json.dumps({"fingerprint": [2], "texts": {"day.md": "1 2 3"}}))
    assert built.run("build").code == 0
    assert not stale.exists()
    assert built.read("build/he/day.md")


def test_no_absolute_path_is_kept(built):
    for name in (".state.json", ".outputs.json"):
        assert str(built.root) not in built.read(f"build/{name}")
