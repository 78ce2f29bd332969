"""`dragoman check`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say
from dragoman.errors import Exit

if TYPE_CHECKING:
    from dragoman.model import Problem
    from dragoman.pipeline.check import Checked

_SHOWN = 72


@click.command("check")
@options.texts
@options.locales
@click.option(
    "--min",
    "least",
    type=click.FloatRange(0, 100),
    default=100,
    show_default=True,
    metavar="PERCENT",
    help="Translated units that each text and locale must have.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.pass_context
def command(
    ctx: click.Context, texts: tuple[str, ...], locales: tuple[str, ...], least: float, form: str
) -> None:
    """Say whether the translations are complete and sound, and where they are not.

    \b
    Exit codes: 0 they are, 1 they are not, 2 usage or bad input, 3 internal error.

    \b
    Examples:
      dragoman check
      dragoman check --min 80 -l he
      dragoman check --format json
    """
    from dragoman.pipeline import check as pipeline  # noqa: PLC0415 - loaded when called

    checked = pipeline.check(project(), texts, locales, least)
    if form == "json":
        _json(checked)
    else:
        _text(checked, least)
    ctx.exit(Exit.FINE if checked.passed else Exit.INCOMPLETE)


def _text(checked: Checked, least: float) -> None:
    short = {(count.text, count.locale) for count in checked.below}
    for problem in checked.problems:
        lacking = problem.code in ("missing", "fuzzy")
        if not lacking or (problem.text, problem.locale) in short:
            _line(problem)
    for count in checked.below:
        out(
            f"{count.text} [{count.locale}]: {count.percent:g} % translated, "
            f"{least:g} % asked for: {count.missing} missing, {count.fuzzy} fuzzy",
            fg="red",
        )
    if checked.passed:
        say("complete and sound", fg="green")


def _line(problem: Problem) -> None:
    source = problem.source
    if len(source) > _SHOWN:
        source = source[: _SHOWN - 1] + "…"
    po = f"{problem.po_file}:{problem.po_line}" if problem.po_line else problem.po_file
    place = f" ({problem.origin_file}:{problem.origin_line})" if problem.origin_file else ""
    out(f"{po}: {problem.code}: {problem.message}: “{source}”{place}")


def _json(checked: Checked) -> None:
    findings = []
    for problem in checked.problems:
        found = asdict(problem)
        found["po"] = {"file": found.pop("po_file"), "line": found.pop("po_line")}
        found["origin"] = {"file": found.pop("origin_file"), "line": found.pop("origin_line")}
        findings.append(found)
    result = {
        "passed": checked.passed,
        "findings": findings,
        "texts": [count.as_dict() for count in checked.counts],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
