"""Waive findings: accept them with a reason, kept in catalogs or in a file beside them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.catalogs import provenance
from dragoman.checks.severities import CODES
from dragoman.checks.waivers import entry_waivers, waiver_file
from dragoman.checks.waivers.entry_waivers import Waiver
from dragoman.errors import DragomanError
from dragoman.pipeline.catalogs.edit import Chosen, Edited, edit, keys_of
from dragoman.pipeline.check.check import CheckOptions, check
from dragoman.pipeline.loader import Loader
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.po import Entry
from dragoman.project import Project, Text


def waive(
    project: Project, chosen: Chosen, codes: Sequence[str], reason: str, in_file: bool = False
) -> list[Edited]:
    """Waive the findings that these checks have for the chosen units.

    Args:
        project: the project.
        chosen: which messages.
        codes: the checks whose findings are accepted.
        reason: why.
        in_file: whether the waiver is kept in `waivers.toml` instead of the catalog.

    Raises:
        DragomanError: there is no such check, no reason, or no unit is named.
    """
    for code in codes:
        if code not in CODES:
            raise DragomanError(
                f"there is no check {code!r}", how_to_fix=f"known: {', '.join(CODES)}"
            )
    if not reason.strip():
        raise DragomanError("a waiver needs a reason", how_to_fix="give it with --reason")
    found = check(project, CheckOptions(chosen.texts, chosen.locales)).findings
    places = {(p.text, p.locale, p.po_line) for p in found if p.code in codes}

    def waived(text: Text, locale: str, entry: Entry) -> Entry | None:
        if (text.domain, locale, entry.line) not in places:
            return None
        return entry_waivers.added(entry, codes, reason)

    if in_file:
        return _waive_in_file(project, chosen, frozenset(codes), reason, places)
    return edit(project, chosen, waived)


def _waive_in_file(
    project: Project,
    chosen: Chosen,
    codes: frozenset[str],
    reason: str,
    places: set[tuple[str, str, int]],
) -> list[Edited]:
    loader = Loader(project)
    done: list[Edited] = []
    for text in chosen_texts(project, chosen.texts):
        keys = keys_of(loader, text, chosen.units)
        for locale in chosen_locales(project, chosen.locales):
            for entry in loader.catalog(text, locale).po.messages():
                wanted = keys is None or entry.key in keys
                if wanted and (text.domain, locale, entry.line) in places:
                    done.append(Edited(text, locale, entry))
    more = [
        waiver_file.FiledWaiver(
            text.domain,
            locale,
            entry.key,
            Waiver(codes, " ".join(reason.split()), provenance.seal_of(entry.key, entry.msgstr)),
        )
        for text, locale, entry in done
    ]
    with project.files.locked(project.lock_folder):
        if more:
            data = waiver_file.added(loader.waivers, more).encode()
            project.files.write({project.waiver_file: data})
    return done
