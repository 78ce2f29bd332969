"""`dragoman translate`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import is_dry_run, is_quiet, out, project, say, say_changed
from dragoman.errors import Exit

if TYPE_CHECKING:
    from dragoman.engines.exchange import Request
    from dragoman.pipeline.machine.translate import Drafted, TranslatePlan


@click.command("translate")
@click.option(
    "-e",
    "--engine",
    metavar="NAME",
    help="google, mymemory, libretranslate, deepl, openai or pseudo; else the engine of the settings.",
)
@options.texts
@options.locales
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="Texts that are never sent, besides those of the settings; may be repeated.",
)
@click.option("--endpoint", metavar="URL", help="The server to send to instead of the engine's.")
@click.option("--model", metavar="NAME", help="openai: the model.")
@click.option(
    "--private",
    is_flag=True,
    help="Allow the endpoint of the settings to be inside a private network.",
)
@click.option("--renew", is_flag=True, help="Replace machine drafts that nobody touched.")
@click.option("--fresh", is_flag=True, help="Ignore cached answers.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 32), metavar="N", help="Requests at the same time."
)
@options.dry_run
@click.pass_context
def command(
    ctx: click.Context,
    engine: str | None,
    texts: tuple[str, ...],
    locales: tuple[str, ...],
    exclude: tuple[str, ...],
    endpoint: str | None,
    model: str | None,
    private: bool,
    renew: bool,
    fresh: bool,
    jobs: int | None,
) -> None:
    """Draft what is not translated yet by machine translation.

    Only empty messages are filled, as drafts (fuzzy) that name their engine. Nothing is sent
    unless an engine is named here or in the settings; markup, addresses and names that the
    glossary keeps are not sent. With --dry-run, exactly what would be sent is printed.

    \b
    Keys come from the environment, or from the keyring (keyring set dragoman ENGINE):
      deepl DEEPL_AUTH_KEY, openai OPENAI_API_KEY,
      libretranslate LIBRETRANSLATE_API_KEY, mymemory MYMEMORY_EMAIL

    \b
    Exit codes: 0 all is drafted, 1 something is not, 2 usage or bad input, 3 internal error.

    \b
    Examples:
      dragoman translate --engine deepl -l ru --dry-run
      dragoman translate --engine libretranslate --endpoint http://localhost:5000
      dragoman translate --engine pseudo
    """
    from dragoman.pipeline.machine import translate as pipeline
    from dragoman.pipeline.machine.consent import EngineChoice

    dry_run = is_dry_run()
    consent = EngineChoice(
        engine or "", endpoint or "", model or "", private=private, jobs=jobs or 0, dry_run=dry_run
    )
    wanted = pipeline.TranslateOptions(consent, texts, locales, exclude, renew=renew, fresh=fresh)
    here = project()
    plan = pipeline.plan(here, wanted)
    if dry_run:
        _print_estimate(plan, "would send")
        for request in pipeline.requests(plan):
            _show(request)
        return
    if not is_quiet():
        _print_estimate(plan, "sends")
    with _bar(sum(len(batch.items) for batch in plan.batches)) as progress:
        drafted = pipeline.fetch_drafts(here, plan, progress)
    _print_result(plan, drafted)
    if drafted.ended is not None:
        click.echo(f"error: {drafted.ended}", err=True)
    ctx.exit(Exit.INCOMPLETE if drafted.refused or drafted.ended else Exit.FINE)


def _print_estimate(plan: TranslatePlan, verb: str) -> None:
    """Print how much is about to be sent, and where."""
    agreement = plan.drafting.agreement
    count = plan.drafting.estimate(plan.batches)
    texts = f"{count.texts:,} {'text' if count.texts == 1 else 'texts'}"
    size = f"{count.characters:,} characters"
    if not agreement.host:
        out(f"{agreement.name} sends nothing: {texts}, {size}")
        return
    requests = f"{count.requests:,} {'request' if count.requests == 1 else 'requests'}"
    cost = "" if count.cost is None else f", about {count.cost:.2f} {agreement.currency}".rstrip()
    out(f"{agreement.name} {verb} to {agreement.host}: {texts}, {size}, {requests}{cost}")


def _show(request: Request) -> None:
    """Print a request as it would be sent."""
    from urllib.parse import parse_qsl, urlsplit  # seldom needed

    out(f"{request.method} {request.url}")
    for name, value in request.headers.items():
        out(f"{name}: {value}")
    if request.body:
        out(request.body.decode())
    for name, value in parse_qsl(urlsplit(request.url).query):
        out(f"  {name} = {value}")


@contextlib.contextmanager
def _bar(count: int) -> Iterator[Callable[[int], None]]:
    """A progress bar if standard error is a terminal."""
    if is_quiet() or not count or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=count, label="translate", file=sys.stderr) as bar:
        yield bar.update


def _print_result(plan: TranslatePlan, drafted: Drafted) -> None:
    for fate in drafted.refused:
        opening = fate.opening
        out(f"{opening.place}: no draft: {fate.reason}: “{opening.pair.source}”", fg="red")
    for fate in drafted.missed:
        for term in fate.missed:
            out(f"{fate.opening.place}: term: {term}", fg="yellow")
    for name, count in plan.absent.items():
        if count:
            out(f"{name}: {count} not in it yet; run 'dragoman update'", fg="yellow")
    counts = [f"{count} {locale}" for locale, count in drafted.drafts.items() if count]
    say_changed(f"drafted: {', '.join(counts)}" if counts else "nothing drafted")
    if drafted.faults:
        say(f"{drafted.faults} faults on the way, in the log")
