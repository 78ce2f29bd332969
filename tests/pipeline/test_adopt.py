"""Adopting: what was rendered comes back into the catalogs, and nothing is overwritten."""

from __future__ import annotations

import random
import shutil

import pytest

from conftest import LOCALES, ROOT
from dragoman import po
from dragoman.alignment import Sentence, align
from dragoman.imports.document_import import as_markdown
from dragoman.parallel.rows import align as rows_of
from dragoman.pipeline.loader import Loader
from dragoman.project import find

TEXTS = ("baku-remembrance-address", "khojaly-memorial-day", "translators-guide")


def catalog(root, locale, text):
    data = (root / f"locales/{locale}/LC_MESSAGES/{text}.po").read_bytes()
    return po.parse(data)


def emptied(root, locale, text):
    found = catalog(root, locale, text)
    found.entries = [e.replaced(msgstr="") if e.msgid else e for e in found.entries]
    (root / f"locales/{locale}/LC_MESSAGES/{text}.po").write_bytes(found.write())


def told(root, locale, text):
    return {
        e.key: e.msgstr for e in catalog(root, locale, text).entries if e.msgid and not e.obsolete
    }


@pytest.fixture
def ours(place):
    for name in ("source_texts", "locales"):
        shutil.copytree(ROOT / name, place.root / name)
    shutil.copy(ROOT / "pyproject.toml", place.root)
    return place


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("form", ["own", "docx"])
def test_our_texts_come_back_identical(ours, locale, text, form):
    if form == "docx":
        pytest.importorskip("docx")
        ours.fine("export", "-f", "docx", "--columns", locale, "-t", text, "-o", "there.docx")
        file = "there.docx"
    else:
        ours.fine("build")
        file = next(
            str(p)
            for p in (ours.root / f"build/{locale}").glob(f"{text}.*")
            if p.suffix in (".md", ".txt")
        )
    before = told(ours.root, locale, text)
    emptied(ours.root, locale, text)
    ours.fine("adopt", file, "-t", text, "-l", locale)
    after = told(ours.root, locale, text)
    same = sum(after[key] == before[key] for key in before)
    assert same >= 0.98 * len(before)


def test_nothing_is_overwritten_and_sure_ones_are_done(ours):
    ours.fine("build")
    shutil.copytree(ours.root / "build/he", ours.root / "old")
    snapshot = ours.snapshot()
    ours.fine("adopt", "old/khojaly-memorial-day.txt", "-t", "khojaly-memorial-day", "-l", "he")
    assert ours.snapshot() == snapshot
    emptied(ours.root, "he", "khojaly-memorial-day")
    ours.fine("adopt", "old/khojaly-memorial-day.txt", "-t", "khojaly-memorial-day", "-l", "he")
    entries = [e for e in catalog(ours.root, "he", "khojaly-memorial-day").entries if e.msgid]
    assert sum(not e.fuzzy for e in entries) > len(entries) / 2
    assert all("origin=imported khojaly-memorial-day.txt" in e.comments for e in entries)


def test_another_text_is_refused(ours):
    ours.fine("build")
    emptied(ours.root, "ru", "baku-remembrance-address")
    snapshot = ours.snapshot()
    run = ours.run(
        "adopt", "build/ru/translators-guide.md", "-t", "baku-remembrance-address", "-l", "ru"
    )
    assert run.code == 2
    assert "hardly a translation" in run.err
    assert ours.snapshot() == snapshot


def test_a_corrected_report_is_followed(ours):
    ours.fine("build")
    emptied(ours.root, "ru", "khojaly-memorial-day")
    base = ("adopt", "build/ru/khojaly-memorial-day.txt", "-t", "khojaly-memorial-day", "-l", "ru")
    ours.fine(*base, "--dry-run", "--report", "a.tsv")
    lines = ours.read("a.tsv").split("\n")
    assert lines[1].startswith(("0.", "1.0"))
    cells = [line.split("\t") for line in lines if line]
    cells[3][2], cells[2][2] = f"{cells[2][2]}-{cells[3][2]}", ""
    ours.write("a.tsv", "\n".join("\t".join(row) for row in cells) + "\n")
    ours.fine(*base, "--review", "a.tsv")
    targets = list(told(ours.root, "ru", "khojaly-memorial-day").values())
    assert targets[1] == ""
    assert targets[2].count(".") >= 2
    ours.write("a.tsv", ours.read("a.tsv").replace("\t4\t", "\tx\t", 1))
    run = ours.run(*base, "--review", "a.tsv")
    assert (run.code, run.err.count("\n")) == (2, 1)


