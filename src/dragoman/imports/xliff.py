"""XLIFF 2.x and 1.2 that come back from a CAT tool: every segment with its target."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.imports.office import name
from dragoman.interchange.review_rows import Reviewed, unguarded

_KIND = "an XLIFF file"


def read(data: bytes, file: str = "") -> list[Reviewed]:
    """The segments of an XLIFF document, as they stand in it.

    Raises:
        DragomanError: it is no XLIFF document, or its version is not known.

    >>> read(b"<a/>", "a.xlf")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: a.xlf: not an XLIFF file: its root is 'a'; export it as XLIFF 2.1 or 1.2
    """
    root = gate.parsed(data, file, _KIND)
    version = root.get("version", "")
    if name(root) != "xliff" or not version.startswith(("1.", "2.")):
        problem = (
            f"its version is {version!r}"
            if name(root) == "xliff"
            else f"its root is {name(root)!r}"
        )
        way_out = "export it as XLIFF 2.1 or 1.2"
        raise DragomanError(f"not an XLIFF file: {problem}", file=file or None, way_out=way_out)
    found = list(_of_1(root) if version.startswith("1.") else _of_2(root))
    if not found:
        raise DragomanError(
            "holds no segments", file=file or None, way_out="export it with its segments"
        )
    return found


def _locale(tag: str | None) -> str:
    return (tag or "").replace("-", "_")


def _of_2(root: ET.Element) -> Iterator[Reviewed]:
    locale = _locale(root.get("trgLang"))
    for unit in (e for e in root.iter() if name(e) == "unit"):
        data = {d.get("id", ""): _text(d, {}) for d in unit.iter() if name(d) == "data"}
        hashes = {m.get("type", ""): m.text or "" for m in unit.iter() if name(m) == "meta"}
        notes = [
            n.text or ""
            for n in unit.iter()
            if name(n) == "note" and n.get("category") not in ("kind", "context", "note")
        ]
        for segment in (e for e in unit if name(e) == "segment"):
            id_ = segment.get("id", "").removeprefix("s")
            source = next((e for e in segment if name(e) == "source"), None)
            target = next((e for e in segment if name(e) == "target"), None)
            if not id_ or source is None:
                continue
            said = "" if target is None else _text(target, data)
            yield Reviewed(
                id_,
                hashes.get(id_, ""),
                _text(source, data),
                {locale: said} if said.strip() else {},
                "\n".join(notes),
                f"segment {segment.get('id')}",
                _state_of_2(segment),
            )


def _state_of_2(segment: ET.Element) -> str:
    state = segment.get("state", "initial")
    return (
        "reviewed"
        if state in ("reviewed", "final")
        else "draft"
        if state == "initial"
        else "translated"
    )


def _text(element: ET.Element, data: Mapping[str, str]) -> str:
    """What an element says, its codes as their data."""
    out = [element.text or ""]
    for child in element:
        kind = name(child)
        if kind == "cp":
            out.append(_character(child.get("hex", "")))
        elif kind == "ph":
            out.append(data.get(child.get("dataRef", ""), ""))
        elif kind == "pc":
            start, end = child.get("dataRefStart", ""), child.get("dataRefEnd", "")
            out += [data.get(start, ""), _text(child, data), data.get(end, "")]
        elif kind in ("sc", "ec"):
            out.append(data.get(child.get("dataRef", ""), ""))
        else:
            out.append(_text(child, data))
        out.append(child.tail or "")
    return "".join(out)


def _character(code: str) -> str:
    """The character that a code names; U+FFFD where it names none.

    >>> _character("000B"), _character("nothing")
    ('\\x0b', '\ufffd')
    """
    place = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else -1
    known = 0 <= place < 0xD800 or 0xDFFF < place <= 0x10FFFF
    return chr(place) if known else "\ufffd"


def _of_1(root: ET.Element) -> Iterator[Reviewed]:
    for file in (e for e in root.iter() if name(e) == "file"):
        locale = _locale(file.get("target-language"))
        for unit in (e for e in file.iter() if name(e) == "trans-unit"):
            source = next((e for e in unit if name(e) == "source"), None)
            target = next((e for e in unit if name(e) == "target"), None)
            notes = {n.get("from", ""): n.text or "" for n in unit if name(n) == "note"}
            if source is None:
                continue
            said = "" if target is None else _text_of_1(target)
            yield Reviewed(
                unit.get("id", ""),
                notes.get("dragoman-hash", ""),
                _text_of_1(source),
                {locale: said} if said.strip() else {},
                "",
                f"trans-unit {unit.get('id')}",
                _state_of_1(unit, target),
            )


def _state_of_1(unit: ET.Element, target: ET.Element | None) -> str:
    state = "" if target is None else target.get("state", "")
    if state in ("signed-off", "final"):
        return "reviewed"
    return (
        "draft"
        if state.startswith("needs-") or state == "new" or unit.get("approved") == "no"
        else "translated"
    )


def _text_of_1(element: ET.Element) -> str:
    out = [element.text or ""]
    for child in element:
        inside = _text_of_1(child)
        if name(child) == "ph" and child.get("ctype") == "x-char":
            inside = _character(inside)
        elif name(child) in ("ph", "bpt", "ept", "it"):
            inside = unguarded(inside)
        out += [inside, child.tail or ""]
    return "".join(out)
