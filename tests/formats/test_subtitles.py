"""Subtitles: sentences over several cues, and translations cut over the same cues."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shapes
from bidi_oracle import visual
from conftest import ROOT
from dragoman.catalogs import joins
from dragoman.checks.families import reading_speed
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, audit, format_of, subtitles
from dragoman.formats.cue_lines import cut
from dragoman.formats.cue_text import without_tags
from dragoman.model import Room
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans)
RLM, RLE, PDF = "\u200f", "\u202b", "\u202c"


def srt(*cues, gap=0.1):
    """A file with these cues, two seconds each."""
    lines, at = [], 1.0
    for number, text in enumerate(cues, 1):
        lines.append(f"{number}\n{_time(at)} --> {_time(at + 2)}\n{text}\n")
        at += 2 + gap
    return "\n".join(lines)


def _time(seconds):
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"00:{whole // 60:02}:{whole % 60:02},{part:03}"


def vtt(*cues):
    return "WEBVTT\n\n" + srt(*cues).replace(",", ".")


def units(text, name="a.srt"):
    return [unit.source for unit in format_of(name).read(text, OPTIONS).units]


def built(text, targets, name="a.srt", locale=""):
    document = format_of(name).read(text, OPTIONS)
    return document.render(lambda unit: targets.get(unit.source), locale)


def shown(text, form="srt"):
    """The times and the text of every cue, as an independent implementation reads them."""
    pysubs2 = pytest.importorskip("pysubs2")
    return [(cue.start, cue.end, cue.plaintext) for cue in pysubs2.SSAFile.from_string(text, form)]


@pytest.mark.parametrize(
    ("cues", "sentences"),
    [
        (["My grandmother told me", "of two wells."], ["My grandmother told me of two wells."]),
        (["I saw Mr.", "Smith. He left."], ["I saw Mr. Smith.", "He left."]),
        (["One line\nand another."], ["One line and another."]),
        (["- Where?\n- Here."], ["Where?", "Here."]),
        (["-Where?\n-Here."], ["Where?", "Here."]),
        (["— Where?\n— Here."], ["Where?", "Here."]),
        (["- I was told", "that he left."], ["I was told that he left."]),
        (["<i>I was told</i>", "<i>that he left.</i>"], ["I was told that he left."]),
        (["<i>One line</i>\n<i>and another.</i>"], ["One line and another."]),
        (["<i>He left.\nShe stayed.</i>"], ["He left.", "She stayed."]),
        (["He <i>never</i> left."], ["He <i>never</i> left."]),
        (["So: <i>I was</i>", "<i>told.</i>"], ["So: <i>I was</i> told."]),
        (["{\\an8}Up here."], ["Up here."]),
        (["{\\an8}Up here", "and below."], ["Up here", "and below."]),
        (["[DOOR OPENS]\nWho is it?"], ["[DOOR OPENS]", "Who is it?"]),
        (["I was (SIGHS)", "told that."], ["I was (SIGHS) told that."]),
        (["♪ La la la ♪", "he said."], ["La la la", "he said."]),
        (["PARIS", "he said."], ["PARIS", "he said."]),
        (["It was -", "No!"], ["It was -", "No!"]),
        (["Is it you?", "It is."], ["Is it you?", "It is."]),
        (["1986!", "A year."], ["A year."]),
        (["One\n\nTwo."], ["One", "Two."]),
        (["-5 degrees\nat night."], ["-5 degrees at night."]),
    ],
)
def test_sentences(cues, sentences):
    text = srt(*cues, *["It ends here."] * len(cues))
    assert units(text)[: -len(cues)] == sentences
    assert units(vtt(*cues, *["It ends here."] * len(cues)).replace("\n\nTwo", "\nTwo"), "a.vtt")


def test_nothing_goes_on_after_a_pause():
    cues = ["I was told that", "he left.", "She stayed."]
    assert units(srt(*cues)) == ["I was told that he left.", "She stayed."]
    assert units(srt(*cues, gap=4)) == cues


def test_captions_without_punctuation_are_cut_by_cue():
    assert units(srt("Chapter one", "Chapter two", "and its", "A word")) == [
        "Chapter one",
        "Chapter two and its",
        "A word",
    ]
    assert units(srt(*["so then we went on"] * 20)) == ["so then we went on"] * 20
    assert (
        len(units(srt(*["so then we went on"] * 20, "End.", "End.", "End.", "End.", "End."))) == 25
    )


def test_voices_of_webvtt():
    text = vtt("<v Ann>I was told", "<v Ann>that he left.", "<v Bob>By whom?\n<v Ann>By him.</v>")
    assert units(text, "a.vtt") == ["I was told that he left.", "By whom?", "By him."]


def test_what_is_no_cue_is_copied():
    text = (
        "WEBVTT - A title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\n"
        "NOTE of the\neditor\n\nintro\n00:01.000 --> 00:02.000 align:start\nText.\n\n"
    )
    assert units(text, "a.vtt") == ["Text."]
    assert built(text, {"Text.": "Текст."}, "a.vtt") == text.replace("Text.", "Текст.")


def test_comments_to_the_tool():
    text = vtt("One.", "Two.", "Three.")
    text = text.replace("2\n", "NOTE dragoman: skip\n\n2\n", 1)
    document = format_of("a.vtt").read(
        text.replace("3\n", "NOTE dragoman: note A number\n\n3\n"), OPTIONS
    )
    assert [(unit.source, unit.notes) for unit in document.units] == [
        ("One.", ()),
        ("Three.", ("A number",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nOne.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo.",
        "00:00:01.000 --> 00:00:02.000\nOne.\n\n00:00:03,000 --> 00:00:04,000\nTwo.\n",
        "1\n00:00:01,000 -> 00:00:02,000\nOne.\n2\n0:0:3,0 --> 0:0:4,0 X1:40\nTwo.\n",
        "1\n00:00:0x,000 --> 00:00:02,000\nOne.\n\n2\n --> 00:00:04,000\nTwo.\n",
        "1\r00:00:01,000 --> 00:00:02,000\rOne.\r\r2\r00:00:03,000 --> 00:00:04,000\rTwo.\r",
        "\n\n1\n\n00:00:01,000 --> 00:00:02,000\n\nOne.\n\n\n\n2\n00:00:03,000 --> 00:00:04,000\n  Two.  \n\n",
    ],
)
def test_broken_files(text):
    """Line ends, numbers and times stay, however they are written."""
    assert units(text) == ["One.", "Two."]
    assert built(text, {}) == text
    translated = built(text, {"One.": "Раз.", "Two.": "Два."})
    assert translated == text.replace("One.", "Раз.").replace("Two.", "Два.")


def test_a_translation_is_cut_at_its_punctuation():
    text = srt("My grandmother said that she would come,", "but nobody ever saw her there.")
    (unit,) = units(text)
    target = "Бабушка говорила, что придёт туда, но никто её там никогда не видел."
    assert [cue[2] for cue in shown(built(text, {unit: target}))] == [
        "Бабушка говорила, что придёт туда,",
        "но никто её там никогда не видел.",
    ]


@pytest.mark.parametrize(
    ("target", "pieces"),
    [
        ("Да", ["Да", "Да"]),
        ("Нет, <i>никогда в жизни</i>", ["Нет, <i>никогда</i>", "<i>в жизни</i>"]),
        ("日本語の字幕です。次の文。", ["日本語の字幕です。", "次の文。"]),
        ("", ["", ""]),
    ],
)
def test_no_cue_is_empty(target, pieces):
    assert cut(target, (10, 9)) == pieces


WORDS = st.sampled_from(
    [
        "слово",
        "и",
        "длинноеслово,",
        "конец.",
        "<i>",
        "</i>",
        "-",
        "–",
        "日本",
        "a --> b",
        "1",
        "<",
        "{",
    ]
)


@given(
    cues=st.lists(
        st.sampled_from(
            [
                "I was told",
                "that he left.",
                "- Where?\n- <i>Here.</i>",
                "No!",
                "[SIGHS]\n{\\an8}So <b>it</b> is,",
            ]
        ),
        min_size=1,
        max_size=6,
    ),
    target=st.lists(WORDS, min_size=1, max_size=30).map(" ".join),
)
def test_no_target_changes_the_cues(cues, target):
    """Whatever a target says, the same cues are shown at the same times, and none is empty."""
    for text, name in ((srt(*cues), "a.srt"), (vtt(*cues), "a.vtt")):
        document = format_of(name).read(text, OPTIONS)
        out = document.render(lambda _: target)
        form = name[2:]
        assert [cue[:2] for cue in shown(out, form)] == [cue[:2] for cue in shown(text, form)]
        if without_tags(target).strip(" <{-–"):
            again = format_of(name).read(out, OPTIONS)
            assert len(again.blocks) >= 1
            assert all(cue[2].strip() or "<" in target or "{" in target for cue in shown(out, form))


@given(
    words=st.lists(
        st.sampled_from(["שלום", "NATO", "בשנת", "1986", "C++", "אמר:", "(כן)", "סוף."]),
        min_size=2,
        max_size=9,
    )
)
def test_hebrew_is_drawn_alike_in_every_player(words):
    """A paragraph from left to right, or by the first letter, draws a line as one from right to left does."""
    text = srt("Hello there.")
    out = built(text, {"Hello there.": " ".join(words)}, locale="he")
    for line in out.strip().split("\n")[2:]:
        bare = line.replace(RLE, "").replace(PDF, "").replace(RLM, "")
        if any("א" <= char <= "ת" for char in bare):
            expected = visual(bare, "rtl")
            for base in ("ltr", "auto"):
                drawn = "".join(char for char in visual(line, base) if char not in (RLE, PDF, RLM))
                assert drawn == expected


def test_lines_are_short():
    text = srt("A sentence of some length.", "Another.")
    target = "Предложение, которое в переводе намного длиннее, чем оно было в оригинале."
    out = built(text, {"A sentence of some length.": target, "Another.": "- Раз. - Два."})
    (_, _, first), (_, _, second) = shown(out)
    assert [len(line) <= 42 for line in first.split("\n")] == [True, True]
    assert second == "- Раз. - Два."


def test_a_cue_without_translation_stays():
    text = srt("A line of the source that is much longer than forty-two characters.", "Two.")
    assert built(text, {"Two.": "Два."}) == text.replace("Two.", "Два.")


def test_joined_sentences():
    text = srt("He came.", "He left.")
    document = format_of("a.srt").read(text, OPTIONS)
    targets = {"He came.": "Пришёл и ушёл.", "He left.": "↑"}
    out = joins.render(document, lambda unit: targets[unit.source], "ru")
    assert [cue[:2] for cue in shown(out)] == [cue[:2] for cue in shown(text)]


def test_everything_is_offered():
    for name in ("a.srt", "a.vtt"):
        pytest.importorskip({"a.srt": "pysubs2", "a.vtt": "webvtt"}[name])
        form = format_of(name)
        text = "".join(form.SAMPLES)
        found = audit.audit(text, form.read(text, OPTIONS), form.NAME)
        assert [one for one in found if not one.reason] == []


def test_same_shape():
    """Tags, times and settings of every sample stay where they are."""
    for name in ("a.srt", "a.vtt"):
        form = format_of(name)
        text = "".join(form.SAMPLES).replace("</i>\r\n<i>", "\r\n")
        out = form.read(text, OPTIONS).render(shapes.translated)
        assert re.sub(r"[^\W\d_]+", "x", _codes(out)) == re.sub(r"[^\W\d_]+", "x", _codes(text))


def _codes(text):
    """A text's tags and lines that are not shown."""
    lines = [
        line for line in text.splitlines() if "-->" in line or line.startswith(("NOTE", "STYLE"))
    ]
    return "\n".join(lines + re.findall(r"<[^<>-]*>|\{.*?\}", text))


