"""How the site of a project looks, as its settings say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.errors import DragomanError
from dragoman.exports.site.site_look import SiteLook
from dragoman.model import Picture, digest
from dragoman.pipeline.build.local_files import media_of
from dragoman.project import Project

_LARGEST = 1 << 20
"""Bytes of a logo or a style sheet, which each page holds."""


def look(project: Project) -> SiteLook:
    """Read the files that the settings name.

    Raises:
        DragomanError: there is no such file, or it cannot be in a page.
    """
    said = project.settings.site
    css = _file(project, "css", said).decode("utf-8", "replace")
    if "</style" in css.lower():
        raise DragomanError("has '</style'", file=said["css"], how_to_fix="remove it")
    return SiteLook(
        _by_locale(said.get("title")),
        _by_locale(said.get("footer")),
        _logo(project, said),
        said.get("accent", ""),
        css,
    )


def _by_locale(value: str | Mapping[str, str] | None) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else value or {}


def _logo(project: Project, said: Mapping[str, Any]) -> Picture | None:
    if "logo" not in said:
        return None
    media = media_of(said["logo"])
    if not media:
        raise DragomanError(
            "is not an image", file=said["logo"], how_to_fix="name a PNG, JPEG, GIF, SVG or WebP"
        )
    data = _file(project, "logo", said)
    return Picture(digest(data, 8), media, data)


def _file(project: Project, key: str, said: Mapping[str, Any]) -> bytes:
    """The file that a key names; empty if the key is not set."""
    if key not in said:
        return b""
    data = project.files.bytes_of(project.path(said[key]), _LARGEST)
    if data is None:
        raise DragomanError(
            "there is no such file", file=said[key], how_to_fix=f"fix '{key}' in [site]"
        )
    return data
