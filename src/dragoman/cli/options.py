"""Options that several commands share, and how their values are completed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def split(values: Sequence[str]) -> tuple[str, ...]:
    """The names in options that may be repeated, and separated by commas.

    >>> split(["az, he", "ru"])
    ('az', 'he', 'ru')
    """
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


def _texts(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG001
    """Names of texts; one that holds a comma itself is not split."""
    if ctx.resilient_parsing or not any("," in value for value in values):
        return tuple(values)
    from dragoman.cli.terminal import project  # only where it matters

    known = {name for text in project().texts() for name in (text.domain, text.path)}
    names: list[str] = []
    for value in values:
        names += [value] if value in known else split([value])
    return tuple(names)


def _locales(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG001
    """Locales of the project, however they are spelled."""
    return split(values) if ctx.resilient_parsing else project_locales(*values)


def project_locales(*values: str) -> tuple[str, ...]:
    """The locales of the project that options name, however they are spelled."""
    names = split(values)
    if not names:
        return ()
    from dragoman.cli.terminal import project  # only where it matters
    from dragoman.languages.locale_names import meant

    settings = project().settings
    known = (*settings.locales, settings.source)
    return tuple(dict.fromkeys(meant(name, known) for name in names))


def any_locale(ctx: click.Context, param: click.Parameter, value: Any) -> Any:  # noqa: ARG001
    """Locales in their canonical spelling, outside a project: one, or several."""
    from dragoman.languages.locale_names import canonical  # only where it matters

    if isinstance(value, str):
        return canonical(value) if value else value
    return tuple(dict.fromkeys(map(canonical, split(value))))


def _completed(
    names: Callable[[], Iterator[str]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Complete the last of several names that are separated by commas."""

    def complete(ctx: click.Context, param: click.Parameter, word: str) -> list[CompletionItem]:  # noqa: ARG001
        before, comma, last = word.rpartition(",")
        try:
            return [CompletionItem(before + comma + x) for x in names() if x.startswith(last)]
        except Exception:  # noqa: BLE001 - a shell has no place for errors
            return []

    return complete


def _text_names() -> Iterator[str]:
    from dragoman.project import find

    return (text.domain for text in find(".").texts())


def _locale_names() -> Iterator[str]:
    from dragoman.project import find

    return iter(find(".").settings.locales)


def _export_names() -> Iterator[str]:
    from dragoman.exports import EXPORTS

    return iter(EXPORTS)


complete_texts = _completed(_text_names)
complete_locales = _completed(_locale_names)
complete_exports = _completed(_export_names)

texts = click.option(
    "-t",
    "--text",
    "texts",
    multiple=True,
    metavar="TEXT",
    callback=_texts,
    shell_complete=complete_texts,
    help="Only this text; may be repeated, or several separated by commas.",
)
locales = click.option(
    "-l",
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    callback=_locales,
    shell_complete=complete_locales,
    help="Only this locale; may be repeated, or several separated by commas.",
)
memories = click.option(
    "-m",
    "--memory",
    "memories",
    multiple=True,
    metavar="MEMORY",
    help="Only this memory: a name from the settings, 'catalogs', a .tmx or .sqlite file, postgresql://…; may be repeated.",
)
units = click.option(
    "-u",
    "--unit",
    "units",
    multiple=True,
    metavar="UNIT",
    callback=lambda _ctx, _param, values: split(values),
    help="Only this unit, by its number in the text (4.2) or its id; may be repeated, or several separated by commas.",
)
encoder = click.option(
    "--encoder",
    default="",
    metavar="NAME",
    help="Use the sentence embeddings of an installed plug-in too.",
)


def _dry_run(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value:
        ctx.ensure_object(dict)["dry_run"] = True


dry_run = click.option(
    "--dry-run",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_dry_run,
    help="Print what would change and write nothing.",
)
"""The project's files are then never written: see `project.files.Rehearsal`."""


def editions(command: Decorated) -> Decorated:
    """Options of commands that write editions: what may appear in them, and how it is laid out."""
    for option in reversed(_EDITIONS):
        command = option(command)
    return command


_EDITIONS = (
    click.option(
        "--missing",
        type=click.Choice(["source", "mark", "blank", "fail", "refuse"]),
        help="What appears where a translation is missing; refuse is fail.",
    ),
    click.option("--drafts", is_flag=True, help="Include drafts (fuzzy)."),
    click.option(
        "--states",
        metavar="STATES",
        help="Only translations in these states: draft, translated, reviewed, separated by commas.",
    ),
    click.option(
        "--layout",
        type=click.Choice(["columns", "facing", "stacked", "interlinear"]),
        default="columns",
        show_default=True,
        help="HTML and site: the layout shown first; PDF, LaTeX: how languages are laid out.",
    ),
    click.option(
        "--embed-fonts",
        is_flag=True,
        help="HTML, EPUB, site: embed fonts for the letters of the text.",
    ),
    click.option(
        "--for",
        "readers",
        type=click.Choice(["readers", "editors"]),
        default="readers",
        show_default=True,
        help="HTML, site: editors see progress, states and numbers at once.",
    ),
)


jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Number of processes.  [default: one, or from 300 texts on as many as there are cores]",
)