EXAMPLE = re.compile(r"^ *(PASS|FAIL) ([\d.]+) s, (\d+) characters: (.*?) \| (.*)$", re.MULTILINE)


def test_examples_of_reading_speed():
    examples = EXAMPLE.findall(reading_speed.reading_speed.__doc__)
    assert {example[0] for example in examples} == {"PASS", "FAIL"}
    for result, seconds, characters, source, target in examples:
        room = Room(float(seconds), int(characters))
        found = list(reading_speed.faults(room, len(source), len(target)))
        assert bool(found) == (result == "FAIL"), target


@pytest.mark.parametrize(
    "piece",
    [
        "<i>",
        "</i>",
        "- a\n",
        "-->",
        "00:00:01,000 --> 00:00:02,000\n",
        "{\\",
        "<v a>",
        "a\n\n",
        "[",
        "♪ ",
    ],
)
def test_hostile_files_are_read_in_even_time(piece):
    from growth_rates import assert_grows_evenly

    def read(size):
        text = srt("One.") + piece * (size // len(piece))
        for name in ("a.srt", "a.vtt"):
            document = format_of(name).read(text, OPTIONS)
            assert document.render(lambda _: None) == text
            document.render(lambda unit: unit.source + "x")

    assert_grows_evenly(read, 5_000)


@pytest.mark.parametrize(
    ("piece", "things"),
    [
        ("a", "characters"),
        ("a\n", "lines"),
        ("a\r", "lines"),
        ("<i>", "tags"),
        ("{\\an8}", "tags"),
        ("0:1 -> 0:2\n", "cues"),
    ],
)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_what_nobody_could_read_is_refused(name, piece, things):
    most = {"characters": 1_000_000, "lines": 50_000, "tags": 50_000, "cues": 15_000}[things]
    with pytest.raises(DragomanError, match=rf"more than {most} {things}") as refused:
        format_of(name).read(piece * (most + 1), OPTIONS._replace(file=name))
    assert refused.value.exit_code == 2
    assert refused.value.how_to_fix


def test_a_sentence_over_many_cues_looks_at_each_of_them_once():
    """How often the end of a cue is looked at, for a text with many sentences in one stream."""

    class Ends(list):
        looked = 0

        def __getitem__(self, at):
            Ends.looked += 1
            return super().__getitem__(at)

        def __iter__(self):
            for one in super().__iter__():
                Ends.looked += 1
                yield one

    text = "Goes on. " * 1_000
    ends = Ends(range(8, len(text), 9))
    found = list(subtitles._shortened(text, 0, len(text), ends))
    assert len(found) == 1_001
    assert Ends.looked < 30_000


def test_an_interview(place):
    """A project of an interview builds the Hebrew subtitles that stand beside it, and they can be read."""
    folder = ROOT / "tests/projects/interview"
    shutil.copytree(folder, place.root, dirs_exist_ok=True)
    place.fine("build", "--no-update")
    assert place.read("build/he/potter.srt") == place.read("built/potter.srt")
    assert place.run("check").out.strip() == "complete and sound: 1 text, 1 locale"
    place.translate("he", "potter", lambda source: source and "מילה " * len(source))
    assert "reading-speed" in place.run("check").out