def test_a_report_shows_each_side_in_its_direction(ours):
    ours.fine("build")
    ours.fine(
        "adopt",
        "build/he/khojaly-memorial-day.txt",
        "-t",
        "khojaly-memorial-day",
        "-l",
        "he",
        "--dry-run",
        "--report",
        "a.html",
    )
    assert '<td lang="he" dir="rtl">' in ours.read("a.html")


def test_align_any_two_files(ours):
    ours.fine("build")
    pair = (
        "source_texts/khojaly-memorial-day.txt",
        "build/az/khojaly-memorial-day.txt",
        "--to",
        "az",
    )
    rows = ours.fine("align", *pair).out.splitlines()
    assert len(rows) == 36
    for suffix in ("tmx", "jsonl", "html"):
        ours.fine("align", *pair, "-o", f"a.{suffix}")
    assert ours.read("a.tmx").count("<tu>") == 35


def test_html_and_docx_become_markdown():
    page = b"<html><head><script>x</script></head><body><h2>A *b*</h2><p>1. One <a href='u'>two</a><br>three</p><ul><li>x</ul>"
    assert as_markdown(page, "a.html") == "## A \\*b\\*\n\n\\1. One [two](u)\\\nthree\n\n- x\n"


def edited(rows, seed, gap=0):
    """Both sides with a third of neighbours joined on one of them, and a stretch left out."""
    rng = random.Random(seed)
    out = rng.randrange(len(rows) - gap) if gap else -1
    mine, theirs, gold = [], [], set()
    i = 0
    while i < len(rows):
        (source, target), block = rows[i][:2], rows[i][2]
        if out <= i < out + gap:
            mine.append(Sentence(source, block))
            i += 1
            continue
        more = (
            rows[i + 1]
            if i + 1 < len(rows) and rows[i + 1][2] == block and rng.random() < 0.35
            else None
        )
        a, b = len(mine), len(theirs)
        if more and rng.random() < 0.5:
            mine += [Sentence(source, block), Sentence(more[0], block)]
            theirs.append(Sentence(f"{target.rstrip('.')}, {more[1]}", block))
        elif more:
            mine.append(Sentence(f"{source} {more[0]}", block))
            theirs += [Sentence(target, block), Sentence(more[1], block)]
        else:
            mine.append(Sentence(source, block))
            theirs.append(Sentence(target, block))
        gold.add(((a, len(mine)), (b, len(theirs))))
        i += 2 if more else 1
    return mine, theirs, gold


def f1(beads, gold):
    got = {
        (b.source, b.target)
        for b in beads
        if b.source[0] < b.source[1] and b.target[0] < b.target[1]
    }
    return 2 * len(got & gold) / (len(got) + len(gold))


@pytest.mark.parametrize("locale", LOCALES)
def test_joined_and_missing_sentences_are_aligned(locale):
    project = find(str(ROOT))
    loader = Loader(project)
    joined, gapped = [], []
    for text in [t for t in project.texts() if t.domain in TEXTS[:2]]:
        parallel = rows_of(loader.document(text), text.domain, "en", [loader.catalog(text, locale)])
        rows = [
            (*(c.text for c in row.cells), n)
            for n, block in enumerate(parallel.blocks)
            for row in block.rows
        ]
        for seed in range(2):
            mine, theirs, gold = edited(rows, seed)
            assert sum(s[1] - s[0] + t[1] - t[0] > 2 for s, t in gold) >= 0.1 * len(gold)
            joined.append(f1(align(mine, theirs, "en", locale).beads, gold))
            mine, theirs, gold = edited(rows, seed, gap=5)
            gapped.append(f1(align(mine, theirs, "en", locale).beads, gold))
    assert sum(joined) / len(joined) >= 0.97
    assert sum(gapped) / len(gapped) >= 0.90


def test_a_file_in_another_language_is_refused(ours):
    ours.fine("build")
    emptied(ours.root, "ru", "khojaly-memorial-day")
    snapshot = ours.snapshot()
    for other in ("build/he", "build/az", "source_texts"):
        file = f"{other}/khojaly-memorial-day.txt"
        run = ours.run("adopt", file, "-t", "khojaly-memorial-day", "-l", "ru")
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert "reads like" in run.err
    assert ours.snapshot() == snapshot


