"""Settings: `dragoman.toml`, or `[tool.dragoman]` in `pyproject.toml`.

The file is parsed by tomllib; this module reports every unknown key and invalid value, with its
line and, for a key, the known one that it resembles.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman import exports
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.languages import locales
from dragoman.project import setting_values
from dragoman.project.dialect import NAMES

if TYPE_CHECKING:
    from dragoman.catalogs.source_changes import ChangeKind
    from dragoman.project.memory_settings import MemorySettings

SETTINGS_FILE = "dragoman.toml"
_SEGMENTATION_LISTS = (
    "never_ends",
    "before_number",
    "may_end",
    "words",
    "prepositions",
    "after_comma",
    "after_number",
    "clock",
    "zones",
    "adverbials",
    "verb_ends",
    "year",
    "phrases_end",
    "phrases_never",
    "initials",
    "short_words",
    "speakers",
    "weekdays",
    "starters",
    "reporting",
)


class Settings(NamedTuple):
    """The settings of a project; every field has a default, but locales are required."""

    name: str = "texts"
    """Name of the project in catalog headers."""
    source: str = "en"
    """Locale of the source texts."""
    locales: tuple[str, ...] = ()
    """Locales to translate into."""
    texts: str = "source_texts"
    """Folder of the source texts."""
    catalogs: str = "locales"
    """Folder of the catalogs."""
    output: str = "build"
    """Folder of everything that a build can write again."""
    unit: str = "sentence"
    """`sentence` or `block`."""
    paragraphs: str = "auto"
    """Plain text: `line` (each line is a paragraph), `blank` (blank lines separate) or `auto`."""
    front_matter: tuple[str, ...] = ("title", "description")
    """Keys of the front matter that are translated."""
    front_matter_set: Mapping[str, str] = MappingProxyType({})
    """Keys of the front matter to their values for each locale, which may have placeholders."""
    dialect: str = "auto"
    """Dialect of Markdown, one of `dialect.NAMES`; `auto` detects it from the site's files."""
    parameters: tuple[str, ...] | None = None
    """Parameters of shortcodes, directives and components to translate; None means the default ones."""
    keep: tuple[str, ...] = ()
    """Regular expressions for text in Markdown that is code, not prose."""
    comments: bool = False
    """Whether to translate the comments of office files."""
    cells: tuple[str, ...] = ()
    """Sheets, columns and cells of workbooks that are translated; none means all."""
    sheet_names: bool = False
    """Whether the names of sheets are translated."""
    its: tuple[str, ...] = ()
    """Files of ITS rules for XML."""
    html: bool = True
    """Whether the prose in HTML blocks of Markdown is translated."""
    direction_element: str = "none"
    """Markdown: which translated texts stand in a `div` with `lang` and `dir`: `none`, `rtl` or `all`."""
    heading_ids: str = "follow"
    """Markdown: how links reach translated headings: `follow`, `attribute`, `element` or `none`."""
    missing: str = "source"
    """Output for a missing translation: `source`, `mark`, `blank` or `fail` (or `refuse`)."""
    exports: tuple[str, ...] = ("html",)
    """Formats of the parallel editions that `build` writes."""
    neighbours: bool = False
    """Whether catalogs show the sentences before and after each message."""
    keep_numbers: bool = False
    """Whether sentences keep their numbers when the text changes."""
    terms: bool = False
    """Whether catalogs show the glossary's terms of each message."""
    changes: Mapping[str, str] = MappingProxyType({})
    """Kind of change in a source to the effect on its translation: `keep` or `fuzzy`."""
    checks: Mapping[str, Any] = MappingProxyType({})
    """Code of a check to its severity or `off`; a locale to a table of its own codes."""
    segmentation: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    """Language to additions to its word lists (see `segment.rules.Rules`)."""
    licence: str = ""
    """Licence of the texts; a text's own metadata overrides it."""
    site: Mapping[str, Any] = MappingProxyType({})
    """How a site looks: `title` and `footer` (for all languages, or by locale), `logo`, `accent`, `css`."""
    translate: Mapping[str, Any] = MappingProxyType({})
    """Machine drafts: the engine, texts never to be sent, and a table for each engine."""
    memories: tuple[MemorySettings, ...] = ()
    """Memories besides the project's own catalogs."""
    accept_context: bool = False
    """Whether `pretranslate` accepts exact matches with the same neighbours as translated."""
    srx: str = ""
    """Path of an SRX 2.0 file that replaces the built-in segmentation rules."""
    ignore: tuple[str, ...] = ()
    """Patterns of files in the texts folder that are not texts: `*.pdf`, `drafts/*`."""
    rules: tuple[Mapping[str, Any], ...] = ()
    """Settings for some texts: `match` (a glob) and the settings that differ there."""

    @property
    def kept_changes(self) -> frozenset[ChangeKind]:
        """The kinds of changes in a source after which its translation is kept.

        >>> sorted(Settings(changes={"case": "keep", "typography": "fuzzy"}).kept_changes)
        [<ChangeKind.CASE: 'case'>, <ChangeKind.WHITE_SPACE: 'white space'>]
        """
        from dragoman.catalogs.source_changes import ChangeKind  # seldom needed

        effects = {"white_space": "keep", "typography": "keep", **self.changes}
        kept = (name for name, effect in effects.items() if effect == "keep")
        return frozenset(ChangeKind(name.replace("_", " ")) for name in sorted(kept))

    def severities(self, locale: str) -> dict[str, str]:
        """Code to severity of each check that the settings mention, in one locale.

        >>> Settings(checks={"dash": "off", "he": {"dash": "error"}}).severities("he")
        {'dash': 'error'}
        """
        named = {code: said for code, said in self.checks.items() if isinstance(said, str)}
        return {**named, **self.checks.get(locale, {})}

    def ignores(self, name: str) -> bool:
        """Whether a file in the folder of texts is left out, by its path or its name.

        >>> settings = Settings(ignore=("*.pdf", "drafts"))
        >>> settings.ignores("a/b.pdf"), settings.ignores("drafts"), settings.ignores("a.md")
        (True, True, False)
        """
        if not self.ignore:
            return False
        from fnmatch import fnmatchcase  # seldom needed

        names = (name, name.rpartition("/")[2])
        return any(
            fnmatchcase(one, pattern.rstrip("/")) for one in names for pattern in self.ignore
        )

    def for_text(self, name: str) -> Settings:
        """The settings for one text, given by its path in the texts folder.

        >>> Settings(rules=({"match": "*.txt", "unit": "block"},)).for_text("a.txt").unit
        'block'
        """
        if not self.rules:
            return self
        from fnmatch import fnmatchcase  # seldom needed

        settings = self
        for rule in self.rules:
            if fnmatchcase(name, rule["match"]):
                changed = {k: v for k, v in rule.items() if k != "match"}
                if "checks" in changed:
                    changed["checks"] = {**settings.checks, **changed["checks"]}
                settings = settings._replace(**changed)
        return settings


