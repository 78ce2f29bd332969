"""Laws of updating and merging, over histories that a seeded generator makes."""

from __future__ import annotations

import random
import re
import subprocess

import pytest

from conftest import needs_gettext
from dragoman import po, segment
from dragoman.catalogs import joins, source_changes
from dragoman.catalogs.merge import CONFLICT, merge
from dragoman.catalogs.template import TemplateMessage, header
from dragoman.catalogs.updating import KEEP, update
from dragoman.po import Entry, PoFile

UPDATES = 2000
MERGES = 1000
WORDS = [
    "the",
    "old",
    "harbour",
    "keeps",
    "its",
    "boats",
    "under",
    "a",
    "grey",
    "sky",
    "while",
    "people",
    "wait",
    "for",
    "news",
    "from",
    "the",
    "north",
    "of",
    "every",
    "street",
    "and",
    "nobody",
    "knows",
    "who",
    "will",
    "speak",
    "first",
    "when",
    "morning",
    "comes",
    "with",
    "12",
    "lamps",
]


def _sentence(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randint(3, 14))]
    if rng.random() < 0.2:
        words.insert(rng.randrange(len(words)), str(rng.randint(2, 2000)))
    text = " ".join(words)
    return text[0].upper() + text[1:] + rng.choice(".....!?")


def _paragraphs(rng):
    return [[_sentence(rng) for _ in range(rng.randint(1, 4))] for _ in range(rng.randint(1, 4))]


def _edited(rng, paragraphs):
    paragraphs = [list(sentences) for sentences in paragraphs]
    for _ in range(rng.randint(1, 4)):
        sentences = rng.choice(paragraphs)
        at = rng.randrange(len(sentences))
        words = sentences[at].split(" ")
        match rng.randrange(11):
            case 0:
                words[rng.randrange(len(words))] = rng.choice(WORDS)
                sentences[at] = " ".join(words)
            case 1:
                sentences.insert(at, _sentence(rng))
            case 2 if len(sentences) > 1:
                del sentences[at]
            case 3 if len(words) > 1:
                half = len(words) // 2
                sentences[at : at + 1] = [" ".join(words[:half]) + ".", " ".join(words[half:])]
            case 4 if at + 1 < len(sentences):
                joined = sentences[at].rstrip(".!?") + ", " + sentences[at + 1]
                sentences[at : at + 2] = [joined]
            case 5:
                rng.shuffle(paragraphs)
            case 6:
                sentences[at] = "“" + sentences[at] + "”"
            case 7:
                sentences[at] = re.sub(r"\d+", lambda m: str(int(m[0]) + 1), sentences[at])
            case 8:
                words.insert(min(1, len(words)), "not")
                sentences[at] = " ".join(words)
            case 9:
                sentences[at] = sentences[at].replace("“", '"').replace("”", '"')
            case 10:
                sentences[at] = _sentence(rng)
    return paragraphs


def _messages(paragraphs, block):
    found = {}
    for number, sentences in enumerate(paragraphs, 1):
        for text in [" ".join(sentences)] if block else sentences:
            found.setdefault((None, text), []).append(f"a.txt:{number}")
    return [
        TemplateMessage(key, "#. paragraph\n" + "".join(f"#: {place}\n" for place in places))
        for key, places in found.items()
    ]


_CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстуввхыз")


def _translated(rng, catalog):
    """A translator works through the catalog: most messages, some as drafts, some remarks."""
    entries = []
    for entry in catalog.entries:
        if entry is catalog.header or entry.obsolete:
            entries.append(entry)
            continue
        target, comments = entry.msgstr, entry.comments
        if not target and rng.random() < 0.8:
            target = entry.msgid.translate(_CYRILLIC) + rng.choice(["", "", " «да»"])
        if target and entry.fuzzy and rng.random() < 0.5:
            comments = entry.without_flag("fuzzy")
        if rng.random() < 0.1:
            comments = f"# Remark {rng.randrange(10**6)}.\n" + comments
        elif target and not entry.fuzzy and rng.random() < 0.1:
            comments += "#, fuzzy\n"
        if (target, comments) != (entry.msgstr, entry.comments):
            entry = entry.replaced(msgstr=target, comments=comments)
        entries.append(entry)
    return PoFile(entries)


def _split(text):
    return [text[a:b] for a, b in segment.segmenter("ru").spans(text)]


def _words_of(catalog):
    return {entry.msgstr for entry in catalog.entries if entry.msgstr and entry.msgid}


def _remarks_of(catalog):
    return set(re.findall(r"^# .*", "".join(e.comments for e in catalog.entries), re.MULTILINE))


