"""The corpus: Markdown documents of generated prose, their edited version, and translations.

Every word list and every sentence pattern is ours; the same seed gives the same bytes. A word is
drawn by rank, the frequent ones often, and every fourth sentence names an invented place or
person, so that words are about as rare and as common as in prose.

    python corpus.py FOLDER DOCUMENTS

writes FOLDER/texts/*.md, FOLDER/edited/*.md, and catalogs of all sentences: old.po, new.pot and
truth.json (new sentence to former one), the same for the first 100 documents in FOLDER/slice/.
"""

# ruff: noqa: SIM905 - a list of words reads best as words

from __future__ import annotations

import json
import random
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

SEED = 1918
SENTENCES = 30
"""Sentences of a document."""
CHANGED, INSERTED = 0.10, 0.05
"""Of a hundred sentences, in the edited version."""
SLICE = 100
"""Documents of the slice."""

NOUNS = """
house road river garden letter teacher market bridge window morning village mountain harbour
station library orchard carpet lantern workshop neighbour soldier doctor meadow forest kitchen
winter summer journey story song table newspaper museum cellar tower valley stone ladder blanket
ship wagon baker carpenter shepherd painter printer captain widow orphan mayor clerk judge
prisoner witness memory silence promise rumour question answer lesson habit mistake quarrel
harvest drought flood storm shadow candle mirror needle thread button pocket basket barrel bottle
hammer saw plough saddle bell drum violin chapel school hospital bakery mill quarry mine ferry
lighthouse island desert shore cliff cave well fountain stairway corridor balcony chimney roof
fence gate courtyard alley square avenue suburb province border frontier passport luggage ticket
platform carriage engine signal timetable almanac ledger diary dictionary manuscript portrait
sculpture melody rhythm rehearsal audience curtain costume recipe pepper saffron pomegranate
walnut chestnut apricot vineyard cotton wool linen silk leather copper iron silver
""".split()
VERBS = """
saw remembered described carried repaired painted counted opened closed followed avoided crossed
measured copied translated printed sold bought borrowed returned promised forgot answered repeated
noticed recognised defended abandoned rebuilt planted watered gathered guarded visited left
reached mentioned praised blamed trusted doubted understood taught learned studied collected
arranged cleaned hid found lost kept broke fixed washed wrapped unfolded signed refused accepted
welcomed interrupted celebrated mourned imagined invented discovered searched examined compared
explained drew carved wove cooked tasted shared
""".split()
ADJECTIVES = """
old new narrow wide quiet noisy distant nearby wooden stone empty crowded bright dark cold warm
early late long short heavy light patient careless generous stubborn famous forgotten ordinary
strange familiar foreign local ancient modern broken ripe bitter sweet dusty clean silent hollow
crooked straight gentle stern cheerful tired hungry thirsty honest clever modest proud lonely
faithful curious cautious sudden slow quick steady uncertain northern southern eastern western
official private public temporary permanent precious worthless enormous tiny golden grey crimson
""".split()
ADVERBS = """
slowly quickly often seldom never always yesterday finally almost together alone carefully quietly
loudly gladly reluctantly suddenly gradually twice again elsewhere nearby somehow perhaps indeed
usually openly secretly patiently eagerly
""".split()
PREPOSITIONS = (
    "near behind under beyond inside above beside after before without during around".split()
)
JOINTS = "because although while when until before after since whereas unless".split()
PRONOUNS = "she he they we somebody everyone nobody".split()
DETERMINERS = "the a his her their every another this that our".split()
SYLLABLES = "ka ma ro ta ve li sho dun bar nes or il ush gar pel tir han zo mey lan".split()
RUSSIAN = """
дом дорога река сад письмо учитель рынок мост окно утро деревня гора гавань вокзал книга ковёр
фонарь сосед солдат врач луг лес кухня зима лето путь рассказ песня стол газета музей подвал башня
долина камень лестница корабль пекарь плотник пастух художник капитан вдова сирота судья свидетель
память тишина обещание слух вопрос ответ урок привычка ошибка ссора урожай засуха буря тень свеча
зеркало игла нить пуговица карман корзина бочка бутылка молоток пила плуг седло колокол барабан
скрипка школа больница мельница шахта паром маяк остров пустыня берег утёс пещера колодец крыша
забор ворота двор площадь граница билет вагон сигнал словарь рукопись портрет мелодия зритель
занавес рецепт перец шафран гранат орех каштан абрикос хлопок шерсть шёлк кожа медь железо серебро
видел помнил чинил считал открыл закрыл мерил купил продал вернул забыл понял учил собрал нашёл
старый новый узкий тихий дальний тёмный холодный тёплый ранний поздний долгий лёгкий щедрый упрямый
медленно быстро часто редко никогда всегда вчера наконец вместе осторожно тихо громко снова
""".split()