@pytest.mark.parametrize("locale", LOCALES)
def test_a_third_of_the_texts_comes_back(ours, locale):
    """Every third unit is taken out of the catalogs and adopted back; the rest stays as it is."""
    ours.fine("build")
    before, after = {}, {}
    for text in TEXTS:
        found = catalog(ours.root, locale, text)
        before |= {(text, *key): value for key, value in told(ours.root, locale, text).items()}
        found.entries = [
            e.replaced(msgstr="") if e.msgid and n % 3 == 0 else e
            for n, e in enumerate(found.entries)
        ]
        (ours.root / f"locales/{locale}/LC_MESSAGES/{text}.po").write_bytes(found.write())
        file = next(
            p for p in (ours.root / f"build/{locale}").glob(f"{text}.*") if p.suffix != ".mo"
        )
        ours.fine("adopt", str(file), "-t", text, "-l", locale)
        after |= {(text, *key): value for key, value in told(ours.root, locale, text).items()}
    assert sum(after[key] == before[key] for key in before) >= 0.98 * len(before)


def test_align_says_when_files_do_not_belong_together(ours):
    ours.fine("build")
    run = ours.run(
        "align",
        "source_texts/translators-guide.md",
        "build/ru/khojaly-memorial-day.txt",
        "--to",
        "ru",
    )
    assert run.code == 0
    assert "hardly translations" in run.err


def test_a_glossary_and_known_sentences_lead_the_way():
    """Nothing but the glossary tells the two orders apart."""
    mine = [
        Sentence("The weaver sings."),
        Sentence("The smith is here."),
        Sentence("The weaver is here."),
    ]
    theirs = [Sentence("אורג שר."), Sentence("אורג כאן.")]
    terms = [("weaver", "אורג"), ("smith", "נפח")] * 3
    known = [("The weaver is here.", "אורג כאן.")]
    beads = align(mine, theirs, "en", "he", [*terms, *known]).beads
    assert ((2, 3), (1, 2)) in {(b.source, b.target) for b in beads}


class Lookup:
    """An encoder that knows what each sentence is about."""

    def __init__(self):
        self.asked = []

    def encode(self, texts, lang):
        self.asked.append(lang)
        return [[1.0, 0.0] if "cat" in text or "pişik" in text else [0.0, 1.0] for text in texts]


def test_an_encoder_is_a_plug_in(ours):
    mine = [Sentence("It is a cat."), Sentence("It is a dog."), Sentence("It is a cat.")]
    theirs = [Sentence("Bu, itdir."), Sentence("Bu, pişikdir.")]
    lookup = Lookup()
    beads = align(mine, theirs, "en", "az", encoder=lookup).beads
    assert {((1, 2), (0, 1)), ((2, 3), (1, 2))} <= {(b.source, b.target) for b in beads}
    assert lookup.asked == ["en", "az"]
    ours.fine("build")
    pair = (
        "align",
        "source_texts/khojaly-memorial-day.txt",
        "build/az/khojaly-memorial-day.txt",
        "--to",
        "az",
    )
    run = ours.run(*pair, "--encoder", "nobody")
    assert (run.code, run.err.count("\n")) == (2, 1)


def test_a_glossary_is_read_as_what_it_is(ours):
    ours.fine("build")
    ours.write("terms.csv", "source,locale,preferred\nKhojaly,az,Xocalı\n")
    ours.write("terms.txt", "Khojaly = Xocalı\n")
    text = "khojaly-memorial-day.txt"
    pair = ("align", f"source_texts/{text}", f"build/az/{text}", "--to", "az", "--glossary")
    assert ours.run(*pair, "terms.csv").code == 0
    for name, said in (
        ("terms.txt", "not a .tbx or .csv file"),
        ("gone.csv", "there is no such file"),
    ):
        run = ours.run(*pair, name)
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert f"{name}: {said}" in run.err


def test_catalogs_memories_and_terms_are_hints(ours):
    """What the catalogs, a memory and the glossary know of a language pair is learnt from."""
    from dragoman.pipeline.align.pair_hints import hints

    project = find(str(ours.root))
    loader = Loader(project)
    said = [Sentence("The weaver is here.")]
    before = set(hints(project, loader, said, "he"))
    assert len(before) > 100
    ours.write(
        "old.tmx",
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" '
        'adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>The weaver is '
        'here.</seg></tuv><tuv xml:lang="he"><seg>האורג כאן.</seg></tuv></tu></body></tmx>',
    )
    ours.fine("memory", "import", "old.tmx")
    after = set(hints(find(str(ours.root)), loader, said, "he"))
    assert after - before == {("The weaver is here.", "האורג כאן.")}


