"""The command line: each command parses its arguments, calls one verb and prints the result.

`dragoman --help` imports only this module; a command's module is imported when it is called.
"""

from __future__ import annotations

import io
import os
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
    "check": "Check whether the translations are complete and sound.",
    "serve": "Open the workbench: translate, read and approve in the browser.",
    "waive": "Accept findings, with a reason that is kept in the catalog.",
    "bless": "Clear drafts whose source changed without changing its meaning.",
    "review": "Approve translations as they are.",
    "diff": "Show what changed between two catalogs, for a translator.",
    "history": "Show what commits changed about translations.",
    "prune": "Remove catalogs whose source text is gone.",
    "fmt": "Rewrite catalogs in canonical form.",
    "import": "Import a review file or XLIFF that came back.",
    "adopt": "Fill catalogs from existing translations.",
    "align": "Align the sentences of two files.",
    "memory": "Import, export, search and clean translation memories.",
    "pretranslate": "Fill untranslated messages from memories, as drafts.",
    "analyze": "Count words: new, repeated, and similar to those in memories.",
    "translate": "Draft what is not translated yet by machine translation.",
    "glossary": "Import, export and find terms.",
    "po": "Read, write and edit catalog files one by one.",
    "doctor": "Show what is installed, and what is wrong here.",
    "completion": "Print or install the completion of a shell.",
    "man": "Write a manual page for every command.",
    "git-setup": "Let git merge catalogs message by message.",
    "merge-driver": "Merge two catalogs; git calls this.",
}
"""Every command and the first sentence of its help; its module has the same name."""


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep a common option's value for the whole command line."""
    if value:
        ctx.ensure_object(dict)[param.name] = value


def _change_folder(ctx: click.Context, param: click.Parameter, value: str | None) -> None:  # noqa: ARG001
    """Make a folder the current one until the command ends, so that it counts for every path."""
    if value is None:
        return
    before = os.getcwd()
    os.chdir(value)
    if not ctx.resilient_parsing:  # completion looks at files after its contexts are closed
        ctx.find_root().call_on_close(lambda: os.chdir(before))


def _common(hidden: bool) -> list[click.Option]:
    """The options that may stand anywhere on the line."""
    return [
        click.Option(
            ["-C", "folder"],
            type=click.Path(exists=True, file_okay=False),
            metavar="DIRECTORY",
            help="Work in this folder; every path on the line is relative to it.",
            callback=_change_folder,
            is_eager=True,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            help="Print nothing but results and errors.",
            callback=_set,
            is_eager=True,
            expose_value=False,
            hidden=hidden,
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            help="Name every file that is written or removed.",
            callback=_set,
            is_eager=True,
            expose_value=False,
            hidden=hidden,
        ),
    ]


def _with_common(command: click.Command) -> click.Command:
    """Let a command and its subcommands take the common options; help lists them only once."""
    if not any(param.name == "quiet" for param in command.params):
        command.params += _common(hidden=True)
        for below in getattr(command, "commands", {}).values():
            _with_common(below)
    return command


class Commands(click.Group):
    """A group that knows the names of its commands, and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        # `import` is a keyword of Python, so its module is `import_`
        module = import_module(
            f"dragoman.cli.{name.replace('-', '_').replace('import', 'import_')}"
        )
        command: click.Command = module.command
        return _with_common(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # seldom needed

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(error.message + hint, ctx) from None


@click.group(
    cls=Commands,
    params=_common(hidden=False),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.pass_context
def dragoman(ctx: click.Context) -> None:
    """Localize prose with gettext: sentences in PO catalogs, parallel editions out.

    \b
    Examples:
      dragoman init --locale az --locale he --locale ru
      dragoman build
      dragoman status
      dragoman check --min 100

    The options below may stand anywhere on the line.

    \b
    Exit codes: 0 fine, 1 not complete, 2 usage or bad input, 3 internal error.
    Shell completion: dragoman completion --install (bash, zsh, fish).
    """
    ctx.ensure_object(dict)


def main() -> None:
    """Run a command; print every error as one sentence and exit with its code."""
    import gc

    from dragoman.errors import DragomanError, Exit  # see the module's docstring

    _speak_utf8()
    gc.set_threshold(200_000, 50, 100)  # catalogs live as long as the command: collect seldom
    try:
        code = dragoman.main(prog_name="dragoman", standalone_mode=False, color=_color())
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
        _complain(*(str(one) for one in getattr(error, "errors", [error])))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(Exit.FINE)
    except Exception as error:  # noqa: BLE001 - the last resort
        if isinstance(error, OSError) and error.filename is None and error.strerror:
            _complain(f"the output could not be printed: {error.strerror.lower()}; run it again")
            sys.exit(Exit.BAD_INPUT)
        _report_bug(error)
        sys.exit(Exit.INTERNAL)


def _speak_utf8() -> None:
    """Write UTF-8 into pipes and files on Windows, whose code pages lack most letters of texts."""
    if os.name == "nt":
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def _color() -> bool | None:
    """Whether to use colour: NO_COLOR and FORCE_COLOR decide, else click does (None)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return None


def _complain(*sentences: str) -> None:
    """Print errors, each on a line of its own."""
    from dragoman.text.controls import shown

    for sentence in sentences:
        click.echo(f"error: {shown(sentence).replace(chr(10), chr(92) + 'n')}", err=True)


def _report_bug(error: Exception) -> None:
    import traceback

    if os.environ.get("DRAGOMAN_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"
    _complain(
        f"internal error at {place}: {type(error).__name__}: {error}; "
        "this is a bug in dragoman: DRAGOMAN_DEBUG=1 shows where"
    )


def _close_quietly() -> None:
    """Drop further output: the reader of the pipe closed it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__: list[Any] = ["COMMANDS", "dragoman", "main"]
