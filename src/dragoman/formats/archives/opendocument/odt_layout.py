"""Styles of OpenDocument texts, turned to the direction of a locale.

`start` and `end` are written as sides: LibreOffice takes them for left and right in any direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from dragoman.formats.archives.opendocument.odt_runs import automatic
from dragoman.formats.archives.xml_values import Island
from dragoman.formats.xhtml import with_attribute
from dragoman.gate import Node
from dragoman.languages.locales import direction, office_tag
from dragoman.model import PerLocale

_MODES = {"rtl": "rl-tb", "ltr": "lr-tb"}
_TURNED = {"start": "right", "left": "right", "end": "left", "right": "left"}
_PROPERTIES = {
    "paragraph": "style:paragraph-properties",
    "table": "style:table-properties",
    "section": "style:section-properties",
    "page": "style:page-layout-properties",
}
_TWINS = {
    "fo:font-weight": "style:font-weight-complex",
    "fo:font-style": "style:font-style-complex",
    "fo:font-size": "style:font-size-complex",
    "style:font-name": "style:font-name-complex",
    "fo:font-family": "style:font-family-complex",
}
_MODE = "style:writing-mode"
_ALIGN = re.compile(r"""(?<=\s)(?:fo:text-align|table:align)\s*=\s*["'](\w+)["']""")

_SIDE = re.compile(r"(\s(?:fo:margin|fo:padding|fo:border|style:border-line-width)-)(left|right)\b")


class Turn(NamedTuple):
    """How a member is turned."""

    was_rtl: bool
    """Whether paragraphs of the source run from right to left where nothing says otherwise."""
    root: bool
    """Whether its styles have no others to inherit from, so that each says where its lines begin."""


def source_is_rtl(root: Node | None) -> bool:
    """Whether the default style or the first page of a document runs from right to left."""
    for node in root.walk() if root else ():
        is_default = node.name == "style:default-style" and node.get("family") == "paragraph"
        if is_default or node.name == "style:page-layout":
            modes = [mode for one in node.children if (mode := one.get("writing-mode"))]
            if modes and modes[0] != "page":
                return modes[0].startswith("rl")
    return False


def islands(root: Node, turn: Turn) -> Iterator[Island]:
    """Places in the styles of a member that depend on the locale."""
    for node in root.children:
        if node.name == "office:styles":
            yield from _defaults(node, turn)
        if node.name in ("office:styles", "office:automatic-styles"):
            for style in node.children:
                yield from _style(style, turn)


def _defaults(styles: Node, turn: Turn) -> Iterator[Island]:
    """A default style of paragraphs, if there is none."""
    for node in styles.children:
        if node.name == "style:default-style" and node.get("family") == "paragraph":
            return
    if styles.close == styles.inner and styles.tag.endswith("/>"):
        raw = styles.tag
        yield styles.start, styles.end, PerLocale(raw, partial(_default_style, raw, turn))
    else:
        yield styles.inner, styles.inner, PerLocale("", partial(_default_style, "", turn))


def _default_style(raw: str, turn: Turn, locale: str) -> str:
    properties = _paragraph_tag("<style:paragraph-properties/>", turn._replace(root=True), locale)
    made = f'<style:default-style style:family="paragraph">{properties}</style:default-style>'
    if direction(locale) != "rtl":
        return raw
    return f"{raw[:-2].rstrip()}>{made}</office:styles>" if raw else made


def _style(style: Node, turn: Turn) -> Iterator[Island]:
    family = "page" if style.name == "style:page-layout" else style.get("family")
    if style.name not in ("style:style", "style:default-style", "style:page-layout"):
        return
    is_default = style.name == "style:default-style"
    turn = turn._replace(root=turn.root or is_default)
    wanted = _PROPERTIES.get(family, "")
    if family == "page" and style.get("page-usage") == "mirrored":  # left is the inner side
        return
    known = style.child(wanted) if wanted else None
    if wanted and known is None:
        yield _new_properties(style, wanted, turn)
    for node in known.children if known and family == "page" else ():
        if node.name == "style:footnote-sep" and node.get("adjustment") in ("left", "right"):
            write = partial(_line_over_notes, node.tag, turn)
            yield node.start, node.inner, PerLocale(node.tag, write)
    for node in style.children:
        if node is known:
            write = partial(_paragraph_tag if family == "paragraph" else _other_tag, node.tag, turn)
            yield node.start, node.inner, PerLocale(node.tag, write)
        elif node.name == "style:text-properties":
            write = partial(_text_tag, node.tag, is_default or family == "paragraph", is_default)
            yield node.start, node.inner, PerLocale(node.tag, write)
        elif node.get("writing-mode"):
            yield node.start, node.inner, PerLocale(node.tag, partial(_other_tag, node.tag, turn))


def _new_properties(style: Node, name: str, turn: Turn) -> Island:
    if style.tag.endswith("/>"):
        write = partial(_opened, style.tag, name, turn)
        return style.start, style.end, PerLocale(style.tag, write)
    return style.inner, style.inner, PerLocale("", partial(_only, name, turn))


def _opened(tag: str, name: str, turn: Turn, locale: str) -> str:
    inner = _only(name, turn, locale)
    element = tag[1:].split(maxsplit=1)[0]
    return f"{tag[:-2].rstrip()}>{inner}</{element}>" if inner else tag


def _only(name: str, turn: Turn, locale: str) -> str:
    """Properties for a style without any, if the direction changes."""
    if (direction(locale) == "rtl") == turn.was_rtl:
        return ""
    write = _paragraph_tag if name == _PROPERTIES["paragraph"] else _other_tag
    return write(f"<{name}/>", turn, locale)


def _paragraph_tag(tag: str, turn: Turn, locale: str) -> str:
    """The properties of a paragraph in the direction of a locale.

    >>> _paragraph_tag('<style:paragraph-properties fo:text-align="start"/>', Turn(False, False), "he")
    '<style:paragraph-properties fo:text-align="right" style:writing-mode="rl-tb"/>'
    """
    was = re.search(rf"""{_MODE}\s*=\s*["'](\w+)""", tag)
    known = was is not None and was[1] not in ("page", "inherit")
    was_rtl = was[1].startswith("rl") if was is not None and known else turn.was_rtl
    rtl = direction(locale) == "rtl"
    if was_rtl == rtl:
        return tag
    if turn.root and "fo:text-align=" not in tag:
        tag = with_attribute(tag, "fo:text-align", "right" if rtl else "left", add=True)
    else:
        tag = _ALIGN.sub(_other_side, tag)
    return with_attribute(tag, _MODE, _MODES[direction(locale)], add=True)


def _other_side(found: re.Match[str]) -> str:
    side = _TURNED.get(found[1], found[1])
    return found[0].replace(found[1], side) if side != found[1] else found[0]


def _other_tag(tag: str, turn: Turn, locale: str) -> str:
    """The properties of a table, a section, a page or a frame in the direction of a locale."""
    rtl = direction(locale) == "rtl"
    was = re.search(rf"""{_MODE}\s*=\s*["']([\w-]+)""", tag)
    if was is not None and was[1] == "page":
        return tag
    was_rtl = was[1].startswith("rl") if was else turn.was_rtl
    if was_rtl == rtl:
        return tag
    if "<style:page-layout-properties" in tag:
        tag = _SIDE.sub(_mirrored, tag)
    return with_attribute(_ALIGN.sub(_other_side, tag), _MODE, _MODES[direction(locale)], add=True)


def _line_over_notes(tag: str, turn: Turn, locale: str) -> str:
    """The line over footnotes, on the side where lines begin."""
    if (direction(locale) == "rtl") == turn.was_rtl:
        return tag
    side = "left" if re.search(r"""adjustment\s*=\s*["']right""", tag) else "right"
    return with_attribute(tag, "style:adjustment", side, add=False)


def _mirrored(found: re.Match[str]) -> str:
    """The name of an attribute for the other side of a page, which mirrors what stands on it."""
    return found[1] + ("right" if found[2] == "left" else "left")


def _text_tag(tag: str, named: bool, default: bool, locale: str) -> str:
    """The properties of letters, with those for complex scripts and the language of a locale.

    >>> _text_tag('<style:text-properties fo:font-weight="bold"/>', False, False, "he")
    '<style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"/>'
    """
    rtl = direction(locale) == "rtl"
    if rtl:
        for name, twin in _TWINS.items():
            value = re.search(rf"""(?<=\s){name}\s*=\s*"([^"]*)\"""", tag)
            if value and f" {twin}=" not in tag and " xmlns:" not in tag:
                tag = with_attribute(tag, twin, value[1], add=True)
    if not named or re.search(r"""fo:language\s*=\s*["'](?:zxx|none)["']""", tag):
        return tag
    end = "-complex" if rtl else ""
    space = "style" if rtl else "fo"
    lang, _, country = office_tag(locale).partition("-")
    tag = with_attribute(tag, f"{space}:language{end}", lang, default)
    return with_attribute(tag, f"{space}:country{end}", country or "none", default)


def with_styles(root: Node, made: str) -> Iterator[Island]:
    """Styles that are added to a member."""
    node = root.child("office:automatic-styles")
    if node is None:
        body = root.child("office:body", "office:master-styles")
        place = body.start if body else root.close
        whole = f"<office:automatic-styles>{made}</office:automatic-styles>"
        yield place, place, PerLocale("", partial(_made, whole))
    elif node.tag.endswith("/>"):
        whole = f"{node.tag[:-2].rstrip()}>{made}</office:automatic-styles>"
        yield node.start, node.end, PerLocale(node.raw, partial(_made, whole))
    else:
        yield node.close, node.close, PerLocale("", partial(_made, made))


def _made(made: str, _locale: str) -> str:
    return made


def headings(*roots: Node | None) -> dict[str, int]:
    """The levels of paragraph styles that are titles, or that have a level in the outline."""
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for root in roots:
        for style in _styles(root) if root else ():
            name, outline = style.get("name"), style.get("default-outline-level")
            if name == "Title":
                own[name] = 1
            elif outline.isdecimal() and int(outline):
                own[name] = min(int(outline), 6)
            if parent := style.get("parent-style-name"):
                based[name] = parent
    for name in based:
        above, steps = name, 0
        while above in based and above not in own and steps < len(based):
            above, steps = based[above], steps + 1
        if above in own:
            own[name] = own[above]
    return own


def _styles(root: Node) -> Iterator[Node]:
    named = root.child("office:styles")
    for node in [*(named.children if named else ()), *automatic(root)]:
        if node.name == "style:style" and node.get("family") == "paragraph":
            yield node