# --- what somebody wrote stays ---

FERRY = (
    "The ferry left at noon. Nobody waved.\n\nWe counted 48 lamps. The harbour closed at 6 p.m.\n"
)
FERRY_RU = "Паром ушёл в полдень. Никто не махал рукой.\n\nМы насчитали 48 фонарей. Гавань закрылась в 18:00.\n"


@pytest.fixture
def ferry(place):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write("source_texts/ferry.txt", FERRY)
    place.fine("update")
    place.write("old/ferry.ru.txt", FERRY_RU)
    return place


def entries(place, text="ferry"):
    return {e.msgid: e for e in catalog(place.root, "ru", text).entries if e.msgid}


def typed(place, msgid, msgstr, fuzzy=False):
    found = catalog(place.root, "ru", "ferry")
    found.entries = [
        (e.flagged("fuzzy") if fuzzy else e).replaced(msgstr=msgstr) if e.msgid == msgid else e
        for e in found.entries
    ]
    (place.root / "locales/ru/LC_MESSAGES/ferry.po").write_bytes(found.write())


@pytest.mark.parametrize("fuzzy", [True, False])
def test_what_somebody_typed_stays_with_the_files_wording_beside_it(ferry, fuzzy):
    typed(ferry, "Nobody waved.", "Не махал никто.", fuzzy)
    for _ in range(2):  # the second time adds nothing
        ferry.fine("adopt", "old/ferry.ru.txt", "-t", "ferry", "-l", "ru", "--least", "0")
        entry = entries(ferry)["Nobody waved."]
        assert (entry.msgstr, entry.fuzzy) == ("Не махал никто.", fuzzy)
        assert entry.comments.count("# suggestion (ferry.ru.txt): “Никто не махал рукой.”") == 1
        assert "dragoman:" not in entry.comments
    assert entries(ferry)["We counted 48 lamps."].msgstr == "Мы насчитали 48 фонарей."


def test_a_draft_is_replaced_where_the_command_says_so_and_kept_beside(ferry):
    typed(ferry, "Nobody waved.", "Не махал никто.", fuzzy=True)
    typed(ferry, "We counted 48 lamps.", "Готово: 48.")
    ferry.fine("adopt", "old/ferry.ru.txt", "-t", "ferry", "-l", "ru", "--replace-drafts")
    entry = entries(ferry)["Nobody waved."]
    assert entry.msgstr == "Никто не махал рукой."
    assert "# suggestion (former draft): “Не махал никто.”" in entry.comments
    assert entries(ferry)["We counted 48 lamps."].msgstr == "Готово: 48."


def test_a_joined_sentence_is_not_done_where_its_second_half_was_typed(ferry):
    ferry.write(
        "old/ferry.ru.txt",
        FERRY_RU.replace("полдень. Никто", "полдень, и никто"),
    )
    typed(ferry, "Nobody waved.", "Не махал никто.")
    ferry.fine("adopt", "old/ferry.ru.txt", "-t", "ferry", "-l", "ru", "--least", "0")
    found = entries(ferry)
    assert found["Nobody waved."].msgstr == "Не махал никто."
    assert found["The ferry left at noon."].fuzzy


# --- what is taken, what is refused ---

CLUB = """# Rules of the house

Everybody who comes in takes off their boots. Nobody sleeps in the kitchen.

## What to bring

* Warm socks
* A lamp with spare batteries
* Something to read aloud

## Whom to ask

The House Committee looks after the stove. Ask Upper Valley Rescue in an emergency, or see [their page](https://example.org/en/valley).

Letters go to [YOUR ADDRESS]. The Hut Board answers within three days.

## How to leave

Sweep the floor. Close the shutters before you lock the door. Leave the key where you found it.
"""
CLUB_RU = """# Правила дома

Каждый входящий снимает сапоги. На кухне никто не спит.

## Что взять с собой

* Тёплые носки
* Фонарь с запасными батарейками
* Что-нибудь для чтения вслух

## Кого спросить

За печью следит домовый комитет. В крайнем случае зовите горных спасателей или смотрите [их страницу](https://example.org/ru/dolina).

Письма отправляйте по адресу [ВАШ АДРЕС]. Правление приюта отвечает в течение трёх дней.

## Как уходить

Подметите пол. Закройте ставни, прежде чем запереть дверь. Оставьте ключ там, где вы его нашли.
"""


