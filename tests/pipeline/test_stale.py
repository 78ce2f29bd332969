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
    return make(place)


def make(place):
    """A project with two texts, partly translated and built."""
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


def _seconds(place):
    """Edited, with a time in whole seconds that it had before, as some tools copy."""
    path = place.root / "source_texts/day.md"
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert place.run("build").code == 0
    path.write_text(path.read_text().replace("early", "later"))
    os.utime(path, (1_700_000_000, 1_700_000_000))


def _replaced(name, old, new):
    """Another file takes the place of one, with its size and time."""

    def replace(place):
        path = place.root / name
        was, other = path.stat(), path.with_name("other")
        other.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
        other.rename(path)

    return replace


def _swap(place):
    one, other = place.root / "source_texts/day.md", place.root / "source_texts/dusk.md"
    other.write_text("# A dusk\n\nIt ended soon.\n")
    assert place.run("build").code == 0
    words = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(words)


def _after(first, then):
    """A change, a build, and another change."""

    def spoil(place):
        first(place)
        assert place.run("build").code == 0
        then(place)

    return spoil


def _write(name, content):
    return lambda place: place.write(name, content)


def _moved(old, new):
    def move(place):
        (place.root / new).parent.mkdir(exist_ok=True)
        (place.root / old).rename(place.root / new)

    return move


def _picture(content):
    def draw(place):
        place.write("source_texts/day.md", "# A day\n\n![A map](map.png)\n")
        place.write("source_texts/map.png", content)

    return draw


def _drafts(place):
    place.write(CATALOG, place.read(CATALOG).replace('msgid "A day"', '#, fuzzy\nmsgid "A day"'))
    assert place.run("build", "--drafts").code == 0


SRX = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/>
<body><languagerules><languagerule languagerulename="e"><rule break="yes"><beforebreak>[.]</beforebreak>
<afterbreak>\\s</afterbreak></rule></languagerule></languagerules><maprules>
<languagemap languagepattern=".*" languagerulename="e"/></maprules></body></srx>
"""
_SIDE = "source_texts/day.meta.toml"
_WITH_SRX = _settings(SETTINGS + 'srx = "rules.srx"\n')


def _with_rules(place):
    place.write("rules.srx", SRX)
    _WITH_SRX(place)
    place.write("source_texts/day.md", "# A day\n\nIt began early. It rained! Then, no.\n")


def _all_of_a_locale(place):
    shutil.rmtree(place.root / "locales/ru")


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
    "source edited, time in seconds kept": _seconds,
    "source replaced, time kept": _replaced("source_texts/day.md", "early", "later"),
    "catalog replaced, time kept": _replaced(CATALOG, "יום", "לום"),
    "MO replaced, time kept": _replaced("locales/he/LC_MESSAGES/day.mo", "יום", "לום"),
    "edition replaced, time kept": _replaced("build/parallel/day.html", "early", "later"),
    "catalog removed": _remove(CATALOG),
    "catalogs of a locale removed": _all_of_a_locale,
    "MO file removed": _remove("locales/he/LC_MESSAGES/day.mo"),
    "template removed": _remove("locales/day.pot"),
    "state removed": _remove("build/.state.json"),
    "state cut": _truncate("build/.state.json"),
    "list of outputs removed": _remove("build/.outputs.json"),
    "side file changed": _after(
        _write(_SIDE, 'author = "A. B."\n'), _edit(_SIDE, "A. B.", "A. C.")
    ),
    "side file removed": _after(_write(_SIDE, 'author = "A. B."\n'), _remove(_SIDE)),
    "picture changed, time kept": _after(
        _picture("one"), _edit("source_texts/map.png", "one", "two")
    ),
    "picture removed": _after(_picture("one"), _remove("source_texts/map.png")),
    "locale added": _settings('locales = ["az", "he", "ru"]\nexports = ["html", "tsv"]\n'),
    "text in another folder": _moved("source_texts/day.md", "source_texts/deep/day.md"),
    "text of another format": _moved("source_texts/day.md", "source_texts/day.txt"),
    "two texts exchanged": _swap,
    "built with drafts before": _drafts,
    "rules edited, time kept": _after(_with_rules, _edit("rules.srx", "[.]", "[!]")),
    "line ends changed": _write("source_texts/day.md", "# A day\r\n\r\nIt began early.\r\n"),
}


def outputs(place) -> dict[str, bytes]:
    """Everything but states, locks and catalogs, which keep a history."""
    return {
        name: data
        for name, data in place.snapshot().items()
        if not name.endswith((".po", ".state.json", ".outputs.json", ".pot"))
    }


def copy_inputs(root, fresh):
    """Copy what a build starts from."""
    fresh.mkdir(exist_ok=True)
    for name in ("dragoman.toml", "source_texts", "locales", ".git", "rules.srx"):
        path = root / name
        if path.exists():
            (shutil.copytree if path.is_dir() else shutil.copy)(path, fresh / name)
    for path in fresh.rglob("*.mo"):
        path.unlink()


@pytest.mark.parametrize("way", WAYS)
def test_a_build_leaves_what_a_build_from_nothing_would(built, way, tmp_path_factory):
    WAYS[way](built)
    built.run("build")
    after = outputs(built)
    fresh = tmp_path_factory.mktemp("fresh")
    copy_inputs(built.root, fresh)
    built.root = fresh
    built.run("build")
    assert after == outputs(built)


@pytest.mark.parametrize("of", ["file", "folder"])
@pytest.mark.parametrize("then", ["build", "text removed"])
def test_a_link_to_the_texts_does_not_become_an_output(built, of, then):
    if of == "file":
        path = built.root / "build/he/day.md"
        path.unlink()
        path.symlink_to(built.root / "source_texts/day.md")
    else:
        shutil.rmtree(built.root / "build/he")
        (built.root / "build/he").symlink_to("../source_texts")
    before = {path: path.read_bytes() for path in built.root.glob("source_texts/**/*.*")}
    built.translate("he", "day", lambda _msgid: "יום")
    if then == "text removed":
        built.write("dragoman.toml", 'locales = ["ru"]\n')
    run = built.run("build")
    assert {path: path.read_bytes() for path in before} == before
    if then == "build" or of == "folder":
        assert (run.code, "is a link to a source text" in run.err) == (2, True), run


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
