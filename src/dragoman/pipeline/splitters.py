"""Functions that split a text, or its translation, into sentences according to the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dragoman import segment
from dragoman.errors import DragomanError
from dragoman.formats.read_options import whole
from dragoman.languages import locales
from dragoman.project import Project

if TYPE_CHECKING:
    from dragoman.project import Settings


class Splitters:
    """Creates each splitter of a project once, on first use."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._sources: dict[str, Any] = {}
        self._targets: dict[str, Any] = {}

    def source(self, settings: Settings) -> Any:
        """The splitter of a source text: into sentences, or none if units are blocks.

        It takes a text and returns start and end of each sentence, in characters.

        Raises:
            DragomanError: the SRX file of the settings is missing or invalid.
        """
        if settings.unit == "block":
            return whole
        if settings.unit not in self._sources:
            self._sources[settings.unit] = self._of_settings(settings.unit == "chat").spans
        return self._sources[settings.unit]

    def of(self, locale: str) -> Callable[[str], list[str]]:
        """A function that splits a translation into its sentences by the rules of its language."""

        def split(target: str) -> list[str]:
            if locale not in self._targets:
                self._targets[locale] = self._extended(locale).spans
            return [target[start:end] for start, end in self._targets[locale](target)]

        return split

    def _of_settings(self, small: bool) -> Any:
        """The segmenter of the source language, or of the project's SRX file.

        Args:
            small: whether sentences may begin with a small letter.
        """
        settings, files = self._project.settings, self._project.files
        if not settings.srx:
            return self._extended(settings.source, small=small)
        from dragoman import gate  # parsers are loaded only for SRX
        from dragoman.segment import srx  # regex is loaded only for SRX

        data = files.bytes_of(self._project.path(settings.srx), gate.LARGEST)
        if data is None:
            raise DragomanError(
                "there is no such file",
                file=settings.srx,
                how_to_fix="fix 'srx' in the settings",
            )
        return srx.read(data, locales.language_tag(settings.source), settings.srx)

    def _extended(self, locale: str, *, small: bool = False) -> Any:
        """The segmenter of a locale's language, with the settings' additions."""
        language = locale.replace("_", "-").split("-")[0]
        additions = self._project.settings.segmentation.get(language, {})
        return segment.extended(language, additions, small=small)
