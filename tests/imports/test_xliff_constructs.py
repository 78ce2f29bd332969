"""XLIFF that no export of ours wrote: each construct of the standard is read, or refused in a sentence.

Every document is valid by the schema of its version. What it says of three sentences is in the
catalog afterwards: `T` for a finished translation, `D` for a draft, nothing for an empty one.
"""

from __future__ import annotations

import pytest

from conftest import ROOT
from dragoman import po
from dragoman.imports import import_for

SCHEMAS = ROOT.parent / "shared/schemas"
ONE, TWO, THREE = "Hello *there*, friend.", "Quetzal birds & bees.", "Text stands here."
OTHER = "Words of a list."
TEXT = f"{ONE} {TWO} {THREE}\n\n- {OTHER}\n"
STARS = '<originalData><data id="d1">*</data></originalData>'
ONE_2 = 'Hello <pc id="1" dataRefStart="d1" dataRefEnd="d1">there</pc>, friend.'
EINS_2 = '<pc id="1" dataRefStart="d1" dataRefEnd="d1">Eins</pc> a.'
TWO_X = "Quetzal birds &amp; bees."


def seg(source, target=None, state="translated", attributes="", order=""):
    inner = "" if target is None else f"<target{order}>{target}</target>"
    return f'<segment state="{state}"{attributes}><source>{source}</source>{inner}</segment>'


def gap(target=None):
    inner = "" if target is None else f"<target>{target}</target>"
    return f"<ignorable><source> </source>{inner}</ignorable>"


def unit(*parts, head="", attributes="", id_="u1"):
    return f'<unit id="{id_}"{attributes}>{head}{"".join(parts)}</unit>'


def file(*units, head="", attributes="", id_="f1"):
    return f'<file id="{id_}"{attributes}>{head}{"".join(units)}</file>'


SOME = seg(TWO_X, "Zwei.")
MTC = "urn:oasis:names:tc:xliff:matches:2.0"
GLS = "urn:oasis:names:tc:xliff:glossary:2.0"
MDA = "urn:oasis:names:tc:xliff:metadata:2.0"
VAL = "urn:oasis:names:tc:xliff:validation:2.0"
ANY = "http://example.org/tool"
TWO_DONE = {TWO: "T Zwei."}