def _parts(folder: str) -> list[str]:
    return [part for part in folder.split("/") if part not in ("", ".")]


_BY_TEXT: dict[str, setting_values.Check] = {
    "unit": setting_values.one_of("sentence", "chat", "block"),
    "paragraphs": setting_values.one_of("auto", "line", "blank"),
    "front_matter": setting_values.strings,
    "front_matter_set": setting_values.templates,
    "dialect": setting_values.one_of(*NAMES),
    "keep": setting_values.expressions,
    "parameters": setting_values.strings,
    "comments": setting_values.flag,
    "cells": setting_values.strings,
    "sheet_names": setting_values.flag,
    "its": setting_values.strings,
    "html": setting_values.flag,
    "direction_element": setting_values.one_of("none", "rtl", "all"),
    "heading_ids": setting_values.one_of("follow", "attribute", "element", "none"),
    "missing": setting_values.one_of("source", "mark", "blank", "fail", "refuse"),
    "neighbours": setting_values.flag,
    "keep_numbers": setting_values.flag,
    "terms": setting_values.flag,
}
_TABLES = ("text", "memory", "segmentation", "changes", "checks", "translate", "site")
_LISTS = ("text", "memory")
"""Tables that are written as [[text]], again and again."""
_SITE: dict[str, setting_values.Check] = {
    "title": setting_values.by_locale,
    "footer": setting_values.by_locale,
    "logo": setting_values.folder,
    "css": setting_values.folder,
    "accent": setting_values.colour,
}
_SEVERITY = setting_values.one_of("off", "info", "warning", "error")
_CHECKS: dict[str, setting_values.Check] = {
    "name": setting_values.string,
    "source": setting_values.string,
    "locales": setting_values.strings,
    "texts": setting_values.folder,
    "catalogs": setting_values.folder,
    "output": setting_values.folder,
    "exports": setting_values.strings,
    "srx": setting_values.folder,
    "licence": setting_values.string,
    "accept_context": setting_values.flag,
    "ignore": setting_values.strings,
    **_BY_TEXT,
}


def _always_fuzzy(value: Any) -> str | None:
    return None if value == "fuzzy" else "is not fuzzy, and such a change may turn the meaning"


