"""Several processes at one catalog: no acknowledged edit is lost, no read is torn."""

from __future__ import annotations

import sys

import concurrency


def test_four_writers_an_update_and_a_reader(tmp_path):
    found = concurrency.trial(tmp_path, writers=4, edits=25)
    assert found.acknowledged == 100
    assert found.lost == []
    assert found.torn == []
    assert found.reads > 0
    assert found.updates > 0


def test_commands_beside_each_other(project):
    """The same through the command line: each edit that was said to be set, is."""
    import subprocess

    from dragoman import po

    project.fine("update")
    path = "locales/he/LC_MESSAGES/day.po"
    sources = ["A day.", "It began early.", "Nobody slept.", "Then Mr. Aliyev came."]
    command = [sys.executable, "-m", "dragoman", "po", "set", path]
    running = [
        subprocess.Popen([*command, source, f"«{source}»"], cwd=project.root) for source in sources
    ]
    assert [process.wait(60) for process in running] == [0] * len(sources)
    said = {e.msgid: e.msgstr for e in po.parse((project.root / path).read_bytes()).messages()}
    assert said == {source: f"«{source}»" for source in sources}
