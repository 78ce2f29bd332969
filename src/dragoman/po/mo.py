"""Compiled catalogs, written by polib."""

from __future__ import annotations

from dragoman.po.file import PoFile


def compile_mo(po: PoFile) -> bytes:
    """The MO file of a catalog: what is translated and not fuzzy, and the header.

    >>> mo = compile_mo(PoFile())
    >>> mo[:4].hex()
    'de120495'
    """
    import polib  # noqa: PLC0415 - most commands compile nothing

    compiled = polib.POFile()
    for entry in po.entries:
        translated = entry.msgstr if entry.plural is None else all(entry.plural[1])
        if entry.obsolete or not translated or (entry.fuzzy and entry.msgid):
            continue
        item = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr)
        if entry.plural is not None:
            item.msgid_plural = entry.plural[0]
            item.msgstr_plural = dict(enumerate(entry.plural[1]))
        compiled.append(item)
    return bytes(compiled.to_binary())
