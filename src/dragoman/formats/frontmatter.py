"""Front matter in YAML or TOML: where its values are in the file, and how to replace them.

Positions in YAML come from the parser. tomllib gives no positions, so TOML values are located
by regular expressions, and used only if tomllib reads the same value under that key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Speller


class Value(NamedTuple):
    """A value of the front matter: its text, its position in the head, and how to write another."""

    key: str
    text: str
    start: int
    end: int
    spell: Speller
    is_text: bool = True
    """Whether it is a string or a date; other values can be replaced, but not translated."""


_TEXT_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
"""YAML tags of values that can hold text: strings and dates."""


@cache
def _yaml() -> Any:
    """PyYAML, imported only when needed: it is slow to load and few texts have front matter."""
    import yaml

    return yaml


def _loader() -> Any:
    return getattr(_yaml(), "CSafeLoader", _yaml().SafeLoader)


def yaml_values(head: str, file: str, line: int) -> list[Value]:
    """Every scalar value of a YAML mapping, in order; nested keys are joined by points.

    Args:
        head: the YAML between the fences.
        file: name of the file, for errors.
        line: number of the head's first line in the file.

    Raises:
        DragomanError: the head is not YAML, or nested too deep.

    >>> [(v.key, v.text) for v in yaml_values("title: 'A b'\\nx: {y: z}\\n", "", 1)]
    [('title', 'A b'), ('x.y', 'z')]
    """
    yaml = _yaml()
    try:
        _check_depth(head, file, line)
        root = yaml.compose(head, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DragomanError(
            f"the front matter is not YAML: {error.problem or error.context}",
            file=file or None,
            line=line + (mark.line if mark else 0),
            column=mark.column + 1 if mark else None,
            how_to_fix="fix it, or begin the text with something else than '---'",
        ) from None
    except yaml.YAMLError as error:
        message, _, _ = str(error).partition("\n")
        raise DragomanError(
            f"the front matter is not YAML: {message}",
            file=file or None,
            line=line,
            how_to_fix="fix it",
        ) from None
    return sorted(_yaml_walk(root), key=lambda value: value.start)


def _yaml_walk(root: Any) -> Iterator[Value]:
    """The scalars below a node; items of a list have the key `name[]`; an alias is not repeated."""
    yaml = _yaml()
    open_: list[tuple[Any, str]] = [(root, "")]
    seen: set[int] = set()
    while open_:
        node, path = open_.pop()
        if isinstance(node, yaml.ScalarNode):
            if path:
                yield _yaml_value(node, path)
            continue
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    open_.append((value, f"{path}.{key.value}" if path else str(key.value)))
        elif path:
            open_ += [(item, f"{path}[]") for item in node.value]


def _yaml_value(node: Any, path: str) -> Value:
    start, end = node.start_mark.index, node.end_mark.index
    spell = _yaml_block if node.style in ("|", ">") else _yaml_spellers[node.style or None]
    return Value(path, node.value, start, end, spell, node.tag in _TEXT_TAGS)


def _yaml_double(target: str) -> str:
    escaped = target.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]", _escape, escaped) + '"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"


def _yaml_single(target: str) -> str:
    plain = target.replace("'", "''")
    return f"'{plain}'" if _same(f"'{plain}'", target) else _yaml_double(target)


def _yaml_plain(target: str) -> str:
    return target if _same(target, target) else _yaml_double(target)


def _yaml_block(target: str) -> str:
    """A quoted scalar in place of a block scalar, whose indentation cannot be known here."""
    return _yaml_double(target) + "\n"


def _same(spelled: str, target: str) -> bool:
    """Whether YAML reads `spelled` as the target, in block and in flow mappings."""
    yaml = _yaml()
    try:
        return bool(
            yaml.load(f"k: {spelled}\n", Loader=_loader()) == {"k": target}
            and yaml.load(f"{{k: {spelled}}}\n", Loader=_loader()) == {"k": target}
        )
    except yaml.YAMLError:
        return False


_yaml_spellers: dict[str | None, Speller] = {
    None: _yaml_plain,
    "'": _yaml_single,
    '"': _yaml_double,
}

_DEEPEST = 100


def _check_depth(head: str, file: str, line: int) -> None:
    """Refuse front matter nested deeper than the parsers can read."""
    depth = most = 0
    for char in head:
        if char in "[{":
            depth += 1
            most = max(most, depth)
        elif char in "]}":
            depth -= 1
    indents = [len(row) - len(row.lstrip(" -")) for row in head.split("\n")]
    if most > _DEEPEST or max(indents, default=0) > 10 * _DEEPEST:
        raise DragomanError(
            f"the front matter is nested more than {_DEEPEST} deep",
            file=file or None,
            line=line,
            how_to_fix="make it flatter",
        )


_TOML_LIST = re.compile(r"^[ \t]*(?P<key>[\w.-]+)[ \t]*=[ \t]*\[", re.MULTILINE)
_TOML_STRING = re.compile(r"""(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')|#[^\n]*|[\[\]{}]""")
_TOML_LINE = re.compile(
    r"""^(?P<head>[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*)(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""(?=[ \t]*(?:\#.*)?$)|^[ \t]*\[(?P<table>[\w.-]+)\]""",
    re.MULTILINE,
)


def toml_values(head: str, file: str, line: int) -> list[Value]:
    """Every one-line string value of a TOML document, also in lists, in order.

    Args:
        head: the TOML between the fences.
        file: name of the file, for errors.
        line: number of the head's first line in the file.

    Raises:
        DragomanError: the head is not TOML, or nested too deep.

    >>> [(v.key, v.text) for v in toml_values('title = "A"\\n[x]\\ny = [\\'z\\']\\n', "", 1)]
    [('title', 'A'), ('x.y[]', 'z')]
    """
    _check_depth(head, file, line)
    try:
        data = tomllib.loads(head.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DragomanError(
            f"the front matter is not TOML: {error}",
            file=file or None,
            line=line,
            how_to_fix="fix it, or begin the text with something else than '+++'",
        ) from None
    text = head.replace("\r\n", " \n")
    values = list(_toml_lines(text, data)) + list(_toml_lists(text, data))
    return sorted(values, key=lambda value: value.start)


def _toml_lines(text: str, data: Any) -> Iterator[Value]:
    table = ""
    for match in _TOML_LINE.finditer(text):
        if match["table"]:
            table = match["table"] + "."
            continue
        value = tomllib.loads("k=" + match["value"])["k"]
        key = table + match["key"]
        if _look_up(data, key) == value:
            yield Value(key, value, match.start("value"), match.end("value"), _toml_basic)


def _toml_lists(text: str, data: Any) -> Iterator[Value]:
    """The strings in lists that tomllib reads as the same lists."""
    tables = [
        (match.start(), match["table"]) for match in _TOML_LINE.finditer(text) if match["table"]
    ]
    for match in _TOML_LIST.finditer(text):
        table = next((f"{name}." for at, name in reversed(tables) if at < match.start()), "")
        key = table + match["key"]
        strings: list[Value] = []
        depth = 1
        for token in _TOML_STRING.finditer(text, match.end()):
            depth += token[0] in ("[", "{")
            depth -= token[0] in ("]", "}")
            if not depth:
                break
            if token["value"]:
                string = tomllib.loads("k=" + token["value"])["k"]
                strings.append(Value(f"{key}[]", string, *token.span("value"), _toml_basic))
        if [value.text for value in strings] == _look_up(data, key):
            yield from strings


def _look_up(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _toml_basic(target: str) -> str:
    escaped = target.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x08\n\r\x0b-\x1f\x7f]", _escape, escaped) + '"'


# --- keys that differ by locale ---------------------------------------------------------------


class Setting(NamedTuple):
    """A stretch of the head where the value of a key is written for each locale."""

    start: int
    end: int
    """End of the stretch to replace; equal to `start` if the key is to be added."""
    write: Callable[[str], str]
    """Gives the text for a value."""


def settings(
    head: str, values: list[Value], wanted: Mapping[str, str], toml: bool
) -> list[tuple[str, Setting]]:
    """Where to write each of the wanted keys: over its value, or as a new line.

    A nested key (`a.b`) is only replaced, never added.

    >>> [(key, place.write("he")) for key, place in settings("a: 1\\n", [], {"lang": "{}"}, False)]
    [('lang', 'lang: he\\n')]
    """
    places: list[tuple[str, Setting]] = []
    known = {value.key: value for value in values}
    table = re.search(r"^[ \t]*\[", head, re.MULTILINE) if toml else None
    at = table.start() if table else len(head)
    ending = "\r\n" if "\r\n" in head else "\n"
    spell = _toml_basic if toml else _yaml_plain
    for key in wanted:
        if key in known:
            value = known[key]
            places.append((key, Setting(value.start, value.end, value.spell)))
        elif "." not in key:
            before = f"{key} = " if toml else f"{key}: "
            places.append((key, Setting(at, at, partial(_line_of, before, spell, ending))))
    return places


def _line_of(before: str, spell: Speller, ending: str, value: str) -> str:
    return before + spell(value) + ending
