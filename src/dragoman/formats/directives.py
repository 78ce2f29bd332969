"""Comments in a text that control how it is read: `<!-- dragoman: … -->`, or a line `# dragoman: …` in plain text."""

from __future__ import annotations

import re

from dragoman.errors import DragomanError

_DIRECTIVE = re.compile(r"dragoman:[ \t\r\n]*(\S*)[ \t\r\n]*(.*?)\s*\Z", re.DOTALL)


_NOTHING: tuple[bool, tuple[str, ...], str | None] = (False, (), None)


class Directives:
    """What the comments so far say about the next block.

    `skip` excludes the next block (or the whole list or table) from translation, `off` and `on` a
    range of blocks; `note …` is a note for translators; `context …` gives the units a gettext context.

    >>> directives = Directives()
    >>> directives.take("dragoman: note The town, not the person.", 1)
    True
    >>> directives.close()
    (False, ('The town, not the person.',), None)
    """

    __slots__ = ("context", "file", "notes", "off", "pending", "skip")

    def __init__(self, file: str = "") -> None:
        self.file = file
        self.off = self.skip = False
        self.notes: list[str] = []
        self.context: str | None = None
        self.pending = False
        """Whether any comment may apply to the next block; saves work, as most texts have none."""

    def take(self, comment: str, line: int) -> bool:
        """Apply a comment, and return whether it is a directive.

        Raises:
            DragomanError: the directive is unknown.
        """
        match = _DIRECTIVE.match(comment.strip())
        if match is None:
            return False
        self.pending = True
        word, argument = match[1], " ".join(match[2].split())
        if word == "skip" and not argument:
            self.skip = True
        elif word in ("off", "on") and not argument:
            self.off = word == "off"
        elif word == "note" and argument:
            self.notes.append(argument)
        elif word == "context" and argument:
            self.context = argument
        else:
            directive = f"{word} {argument}".strip()
            raise DragomanError(
                f"unknown comment 'dragoman: {directive}'",
                file=self.file or None,
                line=line,
                how_to_fix="known: skip, off, on, note TEXT and context TEXT",
            )
        return True

    def enter(self) -> bool:
        """Whether the list, table or quotation that begins here is skipped as a whole.

        Uses up a pending `skip`, so that it does not apply to a block inside.
        """
        skipped, self.skip = self.skip, False
        return skipped

    def close(self) -> tuple[bool, tuple[str, ...], str | None]:
        """Whether the current block is skipped, its notes and its context; resets them."""
        if not self.pending:
            return _NOTHING
        result = (self.off or self.skip, tuple(self.notes), self.context)
        self.skip, self.context, self.pending = False, None, self.off
        self.notes = []
        return result