# name: (the files of the document, what the catalog says, what is said of it on the way)
IN_2 = {
    "segments-without-ids": (
        file(unit(seg(ONE_2, EINS_2), gap(), SOME, gap(), seg(THREE, "Drei."), head=STARS)),
        {ONE: "T *Eins* a.", TWO: "T Zwei.", THREE: "T Drei."},
        "",
    ),
    "ids-of-a-tool": (
        file(unit(seg(TWO_X, "Zwei.", attributes=' id="1"'), gap(), seg(THREE, "Drei.", attributes=' id="2"'))),
        {TWO: "T Zwei.", THREE: "T Drei."},
        "",
    ),
    "a-unit-each": (
        file(unit(seg(THREE, "Drei.")), unit(SOME, id_="u2"), unit(seg(OTHER, "Vier."), id_="u3")),
        {THREE: "T Drei.", TWO: "T Zwei.", OTHER: "T Vier."},
        "",
    ),
    "codes-without-data": (
        file(unit(seg('Hello <pc id="1">there</pc>, friend.', '<pc id="1">Eins</pc> a.'))),
        {ONE: "T *Eins* a."},
        "",
    ),
    "codes-without-data-in-the-target": (
        file(unit(seg(ONE_2, '<pc id="1">Eins</pc> a.'), head=STARS)),
        {ONE: "T *Eins* a."},
        "",
    ),
    "codes-that-start-and-end": (
        file(unit(seg(
            'Hello <sc id="1" dataRef="d1"/>there<ec startRef="1" dataRef="d1"/>, friend.',
            '<sc id="1" dataRef="d1"/>Eins<ec startRef="1" dataRef="d1"/> a.'), head=STARS)),
        {ONE: "T *Eins* a."},
        "",
    ),
    "a-code-that-the-source-lacks": (
        file(unit(seg(TWO_X, 'Zwei<ph id="9"/>.'))),
        {TWO: "D Zwei."},
        "codes of it have no markup in the file",
    ),
    "a-copied-code": (
        file(unit(seg(ONE_2, EINS_2 + '<ph id="2" copyOf="1"/>'.replace("ph", "pc", 1).replace("/>", ">B</pc>")), head=STARS)),
        {ONE: "T *Eins* a.*B*"},
        "",
    ),
    "marks": (
        file(unit(seg(
            'Quetzal <mrk id="m1" type="term">birds</mrk> &amp; <sm id="m2" translate="no"/>bees<em startRef="m2"/>.',
            '<mrk id="m1" type="term">Zw</mrk>ei<mrk id="m3" translate="no">.</mrk>'))),
        TWO_DONE,
        "",
    ),
    "a-comment-mark": (
        file(unit(seg(TWO_X, '<mrk id="m1" type="comment" value="Loud?">Zwei</mrk>.'))),
        TWO_DONE,
        "",
    ),
    "notes": (
        file(
            unit(SOME, head='<notes><note id="n1" appliesTo="source">A note.</note></notes>'),
            head="<notes><note>For all.</note></notes>",
        ),
        TWO_DONE,
        "",
    ),
    "nested-groups": (
        file(f'<group id="g1"><group id="g2">{unit(SOME)}</group>{unit(seg(THREE, "Drei."), id_="u2")}</group>'),
        {TWO: "T Zwei.", THREE: "T Drei."},
        "",
    ),
    "several-files": (
        file(unit(SOME)) + file(unit(seg("Of another text.", "Fremd.")), id_="f2"),
        TWO_DONE,
        "unknown: no such unit in the text: “Of another text.”",
    ),
    "a-skeleton": (file(unit(SOME), head=f'<skeleton>x<y xmlns="{ANY}">z</y></skeleton>'), TWO_DONE, ""),
    "an-outer-skeleton": (file(unit(SOME), head='<skeleton href="a.skl"/>'), TWO_DONE, ""),
    "matches": (
        file(unit(
            seg('Quetzal birds &amp; <mrk id="m1" type="mtc:match">bees</mrk>.', "Zwei."),
            head=f'<mtc:matches xmlns:mtc="{MTC}"><mtc:match ref="#m1" similarity="80"><source>{TWO_X}</source><target>Falsch.</target></mtc:match></mtc:matches>')),
        TWO_DONE,
        "",
    ),
    "a-glossary": (
        file(unit(SOME, head=f'<gls:glossary xmlns:gls="{GLS}"><gls:glossEntry><gls:term>birds</gls:term><gls:translation>Falsch</gls:translation></gls:glossEntry></gls:glossary>')),
        TWO_DONE,
        "",
    ),
    "metadata": (
        file(unit(SOME, head=f'<mda:metadata xmlns:mda="{MDA}"><mda:metaGroup category="x"><mda:meta type="y">z</mda:meta></mda:metaGroup></mda:metadata>')),
        TWO_DONE,
        "",
    ),
    "validation": (
        file(unit(SOME, head=f'<val:validation xmlns:val="{VAL}"><val:rule isPresent="z"/></val:validation>')),
        TWO_DONE,
        "",
    ),
    "an-extension-that-looks-like-ours": (
        file(unit(SOME, head=f'<e:segment xmlns:e="{ANY}"><e:source>{THREE}</e:source><e:target>Falsch.</e:target></e:segment>')),
        TWO_DONE,
        "",
    ),
    "white-space-of-the-file": (
        file(unit(seg(f"\n    {TWO_X}\n  ", "\n    Zwei\n    und.\n  "))),
        {TWO: "T Zwei und."},
        "",
    ),
    "white-space-that-counts": (
        file(unit(seg(TWO_X, "Zwei  und."), attributes=' xml:space="preserve"')),
        {TWO: "T Zwei  und."},
        "",
    ),
    "a-sub-state": (
        file(unit(seg(TWO_X, "Zwei.", attributes=' subState="tool:x"'))),
        TWO_DONE,
        "",
    ),
    "states": (
        file(unit(seg(TWO_X, "Zwei.", "initial"), gap(), seg(THREE, "Drei.", "final"), gap()),
             unit(seg(OTHER, "Vier.", "reviewed"), id_="u2")),
        {TWO: "D Zwei.", THREE: "T Drei.", OTHER: "T Vier."},
        "",
    ),
    "no-state": (
        file(unit(f"<segment><source>{TWO_X}</source><target>Zwei.</target></segment>")),
        {TWO: "D Zwei."},
        "",
    ),
    "a-copied-source": (
        file(unit(seg(TWO_X, TWO_X, "initial"), gap(), seg(THREE, THREE, "translated"))),
        {THREE: f"T {THREE}"},
        "",
    ),
    "not-to-be-translated": (
        file(unit(seg(TWO_X, "Falsch."), attributes=' translate="no"'), unit(seg(THREE, "Drei."), id_="u2")),
        {THREE: "T Drei."},
        "marked as not to be translated",
    ),
    "a-file-not-to-be-translated": (
        file(unit(SOME), unit(seg(THREE, "Drei."), attributes=' translate="yes"', id_="u2"), attributes=' translate="no"'),
        {THREE: "T Drei."},
        "marked as not to be translated",
    ),
    "cdata-comments-instructions": (
        file(unit(seg("<![CDATA[Quetzal birds & ]]><!-- x -->bees<?y z?>.", "Zw<!-- f -->e<?g?><![CDATA[i]]>."))),
        TWO_DONE,
        "",
    ),
    "a-named-character": (file(unit(seg(TWO_X, 'Zwei<cp hex="001F"/>.'))), {TWO: "T Zwei\x1f."}, ""),
    "halves": (
        file(unit(seg("Quetzal birds ", "Zwei "), seg("&amp; bees.", "b."))),
        {TWO: "T Zwei b."},
        "",
    ),
    "halves-with-the-space-between": (
        file(unit(seg("Quetzal birds", "Zwei"), gap(), seg("&amp; bees.", "b."))),
        {TWO: "T Zwei b."},
        "",
    ),
    "thirds": (
        file(unit(seg("Quetzal", "Zwei"), gap(), seg("birds", "b"), gap(" – "), seg("&amp; bees.", "c."))),
        {TWO: "T Zwei b – c."},
        "",
    ),
    "halves-in-another-order": (
        file(unit(
            seg("Quetzal birds", "Zwei", order=' order="3"'), gap(),
            seg("&amp; bees.", "b.", order=' order="1"'))),
        {TWO: "T b. Zwei"},
        "",
    ),
    "orders-with-a-sign-and-a-zero": (
        file(unit(
            seg("Quetzal birds", "Zwei", order=' order="+3"'), gap(),
            seg("&amp; bees.", "b.", order=' order=" 01 "'))),
        {TWO: "T b. Zwei"},
        "",
    ),
    "an-order-with-many-digits": (
        file(unit(seg(TWO_X, "Zwei.", order=f' order="{"9" * 5000}"'))),
        TWO_DONE,
        "",
    ),
    "a-beginning-before-the-segment": (
        file(unit("<ignorable><source>Quetzal </source><target>Z </target></ignorable>",
                  seg("birds &amp; bees.", "b."), gap(), seg(THREE, "Drei."))),
        {TWO: "T Z b.", THREE: "T Drei."},
        "",
    ),
    "a-word-before-the-segment-that-is-not-ours": (
        file(unit("<ignorable><source>7 </source></ignorable>", SOME)),
        TWO_DONE,
        "",
    ),
    "a-space-after-the-sentence": (
        file(unit(seg(f"{TWO_X} ", "Zwei. "), seg(THREE, "Drei."))),
        {TWO: "T Zwei.", THREE: "T Drei."},
        "",
    ),
    "ids-that-differ-by-a-letter": (
        file(unit(seg(TWO_X, "Zwei.", attributes=' id="s1"'), gap(), seg(THREE, "Drei.", attributes=' id="1"'))),
        {TWO: "T Zwei.", THREE: "T Drei."},
        "",
    ),
    "two-segments-with-one-id": (
        file(unit(seg(TWO_X, "Zwei.", attributes=' id="s1"'), gap(), seg(THREE, "Drei.", attributes=' id="s1"'))),
        {},
        "two of its segments have the id s1",
    ),
    "gaps-with-one-id": (
        file(unit('<ignorable id="i"><source> </source></ignorable>', SOME,
                  '<ignorable id="i"><source> </source></ignorable>')),
        TWO_DONE,
        "",
    ),
    "a-target-of-no-source": (
        file(unit(SOME, gap(), seg("", "Von nichts."))),
        TWO_DONE,
        "it has no source",
    ),
    "nothing-of-nothing": (file(unit(SOME, gap(), seg("", ""))), TWO_DONE, ""),
    "halves-of-which-one-is-not-translated": (
        file(unit(seg("Quetzal birds ", "Zwei"), seg("&amp; bees.", None, "initial"))),
        {TWO: "D Zwei"},
        "only a part of it is translated",
    ),
    "halves-of-which-one-is-a-draft": (
        file(unit(seg("Quetzal birds ", "Zwei "), seg("&amp; bees.", "b.", "initial"))),
        {TWO: "D Zwei b."},
        "",
    ),
    "a-code-over-two-halves": (
        file(unit(
            seg('Hello <sc id="1" dataRef="d1"/>there', '<sc id="1" dataRef="d1"/>Ei'),
            seg('<ec startRef="1" dataRef="d1"/>, friend.', 'ns<ec startRef="1" dataRef="d1"/> a.'),
            head=STARS)),
        {ONE: "T *Eins* a."},
        "",
    ),
    "two-in-one": (
        file(unit(seg(f"{TWO_X} {THREE}", "Zwei und drei."))),
        {TWO: "D Zwei und drei."},
        "the file has several units in one",
    ),
    "sentences-in-another-order": (
        file(unit(seg(TWO_X, "Zwei.", order=' order="3"'), gap(), seg(THREE, "Drei.", order=' order="1"'))),
        {TWO: "D Zwei.", THREE: "D Drei."},
        "the file has it in another place",
    ),
    "two-with-one-order": (
        file(unit(seg(TWO_X, "Zwei.", order=' order="3"'), gap(), seg(THREE, "Drei."))),
        {},
        "two of its targets have the same order",
    ),
    "one-source-twice": (
        file(unit(SOME), unit(seg(TWO_X, "Anders."), id_="u2")),
        {},
        "the file has two translations of it",
    ),
    "another-source": (
        file(unit(SOME, gap(), seg("Words that nobody wrote.", "Fremd."))),
        TWO_DONE,
        "unknown: no such unit in the text: “Words that nobody wrote.”",
    ),
    "nothing-of-ours": (file(unit(seg("Nobody.", "Niemand."))), None, "does not match any text of this project"),
    "no-target-at-all": (file(unit(seg(TWO_X, None, "initial"))), {}, "not translated in the file"),
    "an-empty-target": (file(unit(seg(TWO_X, "", "initial"))), {}, "not translated in the file"),
    "the-language-on-the-target": (
        file(unit(seg(TWO_X, "Zwei.", order=' xml:lang="de"'))),
        TWO_DONE,
        "",
    ),
}  # fmt: skip

