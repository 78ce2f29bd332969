"""HTML: the findings on one page, source and target side by side, each in its direction."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dragoman.languages import locales
from dragoman.model import Problem
from dragoman.reports.finding_lines import CheckedLike, place

STYLE = """
:root { color-scheme: light dark; --soft: #767676; --line: #8884; }
body { font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans Hebrew", sans-serif; margin: 2rem auto; max-inline-size: 70rem; padding-inline: 1rem; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 1rem 2rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; border-block-end: 1px solid var(--line); }
mark { background: #ffd54a; color: #000; } .error { color: #c62828; } .warning { color: #b26a00; }
.info, .where { color: var(--soft); } .where { font-size: .85rem; overflow-wrap: anywhere; }
progress { inline-size: 8rem; }
"""


def report(checked: CheckedLike) -> str:
    """A page of the findings that loads nothing from elsewhere."""
    verdict = checked.verdict
    head = '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    head += '<meta name="viewport" content="width=device-width">\n'
    head += f"<title>Translations: {verdict}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    body = [f"<h1>Translations: {verdict}</h1>", *_counts(checked), *findings(checked)]
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def _counts(checked: CheckedLike) -> Iterator[str]:
    below = {(count.text, count.locale) for count in checked.below}
    yield "<table>\n<tr><th>Text</th><th>Language</th><th>Translated</th><th>Fuzzy</th><th>Missing</th></tr>"
    for count in checked.counts:
        short = ' class="error"' if (count.text, count.locale) in below else ""
        bar = f'<progress max="100" value="{count.percent:g}"></progress> {count.percent:g} %'
        yield (
            f"<tr{short}><td>{escape(count.text)}</td><td>{language(count.locale)}</td>"
            f"<td>{bar}</td><td>{count.fuzzy}</td><td>{count.missing}</td></tr>"
        )
    yield "</table>"


def findings(checked: CheckedLike) -> Iterator[str]:
    """The findings as a table, then the files that are behind the texts."""
    problems = checked.shown()
    if problems:
        yield "<table>\n<tr><th>Finding</th><th>Source</th><th>Target</th></tr>"
        for problem in problems:
            yield _row(problem)
        yield "</table>"
    for name in checked.behind:
        yield f'<p class="error">{escape(name)} is behind: “dragoman update” would change it</p>'


def language(locale: str) -> str:
    """The name of a language in its own letters and direction.

    >>> language("he")
    '<bdi lang="he" dir="rtl">עברית</bdi>'
    """
    tag, direction = escape(locales.language_tag(locale)), locales.direction(locale)
    return f'<bdi lang="{tag}" dir="{direction}">{escape(locales.name(locale))}</bdi>'


def _row(problem: Problem) -> str:
    source = _marked(problem.source, problem.source_span)
    target = _marked(problem.target, problem.span)
    what = f'<b class="{problem.severity}">{escape(problem.code)}</b> {escape(problem.message)}'
    return (
        f'<tr><td>{what}<div class="where">{escape(place(problem))}</div></td>'
        f"<td>{source}</td><td{_language(problem.locale)}>{target}</td></tr>"
    )


def _language(locale: str) -> str:
    """The attributes for text in a locale; none for a finding about a file, which has no locale."""
    if not locale:
        return ""
    return f' lang="{escape(locales.language_tag(locale))}" dir="{locales.direction(locale)}"'


def _marked(text: str, span: tuple[int, int]) -> str:
    start, end = span
    if start >= end:
        return escape(text)
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
