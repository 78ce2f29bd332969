"""`dragoman check`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project, say, say_lacking
from dragoman.errors import DragomanError, Exit

if TYPE_CHECKING:
    from dragoman.pipeline.check.check import Checked
    from dragoman.project import Project

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_FORMS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html", "badge")


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
    help="What each text and locale must have reached.",
)
@click.option(
    "--by",
    type=click.Choice(["units", "words"]),
    default="units",
    show_default=True,
    help="What --min counts.",
)
@click.option(
    "--require",
    type=click.Choice(["translated", "reviewed"]),
    default="translated",
    show_default=True,
    help="The state that --min counts.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="The lightest finding that fails.",
)
@click.option("--frozen", is_flag=True, help="Fail where 'dragoman update' would change a catalog.")
@click.option(
    "--base",
    metavar="REF|FILE",
    help="Fail only where it is worse than in this commit, branch or saved baseline.",
)
@click.option("--save-baseline", metavar="FILE", help="Write what is found as a baseline.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="What is written to standard output.",
)
@click.option(
    "-r",
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT:FILE",
    help="A report to a file besides; may be given again.",
)
@click.option("--all", "light", is_flag=True, help="Text: tell findings of severity info too.")
@click.option("--fix", is_flag=True, help="Fix what is certain and safe; the diff is shown.")
@click.option("--unsafe", is_flag=True, help="With --fix: fix what may touch the meaning too.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the diff and write nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    least: float,
    by: str,
    require: str,
    fail_on: str,
    frozen: bool,
    base: str | None,
    save_baseline: str | None,
    form: str,
    reports: tuple[str, ...],
    light: bool,
    fix: bool,
    unsafe: bool,
    dry_run: bool,
) -> None:
    """Say whether the translations are complete and sound, and where they are not.

    \b
    Exit codes: 0 they are, 1 they are not, 2 usage or bad input, 3 internal error.

    \b
    Examples:
      dragoman check
      dragoman check --min 80 -l he
      dragoman check --base origin/main -r sarif:check.sarif -r junit:check.xml
      dragoman check --fix --dry-run
    """
    from dataclasses import replace

    from dragoman.pipeline.check import check as pipeline

    here = project()
    wanted = [_asked_for(report) for report in reports]
    asked = pipeline.Asked(texts, locales, least, by, require, fail_on, frozen)
    if fix:
        _fix(here, asked, unsafe=unsafe, dry_run=dry_run)
    if base:
        from dragoman.pipeline.check import baseline_source  # only where it is asked for

        asked = replace(asked, baseline=baseline_source.read(here, base, asked))
    checked = pipeline.check(here, asked)
    _write(checked, wanted, save_baseline)
    say_lacking(checked.lacking)
    if form == "text":
        _text(checked, light or fail_on == "info")
    else:
        _print(checked, form)
    if checked.unreadable:
        ctx.exit(Exit.BAD_INPUT)
    ctx.exit(Exit.FINE if checked.passed else Exit.INCOMPLETE)


def _asked_for(report: str) -> tuple[str, str]:
    """The form and the file of a report."""
    form, colon, file = report.partition(":")
    if not colon or not file or form not in _FORMS:
        known = ", ".join(_FORMS)
        raise DragomanError(
            f"{report!r} is not FORMAT:FILE", way_out=f"write sarif:check.sarif; forms are {known}"
        )
    return form, os.path.abspath(file)


def _text(checked: Checked, light: bool) -> None:
    from dragoman.reports import text

    for kind, line in text.lines(checked, light):
        out(line, fg=_COLOURS.get(kind), bold=kind == text.HEAD or None)
    waived = sum(1 for problem in checked.problems if problem.waived)
    if waived:
        say(f"{waived} waived")
    if checked.passed:
        say(checked.verdict, fg="green")


def _print(checked: Checked, form: str) -> None:
    from dragoman.reports import report_named

    click.echo(report_named(form).report(checked), nl=False)


def _write(checked: Checked, wanted: list[tuple[str, str]], save_baseline: str | None) -> None:
    from dragoman.pipeline.check import baseline, baseline_source
    from dragoman.project import Files
    from dragoman.reports import report_named

    files = {file: report_named(form).report(checked).encode() for form, file in wanted}
    if save_baseline:
        files[os.path.abspath(save_baseline)] = baseline.dumped(baseline_source.of(checked))
    for file, data in files.items():
        Files(os.path.dirname(file)).write({file: data})


def _fix(here: Project, asked: object, *, unsafe: bool, dry_run: bool) -> None:
    from dragoman.pipeline.check.check import Asked
    from dragoman.pipeline.check.fix import apply_fixes

    assert isinstance(asked, Asked)
    result = apply_fixes(here, asked, unsafe=unsafe, write=not dry_run)
    for line in result.diff:
        out(line, fg={"-": "red", "+": "green"}.get(line[:1]))
    say(f"{result.fixed} {'to fix' if dry_run else 'fixed'}")
