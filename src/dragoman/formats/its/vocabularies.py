"""DocBook and DITA: which of their elements are within texts, are code, or keep their lines."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.gate import Node
from dragoman.model import Kind

DOCBOOK = "http://docbook.org/ns/docbook"


class Vocabulary(NamedTuple):
    """The elements of a vocabulary, by local names."""

    namespace: str
    lang: str
    """The attribute that names the language."""
    inline: frozenset[str]
    nested: frozenset[str]
    kept: frozenset[str]
    lines: frozenset[str]
    shown: frozenset[tuple[str, str]]
    """Attributes that readers see, by their elements; `*` is any."""
    kinds: dict[str, Kind]

    def _local(self, node: Node) -> str:
        """The name of an element of the vocabulary; empty for one of another."""
        prefix, _, local = node.name.rpartition(":")
        return local if prefix == (f"{{{self.namespace}}}" if self.namespace else "") else ""

    def within(self, node: Node) -> str:
        """Whether an element is within the text around it."""
        local = self._local(node)
        if local in self.nested:
            return "nested"
        return "yes" if local in self.inline or not local else "no"

    def is_kept(self, node: Node) -> bool:
        """Whether an element is code or data; those of other vocabularies are."""
        local = self._local(node)
        return local in self.kept or not local

    def has_lines(self, node: Node) -> bool:
        """Whether an element keeps its lines."""
        return self._local(node) in self.lines

    def is_shown(self, node: Node, name: str) -> bool:
        """Whether readers see the value of an attribute."""
        return (self._local(node), name) in self.shown or ("*", name) in self.shown

    def kind(self, node: Node) -> Kind:
        """The kind of block that an element is."""
        return self.kinds.get(self._local(node), Kind.PARAGRAPH)


_DOCBOOK_CODE = frozenset(
    [
        "code",
        "command",
        "computeroutput",
        "constant",
        "classname",
        "email",
        "envar",
        "errorcode",
        "filename",
        "function",
        "keycode",
        "literal",
        "markup",
        "methodname",
        "modifier",
        "option",
        "package",
        "parameter",
        "prompt",
        "property",
        "returnvalue",
        "sgmltag",
        "symbol",
        "systemitem",
        "tag",
        "token",
        "type",
        "uri",
        "userinput",
        "varname",
        "structname",
        "structfield",
        "interfacename",
        "exceptionname",
        "ooclass",
        "ooexception",
        "oointerface",
        "hardware",
        "database",
        "interface",
        "initializer",
        "manvolnum",
        "replaceable",
        "inlineequation",
        "co",
        "coref",
        "xref",
        "anchor",
        "biblioref",
        "footnoteref",
    ]
)
_DOCBOOK = Vocabulary(
    "", "lang",
    _DOCBOOK_CODE | frozenset(
        ["abbrev", "accel", "acronym", "action", "application", "author", "citation", "citerefentry", "citetitle", "citebiblioid", "corpauthor", "date", "emphasis", "errorname", "errortext", "errortype", "firstterm", "foreignphrase", "glossterm", "guibutton", "guiicon", "guilabel", "guimenu", "guimenuitem", "guisubmenu", "inlinegraphic", "inlinemediaobject", "keycap", "keycombo", "keysym", "lineannotation", "link", "medialabel", "menuchoice", "mousebutton", "nonterminal", "olink", "optional", "org", "orgname", "person", "personname", "phrase", "productname", "productnumber", "quote", "refentrytitle", "remark", "shortcut", "subscript", "superscript", "termdef", "trademark", "ulink", "wordasword"]
    ),
    frozenset(("footnote", "indexterm")),
    _DOCBOOK_CODE | frozenset(
        ["programlisting", "programlistingco", "screen", "screenco", "synopsis", "cmdsynopsis", "funcsynopsis", "classsynopsis", "fieldsynopsis", "methodsynopsis", "constructorsynopsis", "destructorsynopsis", "firstname", "surname", "othername", "honorific", "lineage", "holder", "year", "pubdate", "releaseinfo", "revnumber", "isbn", "issn", "biblioid", "authorinitials", "comment", "remark", "mathphrase", "textobject-data", "imagedata", "videodata", "audiodata", "textdata", "productnumber", "date", "equation", "informalequation"]
    ),
    frozenset(("literallayout", "address", "programlisting", "screen", "synopsis")),
    frozenset((("*", "xreflabel"), ("*", "xlink:title"))),
    {
        "title": Kind.HEADING, "subtitle": Kind.HEADING, "term": Kind.TERM, "entry": Kind.CELL,
        "footnote": Kind.FOOTNOTE, "td": Kind.CELL, "th": Kind.CELL, "simpara": Kind.PARAGRAPH,
        "member": Kind.ITEM,
    },
)  # fmt: skip
_DITA_CODE = frozenset(
    [
        "codeph",
        "filepath",
        "cmdname",
        "varname",
        "option",
        "apiname",
        "parmname",
        "synph",
        "msgnum",
        "userinput",
        "systemoutput",
        "xmlelement",
        "xmlatt",
        "xmlnsname",
        "xmlpi",
        "textentity",
        "parameterentity",
        "numcharref",
        "markupname",
        "boolean",
        "state",
        "data",
        "data-about",
        "foreign",
        "unknown",
    ]
)
_DITA = Vocabulary(
    "", "xml:lang",
    _DITA_CODE | frozenset(
        ["abbreviated-form", "b", "cite", "i", "image", "keyword", "line-through", "msgph", "menucascade", "overline", "ph", "q", "shortcut", "sub", "sup", "term", "text", "tm", "tt", "u", "uicontrol", "wintitle", "xref", "linktext"]
    ),
    frozenset(("fn", "indexterm")),
    _DITA_CODE | frozenset(
        ["codeblock", "msgblock", "screen", "syntaxdiagram", "draft-comment", "required-cleanup", "resourceid", "othermeta", "created", "revised", "vrm", "vrmlist", "prodinfo", "coords", "author-data", "critdates", "source"]
    ),
    frozenset(("lines", "pre", "codeblock", "screen", "msgblock")),
    frozenset((("image", "alt"), ("topicref", "navtitle"), ("topichead", "navtitle"), ("map", "title"),
               ("note", "othertype"), ("*", "navtitle"), ("*", "spectitle"))),
    {
        "title": Kind.HEADING, "li": Kind.ITEM, "dt": Kind.TERM, "dd": Kind.DEFINITION,
        "entry": Kind.CELL, "stentry": Kind.CELL, "fn": Kind.FOOTNOTE,
    },
)  # fmt: skip
_DOCBOOK_ROOTS = frozenset(
    [
        "abstract",
        "acknowledgements",
        "appendix",
        "article",
        "bibliography",
        "book",
        "bookinfo",
        "articleinfo",
        "chapter",
        "colophon",
        "dedication",
        "glossary",
        "index",
        "info",
        "legalnotice",
        "para",
        "part",
        "partintro",
        "preface",
        "qandaset",
        "reference",
        "refentry",
        "refsect1",
        "sect1",
        "sect2",
        "sect3",
        "sect4",
        "sect5",
        "section",
        "set",
        "simplesect",
        "toc",
        "topic",
        "variablelist",
    ]
)
_DITA_ROOTS = frozenset(
    [
        "topic",
        "concept",
        "task",
        "reference",
        "glossentry",
        "glossgroup",
        "map",
        "bookmap",
        "dita",
        "troubleshooting",
        "subjectScheme",
    ]
)
_DITA_BODIES = frozenset(
    ("body", "conbody", "taskbody", "refbody", "glossdef", "topicref", "chapter")
)


def vocabulary(root: Node, doctype: str) -> Vocabulary | None:
    """The vocabulary of a document; None if it is another."""
    prefix, _, local = root.name.rpartition(":")
    if prefix == f"{{{DOCBOOK}}}":
        return _DOCBOOK._replace(namespace=DOCBOOK, lang="xml:lang")
    if prefix:
        return None
    if "DITA" in doctype:
        return _DITA
    if "docbook" in doctype.lower():
        return _DOCBOOK
    if doctype.split()[1:]:  # of another vocabulary
        return None
    if local in _DITA_ROOTS and any(one.name in _DITA_BODIES for one in root.children):
        return _DITA
    return _DOCBOOK if local in _DOCBOOK_ROOTS else None
