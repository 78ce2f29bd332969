"""Damaged files at every way into the program; none may end in an internal error.

    python benchmarks/fuzz_inputs.py [--seeds N] [--first SEED] [--jobs N] [WAY …]

A seed chooses a way, damages its file a few times and runs its commands in a copy of a small
project. Wrong is: exit code 3, a traceback, a refusal without a sentence, a command that takes
longer than `LONGEST`, and catalogs that cannot be read afterwards. Each is printed with its
seed, and `--first SEED --seeds 1 --keep FOLDER` leaves the project behind.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shlex
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from conftest import Place

LONGEST = 10
"""Seconds of CPU that a command may take; the inputs have some ten kilobytes."""
HE = "locales/he/LC_MESSAGES/day.po"
TEXT = """---
title: A day
tags: [one, two]
---

# A *long* day {#day}

It began early. Nobody "slept" on 5 May 1992[^n], and `code` stood [there](a.md "b").

- one & two
- [ ] three <b>bold</b>

| a | b |
|---|--:|
| c | d |

<div class="x">In a block.</div>

$$x^2$$

[^n]: A note.
"""
TRANSLATION = """---
title: День
---

# *Долгий* день

Он начался рано. Никто не «спал» 5 мая 1992 года[^n], а `code` стоял [там](a.md "б").

- раз и два
- [ ] три <b>жирно</b>

<div class="x">В блоке.</div>

[^n]: Примечание.
"""
PAGE = '<!DOCTYPE html>\n<html lang="en"><body><p title="A title">One &amp; two.<br>Three.</p><ul><li>Four</ul></body></html>\n'
SETTINGS = """name = "small"
locales = ["he", "ru"]
licence = "CC0-1.0"
keep = ["punctuation"]
missing = "mark"
exports = ["html"]
keep_numbers = true
srx = "rules.srx"

[checks]
number = "warning"

[segmentation.en]
never_ends = ["Mr."]

[translate]
engine = "google"

[[text]]
match = "plain*"
unit = "block"
"""
GLOSSARY = """[[term]]
source = "day"
he = "יום"
ru = { preferred = "день", forbidden = ["сутки"] }
"""
SRX = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/>
<body><languagerules><languagerule languagerulename="e"><rule break="no"><beforebreak>Mr\\.</beforebreak>
<afterbreak>\\s</afterbreak></rule></languagerule></languagerules><maprules>
<languagemap languagepattern="en.*" languagerulename="e"/></maprules></body></srx>
"""
WAIVERS = """[[waiver]]
text = "day"
locale = "he"
source = "A *long* day"
codes = ["number"]
reason = "so"
"""
_TOKENS = (
    b"\x00", b"\xff", b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xed\xa0\x80",
    "\u202e".encode(), "\u2067".encode(), "א".encode(), "😀".encode(), b"\\", b'"', b"'", b"`", b"*",
    b"_", b"[", b"](", b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"&", b"&#0;", b"&lt;",
    b"{", b"}", b"{{", b"%}", b"$$", b"|", b"---\n", b"```\n", b"#~ ", b"#, fuzzy\n", b"#| msgid",
    b'msgid ""\n', b'msgstr[1] ""\n', b"msgctxt", b"1e999", b"-1", b"99999999999999999999", b"nan",
    b"true", b"null", b"[[", b"]]", b"=", b"[^n]", b"../", b"/", b"\t", b" " * 40, b'xml:lang="x"',
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"nplurals=0", b"charset=UTF-7", b":::", b"!!! note\n", b"{{< x",
)  # fmt: skip


class Way(NamedTuple):
    """A file that comes from outside, and the commands that read it."""

    file: str
    commands: tuple[str, ...]
    content: Callable[[Path], bytes] | None = None
    """Makes the undamaged file; by default it stands in the project."""


def _exported(form: str, *more: str) -> Callable[[Path], bytes]:
    def content(root: Path) -> bytes:
        _run(root, "export", "-t", "day", "-f", form, "-o", "_out/", *more)
        (out,) = (root / "_out").iterdir()
        data = out.read_bytes()
        shutil.rmtree(root / "_out")
        return data

    return content


def _terms(form: str) -> Callable[[Path], bytes]:
    return lambda root: _run(root, "glossary", "export", "--format", form)[1].encode()


def _baseline(root: Path) -> bytes:
    _run(root, "check", "--save-baseline", "base.json")
    return (root / "base.json").read_bytes()


def _samples(name: str) -> Callable[[Path], bytes]:
    """The samples of a format as one text."""
    module = import_module(f"dragoman.formats.{name}")
    return lambda _root: "".join(module.SAMPLES).encode()


