"""Commands killed, or met by a full or broken disk: a sample of what `kill_points.py` does whole."""

from __future__ import annotations

import subprocess

import pytest

import kill_points
from conftest import Place
from kill_points import SCENES, Trial

POINTS = 11
"""A command; enough for the suite, and the script runs all of them."""


def inside(root, *arguments):
    """Run the command once more in this process, which starts quicker."""
    run = Place(root).run(*arguments)
    return subprocess.CompletedProcess(arguments, run.code, run.out, run.err)


@pytest.mark.skipif(not kill_points.works(), reason="strace is missing, or may not watch processes")
@pytest.mark.parametrize("name", SCENES)
def test_files_are_old_or_new_and_the_next_run_finishes(name, tmp_path):
    trial = Trial(SCENES[name], tmp_path / "trial", again=inside)
    points = len(trial.points)
    assert points >= POINTS
    shift = sum(map(ord, name))  # so that not every command meets the same calls
    for turn in range(POINTS):
        point = trial.points[(shift + turn * points // POINTS) % points]
        assert trial.faults(point) == []


def test_the_suite_meets_two_hundred_points():
    assert POINTS * len(SCENES) >= 200
