"""Hold our exports against the public schemas: `python benchmarks/schemas.py FOLDER`.

FOLDER has `tmx14.dtd` and `xliff-2.1` with the schemas and Schematron rules of OASIS. Every text of
this repository in every language, and every hostile string of the tests as source and as target,
is exported and judged; the tests do the same with a part of it, because the rules are slow.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from test_hostile import HOSTILE

from dragoman.catalogs.catalog import Catalog
from dragoman.exports import export_named
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.formats import ReadOptions, text
from dragoman.parallel.rows import align
from dragoman.po import Entry, PoFile
from schematron import failures

FORGOTTEN = "[\ufffe\uffff]"
"""What XML cannot hold and the rule F25 does not know."""


def ours(folder: str) -> list[Path]:
    """Our own texts in XLIFF 2.1 and TMX."""
    command = [sys.executable, "-m", "dragoman", "export", "-f", "xliff,tmx", "-o", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return sorted(Path(folder).iterdir())


def hostile(folder: str) -> list[Path]:
    """Each hostile string as a source and as a target, a file each."""
    made = []
    for number, said in enumerate(HOSTILE):
        short = said[:2000]
        document = text.read(f"{short}\n\nA fine text here.\n", ReadOptions())
        entries = [Entry(unit.source, short) for unit in document.units]
        parallel = align(document, f"x{number}", "en", [Catalog("he", PoFile(entries))])
        for name, suffix in (("xliff", ".xlf"), ("tmx", ".tmx")):
            path = Path(folder) / f"x{number}{suffix}"
            path.write_text(export_named(name).export(parallel, ExportOptions()), "utf-8")
            made.append(path)
    return made


def problems(path: Path, schemas: Path) -> list[str]:
    """What is wrong with a file."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    if path.suffix == ".tmx":
        judge = etree.DTD(str(schemas / "tmx14.dtd"))
        return [] if judge.validate(root) else [str(judge.error_log)]
    rules = schemas / "xliff-2.1"
    core = etree.XMLSchema(etree.parse(str(rules / "xliff_core_2.0.xsd")))
    found = [] if core.validate(root) else [str(core.error_log)]
    for name in ("xliff_core_2.1.sch", "metadata.sch"):
        found += failures(rules / name, root)
    if re.search(FORGOTTEN, HOSTILE[int(path.stem[1:])] if path.stem[1:].isdigit() else ""):
        found = [line for line in found if not line.startswith("F25")]
    return found


def main() -> int:
    schemas = Path(sys.argv[1])
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("our texts", ours), ("hostile strings", hostile)):
            files = [path for path in make(folder) if path.suffix in (".xlf", ".tmx")]
            bad = {path.name: found for path in files if (found := problems(path, schemas))}
            print(f"{name}: {len(files) - len(bad)} of {len(files)} files are valid")
            for file, found in bad.items():
                print(f"  {file}: {found[0]}")
            wrong += len(bad)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
