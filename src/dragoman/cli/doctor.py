"""`dragoman doctor`."""

from __future__ import annotations

import json

import click

from dragoman.cli.terminal import out
from dragoman.errors import Exit

_MARKS = {"fine": "ok", "absent": "-", "wrong": "!"}


@click.command("doctor")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Show what is installed, what each export needs, and what is wrong here.

    It looks at Python and the locale, at optional packages and programs, at fonts for ə, Hebrew
    points and Cyrillic, at git's settings, and at what a command that was killed left behind.
    It changes nothing.

    Exit codes: 0 nothing is wrong, though something may be absent; 1 something is wrong.

    \b
    Examples:
      dragoman doctor
      dragoman doctor --format json
    """
    from dragoman.pipeline.doctor import examine

    found = examine(".")
    if form == "json":
        out(json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=2))
    else:
        width = max(len(one.name) for one in found)
        area = ""
        for one in found:
            if one.area != area:
                area = one.area
                out(area, bold=True)
            fix = f"  ({one.how_to_fix})" if one.how_to_fix else ""
            out(f"  {_MARKS[one.verdict]:2} {one.name.ljust(width)}  {one.detail}{fix}")
    ctx.exit(Exit.INCOMPLETE if any(one.verdict == "wrong" for one in found) else Exit.FINE)
