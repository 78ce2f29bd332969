"""`dragoman serve`."""

from __future__ import annotations

import getpass
import os

import click

from dragoman.cli import options
from dragoman.cli.terminal import out, project
from dragoman.errors import DragomanError
from dragoman.project.git import user_name
from dragoman.system import share_one_heap

ROLES = ("reader", "translator", "reviewer", "editor")


@click.group("serve", invoke_without_command=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Listen on this port; any if 0."
)
@click.option("--by", metavar="NAME", help="Your name, for what you save and approve.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.option(
    "-e", "--engine", metavar="NAME", help="For machine drafts; else the engine of the settings."
)
@click.option("--endpoint", metavar="URL", help="The server to send to instead of the engine's.")
@click.option("--model", metavar="NAME", help="openai: the model.")
@click.option(
    "--private",
    is_flag=True,
    help="Allow the endpoint of the settings to be inside a private network.",
)
@click.option("--origin", metavar="URL", help="Where a reverse proxy shows it to a team.")
@click.option("--socket", "path", metavar="PATH", help="The Unix socket that the proxy uses.")
@click.option("--user-header", metavar="NAME", help="The header in which the proxy names people.")
@click.option("--watch", is_flag=True, help="Build what changes, at once.")
@click.option(
    "--commit", is_flag=True, help="Commit catalogs, each person's work under their name."
)
@click.pass_context
def command(
    ctx: click.Context,
    port: int,
    by: str | None,
    opens: bool,
    engine: str | None,
    endpoint: str | None,
    model: str | None,
    private: bool,
    origin: str | None,
    path: str | None,
    user_header: str | None,
    watch: bool,
    commit: bool,
) -> None:
    """Open the workbench: translate, read and approve in the browser.

    Only programs of this machine can reach it, and only a browser that opened the address that
    is printed; the address works once. Your name is that of git where --by says no other.
    Nothing is sent to an engine before the page has shown what would be sent. Ctrl+C ends it.

    \b
    A team comes in through a reverse proxy on this machine, at --origin: by invitation, or under
    the name in --user-header. That is believed over --socket, or with X-Dragoman-Secret as
    DRAGOMAN_PROXY_SECRET has it.

    \b
    Examples:
      dragoman serve
      dragoman serve --by "A. Translator" --open
      dragoman serve --watch
      dragoman serve invite "A. Reader" --role reviewer --locale he --origin https://texts.example
      dragoman serve --origin https://texts.example --commit
    """
    if ctx.invoked_subcommand is not None:
        return
    here = project()
    try:
        from dragoman.pipeline.machine.consent import EngineChoice
        from dragoman.pipeline.session.session import Session
        from dragoman.workbench.access import Team
        from dragoman.workbench.app import ServeOptions
        from dragoman.workbench.server import Server
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "anyio", "h11"):
            raise
        raise DragomanError(
            f"the workbench needs {error.name}", how_to_fix="pip install 'dragoman[workbench]'"
        ) from None
    team = None
    if origin is not None:
        secret = os.environ.get("DRAGOMAN_PROXY_SECRET", "")
        team = Team(origin, user_header or "", secret, path or "")
    elif path or user_header:
        raise click.UsageError("--socket and --user-header need --origin")
    announced: list[str] = []

    def announce(address: str) -> None:
        what = "for one more browser" if announced else "the workbench, for one browser"
        out(f"{what}: {address}")
        if opens and not announced:
            click.launch(address)
        announced.append(address)

    name = by or user_name(here.root) or getpass.getuser()
    choice = EngineChoice(engine or "", endpoint or "", model or "", private=private)
    wanted = ServeOptions(name, port, choice, team, watch, commit, complain)
    share_one_heap()
    Server(Session(here), wanted, announce).run()


def complain(sentence: str) -> None:
    """Print what happens beside saves: a build, or a commit that failed."""
    out(sentence)


@command.command("invite")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="translator",
    show_default=True,
    help="What they may do.",
)
@options.locales
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=14,
    show_default=True,
    help="How long the link works.",
)
@click.option("--origin", metavar="URL", help="Where the team's workbench is, for the link.")
def invite(name: str, role: str, locales: tuple[str, ...], days: int, origin: str | None) -> None:
    """Give a person a role, and print a link that lets one browser in.

    Without --locale the role is for every language. Whoever comes under a name in --user-header needs the role, but not the link.

    \b
    Examples:
      dragoman serve invite "A. Reader" --role reviewer --locale he --origin https://texts.example
    """
    from dragoman.pipeline.selection import chosen_locales
    from dragoman.pipeline.session.people import EVERYWHERE, People, Role

    here = project()
    places = chosen_locales(here, locales) if locales else (EVERYWHERE,)
    token = People(here.root).invite(name, Role[role.upper()], places, days)
    out(f"{(origin or '').rstrip('/')}/enter?token={token}")


@command.command("people")
def people() -> None:
    """List who may come in, and their roles."""
    from dragoman.pipeline.session.people import People

    for person in People(project().root).all():
        roles = (f"{locale} {role.name.lower()}" for locale, role in sorted(person.roles.items()))
        out(f"{person.name}: {', '.join(roles)}")


@command.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Let a person in no more: role, links and open browsers end at once.

    \b
    Examples:
      dragoman serve revoke "A. Reader"
    """
    from dragoman.pipeline.session.people import People

    if not People(project().root).revoke(name):
        raise DragomanError(
            f"nobody is named {name!r}", how_to_fix="'dragoman serve people' lists everybody"
        )


@command.command("log")
def log() -> None:
    """Print what the team changed: when, who, what, where."""
    from datetime import datetime

    from dragoman.pipeline.session.audit import AuditLog

    for line in AuditLog(project().root).lines():
        when = datetime.fromtimestamp(line.at).astimezone().isoformat(" ", "seconds")
        where = f" {line.text} [{line.locale}]" if line.text else ""
        said = f": “{line.source}”" if line.source else ""
        out(f"{when} {line.by}: {line.did}{where}{said}")