VERSIONS = {
    "2.0": ("urn:oasis:names:tc:xliff:document:2.0", "xliff-2.1/xliff_core_2.0.xsd"),
    "2.1": ("urn:oasis:names:tc:xliff:document:2.0", "xliff-2.1/xliff_core_2.0.xsd"),
    "2.2": ("urn:oasis:names:tc:xliff:document:2.2", "xliff-2.2/xliff_core_2.2.xsd"),
}


def document_2(files, version):
    namespace = VERSIONS[version][0]
    return (
        f'<?xml version="1.0"?>\n<xliff version="{version}" xmlns="{namespace}" '
        f'srcLang="en" trgLang="de">{files}</xliff>'
    )


def tu(source, target=None, attributes="", state="", inner="", id_="7"):
    said = f' state="{state}"' if state and "=" not in state else f" {state}" if state else ""
    inside = "" if target is None else f"<target{said}>{target}</target>"
    return (
        f'<trans-unit id="{id_}"{attributes}><source>{source}</source>{inner}{inside}</trans-unit>'
    )


def body(*units, head="", attributes=""):
    return (
        f'<file original="a.md" source-language="en" target-language="de" datatype="x-md"{attributes}>'
        f"{head}<body>{''.join(units)}</body></file>"
    )


ONE_1 = 'Hello <bpt id="1" rid="1">*</bpt>there<ept id="2" rid="1">*</ept>, friend.'
IN_1 = {
    "plain": (body(tu(TWO_X, "Zwei.")), TWO_DONE, ""),
    "codes-with-their-markup": (
        body(tu(ONE_1, '<bpt id="1" rid="1">*</bpt>Eins<ept id="2" rid="1">*</ept> a.')),
        {ONE: "T *Eins* a."},
        "",
    ),
    "codes-that-are-empty-in-the-target": (
        body(tu(ONE_1, '<bx id="1" rid="1"/>Eins<ex id="2" rid="1"/> a.')),
        {ONE: "T *Eins* a."},
        "",
    ),
    "g": (body(tu('Hello <g id="1">there</g>, friend.', '<g id="1">Eins</g> a.')), {ONE: "T *Eins* a."}, ""),
    "x": (body(tu('Hello <x id="1"/>there<x id="2"/>, friend.', '<x id="1"/>Eins<x id="2"/> a.')), {ONE: "T *Eins* a."}, ""),
    "bx": (body(tu('Hello <bx id="1" rid="1"/>there<ex id="2" rid="1"/>, friend.', '<bx id="1" rid="1"/>Eins<ex id="2" rid="1"/> a.')), {ONE: "T *Eins* a."}, ""),
    "ph-and-it": (
        body(tu('Hello <it id="1" pos="open">*</it>there<ph id="2">*</ph>, friend.', '<it id="1" pos="open">*</it>Eins<ph id="2">*</ph> a.')),
        {ONE: "T *Eins* a."},
        "",
    ),
    "a-code-that-the-source-lacks": (body(tu(TWO_X, 'Zwei<x id="9"/>.')), {TWO: "D Zwei."}, "codes of it have no markup in the file"),
    "marked-segments": (
        body(tu(TWO_X, '<mrk mtype="seg" mid="1">Zwei</mrk> <mrk mtype="seg" mid="2">b.</mrk>',
                inner='<seg-source><mrk mtype="seg" mid="1">Quetzal birds</mrk> <mrk mtype="seg" mid="2">&amp; bees.</mrk></seg-source>')),
        {TWO: "T Zwei b."},
        "",
    ),
    "marked-segments-of-which-one-lacks": (
        body(tu(TWO_X, '<mrk mtype="seg" mid="1">Zwei</mrk>',
                inner='<seg-source><mrk mtype="seg" mid="1">Quetzal birds</mrk> <mrk mtype="seg" mid="2">&amp; bees.</mrk></seg-source>')),
        {TWO: "D Zwei"},
        "only a part of it is translated",
    ),
    "alternatives": (
        body(tu(TWO_X, "Zwei.").replace("</trans-unit>", f'<alt-trans match-quality="80"><source>{TWO_X}</source><target>Falsch.</target></alt-trans></trans-unit>')),
        TWO_DONE,
        "",
    ),
    "only-an-alternative": (
        body(tu(TWO_X).replace("</trans-unit>", f"<alt-trans><source>{TWO_X}</source><target>Falsch.</target></alt-trans></trans-unit>")),
        {},
        "not translated in the file",
    ),
    "groups": (body(f'<group id="g"><group>{tu(TWO_X, "Zwei.")}</group></group>'), TWO_DONE, ""),
    "a-header": (
        body(tu(TWO_X, "Zwei."), head='<header><skl><external-file href="a.skl"/></skl><tool tool-id="t" tool-name="T"/><note>For all.</note></header>'),
        TWO_DONE,
        "",
    ),
    "approved": (body(tu(TWO_X, "Zwei.", ' approved="yes"')), TWO_DONE, ""),
    "translated-and-not-approved": (body(tu(TWO_X, "Zwei.", ' approved="no"', "translated")), TWO_DONE, ""),
    "not-approved-and-no-state": (body(tu(TWO_X, "Zwei.", ' approved="no"')), {TWO: "D Zwei."}, ""),
    "needs-review": (body(tu(TWO_X, "Zwei.", "", "needs-review-translation")), {TWO: "D Zwei."}, ""),
    "needs-review-though-approved": (body(tu(TWO_X, "Zwei.", ' approved="yes"', "needs-review-translation")), {TWO: "D Zwei."}, ""),
    "new": (body(tu(TWO_X, "Zwei.", "", "new")), {TWO: "D Zwei."}, ""),
    "new-and-copied": (body(tu(TWO_X, TWO_X, "", "new")), {}, "not translated in the file"),
    "copied-and-no-state": (body(tu(TWO_X, TWO_X)), {}, "not translated in the file"),
    "copied-and-approved": (body(tu(TWO_X, TWO_X, ' approved="yes"')), {TWO: f"T {TWO}"}, ""),
    "by-a-machine": (body(tu(TWO_X, "Zwei.", "", 'state="translated" state-qualifier="leveraged-mt"')), {TWO: "D Zwei."}, ""),
    "signed-off": (body(tu(TWO_X, "Zwei.", "", "signed-off")), TWO_DONE, ""),
    "not-to-be-translated": (body(tu(TWO_X, "Falsch.", ' translate="no"'), tu(THREE, "Drei.", id_="8")), {THREE: "T Drei."}, "marked as not to be translated"),
    "a-note": (body(tu(TWO_X, "Zwei.").replace("</trans-unit>", '<note from="A. Reader">Loud?</note></trans-unit>')), TWO_DONE, ""),
    "cdata-comments-instructions": (body(tu("<![CDATA[Quetzal birds & ]]><!-- x -->bees<?y z?>.", "Zw<!-- f -->ei.")), TWO_DONE, ""),
    "white-space-of-the-file": (body(tu(f"\n      {TWO_X}\n", "\n      Zwei.\n")), TWO_DONE, ""),
    "one-id-twice": (body(tu(TWO_X, "Zwei."), tu(TWO_X, "Anders.")), {}, "the file has two translations of it"),
    "a-target-of-no-source": (body(tu(TWO_X, "Zwei."), tu("", "Von nichts.", id_="8")), TWO_DONE, "it has no source"),
    "no-source-element": (
        body(tu(TWO_X, "Zwei."), tu("", "Von nichts.", id_="8").replace("<source></source>", "")),
        TWO_DONE,
        "it has no source",
    ),
    "two-in-one": (body(tu(f"{TWO_X} {THREE}", "Zwei und drei.")), {TWO: "D Zwei und drei."}, "the file has several units in one"),
}  # fmt: skip


