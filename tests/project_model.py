"""A project worked on at random: what its people wrote, and whether all of it is still there.

Authors change, split, join and move sentences; texts are renamed, split, joined and deleted;
translators fill, correct and accept; programs empty drafts; branches part and merge. After every
step each text that a person wrote, and no person took out, must stand in some catalog: as a
translation, in an obsolete entry, or in a comment. And a second update must change nothing.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from dragoman import po
from dragoman.catalogs.merge import merge
from dragoman.pipeline.catalogs.update import update
from dragoman.po import PoFile
from dragoman.project import find

WORDS = re.findall(
    r"\w+",
    "the old harbour keeps its boats under a grey sky while people wait for news from north of "
    "every street and nobody knows who will speak first when morning comes with lamps",
)
SETTINGS = 'name = "model"\nlocales = ["ru"]\nkeep_numbers = true\n'
LOCALE = "locales/ru/LC_MESSAGES/"
Tree = dict[str, bytes]


@dataclass
class Branch:
    """A line of work: its files, what people wrote on it, and what they took out again."""

    tree: Tree
    base: Tree
    written: set[str] = field(default_factory=set)
    taken_out: set[str] = field(default_factory=set)


class Model:
    """A project of a few texts in one locale."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.rng = random.Random(seed)
        self.counter = 0
        self.did: Counter[str] = Counter()
        self.branch = Branch({}, {})
        self.other: Branch | None = None
        (root / ".git").mkdir(exist_ok=True)
        (root / "dragoman.toml").write_text(SETTINGS)
        for _ in range(3):
            self.add_text()
        self.update()
        self.translate()

    # --- files ---

    def texts(self) -> dict[str, list[list[str]]]:
        """Each text's paragraphs of sentences."""
        found = {}
        for path in sorted((self.root / "source_texts").rglob("*.md")):
            name = str(path.relative_to(self.root / "source_texts"))
            blocks = path.read_text().strip().split("\n\n")
            found[name] = [[f"{s.rstrip('.')}." for s in block.split(". ")] for block in blocks]
        return found

    def write(self, name: str, paragraphs: list[list[str]]) -> None:
        path = self.root / "source_texts" / name
        paragraphs = [sentences for sentences in paragraphs if sentences]
        if not paragraphs:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(map(" ".join, paragraphs)) + "\n")

    def tree(self) -> Tree:
        """Every file of the project that is kept in version control."""
        folders = (self.root / "source_texts", self.root / "locales")
        paths = [path for folder in folders for path in sorted(folder.rglob("*"))]
        return {str(p.relative_to(self.root)): p.read_bytes() for p in paths if p.is_file()}

    def check_out(self, tree: Tree) -> None:
        for name in ("source_texts", "locales"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        for name, data in tree.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    # --- authors ---

    def sentence(self) -> str:
        self.counter += 1
        words = [self.rng.choice(WORDS) for _ in range(self.rng.randint(1, 9))]
        if self.rng.random() < 0.7:
            words.append(str(self.counter))
        return f"{' '.join(words).capitalize()}."

    def new_name(self) -> str:
        self.counter += 1
        return self.rng.choice(["", "news/", "old/"]) + f"t{self.counter}.md"

    def add_text(self) -> None:
        sentences = [[self.sentence() for _ in range(self.rng.randint(1, 4))] for _ in range(3)]
        self.write(self.new_name(), sentences)

    def edit_text(self) -> None:
        texts = self.texts()
        if not texts:
            return self.add_text()
        name = self.rng.choice(list(texts))
        paragraphs = texts[name]
        for _ in range(self.rng.randint(1, 3)):
            sentences = self.rng.choice(paragraphs)
            if not sentences:
                continue
            at = self.rng.randrange(len(sentences))
            words = sentences[at].rstrip(".").split(" ")
            match self.rng.randrange(7):
                case 0 | 1:
                    words[self.rng.randrange(len(words))] = self.rng.choice(WORDS)
                    sentences[at] = f"{' '.join(words)}."
                case 2:
                    sentences.insert(at, self.sentence())
                case 3:
                    del sentences[at]
                case 4 if len(words) > 1:
                    half = len(words) // 2
                    halves = (words[:half], words[half:])
                    sentences[at : at + 1] = [f"{' '.join(part).capitalize()}." for part in halves]
                case 5 if at + 1 < len(sentences):
                    sentences[at : at + 2] = [f"{sentences[at].rstrip('.')}, {sentences[at + 1]}"]
                case 6:
                    other = self.rng.choice(list(texts))
                    moved = sentences.pop(at)
                    texts[other][0].append(moved)
                    self.write(other, texts[other])
        self.write(name, paragraphs)
        return None

    def rename_text(self) -> None:
        texts = self.texts()
        if texts:
            name = self.rng.choice(list(texts))
            self.write(self.new_name(), texts[name])
            self.write(name, [])

    def split_text(self) -> None:
        texts = self.texts()
        if texts:
            name = self.rng.choice(list(texts))
            half = (len(texts[name]) + 1) // 2
            self.write(name, [])
            self.write(self.new_name(), texts[name][:half])
            self.write(self.new_name(), texts[name][half:])

    def join_texts(self) -> None:
        texts = self.texts()
        if len(texts) > 2:
            one, other = self.rng.sample(list(texts), 2)
            self.write(other, [])
            if self.rng.random() < 0.5:
                self.write(one, [*texts[one], *texts[other]])
            else:
                self.write(one, [])
                self.write(self.new_name(), [*texts[one], *texts[other]])

    def delete_text(self) -> None:
        texts = self.texts()
        if len(texts) > 2:
            self.write(self.rng.choice(list(texts)), [])

    # --- translators ---

    def translate(self) -> None:
        """Fill, correct, accept and remark; what a person replaces, that person took out."""
        for path in sorted((self.root / LOCALE).rglob("*.po")):
            file = po.parse(path.read_bytes())
            for place, entry in enumerate(file.entries):
                chance = self.rng.random()
                if not entry.msgid or entry.obsolete:
                    continue
                if not entry.msgstr and chance < 0.5:
                    file.entries[place] = entry.replaced(msgstr=self.words())
                elif entry.fuzzy and chance < 0.3:
                    file.entries[place] = entry.replaced(comments=entry.without_flag("fuzzy"))
                elif entry.msgstr and chance < 0.1:
                    self.take_out(entry.msgstr)
                    file.entries[place] = entry.replaced(msgstr=self.words())
                elif chance < 0.15:
                    comments = f"# {self.words()}\n{entry.comments}"
                    file.entries[place] = entry.replaced(comments=comments)
            path.write_bytes(file.write())

    def words(self) -> str:
        self.counter += 1
        said = f"Слово {self.counter} сказано."
        self.branch.written.add(said)
        return said

    def take_out(self, target: str) -> None:
        self.branch.taken_out |= {said for said in self.branch.written if said in target}

    def empty_drafts(self) -> None:
        """As a program does that drops what is fuzzy, where its translation stands obsolete too."""
        for path in sorted((self.root / LOCALE).rglob("*.po")):
            file = po.parse(path.read_bytes())
            asleep = {entry.msgstr for entry in file.entries if entry.obsolete}
            for place, entry in enumerate(file.entries):
                if not entry.obsolete and entry.fuzzy and entry.msgstr in asleep:
                    comments = entry.without_flag("fuzzy")
                    file.entries[place] = entry.replaced(msgstr="", comments=comments)
            path.write_bytes(file.write())

    # --- programs and branches ---

    def update(self) -> None:
        update(find(str(self.root)))
        before = self.tree()
        update(find(str(self.root)))
        after = self.tree()
        changed = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
        assert not changed, f"a second update changed {changed}"

    def part(self) -> None:
        """Begin a branch, or go on with the other one."""
        self.branch.tree = self.tree()
        if self.other is None:
            tree, said = self.branch.tree, (set(self.branch.written), set(self.branch.taken_out))
            self.branch.base = tree
            self.other = Branch(tree, tree, *said)
        self.branch, self.other = self.other, self.branch
        self.check_out(self.branch.tree)

    def merge(self) -> None:
        """Merge the other branch; of texts that both changed the author takes ours."""
        if self.other is None:
            return
        base, ours, theirs = self.branch.base, self.tree(), self.other.tree
        made = {}
        for name in sorted({*ours, *theirs}):
            was, one, other = base.get(name), ours.get(name), theirs.get(name)
            if name.endswith(".po") and one is not None and other is not None:
                sides = (po.parse(side) if side else PoFile() for side in (was, one, other))
                made[name] = merge(*sides).po.write()
            else:
                found = one if other == was else other if one == was else one or other
                if found is not None:
                    made[name] = found
        self.branch.written |= self.other.written
        self.branch.taken_out |= self.other.taken_out
        self.other = None
        self.check_out(made)

    def run(self, steps: int) -> None:
        """Go on for so many steps; raises AssertionError where anything is lost."""
        for _ in range(steps):
            self.step()

    def step(self) -> str:
        """Do something at random, and look whether everything is there; what was done."""
        acts = {
            self.edit_text: 30,
            self.update: 30,
            self.translate: 25,
            self.empty_drafts: 5,
            self.rename_text: 8,
            self.split_text: 3,
            self.join_texts: 3,
            self.delete_text: 2,
            self.add_text: 3,
            self.part: 12,
            self.merge: 6,
        }
        (act,) = self.rng.choices(list(acts), list(acts.values()))
        act()
        self.did[act.__name__] += 1
        self.check(act.__name__)
        return act.__name__

    def check(self, act: str) -> None:
        """Every text that a person wrote stands in some catalog."""
        said = "\0".join(
            f"{entry.msgstr}\0{entry.comments}"
            for path in (self.root / LOCALE).rglob("*.po")
            for entry in po.parse(path.read_bytes()).entries
        )
        lost = [x for x in self.branch.written - self.branch.taken_out if x not in said]
        assert not lost, f"lost in {act} after {sum(self.did.values())} steps: {sorted(lost)}"
