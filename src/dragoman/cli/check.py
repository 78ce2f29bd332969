"""`dragoman check`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.output import output_file
from dragoman.cli.terminal import (
    is_dry_run,
    is_quiet,
    number,
    out,
    project,
    say_changed,
    say_lacking,
    say_unportable,
    say_unread,
)
from dragoman.errors import DragomanError, Exit
from dragoman.reports import REPORTS

if TYPE_CHECKING:
    from dragoman.pipeline.check.check import Checked
    from dragoman.project import Project

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
_FORMS = tuple(REPORTS)


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
    help="Minimum completeness of each text and locale.",
)
@click.option(
    "--by",
    type=click.Choice(["units", "words"]),
    default="units",
    show_default=True,
    help="The unit of --min.",
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
    help="The lowest severity that fails.",
)
@click.option("--frozen", is_flag=True, help="Fail if 'dragoman update' would change a catalog.")
@click.option(
    "--base",
    metavar="REF|FILE",
    help="Fail only if it is worse than in this commit, branch or saved baseline.",
)
@click.option("--save-baseline", metavar="FILE", help="Write the findings as a baseline.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="text",
    show_default=True,
    help="The form of the report on standard output.",
)
@click.option(
    "-r",
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also write a report to a file, or into a folder; may be repeated.",
)
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Text: also list findings of severity info, among them words that no unit has, and every untranslated unit.",
)
@click.option("--fix", is_flag=True, help="Fix what is certain and safe; the diff is shown.")
@click.option("--unsafe", is_flag=True, help="With --fix: also fix what may touch the meaning.")
@options.jobs
@options.dry_run
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
    every: bool,
    fix: bool,
    unsafe: bool,
    jobs: int | None,
) -> None:
    """Check whether the translations are complete and sound, and list where they are not.

    \b
    Exit codes: 0 they are, 1 they are not, 2 bad input or nothing to check, 3 internal error.

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
    wanted = [_report_file(report) for report in reports]
    audit = every or fail_on == "info"
    asked = pipeline.CheckOptions(
        texts, locales, least, by, require, fail_on, frozen, jobs=jobs or 0, audit=audit
    )
    if fix:
        _fix(here, asked, unsafe=unsafe)
    if base:
        from dragoman.pipeline.check import baseline_source  # only where it is asked for

        asked = replace(asked, baseline=baseline_source.read(here, base, asked))
    checked = pipeline.check(here, asked)
    _write(checked, wanted, save_baseline)
    say_lacking(checked.lacking)
    say_unread(here)
    say_unportable(here, here.texts())
    if form == "text":
        _text(checked, every or fail_on == "info")
    else:
        _print(checked, form)
    if form == "github":
        _add_step_summary(checked)
    if checked.unreadable:
        ctx.exit(Exit.BAD_INPUT)
    ctx.exit(Exit.FINE if checked.passed else Exit.INCOMPLETE)


def _report_file(report: str) -> tuple[str, str]:
    """The form and the file of a report."""
    form, colon, file = report.partition(":")
    if not colon or not file or form not in _FORMS:
        known = ", ".join(_FORMS)
        raise DragomanError(
            f"{report!r} is not FORMAT:FILE",
            how_to_fix=f"write sarif:check.sarif; forms are {known}",
        )
    suffixes = _SUFFIXES[form]
    return form, output_file(file, f"check{suffixes[0]}", suffixes)


_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".log", ".text"),
    "json": (".json",),
    "sarif": (".sarif", ".json"),
    "junit": (".xml",),
    "github": (".txt", ".log"),
    "gitlab": (".json",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "badge": (".json",),
}
"""The suffixes that suit each form; the first is that of a file in a folder."""


def _text(checked: Checked, every: bool) -> None:
    from dragoman.reports import text

    for kind, line in text.lines(checked, every):
        if kind == text.SUMMARY and checked.passed and is_quiet():
            continue
        colour = "green" if kind == text.SUMMARY and checked.passed else _COLOURS.get(kind)
        out(line, fg=colour, bold=kind in (text.HEAD, text.SUMMARY) or None)


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


def _add_step_summary(checked: Checked) -> None:
    """Append the Markdown report to the summary that GitHub shows of a job's step."""
    from dragoman.project import Files
    from dragoman.reports import report_named

    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if path:
        path = os.path.abspath(path)
        files = Files(os.path.dirname(path))
        files.append(path, report_named("markdown").report(checked).encode())


def _fix(here: Project, asked: object, *, unsafe: bool) -> None:
    from dragoman.pipeline.check.check import CheckOptions
    from dragoman.pipeline.check.fix import apply_fixes

    assert isinstance(asked, CheckOptions)
    result = apply_fixes(here, asked, unsafe=unsafe, write=not is_dry_run())
    for line in result.diff:
        out(line, fg={"-": "red", "+": "green"}.get(line[:1]))
    say_changed(f"{number(result.fixed, 'finding')} fixed")
