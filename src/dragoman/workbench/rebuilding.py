"""Rebuilds what changed while the workbench is open, whoever changed it, for `--watch`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from dragoman.errors import DragomanError
from dragoman.pipeline.session.session import Session
from dragoman.project import Files
from dragoman.project.files import Stamp
from dragoman.workbench.jobs import Jobs
from dragoman.workbench.streams import Streams

_SECONDS = 0.5
"""How often stamps are compared; a build begins when nothing changed for as long."""


class Rebuilding:
    """Builds the project when its texts, catalogs, glossary or settings have changed."""

    def __init__(
        self, session: Session, jobs: Jobs, streams: Streams, report: Callable[[str], None]
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._streams = streams
        self._report = report
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._watching())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watching(self) -> None:
        built: dict[str, Stamp] = {}
        seen: dict[str, Stamp] = {}
        while True:
            now = await self._jobs.send(self._stamps)
            if now == seen and now != built:
                # what somebody changes during the build is not in it, and is built next
                wrote = await self._jobs.send(self._build)
                built = {path: wrote.get(path, stamp) for path, stamp in now.items()}
                self._streams.tell_all("built", {})
            else:
                seen = now
            await asyncio.sleep(_SECONDS)

    def _stamps(self) -> dict[str, Stamp]:
        """How the files are that a build is made of."""
        with contextlib.suppress(DragomanError):
            project = self._session.project
            paths = [project.settings_file, project.glossary_file]
            for text in self._session.texts().values():
                paths.append(project.source(text))
                paths += [project.catalog(text, locale) for locale in project.settings.locales]
            return {path: Files.stamp_now(path) for path in paths}
        return {}

    def _build(self) -> dict[str, Stamp]:
        """Build, and return how the files are that the build wrote."""
        from dragoman.pipeline.build.build import build  # only with --watch

        project = self._session.own_project()
        try:
            made = build(project)
        except DragomanError as error:
            for one in getattr(error, "errors", [error]):
                self._report(str(one))
            return self._stamps()
        if made.renewed:
            self._report(f"{made.renewed} built, {len(made.changed)} files changed")
        return {path: project.files.stamp(path) for path in made.changed}
