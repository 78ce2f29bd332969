"""Match the files of a folder to the texts and locales they translate, by file and folder names.

old/he/guide/start.md    old/guide/start.he.md    old/start_he.docx
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.pipeline.align.adopt import AdoptOptions
from dragoman.pipeline.align.sides import SUFFIXES
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.project import Project

_TAG = re.compile(r"[._-]([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,2})\Z")


class FileMatch(NamedTuple):
    """A file, and the text and locale that it translates."""

    file: str
    text: str
    """Name of the text."""
    locale: str


class Matches(NamedTuple):
    """The translations in a folder, and its files that match nothing."""

    found: tuple[FileMatch, ...]
    problems: tuple[DragomanError, ...]
    """An error for each file without a text or a locale, or with those of another file."""


def files_of(path: str) -> list[str]:
    """The files of known formats below a folder, sorted; for a file, the file itself."""
    if not os.path.isdir(path):
        return [path]
    return sorted(
        os.path.join(folder, name)
        for folder, folders, names in os.walk(path)
        for name in names
        if name.lower().endswith(SUFFIXES) and not _hidden(os.path.relpath(folder, path))
    )


def _hidden(folder: str) -> bool:
    return any(part.startswith(".") and part != "." for part in folder.split(os.sep))


def matches(
    path: str, texts: Sequence[str], locales: Sequence[str], chosen: Sequence[str]
) -> Matches:
    """Match the files of a folder, or one file, to texts and locales.

    Args:
        path: the folder or the file.
        texts: names of the texts to match.
        locales: all locales of the project.
        chosen: the locales to match; files of others are ignored.
    """
    found: dict[tuple[str, str], FileMatch] = {}
    problems = []
    root = path if os.path.isdir(path) else os.path.dirname(path)
    for file in files_of(path):
        name = os.path.splitext(os.path.relpath(file, root or "."))[0].replace(os.sep, "/")
        locale, rest = _locale_of(name, locales)
        if locale and locale not in chosen:
            continue
        problem = ""
        text = _text_of(rest, texts)
        if not locale and len(chosen) != 1:
            problem, how_to_fix = "of no locale", "name its language with --locale"
        elif not text:
            problem, how_to_fix = "of no text", "name it as the text, or name the text with --text"
        else:
            match = FileMatch(file, text, locale or chosen[0])
            other = found.setdefault(match[1:], match)
            problem = "" if other is match else f"{other.file} is of {text} already"
            how_to_fix = "keep one of them"
        if problem:
            problems.append(DragomanError(problem, file=file, how_to_fix=how_to_fix))
    return Matches(tuple(found.values()), tuple(problems))


def _locale_of(name: str, locales: Sequence[str]) -> tuple[str, str]:
    """The locale in a path (a folder, or the end of the name), and the path without it.

    >>> _locale_of("he/a/b", ["he", "ru"]), _locale_of("a/b.he-IL", ["he"]), _locale_of("a", ["he"])
    (('he', 'a/b'), ('he', 'a/b'), ('', 'a'))
    """
    *folders, last = name.split("/")
    for at, folder in enumerate(folders):
        if locale := _known(folder, locales):
            return locale, "/".join([*folders[:at], *folders[at + 1 :], last])
    tag = _TAG.search(last)
    if tag and (locale := _known(tag[1], locales)):
        return locale, "/".join([*folders, last[: tag.start()]])
    return "", name


def tagged(name: str) -> list[tuple[str, str]]:
    """Every part of a path that looks like a locale, and the path without it.

    >>> tagged("he/a/b.ru")
    [('he', 'a/b.ru'), ('ru', 'he/a/b')]
    """
    *folders, last = name.split("/")
    found = [
        (folder.replace("-", "_"), "/".join([*folders[:at], *folders[at + 1 :], last]))
        for at, folder in enumerate(folders)
        if _TAG.fullmatch(f".{folder}")
    ]
    if tag := _TAG.search(last):
        found.append((tag[1].replace("-", "_"), "/".join([*folders, last[: tag.start()]])))
    return found


def _known(tag: str, locales: Sequence[str]) -> str:
    """The project's locale for a tag: the same one, or its language without a territory."""
    small = tag.replace("-", "_").lower()
    for locale in locales:
        if locale.lower() == small:
            return locale
    kin = [locale for locale in locales if locale.lower() == small.partition("_")[0]]
    return kin[0] if kin and "_" in small else ""


def _text_of(name: str, texts: Sequence[str]) -> str:
    """The text for a path: with the same path, else the only one whose path ends alike, else of that name.

    >>> _text_of("old/guide/start", ["guide/start", "start"]), _text_of("Start", ["guide/start"])
    ('guide/start', 'guide/start')
    """
    if name in texts:
        return name
    for fits in (_ends, _named):
        fitting = [text for text in texts if fits(name.lower(), text.lower())]
        if fitting:
            longest = max(fitting, key=lambda text: text.count("/"))
            rivals = [text for text in fitting if text.count("/") == longest.count("/")]
            return longest if len(rivals) == 1 else ""
    return ""


def _ends(name: str, text: str) -> bool:
    return name.endswith(f"/{text}") or text.endswith(f"/{name}") or name == text


def _named(name: str, text: str) -> bool:
    return name.rpartition("/")[2] == text.rpartition("/")[2]


def wanted_of(
    project: Project, base: AdoptOptions, texts: Sequence[str], locales: Sequence[str]
) -> tuple[list[AdoptOptions], list[DragomanError]]:
    """The options of `adopt` for each file, and an error for each file that cannot be adopted.

    Args:
        project: the project.
        base: common options; `file` is a file or a folder.
        texts: names of the texts to match; all if empty.
        locales: the locales to match; all if empty.

    Raises:
        DragomanError: there is no such path, no such text or locale, or no file in the folder.
    """
    chosen = chosen_locales(project, locales)
    names = [text.domain for text in chosen_texts(project, texts)]
    if not os.path.isdir(base.file) and len(names) == 1 == len(chosen) and texts:
        return [base._replace(text=names[0], locale=chosen[0])], []
    if not os.path.exists(base.file):
        raise DragomanError("there is no such file", file=base.file, how_to_fix="check the path")
    matched, problems = matches(base.file, names, project.settings.locales, chosen)
    if not matched and not problems:
        raise DragomanError(
            "there is no translation in it",
            file=base.file,
            how_to_fix=f"known: {', '.join(SUFFIXES)}, named as the texts",
        )
    return [base._replace(**match._asdict()) for match in matched], list(problems)
