"""What is left of translations when their texts are edited: `python benchmarks/salvage.py`.

Documents of paragraphs are translated, then a thousand paragraphs are edited: a typo, another
word, a sentence inserted, split, joined with its neighbour or rewritten, a paragraph moved. Every
translation of a sentence that is still right afterwards is looked for: does it stand as done, does
a draft propose it, or is it gone? Beside dragoman, po4a with its msgmerge does the same.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import SEED, Writer, russian
from dragoman import po

KINDS = ("typo", "word", "inserted", "split", "joined", "moved", "rewritten")
ENDS = ("done", "proposed", "gone")


@dataclass
class Paragraph:
    """A paragraph before and after its edit."""

    before: list[str]
    after: list[str] = field(default_factory=list)
    kind: str = ""
    valid: list[str] = field(default_factory=list)
    """Former sentences of which the translation is still right."""
    fresh: list[str] = field(default_factory=list)
    """Sentences that nobody has translated."""


# --- editing --------------------------------------------------------------------------------


def misspelled(dice: random.Random, said: str) -> str:
    """The sentence with two neighbouring letters of a long word swapped."""
    pairs = [
        at
        for at in range(2, len(said) - 3)
        if said[at - 1 : at + 3].isalpha() and said[at] != said[at + 1]
    ]
    at = dice.choice(pairs)
    return said[:at] + said[at + 1] + said[at] + said[at + 2 :]


def reworded(dice: random.Random, writer: Writer, said: str) -> str:
    words = said.split(" ")
    at = dice.randrange(1, len(words) - 1)
    words[at] = writer.name().lower()
    return " ".join(words)


def halved(said: str) -> list[str]:
    """The sentence as two, parted after a word near the middle that is no abbreviation."""
    words = said.split(" ")
    middle = len(words) // 2
    places = [n for n in range(2, len(words) - 1) if len(words[n - 1]) > 4]
    half = min(places or [middle], key=lambda n: abs(n - middle))
    second = " ".join(words[half:])
    return [" ".join(words[:half]).rstrip(",") + ".", second[0].upper() + second[1:]]


def edit(dice: random.Random, writer: Writer, paragraph: Paragraph) -> None:
    """Fill in what a paragraph is after an edit of its kind."""
    said = list(paragraph.before)
    at = dice.randrange(len(said))
    paragraph.valid = list(said)
    match paragraph.kind:
        case "typo":
            said[at] = misspelled(dice, said[at])
        case "word":
            said[at] = reworded(dice, writer, said[at])
        case "inserted":
            paragraph.fresh = [writer.sentence()]
            said.insert(at, paragraph.fresh[0])
        case "split":
            said[at : at + 1] = halved(said[at])
        case "joined":
            at = min(at, len(said) - 2)
            one, other = said[at : at + 2]
            said[at : at + 2] = [f"{one.rstrip('.?!')}, and {other[0].lower()}{other[1:]}"]
        case "rewritten":
            paragraph.valid.remove(said[at])
            paragraph.fresh = [writer.sentence()]
            said[at] = paragraph.fresh[0]
    paragraph.after = said


@dataclass
class History:
    """Documents before and after, as lists of paragraphs."""

    before: dict[str, list[Paragraph]]
    after: dict[str, list[Paragraph]]

    def edited(self) -> list[Paragraph]:
        return [p for paragraphs in self.before.values() for p in paragraphs if p.kind]


def history(paragraphs: int, seed: int) -> History:
    """Twice as many paragraphs as are edited, forty a document."""
    writer = Writer(seed)
    dice = writer.dice
    whole = [
        Paragraph([writer.sentence() for _ in range(dice.randint(2, 6))])
        for _ in range(2 * paragraphs)
    ]
    for number, paragraph in enumerate(dice.sample(whole, paragraphs)):
        paragraph.kind = KINDS[number % len(KINDS)]
    for paragraph in whole:
        edit(dice, writer, paragraph)
    before = {f"d{n // 40:03}.md": whole[n : n + 40] for n in range(0, len(whole), 40)}
    after = {name: [p for p in said if p.kind != "moved"] for name, said in before.items()}
    names = list(before)
    for name, said in before.items():
        for paragraph in said:
            if paragraph.kind == "moved":
                there = after[name if dice.random() < 0.75 else dice.choice(names)]
                there.insert(dice.randrange(len(there) + 1), paragraph)
    return History(before, after)


def write(folder: Path, documents: dict[str, list[Paragraph]], now: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, paragraphs in documents.items():
        blocks = [" ".join(p.after if now else p.before) for p in paragraphs]
        (folder / name).write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


# --- the tools ------------------------------------------------------------------------------


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def with_dragoman(root: Path, told: History) -> Iterable[po.Entry]:
    (root / ".git").mkdir(parents=True)
    (root / "dragoman.toml").write_text('locales = ["ru"]\n')
    command = [sys.executable, "-m", "dragoman", "update"]
    return _updated(root, told, root / "source_texts", command, "locales/ru/**/*.po")


def with_po4a(root: Path, told: History) -> Iterable[po.Entry]:
    root.mkdir()
    (root / "po").mkdir()
    lines = ["[po4a_langs] ru", "[po4a_paths] po/all.pot $lang:po/$lang.po"]
    options = 'opt:"--option markdown --keep 0"'
    lines += [f"[type: text] texts/{name} $lang:out/{name} {options}" for name in told.before]
    (root / "po4a.cfg").write_text("\n".join(lines) + "\n")
    command = ["po4a", "--no-translations", "po4a.cfg"]
    return _updated(root, told, root / "texts", command, "po/*.po")


def _updated(
    root: Path, told: History, texts: Path, command: list[str], pattern: str
) -> Iterable[po.Entry]:
    """The entries of a tool's catalogs after its update to the edited texts."""
    write(texts, told.before, now=False)
    run(command, root)
    for path in root.glob(pattern):
        translate(path)
    write(texts, told.after, now=True)
    run(command, root)
    return [entry for path in root.glob(pattern) for entry in _entries(path)]


