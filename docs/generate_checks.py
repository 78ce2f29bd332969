"""Write docs/reference/checks.md from the checks' own docstrings; `--check` only compares."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from dragoman.checks import CHECKS
from dragoman.checks.severities import CODES
from dragoman.languages import language as languages

PAGE = Path(__file__).parent / "reference/checks.md"
_HEAD = """# Checks

What `dragoman check` can find, generated from the checks themselves; every example is also a test.
⟦ ⟧ mark the span that a finding shows.
How severities are changed is told in [settings](settings.md#checks), how single findings are accepted in [check in CI](../how-to/check-in-ci.md).

## Of a text and its catalog

| Code | Severity | What it means | Way out |
|---|---|---|---|
| `missing` | error | not translated | translate it |
| `fuzzy` | error | only a draft | look at it and take the flag away |
| `join` | error | a mark ↑ or ↓ leads to no translation | translate the sentence that it leads to |
| `stale` | error | the message is not in the text any more | run `dragoman update` |
| `orphan` | warning | a catalog with translations whose source text is gone | rename the text back, or `dragoman prune` |
| `conflict` | error | two sides changed a translation | choose, and remove the comments |
| `waiver` | warning | a waiver of another text, or without a reason | look again |
| `two-translations` | warning | one source is translated in two ways in the project | choose one |
| `one-translation` | warning | two sources have one translation | look which is right |
| `two-names` | warning | a name is written in two ways in the project | choose one, and put it into the [glossary](../how-to/keep-a-glossary.md) |
| `two-styles` | info | straight and curved quotation marks in one text | choose one |
| `anchor` | warning | a link leads to a heading by an anchor that no heading has in the built text | write the anchor of the source's heading or of the translated one |
| `reading-speed` | warning | a subtitle has more than 17 characters a second (9 of Chinese or Japanese), and is longer than its source | shorten it |
| `subtitle-length` | warning | a subtitle has more characters than its cues have space for (two lines of 42), and is longer than its source | shorten it |
| `not-offered` | info | readers of the text see words that no unit has; looked for with `--all` or `--fail-on info`, if what renders the format is installed | `dragoman extract --audit` lists them |

`missing` and `fuzzy` count only where a text is below `--min`.

A phrase of the other direction that begins in one element and ends in another needs no check:
outputs isolate it as a whole, or piece by piece where the elements ask for that.

## Of one source and its target
"""
_EXAMPLE = re.compile(r"^(PASS|FAIL) (\w+): (.*?) \| (.*)$")


def page() -> str:
    """The page as it should be."""
    out = [_HEAD]
    for check in CHECKS:
        text, examples = _parts(check.doc)
        code = check.code
        known = [code for code in languages.codes() if languages.of(code).has(check.needs)]
        kinds = ", ".join(known) if check.needs else "every language"
        out += [f"### `{code}`", "", f"{CODES[code]} · {kinds}", "", text, ""]
        if examples:
            out += ["| | Source | Target | |", "|---|---|---|---|"]
            out += [_row(*example) for example in examples] + [""]
    return "\n".join(out)


def _parts(doc: str) -> tuple[str, list[tuple[str, str, str, str]]]:
    lines = doc.split("\n")
    examples = [m.groups() for line in lines if (m := _EXAMPLE.match(line))]
    return "\n".join(line for line in lines if not _EXAMPLE.match(line)).strip(), examples


def _row(verdict: str, locale: str, source: str, target: str) -> str:
    cells = (f"{'✓' if verdict == 'PASS' else '✗'} {locale}", _code(source), _code(target), "")
    return "| " + " | ".join(cells) + " |"


def _code(text: str) -> str:
    shown = "".join(c if c.isprintable() or c == " " else f"U+{ord(c):04X}" for c in text)
    fence = "``" if "`" in shown else "`"
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown.replace('|', chr(92) + '|')}{pad}{fence}"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != page():
        sys.exit("docs/reference/checks.md is not what the checks say; run 'make docs'")
