"""The fixed creation date of files, for reproducible output."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from dragoman.errors import DragomanError

_FIRST = 315532800  # 1980-01-01, where the dates of zip archives begin
_LAST = 4102444799  # 2099-12-31


def moment() -> datetime:
    """The time in SOURCE_DATE_EPOCH (seconds since 1970), else 1980-01-01.

    Raises:
        DragomanError: SOURCE_DATE_EPOCH is not a number of seconds between 1980 and 2099.

    >>> moment().year >= 1980
    True
    """
    said = os.environ.get("SOURCE_DATE_EPOCH") or str(_FIRST)
    if not (said.isascii() and said.isdigit() and len(said) < 12 and int(said) <= _LAST):
        raise DragomanError(
            f"SOURCE_DATE_EPOCH is {said!r}",
            how_to_fix="give seconds since 1970, for a day before 2100, or unset it",
        )
    return datetime.fromtimestamp(max(int(said), _FIRST), UTC)
