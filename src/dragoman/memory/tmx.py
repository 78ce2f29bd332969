"""Reads and writes TMX 1.4b, unit by unit and without loss (LISA OSCAR, TMX 1.4b, 2005).

Unknown attributes, properties and notes are kept and written again.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman import __version__, gate
from dragoman.errors import DragomanError
from dragoman.memory import segments
from dragoman.memory.memory_units import DRAFT, REVIEWED, MemoryUnit, Variant, place

_KIND = "a TMX file"
_MOST_BARE = 10_000
"""Number of consecutive units without a variant after which a file is refused."""
_LANG = ("xml:lang", "lang")
OURS = {
    "creationtool": "dragoman",
    "creationtoolversion": __version__,
    "segtype": "sentence",
    "o-tmf": "PO",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "plaintext",
}
"""Required attributes of a TMX header, with our values."""
_TOOL = ("creationtool", "creationtoolversion")
# Names of properties with a unit's neighbours: OmegaT's, which we write, and memoQ's.
_BEFORE, _AFTER = ("prev", "x-context-pre"), ("next", "x-context-post")
_TAG = re.compile("<[^<>]*>")


class TmxNote(NamedTuple):
    """Something in a file that the user should know."""

    what: str
    times: int
    line: int
    """Line of the first one."""


class Reader:
    """Reads a TMX file in one pass."""

    def __init__(self, file: str, origin: str = "", doctype: bool = False) -> None:
        """Prepare to read a file.

        Args:
            file: its name in messages.
            origin: the origin of its units; empty means the file's name.
            doctype: whether to accept a DOCTYPE that declares nothing.
        """
        self._file, self._doctype = file, doctype
        self._origin = origin or file.rpartition("/")[2]
        self._source = "*all*"
        self._found: dict[str, TmxNote] = {}
        self.header = ""
        """The header as JSON; set before the first unit is yielded."""

    def units(self, pieces: Iterable[bytes]) -> Iterator[MemoryUnit]:
        """Yield the units of the file.

        Raises:
            DragomanError: it is not well-formed TMX, or a variant has no language.
        """
        items = gate.streamed(pieces, "tmx", ("header", "tu"), self._file, _KIND, self._doctype)
        bare = 0
        try:
            for element, line in items:
                if element.tag == "header":
                    self._source = element.get("srclang", "*all*")
                    self.header = _extra(element.attrib, element)
                    continue
                variants = tuple([self._variant(element, x, line) for x in element.iter("tuv")])
                bare = 0 if variants else bare + 1
                if bare > _MOST_BARE:
                    raise DragomanError(
                        f"more than {_MOST_BARE:,} units without a variant, one after the other",
                        file=self._file,
                        line=line,
                        how_to_fix="export it again",
                    )
                if not variants:
                    self._note("units without a variant were left out", line)
                    continue
                yield self._unit(element, variants)
        except DragomanError as error:
            if "DOCTYPE" in error.message and not self._doctype:
                error.how_to_fix = "remove that line, or import the file with --skip-doctype"
            raise

    @property
    def findings(self) -> list[TmxNote]:
        return list(self._found.values())

    def _note(self, what: str, line: int) -> None:
        known = self._found.get(what, TmxNote(what, 0, line))
        self._found[what] = known._replace(times=known.times + 1)

    def _unit(self, element: ET.Element, variants: tuple[Variant, ...]) -> MemoryUnit:
        properties = _properties(element)
        before, after = _first(properties, _BEFORE), _first(properties, _AFTER)
        known = before is not None or after is not None
        return MemoryUnit(
            variants,
            self._origin,
            element.get("srclang", self._source),
            place(before, after) if known else None,
            properties.get("x-context"),
            _extra(element.attrib, element),
        )

    def _variant(self, unit: ET.Element, element: ET.Element, line: int) -> Variant:
        lang = next((element.get(name) for name in _LANG if element.get(name)), None)
        if lang is None:
            raise DragomanError(
                "a <tuv> without xml:lang",
                file=self._file,
                line=line,
                how_to_fix="name its language",
            )
        seg = element.find("seg")
        segment = segments.read(ET.Element("seg") if seg is None else seg)
        if segment.bare:
            self._note(
                "segments have codes that our texts do not write; the memory keeps them", line
            )
        state = _properties(element).get("x-state", "")
        own = {name: said for name, said in element.attrib.items() if name not in _LANG}
        return Variant(
            lang,
            segment.text,
            segment.markup,
            _date(element) or _date(unit),
            state if state in (DRAFT, REVIEWED) else "",
            _extra(own, element),
            segment.bare,
        )


def _properties(element: ET.Element) -> dict[str, str]:
    return {child.get("type", ""): child.text or "" for child in element if child.tag == "prop"}


def _first(properties: Mapping[str, str], names: Sequence[str]) -> str | None:
    """The first of these properties, without tags; or None."""
    value = next((properties[name] for name in names if name in properties), None)
    return None if value is None else _TAG.sub("", value)


def _date(element: ET.Element) -> str:
    """The day of a TMX date such as `20261124T101500Z`; empty if there is none."""
    timestamp = element.get("changedate") or element.get("creationdate") or ""
    return (
        f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}"
        if re.match(r"\d{8}", timestamp)
        else ""
    )


def _extra(named: Mapping[str, str], element: ET.Element) -> str:
    children = [segments.serialized(x) for x in element if x.tag not in ("tuv", "seg")]
    return kept(named, children)


def kept(named: Mapping[str, str], children: Sequence[str]) -> str:
    """Attributes and elements as JSON, for `extra` of units and variants; empty if there are none.

    >>> kept({"tuid": "1"}, ["<note>a</note>"])
    '[{"tuid":"1"},["<note>a</note>"]]'
    """
    if not named and not children:
        return ""
    return json.dumps([dict(named), list(children)], ensure_ascii=False, separators=(",", ":"))


def written(
    units: Iterable[MemoryUnit], headers: Sequence[str] = (), source: str = "*all*"
) -> Iterator[str]:
    """Yield a TMX document piece by piece, without a DOCTYPE, which readers like ours refuse.

    Args:
        units: its units.
        headers: headers of imported files, as JSON.
        source: the default source language.

    >>> "".join(written([])).split("\\n")[1]
    '<tmx version="1.4">'
    """
    named, children = _header(headers)
    if source != "*all*" or "srclang" not in named:
        named["srclang"] = source
    yield from document((_written(unit, named["srclang"]) for unit in units), named, children)


def document(
    elements: Iterable[str], named: Mapping[str, str], children: Iterable[str]
) -> Iterator[str]:
    """Yield a TMX document of `tu` elements with a header."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield f"  <header{segments.attributes(dict(named))}>\n"
    yield from (f"    {child}\n" for child in children)
    yield "  </header>\n  <body>\n"
    yield from elements
    yield "  </body>\n</tmx>\n"


def _header(headers: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The header of a single file; for several, ours with all their notes and properties."""
    parsed = [json.loads(header) for header in headers if header]
    children = dict.fromkeys(child for _, own in parsed for child in own)
    theirs = parsed[0][0] if len(parsed) == 1 else {}
    named = {**OURS, **theirs, **{name: OURS[name] for name in _TOOL}}
    return named, list(children)


def _written(unit: MemoryUnit, source: str) -> str:
    named, children = json.loads(unit.extra) if unit.extra else ({}, [])
    if unit.source and unit.source != source:
        named.setdefault("srclang", unit.source)
    lines = [f"    <tu{segments.attributes(named)}>\n"]
    lines += [f"      {child}\n" for child in children]
    first = unit.variants[0].text if unit.variants else ""
    for variant in unit.variants:
        own, inside = json.loads(variant.extra) if variant.extra else ({}, [])
        tuv_attributes = segments.attributes({"xml:lang": variant.lang, **own})
        segment = variant.markup or segments.marked(variant.text, first)
        lines.append(f"      <tuv{tuv_attributes}>{''.join(inside)}<seg>{segment}</seg></tuv>\n")
    return "".join([*lines, "    </tu>\n"])
