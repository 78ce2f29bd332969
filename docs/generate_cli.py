"""Write `docs/reference/cli.md` from the help of every command.

`python docs/generate_cli.py` writes the page; with `--check` it writes nothing, and ends with
exit code 1 where the page is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dragoman.cli import COMMANDS, dragoman

PAGE = Path(__file__).parent / "reference" / "cli.md"
WIDTH = 80
HEAD = """\
# Commands

This page is written by `docs/generate_cli.py` from the program's own help;
`make docs` writes it anew.
What an exit code means stands in [exit codes](exit-codes.md).
"""


def helped(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    """A section with the help of a command, as a terminal of 80 columns shows it without colour."""
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        color=False,
        help_option_names=["-h", "--help"],
    )
    shown = click.unstyle(command.get_help(context))
    text = "\n".join(line.rstrip() for line in shown.strip().split("\n"))
    return f"## {context.command_path}\n\n```text\n{text}\n```\n"


def page() -> str:
    """The whole page: the program itself, then its commands in the order of its help."""
    above = click.Context(dragoman, info_name="dragoman")
    sections = [helped(dragoman, "dragoman")]
    for name in COMMANDS:
        command = dragoman.get_command(above, name)
        assert command is not None
        sections.append(helped(command, name, above))
        if isinstance(command, click.Group):
            within = click.Context(command, info_name=name, parent=above)
            sections += [helped(sub, sub.name or "", within) for sub in command.commands.values()]
    return "\n".join([HEAD, *sections])


def main() -> None:
    """Write the page, or say whether it is current."""
    made = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != made:
        click.echo("docs/reference/cli.md is not current; run 'make docs'", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
