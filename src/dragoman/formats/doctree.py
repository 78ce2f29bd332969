"""reStructuredText as docutils reads it: its words and its elements, for the audit and for tests.

Directives and roles that docutils does not know, such as those of Sphinx, are read as our table of
directives says: their content is a text, or code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from dragoman.errors import DragomanError
from dragoman.formats import rst_lines
from dragoman.formats.rst_inline import PROSE_ROLES

_WORD = re.compile(r"[^\W\d_]{2,}")
_DIRECTIVE = re.compile(r"^\s*\.\. (?:\|[^|\n]+\|\s+)?([\w.+:-]*\w) ?::", re.MULTILINE)
_ROLE = re.compile(r":([a-zA-Z](?:[\w.+:-]*\w)?):`|`:([a-zA-Z](?:[\w.+:-]*\w)?):")
_TITLED = re.compile(r"(?s)(.+?)\s*<([^<>]*)>\Z")
_CODE = frozenset(
    (
        "literal", "literal_block", "doctest_block", "math", "math_block", "comment", "raw", "label",
        "option_group", "system_message", "problematic", "footnote_reference", "citation_reference",
        "substitution_reference",
    )
)  # fmt: skip
_SHOWN = frozenset(("alt", "title"))
_ATTRIBUTES = (
    "refuri", "uri", "alt", "enumtype", "bullet", "cols", "morecols", "morerows", "colwidth", "domain",
    "format", "start", "width",
)  # fmt: skip
_PASSED = frozenset(("target", "pending", "comment", "colspec", "tgroup"))


def _docutils() -> Any:
    try:
        for name in ("core", "frontend", "nodes", "parsers.rst", "utils"):
            import_module(f"docutils.{name}")
        return import_module("docutils")
    except ImportError:
        raise DragomanError(
            "the audit needs docutils", how_to_fix="install it: pip install 'dragoman[audit]'"
        ) from None


class _AnyOption(dict[str, Any]):
    """Options of a directive, whatever they are called."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, _name: str) -> Any:
        return lambda value: value or ""


def _directive(name: str, docutils: Any) -> Any:
    """A directive that docutils does not know."""
    nodes = docutils.nodes

    class Unknown(docutils.parsers.rst.Directive):  # type: ignore[misc]
        optional_arguments = int(name.lower() not in rst_lines.WITHOUT_ARGUMENT)
        final_argument_whitespace = has_content = True
        option_spec = _AnyOption()

        def run(self) -> list[Any]:
            plain = name.lower()
            if not rst_lines.has_prose(plain):
                text = "\n".join(self.content)
                return [nodes.literal_block(text, text)]
            frame = nodes.container(classes=[plain])
            said = self.arguments[0] if self.arguments else ""
            if plain in rst_lines.VERSIONS:
                said = re.sub(
                    rf"\A(?:(?:\{{.*?\}}|\S+)\s*){{{rst_lines.VERSIONS[plain]}}}", "", said
                )
            if plain in rst_lines.TITLED or plain in rst_lines.VERSIONS:
                children, messages = self.state.inline_text(said, self.lineno)
                frame += nodes.paragraph(said, "", *children)
                frame += messages
            for option in ("alt", "caption", "title", "subtitle"):
                if option in self.options:
                    frame += nodes.paragraph("", self.options[option])
            self.state.nested_parse(self.content, self.content_offset, frame, match_titles=True)
            return [frame]

    return Unknown


def _role(nodes: Any) -> Any:
    """A role that docutils does not know."""

    def read(name: str, raw: str, text: str, *_: Any, **__: Any) -> tuple[list[Any], list[Any]]:
        titled = _TITLED.match(text)
        plain = name.rpartition(":")[2].lower()
        if titled:
            return [nodes.inline(raw, titled[1], classes=[titled[2]])], []
        if plain in PROSE_ROLES and plain not in (
            "ref",
            "numref",
            "any",
            "doc",
            "download",
            "index",
        ):
            return [nodes.inline(raw, text)], []
        return [nodes.literal(raw, text)], []

    return read


