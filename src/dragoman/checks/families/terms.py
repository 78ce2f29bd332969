"""Terms and names: worded as the project's glossary has them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.checks.pair import Fault, Pair, check
from dragoman.glossary import found
from dragoman.glossary.glossary_file import folded


@check("warning", when="terms")
def term(pair: Pair) -> Iterator[Fault]:
    """A term of the glossary is translated by one of its forms in the glossary, however inflected.

    Why: readers meet a name in several texts, and search for it. The glossary is
    `glossary.toml` in the catalogs' folder.
    """
    for entry, start, end in pair.glossary.in_source(pair.source):
        if "://" in entry.source:
            continue
        if entry.keep:
            if entry.source not in pair.target:
                yield Fault(f"“{entry.source}” stays as it is", 0, 0, start, end)
            continue
        wording = entry.wordings.get(pair.locale) or entry.wordings.get(pair.lang)
        if wording is None:
            continue
        if not any(found(form, pair.target, pair.lang) for form in wording.forms):
            message = f"“{entry.source}” is “{wording.preferred}” in the glossary"
            yield Fault(message, 0, 0, start, end)


@check("error", when="terms")
def forbidden_term(pair: Pair) -> Iterator[Fault]:
    """The target has no form that the glossary forbids for a term of the source."""
    for entry, start, end in pair.glossary.in_source(pair.source):
        wording = entry.wordings.get(pair.locale) or entry.wordings.get(pair.lang)
        for form in wording.forbidden if wording else ():
            span = found(form, pair.target, pair.lang)
            if span is not None:
                message = (
                    f"the glossary forbids “{form}”; “{entry.source}” is “{wording.preferred}”"  # type: ignore[union-attr]
                )
                yield Fault(message, *span, start, end)


@check("warning", when="quotes")
def edition(pair: Pair) -> Iterator[Fault]:
    """A quotation in the glossary is translated in the words of its published edition.

    Why: a verse or a treaty has a text in each language already; nobody should translate it anew.
    Points, marks and capitals may differ. Quotations are `[[quotation]]` in `glossary.toml`.
    """
    for quotation in pair.glossary.quotations:
        said = quotation.wordings.get(pair.locale) or quotation.wordings.get(pair.lang)
        span = quotation.span(pair.source) if said else None
        if said and span and folded(said) not in folded(pair.target):
            yield Fault(f"its edition says “{said}”", 0, 0, *span)