def _check_by_gnu(catalog):
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "-"],
        input=catalog.write(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def _history(seed):
    """A catalog that has been translated, the text's next version, and the random source."""
    rng = random.Random(seed)
    paragraphs = _paragraphs(rng)
    catalog = PoFile([header("laws", "ru")])
    block = rng.random() < 0.1
    for _ in range(rng.randint(1, 3)):
        update(catalog, _messages(paragraphs, block), KEEP, _split)
        catalog = _translated(rng, catalog)
        paragraphs = _edited(rng, paragraphs)
        block = block != (rng.random() < 0.1)
    return catalog, _messages(paragraphs, block), rng


def _may_be_done(entry, before):
    """Whether a done translation of a new message is one that a light change or a cut explains."""
    if entry.key in before and before[entry.key].msgstr == entry.msgstr:
        return True
    squeezed = "".join(entry.msgid.split())
    for old in before.values():
        if old.fuzzy or not old.msgstr:
            continue
        light = KEEP.issuperset(source_changes.classify(old.msgid, entry.msgid).kinds)
        if light and old.msgstr == entry.msgstr:
            return True
        one = "".join(old.msgid.split())
        if one in squeezed or squeezed in one:
            part = entry.msgstr in joins.MARKS or entry.msgstr in old.msgstr
            if part or old.msgstr in entry.msgstr:
                return True
    return False


@pytest.mark.parametrize("batch", range(20))
def test_updates(batch):
    """No text is lost, what is unchanged stays, nothing is done that nobody did, twice is once."""
    for seed in range(batch * UPDATES // 20, (batch + 1) * UPDATES // 20):
        catalog, messages, _ = _history(seed)
        before = {e.key: e for e in catalog.entries}
        words, remarks = _words_of(catalog), _remarks_of(catalog)
        update(catalog, messages, KEEP, _split)
        after = {e.key: e for e in catalog.entries}
        said = "\0".join(_words_of(catalog))
        assert all(word in said for word in words - joins.MARKS), seed
        assert remarks <= _remarks_of(catalog), seed
        for message in messages:
            old, new = before.get(message.key), after[message.key]
            if old is not None and not old.obsolete:
                assert (old.msgstr, old.fuzzy) == (new.msgstr, new.fuzzy), seed
            elif new.msgstr and not new.fuzzy:
                assert _may_be_done(new, before), (seed, new.raw)
        assert [e.key for e in catalog.entries if not e.obsolete][1:] == [m.key for m in messages]
        written = catalog.write()
        again = po.parse(written)
        update(again, messages, KEEP, _split)
        assert again.write() == written, seed


@needs_gettext
def test_updates_are_valid():
    for seed in range(0, UPDATES, 10):
        catalog, messages, _ = _history(seed)
        update(catalog, messages, KEEP, _split)
        _check_by_gnu(catalog)


def _side(rng, base):
    """What one translator makes of a catalog."""
    entries = []
    for entry in base.entries:
        chance = rng.random()
        if entry is base.header:
            if chance < 0.5:
                revised = f"PO-Revision-Date: 2026-{rng.randint(1, 12):02}-01 10:00+0000\n"
                msgstr = entry.msgstr.replace("PO-Revision-Date:\n", revised)
                entry = entry.replaced(msgstr=msgstr)
        elif entry.obsolete:
            if chance < 0.1:
                continue
        elif chance < 0.3:
            entry = entry.replaced(msgstr=f"{entry.msgid.translate(_CYRILLIC)} {rng.randrange(9)}")
        elif chance < 0.4 and entry.fuzzy:
            entry = entry.replaced(comments=entry.without_flag("fuzzy"))
        elif chance < 0.5:
            entry = entry.replaced(comments=f"# Remark {rng.randrange(10**6)}.\n" + entry.comments)
        elif chance < 0.55:
            entry = entry.as_obsolete()
        entries.append(entry)
    for _ in range(rng.randrange(3)):
        added = Entry(_sentence(rng), rng.choice(["", "да", "нет"]), None, "#: a.txt:9\n")
        if added.key not in {e.key for e in entries}:
            entries.insert(rng.randint(1, len(entries)), added)
    return PoFile(entries)


@pytest.mark.parametrize("batch", range(10))
def test_merges(batch):
    """No text is lost, none wins in silence, what one side did is done, merging settles."""
    for seed in range(batch * MERGES // 10, (batch + 1) * MERGES // 10):
        base, _, rng = _history(seed)
        ours, theirs = _side(rng, base), _side(rng, base)
        merged = merge(base, ours, theirs)
        made = {e.key: e for e in merged.po.entries}
        assert len(made) == len(merged.po.entries), seed
        b, o, t = ({e.key: e for e in side.entries} for side in (base, ours, theirs))
        said = _words_of(merged.po)
        told = "".join(e.comments for e in merged.po.entries)
        for key in o.keys() | t.keys():
            if not key[1]:
                continue
            was, one, other = b.get(key), o.get(key), t.get(key)
            changed = [s for s in (one, other) if s is not None and _said(s) != _said(was)]
            for side in changed:
                assert not side.msgstr or side.msgstr in said or side.msgstr in told, seed
            texts = {side.msgstr for side in changed if side.msgstr}
            if len(changed) == 2 and len(texts) == 2:
                assert made[key].fuzzy, seed
                assert CONFLICT in made[key].comments, seed
                assert any(conflict.key == key for conflict in merged.conflicts), seed
            elif len(changed) == 1 and not merged.conflicts:
                assert _said(made[key]) == _said(changed[0]), seed
        assert _new_remarks(base, ours) | _new_remarks(base, theirs) <= _remarks_of(merged.po), seed
        again = po.parse(merged.po.write())
        assert merge(base, again, theirs).po.write() == merged.po.write() or merged.conflicts, seed
        assert merge(base, ours, base).po.write() == ours.write(), seed
        assert _same(merge(base, base, theirs).po, theirs), seed


def _said(entry):
    return None if entry is None else (entry.msgstr, entry.plural, entry.fuzzy)


def _same(one, other):
    return {e.key: e.raw for e in one.entries} == {e.key: e.raw for e in other.entries}


def _new_remarks(base, side):
    return {r for r in _remarks_of(side) - _remarks_of(base) if r.startswith("# Remark")}


@needs_gettext
def test_merges_are_valid():
    for seed in range(0, MERGES, 10):
        base, _, rng = _history(seed)
        _check_by_gnu(merge(base, _side(rng, base), _side(rng, base)).po)
