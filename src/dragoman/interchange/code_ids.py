"""Ids of inline codes: a code in a target gets the id of the same markup in its source.

CAT tools match the codes of source and target by these ids, not by content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.interchange.inline_codes import Code, Piece, pieces


class CodeIds:
    """Assigns ids to the codes of a source, and the same ones to those of its targets."""

    def __init__(self, named: Callable[[int], str] = str) -> None:
        """Start without ids; `named` makes an id from a number, counted from 1."""
        self._named = named
        self._given: dict[str, list[str]] = {}
        self._left: dict[str, list[str]] = {}
        self._next = 0

    def of_source(self, text: str) -> list[tuple[Piece, str]]:
        """The pieces of a source with their ids; prose has an empty one.

        >>> [id_ for _, id_ in CodeIds().of_source("`a` *b*")]
        ['1', '', '2', '', '2']
        """
        self._left = {}
        return self._marked(pieces(text))

    def of_target(self, text: str) -> list[tuple[Piece, str]]:
        """The pieces of a target with their ids; a code that is not in the source gets a new id.

        >>> ids = CodeIds()
        >>> _ = ids.of_source("`a` *b*")
        >>> [id_ for _, id_ in ids.of_target("*b* `a` `c`")]
        ['2', '', '2', '', '1', '', '3']
        """
        self._left = {data: list(known) for data, known in self._given.items()}
        return self._marked(pieces(text))

    def _marked(self, text_pieces: Sequence[Piece]) -> list[tuple[Piece, str]]:
        result: list[tuple[Piece, str]] = []
        for index, piece in enumerate(text_pieces):
            if isinstance(piece, str):
                result.append((piece, ""))
            elif piece.partner < index:
                result.append((piece, result[piece.partner][1]))
            else:
                end = text_pieces[piece.partner]
                data = piece.data if end is piece else f"{piece.data}\0{_data(end)}"
                result.append((piece, self._id_of(data)))
        return result

    def _id_of(self, data: str) -> str:
        left = self._left.get(data)
        if left:
            return left.pop(0)
        self._next += 1
        name = self._named(self._next)
        self._given.setdefault(data, []).append(name)
        return name


def _data(piece: Piece) -> str:
    return piece.data if isinstance(piece, Code) else piece
