"""`dragoman update`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, out, project, report_texts, say_changed, watched

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.update import UpdatedProject, UpdatedText


@click.command("update")
@options.texts
@options.locales
@options.dry_run
def command(texts: tuple[str, ...], locales: tuple[str, ...]) -> None:
    """Update templates and catalogs from the texts.

    Unchanged sentences keep their translation wherever they moved; changed ones become fuzzy and
    keep their former translation; removed ones are kept as obsolete. Catalogs of a renamed,
    split or joined text follow it.

    \b
    Examples:
      dragoman update
      dragoman update -l he -t letters/first
    """
    from dragoman.pipeline.catalogs import update as pipeline

    here = project()
    updated = pipeline.update(here, locales, watched("update"), texts, out)
    for text, locale, result, _ in updated.catalogs:
        for _context, source in result.torn:
            out(f"{here.catalog_name(text, locale)}: split in another way, now a draft: “{source}”")
        for _context, source in result.split:
            name = here.catalog_name(text, locale)
            out(f"{name}: joined to another sentence now, so a draft: “{source}”")
    say_changed(_summary(updated), updated.changed)
    report_texts(here)


def _summary(updated: UpdatedProject) -> str:
    """What an update changed, in one line."""
    counts = _counts(updated.catalogs)
    parts = [f"{files(len(updated.changed))} changed" if updated.changed else "nothing to update"]
    parts += [f"{count} {what}" for what, count in counts.items() if count]
    return "; ".join(filter(None, [parts[0], ", ".join(parts[1:])]))


def _counts(catalogs: Sequence[UpdatedText]) -> dict[str, int]:
    """What happened to messages, each kind with its number over all locales."""
    return {
        "new": sum(max(0, len(one.changes.new) - one.filled) for one in catalogs),
        "fuzzy after a change": sum(one.changes.drafts for one in catalogs),
        "fuzzy, translated late": sum(len(one.changes.refilled) for one in catalogs),
        "kept through light changes": sum(one.changes.kept for one in catalogs),
        "split in another way": sum(one.changes.carried for one in catalogs),
        "from other texts": sum(one.filled for one in catalogs),
        "revived": sum(one.changes.revived for one in catalogs),
        "obsolete": sum(one.changes.gone for one in catalogs),
    }
