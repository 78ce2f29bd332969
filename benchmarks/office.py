"""Extraction of office documents: `python benchmarks/office.py --toolkit PYTHON`.

The documents of `corpus.py` as OpenDocument texts, a few of them joined in each file and one word
in thirty in bold, are extracted by `dragoman extract` and by translate-toolkit's `odf2xliff`, in turns of one
run; and the same words from Word, PowerPoint and DocBook by us alone. Figures are medians of CPU
times of processes, with their start.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import archives
import corpus
from run import FAST_DISK, HEAD, OURS, Row, Step, faster, interleaved, our_project

PROGRAM = (sys.executable, "-m", "dragoman")
PEER = "odf2xliff"
JOINED = 20
"""Documents of the corpus in one file."""
_BOLD = '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
_MARKS = re.compile(r"(\*+|`|\[|\]\([^)]*\))")


def opendocument(paragraphs: Iterable[str]) -> bytes:
    """An OpenDocument text; one word in thirty is bold."""
    lines = (_bold(text, '<text:span text:style-name="T1">', "</text:span>") for text in paragraphs)
    return archives.odt_document("".join(f"<text:p>{line}</text:p>" for line in lines), _BOLD)


def word(paragraphs: Iterable[str]) -> bytes:
    opening = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    closing = '</w:t></w:r><w:r><w:t xml:space="preserve">'
    lines = (_bold(text, opening, closing) for text in paragraphs)
    run = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
    return archives.word("".join(run.format(line) for line in lines))


def slides(paragraphs: Iterable[str]) -> bytes:
    opening, closing = '</a:t></a:r><a:r><a:rPr b="1"/><a:t>', "</a:t></a:r><a:r><a:t>"
    lines = (_bold(text, opening, closing) for text in paragraphs)
    body = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return archives.presentation(f"<p:sp><p:txBody>{body}</p:txBody></p:sp>")


def docbook(paragraphs: Iterable[str]) -> bytes:
    lines = (_bold(text, "<emphasis>", "</emphasis>") for text in paragraphs)
    body = "\n".join(f"<para>{line}</para>" for line in lines)
    return f"<article>\n{body}\n</article>\n".encode()


def _bold(text: str, opening: str, closing: str) -> str:
    words = escape(text).split(" ")
    for place in range(4, len(words), 30):
        words[place] = f"{opening}{words[place]}{closing}"
    return " ".join(words)


MADE: dict[str, Callable[[Iterable[str]], bytes]] = {
    "odt": opendocument, "docx": word, "pptx": slides, "xml": docbook,
}  # fmt: skip


def texts(documents: int) -> list[list[str]]:
    """The paragraphs of each file."""
    made = [
        [_MARKS.sub("", " ".join(part.sentences)) for part in parts if part.sentences]
        for parts in corpus.generate(documents).former.values()
    ]
    starts = range(0, len(made), JOINED)
    return [[text for one in made[at : at + JOINED] for text in one] for at in starts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--toolkit", metavar="PYTHON", help="a Python that has translate-toolkit")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    files = texts(asked.documents)
    with tempfile.TemporaryDirectory(dir=FAST_DISK) as name:
        folder = Path(name)
        print(HEAD)
        for suffix, make in MADE.items():
            source = folder / suffix
            source.mkdir()
            for number, paragraphs in enumerate(files):
                (source / f"d{number:03}.{suffix}").write_bytes(make(paragraphs))
            ours = our_project(folder / f"ours-{suffix}", sorted(source.iterdir()))
            steps = {OURS: Step([*PROGRAM, "extract"], ours)}
            if asked.toolkit and suffix == "odt":
                theirs = [asked.toolkit, "-m", "translate.convert.odf2xliff", "--progress=none"]
                steps[PEER] = Step([*theirs, str(source), str(folder / "theirs")], folder)
            costs = interleaved(steps, asked.rounds)
            if suffix == "odt":
                print(faster("extract odt", costs, PEER, 5))
            else:
                print(Row(f"extract {suffix}", str(costs[OURS])))


if __name__ == "__main__":
    main()
