"""Lines of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable


def csv_line(row: Iterable[object], delimiter: str = ",") -> str:
    """A line of CSV, quoted as in RFC 4180, that ends in LF.

    >>> csv_line(["a,b", "c\\rd"])
    '"a,b","c\\rd"\\n'
    """
    out = io.StringIO()
    # the writer quotes a cell only for line ends that are in its own line terminator
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(row)
    return out.getvalue().removesuffix("\r\n") + "\n"
