"""Bad input: one clear sentence, the exit code, and nothing changed on disk."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.project import Files

CATALOG = "locales/he/LC_MESSAGES/day.po"


def _link(place, name, target):
    (place.root / name).symlink_to(target)


def _named(project, name):
    """A text whose name is these bytes."""
    with open(os.path.join(os.fsencode(project.root), b"source_texts", name), "wb") as file:
        file.write(b"x\n")


def _link_in(project, name, target):
    path = project.root / name
    path.parent.mkdir(parents=True)
    path.symlink_to(target)


CASES = {
    "not UTF-8": (
        lambda p: p.write("source_texts/day.txt", b"Caf\xe9.\n"),
        "source_texts/day.txt:1:4: byte 0xE9 is not UTF-8; save the text as UTF-8",
    ),
    "NUL bytes": (
        lambda p: p.write("source_texts/day.txt", b"One.\nTwo\0.\n"),
        "source_texts/day.txt:2:4: there is a NUL byte; save the text as UTF-8 without NUL",
    ),
    "a 50 MB line": (
        lambda p: p.write("source_texts/day.txt", b"One.\n" + b"word " * 10_000_000),
        "source_texts/day.txt:2: the line has 50,000,000 characters, more than 16,000,000; break it into paragraphs",
    ),
    "a folder for a text": (
        lambda p: (p.root / "source_texts/b.md").mkdir(),
        "source_texts/b.md: is a folder with the name of a text; rename the folder",
    ),
    "a folder for a catalog": (
        lambda p: (p.root / CATALOG).mkdir(parents=True),
        f"{CATALOG}: is a folder, not a file; move the folder",
    ),
    "a file for the folder of texts": (
        lambda p: (
            p.write("dragoman.toml", 'locales = ["he"]\ntexts = "other"\n') and p.write("other", "")
        ),
        "other: there is no folder for the source texts; create it, or name another as 'texts' in the settings",
    ),
    "a dangling link": (
        lambda p: _link(p, "source_texts/b.txt", "nowhere.txt"),
        "source_texts/b.txt: a symbolic link to nothing; fix the link or remove it",
    ),
    "a link to outside": (
        lambda p: _link(p, "source_texts/b.txt", "/etc/passwd"),
        "source_texts/b.txt: leads out of the project, to /etc/passwd; put the file itself there",
    ),
    "a linked folder outside": (
        lambda p: _link(p, "locales", "/tmp"),
        "locales: leads out of the project, to /tmp; put the file itself there",
    ),
    "two texts of one domain": (
        lambda p: p.write("source_texts/day.md", "x\n"),
        "source_texts/day.txt: would share its catalogs with day.md; rename one of the two",
    ),
    "a name that is not UTF-8": (
        lambda p: _named(p, b"caf\xe9.txt"),
        r"source_texts/caf\xe9.txt: the name is not UTF-8; rename the file",
    ),
    "a name with a line end": (
        lambda p: _named(p, b"a\nb.md"),
        r"source_texts/a\nb.md: the name has a control character; rename the file",
    ),
    "names that differ only in case": (
        lambda p: p.write("source_texts/Day.md", "x\n"),
        "source_texts/day.txt: would share its catalogs with Day.md on systems that do not tell "
        "such names apart; rename one of the two",
    ),
    "names that differ only in normalization": (
        lambda p: [p.write(f"source_texts/{x}.txt", "x\n") for x in ("caf\u00e9", "cafe\u0301")],
        "source_texts/caf\u00e9.txt: would share its catalogs with cafe\u0301.txt on systems that do not "
        "tell such names apart; rename one of the two",
    ),
    "a link to the folder that it is in": (
        lambda p: (p.root / "source_texts/loop").symlink_to("."),
        "source_texts/loop: a symbolic link to a folder that it is in; remove the link",
    ),
    "a link to a folder above it": (
        lambda p: _link_in(p, "source_texts/deep/loop", ".."),
        "source_texts/deep/loop: a symbolic link to a folder that it is in; remove the link",
    ),
    "an unknown locale": (
        lambda p: p.write("dragoman.toml", 'locales = ["xx_YY"]\n'),
        "dragoman.toml:1: 'xx_YY' is not a locale that CLDR knows; write one like az, he or pt_BR",
    ),
    "a locale that is a path": (
        lambda p: p.write("dragoman.toml", 'locales = ["../x"]\n'),
        "dragoman.toml:1: '../x' is not the name of a locale; write one like az, he or pt_BR",
    ),
    "a folder outside": (
        lambda p: p.write("dragoman.toml", 'locales = ["he"]\noutput = "../x"\n'),
        "dragoman.toml:2: output = '../x' is not a folder inside the project; fix the value",
    ),
    "an unknown key": (
        lambda p: p.write(
            "dragoman.toml", '# here\nlocale = ["he"]\n\n[[text]]\nmatch = "*"\nunits = "block"\n'
        ),
        "dragoman.toml:2: unknown key 'locale'; did you mean 'locales'?\n"
        "error: dragoman.toml:6: unknown key 'units'; did you mean 'unit'?",
    ),
    "a wrong value": (
        lambda p: p.write(
            "dragoman.toml", 'locales = ["he"]\nunit = "sentences"\nneighbours = 1\n'
        ),
        "dragoman.toml:2: unit = 'sentences' is not one of sentence, chat, block; did you mean 'sentence'?\n"
        "error: dragoman.toml:3: neighbours = 1 is not true or false; fix the value",
    ),
    "settings that are no TOML": (
        lambda p: p.write("dragoman.toml", "locales = [\n"),
        "dragoman.toml:1: not TOML: Invalid value; fix the settings",
    ),
    "an unknown export": (
        lambda p: p.write("dragoman.toml", 'locales = ["he"]\nexports = ["htm"]\n'),
        "dragoman.toml:2: there is no export 'htm'; did you mean 'html'?",
    ),
    "no locales": (
        lambda p: p.write("dragoman.toml", 'name = "x"\n'),
        "dragoman.toml: no locale to translate into; name some in 'locales'",
    ),
    "outputs among the texts": (
        lambda p: p.write("dragoman.toml", 'locales = ["he"]\ntexts = "t/en"\noutput = "t"\n'),
        "dragoman.toml:3: output = 't' and texts = 't/en' overlap; choose separate folders",
    ),
    "an unterminated string": (
        lambda p: p.write(CATALOG, 'msgid "A day.\nmsgstr ""\n'),
        f'{CATALOG}:1:7: unterminated string; close it with a "',
    ),
    "conflict markers": (
        lambda p: p.write(CATALOG, '<<<<<<< HEAD\nmsgid "A day."\nmsgstr ""\n'),
        f"{CATALOG}:1:1: a conflict marker of version control; resolve the conflict, then run again",
    ),
    "a duplicate message": (
        lambda p: p.write(CATALOG, 'msgid "A"\nmsgstr ""\n\nmsgid "A"\nmsgstr ""\n'),
        f"{CATALOG}:4:1: duplicate message, first at line 1; keep one of the two (msguniq shows both)",
    ),
    "a catalog in CP1251": (
        lambda p: p.write(CATALOG, 'msgid "A day."\nmsgstr "День"\n'.encode("cp1251")),
        f"{CATALOG}:2:9: byte 0xC4 is not UTF-8; convert the catalog with 'msgconv -t UTF-8', or fix the charset in its header",
    ),
    "front matter that is no YAML": (
        lambda p: p.write("source_texts/b.md", "---\ntitle: a: b\n---\n\nText.\n"),
        "source_texts/b.md:2:9: the front matter is not YAML: mapping values are not allowed in this context; "
        "fix it, or begin the text with something else than '---'",
    ),
    "an unknown comment": (
        lambda p: p.write("source_texts/b.md", "Text.\n\n<!-- dragoman: skp -->\n"),
        "source_texts/b.md:3: unknown comment 'dragoman: skp'; known: skip, off, on, note TEXT and context TEXT",
    ),
}


@pytest.mark.parametrize("error", [errno.EACCES, errno.EMFILE])
def test_a_folder_of_texts_that_cannot_be_listed(project, monkeypatch, error):
    """A folder that nobody may read, and one for which no handle is left."""
    project.write("source_texts/deep/a.txt", "A.\n")
    real = os.scandir

    def refuse(path="."):
        if str(path).endswith("deep"):
            raise OSError(error, os.strerror(error), str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for command in ("status", "build", "check", "update"):
        run = project.run(command)
        assert run.code == 2
        assert run.err.startswith("error: source_texts/deep: ")
        assert run.err.count("\n") == 1


@pytest.mark.parametrize("case", CASES)
def test_one_sentence_and_no_file_changed(project, case):
    """What can be read is built beside it; no file that was there changes."""
    spoil, sentence = CASES[case]
    spoil(project)
    before = project.snapshot()
    run = project.run("build")
    assert run.err == f"error: {sentence}\n"
    assert run.out == ""
    assert run.code == 2
    assert before.items() <= project.snapshot().items()


def test_one_bad_file_does_not_stop_the_others(project):
    """All bad files are told in one run, the others are built, and blank ones copied through."""
    project.write("source_texts/blank.txt", b"")
    project.write("source_texts/bad.txt", b"Caf\xe9.\n")
    project.write("source_texts/worse.md", "---\ntitle: a: b\n---\n")
    project.write("locales/he/LC_MESSAGES/day.po", 'msgid "A day.\nmsgstr ""\n')
    run = project.run("build")
    assert run.code == 2
    assert [line.partition(": ")[2].partition(": ")[0] for line in run.err.splitlines()] == [
        "source_texts/bad.txt:1:4",
        "locales/he/LC_MESSAGES/day.po:1:7",
        "source_texts/worse.md:2:9",
    ]
    assert project.read("build/az/blank.txt") == ""
    assert project.read("build/az/day.txt")
    assert not (project.root / "build/he/day.txt").exists()
    assert project.run("build").err == run.err


def test_reports_hold_what_cannot_be_read(project):
    project.fine("update")
    project.write("locales/he/LC_MESSAGES/day.po", 'msgid "A day.\nmsgstr ""\n')
    run = project.run("check", "--min", "0", "--format", "json", "-r", "junit:check.xml")
    assert run.code == 2
    (found,) = [p for p in json.loads(run.out)["findings"] if p["code"] == "unreadable"]
    assert found["po"] == {"file": "locales/he/LC_MESSAGES/day.po", "line": 1}
    assert "unterminated string" in project.read("check.xml")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["status", "-l", "xx_YY"],
            "error: 'xx_YY' is not a locale that CLDR knows; write one like az, he or pt_BR\n",
        ),
        (
            ["status", "-l", "de"],
            "error: 'de' is not a locale of this project; use one of az, he, ru, or add it to 'locales' in the settings\n",
        ),
        (["status", "-t", "night"], "error: there is no text 'night'; texts: day\n"),
        (["export", "-f", "tmz"], "error: there is no export 'tmz'; did you mean 'tmx'?\n"),
        (["init"], "error: dragoman.toml: there are settings already; edit them, or remove them\n"),
    ],
)
def test_what_is_asked_for_wrongly(project, arguments, sentence):
    run = project.run(*arguments)
    assert (run.code, run.out, run.err) == (2, "", sentence)


def test_usage_errors(project):
    run = project.run("biuld")
    assert run.code == 2
    assert "No such command 'biuld'. Did you mean 'build'?" in run.err
    assert project.run("check", "--min", "101").code == 2


def test_a_full_disk_changes_nothing(project, monkeypatch):
    """Every catalog stays as it was, and no temporary file is left."""
    project.fine("build")
    before = project.snapshot()
    files = Files(project.root)
    real = os.write

    def full(handle, data):
        if bytes(data).startswith(b"new"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(handle, data)

    monkeypatch.setattr(os, "write", full)
    first, second = f"{project.root}/locales/day.pot", f"{project.root}/{CATALOG}"
    with pytest.raises(
        DragomanError, match="the disk is full; nothing was written; make room"
    ) as error:
        files.write({first: b"other", second: b"new text"})
    assert error.value.exit_code == 2
    assert project.snapshot() == before


@pytest.mark.skipif(
    not Path("/dev/shm").is_dir() or os.geteuid() != 0, reason="needs root to mount"
)
def test_a_really_full_disk(project):
    project.write("source_texts/day.txt", "A long line of words to translate. " * 2000)
    small = project.root / "locales"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(small)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        run = project.run("build")
        assert run.code == 2
        assert run.err.endswith(
            "the disk is full; nothing was written; make room, then run again\n"
        )
        assert [path for path in small.rglob("*") if path.is_file()] == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_a_folder_that_cannot_be_written(project, monkeypatch, error):
    real = os.open

    def refuse(path, flags, *rest, **more):
        if str(path).endswith(".tmp"):
            raise OSError(error, os.strerror(error))
        return real(path, flags, *rest, **more)

    before = project.snapshot()
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DragomanError, match="permission denied|read-only"):
        Files(project.root).write({f"{project.root}/locales/day.pot": b"x"})
    monkeypatch.undo()
    assert project.snapshot() == before


CATALOGS = (
    "update",
    "extract",
    "build",
    "fmt",
    "bless --all",
    "pretranslate",
    "translate --engine pseudo",
)
EDITIONS = ("export --format html", "export --format epub --output build/new/x.epub", "site")
CLOSED = [
    *(("locales", command) for command in ("update", "extract", "build")),
    *(("build", command) for command in (*EDITIONS, "update")),
    *((".", command) for command in (*EDITIONS, *CATALOGS, "init --locale az", "export --output x.html")),
]  # fmt: skip


# What it imports is imported first: the other user may not be let to where Python stands.
DROPPED = """
import os, sys
import dragoman.cli
for command in (["build"], ["site"], ["export", "--format", "epub"], ["init"], ["fmt"], ["bless", "--all"],
                ["pretranslate"], ["translate", "--engine", "pseudo"]):
    try:
        dragoman.cli.dragoman.main(["-C", sys.argv[1], *command], standalone_mode=False)
    except dragoman.errors.DragomanError:
        pass
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
os.chdir(sys.argv[2])
if not os.access(dragoman.__file__, os.R_OK):
    sys.exit(77)