NAMES = "names"
"""The way that damages the name of its file."""
_READ = ("update", "build", "check --format json", "status", "export -f jsonl -o out/")
WAYS = {
    "text": Way("source_texts/plain.txt", (*_READ, "extract")),
    "markdown": Way("source_texts/day.md", (*_READ, "extract --audit")),
    "html": Way("source_texts/page.html", (*_READ, "extract --audit")),
    "asciidoc": Way("source_texts/page.adoc", _READ, _samples("asciidoc")),
    "srt": Way("source_texts/film.srt", _READ, _samples("srt")),
    "vtt": Way("source_texts/film.vtt", _READ, _samples("vtt")),
    "word": Way("source_texts/report.docx", (*_READ, "extract --audit"), _exported("docx")),
    "book": Way("source_texts/book.epub", (*_READ, "extract --audit"), _exported("epub")),
    NAMES: Way("source_texts/day.md", (*_READ, "extract --audit", "prune --yes")),
    "settings": Way("dragoman.toml", _READ),
    "catalog": Way(HE, (*_READ, "fmt", f"diff base.po {HE}", f"po cat {HE}", "bless --all", "pretranslate")),
    "template": Way("locales/day.pot", _READ),
    "state": Way("build/.state.json", _READ),
    "outputs": Way("build/.outputs.json", _READ),
    "numbers": Way("locales/day.numbers", _READ),
    "waivers": Way("locales/waivers.toml", ("check --min 0", "status")),
    "glossary": Way("locales/glossary.toml", ("check --min 0", "glossary export", "build")),
    "srx": Way("rules.srx", ("update", "build", "status")),
    "xliff": Way("came.xlf", ("import came.xlf",), _exported("xliff", "-l", "he")),
    "xliff12": Way("came.xlf", ("import came.xlf",), _exported("xliff12", "-l", "he")),
    "docx": Way("came.review.docx", ("import came.review.docx", "adopt came.review.docx -t day -l ru"), _exported("review-docx")),
    "xlsx": Way("came.review.xlsx", ("import came.review.xlsx",), _exported("review-xlsx")),
    "tmx": Way("came.tmx", ("memory import came.tmx", "memory search day", "pretranslate"), _exported("tmx")),
    "tbx": Way("came.tbx", ("glossary import came.tbx",), _terms("tbx")),
    "terms": Way("came.csv", ("glossary import came.csv",), _terms("csv")),
    "adopted": Way("came.md", ("adopt came.md -t day -l ru", "align source_texts/day.md came.md --to ru -o out.tsv"), lambda _root: TRANSLATION.encode()),
    "baseline": Way("base.json", ("check --base base.json",), _baseline),
    "merged": Way("theirs.po", ("merge-driver base.po ours.po theirs.po",), lambda root: (root / HE).read_bytes()),
    "set": Way(HE, (f"po set {HE} 'one & two' x", "review --all --by A", "waive number --reason b")),
}  # fmt: skip


def project(root: Path) -> None:
    """A small project with everything that is read, half translated and built."""
    (root / ".git").mkdir(parents=True)
    files = {
        "dragoman.toml": SETTINGS, "source_texts/day.md": TEXT, "source_texts/page.html": PAGE,
        "source_texts/plain.txt": "A long day.\nIt began early. Nobody slept.\n\nThen it ended.\n",
        "locales/glossary.toml": GLOSSARY, "rules.srx": SRX,
    }  # fmt: skip
    for name, said in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(said, "utf-8")
    _run(root, "update")
    for path in root.glob("locales/*/LC_MESSAGES/*.po"):
        said = path.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "טקסט 5 [*a*](b)"\n\n', 6)
        path.write_text(said, "utf-8")
    (root / "locales/waivers.toml").write_text(WAIVERS)
    for name in ("base.po", "ours.po"):
        shutil.copy(root / HE, root / name)
    _run(root, "build")


def _run(root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command inside this process."""
    run = Place(root).run(*arguments)
    return run.code, run.out, run.err


# --- damage -----------------------------------------------------------------------------------


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Bytes with one to four damages; of an archive, often inside one of its members."""
    if data.startswith(b"PK") and dice.random() < 0.85:
        return _damaged_member(data, dice)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 4))):
        data = dice.choice(_DAMAGES)(data, dice)
    return data


