"""LaTeX: paragraphs, titles, captions, items, cells, footnotes; math and whatever is not known is copied.

Only arguments of commands and contents of environments that are known for prose are offered. A
comment to the tool is a line `% dragoman: …`.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "A paragraph with \\emph{emphasis}. It is\nwrapped.\n\n",
    "\\section{A title}\n\n",
    "\\begin{itemize}\n  \\item One. And two.\n  \\item[Term] Another\n\\end{itemize}\n\n",
    "In $x_1$ of \\cite{a}, see~\\ref{b}. % a comment\nThe end.\n\n",
    "\\begin{verbatim}\nx = 1\n\\end{verbatim}\n\n",
    "\\begin{figure}[ht]\n\\centering\n\\includegraphics{a}\n\\caption{A picture}\n\\end{figure}\n\n",
    "\\begin{tabular}{ll}\nWho & What. Why \\\\\n\\hline\nAnn & sings\n\\end{tabular}\n\n",
    "\\[ a + b \\]\n\n",
    "{\\bfseries All of it}\\footnote{But this. Not that.} ends.\r\n\r\n",
    "% dragoman: note To whom?\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut a LaTeX text into blocks and units.

    >>> [unit.source for unit in read("\\\\section{A}\\n\\nOne\\ntwo.\\n", ReadOptions()).units]
    ['A', 'One two.']
    """
    from dragoman.formats import tex_blocks

    return tex_blocks.read(content, options)
