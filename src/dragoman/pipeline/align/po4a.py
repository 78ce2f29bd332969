"""The configuration of po4a: which masters it has, in which languages, and where its catalogs are."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
from typing import NamedTuple

from dragoman.errors import DragomanError
from dragoman.formats import SUFFIXES
from dragoman.languages import locales

_SECTION = re.compile(r"\[\s*([\w-]+)\s*(?::\s*([^\]]*?)\s*)?\]\s*(.*)\Z")
_TYPES = {"asciidoc": ".adoc", "text": ".txt", "xhtml": ".html", "html": ".html"}
"""The suffix that our readers know each type of po4a by."""


class Master(NamedTuple):
    """A text of a po4a project."""

    path: str
    """Relative to the folder of the configuration."""
    name: str
    """What it is called among our texts; empty if no format reads it."""
    kind: str
    """What po4a calls its format."""


class Po4a(NamedTuple):
    """What a configuration says."""

    langs: tuple[str, ...]
    unknown: tuple[str, ...]
    """Languages that CLDR does not know."""
    masters: tuple[Master, ...]
    catalogs: tuple[tuple[str, str], ...]
    """Language and path of each catalog, with `$master` still in it if there is one a master."""


def read(text: str, file: str) -> Po4a:
    """Read a configuration.

    Raises:
        DragomanError: it names no masters or no languages.
    """
    langs: list[str] = []
    masters: list[Master] = []
    catalogs: list[tuple[str, str]] = []
    aliases: dict[str, str] = {}
    for line in text.replace("\\\n", " ").split("\n"):
        match = _SECTION.match(line.strip())
        if match is None:
            continue
        kind, argument, rest = match[1].lower(), match[2] or "", match[3]
        words = _words(rest)
        if kind == "po4a_langs":
            langs += words
        elif kind == "po4a_alias":
            aliases[argument] = rest
        elif kind in ("po4a_paths", "po_directory"):
            catalogs += _paths(kind, words)
        elif kind == "type" and words:
            masters.append(_master(argument, rest, words, aliases))
    if not masters:
        raise DragomanError(
            "names no texts", file=file, how_to_fix="give the configuration of a po4a project"
        )
    if not langs:
        langs = sorted({lang for lang, _ in catalogs if lang != "$lang"})
    known = [lang for lang in langs if _is_known(lang)]
    return Po4a(
        tuple(known), tuple(x for x in langs if x not in known), tuple(masters), tuple(catalogs)
    )


def _words(rest: str) -> list[str]:
    try:
        return shlex.split(rest, comments=True)
    except ValueError:
        return rest.split()


def _is_known(lang: str) -> bool:
    try:
        locales.check(lang)
    except DragomanError:
        return False
    return True


def _paths(kind: str, words: list[str]) -> list[tuple[str, str]]:
    """Language and path of the catalogs that a line names."""
    if kind == "po_directory":
        return [("$lang", f"{words[0].rstrip('/')}/$lang.po")] if words else []
    return [(lang, path) for word in words[1:] for lang, _, path in [word.partition(":")] if path]


def _master(kind: str, rest: str, words: list[str], aliases: dict[str, str]) -> Master:
    """A master, by the name that tells our readers its format."""
    options = rest + " " + aliases.get(kind, "")
    real = (aliases.get(kind, "").split() or [kind])[0].lower()
    path = words[0]
    stem, suffix = os.path.splitext(path)
    if suffix.lower() in SUFFIXES:
        name = path
    elif real == "text" and "markdown" in options:
        name = f"{stem if suffix in ('.mdwn', '.mkd', '.markdown', '.rmd') else path}.md"
    elif real in _TYPES:
        name = f"{stem if suffix in ('.txt', '.asciidoc', '.asc', '.in') else path}{_TYPES[real]}"
    else:
        name = ""
    inside = posixpath.normpath(name).lstrip("/") if name else ""
    return Master(path, re.sub(r"\A(?:\.\./)+", "", inside), kind)


def catalogs_of(config: Po4a, master: Master, lang: str) -> list[str]:
    """The paths of the catalogs that have the paragraphs of a master in a language."""
    stem = os.path.splitext(os.path.basename(master.path))[0]
    found = []
    for one, path in config.catalogs:
        if one in ("$lang", lang):
            named = re.sub(r"\$\(?master\)?", lambda _: stem, path)
            found.append(re.sub(r"\$\(?lang\)?", lambda _: lang, named))
    return found
