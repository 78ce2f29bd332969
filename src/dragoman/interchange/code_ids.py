"""Ids of inline codes: a code of a target has the id that its source gave to the same markup.

CAT tools pair the codes of source and target by these ids, never by what the codes hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.interchange.inline_codes import Code, Piece, pieces


class CodeIds:
    """Gives ids to the codes of a source, and then the same ones to those of its targets."""

    def __init__(self, named: Callable[[int], str] = str) -> None:
        """Prepare an empty set of ids; `named` makes an id of a number from 1."""
        self._named = named
        self._given: dict[str, list[str]] = {}
        self._left: dict[str, list[str]] = {}
        self._next = 0

    def of_source(self, text: str) -> list[tuple[Piece, str]]:
        """The pieces of a source, each code with its id.

        >>> [id_ for _, id_ in CodeIds().of_source("`a` *b*")]
        ['1', '', '2', '', '2']
        """
        self._left = {}
        return self._marked(pieces(text))

    def of_target(self, text: str) -> list[tuple[Piece, str]]:
        """The pieces of a target; a code that the source lacks has an id that it lacks, too.

        >>> ids = CodeIds()
        >>> _ = ids.of_source("`a` *b*")
        >>> [id_ for _, id_ in ids.of_target("*b* `a` `c`")]
        ['2', '', '2', '', '1', '', '3']
        """
        self._left = {data: list(known) for data, known in self._given.items()}
        return self._marked(pieces(text))

    def _marked(self, found: Sequence[Piece]) -> list[tuple[Piece, str]]:
        out: list[tuple[Piece, str]] = []
        for place, piece in enumerate(found):
            if isinstance(piece, str):
                out.append((piece, ""))
            elif piece.partner < place:
                out.append((piece, out[piece.partner][1]))
            else:
                end = found[piece.partner]
                data = piece.data if end is piece else f"{piece.data}\0{_data(end)}"
                out.append((piece, self._id_of(data)))
        return out

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
