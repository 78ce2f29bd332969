"""Download of editions and upload of review files: the page of files, and its API routes."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.exports import EXPORTS, export_named, is_installed
from dragoman.exports.ooxml.reproducible_zip import archive
from dragoman.exports.parts.export_options import ExportOptions
from dragoman.imports import IMPORTS
from dragoman.languages import locales
from dragoman.model import Missing
from dragoman.pipeline.build.export import ExportQuery, export
from dragoman.pipeline.build.outputs import rendered
from dragoman.pipeline.catalogs import import_review
from dragoman.pipeline.catalogs.import_cells import Outcome
from dragoman.pipeline.session.opened import Opened
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.session import Session
from dragoman.pipeline.session.typed_journal import TypedJournal, new_id
from dragoman.project import Files
from dragoman.workbench import requests
from dragoman.workbench.access import RefusedError
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.pages import said as words
from dragoman.workbench.pages.frame import Ui, WorkbenchPage, address, spoken_in
from dragoman.workbench.pages.nodes import Tag, json, tag
from dragoman.workbench.pages.screens import text_bar
from dragoman.workbench.requests import ApiRoute, Scope
from dragoman.workbench.streams import Place

RENDITION = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)
"""The policy of a document that texts are shown in as they are: no script, no origin of ours."""
ITSELF = "itself"
"""The export name for the translation alone, in the format of its source."""


class Transfer:
    """The page of files, with its downloads and its upload."""

    def __init__(self, session: Session, journal: TypedJournal, jobs: Jobs) -> None:
        self._session = session
        self._folder = journal.folder
        self._jobs = jobs
        self.routes = [ApiRoute("POST", "bring", self._bring, Role.EDITOR, Scope.ALL)]

    async def page(self, ui: Ui, place: Place) -> WorkbenchPage:
        opened = await self._jobs.read(self._session.opened, *place)
        return screen(ui, opened)

    async def edition(self, name: str, place: Place) -> Response:
        """An edition as a download.

        Raises:
            RefusedError: there is no such format.
            DragomanError: the edition cannot be written.
        """
        if name != ITSELF and name not in EXPORTS:
            raise RefusedError(404, "there is no such format")
        file, content = await self._jobs.help(self._made, name, place)
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file, safe='')}",
            "cache-control": "no-store",
        }
        return Response(content, 200, headers, "application/octet-stream")

    async def rendition(self, place: Place) -> Response:
        """The HTML edition to look at, in a sandbox: nothing in it runs, and nothing is fetched."""
        _, content = await self._jobs.help(self._made, "html", place)
        headers = {
            "cache-control": "no-store",
            "content-security-policy": RENDITION,
            "x-frame-options": "SAMEORIGIN",
        }
        return Response(content, 200, headers, "text/html; charset=utf-8")

    def _made(self, name: str, place: Place) -> tuple[str, bytes]:
        """The name and content of an edition's file; several files are put in a zip archive."""
        text, locale = place
        if name == ITSELF:
            opened = self._session.opened(text, locale)
            said = rendered(opened.document, opened.catalog, Missing.SOURCE)
            return text.path.rpartition("/")[2], opened.document.encode(said, locale)
        wanted = ExportQuery((name,), (text.domain,), (locale,))
        files: dict[str, bytes] = {}
        for some in export(self._session.own_project(), wanted, ExportOptions()):
            files |= some
        named = {path.rpartition("/")[2]: content for path, content in files.items()}
        if len(named) == 1:
            return next(iter(named.items()))
        return f"{text.domain.rpartition('/')[2]}.{name}.zip", archive(named)

    async def _bring(self, request: Request) -> Response:
        """Import an uploaded review file, or only preview its changes if `write` is not set."""
        said = await requests.said(request)
        ui = spoken_in(said.text("ui", "en"))
        suffix = "." + said.text("name").rpartition(".")[2].lower()
        if suffix not in IMPORTS:
            raise RefusedError(400, f"bring one of {', '.join(IMPORTS)}")
        try:
            data = base64.b64decode(said.text("data", longest=1 << 20), validate=True)
        except binascii.Error:
            raise RefusedError(400, "the file did not arrive whole") from None
        write = said.flag("write")
        by = requests.person(request).name
        brought = await self._jobs.save(self._brought, suffix, data, write, by)
        return JSONResponse({"view": json(_told(ui, brought)), "changes": _changes(brought)})

    def _brought(
        self, suffix: str, data: bytes, write: bool, by: str
    ) -> import_review.ImportResult:
        files = Files(self._folder)
        files.make_private_folder(self._folder)
        path = f"{self._folder}/returned-{new_id()}{suffix}"
        try:
            files.write({path: data})
            wanted = import_review.ImportOptions(by=by, write=write)
            return import_review.import_review(self._session.own_project(), path, wanted)
        finally:
            files.remove([path])


