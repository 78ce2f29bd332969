"""Errors that a user can fix, and exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum


class Exit(IntEnum):
    """The documented exit codes of every command."""

    FINE = 0
    INCOMPLETE = 1
    BAD_INPUT = 2
    INTERNAL = 3


class DragomanError(Exception):
    """An error that the user can fix: what, where (`file:line:column`), and how to fix it.

    >>> print(DragomanError("is not UTF-8", file="a.txt", line=3, how_to_fix="save it as UTF-8"))
    a.txt:3: is not UTF-8; save it as UTF-8
    """

    exit_code = Exit.BAD_INPUT

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        how_to_fix: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.how_to_fix = how_to_fix

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.file, self.line, self.column) if p is not None)
        sentence = f"{place}: {self.message}" if place else self.message
        return f"{sentence}; {self.how_to_fix}" if self.how_to_fix else sentence


class DragomanErrors(DragomanError):  # noqa: N818 - it holds several errors
    """Several errors of one run, one a line; the exit code is the highest of theirs."""

    def __init__(self, errors: list[DragomanError]) -> None:
        super().__init__("\n".join(str(e) for e in errors))
        self.errors = errors
        self.exit_code = max(error.exit_code for error in errors)


class Collected:
    """Collects errors while many files are processed, so that one failure does not stop the rest.

    >>> errors = Collected()
    >>> with errors.of():
    ...     raise DragomanError("is empty", file="a.txt")
    >>> [str(error) for error in errors.found]
    ['a.txt: is empty']
    """

    def __init__(self) -> None:
        self.found: list[DragomanError] = []

    @contextmanager
    def of(self) -> Iterator[None]:
        """Catch and keep a DragomanError that the `with` block raises."""
        try:
            yield
        except DragomanErrors as error:
            self.found += error.errors
        except DragomanError as error:
            self.found.append(error)

    def raise_all(self) -> None:
        """Raise the collected errors as one DragomanErrors, if there are any, without duplicates.

        Raises:
            DragomanErrors: at least one error was collected.
        """
        if self.found:
            raise DragomanErrors(list({str(error): error for error in self.found}.values()))


class IncompleteError(DragomanError):
    """The input is valid, but something the user requires is not translated."""

    exit_code = Exit.INCOMPLETE