_CHANGES: dict[str, setting_values.Check] = {
    **dict.fromkeys(
        ("white_space", "typography", "punctuation", "case", "spelling", "markup", "name"),
        setting_values.one_of("keep", "fuzzy"),
    ),
    **dict.fromkeys(("number", "negation", "rewrite"), _always_fuzzy),
}


def read(text: str, file: str, table: tuple[str, ...] = ()) -> Settings:
    """Parse and validate settings.

    Args:
        text: the file's text.
        file: its name, for messages.
        table: path of our table in it, such as ("tool", "dragoman").

    Raises:
        DragomanError: the file is not TOML.
        DragomanErrors: every unknown key and invalid value, with its line.

    >>> read('locales = ["az"]', "dragoman.toml").locales
    ('az',)
    """
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        raise DragomanError(
            f"not TOML: {re.sub(r' [(]at .*', '', str(error))}",
            file=file,
            line=int(place[1]) if place else text.rstrip().count("\n") + 1,
            column=int(place[2]) if place else None,
            how_to_fix="fix the settings",
        ) from None
    default_name = data.get("project", {}).get("name", "texts") if table else "texts"
    for name in table:
        data = data.get(name, {})
    reader = _Reader(text, file, table)
    settings = reader.settings(data)
    if reader.errors:
        raise DragomanErrors(reader.errors)
    return settings if "name" in data else settings._replace(name=default_name)


