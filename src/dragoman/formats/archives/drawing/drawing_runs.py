"""Runs of DrawingML: their properties compared and written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.formats.archives.items import Pieces, Properties, RunForm
from dragoman.gate import Node
from dragoman.languages.locales import office_tag
from dragoman.text import xml_escape

_ATTRIBUTE = re.compile(r"""\s([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_UNSEEN = frozenset(
    ("lang", "altLang", "dirty", "err", "smtClean", "smtId", "noProof", "bmk", "kumimoji")
)
_FITTING = frozenset(("@spc", "@kern", "@normalizeH", "a:extLst"))
_ORDER = (
    "ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst",
    "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym",
    "hlinkClick", "hlinkMouseOver", "rtl", "extLst",
)  # fmt: skip
_PLACE = {f"a:{name}": place for place, name in enumerate(_ORDER)}
"""The order of the schema."""
_SIMPLE = {
    'b="1"': "b", 'b="true"': "b", 'i="1"': "i", 'i="true"': "i", 'u="sng"': "u",
    'strike="sngStrike"': "s",
}  # fmt: skip
_STANDARD: dict[str, Properties] = {
    "b": {"@b": 'b="1"'},
    "i": {"@i": 'i="1"'},
    "u": {"@u": 'u="sng"'},
    "s": {"@strike": 'strike="sngStrike"'},
    "sup": {"@baseline": 'baseline="30000"'},
    "sub": {"@baseline": 'baseline="-25000"'},
}
BREAK = "<a:br/>"


def properties(node: Node | None) -> Properties:
    """The properties that readers see: attributes with an `@`, and elements.

    >>> from dragoman.gate import located
    >>> properties(located(b'<a:rPr lang="en" b="1"><a:latin/></a:rPr>'))
    {'@b': 'b="1"', 'a:latin': '<a:latin/>'}
    """
    if node is None:
        return {}
    found = {}
    for name, value in _ATTRIBUTE.findall(node.tag):
        if name not in _UNSEEN and not name.startswith("xmlns"):
            found[f"@{name}"] = (
                f'{name}="{value[1:-1]}"' if '"' not in value[1:-1] else f"{name}={value}"
            )
    return found | {one.name: one.raw for one in node.children}


class DrawingRuns(RunForm):
    """Runs of shapes and cells: the direction is that of the paragraph."""

    standard = _STANDARD
    fitting = _FITTING
    new_breaks: Mapping[str, Pieces] = {"<br/>": (BREAK,), '<br class="tab"/>': ("\t",)}

    def seen_on_blanks(self, some: Properties) -> bool:
        """Lines and colours of the background."""
        return any(name in some for name in ("@u", "@strike", "a:highlight"))

    def code_of(self, name: str, raw: str) -> str:
        """The simple code of a property; empty if it has none.

        >>> DrawingRuns().codes({"@b": 'b="1"'}, {})
        {'b': {'@b': 'b="1"'}}
        """
        if name == "@baseline":
            value = raw.partition('"')[2].rstrip('"%')
            return "sub" if value.startswith("-") else "" if value in ("0", "") else "sup"
        return _SIMPLE.get(raw, "")

    def text(self, text: str, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A run with its text."""
        return (f"<a:r>{_written(look, rtl, locale)}<a:t>{xml_escape.content(text)}</a:t></a:r>",)

    def holding(self, inner: Pieces, look: Properties, rtl: bool, locale: str) -> Pieces:
        """A break as it is, or a run with a tab."""
        return self.text("\t", look, rtl, locale) if inner == ("\t",) else inner


def _written(look: Properties, rtl: bool, locale: str) -> str:
    own = dict(look)
    if rtl and "a:latin" in own and "a:cs" not in own:
        face = re.search(r"""typeface\s*=\s*["']([^"']*)""", own["a:latin"])
        if face:
            own["a:cs"] = f'<a:cs typeface="{face[1].replace("-lt", "-cs")}"/>'
    named = [f'lang="{office_tag(locale)}"'] if locale else []
    attributes = " ".join([*named, *(raw for name, raw in own.items() if name[0] == "@")])
    inner = "".join(own[n] for n in sorted(own, key=lambda n: _PLACE.get(n, 99)) if n[0] != "@")
    if not attributes and not inner:
        return ""
    tag = f"<a:rPr {attributes}".rstrip()
    return f"{tag}>{inner}</a:rPr>" if inner else f"{tag}/>"
