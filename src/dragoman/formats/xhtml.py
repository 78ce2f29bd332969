"""XHTML: targets written well-formed, and the language and direction of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape

from dragoman.formats.units import one_line
from dragoman.languages.locales import direction, language_tag
from dragoman.text import xml_escape

_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][\w.:-]*)"
    r"(?P<attributes>(?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(?P<empty>/)?>"
    r"|<!--(?:(?!--).)*-->|<!\[CDATA\[(?:(?!\]\]>).)*\]\]>|<\?(?:(?!\?>).)*\?>"
)
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)([A-Za-z_][\w.:-]*;)?")


def flow(target: str, entities: frozenset[str] = frozenset()) -> str:
    """Write a target as well-formed content, with the tags of inline markup.

    Args:
        target: the target.
        entities: names of entities that the document knows, which stay references.

    >>> flow("R&D &nbsp;<i>a</b> < 3<br>")
    'R&amp;D \\xa0<i>a&lt;/b> &lt; 3<br/></i>'
    """
    line = one_line(target).strip()
    if "<" not in line and "&" not in line:
        return xml_escape.ILLEGAL.sub("\ufffd", line)
    return "".join(_pieces(line, entities))


def _pieces(line: str, entities: frozenset[str]) -> Iterator[str]:
    open_: list[str] = []
    done = 0
    for found in _TAG.finditer(line):
        yield _text(line[done : found.start()], entities)
        done = found.end()
        name = found["name"]
        if name is None:
            yield xml_escape.ILLEGAL.sub("\ufffd", found[0])
        elif found["empty"]:
            yield _attributes(found[0], entities)
        elif found["close"]:
            if name in open_:
                while (last := open_.pop()) != name:
                    yield f"</{last}>"
                yield found[0]
            else:
                yield _text(found[0], entities)
        elif name.lower() in _VOID:
            yield _attributes(found[0][:-1].rstrip() + "/>", entities)
        else:
            open_.append(name)
            yield _attributes(found[0], entities)
    yield _text(line[done:], entities)
    for name in reversed(open_):
        yield f"</{name}>"


def _text(text: str, entities: frozenset[str]) -> str:
    text = _references(xml_escape.ILLEGAL.sub("\ufffd", text), entities)
    return text.replace("<", "&lt;").replace("]]>", "]]&gt;")


def _attributes(tag: str, entities: frozenset[str]) -> str:
    return _references(xml_escape.ILLEGAL.sub("\ufffd", tag), entities)


def _references(text: str, entities: frozenset[str]) -> str:
    """The text with named entities of HTML as characters, and other signs `&` escaped."""
    return _ENTITY.sub(partial(_reference, entities), text) if "&" in text else text


def _reference(entities: frozenset[str], found: re.Match[str]) -> str:
    if found[1] and found[1][:-1] in entities:
        return found[0]
    said = unescape(found[0])
    return said if found[1] and said != found[0] else f"&amp;{found[1] or ''}"


def attribute(quote: str, target: str, entities: frozenset[str] = frozenset()) -> str:
    """Write a target as the value of an attribute in these quotation marks.

    >>> attribute('"', 'R&D "x"'), attribute("", "a")
    ('R&amp;D &quot;x&quot;', '"a"')
    """
    mark = quote or '"'
    said = _text(one_line(target).strip(), entities)
    said = said.replace(mark, "&#39;" if mark == "'" else "&quot;")
    return said if quote else f'"{said}"'


_ROOT = re.compile(r"<(html|body)(?=[\s>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def localized(version: int, text: str, locale: str) -> str:
    """A page of a book with the language and direction of a locale.

    `lang` beside `xml:lang` came with EPUB 3.

    >>> localized(2, '<html xml:lang="en"><body/></html>', "he")
    '<html xml:lang="he" dir="rtl"><body/></html>'
    """
    return _ROOT.sub(partial(_localized, version, locale), text, count=2)


def _localized(version: int, locale: str, found: re.Match[str]) -> str:
    tag, root = found[0], found[1] == "html"
    lang, way = language_tag(locale), direction(locale)
    tag = with_attribute(tag, "xml:lang", lang, root)
    tag = with_attribute(tag, "lang", lang, root and version >= 3)
    return with_attribute(tag, "dir", way, root and way == "rtl")


def with_attribute(tag: str, name: str, value: str, add: bool) -> str:
    """A start tag with another value of an attribute; if it lacks it, it is added or not.

    >>> with_attribute("<a b='c'/>", "b", "d", add=False), with_attribute("<a/>", "b", "d", add=True)
    ("<a b='d'/>", '<a b="d"/>')
    """
    place = re.search(rf"""(?<=\s){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    if place:
        start, end = place.span(1 if place[1] is not None else 2)
        return tag[:start] + value + tag[end:]
    return re.sub(r"\s*(/?)>$", rf' {name}="{value}"\1>', tag) if add else tag
