"""LaTeX: which stretches are prose, and that a translation leaves the others as they are."""

from __future__ import annotations

import shutil

import pytest

import shapes
from dragoman.errors import DragomanError
from dragoman.formats import ReadOptions, audit, format_of
from dragoman.model import Kind
from dragoman.segment import segmenter

OPTIONS = ReadOptions(split=segmenter("en").spans)
needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="no pandoc")

GUIDE = r"""\documentclass[a4paper]{article}
\usepackage{hyperref} % not prose
\newcommand{\ferry}[1]{The ferry #1}
\newtheorem{rule}{Rule}
\title{The ferry: A guide}
\author{Ann Writer}
\begin{document} % up to \end{document}
\maketitle

\section[Short]{When \emph{it} leaves}\label{sec:when}
It leaves at $7 + x$ \textbf{sharp}, see~\ref{sec:fare}. It
never waits. % nobody reads this
It comes back.

\begin{itemize}
  \item On weekdays. Twice.
  \item[Night] Never, says \cite[p.~3]{board}.
\end{itemize}

\begin{figure}[ht]
  \centering
  \includegraphics[width=3cm]{map}
  \caption{Seen from above\footnote{In spring. Not later.}}
\end{figure}

\begin{tabular}{l|r}
  \hline
  Who & What. Why \\ \hline
  Adults & 50\,\% \\
\end{tabular}

\[ d = v \cdot t \]

\begin{equation}
  \text{not read}
\end{equation}

\begin{verbatim}
not prose % at all
\end{verbatim}

\begin{rule}[Of boats]
  Nobody \ferry{stays} behind.
\end{rule}

\begin{unknown}
  not offered
\end{unknown}

\begin{verse}
  Roses are red, \\
  violets \verb|blue %|.
\end{verse}

{\bfseries All of this} is \href{https://example.org/a%20b}{a link}.

\begin{quote}
The sea is patient.
\end{quote}
\end{document}
not read
"""

UNITS = [
    "The ferry: A guide", "Short", r"When \emph{it} leaves",
    r"It leaves at $7 + x$ \textbf{sharp}, see~\ref{sec:fare}.", "It never waits.",
    "It comes back.", "On weekdays.", "Twice.", "Night", r"Never, says \cite[p.~3]{board}.",
    r"Seen from above\footnote{In spring. Not later.}", "Who", "What.", "Why", "Adults", "Of boats",
    r"Nobody \ferry{stays} behind.", "Roses are red,", r"violets \verb|blue %|.",
    r"{\bfseries All of this} is \href{https://example.org/a%20b}{a link}.", "The sea is patient.",
    "not read",
]  # fmt: skip


def read(text):
    return format_of("a.tex").read(text, OPTIONS)


def test_what_is_offered():
    assert [unit.source for unit in read(GUIDE).units] == UNITS[:-1]


@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text.rstrip()]
)
def test_it_comes_back(change):
    text = change(GUIDE)
    document = read(text)
    assert document.render(lambda _: None) == text
    assert document.render(lambda unit: unit.source) == text
    assert len(document.units) == len(UNITS) - 1
    again = read(document.render(shapes.translated))
    assert [(b.kind, b.level, b.literal) for b in again.blocks if b.units or b.literal] == [
        (b.kind, b.level, b.literal) for b in document.blocks if b.units or b.literal
    ]


@needs_pandoc
@pytest.mark.parametrize(
    "text", [GUIDE, "".join(format_of("a.tex").SAMPLES)], ids=["guide", "samples"]
)
def test_same_shape_as_pandoc_reads_it(text):
    built = read(text).render(shapes.translated)
    assert shapes.of_format("latex", built) == shapes.of_format("latex", text)
    found = audit.audit(text, read(text), "latex")
    assert [one for one in found if not one.reason] == []


def test_kinds():
    kinds = {unit.source: block.kind for block in read(GUIDE).blocks for unit in block.units}
    assert kinds["The ferry: A guide"] == Kind.HEADING
    assert kinds["Twice."] == Kind.ITEM
    assert kinds["Night"] == Kind.TERM
    assert kinds["Adults"] == Kind.CELL
    assert kinds["The sea is patient."] == kinds["Roses are red,"] == Kind.QUOTE


@pytest.mark.parametrize(
    ("target", "result"),
    [
        ("50 % людей", r"50 \% людей"),
        (r"50\,\% людей", r"50\,\% людей"),
        ("а & б", r"а \& б"),
        ("имя_файла #1", r"имя\_файла \#1"),
        ("{а", r"\{а"),
        ("а}", r"а\}"),
        ("5 $", r"5 \$"),
        ("$x_1$ и \\ref{a_b}", "$x_1$ и \\ref{a_b}"),
        (r"\url{a%20b_c} 5 %", r"\url{a%20b_c} 5 \%"),
        (r"\LaTeX\ и", r"\LaTeX\ и"),
    ],
)
def test_escapes_only_where_the_parse_would_change(target, result):
    assert read("Text.\n").render(lambda _: target) == result + "\n"


def test_files_of_macros_have_no_prose():
    text = "\\documentclass{x}\n\\usepackage{y}\n\\def\\a#1{some words #1}\n"
    assert read(text).units == ()


def test_comments_to_the_tool():
    document = read("% dragoman: skip\nOne.\n\n% dragoman: note A number\nTwo.\n")
    assert [(unit.source, unit.notes) for unit in document.units] == [("Two.", ("A number",))]


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "$", "\\[", "\\", "\\a{", "\\begin{a}", "\\begin{center}", "\\begin{center}\\end{a}", "\\item[", "%\n", "\\verb|",
     "&", "\\\\", "\\emph{a", "[", "\\section{", "a. "],
)  # fmt: skip
def test_long_texts_are_read_in_even_time(piece):
    from growth_rates import assert_grows_evenly

    def work(size):
        text = piece * (size // len(piece))
        document = read(text)
        assert document.render(lambda _: None) == text

    assert_grows_evenly(work, 4_000)


@pytest.mark.parametrize(("piece", "times"), [("\n", 100_001), ("a" * 1_000, 4_001)])
def test_what_is_too_long_is_refused(piece, times):
    with pytest.raises(DragomanError, match="in one text") as refused:
        read(piece * times)
    assert refused.value.exit_code == 2
    assert refused.value.how_to_fix
