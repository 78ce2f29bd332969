"""The table of contents as EPUB 2 has it, for readers that know no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.text.xml_escape import content


class NcxEntry(NamedTuple):
    """A line of the table of contents."""

    depth: int
    text: str
    href: str


def ncx(identifier: str, title: str, entries: Sequence[NcxEntry], tag: str) -> str:
    """The file, with nested entries in reading order.

    >>> made = ncx("urn:x", "X", [NcxEntry(1, "A", "a"), NcxEntry(2, "B", "b"), NcxEntry(1, "C", "c")], "en")
    >>> made.count("<navPoint"), made.count("</navPoint>"), made.index("B") < made.index("</navPoint>")
    (3, 3, True)
    """
    out: list[str] = []
    before = 0
    for order, entry in enumerate(entries, 1):
        out += ["</navPoint>"] * max(0, before - entry.depth + 1)
        out.append(
            f'<navPoint id="p{order}" playOrder="{order}"><navLabel><text>{content(entry.text)}</text></navLabel>'
            f'<content src="{entry.href}"/>'
        )
        before = entry.depth
    out += ["</navPoint>"] * before
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{tag}">',
            "<head>",
            f'<meta name="dtb:uid" content="{identifier}"/>',
            f'<meta name="dtb:depth" content="{max((e.depth for e in entries), default=1)}"/>',
            '<meta name="dtb:totalPageCount" content="0"/>',
            '<meta name="dtb:maxPageNumber" content="0"/>',
            "</head>",
            f"<docTitle><text>{content(title)}</text></docTitle>",
            "<navMap>",
            *out,
            "</navMap>",
            "</ncx>",
            "",
        ]
    )
