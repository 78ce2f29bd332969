"""Reads the segments of XLIFF 2.x and 1.x files that come from a CAT tool.

Only core elements of the standard are read; modules and extensions are ignored.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.imports.xliff_codes import Core, Texts1, Texts2, keeps_space, laid_out, namespace
from dragoman.imports.xliff_notes import UnitNotes
from dragoman.interchange.review_rows import EXTRA, Group, Piece, Reviewed

_KIND = "an XLIFF file"
_METADATA = "urn:oasis:names:tc:xliff:metadata:"
_MACHINES = ("leveraged-mt", "mt-suggestion", "leveraged-tm", "tm-suggestion", "fuzzy-match", "leveraged-glossary", "glossary-suggestion")  # fmt: skip
"""Values of `state-qualifier` for translations that no person has confirmed."""
_COPIED = frozenset(("", "initial", "new", "needs-translation"))
"""States in which a target equal to its source is not a translation."""
_ORDER = re.compile(r"\s*\+?0*([1-9][0-9]{0,8})\s*")
"""A position as the schema allows to write it."""


def read(data: bytes, file: str = "") -> list[Reviewed]:
    """The segments of an XLIFF document, in its order.

    Raises:
        DragomanError: the data is not an XLIFF document, has another version, or no segments.

    >>> read(b"<a/>", "a.xlf")
    Traceback (most recent call last):
    dragoman.errors.DragomanError: a.xlf: not an XLIFF file: its root is 'a'; export it as XLIFF 2.1 or 1.2
    """
    root = gate.parsed(data, file, _KIND)
    core = Core(root)
    version = root.get("version", "")
    if core.name(root) != "xliff" or not version.startswith(("1.", "2.")):
        problem = (
            f"its version is {version!r}"
            if core.name(root) == "xliff"
            else f"its root is {core.name(root)!r}"
        )
        how_to_fix = "export it as XLIFF 2.1 or 1.2"
        raise DragomanError(
            f"not an XLIFF file: {problem}", file=file or None, how_to_fix=how_to_fix
        )
    rows = list(_of_1(core, root) if version.startswith("1.") else _of_2(core, root))
    if not rows:
        raise DragomanError(
            "has no segments", file=file or None, how_to_fix="export it with its segments"
        )
    return rows


def _locale(tag: str | None) -> str:
    return (tag or "").replace("-", "_")


class _Inherited(NamedTuple):
    """Attributes that an element inherits from its ancestors."""

    space: bool = False
    translate: bool = True

    def inside(self, element: ET.Element) -> _Inherited:
        """The attributes inside an element."""
        value = element.get("translate")
        return _Inherited(
            keeps_space(element, self.space), self.translate if value is None else value != "no"
        )


# --- 2.x -------------------------------------------------------------------------------------


def _of_2(core: Core, root: ET.Element) -> Iterator[Reviewed]:
    locale = _locale(root.get("trgLang"))
    above = _Inherited().inside(root)
    for file in core.children(root, "file"):
        for unit, inherited in _units_of_2(core, file, above):
            yield from _Unit(core, unit, inherited).rows(locale)


def _units_of_2(
    core: Core, element: ET.Element, above: _Inherited
) -> Iterator[tuple[ET.Element, _Inherited]]:
    inherited = above.inside(element)
    for child in core.children(element, "group", "unit"):
        if core.name(child) == "unit":
            yield child, inherited.inside(child)
        else:
            yield from _units_of_2(core, child, inherited)


class _Unit:
    """A unit of XLIFF 2.x."""

    def __init__(self, core: Core, unit: ET.Element, inherited: _Inherited) -> None:
        self._core, self._unit, self._inherited = core, unit, inherited
        self._parts = list(core.children(unit, "segment", "ignorable"))
        self._texts = Texts2(core, unit)
        sources = (core.child(part, "source") for part in self._parts)
        self._texts.learn(source for source in sources if source is not None)

    def rows(self, locale: str) -> Iterator[Reviewed]:
        pieces = [self._piece(part, at) for at, part in enumerate(self._parts, 1)]
        problem = self._problem(pieces)
        group = Group(tuple(pieces), self._hashes(), problem, self._inherited.translate)
        segments = [
            (part, piece)
            for part, piece in zip(self._parts, pieces, strict=True)
            if piece.is_segment and (piece.target or self._core.child(part, "source") is not None)
        ]
        with_row = [part for part, _ in segments]
        others = [part for part in self._parts if part not in with_row]
        comments = UnitNotes(self._core, self._unit).on(with_row, others)
        for (_, piece), comment in zip(segments, comments, strict=True):
            yield _row(piece, group, locale, comment)

    def _piece(self, part: ET.Element, index: int) -> Piece:
        source, target = self._core.child(part, "source"), self._core.child(part, "target")
        inherited = self._inherited.inside(part)
        source_text = "" if source is None else self._text(source, inherited)
        translated = None if target is None else self._text(target, inherited)
        state, sub = part.get("state", "initial"), part.get("subState", "")
        if (
            translated is not None
            and translated.strip() == source_text.strip()
            and state in _COPIED
        ):
            translated = None if sub != "dragoman:draft" else translated
        id_, is_segment = part.get("id", ""), self._core.name(part) == "segment"
        place = f"segment {id_}" if id_ else f"unit {self._unit.get('id', '')}, segment {index}"
        order = _ORDER.fullmatch("" if target is None else target.get("order", ""))
        return Piece(
            id_.removeprefix("s"),
            source_text,
            translated,
            _state_of_2(state),
            int(order[1]) if order else index,
            is_segment,
            place,
        )

    def _text(self, element: ET.Element, inherited: _Inherited) -> str:
        return laid_out(self._texts.of(element), keeps_space(element, inherited.space))

    def _hashes(self) -> dict[str, str]:
        """Id of a row to its hash when it was exported, from our metadata."""
        return {
            meta.get("type", ""): meta.text or ""
            for group in self._unit.iter()
            if group.get("category") == "dragoman" and _METADATA in namespace(group)
            for meta in group
            if _METADATA in namespace(meta)
        }

    def _problem(self, pieces: Sequence[Piece]) -> str:
        """Why the segments of a unit cannot be distinguished; empty if they can."""
        ids = Counter(segment.get("id") for segment in self._core.children(self._unit, "segment"))
        twice = next((id_ for id_, count in ids.items() if id_ and count > 1), None)
        if twice is not None:
            return f"two of its segments have the id {twice}"
        orders = [piece.order for piece in pieces if piece.target is not None]
        if len(set(orders)) != len(orders):
            return "two of its targets have the same order"
        return ""


def _state_of_2(state: str) -> str:
    if state in ("reviewed", "final"):
        return "reviewed"
    return "translated" if state == "translated" else "draft"


def _row(piece: Piece, group: Group, locale: str, comment: str) -> Reviewed:
    target = piece.target or ""
    return Reviewed(
        piece.id,
        group.hashes.get(piece.id, ""),
        piece.source,
        {locale: target} if target.strip() else {},
        comment,
        piece.place,
        piece.state,
        group,
        (locale,),
    )


# --- 1.x -------------------------------------------------------------------------------------


def _of_1(core: Core, root: ET.Element) -> Iterator[Reviewed]:
    above = _Inherited().inside(root)
    for file in core.children(root, "file"):
        locale = _locale(file.get("target-language"))
        inherited = above.inside(file)
        for body in core.children(file, "body"):
            for unit, inside in _units_of_1(core, body, inherited):
                source, target = core.child(unit, "source"), core.child(unit, "target")
                if source is None and target is not None:
                    source = ET.Element("source")  # so that its target is reported
                if source is not None:
                    yield _row_of_1(core, (unit, source, target), inside, locale)


def _units_of_1(
    core: Core, element: ET.Element, above: _Inherited
) -> Iterator[tuple[ET.Element, _Inherited]]:
    inherited = above.inside(element)
    for child in core.children(element, "group", "trans-unit"):
        if core.name(child) == "trans-unit":
            yield child, inherited.inside(child)
        else:
            yield from _units_of_1(core, child, inherited)


def _row_of_1(
    core: Core,
    parts: tuple[ET.Element, ET.Element, ET.Element | None],
    inherited: _Inherited,
    locale: str,
) -> Reviewed:
    unit, source, target = parts
    texts = Texts1(core, [source])
    keep = keeps_space(source, inherited.space)
    source_text = laid_out(texts.of(source), keep)
    translated: str | None = None
    state, raw_state = "draft", ""
    if target is not None:
        translated = laid_out(texts.of(target), keeps_space(target, inherited.space))
        raw_state = target.get("state", "")
        state = _state_of_1(unit, target)
        if translated.strip() == source_text.strip() and raw_state in _COPIED:
            translated = translated if unit.get("approved") == "yes" else None
        elif _is_partial(core, unit, target):
            state = "partial"
    notes = {n.get("from", ""): n.text or "" for n in core.children(unit, "note")}
    id_ = unit.get("id", "")
    extra = unit.get("extradata", "")
    hash_ = extra.removeprefix(EXTRA) if extra.startswith(EXTRA) else notes.get("dragoman-hash", "")
    piece = Piece(id_, source_text, translated, state, 1, True, f"trans-unit {id_}")
    group = Group((piece,), {id_: hash_} if hash_ else {}, "", inherited.translate)
    return _row(piece, group, locale, "\n".join(_notes_of_1(core, unit)))


def _notes_of_1(core: Core, unit: ET.Element) -> Iterator[str]:
    for note in core.children(unit, "note"):
        if note.get("from") not in ("dragoman-hash", "kind", "text"):
            yield note.text or ""


def _is_partial(core: Core, unit: ET.Element, target: ET.Element) -> bool:
    """Whether a tool split the source into segments of which one has no translation."""
    cut = core.child(unit, "seg-source")
    if cut is None:
        return False
    sources = {mark.get("mid"): "".join(mark.itertext()) for mark in _segment_marks(core, cut)}
    given = {mark.get("mid"): "".join(mark.itertext()) for mark in _segment_marks(core, target)}
    return bool(given) and any(
        source.strip() and not given.get(mid, "").strip() for mid, source in sources.items()
    )


def _segment_marks(core: Core, element: ET.Element) -> Iterator[ET.Element]:
    return (e for e in element.iter() if core.name(e) == "mrk" and e.get("mtype") == "seg")


def _state_of_1(unit: ET.Element, target: ET.Element) -> str:
    """The state of a translation; `approved` only tells whether it passed its final review."""
    state, approved = target.get("state", ""), unit.get("approved", "")
    qualifier = target.get("state-qualifier", "")
    if state.startswith("needs-") or state == "new" or qualifier.startswith("rejected"):
        return "draft"
    if state in ("signed-off", "final") and approved != "no":
        return "reviewed"
    if qualifier in _MACHINES or (not state and approved == "no"):
        return "draft"
    return "reviewed" if approved == "yes" else "translated"
