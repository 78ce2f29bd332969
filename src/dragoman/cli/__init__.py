"""The command line: arguments in, one verb of the pipeline, words out.

This module is all that `dragoman --help` loads; each command is a module that is loaded when
it is called.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from dragoman import __version__

COMMANDS = {
    "init": "Make a project: write its settings.",
    "extract": "Write the template of every text.",
    "update": "Bring the catalogs in step with the texts.",
    "build": "Do everything: extract, update, compile, translate, align.",
    "export": "Write parallel editions in one or several formats.",
    "site": "Write a site: every text in every language, and side by side.",
    "status": "Show how far each text is in each language.",
    "check": "Say whether the translations are complete and sound.",
    "serve": "Open the workbench: translate, read and approve in the browser.",
    "waive": "Accept findings, with a reason that stands in the catalog.",
    "bless": "Say that changes of the source did not change its meaning.",
    "review": "Approve translations as they stand.",
    "diff": "Show what changed between two catalogs, for a translator.",
    "history": "Show what commits changed about translations.",
    "prune": "Remove catalogs whose source text is gone.",
    "fmt": "Bring catalogs into canonical form.",
    "import": "Take back a review file or XLIFF.",
    "adopt": "Fill a catalog from a translation that exists already.",
    "align": "Align the sentences of two files.",
    "memory": "Bring in, hand out, search and clean translation memories.",
    "pretranslate": "Fill untranslated messages from memories, as drafts.",
    "analyze": "Count words: new, repeated, and like what memories have.",
    "translate": "Let a machine draft what is not translated yet.",
    "glossary": "Bring in, hand out and find terms.",
    "po": "Read, write and edit catalog files one by one.",
    "git-setup": "Let git merge catalogs message by message.",
    "merge-driver": "Merge two catalogs; git calls this.",
}
"""Every command and what its help says first; a command's module has its name."""


class Commands(click.Group):
    """Knows the names of its commands, and loads one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        # `import` is a word of Python, so its module is `import_`
        module = import_module(
            f"dragoman.cli.{name.replace('-', '_').replace('import', 'import_')}"
        )
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # only for the mistaken

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(error.message + hint, ctx) from None


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    default=".",
    show_default=False,
    help="Work in this folder instead of the current one.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def dragoman(ctx: click.Context, folder: str, quiet: bool) -> None:
    """Localize prose with gettext: sentences in PO catalogs, parallel editions out.

    \b
    Examples:
      dragoman init --locale az --locale he --locale ru
      dragoman build
      dragoman status
      dragoman check --min 100

    \b
    Exit codes: 0 fine, 1 not complete, 2 usage or bad input, 3 internal error.
    Shell completion: eval "$(_DRAGOMAN_COMPLETE=bash_source dragoman)" (or zsh, fish).
    """
    ctx.obj = {"folder": folder, "quiet": quiet}


def main() -> None:
    """Run a command, and land every error in one sentence and its exit code."""
    import gc

    from dragoman.errors import DragomanError, Exit  # see the module's docstring

    gc.set_threshold(200_000, 50, 100)  # a command is short; its catalogs are no garbage
    try:
        code = dragoman.main(standalone_mode=False, color=_color())
        sys.exit(code if isinstance(code, int) else Exit.FINE)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.BAD_INPUT)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except DragomanError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(Exit.FINE)
    except Exception as error:  # noqa: BLE001 - the last resort
        if isinstance(error, OSError) and error.filename is None and error.strerror:
            _complain(f"what was to be printed is lost: {error.strerror.lower()}; run it again")
            sys.exit(Exit.BAD_INPUT)
        _internal(error)
        sys.exit(Exit.INTERNAL)


def _color() -> bool | None:
    """NO_COLOR and FORCE_COLOR, which click leaves to its users."""
    import os

    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return None


def _complain(sentences: str) -> None:
    from dragoman.text.controls import shown

    for sentence in sentences.split("\n"):
        click.echo(f"error: {shown(sentence)}", err=True)


def _internal(error: Exception) -> None:
    import os
    import traceback

    if os.environ.get("DRAGOMAN_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"
    _complain(
        f"internal error at {place}: {type(error).__name__}: {error}; "
        "this is a fault of dragoman: DRAGOMAN_DEBUG=1 shows where"
    )


def _close_quietly() -> None:
    """Whoever read our output has enough of it."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__: list[Any] = ["COMMANDS", "dragoman", "main"]