del sys.argv[1:3]
dragoman.cli.main()
"""


def _as_another(own, folder, *arguments):
    """A command of a user who is not root, as its code and what it complains of."""
    command = [sys.executable, "-B", "-c", DROPPED, str(own), str(folder), *arguments]
    call = subprocess.run(command, capture_output=True, text=True, check=False)
    if call.returncode == 77:
        pytest.skip("another user may not read this package")
    return call.returncode, call.stderr


@pytest.fixture
def closed(project):
    """The project where any user may come, with one folder in which he may not write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        project.fine("build")
        project.write("source_texts/day.txt", "A new day.\n")
        place = Path(folder, "p")
        shutil.copytree(project.root, place)

        def close(name):
            for path in [place, *place.rglob("*")]:
                path.chmod(0o777)
            shut = place / name
            for path in [shut, *shut.rglob("*")]:
                path.chmod(0o555 if path.is_dir() else 0o444)
            return place

        yield close
        for path in [place, *place.rglob("*")]:
            path.chmod(0o777)


@pytest.mark.parametrize(("name", "command"), CLOSED)
def test_a_folder_that_a_user_may_not_write_in(project, closed, name, command):
    """He is told which folder it is, and nothing is written in those that are open."""
    place = closed(name)
    if command.startswith("init"):
        place.chmod(0o777)
        (place / "dragoman.toml").unlink()
        (place / "source_texts").rename(place / "texts")
        place.chmod(0o555)
    before = _listed(place)
    code, said = _as_another(project.root, place, *command.split())
    assert code == 2, said
    [told] = [line for line in said.split("\n") if line.startswith("error: ")]
    assert re.fullmatch(
        r"error: \S+: permission denied in this folder; change its permissions, or use another",
        told,
    )
    assert _listed(place) == before


