"""`dragoman completion`."""

from __future__ import annotations

import os

import click
from click.shell_completion import get_completion_class

from dragoman.cli.terminal import out, say
from dragoman.errors import DragomanError
from dragoman.project import Files

_HOMES = {
    "bash": ".local/share/bash-completion/completions/dragoman",
    "zsh": ".local/share/zsh/site-functions/_dragoman",
    "fish": ".config/fish/completions/dragoman.fish",
}
"""Where each shell looks for completions of a user, in the home folder."""
_ZSHRC = "fpath=(~/.local/share/zsh/site-functions $fpath); autoload -Uz compinit && compinit"
"""zsh looks nowhere in the home folder unless it is told."""


@click.command("completion")
@click.argument("shell", required=False, type=click.Choice(list(_HOMES)))
@click.option(
    "--install", is_flag=True, help="Put it where the shell finds it, in your home folder."
)
def command(shell: str | None, install: bool) -> None:
    """Print the completion script of a shell, or install it.

    Without SHELL it is that of the environment variable SHELL.

    \b
    Examples:
      dragoman completion --install
      dragoman completion fish > dragoman.fish
    """
    name = shell or os.path.basename(os.environ.get("SHELL", ""))
    made = get_completion_class(name)
    if made is None or name not in _HOMES:
        raise DragomanError(
            f"no completion for the shell {name!r}", how_to_fix=f"name one of {', '.join(_HOMES)}"
        )
    from dragoman.cli import dragoman

    script = made(dragoman, {}, "dragoman", "_DRAGOMAN_COMPLETE").source()
    if not install:
        out(script)
        return
    home = os.path.expanduser("~")
    files = Files(home)
    path = f"{home}/{_HOMES[name]}"
    files.bytes_of(path)
    files.write({path: script.encode() + b"\n"})
    say(f"wrote {path}")
    if name == "zsh":
        _tell_zsh(files, f"{home}/.zshrc")
    say("open a new shell to use it")


def _tell_zsh(files: Files, path: str) -> None:
    known = files.bytes_of(path) or b""
    if _ZSHRC.encode() not in known:
        line = b"" if not known or known.endswith(b"\n") else b"\n"
        files.write({path: known + line + _ZSHRC.encode() + b"\n"})
        say(f"added a line to {path}")