def _damaged_member(data: bytes, dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        victim = dice.choice(old.namelist())
        for name in old.namelist():
            if name == victim and dice.random() < 0.1:
                continue
            said = old.read(name)
            new.writestr(name, damaged(said, dice) if name == victim else said)
            if name == victim and dice.random() < 0.05:
                with contextlib.suppress(UserWarning):
                    new.writestr(dice.choice((f"../{name}", f"/{name}", "x\\y", "é")), said)
    return out.getvalue()


def _spot(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 1, 3, 10, 60, 400)))


def _insert(data: bytes, dice: random.Random) -> bytes:
    at, _ = _spot(data, dice)
    return data[:at] + dice.choice(_TOKENS) + data[at:]


def _remove(data: bytes, dice: random.Random) -> bytes:
    start, end = _spot(data, dice)
    return data[:start] + data[end:]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    start, end = _spot(data, dice)
    return data[:start] + data[start:end] * dice.choice((2, 2, 5, 50, 300)) + data[end:]


def _nest(data: bytes, dice: random.Random) -> bytes:
    at, _ = _spot(data, dice)
    return data[:at] + dice.choice(_TOKENS) * dice.choice((3, 30, 400, 2500)) + data[at:]


def _move(data: bytes, dice: random.Random) -> bytes:
    start, end = _spot(data, dice)
    rest = data[:start] + data[end:]
    at, _ = _spot(rest, dice)
    return rest[:at] + data[start:end] + rest[at:]


def _change(data: bytes, dice: random.Random) -> bytes:
    at, _ = _spot(data[:-1], dice)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: _spot(data, dice)[0]]


def _retype(data: bytes, dice: random.Random) -> bytes:
    """Another value in place of a number, a quoted text or a word."""
    words = data.split(b" ")
    at = dice.randrange(len(words))
    words[at] = dice.choice(_TOKENS)
    return b" ".join(words)


_DAMAGES = (_insert, _insert, _remove, _remove, _repeat, _nest, _move, _change, _cut, _retype)


# --- judging ----------------------------------------------------------------------------------


@cache
def _origin() -> Path:
    """The project, and what comes from outside for each way, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-fuzz-"))
    project(folder / "small")
    for name, way in WAYS.items():
        source = folder / "small" / way.file
        data = way.content(folder / "small") if way.content else source.read_bytes()
        (folder / f"{name}.origin").write_bytes(data)
    return folder


def faults(seed: int, only: tuple[str, ...] = (), keep: str = "") -> list[str]:
    """What is wrong with one seed; nothing where all is well."""
    dice = random.Random(seed)
    name = dice.choice([way for way in WAYS if not only or way in only])
    way = WAYS[name]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "small"
        shutil.copytree(_origin() / "small", root)
        data = (_origin() / f"{name}.origin").read_bytes()
        (root / way.file).parent.mkdir(parents=True, exist_ok=True)
        if name == NAMES:
            _written_as(root / way.file, data, dice)
        else:
            (root / way.file).write_bytes(damaged(data, dice))
        found = [
            f"{seed} {name}: {fault}"
            for command in way.commands
            for fault in _judged(root, command)
        ]
        if found and keep:
            shutil.copytree(root, keep, dirs_exist_ok=True)
    return found


def _written_as(path: Path, data: bytes, dice: random.Random) -> None:
    """Write a file under a damaged name, in folders if the name has slashes; some names cannot be."""
    name = damaged(path.name.encode(), dice).replace(b"\0", b"").lstrip(b"/")
    if b".." in name.split(b"/"):
        return
    place = os.path.join(os.fsencode(path.parent), name)
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)


def _judged(root: Path, command: str) -> list[str]:
    start = time.process_time()
    code, out, err = _run(root, *shlex.split(command))
    took = time.process_time() - start
    found = []
    if code not in (0, 1, 2) or "Traceback" in out + err:
        found.append(f"`{command}` exit {code}: {err[-300:]!r}")
    if code == 2 and "error" not in (out + err).lower():
        found.append(f"`{command}` exit 2 without a word: {err[-200:]!r}")
    if took > LONGEST:
        found.append(f"`{command}` took {took:.1f} s")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("ways", nargs="*", choices=[*WAYS, []], help="else all of them")
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", default="")
    given = parser.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    kinds: Counter[str] = Counter()
    with ProcessPoolExecutor(given.jobs) as pool:
        tried = pool.map(
            faults, seeds, [tuple(given.ways)] * len(seeds), [given.keep] * len(seeds), chunksize=8
        )
        for found in tried:
            for fault in found:
                print(fault, flush=True)
                kinds[fault.split()[1]] += 1
    print(f"{len(seeds)} seeds, {sum(kinds.values())} faults {dict(kinds) or ''}")
    sys.exit(bool(kinds))


if __name__ == "__main__":
    main()