def _listed(root):
    return {p: p.read_bytes() if p.is_file() else b"" for p in root.rglob("*")}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount")
def test_a_read_only_disk(project):
    project.fine("build")
    project.write("source_texts/day.txt", "A new day.\n")
    before = project.snapshot()
    for options in (["--bind", project.root], ["-o", "remount,ro,bind"]):
        mounted = subprocess.run(
            ["mount", *options, project.root], capture_output=True, check=False
        )
        if mounted.returncode:
            pytest.skip("mounting is not allowed here")
    try:
        for command in ("export --format html", "site", *CATALOGS):
            run = project.run(*command.split())
            assert run.code == 2, (command, run)
            assert "the folder is read-only; write somewhere else with --output" in run.err
        assert project.run("export", "--output", "-").code == 0
    finally:
        subprocess.run(["umount", project.root], check=True)
    assert project.snapshot() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_text(project):
    (project.root / "source_texts/day.txt").chmod(0)
    run = project.run("build")
    assert (run.code, run.err) == (
        2,
        "error: source_texts/day.txt: permission denied; change its permissions\n",
    )


def test_an_unreadable_text_for_root_too(project, monkeypatch):
    def refuse(path, *_rest, **_more):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DragomanError) as error:
        Files(project.root).text_of(project.root / "source_texts/day.txt")
    monkeypatch.undo()
    assert str(error.value) == "source_texts/day.txt: permission denied; change its permissions"


