"""The dashboard: a page with the completeness of every text in every language, and all findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from dragoman.model import Problem
from dragoman.reports.finding_lines import FINDINGS, CheckedLike, CountLike
from dragoman.reports.html import STYLE, findings, language

_STYLE = """
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; }
.card h2 { margin-block: 0 .4rem; font-size: 1.1rem; } .card progress { inline-size: 100%; }
.num { text-align: end; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; margin-block: 1rem; }
"""


def report(checked: CheckedLike) -> str:
    """A page that loads nothing from elsewhere and has no date, so that equal input gives equal bytes."""
    head = '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    head += '<meta name="viewport" content="width=device-width">\n<title>Translations</title>\n'
    head += f"<style>{STYLE}{_STYLE}</style>\n</head>\n<body>\n<h1>Translations</h1>\n"
    problems = [problem for problem in checked.findings if problem.code not in FINDINGS]
    body = [*_cards(checked), *_texts(checked.counts), *_codes(problems, _locales(checked.counts))]
    body += _details(checked)
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def _locales(counts: Sequence[CountLike]) -> list[str]:
    return list(dict.fromkeys(count.locale for count in counts))


def _cards(checked: CheckedLike) -> Iterator[str]:
    """A card for each language: completeness over all texts, and the number of findings."""
    yield '<div class="cards">'
    for locale in _locales(checked.counts):
        mine = [count for count in checked.counts if count.locale == locale]
        problems = (p for p in checked.findings if p.locale == locale and p.code not in FINDINGS)
        severities = Counter(p.severity for p in problems)
        lines = [
            _share("units", sum(c.translated for c in mine), sum(c.units for c in mine)),
            _share("words", sum(c.translated_words for c in mine), sum(c.words for c in mine)),
        ]
        reviewed = sum(c.reviewed for c in mine)
        if reviewed:
            lines.append(_share("units reviewed", reviewed, sum(c.units for c in mine)))
        counts = ", ".join(
            f"{severities[s]} {s}{'s' * (severities[s] > 1)}"
            for s in ("error", "warning")
            if severities[s]
        )
        lines.append(f"<div>{counts or 'nothing found'}</div>")
        yield f'<section class="card"><h2>{language(locale)}</h2>{"".join(lines)}</section>'
    yield "</div>"


def _share(what: str, done: int, whole: int) -> str:
    percent = int(1000 * done / whole) / 10 if whole else 100
    bar = f'<progress max="{max(whole, 1)}" value="{done if whole else 1}"></progress>'
    return f"<div>{percent:g} % of {what} <small>({done} of {whole})</small>{bar}</div>"


def _texts(counts: Sequence[CountLike]) -> Iterator[str]:
    """A row for each text, a column for each language."""
    there = _locales(counts)
    by_text: dict[str, dict[str, CountLike]] = {}
    for count in counts:
        by_text.setdefault(count.text, {})[count.locale] = count
    heads = "".join(f'<th scope="col">{language(locale)}</th>' for locale in there)
    yield f'<table>\n<tr><th scope="col">Text</th>{heads}</tr>'
    for text, mine in by_text.items():
        cells = "".join(_cell(mine[locale]) for locale in there if locale in mine)
        yield f'<tr><th scope="row">{escape(text)}</th>{cells}</tr>'
    yield "</table>"


def _cell(count: CountLike) -> str:
    left = [f"{n} {what}" for n, what in ((count.fuzzy, "fuzzy"), (count.missing, "missing")) if n]
    note = f' <small class="where">{", ".join(left)}</small>' if left else ""
    bar = f'<progress max="100" value="{count.percent:g}"></progress>'
    return f"<td>{bar} {count.percent:g} %{note}</td>"


def _codes(problems: Sequence[Problem], there: Sequence[str]) -> Iterator[str]:
    """The number of findings of each check, by language."""
    if not problems:
        return
    times = Counter((p.code, p.severity, p.locale) for p in problems)
    heads = "".join(f'<th scope="col" class="num">{language(x)}</th>' for x in there)
    yield f'<table>\n<tr><th scope="col">Finding</th><th scope="col">Severity</th>{heads}</tr>'
    for code, severity in sorted({(code, severity) for code, severity, _ in times}):
        cells = "".join(f'<td class="num">{times[code, severity, x] or ""}</td>' for x in there)
        yield (
            f'<tr><th scope="row">{escape(code)}</th><td class="{severity}">{severity}</td>{cells}</tr>'
        )
    yield "</table>"


def _details(checked: CheckedLike) -> Iterator[str]:
    rows = list(findings(checked))
    if rows:
        yield "<details>\n<summary>All findings</summary>"
        yield from rows
        yield "</details>"