def document_1(files):
    return f'<?xml version="1.0"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{files}</xliff>'


@pytest.fixture(scope="module")
def untranslated(tmp_path_factory):
    from conftest import Place

    place = Place(tmp_path_factory.mktemp("constructs"))
    (place.root / ".git").mkdir()
    place.write("dragoman.toml", 'locales = ["de"]\n')
    place.write("source_texts/a.md", TEXT)
    place.update()
    return place


@pytest.fixture
def catalog(untranslated):
    path = "locales/de/LC_MESSAGES/a.po"
    before = untranslated.read(path)
    yield untranslated
    untranslated.write(path, before)


def said(place):
    entries = po.parse((place.root / "locales/de/LC_MESSAGES/a.po").read_bytes()).messages()
    return {e.msgid: f"{'D' if e.fuzzy else 'T'} {e.msgstr}" for e in entries if e.msgstr}


def taken(place, document, wanted, word):
    place.write("came.xlf", document)
    run = place.run("import", "came.xlf")
    assert word in run.out + run.err
    if wanted is None:
        assert (run.code, run.err.count("\n")) == (2, 1)
        assert said(place) == {}
        return
    assert said(place) == wanted, run
    before = place.snapshot()
    again = place.run("import", "came.xlf")
    assert again.code in (0, 1)
    assert place.snapshot() == before


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", IN_2)
def test_constructs_of_2(catalog, monkeypatch, name, version):
    monkeypatch.chdir(catalog.root)
    files, wanted, word = IN_2[name]
    taken(catalog, document_2(files, version), wanted, word)