def test_a_catalog_changed_meanwhile_is_not_overwritten(project):
    path = project.write("locales/a.po", "one")
    files = Files(project.root)
    files.bytes_of(path)
    path.write_text("somebody else's words")
    with pytest.raises(DragomanError, match="changed while this command ran; nothing was written"):
        files.write({str(path): b"ours"})
    assert path.read_text() == "somebody else's words"
    assert list(path.parent.iterdir()) == [path]


def test_mode_and_links_are_kept(project):
    path = project.write("locales/real/a.po", "one")
    path.chmod(0o640)
    link = project.root / "locales/a.po"
    link.symlink_to("real/a.po")
    Files(project.root).write({str(link): b"two"})
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o640)


def test_no_text_steers_the_terminal(project):
    project.write("source_texts/day.txt", "A \x1b[31mred\x1b[0m \u202eday.\n")
    project.fine("update")
    out = project.run("check", "-l", "he").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\\x1b[31m" in out


def test_an_internal_error_has_its_own_code(project):
    run = project.run("status", PYTHONSTARTUP="", DRAGOMAN_DEBUG="")
    assert run.code == 0
    import subprocess
    import sys

    script = (
        "import dragoman.pipeline.check.check as p, sys\n"
        "def boom(*a, **k): raise RuntimeError('x')\n"
        "p.status = boom\nsys.argv = ['dragoman', 'status']\nfrom dragoman.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("error: internal error at ")
    assert "Traceback" not in done.stderr
