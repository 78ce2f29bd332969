"""XML: DocBook, DITA, and rules of ITS; entities and DOCTYPE as they are, nothing fetched."""

from __future__ import annotations

import pytest

from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, structured_xml
from dragoman.formats.audit import audit
from dragoman.formats.its.xpath_selectors import ElementTree, SelectorError, selector
from dragoman.gate import located
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans, file="a.xml")


def sources(text: str, *rules: str) -> list[str]:
    options = OPTIONS._replace(its=tuple((f"{at}.its", rule) for at, rule in enumerate(rules)))
    document = structured_xml.read(text, options)
    assert document.render(lambda _: None) == text
    assert document.render(lambda unit: unit.source) == text or "\n" in text
    return [unit.source for unit in document.units]


def its(*inner: str, names: str = "") -> str:
    head = f'<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0" {names}>'
    return f"{head}{''.join(inner)}</its:rules>"


DOCBOOK = {
    "inline elements": (
        "<para>Press <guibutton>OK</guibutton>. Wait for <literal>done</literal>.</para>",
        ["Press <guibutton>OK</guibutton>.", "Wait for <literal>done</literal>."],
    ),
    "blocks in a paragraph": (
        "<para>You need: <itemizedlist><listitem><para>a hose</para></listitem></itemizedlist> and more.</para>",
        ["You need:", "a hose", "and more."],
    ),
    "a footnote": (
        "<para>Ten beds<footnote><para>Two lie fallow. Still.</para></footnote> and a pump.</para>",
        ["Ten beds<footnote><para>Two lie fallow. Still.</para></footnote> and a pump."],
    ),
    "code alone": ("<para><literal>x</literal></para><screen>ls -l</screen>", []),
    "entities": ("<para>&product; is &amp; stays. &product;</para>", ["&product; is &amp; stays."]),
    "an entity alone": ("<para>&licence;</para>", []),
    "lines": ("<literallayout>One line\nTwo lines</literallayout>", ["One line", "Two lines"]),
    "comments and CDATA": (
        "<para>A<!-- x. Y --> word <![CDATA[<b>]]> here.</para>",
        ["A<!-- x. Y --> word <![CDATA[<b>]]> here."],
    ),
    "not translated": ('<para translate="no">Kept <emphasis translate="yes">but this</emphasis></para>', ["but this"]),
    "notes and skipping": ("<!-- dragoman: skip --><para>Out</para><para>In</para>", ["In"]),
    "names": ("<info><author><firstname>Ann</firstname></author><title>The garden</title></info>", ["The garden"]),
    "formulas": ('<para>So <m:math xmlns:m="u"><m:mi>xy</m:mi></m:math> holds.</para>', ['So <m:math xmlns:m="u"><m:mi>xy</m:mi></m:math> holds.']),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCBOOK)
def test_docbook(name):
    content, wanted = DOCBOOK[name]
    text = (
        f'<?xml version="1.0"?>\n<article xmlns="http://docbook.org/ns/docbook">{content}</article>'
    )
    assert sources(text) == wanted
    old = (
        '<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x.dtd" [\n<!ENTITY product '
        '"Quill > Ink">\n<!-- a > b -->\n<!ENTITY % more SYSTEM "http://example.org/a.ent"> %more;\n]>\n'
        f"<article>{content}</article>"
    )
    assert sources(old) == wanted
    missed = audit(old, structured_xml.read(old, OPTIONS), "structured_xml")
    assert [one for one in missed if not one.reason] == []


def test_dita():
    text = (
        '<!DOCTYPE topic PUBLIC "-//OASIS//DTD DITA Topic//EN" "topic.dtd">\n<topic id="t" xml:lang="en"><title>'
        "Beds</title><body><p>Run <codeph>dig</codeph> <fn>Or not. Never.</fn>first. Then rest.</p>"
        '<image href="a.png"><alt>A map</alt></image><codeblock>dig -f</codeblock></body></topic>'
    )
    assert sources(text) == [
        "Beds", "Run <codeph>dig</codeph> <fn>Or not. Never.</fn>first.", "Then rest.",
        '<image href="a.png"><alt>A map</alt></image>',
    ]  # fmt: skip


DOCUMENT = (
    '<doc xml:lang="en" xmlns:x="urn:x"><x:head>No</x:head><p>One <b>two</b>. Three <code>c</code>.</p>'
    '<p only="x">Out</p><p only="fr">French</p><img alt="A &quot;map&quot;"/><p>Bank</p><verse>a b\nc d</verse></doc>'
)
RULES = its(
    '<its:translateRule selector="//code | //h:head" translate="no"/>',
    '<its:translateRule selector="//img/@alt" translate="yes"/>',
    '<its:withinTextRule selector="//b|//code" withinText="yes"/>',
    '<its:localeFilterRule selector="//p[@only=\'x\']" localeFilterList=""/>',
    '<its:localeFilterRule selector="//p[@only=\'fr\']" localeFilterList="fr"/>',
    '<its:locNoteRule selector="/doc/p[. = \'Bank\']" locNoteType="description"><its:locNote>The river.</its:locNote></its:locNoteRule>',
    '<its:preserveSpaceRule selector="//verse" space="preserve"/>',
    names='xmlns:h="urn:x"',
)  # fmt: skip


def test_rules_of_a_file():
    document = structured_xml.read(DOCUMENT, OPTIONS._replace(its=(("r.its", RULES),)))
    assert [(unit.source, unit.notes) for unit in document.units] == [
        ("One <b>two</b>.", ()), ("Three <code>c</code>.", ()), ("French", ("only for fr",)),
        ("A &quot;map&quot;", ()), ("Bank", ("The river.",)), ("a b", ()), ("c d", ()),
    ]  # fmt: skip
    made = document.render(lambda _: 'ש & "x"', "he")
    assert made.startswith('<doc xml:lang="he" xmlns:x="urn:x"><x:head>No</x:head>')
    assert 'alt="ש &amp; &quot;x&quot;"' in made


