"""Front matter: the chosen string values of a YAML or TOML head are units.

YAML positions come from the parser's own marks. tomllib keeps no positions, so a TOML value
is found by its line and accepted only when the parser agrees on what it says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from dragoman.errors import DragomanError
from dragoman.model import Speller


class Value(NamedTuple):
    """A string value: where it stands in the head, what it says, how another is written there."""

    key: str
    text: str
    start: int
    end: int
    spell: Speller


_SAID = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
"""Kinds of YAML values that say something of a text: strings and dates."""


@cache
def _yaml() -> Any:
    """PyYAML, which few texts need and which is slow to load."""
    import yaml

    return yaml


def _loader() -> Any:
    return getattr(_yaml(), "CSafeLoader", _yaml().SafeLoader)


def yaml_values(head: str, file: str, line: int) -> list[Value]:
    """Every string value of a YAML mapping; nested keys are joined by points.

    >>> [(v.key, v.text) for v in yaml_values("title: 'A b'\\nx: {y: z}\\n", "", 1)]
    [('title', 'A b'), ('x.y', 'z')]
    """
    yaml = _yaml()
    try:
        root = yaml.compose(head, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DragomanError(
            f"the front matter is not YAML: {error.problem or error.context}",
            file=file or None,
            line=line + (mark.line if mark else 0),
            column=mark.column + 1 if mark else None,
            way_out="fix it, or begin the text with something else than '---'",
        ) from None
    except yaml.YAMLError as error:
        said, _, _ = str(error).partition("\n")
        raise DragomanError(
            f"the front matter is not YAML: {said}",
            file=file or None,
            line=line,
            way_out="fix it",
        ) from None
    return list(_yaml_walk(root, ""))


def _yaml_walk(node: Any, path: str) -> Iterator[Value]:
    yaml = _yaml()
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = f"{path}.{key.value}" if path else str(key.value)
        if isinstance(value, yaml.MappingNode):
            yield from _yaml_walk(value, name)
        elif isinstance(value, yaml.ScalarNode) and value.tag in _SAID:
            start, end = value.start_mark.index, value.end_mark.index
            if value.style in ("|", ">"):
                yield Value(name, value.value, start, end, _yaml_block)
            else:
                yield Value(name, value.value, start, end, _yaml_spellers[value.style or None])


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
    """A block scalar is replaced by a quoted one: its indentation is not ours to guess."""
    return _yaml_double(target) + "\n"


def _same(spelled: str, target: str) -> bool:
    """Whether YAML reads the spelling, in either kind of collection, as the target."""
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

_TOML_LINE = re.compile(
    r"""^(?P<head>[ \t]*(?P<key>[\w-]+)[ \t]*=[ \t]*)(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""(?=[ \t]*(?:\#.*)?$)|^[ \t]*\[(?P<table>[\w.-]+)\]""",
    re.MULTILINE,
)


def toml_values(head: str, file: str, line: int) -> list[Value]:
    """Every one-line string value of a TOML document.

    >>> [(v.key, v.text) for v in toml_values('title = "A"\\n[x]\\ny = \\'z\\'\\n', "", 1)]
    [('title', 'A'), ('x.y', 'z')]
    """
    try:
        data = tomllib.loads(head.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise DragomanError(
            f"the front matter is not TOML: {error}",
            file=file or None,
            line=line,
            way_out="fix it, or begin the text with something else than '+++'",
        ) from None
    table = ""
    values = []
    for match in _TOML_LINE.finditer(head.replace("\r\n", " \n")):
        if match["table"]:
            table = match["table"] + "."
            continue
        text = tomllib.loads("k=" + match["value"])["k"]
        key = table + match["key"]
        if _look_up(data, key) == text:
            values.append(Value(key, text, match.start("value"), match.end("value"), _toml_basic))
    return values


def _look_up(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _toml_basic(target: str) -> str:
    escaped = target.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x08\n\r\x0b-\x1f\x7f]", _escape, escaped) + '"'