@pytest.fixture
def club(place):
    place.write("dragoman.toml", 'locales = ["ru"]\n')
    place.write("source_texts/club.md", CLUB)
    place.fine("update")
    return place


def adopted(place, text, *arguments):
    place.write("old/club.ru.md", text)
    run = place.run("adopt", "old/club.ru.md", "-t", "club", "-l", "ru", *arguments)
    return run, {e.msgid: e for e in entries(place, "club").values() if e.msgstr}


def test_names_and_addresses_may_be_translated(club):
    run, found = adopted(club, CLUB_RU)
    assert run.code == 0, run
    assert len(found) == len(entries(club, "club"))
    assert any(not e.fuzzy for e in found.values())


@pytest.mark.parametrize("part", ["first", "last"])
def test_a_part_of_a_translation_is_taken_and_the_rest_told_in_one_line(club, part):
    cut = CLUB_RU.index("## Кого")
    run, found = adopted(club, CLUB_RU[:cut] if part == "first" else CLUB_RU[cut:])
    assert run.code == 0, run
    assert ("Warm socks" in found) == (part == "first")
    assert ("Sweep the floor." in found) == (part == "last")
    assert [line[:8] for line in run.out.splitlines()] == ["omitted:"]
    assert " sentences, “" in run.out


def test_what_a_file_has_in_the_source_language_is_no_translation(club):
    half = CLUB_RU[: CLUB_RU.index("## Кого")] + CLUB[CLUB.index("## Whom") :]
    run, found = adopted(club, half)
    assert run.code == 0, run
    assert "Warm socks" in found
    assert not {"Whom to ask", "Sweep the floor.", "How to leave"} & found.keys()
    (line,) = run.out.splitlines()
    assert line.startswith("untranslated: ")
    run, _ = adopted(club, CLUB)
    assert (run.code, "reads like English" in run.err) == (2, True)


def test_a_text_of_the_same_kind_is_refused(club):
    other = """# Уход за садом

Сажайте луковицы осенью, до первых заморозков. Поливайте их раз в неделю, пока не взойдут.

Весной снимите укрытие, как только сойдёт снег. Молодые побеги боятся солнца.

| Растение | Срок |
|---|---|
| Тюльпан | апрель |
| Пион | июнь |

Подкормите розы золой. Обрежьте сухие ветви. Сорняки выпалывайте с корнем, иначе они вернутся через две недели, и всё придётся начинать сначала.
"""
    run, found = adopted(club, other)
    assert (run.code, run.err.count("\n"), found) == (2, 1, {})
    assert "hardly a translation" in run.err


def test_a_folder_is_adopted_and_every_problem_told_in_one_run(club):
    club.write("source_texts/trips/ferry.txt", FERRY)
    club.fine("update")
    club.write("old/club.ru.md", CLUB_RU)
    club.write("old/ru/trips/ferry.txt", FERRY_RU)
    club.write("old/ru/nowhere.txt", FERRY_RU)
    club.write("old/ru/club.txt", FERRY_RU)
    club.write("old/notes.md", CLUB_RU)
    run = club.run("adopt", "old")
    assert run.code == 2
    problems = [line for line in run.err.splitlines() if line.startswith("error: ")]
    assert len(problems) == 3
    assert any("old/ru/nowhere.txt: of no text" in line for line in problems)
    assert any("old/notes.md: of no" in line for line in problems)
    assert any("old/ru/club.txt: old/club.ru.md is of club already" in line for line in problems)
    assert all(e.msgstr for e in entries(club, "club").values())
    assert all(e.msgstr for e in entries(club, "trips/ferry").values())


def test_a_stretch_left_out_twice_in_a_row_does_not_lead_the_search_astray():
    """Where a stretch is missing, what follows finds its own partners again."""
    project = find(str(ROOT))
    loader = Loader(project)
    text = next(t for t in project.texts() if t.domain == "translators-guide")
    parallel = rows_of(loader.document(text), text.domain, "en", [loader.catalog(text, "ru")])
    rows = [tuple(c.text for c in row.cells) for row in parallel.rows]
    mine = [Sentence(source) for source, _ in rows]
    gone = {*range(8, 22), *range(30, 41)}
    kept = [n for n in range(len(rows)) if n not in gone]
    beads = align(mine, [Sentence(rows[n][1]) for n in kept], "en", "ru").beads
    got = {(b.source, b.target) for b in beads if b.sizes == (1, 1)}
    right = sum(((n, n + 1), (at, at + 1)) in got for at, n in enumerate(kept))
    assert right >= 0.95 * len(kept)