def test_rules_in_the_document_come_last():
    own = its('<its:translateRule selector="//p" translate="yes"/>')
    text = f"<doc>{own}<p>In</p><q>Out</q></doc>"
    assert sources(text, its('<its:translateRule selector="//*" translate="no"/>')) == ["In"]


def test_targets_are_written_well_formed():
    text = (
        '<!DOCTYPE article [<!ENTITY product "x">]><article><para>Use &product;.</para></article>'
    )
    document = structured_xml.read(text, OPTIONS)
    for target, wanted in {
        "&product; & &nbsp;<b>": "&product; &amp; \xa0<b></b>",
        "a < b </para> &other;": "a &lt; b &lt;/para> &amp;other;",
        "a ]]> \x00 <![CDATA[<&]]>": "a ]]&gt; \ufffd <![CDATA[<&]]>",
    }.items():
        made = document.render(lambda _, target=target: target, "he")
        assert f"<para>{wanted}</para>" in made
        structured_xml.read(made, OPTIONS)


def test_language_and_direction():
    text = '<article lang="en"><para lang="en">One</para><para lang="fr">Un</para></article>'
    made = structured_xml.read(text, OPTIONS).render(lambda _: None, "he")
    assert made.startswith(
        '<article lang="he" dir="rtl"><para lang="he">One</para><para lang="fr">'
    )
    assert (
        structured_xml.read(text, OPTIONS)
        .render(lambda _: None, "ru")
        .startswith('<article lang="ru">')
    )


def test_the_language_of_a_root_with_a_title():
    text = '<map xml:lang="en" title="Beds"><topicref navtitle="Mint" href="m.dita"/></map>'
    made = structured_xml.read(text, OPTIONS).render(lambda _: "ж", "ru")
    assert made == '<map xml:lang="ru" title="ж"><topicref navtitle="ж" href="m.dita"/></map>'


SELECTORS = {
    "//b": "b1 b2", "/a/b": "b1", "//b[c]": "b1", "//*[@id='b2']/..": "d1", "//b[not(c)]": "b2",
    "//c/ancestor::b": "b1", "//b[1] | //d": "b1 d1", "//b[@x and not(@y)]": "b2", "a/b": "",
    "//*[local-name() = 'd']": "d1", "//b[contains(@x, 'o') or starts-with(@x, 'q')]": "b2",
    "//c[normalize-space(.) = 'word here']": "c1", "//b[count(c) = 1]": "b1", "//d//b": "b2",
    "//d/descendant::b/self::b": "b2", "//b[parent::d]": "b2", "//*[@x != 'no']": "b2",
}  # fmt: skip


@pytest.mark.parametrize("text", SELECTORS)
def test_selectors(text):
    tree = ElementTree(
        located(
            b'<a id="a1"><b id="b1"><c id="c1"> word\n here</c></b><d id="d1"><b id="b2" x="to"/></d></a>'
        )
    )
    found = selector(text, {})(tree)
    assert " ".join(one.node.get("id") for one in found) == SELECTORS[text]


@pytest.mark.parametrize(
    "text", ["//b[", "//b[$x]", "b[following::c]", "//q:b", "//b]", "", "//b[f()]", "(" * 99]
)
def test_selectors_that_cannot_be_read(text):
    with pytest.raises(SelectorError):
        selector(text, {})


HOSTILE = {
    "a file elsewhere": '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]><article>&x;</article>',
    "an absolute path": '<!DOCTYPE article [<!ENTITY x SYSTEM "/etc/passwd">]><article>&x;</article>',
    "a folder above": '<!DOCTYPE article [<!ENTITY x SYSTEM "a/../../b">]><article>&x;</article>',
    "the network": '<!DOCTYPE article [<!ENTITY x SYSTEM "http://example.org/">]><article>&x;</article>',
    "no end": "<article><para>",
    "deep": "<article>" + "<para>" * 10_000 + "</para>" * 10_000 + "</article>",
    "attributes": "<article " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>",
    "no rules": "<doc><p>Words</p></doc>",
    "laughs in an attribute": (
        '<!DOCTYPE article [<!ENTITY a "' + "ha" * 1000 + '">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdef", "bcdefg", strict=True))
        + ']><article id="&g;"/>'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_with_one_sentence(name):
    with pytest.raises(DragomanError) as failed:
        structured_xml.read(HOSTILE[name], OPTIONS)
    assert str(failed.value).startswith("a.xml:")
    assert "\n" not in str(failed.value)


def test_entities_are_never_replaced():
    """Neither those that grow, nor those of files beside the document."""
    text = (
        '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "c.xml">]>'
        "<article><para>So &b; it is.</para>&c;</article>"
    )
    assert sources(text) == ["So &b; it is."]
    assert sources("<chapter><para>A part of &another; file.</para></chapter>") == [
        "A part of &another; file."
    ]


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ("<a/>", "has no ITS rules"),
        (its('<its:translateRule selector="//a[" translate="no"/>'), "cannot be used"),
        (
            its(names='xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="b.its"'),
            "another file",
        ),
        ("<its:rules", "not a file of ITS rules"),
    ],
)
def test_rules_that_cannot_be_used(rules, problem):
    with pytest.raises(DragomanError, match=problem):
        structured_xml.read(DOCUMENT, OPTIONS._replace(its=(("r.its", rules),)))
