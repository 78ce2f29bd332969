"""What a line of reStructuredText is: a bullet, a field, a directive, an underline, or text."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
BULLET = re.compile(r"[-+*•‣⁃](?:[ \t]+|\Z)")
ENUMERATOR = re.compile(
    r"(\(?)(\d{1,9}|[a-zA-Z]|[ivxlcdm]{1,12}|[IVXLCDM]{1,12}|#)([.)])(?:[ \t]+|\Z)"
)
FIELD = re.compile(r":(?![: \t])((?:\\.|[^:\\\n]|:(?![ \t`]|\Z)){1,200}?)(?<![ \t]):(?:[ \t]+|\Z)")
_OPTION = (
    r"(?:-[a-zA-Z0-9](?: ?(?:[a-zA-Z][\w-]*|<[^<>]+>))?"
    r"|(?:--|/)[a-zA-Z0-9][\w-]*(?:[ =](?:[a-zA-Z][\w-]*|<[^<>]+>))?|\+[a-zA-Z0-9])"
)
OPTION = re.compile(rf"{_OPTION}(?:, {_OPTION}){{0,20}}(?:[ \t]{{2,}}|\Z)")
DOCTEST = re.compile(r">>>(?: |\Z)")
LINE_BLOCK = re.compile(r"\|(?: +|\Z)")
GRID = re.compile(r"\+-[-+]+-\+ *\Z")
SIMPLE = re.compile(r"=+( +=+)+ *\Z")
SPANS = re.compile(r"-+( +-+)* *\Z")
EXPLICIT = re.compile(r"\.\.(?:[ \t]+|\Z)")
ANONYMOUS = re.compile(r"__(?:[ \t]+|\Z)")
LINE = re.compile(rf"({_PUNCTUATION})\1* *\Z")
TARGET = re.compile(r"_(?![ \t]|\Z)")
FOOTNOTE = re.compile(r"\[(\d+|#[\w.+:-]*|\*|[^\W_][\w.+:-]*)\](?:[ \t]+|\Z)")
SUBSTITUTION = re.compile(r"\|(?![ \t])[^|\n]{1,200}\|[ \t]+(?=[\w.+:-]+::)")
DIRECTIVE = re.compile(r"([^\W_](?:[\w.+:-]*[^\W_])?)[ \t]?::(?:[ \t]+|\Z)")
ATTRIBUTION = re.compile(r"(?:---?(?!-)|—)[ \t]*(?=[^ \t])")

ADMONITIONS = frozenset(
    (
        "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning",
        "seealso", "todo", "impl-detail", "impl_detail", "availability",
    )
)  # fmt: skip
"""Directives whose text goes on from their first line."""
WITHOUT_ARGUMENT = ADMONITIONS | frozenset(
    (
        "compound", "epigraph", "highlights", "pull-quote", "glossary", "hlist", "header", "footer",
        "abstract", "dedication", "toggle", "margin",
    )
)  # fmt: skip
"""Directives whose first line is content."""
TITLED = frozenset(
    (
        "admonition", "topic", "sidebar", "rubric", "centered", "table", "list-table", "csv-table",
        "contents", "title", "dropdown", "card", "grid-item-card", "tab-item", "tab", "collapse",
        "details", "aside", "theorem", "lemma", "proof", "exercise", "example", "group-tab",
    )
)  # fmt: skip
"""Directives whose argument is displayed."""
VERSIONS = {
    "versionadded": 1, "versionchanged": 1, "deprecated": 1, "versionremoved": 1,
    "deprecated-removed": 2, "soft-deprecated": 1,
}  # fmt: skip
"""Directives whose text follows so many numbers of versions."""
FRAMES = frozenset(
    (
        "figure", "image", "container", "compound", "epigraph", "highlights", "pull-quote", "class",
        "only", "header", "footer", "hlist", "glossary", "ifconfig", "abstract", "dedication",
        "function", "class", "method", "attribute", "data", "exception", "module", "decorator",
        "decoratormethod", "staticmethod", "classmethod", "coroutinefunction", "coroutinemethod",
        "awaitablefunction", "awaitablemethod", "abstractmethod", "property", "opcode", "option",
        "cmdoption", "envvar", "confval", "describe", "object", "variable", "pdbcommand", "macro",
        "type", "struct", "enum", "member", "setting", "cfgval", "templatetag", "templatefilter",
        "fieldlookup", "django-admin", "django-admin-option", "command", "signature", "tabs",
        "tab-set", "grid", "grid-item", "card-carousel", "margin", "toggle", "monitoring-event",
        "bytecode", "cimpl-detail", "event", "role", "directive", "program-output-note",
    )
)  # fmt: skip
"""Directives whose argument is code, and whose content is read like a text."""
OPAQUE_IN_DOMAINS = frozenset(("math", "autosummary", "currentmodule", "module", "namespace"))
SHOWN_FIELDS = frozenset(("description", "keywords"))
"""Fields of `meta` that search engines show."""
_INFO = frozenset(
    (
        "param", "parameter", "arg", "argument", "key", "keyword", "type", "paramtype", "kwtype",
        "raises", "raise", "except", "exception", "throws", "var", "ivar", "cvar", "vartype",
        "return", "returns", "rtype", "retval", "meta", "tparam", "field", "query", "reqheader",
        "resheader", "statuscode", "form", "jsonparam", "json", "reqjson", "resjson", "permission",
        "author", "authors", "organization", "contact", "address", "version", "revision", "status",
        "date", "copyright", "dedication", "abstract", "tocdepth", "orphan", "nocomments", "nosearch",
    )
)  # fmt: skip
_DATA = frozenset(
    (
        "type", "paramtype", "kwtype", "vartype", "rtype", "author", "authors", "contact", "version",
        "revision", "date", "tocdepth", "orphan", "nocomments", "nosearch", "meta", "address",
        "copyright", "organization", "status",
    )
)  # fmt: skip


def first_word(name: str) -> str:
    """The first word of a field's name, in small letters.

    >>> first_word("Param int x")
    'param'
    """
    return name.partition(" ")[0].lower()


def named_by_programs(name: str) -> bool:
    """Whether the name of a field is a word that docutils or Sphinx knows.

    >>> named_by_programs("param int x"), named_by_programs("Price")
    (True, False)
    """
    return first_word(name) in _INFO


def is_data(name: str) -> bool:
    """Whether the value of such a field is no prose.

    >>> is_data("rtype"), is_data("returns")
    (True, False)
    """
    return first_word(name) in _DATA


def has_prose(directive: str) -> bool:
    """Whether the content of a directive is read like a text.

    >>> has_prose("note"), has_prose("py:function"), has_prose("code-block")
    (True, True, False)
    """
    name = directive.lower()
    domain, colon, plain = name.rpartition(":")
    if colon:
        return bool(domain) and plain not in OPAQUE_IN_DOMAINS
    known = name in ADMONITIONS or name in FRAMES or name in TITLED or name in VERSIONS
    return known or (name.startswith("auto") and name != "autosummary")


def columns(text: str) -> int:
    """The columns that a title takes: wide letters take two, points and accents none.

    >>> columns("日本"), columns("שָׁלוֹם"), columns("день")
    (4, 4, 4)
    """
    if text.isascii():
        return len(text)
    return sum(
        (unicodedata.east_asian_width(char) in "WF") + (not unicodedata.combining(char))
        for char in text
    )


def indentation(text: str) -> int:
    """The number of spaces before a line.

    >>> indentation("  a")
    2
    """
    return len(text) - len(text.lstrip(" "))
