"""The data types shared by all rooms: documents, parallel rows and problems.

Standard library only; every value is immutable. What works on them is on the floors above.
"""

from __future__ import annotations

from dragoman.model.digests import digest
from dragoman.model.documents import (
    ELEMENTS,
    MATH,
    Block,
    Document,
    Illustration,
    Inline,
    Key,
    Kind,
    Layout,
    PerLocale,
    Room,
    Span,
    Speller,
    Unit,
    Verbatim,
    as_is,
    laid_out,
    maker,
    plain,
    said,
    spoken,
)
from dragoman.model.parallel_text import (
    Cell,
    Missing,
    Origin,
    Parallel,
    ParallelBlock,
    Picture,
    Row,
    State,
    unit_id,
)
from dragoman.model.problems import Problem

__all__ = [
    "ELEMENTS",
    "MATH",
    "Block",
    "Cell",
    "Document",
    "Illustration",
    "Inline",
    "Key",
    "Kind",
    "Layout",
    "Missing",
    "Origin",
    "Parallel",
    "ParallelBlock",
    "PerLocale",
    "Picture",
    "Problem",
    "Room",
    "Row",
    "Span",
    "Speller",
    "State",
    "Unit",
    "Verbatim",
    "as_is",
    "digest",
    "laid_out",
    "maker",
    "plain",
    "said",
    "spoken",
    "unit_id",
]