def _registered(text: str, docutils: Any) -> None:
    """Make docutils know the directives and roles of a text."""
    directives, languages, roles = [
        import_module(f"docutils.parsers.rst.{name}")
        for name in ("directives", "languages", "roles")
    ]
    english = languages.get_language("en")
    for name in set(_DIRECTIVE.findall(text)):
        low = name.lower()
        if low not in english.directives and low not in directives._directives:  # noqa: SLF001
            directives.register_directive(low, _directive(name, docutils))
    for one in _ROLE.findall(text):
        name = (one[0] or one[1]).lower()
        if name not in english.roles and name not in roles._roles:  # noqa: SLF001
            roles.register_local_role(name, _role(docutils.nodes))


_SETTINGS = {
    "report_level": 5,
    "halt_level": 6,
    "file_insertion_enabled": False,
    "raw_enabled": True,
    "_disable_config": True,
    "input_encoding": "unicode",
    "syntax_highlight": "none",
    "line_length_limit": 1_000_000,
    "warning_stream": False,
}


def words(text: str) -> Counter[str]:
    """The words that a reader of the text sees, outside of code.

    Raises:
        DragomanError: docutils is not installed.
    """
    docutils = _docutils()
    _registered(text, docutils)
    parser = docutils.parsers.rst.Parser()
    settings = docutils.frontend.get_default_settings(docutils.parsers.rst.Parser)
    for name, value in _SETTINGS.items():
        setattr(settings, name, value)
    document = docutils.utils.new_document("text", settings)
    parser.parse(text.removeprefix("\ufeff"), document)
    found: Counter[str] = Counter()
    _count(document, found, docutils.nodes)
    return found


def _count(node: Any, found: Counter[str], nodes: Any) -> None:
    if isinstance(node, nodes.Text):
        found.update(_WORD.findall(node.astext().lower()))
        return
    name = node.tagname
    if name in _CODE or (name == "reference" and _is_address(node)):
        return
    if name == "field":
        title = node[0].astext()
        if rst_lines.is_data(title):
            return
        if rst_lines.named_by_programs(title):
            _count(node[1], found, nodes)
            return
    if name == "meta" and node.get("name") in ("description", "keywords"):
        found.update(_WORD.findall(node["content"].lower()))
    if name == "image":
        found.update(_WORD.findall(node.get("alt", "").lower()))
    for child in node.children:
        _count(child, found, nodes)


def _is_address(node: Any) -> bool:
    address = node.get("refuri", "")
    return bool(address) and address.removeprefix("mailto:") == node.astext()


def shape(text: str) -> list[str]:
    """The elements of a text and their attributes, in order, with a mark for each stretch of prose.

    Raises:
        DragomanError: docutils is not installed.
    """
    docutils = _docutils()
    _registered(text, docutils)
    document = docutils.core.publish_doctree(
        text.removeprefix("\ufeff"), settings_overrides=_SETTINGS
    )
    return list(_elements(document, docutils.nodes, ""))


def _elements(node: Any, nodes: Any, inside: str) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        said = node.astext()
        if inside in _CODE or inside == "system_message":
            yield " ".join(said.split())
        return
    if node.tagname in _PASSED:
        return
    if node.tagname == "system_message":
        if node.get("level", 0) > 1:  # not what docutils only remarks
            yield f"<message {node.get('level')}>"
        return
    if node.tagname == "problematic":
        yield "<problematic>"
        return
    shown = [f"{key}={node[key]}" for key in _ATTRIBUTES if key in node and key not in _SHOWN]
    yield " ".join([f"<{node.tagname}", *shown]) + ">"
    prose = any(
        isinstance(child, nodes.Text) and any(map(str.isalpha, child)) for child in node.children
    )
    if prose and node.tagname not in _CODE:
        yield "•"
    kept = node.tagname if node.tagname in _CODE else ""
    for child in node.children:
        yield from _elements(child, nodes, kept)
    yield f"</{node.tagname}>"
