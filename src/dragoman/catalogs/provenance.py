"""The origin of a translation and who approved it, in one translator comment of its entry.

    # dragoman: seal=91b2c3d4aa; source=3f9a1c02d1; reviewed=A. Reader 2026-11-24; origin=memory 87
        %

Translator comments survive Poedit, Weblate and msgmerge; flags of our own would not. An approval
has a hash of source and target, so that it is void when either changes. Hashes come first: programs
that wrap comments, such as polib, then cut off only the end of a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.model import Key, digest

LEAD = "# dragoman:"
_LINE = re.compile(r"^# dragoman:[ \t]*(.*)\n?", re.MULTILINE)
_ORDER = ("seal", "source", "reviewed", "joined", "origin")
_REMARKS = re.compile(r"(?:#(?: .*)?\n)*")
"""The translator comments at the beginning of an entry."""
_PAIR = re.compile(r"(origin|source|reviewed|seal|joined)=([^;\n]*)")


class Provenance(NamedTuple):
    """The content of the comment; a missing part is empty."""

    origin: str = ""
    """`human`, `memory 87 %`, `machine ENGINE` or `imported FILE`."""
    source: str = ""
    """Hash of the source that the translation was made for."""
    reviewed: str = ""
    """Name of the reviewer, and the date."""
    seal: str = ""
    """Hash of the source and the target that were approved."""
    joined: str = ""
    """For a join mark: hashes of the sources whose translation covers it (see `join_anchors`)."""

    def approves(self, key: Key, target: str) -> bool:
        """Whether this target of this source was approved."""
        return bool(self.reviewed) and self.seal == seal_of(key, target)


def source_hash(key: Key) -> str:
    """A hash of a source and its context.

    >>> source_hash((None, "Hello.")) == source_hash(("", "Hello."))
    False
    """
    context, source = key
    return _short(source if context is None else f"{context}\x04{source}")


def seal_of(key: Key, target: str) -> str:
    """A hash of a source, its context and its target."""
    return _short(f"{source_hash(key)}\x04{target}")


def _short(text: str) -> str:
    return digest(text.encode(errors="surrogatepass"), 5)


def read(comments: str) -> Provenance:
    """The provenance in an entry's comments.

    >>> read("# dragoman: origin=memory 87 %; source=ab\\n").origin
    'memory 87 %'
    """
    if LEAD not in comments:
        return Provenance()
    fields = {}
    for line in _LINE.findall(comments):
        fields.update({name: value.strip() for name, value in _PAIR.findall(line)})
    return Provenance(**fields)


def write(comments: str, provenance: Provenance) -> str:
    """The comments with a new provenance line after the other translator comments.

    >>> write("# Note.\\n#. kind\\n", Provenance(origin="human"))
    '# Note.\\n# dragoman: origin=human\\n#. kind\\n'
    """
    others = _LINE.sub("", comments)
    fields = provenance._asdict()
    pairs = [f"{name}={_safe(fields[name])}" for name in _ORDER if fields[name]]
    line = f"{LEAD} {'; '.join(pairs)}\n" if pairs else ""
    position = _remarks_end(others)
    return others[:position] + line + others[position:]


def _remarks_end(comments: str) -> int:
    remarks = _REMARKS.match(comments)
    assert remarks
    return remarks.end()


def _safe(value: str) -> str:
    return " ".join(value.replace(";", ",").split()).rstrip("\\")
