"""`doctor`, `completion` and `man`: what a newcomer asks first."""

from __future__ import annotations

import json
import re

import pytest

from dragoman.cli import COMMANDS
from dragoman.exports import EXPORTS


def _verdicts(place) -> dict[tuple[str, str], str]:
    found = json.loads(place.run("doctor", "--format", "json").out)
    return {(one["area"], one["name"]): one["verdict"] for one in found}


def test_a_sound_project_has_nothing_wrong(project):
    project.fine("build")
    run = project.fine("doctor")
    assert "dragoman.toml" in run.out
    assert "free" in run.out
    assert all(name in run.out for name in EXPORTS)
    assert len(run.out.splitlines()) < 60  # about one screen


def test_outside_a_project_nothing_is_wrong_either(place):
    assert "dragoman init" in place.fine("doctor").out


def test_what_a_killed_command_left_is_told(project):
    project.write("source_texts/.day.txt.dragoman-4194999.tmp", "half")
    run = project.run("doctor")
    assert run.code == 1
    assert "source_texts/.day.txt.dragoman-4194999.tmp, of a command that was killed" in run.out


def test_settings_that_cannot_be_read_are_told(place):
    place.write("dragoman.toml", "locales = [\n")
    assert place.run("doctor").code == 1
    assert _verdicts(place)["project", "settings"] == "wrong"


def test_an_extra_that_is_not_installed_is_absent(project, monkeypatch):
    from importlib import metadata

    real = metadata.version

    def version(name):
        if name == "typst":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    run = project.fine("doctor")
    assert "no typst  (pip install 'dragoman[pdf]')" in run.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_is_installed_by_one_command(place, shell):
    home = {"HOME": str(place.root), "SHELL": f"/bin/{shell}"}
    first = place.run("completion", "--install", **home)
    assert first.code == 0, first
    before = place.snapshot()
    assert any("_DRAGOMAN_COMPLETE" in content.decode() for content in before.values())
    assert place.run("completion", "--install", **home).code == 0
    assert place.snapshot() == before


def test_an_unknown_shell_is_refused(place):
    run = place.run("completion", SHELL="/bin/tcsh")
    assert run.code == 2
    assert "name one of bash, zsh, fish" in run.err


def test_every_command_has_a_manual_page(place):
    place.fine("man", "--output", "man")
    pages = {path.stem: path.read_text("utf-8") for path in (place.root / "man").glob("*.1")}
    assert set(pages) == {"dragoman", *(f"dragoman-{name}" for name in COMMANDS)}
    known = {"TH", "SH", "PP", "TP", "nf", "fi"}
    for name, page in pages.items():
        requests = set(re.findall(r"^\.(\w+)", page, re.MULTILINE))
        assert requests <= known, name
        assert page.count(".nf\n") == page.count(".fi\n"), name
    assert r"\-\-frozen" in pages["dragoman-check"]
    assert r"DRAGOMAN PO SET" in pages["dragoman-po"]
