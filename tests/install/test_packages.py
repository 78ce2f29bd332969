"""The wheel and the sdist, and the tour of the README with what an installation has.

The packages are built as anybody builds them, and the wheel is installed into an empty folder, with
the dependencies of this environment: nothing of the clone is on the way.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from conftest import ROOT
from console_sessions import Shell, steps


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    _build(ROOT, folder, "wheel", "sdist")
    return folder


def _build(source: Path, target: Path, *kinds: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target)]
    for kind in kinds:
        command += ["-t", kind]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
    ]
    subprocess.run([*pip, "--target", str(folder), str(wheel)], check=True)
    return folder


def test_the_tour_runs_with_what_is_installed(installed, tmp_path):
    (tmp_path / "p" / ".git").mkdir(parents=True)
    shell = Shell(tmp_path / "p", installed / "bin", PYTHONPATH=str(installed))
    with contextlib.closing(shell):
        where, _ = shell.run("python3 -c 'import os, sys; print(os.getcwd())'")
        assert str(ROOT) not in where
        for command, expected in steps((ROOT / "README.md").read_text("utf-8")):
            output, code = shell.run(command)
            stated = int(expected[-1][6:-1]) if expected and expected[-1].startswith("[exit") else 0
            assert code == stated, f"$ {command}\n{output}"
        said, code = shell.run("dragoman doctor")
        assert str(installed) in said, said
        assert str(ROOT / "src") not in said


def test_the_wheel_of_the_sdist_is_the_wheel(built, tmp_path):
    (sdist,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
    with tarfile.open(sdist) as tar:
        tar.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    _build(source, tmp_path / "again", "wheel")
    (again,) = (tmp_path / "again").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())
        names = one.namelist()
    assert "dragoman/py.typed" in names
    assert "dragoman/pipeline/example/ferry.he.po" in names
    assert not [name for name in names if name.startswith("tests")]


def test_the_metadata_is_complete(installed):
    import dragoman

    (path,) = installed.glob("dragoman-*.dist-info/METADATA")
    said = Parser().parsestr(path.read_text("utf-8"))
    assert said["Version"] == dragoman.__version__
    assert said["License-Expression"] == "MIT"
    assert said["Requires-Python"] == ">=3.11"
    classifiers = said.get_all("Classifier")
    assert "Typing :: Typed" in classifiers
    assert "Operating System :: POSIX" in classifiers  # others were not run
    from trove_classifiers import classifiers as known

    assert set(classifiers) <= known
    assert said.get_all("Project-URL") is None  # there is no host yet
    assert said.get_payload().startswith("# dragoman")