@pytest.mark.parametrize("name", IN_1)
def test_constructs_of_1(catalog, monkeypatch, name):
    monkeypatch.chdir(catalog.root)
    files, wanted, word = IN_1[name]
    taken(catalog, document_1(files), wanted, word)


def test_a_segment_that_lacks_its_source_is_said(catalog, monkeypatch):
    monkeypatch.chdir(catalog.root)
    lone = seg("", "Von nichts.").replace("<source></source>", "")
    taken(catalog, document_2(file(unit(SOME, lone)), "2.1"), TWO_DONE, "it has no source")


def mark(ref, type_="comment"):
    return f'<mrk id="m1" type="{type_}" ref="{ref}">bees</mrk>'


def notes(*pairs):
    return f"<notes>{''.join(f'<note{id_}>{text}</note>' for id_, text in pairs)}</notes>"


A_NOTE = notes((' id="n1"', "Too loud."))
TRACK = "urn:oasis:names:tc:xliff:changetracking:2.0"
REVISIONS = (
    f'<c:changeTrack xmlns:c="{TRACK}"><c:revisions appliesTo="note" ref="n1"><c:revision>'
    '<c:item property="content">Loud.</c:item></c:revision></c:revisions></c:changeTrack>'
)

# name: (the parts of the unit, what is before them, the comments on its segments)
COMMENTS = {
    "on-all": ((SOME, seg(THREE)), A_NOTE, ["Too loud.", ""]),
    "on-one": ((SOME, seg(mark("#n=n1"))), A_NOTE, ["", "Too loud."]),
    "on-both": ((seg(mark("#n=n1")), seg(mark("#n=n1"))), A_NOTE, ["Too loud.", "Too loud."]),
    "by-the-whole-path": ((SOME, seg(mark("#f=f1/u=u1/n=n1"))), A_NOTE, ["", "Too loud."]),
    "by-a-path-with-a-slash": ((SOME, seg(mark("#/f=f1/u=u1/n=n1"))), A_NOTE, ["", "Too loud."]),
    "of-the-file": ((SOME, seg(mark("#f=f1/n=n1"))), A_NOTE, ["Too loud.", ""]),
    "of-another-unit": ((SOME, seg(mark("#u=u2/n=n1"))), A_NOTE, ["Too loud.", ""]),
    "of-another-document": ((SOME, seg(mark("b.xlf#n=n1"))), A_NOTE, ["Too loud.", ""]),
    "a-term": ((SOME, seg(mark("#n=n1", "term"))), A_NOTE, ["Too loud.", ""]),
    "a-tracked-change": ((SOME,), REVISIONS + A_NOTE, ["Too loud."]),
    "a-gap": ((SOME, f"<ignorable><source>{mark('#n=n1')}</source></ignorable>"), A_NOTE, ["Too loud."]),
    "no-ids": ((SOME,), notes(("", "One."), ("", "Two.")), ["One.\nTwo."]),
    "one-id-twice": ((SOME,), notes((' id="n1"', "One."), (' id="n1"', "Two.")), ["One.\nTwo."]),
    "empty": ((SOME,), notes((' id="n1"', ""), (' id="n2"', "Two.")), ["Two."]),
    "of-an-export": ((SOME,), notes((' id="n1" category="kind"', "p"), ("", "Two.")), ["Two."]),
    "in-the-mark": (
        (seg(TWO_X, mark("#n=n1").replace('ref="#n=n1"', 'value="Here."')),),
        A_NOTE,
        ["Here.\nToo loud."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMENTS)
def test_comments_belong_to_segments(name):
    parts, head, wanted = COMMENTS[name]
    document = document_2(file(unit(*parts, head=head)), "2.1")
    assert [row.comment for row in import_for("a.xlf").read(document.encode())] == wanted


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the XLIFF schemas are not here")
@pytest.mark.parametrize("version", VERSIONS)
def test_they_are_valid(version):
    lxml = pytest.importorskip("lxml.etree")
    copies = SCHEMAS / "xliff-2.1/informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"

    class Nearby(lxml.Resolver):
        def resolve(self, url, _public_id, context):
            return self.resolve_filename(str(copies), context) if url.endswith("xml.xsd") else None

    parser = lxml.XMLParser()
    parser.resolvers.add(Nearby())
    schema = lxml.XMLSchema(lxml.parse(str(SCHEMAS / VERSIONS[version][1]), parser))
    for name, (files, *_) in IN_2.items():
        made = lxml.fromstring(document_2(files, version).encode())
        assert schema.validate(made), (name, schema.error_log)
