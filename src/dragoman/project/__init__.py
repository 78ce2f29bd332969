"""The settings, the paths of everything in a project, and the only reader and writer of files."""

from __future__ import annotations

from dragoman.project.files import Files
from dragoman.project.layout import Project, Text, find
from dragoman.project.settings import SETTINGS_FILE, Settings

__all__ = ["SETTINGS_FILE", "Files", "Project", "Settings", "Text", "find"]
