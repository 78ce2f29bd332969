"""Hostile XML of 60 MB in every kind of file that comes in: how it is refused, how fast, in how much memory.

    python benchmarks/hostile_xml.py [KIND …]

Each line is one command in a process of its own, from its start to its end.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator

SIZE = 60_000_000
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{}/{}" Target="{}"/></Relationships>'
)
KINDS = {
    "xliff": ('xliff version="2.1" srcLang="en" trgLang="he"', "unit", "x.xlf", "import x.xlf"),
    "xliff12": ('xliff version="1.2"', "trans-unit", "x.xlf", "import x.xlf"),
    "tmx": ('tmx version="1.4"', "tu", "x.tmx", "memory import x.tmx"),
    "tbx": ("tbx", "conceptEntry", "x.tbx", "glossary import x.tbx"),
    "srx": ("srx", "rule", "x.srx", "status"),
    "docx": (f'w:document xmlns:w="{WORD}"', "w:p", "x.docx", "import x.docx"),
    "docx, adopted": (f'w:document xmlns:w="{WORD}"', "w:p", "x.docx", "adopt x.docx -t day --locale he"),
    "xlsx": ("worksheet", "row", "x.xlsx", "import x.xlsx"),
}  # fmt: skip
"""Root, item, file and command."""
SHAPES = {
    "a text": ("{item}", "words ", "{/item}"),
    "a Hebrew text": ("{item}", "מילה ", "{/item}"),
    "an emoji text": ("{item}", "\U0001f600", "{/item}"),
    "a text without end": ("{item}", "words ", ""),
    "a text of lines": ("{item}", "w\n", "{/item}"),
    "entities": ("{item}", "&lt;", "{/item}"),
    "texts with an emoji": ("{item}", "<a>" + "words " * 5000 + "\U0001f600</a>", "{/item}"),
    "an attribute": ("<x a='", "words ", "'/>"),
    "attributes": ("<x ", "a{}='' ", "/>"),
    "attributes of many": ("", "<x a{0}='' b{0}='1'/>", ""),
    "attributes with an emoji": ("{item}", "<a b='" + "words " * 5000 + "\U0001f600'/>", "{/item}"),
    "two attributes each": ("", "<a b='' c=''/>", ""),
    "a name": ("<", "a", "/>"),
    "names": ("", "<a{}/>", ""),
    "a well": ("", "<a>", ""),
    "wells": ("", "<a>" * 200 + "</a>" * 200, ""),
    "a plain": ("", "<a/>", ""),
    "items": ("", "{item}{/item}", ""),
    "short texts": ("", "<a>Ж</a>", ""),
    "a comment": ("<!--", "words ", "-->"),
    "blanks in a tag": ("<x", " ", "/>"),
    "namespaces": ("<x ", "xmlns:a{0}='u{0}' ", "/>"),
}
"""What stands before, over and over until there are 60 MB, and behind; `{}` is a number."""


def document(root: str, item: str, shape: str) -> Iterator[bytes]:
    def said(text: str) -> str:
        return text.replace("{item}", f"<{item}>").replace("{/item}", f"</{item}>")

    before, piece, after = map(said, SHAPES[shape])
    yield f"<{root}>{before}".encode()
    done, numbers = 0, itertools.count()
    while done < SIZE:
        if "{" in piece:
            data = "".join([piece.format(next(numbers)) for _ in range(20_000)]).encode()
        else:
            data = piece.encode() * (1 + (1 << 20) // len(piece))
        done += len(data)
        yield data
    yield f"{after}</{root.split(maxsplit=1)[0]}>".encode()


def office(name: str, pieces: Iterable[bytes]) -> None:
    """An archive that packs nothing, so that the file is as large as what is in it."""
    with zipfile.ZipFile(name, "w", zipfile.ZIP_STORED) as archive:
        main, part = "word/document.xml", "word/document.xml"
        if name.endswith(".xlsx"):
            main, part = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
            archive.writestr(
                main, f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
            )  # fmt: skip
            rels = LINK.format(RELATIONS, "worksheet", "worksheets/sheet1.xml")
            archive.writestr("xl/_rels/workbook.xml.rels", rels)
        archive.writestr("_rels/.rels", LINK.format(RELATIONS, "officeDocument", main))
        with archive.open(part, "w") as file:
            file.writelines(pieces)


def measured(arguments: list[str]) -> tuple[int, float, float, str]:
    """Exit code, seconds of CPU time, megabytes at the peak, and what was said."""
    child = os.fork()
    if not child:
        out = os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.execv(sys.executable, [sys.executable, "-m", "dragoman", *arguments])
    _, status, used = os.wait4(child, 0)
    with open("said", encoding="utf-8") as file:
        said = file.read().strip()
    seconds = used.ru_utime + used.ru_stime
    return os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss / 1024, said


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("source_texts")
        with open("source_texts/day.txt", "w", encoding="utf-8") as file:
            file.write("A day.\n")
        for kind in sys.argv[1:] or KINDS:
            root, item, name, command = KINDS[kind]
            with open("dragoman.toml", "w", encoding="utf-8") as file:
                file.write('locales = ["he"]\n' + ('srx = "x.srx"\n' if kind == "srx" else ""))
            rows = []
            for shape in SHAPES:
                pieces = document(root, item, shape)
                if name.endswith(("docx", "xlsx")):
                    office(name, pieces)
                else:
                    with open(name, "wb") as file:
                        file.writelines(pieces)
                code, seconds, peak, said = measured(command.split())
                rows.append((seconds, peak))
                print(f"{kind}: {shape}: exit {code}, {seconds:.1f} s, {peak:.0f} MB: {said}")
                assert code == 2
                assert "\n" not in said
            print(f"{kind}: at most {max(rows)[0]:.1f} s and {max(p for _, p in rows):.0f} MB")


if __name__ == "__main__":
    main()
