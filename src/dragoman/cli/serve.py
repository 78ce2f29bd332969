"""`dragoman serve`."""

from __future__ import annotations

import getpass

import click

from dragoman.cli.terminal import out, project
from dragoman.errors import DragomanError
from dragoman.project.git import user_name


@click.command("serve")
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
def command(
    port: int,
    by: str | None,
    opens: bool,
    engine: str | None,
    endpoint: str | None,
    model: str | None,
    private: bool,
) -> None:
    """Open the workbench: translate, read and approve in the browser.

    Only programs of this machine can reach it, and only a browser that opened the address that
    is printed; the address works once. Your name is that of git where --by says no other.
    Nothing is sent to an engine before the page has shown what would be sent. Ctrl+C ends it.

    \b
    Examples:
      dragoman serve
      dragoman serve --by "A. Translator" --open
    """
    here = project()
    try:
        from dragoman.pipeline.machine.consent import EngineChoice
        from dragoman.pipeline.session.session import Session
        from dragoman.workbench.app import ServeOptions
        from dragoman.workbench.server import Server
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "anyio", "h11"):
            raise
        raise DragomanError(
            f"the workbench needs {error.name}", how_to_fix="pip install 'dragoman[workbench]'"
        ) from None
    announced: list[str] = []

    def announce(address: str) -> None:
        what = "for one more browser" if announced else "the workbench, for one browser"
        out(f"{what}: {address}")
        if opens and not announced:
            click.launch(address)
        announced.append(address)

    name = by or user_name(here.root) or getpass.getuser()
    choice = EngineChoice(engine or "", endpoint or "", model or "", private=private)
    Server(Session(here), ServeOptions(name, port, choice), announce).run()
