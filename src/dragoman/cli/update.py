"""`dragoman update`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dragoman.cli import options
from dragoman.cli.terminal import files, out, project, say, watched

if TYPE_CHECKING:
    from dragoman.pipeline.catalogs.update import UpdatedText


@click.command("update")
@options.locales
def command(locales: tuple[str, ...]) -> None:
    """Bring templates and catalogs in step with the texts.

    Unchanged sentences keep their translation wherever they moved; changed ones come as fuzzy
    with their former translation; vanished ones are kept as obsolete. Catalogs of a renamed,
    split or joined text go with it.

    \b
    Examples:
      dragoman update
      dragoman update -l he
    """
    from dragoman.pipeline.catalogs import update as pipeline

    here = project()
    updated = pipeline.update(here, locales, watched("update"))
    for line in updated.renamed:
        out(line)
    for locale in here.settings.locales:
        if told := _told([one for one in updated.catalogs if one.locale == locale]):
            say(f"{locale}: {told}")
    for text, locale, did, _ in updated.catalogs:
        for _context, source in did.torn:
            out(f"{here.catalog_name(text, locale)}: cut in another way, now a draft: “{source}”")
        for _context, source in did.parted:
            name = here.catalog_name(text, locale)
            out(f"{name}: joined to another sentence now, so a draft: “{source}”")
    say(f"{files(len(updated.changed))} changed")


def _told(catalogs: list[UpdatedText]) -> str:
    """What happened to the catalogs of a locale, in words."""
    counts = {
        "new": sum(max(0, len(one.did.new) - one.filled) for one in catalogs),
        "drafts of changed sentences": sum(one.did.drafts for one in catalogs),
        "late translations as drafts": sum(len(one.did.refilled) for one in catalogs),
        "kept through light changes": sum(one.did.kept for one in catalogs),
        "cut in another way": sum(one.did.carried for one in catalogs),
        "from other texts": sum(one.filled for one in catalogs),
        "revived": sum(one.did.revived for one in catalogs),
        "gone": sum(one.did.gone for one in catalogs),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
