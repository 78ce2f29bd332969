"""Both audits of formats over texts that nobody here wrote: what packages ship as documentation.

Packages of npm and of PyPI are installed into a folder that stays (`--folder`), Debian's
documentation is read where it is. A seeded choice of them is read, of each format in turn; of each file four things have
to hold: it comes back byte for byte, with an empty catalog and with one that echoes; no word that a
reader sees is missing from the units; and the file built from a pseudo-translation has the shape of
its source, as an independent implementation of its format sees both.

    python benchmarks/world.py --files 1500
    python benchmarks/world.py --files 300 --after 300     # another slice of the same choice
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import shapes
from dragoman.errors import DragomanError
from dragoman.formats import FORMATS, ReadOptions, audit, format_of
from dragoman.segment import segmenter

NPM = [
    "eslint",
    "webpack",
    "vite",
    "jest",
    "astro",
    "marked",
    "remark",
    "rehype",
    "express",
    "mermaid",
    "katex",
    "vuepress",
]
SUBTITLED = ["video.js", "mediaelement", "srt2vtt", "subsrt", "subtitles-parser", "paella-core"]
"""Packages of npm that ship subtitles."""
DOCUMENTED = ["asciidoctor", "@asciidoctor/reveal.js", "@antora/cli"]
"""Packages of npm that ship texts in AsciiDoc, and the program that renders them."""
PYPI = ["mkdocs-material", "myst-parser", "pelican", "nikola", "jupyterlab", "fastapi", "numpy"]
FORMS = [form for form in FORMATS if form.NAME in audit.KNOWN]
SUFFIXES = tuple(suffix for form in FORMS for suffix in form.SUFFIXES)
LARGEST = 200_000
OPTIONS = ReadOptions(split=segmenter("en").spans)


class Seen(NamedTuple):
    """What was found of one file."""

    kind: str
    words: int
    missed: int
    shape: bool
    whole: bool


def installed(folder: Path) -> list[Path]:
    """The folders to look into; packages are installed where they are not yet."""
    npm, subtitled, pypi = folder / "npm", folder / "subtitled", folder / "pypi"
    documented = folder / "documented"
    for place, packages in ((npm, NPM), (subtitled, SUBTITLED), (documented, DOCUMENTED)):
        if not place.exists():
            place.mkdir(parents=True)
            options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(["npm", "install", *options, *packages], cwd=place, check=False)
    if not pypi.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(pypi)]
        subprocess.run([*pip, *PYPI], check=False)
    os.environ["PATH"] += os.pathsep + str(documented / "node_modules/.bin")
    more = [*Path("/usr/share").glob("cmake-*/Help"), Path("/usr/share/doc")]
    return [npm, subtitled, documented, pypi, *more]


def chosen(found: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """The texts in an order that depends on the seed alone, a text of each format in turn."""
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(found):
        by_kind.setdefault(format_of(one[0]).NAME, []).append(one)
    for kind, texts_of in sorted(by_kind.items()):
        random.Random(f"{seed} {kind}").shuffle(texts_of)
    turns = zip_longest(*[texts_of for _, texts_of in sorted(by_kind.items())])
    return [one for turn in turns for one in turn if one is not None]


def texts(folders: list[Path]) -> Iterator[tuple[str, str]]:
    """Every different text of the folders, by its path."""
    known: set[str] = set()
    for root in folders:
        for folder, _, names in os.walk(root):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not name.lower().endswith(SUFFIXES) or os.path.getsize(path) > LARGEST:
                    continue
                try:
                    text = Path(path).read_bytes().decode()
                except (OSError, UnicodeDecodeError):
                    continue
                if text not in known:
                    known.add(text)
                    yield path, text


def examined(path: str, text: str) -> Seen:
    """Both audits, and the laws, of one text."""
    form = format_of(path).NAME
    document = format_of(path).read(text, OPTIONS._replace(file=path))
    whole = document.render(lambda _: None) == text
    whole = whole and document.render(lambda unit: unit.source) == text
    missed = [one for one in audit.audit(text, document, form, file=path) if not one.reason]
    for one in missed:
        print(f"{path}:{one.line}: not offered: {' '.join(one.words[:8])}")
    same = form == "html" or _same_shape(path, form, text, document.render(shapes.translated))
    words = sum(len(audit.words(unit.source)) for unit in document.units)
    return Seen(form, words, sum(len(one.words) for one in missed), same, whole)


def _same_shape(path: str, form: str, text: str, built: str) -> bool:
    before, after = shapes.of_format(form, text), shapes.of_format(form, built)
    if before == after:
        return True
    pairs = enumerate(zip(before, after, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(before), len(after)))
    print(f"{path}: another shape: {before[at : at + 2]} became {after[at : at + 2]}")
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--after", type=int, default=0, help="pass over so many of the choice")
    parser.add_argument("--kind", choices=[form.NAME for form in FORMS], help="this format only")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "world")
    parser.add_argument("more", nargs="*", type=Path, help="more folders to look into")
    asked = parser.parse_args()
    found = chosen(list(texts([*installed(asked.folder), *asked.more])), asked.seed)
    if asked.kind:
        found = [one for one in found if asked.kind == format_of(one[0]).NAME]
    start, seen, refused = time.perf_counter(), list[Seen](), 0
    for path, text in found[asked.after : asked.after + asked.files]:
        try:
            seen.append(examined(path, text))
        except DragomanError as error:
            refused += 1
            print(f"{path}: refused: {error}")
    seconds = time.perf_counter() - start
    print(f"{len(seen)} files of {len(found)}, {refused} refused, in {seconds:.0f} s")
    kinds = Counter(one.kind for one in seen)
    for kind, count in sorted(kinds.items()):
        own = [one for one in seen if one.kind == kind]
        words, missed = sum(one.words for one in own), sum(one.missed for one in own)
        print(
            f"{kind}: {count} files, {words} words offered, {missed} missed, "
            f"{sum(not one.shape for one in own)} of another shape, {sum(not one.whole for one in own)} not byte for byte"
        )
    print(
        f"{sum(one.words for one in seen)} words offered, {sum(one.missed for one in seen)} missed"
    )
    print(f"{sum(not one.shape for one in seen)} of another shape")
    print(f"{sum(not one.whole for one in seen)} not byte for byte")


if __name__ == "__main__":
    main()
