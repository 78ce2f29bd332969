"""Settings: `dragoman.toml`, or `[tool.dragoman]` in `pyproject.toml`.

tomllib reads them and this module says what is wrong: every unknown key and every wrong value,
each with its line and, where there is one, the key that was probably meant.
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
    from dragoman.catalogs.source_changes import Kind
    from dragoman.project.memory_settings import MemorySettings

SETTINGS_FILE = "dragoman.toml"
_SEGMENTATION_LISTS = (
    "never_ends",
    "before_number",
    "may_end",
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
    "weekdays",
    "starters",
    "reporting",
)


class Settings(NamedTuple):
    """What a project's settings say; every field has a default but the locales."""

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
    """Folder of everything that can be made anew."""
    unit: str = "sentence"
    """`sentence` or `block`."""
    paragraphs: str = "auto"
    """Plain text: `line` (a paragraph a line), `blank` (parted by blank lines) or `auto`."""
    front_matter: tuple[str, ...] = ("title", "description")
    """Keys of the front matter that are translated."""
    front_matter_set: Mapping[str, str] = MappingProxyType({})
    """Keys of the front matter that are written anew for each locale, and their values."""
    dialect: str = "auto"
    """Dialect of Markdown, a name among `dialect.NAMES`; `auto` asks the project's site."""
    parameters: tuple[str, ...] | None = None
    """Parameters of shortcodes, directives and components that are translated; None for the usual."""
    keep: tuple[str, ...] = ()
    """Regular expressions of what is code in Markdown."""
    html: bool = True
    """Whether the prose in HTML blocks of Markdown is translated."""
    direction_element: str = "none"
    """Markdown: which translated texts stand in a `div` with `lang` and `dir`: `none`, `rtl` or `all`."""
    missing: str = "source"
    """Where a translation is missing: `source`, `mark`, `blank` or `fail` (also written `refuse`)."""
    exports: tuple[str, ...] = ("html",)
    """Parallel editions that `build` makes."""
    neighbours: bool = False
    """Whether catalogs show the sentences before and after each message."""
    keep_numbers: bool = False
    """Whether the numbers of sentences stay when the text changes."""
    terms: bool = False
    """Whether catalogs show the glossary's terms of each message."""
    changes: Mapping[str, str] = MappingProxyType({})
    """Kind of change in a source to what happens to its translation: `keep` or `fuzzy`."""
    checks: Mapping[str, Any] = MappingProxyType({})
    """Code of a check to its severity or `off`; a locale to such a table of its own."""
    segmentation: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    """Language to additions to its lists (see `segment.rules.Rules`)."""
    licence: str = ""
    """Licence of the texts, where a text says no other."""
    translate: Mapping[str, Any] = MappingProxyType({})
    """Machine drafts: the engine, what never leaves, and a table for each engine."""
    memories: tuple[MemorySettings, ...] = ()
    """Memories beside the project's own catalogs."""
    accept_context: bool = False
    """Whether `pretranslate` takes exact matches between the same neighbours as translated."""
    srx: str = ""
    """An SRX 2.0 file whose rules take the place of ours."""
    rules: tuple[Mapping[str, Any], ...] = ()
    """Settings for some texts: `match` (a glob) and what differs there."""

    @property
    def kept_changes(self) -> frozenset[Kind]:
        """The kinds of changes of a source that its translation outlives.

        >>> sorted(Settings(changes={"case": "keep", "typography": "fuzzy"}).kept_changes)
        [<Kind.CASE: 'case'>, <Kind.WHITE_SPACE: 'white space'>]
        """
        from dragoman.catalogs.source_changes import Kind  # seldom needed

        said = {"white_space": "keep", "typography": "keep", **self.changes}
        kept = (name for name, what in said.items() if what == "keep")
        return frozenset(Kind(name.replace("_", " ")) for name in sorted(kept))

    def severities(self, locale: str) -> dict[str, str]:
        """Severity of each check that the settings name, in one locale.

        >>> Settings(checks={"dash": "off", "he": {"dash": "error"}}).severities("he")
        {'dash': 'error'}
        """
        named = {code: said for code, said in self.checks.items() if isinstance(said, str)}
        return {**named, **self.checks.get(locale, {})}

    def for_text(self, name: str) -> Settings:
        """The settings of one text, by its path below the texts folder.

        >>> Settings(rules=({"match": "*.txt", "unit": "block"},)).for_text("a.txt").unit
        'block'
        """
        if not self.rules:
            return self
        from fnmatch import fnmatchcase  # seldom needed

        mine = self
        for rule in self.rules:
            if fnmatchcase(name, rule["match"]):
                said = {k: v for k, v in rule.items() if k != "match"}
                if "checks" in said:
                    said["checks"] = {**mine.checks, **said["checks"]}
                mine = mine._replace(**said)
        return mine


def _parts(folder: str) -> list[str]:
    return [part for part in folder.split("/") if part not in ("", ".")]