class _Reader:
    """Validates every key and value, and collects the errors."""

    def __init__(self, text: str, file: str, table: tuple[str, ...]) -> None:
        self._lines = text.split("\n")
        self._file = file
        self._table = table
        self.errors: list[DragomanError] = []

    def settings(self, data: dict[str, Any]) -> Settings:
        known: dict[str, Any] = {}
        for key, value in data.items():
            if key == "text":
                known["rules"] = self._rules(value)
            elif key == "memory":
                known["memories"] = self._memories(value)
            elif key == "segmentation":
                known.update(self._segmentation(value))
            elif key == "checks":
                known[key] = self._checks(value, "checks", data.get("locales", ()))
            elif key == "changes":
                known[key] = self._changes(value)
            elif key == "site":
                known[key] = self._site(value)
            elif key == "translate":
                from dragoman.project.machine_settings import checked  # seldom needed

                known[key] = checked(value, self._sound, self._error)
            elif self._sound(key, value, _CHECKS, (*_CHECKS, *_TABLES), ""):
                known[key] = tuple(value) if isinstance(value, list) else value
        settings = Settings(**known)
        if not self.errors:
            self._judge(settings)
        return settings

    def _judge(self, settings: Settings) -> None:
        """Check what depends on several values: unknown names, and values that contradict each other."""
        if not settings.locales:
            self._error("locales", "", "no locale to translate into", "name some in 'locales'")
        for locale in (settings.source, *settings.locales):
            try:
                locales.check(locale)
            except DragomanError as error:
                key = "source" if locale == settings.source else "locales"
                self._error(key, "", error.message, error.how_to_fix or "")
        if settings.source in settings.locales:
            self._error(
                "locales",
                "",
                f"{settings.source!r} is both the source and a target",
                "remove it from 'locales'",
            )
        if len(set(settings.locales)) != len(settings.locales):
            self._error("locales", "", "a locale is listed twice", "keep one")
        for name in settings.exports:
            try:
                exports.check(name)
            except DragomanError as error:
                self._error("exports", "", error.message, error.how_to_fix or "")
        self._judge_folders(settings)

    def _judge_folders(self, settings: Settings) -> None:
        """Check that folders of generated files do not overlap with folders that people edit."""
        output = _parts(settings.output)
        for key in ("texts", "catalogs"):
            folder = _parts(getattr(settings, key))
            if folder[: len(output)] == output or output[: len(folder)] == folder:
                self._error(
                    "output",
                    "",
                    f"output = {settings.output!r} and {key} = {getattr(settings, key)!r} overlap",
                    "choose separate folders",
                )

    def _rules(self, value: Any) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(value, list) or not all(isinstance(rule, dict) for rule in value):
            self._error("text", "", "'text' is not a list of tables", "write [[text]]")
            return ()
        rules = []
        for number, rule in enumerate(value):
            sound: dict[str, Any] = {}
            checks = {"match": setting_values.string, **_BY_TEXT}
            for key, item in rule.items():
                if key == "checks":
                    sound[key] = self._checks(item, "text", (), number)
                elif self._sound(key, item, checks, tuple(checks), "text", number):
                    sound[key] = tuple(item) if isinstance(item, list) else item
            if "match" in sound:
                rules.append(sound)
            elif "match" not in rule:
                self._error(
                    "", "text", "a [[text]] without 'match'", "name the texts with a glob", number
                )
        return tuple(rules)

    def _memories(self, value: Any) -> tuple[MemorySettings, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._error("memory", "", "'memory' is not a list of tables", "write [[memory]]")
            return ()
        from dragoman.project import memory_settings as memories  # seldom needed

        known = memories.MEMORY_CHECKS
        memory_list: list[MemorySettings] = []
        for number, item in enumerate(value):
            sound = [
                self._sound(key, content, known, tuple(known), "memory", number)
                for key, content in item.items()
            ]
            if not all(sound):
                continue
            memory = memories.MemorySettings(**item)
            named = [other.name for other in memory_list]
            if (problem := memories.what_is_wrong(memory, named)) is not None:
                self._error("", "memory", *problem, number)
            memory_list.append(memory)
        return tuple(memory_list)

    def _checks(
        self, value: Any, table: str, targets: Any, number: int = 0
    ) -> dict[str, str | dict[str, str]]:
        """Severities by code, and tables of them by target locale."""
        from dragoman.checks.severities import CODES  # only where they are named

        if not isinstance(value, dict):
            self._error("checks", "", "'checks' is not a table", "write [checks]", number)
            return {}
        known = dict.fromkeys(CODES, _SEVERITY)
        valid: dict[str, str | dict[str, str]] = {}
        for key, severity in value.items():
            if isinstance(severity, dict) and key in (targets or (key,)):
                below = f"{table}.{key}"
                names = tuple(known)
                valid[key] = {
                    k: v for k, v in severity.items() if self._sound(k, v, known, names, below)
                }
            elif self._sound(key, severity, known, tuple(known), table, number):
                valid[key] = severity
        return valid

    def _site(self, value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self._error("site", "", "'site' is not a table", "write [site]")
            return {}
        return {k: v for k, v in value.items() if self._sound(k, v, _SITE, tuple(_SITE), "site")}

    def _changes(self, value: Any) -> Mapping[str, str]:
        if not isinstance(value, dict):
            self._error("changes", "", "'changes' is not a table", "write [changes]")
            return {}
        return {
            kind: effect
            for kind, effect in value.items()
            if self._sound(kind, effect, _CHANGES, tuple(_CHANGES), "changes")
        }

    def _segmentation(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._error("segmentation", "", "'segmentation' is not a table", "write [segmentation]")
            return {}
        valid: dict[str, Any] = {}
        languages: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for key, item in value.items():
            if isinstance(item, dict):
                checks = dict.fromkeys(_SEGMENTATION_LISTS, setting_values.strings)
                table = f"segmentation.{key}"
                languages[key] = {
                    name: tuple(words)
                    for name, words in item.items()
                    if self._sound(name, words, checks, _SEGMENTATION_LISTS, table)
                }
            elif self._sound(key, item, {"srx": setting_values.folder}, ("srx",), "segmentation"):
                valid["srx"] = item
        return {**valid, "segmentation": languages}

    def _sound(
        self,
        key: str,
        value: Any,
        checks: Mapping[str, setting_values.Check],
        known: tuple[str, ...],
        table: str,
        number: int = 0,
    ) -> bool:
        """Whether a key is known and its value valid; if not, an error is added."""
        if key not in checks:
            near = setting_values.near(key, known)
            how_to_fix = (
                f"did you mean {near[0]!r}?" if near else f"known keys are {', '.join(known)}"
            )
            self._error(key, table, f"unknown key {key!r}", how_to_fix, number)
            return False
        check = checks[key]
        if (problem := check(value)) is not None:
            similar = check.fix(value) if isinstance(check, setting_values.OneOf) else ""
            how_to_fix = similar or "fix the value"
            self._error(key, table, f"{key} = {value!r} {problem}", how_to_fix, number)
            return False
        return True

    def _error(self, key: str, table: str, message: str, how_to_fix: str, number: int = 0) -> None:
        line = self._line_of(key, table, number)
        self.errors.append(
            DragomanError(message, file=self._file, line=line, how_to_fix=how_to_fix)
        )

    def _line_of(self, key: str, table: str, number: int) -> int | None:
        """The line of a key, found by searching for its table's header: tomllib keeps no positions."""
        path = ".".join((*self._table, *([table] if table else [])))
        current, count = "", -1
        for index, line in enumerate(self._lines, 1):
            head = re.match(r"\s*\[\[?\s*([\w.\"-]+)\s*\]\]?", line)
            if head:
                current = head[1].replace('"', "")
                count += current == path
                in_list = table in _LISTS and count != number
                if current == path and not key and not in_list:
                    return index
            elif current == path and not (table in _LISTS and count != number):
                if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
                    return index
            if head and key and current == f"{path}.{key}".strip("."):
                return index
        return None
