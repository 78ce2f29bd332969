"""Where a translation comes from and who approved it, in one translator comment of its entry.

    # dragoman: seal=91b2c3d4aa; source=3f9a1c02d1; reviewed=A. Reader 2026-11-24; origin=memory 87 %

Translator comments survive Poedit, Weblate and msgmerge; flags of our own would not. An approval
carries a seal over source and target, so that it falls by itself when either changes. Hashes come
first: programs that wrap comments, as polib does, cut off no more than the end of a name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.model import Key, digest

LEAD = "# dragoman:"
_LINE = re.compile(r"^# dragoman:[ \t]*(.*)\n?", re.MULTILINE)
_ORDER = ("seal", "source", "reviewed", "joined", "origin")
_REMARKS = re.compile(r"(?:#(?: .*)?\n)*")
"""The translator comments that an entry begins with."""
_PAIR = re.compile(r"(origin|source|reviewed|seal|joined)=([^;\n]*)")


class Provenance(NamedTuple):
    """What the line says; empty where it says nothing."""

    origin: str = ""
    """`human`, `memory 87 %`, `machine ENGINE` or `imported FILE`."""
    source: str = ""
    """Hash of the source that the translation was made for."""
    reviewed: str = ""
    """Who approved it, and when."""
    seal: str = ""
    """Hash of the source and the target that were approved."""
    joined: str = ""
    """Of a mark: hashes of the sources whose translation covers this one (see `holding`)."""

    def approves(self, key: Key, target: str) -> bool:
        """Whether just this target of just this source was approved."""
        return bool(self.reviewed) and self.seal == seal_of(key, target)


def source_hash(key: Key) -> str:
    """A short name for a source in its context.

    >>> source_hash((None, "Hello.")) == source_hash(("", "Hello."))
    False
    """
    context, source = key
    return _short(source if context is None else f"{context}\x04{source}")


def seal_of(key: Key, target: str) -> str:
    """A short name for a source and its target."""
    return _short(f"{source_hash(key)}\x04{target}")


def _short(text: str) -> str:
    return digest(text.encode(errors="surrogatepass"), 5)


def read(comments: str) -> Provenance:
    """What an entry's comments say of where it comes from.

    >>> read("# dragoman: origin=memory 87 %; source=ab\\n").origin
    'memory 87 %'
    """
    if LEAD not in comments:
        return Provenance()
    said = {}
    for line in _LINE.findall(comments):
        said.update({name: value.strip() for name, value in _PAIR.findall(line)})
    return Provenance(**said)


def write(comments: str, provenance: Provenance) -> str:
    """The comments with this line in place of the former one, after the other translator comments.

    >>> write("# Note.\\n#. kind\\n", Provenance(origin="human"))
    '# Note.\\n# dragoman: origin=human\\n#. kind\\n'
    """
    left = _LINE.sub("", comments)
    said = provenance._asdict()
    pairs = [f"{name}={_safe(said[name])}" for name in _ORDER if said[name]]
    line = f"{LEAD} {'; '.join(pairs)}\n" if pairs else ""
    at = _remarks_end(left)
    return left[:at] + line + left[at:]


def _remarks_end(comments: str) -> int:
    remarks = _REMARKS.match(comments)
    assert remarks
    return remarks.end()


def _safe(value: str) -> str:
    return " ".join(value.replace(";", ",").split()).rstrip("\\")
