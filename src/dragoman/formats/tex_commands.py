"""What commands and environments of LaTeX are: their arguments, and which of these are prose."""

from __future__ import annotations

TITLES = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6, "addchap": 1, "addsec": 2, "addpart": 1, "minisec": 4, "frametitle": 2,
    "framesubtitle": 3, "title": 1, "subtitle": 2,
}  # fmt: skip
"""Commands whose argument is a title, and its level."""
SEPARATE = frozenset(
    ("caption", "captionof", "footnotetext", "subcaption", "marginpar", "dedication", "abstract")
)
"""Commands whose last argument is a text of its own."""
INLINE = {
    "emph": 0, "textbf": 0, "textit": 0, "textsl": 0, "textsc": 0, "textsf": 0, "textrm": 0,
    "textup": 0, "textmd": 0, "textnormal": 0, "text": 0, "underline": 0, "uline": 0, "sout": 0,
    "enquote": 0, "footnote": 0, "mbox": 0, "href": 1, "textcolor": 1, "textsuperscript": 0,
    "textsubscript": 0, "hyperref": 0, "alert": 0, "structure": 0, "thanks": 0, "textlatin": 0,
    "textquote": 0, "foreignlanguage": 1, "textlang": 1, "colorbox": 1, "fbox": 0, "term": 0,
    "sidenote": 0, "hl": 0, "so": 0, "caps": 0, "MakeUppercase": 0, "MakeLowercase": 0,
    "centerline": 0, "leftline": 0, "rightline": 0, "hypertarget": 1, "hyperlink": 1, "nameref": -1,
}  # fmt: skip
"""Commands with prose in a sentence, and the number of arguments before it that are none."""
SPANS = {
    "emph": "emphasis", "textit": "emphasis", "textsl": "emphasis", "textbf": "strong",
    "textsuperscript": "sup", "textsubscript": "sub", "underline": "u", "uline": "u", "sout": "strike",
    "href": "link", "enquote": "q",
}  # fmt: skip
LAYOUT = frozenset(
    (
        "noindent", "indent", "centering", "raggedright", "raggedleft", "small", "footnotesize",
        "scriptsize", "tiny", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "label",
        "index", "bigskip", "medskip", "smallskip", "vspace", "hspace", "vfill", "hfill", "par",
        "bfseries", "itshape", "slshape", "scshape", "sffamily", "ttfamily", "rmfamily", "mdseries",
        "upshape", "normalfont", "bf", "it", "sl", "sc", "sf", "tt", "rm", "em", "hline", "toprule",
        "midrule", "bottomrule", "cline", "cmidrule", "pagebreak", "newpage", "clearpage", "pause",
        "addlinespace", "phantomsection", "leavevmode", "protect", "selectfont", "color", "sloppy",
        "linewidth", "nopagebreak", "linebreak", "protrusion", "endhead", "endfirsthead", "endfoot",
        "endlastfoot", "hypersetup", "nobreak", "allowbreak", "null", "strut", "glqq", "expandafter",
    )
)  # fmt: skip
"""Commands that show nothing; at the ends of a unit they are not part of it."""
ALONE = frozenset(
    (
        "maketitle", "tableofcontents", "listoffigures", "listoftables", "newpage", "clearpage",
        "cleardoublepage", "appendix", "frontmatter", "mainmatter", "backmatter", "printindex",
        "par", "printbibliography", "bigskip", "medskip", "smallskip",
    )
)  # fmt: skip
"""Commands that end a paragraph."""
DEFINITIONS = frozenset(
    (
        "def", "gdef", "edef", "xdef", "let", "newcommand", "renewcommand", "providecommand",
        "DeclareRobustCommand", "newenvironment", "renewenvironment", "newtheorem", "newlength",
        "setlength", "addtolength", "newcounter", "setcounter", "addtocounter", "DeclareMathOperator",
        "NewDocumentCommand", "RenewDocumentCommand", "usepackage", "RequirePackage", "documentclass",
        "newcolumntype", "definecolor", "lstset", "tikzset", "usetikzlibrary", "graphicspath",
        "bibliographystyle", "bibliography", "input", "include", "pagestyle", "thispagestyle",
    )
)  # fmt: skip
"""Commands with all of their arguments, also behind spaces."""
PROSE = {
    "document": 0, "abstract": 0, "itemize": 0, "enumerate": 0, "description": 0, "quote": 0,
    "quotation": 0, "verse": 0, "center": 0, "flushleft": 0, "flushright": 0, "figure": 0, "figure*": 0,
    "table": 0, "table*": 0, "wrapfigure": 2, "wraptable": 2, "longtable": 1, "tabular": 1,
    "tabular*": 2, "tabularx": 2, "tabulary": 2, "supertabular": 1, "minipage": 1, "titlepage": 0,
    "proof": 0, "theorem": 0, "lemma": 0, "corollary": 0, "proposition": 0, "definition": 0,
    "remark": 0, "example": 0, "frame": 0, "block": 0, "alertblock": 0, "exampleblock": 0,
    "columns": 0, "column": 1, "multicols": 1, "appendix": 0, "sidewaystable": 0, "sidewaysfigure": 0,
    "threeparttable": 0, "tablenotes": 0, "subfigure": 1, "landscape": 0, "small": 0, "footnotesize": 0,
    "spacing": 1, "singlespace": 0, "onehalfspace": 0, "letter": 0, "otherlanguage": 1, "acknowledgements": 0,
    "compactitem": 0, "compactenum": 0, "labeling": 1, "addmargin": 1, "trivlist": 0, "list": 2,
    "samepage": 0, "sloppypar": 0, "raggedright": 0, "displayquote": 0, "displayquotation": 0,
}  # fmt: skip
"""Environments with prose, and the number of their arguments that are none."""
TITLED = frozenset(("frame", "block", "alertblock", "exampleblock", "letter"))
"""Environments whose first argument in braces is a title, or the address of a letter."""
TABLES = frozenset(
    ("tabular", "tabular*", "tabularx", "tabulary", "longtable", "supertabular", "array")
)
QUOTES = frozenset(("quote", "quotation", "verse", "displayquote", "displayquotation"))
MATHS = frozenset(
    (
        "equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*",
        "eqnarray", "eqnarray*", "math", "displaymath", "flalign", "flalign*", "alignat", "alignat*",
    )
)  # fmt: skip


def known(name: str) -> bool:
    """Whether it is known which arguments of a command are prose.

    >>> known("emph"), known("label"), known("mycommand")
    (True, True, False)
    """
    return name in INLINE or name in TITLES or name in SEPARATE or name in LAYOUT or name == "item"