_BY_TEXT: dict[str, setting_values.Check] = {
    "unit": setting_values.one_of("sentence", "block"),
    "paragraphs": setting_values.one_of("auto", "line", "blank"),
    "front_matter": setting_values.strings,
    "front_matter_set": setting_values.templates,
    "dialect": setting_values.one_of(*NAMES),
    "keep": setting_values.expressions,
    "parameters": setting_values.strings,
    "html": setting_values.flag,
    "direction_element": setting_values.one_of("none", "rtl", "all"),
    "missing": setting_values.one_of("source", "mark", "blank", "fail", "refuse"),
    "neighbours": setting_values.flag,
    "keep_numbers": setting_values.flag,
    "terms": setting_values.flag,
}
_TABLES = ("text", "memory", "segmentation", "changes", "checks", "translate")
_LISTS = ("text", "memory")
"""Tables that are written as [[text]], again and again."""
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
    """Settings from a TOML text.

    Args:
        text: the file's text.
        file: its name, for messages.
        table: the table in it that is ours, as ("tool", "dragoman").

    Raises:
        DragomanErrors: every unknown key and wrong value, with its line.

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
            way_out="fix the settings",
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
    """Checks every key and value, and remembers what is wrong."""

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
        """What no value shows alone: unknown names, and values that contradict each other."""
        if not settings.locales:
            self._error("locales", "", "no locale to translate into", "name some in 'locales'")
        for locale in (settings.source, *settings.locales):
            try:
                locales.check(locale)
            except DragomanError as error:
                key = "source" if locale == settings.source else "locales"
                self._error(key, "", error.message, error.way_out or "")
        if settings.source in settings.locales:
            self._error(
                "locales",
                "",
                f"{settings.source!r} is both the source and a target",
                "take it out of 'locales'",
            )
        if len(set(settings.locales)) != len(settings.locales):
            self._error("locales", "", "a locale stands twice", "keep one")
        for name in settings.exports:
            try:
                exports.check(name)
            except DragomanError as error:
                self._error("exports", "", error.message, error.way_out or "")
        self._judge_folders(settings)

    def _judge_folders(self, settings: Settings) -> None:
        """What is made anew must not lie among what people write."""
        output = _parts(settings.output)
        for key in ("texts", "catalogs"):
            folder = _parts(getattr(settings, key))
            if folder[: len(output)] == output or output[: len(folder)] == folder:
                self._error(
                    "output",
                    "",
                    f"output = {settings.output!r} and {key} = {getattr(settings, key)!r}"
                    " are one inside the other",
                    "name folders that lie side by side",
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
                self._error("", "text", "a [[text]] without 'match'", "say which texts", number)
        return tuple(rules)

    def _memories(self, value: Any) -> tuple[MemorySettings, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._error("memory", "", "'memory' is not a list of tables", "write [[memory]]")
            return ()
        from dragoman.project import memory_settings as memories  # seldom needed

        known = memories.MEMORY_CHECKS
        found: list[MemorySettings] = []
        for number, item in enumerate(value):
            sound = [
                self._sound(key, said, known, tuple(known), "memory", number)
                for key, said in item.items()
            ]
            if not all(sound):
                continue
            memory = memories.MemorySettings(**item)
            named = [other.name for other in found]
            if (problem := memories.what_is_wrong(memory, named)) is not None:
                self._error("", "memory", *problem, number)
            found.append(memory)
        return tuple(found)

    def _checks(
        self, value: Any, table: str, wanted: Any, number: int = 0
    ) -> dict[str, str | dict[str, str]]:
        """Severities by code, and tables of them by locale."""
        from dragoman.checks.severities import CODES  # only where they are named

        if not isinstance(value, dict):
            self._error("checks", "", "'checks' is not a table", "write [checks]", number)
            return {}
        known = dict.fromkeys(CODES, _SEVERITY)
        found: dict[str, str | dict[str, str]] = {}
        for key, said in value.items():
            if isinstance(said, dict) and key in (wanted or (key,)):
                below = f"{table}.{key}"
                names = tuple(known)
                found[key] = {
                    k: v for k, v in said.items() if self._sound(k, v, known, names, below)
                }
            elif self._sound(key, said, known, tuple(known), table, number):
                found[key] = said
        return found

    def _changes(self, value: Any) -> Mapping[str, str]:
        if not isinstance(value, dict):
            self._error("changes", "", "'changes' is not a table", "write [changes]")
            return {}
        return {
            kind: what
            for kind, what in value.items()
            if self._sound(kind, what, _CHANGES, tuple(_CHANGES), "changes")
        }

    def _segmentation(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._error("segmentation", "", "'segmentation' is not a table", "write [segmentation]")
            return {}
        found: dict[str, Any] = {}
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
                found["srx"] = item
        return {**found, "segmentation": languages}

    def _sound(
        self,
        key: str,
        value: Any,
        checks: Mapping[str, setting_values.Check],
        known: tuple[str, ...],
        table: str,
        number: int = 0,
    ) -> bool:
        if key not in checks:
            near = setting_values.near(key, known)
            way_out = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            self._error(key, table, f"unknown key {key!r}", way_out, number)
            return False
        if (problem := checks[key](value)) is not None:
            self._error(key, table, f"{key} = {value!r} {problem}", "fix the value", number)
            return False
        return True

    def _error(self, key: str, table: str, message: str, way_out: str, number: int = 0) -> None:
        line = self._line_of(key, table, number)
        if "did you mean" in message:
            message, way_out = message.split("; ", 1)
        self.errors.append(DragomanError(message, file=self._file, line=line, way_out=way_out))

    def _line_of(self, key: str, table: str, number: int) -> int | None:
        """The line of a key, found by its table's head: tomllib keeps no positions."""
        wanted = ".".join((*self._table, *([table] if table else [])))
        here, seen = "", -1
        for index, line in enumerate(self._lines, 1):
            head = re.match(r"\s*\[\[?\s*([\w.\"-]+)\s*\]\]?", line)
            if head:
                here = head[1].replace('"', "")
                seen += here == wanted
                in_list = table in _LISTS and seen != number
                if here == wanted and not key and not in_list:
                    return index
            elif here == wanted and not (table in _LISTS and seen != number):
                if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
                    return index
            if head and key and here == f"{wanted}.{key}".strip("."):
                return index
        return None