_KEPT = re.compile(r"`[^`]*`|\]\([^)]*\)|([A-Za-z]+)")


def russian(text: str) -> str:
    """The translation of a text: a Cyrillic word for a word; markup, links and code as they are."""

    def word(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        number = sum(map(ord, match[1].lower())) * 31 + len(match[1])
        found = RUSSIAN[number % len(RUSSIAN)]
        return found.capitalize() if match[1][0].isupper() else found

    return _KEPT.sub(word, text)


class Writer:
    """Writes sentences, none twice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._used: set[str] = set()
        self._by_rank: dict[int, list[float]] = {}

    def word(self, words: list[str]) -> str:
        """A word of a list, the first ones more often."""
        if len(words) not in self._by_rank:
            ranks = accumulate(1 / (rank + 8) for rank in range(len(words)))
            self._by_rank[len(words)] = list(ranks)
        return self.dice.choices(words, cum_weights=self._by_rank[len(words)])[0]

    def name(self) -> str:
        return "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 4))).capitalize()

    def thing(self) -> str:
        adjective = f"{self.word(ADJECTIVES)} " if self.dice.random() < 0.55 else ""
        return f"{self.word(DETERMINERS)} {adjective}{self.word(NOUNS)}"

    def clause(self) -> str:
        who = self.word(PRONOUNS) if self.dice.random() < 0.3 else self.thing()
        adverb = f"{self.word(ADVERBS)} " if self.dice.random() < 0.3 else ""
        where = f" {self.word(PREPOSITIONS)} {self.thing()}" if self.dice.random() < 0.6 else ""
        return f"{who} {adverb}{self.word(VERBS)} {self.thing()}{where}"

    def sentence(self) -> str:
        while True:
            dice = self.dice.random()
            said = self.clause()
            if dice < 0.7:
                said += f", {self.dice.choice(('and', 'but', 'so'))} {self.clause()}"
            if dice < 0.22:
                said += f" {self.word(JOINTS)} {self.clause()}"
            if self.dice.random() < 0.25:
                said += f" {self.dice.choice(('in', 'from', 'near'))} {self.name()}"
            said = said[0].upper() + said[1:] + self.dice.choices("..........?!")[0]
            if self.fresh(said):
                return said

    def marked(self) -> str:
        """A sentence, of which some have a word in emphasis, a link or inline code."""
        said = self.sentence()
        if self.dice.random() > 0.14:
            return said
        first, _, rest = said.partition(" ")
        word, _, rest = rest.partition(" ")
        form = self.dice.choice(("*{}*", "**{}**", "[{}](https://example.org/{})", "`{}`"))
        return f"{first} {form.format(word, word)} {rest}"

    def edited(self, said: str) -> str:
        """The sentence with one to three words replaced, inserted or deleted."""
        while True:
            words = said.split(" ")
            for _ in range(self.dice.randint(1, 3)):
                at = self.dice.randrange(1, len(words) - 1)
                kind = self.dice.choice(("replace", "insert", "delete"))
                if kind == "insert" or len(words) < 6:
                    words.insert(at, self.word(ADVERBS + ADJECTIVES))
                elif kind == "delete":
                    del words[at]
                else:
                    words[at] = self.word(NOUNS + VERBS + ADJECTIVES)
            after = " ".join(words)
            if self.fresh(after):
                return after

    def fresh(self, said: str) -> bool:
        if said in self._used:
            return False
        self._used.add(said)
        return True


@dataclass
class Part:
    """A block of a document."""

    kind: str
    sentences: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The block in Markdown."""
        text = " ".join(self.sentences)
        if self.kind == "heading":
            return [f"## {text}"]
        if self.kind == "list":
            return [f"- {said}" for said in self.sentences]
        if self.kind == "quote":
            return textwrap.wrap(text, 80, initial_indent="> ", subsequent_indent="> ", **_WRAP)
        if self.kind == "table":
            rows = [f"| {cell} | {len(cell)} |" for cell in self.sentences]
            return ["| Sentence | Length |", "| --- | --- |", *rows]
        if self.kind == "code":
            return ["```python", "for page in pages:", "    print(page.title)", "```"]
        return textwrap.wrap(text, 80, **_WRAP) if self.kind == "wrapped" else [text]


_WRAP = {"break_long_words": False, "break_on_hyphens": False}
_KINDS = {"wrapped": 46, "unwrapped": 22, "list": 12, "quote": 7, "table": 3, "heading": 10}


def document(writer: Writer) -> list[Part]:
    """Blocks of a document: a heading first, and a block of code in one of three."""
    parts = [Part("heading", [writer.sentence()])]
    left = SENTENCES - 1
    while left:
        kind = writer.dice.choices(list(_KINDS), list(_KINDS.values()))[0]
        if kind == "heading" and (parts[-1].kind == "heading" or left == 1):
            continue
        size = 1 if kind == "heading" else min(left, writer.dice.randint(2, 6))
        plain = kind in ("heading", "table")
        said = [writer.sentence() if plain else writer.marked() for _ in range(size)]
        parts.append(Part(kind, said))
        left -= size
    if writer.dice.random() < 1 / 3:
        parts.insert(writer.dice.randrange(1, len(parts) + 1), Part("code"))
    return parts


def edit(writer: Writer, parts: list[Part], truth: dict[str, str]) -> list[Part]:
    """The edited document; what each changed sentence was goes into `truth`."""
    after = []
    for part in parts:
        said: list[str] = []
        for sentence in part.sentences:
            now = sentence
            if writer.dice.random() < CHANGED:
                now = writer.edited(sentence)
                truth[now] = sentence
            said.append(now)
            if part.kind != "heading" and writer.dice.random() < INSERTED:
                said.append(writer.sentence())
        after.append(Part(part.kind, said))
    return after


def markdown(parts: list[Part]) -> str:
    return "\n\n".join("\n".join(part.lines()) for part in parts) + "\n"


def messages(name: str, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Each sentence of a document as in a catalog, and its comments with its block's line."""
    line = 1
    for part in parts:
        comments = f"#. {part.kind}\n#: texts/{name}:{line}\n"
        for said in part.sentences:
            yield said, comments
        line += len(part.lines()) + 1


@dataclass
class Corpus:
    """Documents by name, before and after the editing."""

    former: dict[str, list[Part]]
    edited: dict[str, list[Part]]
    truth: dict[str, str]

    def write_catalogs(self, folder: Path, size: int) -> None:
        """old.po, new.pot and truth.json of the first documents."""
        from dragoman.catalogs.template import header
        from dragoman.po.entry import rendered

        folder.mkdir(parents=True, exist_ok=True)
        for file, documents, locale in (
            ("old.po", self.former, "ru"),
            ("new.pot", self.edited, None),
        ):
            out = [header("benchmark", locale).raw]
            for name in list(documents)[:size]:
                for said, comments in messages(name, documents[name]):
                    target = russian(said) if locale else ""
                    out.append(rendered((None, said), comments, target))
            (folder / file).write_text("\n".join(out), encoding="utf-8")
        names = list(self.edited)[:size]
        new = {said for name in names for said, _ in messages(name, self.edited[name])}
        truth = {now: was for now, was in self.truth.items() if now in new}
        (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")


def generate(size: int) -> Corpus:
    writer = Writer(SEED)
    truth: dict[str, str] = {}
    former = {f"d{number:04}.md": document(writer) for number in range(size)}
    edited = {name: edit(writer, parts, truth) for name, parts in former.items()}
    return Corpus(former, edited, truth)


def main(folder: Path, size: int) -> None:
    corpus = generate(size)
    for below, documents in (("texts", corpus.former), ("edited", corpus.edited)):
        (folder / below).mkdir(parents=True)
        for name, parts in documents.items():
            (folder / below / name).write_text(markdown(parts), encoding="utf-8")
    corpus.write_catalogs(folder, size)
    corpus.write_catalogs(folder / "slice", SLICE)
    said = [s for parts in corpus.former.values() for part in parts for s in part.sentences]
    facts = {
        "documents": size,
        "sentences": len(said),
        "characters": round(sum(map(len, said)) / len(said)),
        "distinct": len(set(said)),
        "bytes": sum(path.stat().st_size for path in (folder / "texts").iterdir()),
        "changed": len(corpus.truth),
    }
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