def _entries(path: Path) -> list[po.Entry]:
    return list(po.parse(path.read_bytes(), str(path)).messages())


def translate(path: Path) -> None:
    catalog = po.parse(path.read_bytes(), str(path))
    catalog.entries = [
        entry if entry is catalog.header else entry.replaced(msgstr=russian(entry.msgid))
        for entry in catalog.entries
    ]
    path.write_bytes(catalog.write())


# --- judging --------------------------------------------------------------------------------


def judge(told: History, entries: Iterable[po.Entry]) -> tuple[Counter[tuple[str, str]], int]:
    """Kind of edit and end of each translation that is still right; and needless proposals."""
    by_source = {entry.msgid: entry for entry in entries}
    counts: Counter[tuple[str, str]] = Counter()
    needless = 0
    for paragraph in told.edited():
        units = _units(paragraph, by_source)
        for said in paragraph.valid:
            counts[paragraph.kind, _end(russian(said), units)] += 1
        fresh = (by_source[said] for said in paragraph.fresh if said in by_source)
        needless += sum(bool(entry.msgstr) for entry in fresh)
    return counts, needless


def _units(paragraph: Paragraph, by_source: dict[str, po.Entry]) -> list[po.Entry]:
    """What a catalog has for a paragraph, be it as a whole or by sentences."""
    whole = by_source.get(" ".join(paragraph.after))
    return [whole] if whole else [by_source[said] for said in paragraph.after if said in by_source]


def _end(target: str, units: list[po.Entry]) -> str:
    holding = [entry for entry in units if target in entry.msgstr]
    if any(not entry.fuzzy for entry in holding):
        return "done"
    return "proposed" if holding else "gone"


def table(name: str, counts: Counter[tuple[str, str]], needless: int) -> str:
    lines = [f"{name:10}" + "".join(f"{end:>10}" for end in ENDS) + "   of"]
    for kind in (*KINDS, "all"):
        said = [sum(counts[k, end] for k in KINDS if kind in (k, "all")) for end in ENDS]
        shares = "".join(f"{share / sum(said):>10.1%}" for share in said)
        lines.append(f"{kind:10}{shares} {sum(said):6}")
    lines.append(f"drafts for sentences that nobody has translated: {needless}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=1_000, help="that are edited")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    told = history(asked.paragraphs, asked.seed)
    tools: dict[str, Callable[[Path, History], Iterable[po.Entry]]] = {"dragoman": with_dragoman}
    if shutil.which("po4a"):
        tools["po4a"] = with_po4a
    with tempfile.TemporaryDirectory() as folder:
        for name, tool in tools.items():
            print(table(name, *judge(told, tool(Path(folder) / name, told))), flush=True)


if __name__ == "__main__":
    main()