def _changes(brought: import_review.ImportResult) -> int:
    """How many translations an import changes, including drafts and conflicts to review."""
    return sum(
        brought.tally(fate) for fate in (*import_review.CHANGES, Outcome.DRAFTED, Outcome.CONFLICT)
    )


def _told(ui: Ui, brought: import_review.ImportResult) -> Tag:
    """The outcomes of an import: their counts, and the rows that need attention."""
    tally = Counter(told.fate for told in brought.told)
    counts = [tag("li", f"{fate.value}: {ui.number(count)}") for fate, count in tally.items()]
    loud = [
        tag(
            "li",
            f"{told.place} [{told.locale}] {told.fate.value}: “{told.source}”",
            tag("small", told.why),
        )
        for told in brought.told
        if told.fate in import_review.LOUD
    ]
    return tag(
        "section",
        tag("h3", brought.text.domain),
        tag("ul", *counts, lang="en", dir="ltr"),
        tag("ul", *loud[:200], lang="en", dir="ltr") if loud else None,
    )


def preview_screen(ui: Ui, opened: Opened) -> WorkbenchPage:
    """The page that shows the HTML edition, and loads it again when anything changes."""
    domain, locale = opened.text.domain, opened.locale
    title = opened.document.title or domain
    address_of = address("rendition", domain, locale)
    shown = tag(
        "iframe", src=address_of, id="preview", title=ui.say("Preview"), data_src=address_of
    )
    return WorkbenchPage(
        f"{title} · {locales.name(locale)}",
        text_bar(ui, opened, "preview"),
        [tag("main", shown, id="main", class_="preview-page")],
        "preview.js",
        ("page.js", "events.js"),
        words.of_preview(ui),
        {"text": domain, "locale": locale},
        frames=True,
    )


def screen(ui: Ui, opened: Opened) -> WorkbenchPage:
    """The page of files: a download for every installed format, and the upload of review files."""
    domain, locale = opened.text.domain, opened.locale
    own = tag(
        "li",
        tag(
            "a",
            opened.text.path.rpartition("/")[2],
            href=address("edition", ITSELF, domain, locale),
            download=True,
        ),
        tag("small", ui.say("The translation alone, in the format of its source.")),
    )
    formats = []
    for name in EXPORTS:
        made = export_named(name)
        if is_installed(made):
            link = tag("a", name, href=address("edition", name, domain, locale), download=True)
            formats.append(tag("li", link, tag("small", made.ABOUT, lang="en", dir="ltr")))
    back = [
        tag("h2", ui.say("Bring a review file back")),
        tag(
            "label",
            ui.say("File:"),
            " ",
            tag("input", type="file", id="file", accept=",".join(IMPORTS)),
        ),
        tag("div", id="brought"),
        tag(
            "p",
            tag("button", ui.say("Take it in"), type="button", id="take"),
            id="act",
            hidden=True,
        ),
    ]
    main = tag(
        "main",
        tag("h2", ui.say("Download")),
        tag("ul", own, *formats, class_="formats"),
        *back,
        id="main",
        class_="files",
    )
    title = opened.document.title or domain
    return WorkbenchPage(
        f"{title} · {locales.name(locale)}",
        text_bar(ui, opened, "files"),
        [main],
        "files.js",
        ("page.js",),
        words.of_files(ui),
        {"text": domain, "locale": locale},
    )
