"""An alignment for people: a page with both texts side by side, or a table to correct."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from dragoman.languages import locales

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans Hebrew", sans-serif; margin: 2rem auto; max-inline-size: 75rem; padding-inline: 1rem; }
table { border-collapse: collapse; inline-size: 100%; table-layout: fixed; }
col.n { inline-size: 6rem; }
td, th { text-align: start; vertical-align: top; padding: .4rem .6rem; border-block-end: 1px solid #8884; overflow-wrap: anywhere; }
.low { background: #ffd54a44; } .omitted, .added { background: #ef535033; } .n { font-variant-numeric: tabular-nums; color: #767676; }
"""


class ReportLine(NamedTuple):
    """A bead: aligned sentences, their numbers, and the confidence from 0 to 1."""

    confidence: float
    source_numbers: str
    target_numbers: str
    source: str
    target: str
    fate: str = ""


def page(pairs: Iterable[ReportLine], source: str, target: str, title: str) -> str:
    """The alignment as an HTML page, each side in its direction.

    >>> 'dir="rtl"' in page([ReportLine(0.9, "1", "1", "A.", "א.")], "en", "he", "x")
    True
    """
    rows = [_row(pair, source, target) for pair in pairs]
    heads = "".join(
        f'<th scope="col" lang="{escape(locales.language_tag(x))}" dir="{locales.direction(x)}">{escape(locales.name(x))}</th>'
        for x in (source, target)
    )
    return (
        f'<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n<table>\n"
        '<colgroup><col class="n"><col><col></colgroup>\n'
        f'<tr><th scope="col">Confidence</th>{heads}</tr>\n'
        + "\n".join(rows)
        + "\n</table>\n</body>\n</html>\n"
    )


_SURE = 0.7


def _row(pair: ReportLine, source: str, target: str) -> str:
    kind = (
        pair.fate if pair.fate in ("omitted", "added") else "low" if pair.confidence < _SURE else ""
    )
    cells = "".join(
        f'<td lang="{escape(locales.language_tag(x))}" dir="{locales.direction(x)}">{escape(text)}</td>'
        for x, text in ((source, pair.source), (target, pair.target))
    )
    marks = " ".join(filter(None, (f"{pair.confidence:.2f}", pair.fate)))
    return f'<tr class="{kind}"><td class="n">{escape(marks)}</td>{cells}</tr>'


def table(pairs: Iterable[ReportLine]) -> str:
    """The alignment as TSV: confidence, sentence numbers of both sides, and their texts.

    >>> table([ReportLine(0.9, "1", "1-2", "A.", "B. C.")]).split("\\n")[1]
    '0.90\\t1\\t1-2\\tA.\\tB. C.'
    """
    lines = ["confidence\tsource\ttarget\tsource text\ttarget text"]
    for pair in pairs:
        texts = (" ".join(text.split()) for text in (pair.source, pair.target))
        lines.append(
            "\t".join((f"{pair.confidence:.2f}", pair.source_numbers, pair.target_numbers, *texts))
        )
    return "\n".join(lines) + "\n"
