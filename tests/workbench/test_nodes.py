"""Elements: what they are as HTML is what editions have, whatever the text."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.exports.parts.elements import Markup
from dragoman.formats import markdown
from dragoman.formats.read_options import ReadOptions
from dragoman.model import Span
from dragoman.workbench.pages.nodes import html, inline, json, tag

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MIXED = st.text('abשלום 1-."<&>()', max_size=20)
SPANS = st.recursive(
    st.builds(Span, st.sampled_from(["text", "code", "image", "note"]), MIXED),
    lambda inner: st.builds(
        Span,
        st.sampled_from(["strong", "emphasis", "strike", "link", "group", "sup", "abbr"]),
        url=st.sampled_from(["https://a.b/", "javascript:x", "c.html"]),
        title=st.sampled_from(["", "“x”"]),
        children=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=5,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(spans=st.lists(SPANS, max_size=4), locale=st.sampled_from(["he", "ru"]))
def test_inline_content_is_what_editions_show(spans, locale):
    assert "".join(map(html, inline(spans, locale))) == Markup().line(spans, locale)


def test_the_same_of_markdown():
    document = markdown.read("A *b* **c `d`** [e](https://f.g) ~~h~~ C++.\n", ReadOptions())
    [unit] = document.units
    spans = document.inline(unit.source)
    assert "".join(map(html, inline(spans, "en"))) == Markup().line(spans, "en")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@given(text=TEXT, value=TEXT)
def test_nothing_in_a_text_becomes_an_element(text, value):
    node = tag("p", text, tag("b", text), title=value, lang="he")
    seen = _Seen()
    seen.feed(html(node))
    seen.close()
    assert [name for name, _ in seen.tags] == ["p", "b"]
    assert (seen.tags[0][1]["title"] or "") == value
    assert seen.text == text * 2
    assert json(node) == ["p", {"title": value, "lang": "he"}, text, ["b", {}, text]]
