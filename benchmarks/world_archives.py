"""Both audits of formats over archives that nobody here wrote: office documents and books.

The folders named are searched, and the sources of packages that ship such files as examples or
test data, which are loaded into a folder that stays (`--folder`). Of each file five things have
to hold: it comes back byte for byte; no word that a reader sees is missing from the units; the
file built from a pseudo-translation in Hebrew has the shape of its source; its members are
well-formed; and, with `--open`, LibreOffice opens it, or EPUBCheck has no more to say of it.

    python benchmarks/world_archives.py --folder /tmp/archives ~/documents
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import archive_shapes
import shapes
from dragoman.errors import DragomanError
from dragoman.formats import FORMATS, ReadOptions, audit, format_of
from dragoman.segment import segmenter

NPM = ["mammoth", "docx4js", "officeparser", "epubjs", "exceljs", "xlsx-populate"]
PYPI = ["python-docx", "docx2python", "mammoth", "docx-revisions", "epubmangler", "EbookLib",
        "python-pptx", "openpyxl", "odfpy", "XlsxWriter", "relatorio", "py3o.template", "tablib"]  # fmt: skip
SUFFIXES = tuple(suffix for form in FORMATS if form.BINARY for suffix in form.SUFFIXES)
OPTIONS = ReadOptions(split=segmenter("en").spans)


class Seen(NamedTuple):
    """What was found of one file."""

    words: int
    missed: int
    shape: bool
    whole: bool
    opened: bool


def loaded(folder: Path) -> None:
    """Load the sources of packages and unpack them, where they are not yet."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    pack = ["npm", "pack", "--silent", *NPM]
    subprocess.run(pack, cwd=folder, check=False, capture_output=True)
    for name in PYPI:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", str(folder), name], check=False, capture_output=True)
    for path in sorted(folder.glob("*gz")):
        with tarfile.open(path) as archive:
            archive.extractall(folder / path.stem, filter="data")


def archives(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Every different archive of the folders, by its path."""
    known: set[bytes] = set()
    for root in folders:
        for folder, _, names in os.walk(root):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if name.lower().endswith(SUFFIXES) and os.path.isfile(path):
                    data = Path(path).read_bytes()
                    if data not in known:
                        known.add(data)
                        yield path, data


def examined(path: str, data: bytes, opening: bool) -> Seen:
    """Both audits, and the laws, of one archive."""
    document = format_of(path).read(data, OPTIONS._replace(file=path))
    whole = document.encode(document.render(lambda _: None, "he"), "he") == data
    missed = audit.audit_archive(data, document, path)
    for one in missed:
        print(f"{path}: not offered: {' '.join(one.words[:8])}")
    built = document.encode(document.render(shapes.translated, "he"), "he")
    before, after = archive_shapes.shape(data), archive_shapes.shape(built)
    for name in before:
        if before[name] != after[name]:
            pairs = enumerate(zip(before[name], after[name], strict=False))
            at = next((at for at, (a, b) in pairs if a != b), 0)
            print(f"{path}: {name}: {before[name][at : at + 2]} became {after[name][at : at + 2]}")
    words = sum(len(audit.words(unit.source)) for unit in document.units)
    opened = not opening or _opens(path, data, built)
    if not opened:
        print(f"{path}: does not open")
    return Seen(words, sum(len(one.words) for one in missed), before == after, whole, opened)


def _opens(path: str, data: bytes, built: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        if path.lower().endswith(".epub"):
            return _errors(built, folder) <= _errors(data, folder)
        made = Path(folder) / f"built{Path(path).suffix.lower()}"
        made.write_bytes(built)
        options = [f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command = ["soffice", *options, "--convert-to", "pdf", "--outdir", folder, str(made)]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        return (Path(folder) / "built.pdf").exists()


def _errors(data: bytes, folder: str) -> int:
    book = Path(folder) / "a.epub"
    book.write_bytes(data)
    program = os.path.realpath(shutil.which("epubcheck") or "epubcheck")
    command = ["java", "-jar", program] if program.endswith(".jar") else [program]
    done = subprocess.run([*command, str(book)], check=False, capture_output=True, text=True)
    return len(re.findall(r"^(?:ERROR|FATAL)\(", done.stdout + done.stderr, re.MULTILINE))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--open", action="store_true", help="open each built file, which is slow")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "archives")
    parser.add_argument("more", nargs="*", type=Path, help="more folders to look into")
    asked = parser.parse_args()
    loaded(asked.folder)
    found = sorted(archives([asked.folder, *asked.more]))
    random.Random(asked.seed).shuffle(found)
    start, seen, refused = time.perf_counter(), list[Seen](), 0
    for path, data in found[: asked.files]:
        try:
            seen.append(examined(path, data, asked.open))
        except DragomanError as error:
            refused += 1
            print(f"{path}: refused: {error}")
    seconds = time.perf_counter() - start
    print(f"{len(seen)} files of {len(found)}, {refused} refused, in {seconds:.0f} s")
    print(f"{sum(one.words for one in seen)} words offered, {sum(s.missed for s in seen)} missed")
    print(f"{sum(not one.shape for one in seen)} of another shape")
    print(f"{sum(not one.whole for one in seen)} not byte for byte")
    print(f"{sum(not one.opened for one in seen)} not opened")


if __name__ == "__main__":
    main()
