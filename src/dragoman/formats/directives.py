"""In-source comments to the tool: `<!-- dragoman: … -->`, in plain text a line `# dragoman: …`."""

from __future__ import annotations

import re

from dragoman.errors import DragomanError

_DIRECTIVE = re.compile(r"dragoman:[ \t\r\n]*(\S*)[ \t\r\n]*(.*?)\s*\Z", re.DOTALL)


_NOTHING: tuple[bool, tuple[str, ...], str | None] = (False, (), None)


class Directives:
    """What comments say about the blocks that follow them.

    `skip` leaves the next block as it is, a whole list or table too, `off` and `on` a stretch; `note …` speaks to the
    translator of the next block; `context …` gives its units a gettext context.

    >>> said = Directives()
    >>> said.take("dragoman: note The town, not the person.", 1)
    True
    >>> said.close()
    (False, ('The town, not the person.',), None)
    """

    __slots__ = ("context", "file", "heard", "notes", "off", "skip")

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.off = self.skip = False
        self.notes: list[str] = []
        self.context: str | None = None
        self.heard = False
        """Whether anything may have been said about the next block; most texts say nothing."""

    def take(self, comment: str, line: int) -> bool:
        """Follow a comment's text if it is one of ours; say whether it was."""
        found = _DIRECTIVE.match(comment.strip())
        if found is None:
            return False
        self.heard = True
        word, argument = found[1], " ".join(found[2].split())
        if word == "skip" and not argument:
            self.skip = True
        elif word in ("off", "on") and not argument:
            self.off = word == "off"
        elif word == "note" and argument:
            self.notes.append(argument)
        elif word == "context" and argument:
            self.context = argument
        else:
            said = f"{word} {argument}".strip()
            raise DragomanError(
                f"unknown comment 'dragoman: {said}'",
                file=self.file or None,
                line=line,
                way_out="known are skip, off, on, note TEXT and context TEXT",
            )
        return True

    def enter(self) -> bool:
        """Whether a list, table or quotation that begins here is skipped; then nothing inside is."""
        skipped, self.skip = self.skip, False
        return skipped

    def close(self) -> tuple[bool, tuple[str, ...], str | None]:
        """Whether the block at hand is skipped, its notes and its context; then forget them."""
        if not self.heard:
            return _NOTHING
        said = (self.off or self.skip, tuple(self.notes), self.context)
        self.skip, self.context, self.heard = False, None, self.off
        self.notes = []
        return said
