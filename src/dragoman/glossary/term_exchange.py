"""Glossaries from and to TBX-Basic and CSV, and as our own TOML."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.glossary.glossary_file import Glossary, Quotation, Term, Wording
from dragoman.text.csv_line import csv_line

_COLUMNS = ("source", "locale", "preferred", "allowed", "forbidden", "keep", "note")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "allowed",
    "deprecatedTerm-admn-sts": "forbidden",
    "supersededTerm-admn-sts": "forbidden",
}


def to_toml(glossary: Glossary) -> str:
    """A glossary as `glossary.toml`.

    >>> print(to_toml(Glossary((Term("Baku", {"az": Wording("Bakı")}),))), end="")
    [[term]]
    source = "Baku"
    az = "Bakı"
    """
    quotations = [_quotation(quotation) for quotation in glossary.quotations]
    return "\n".join([*map(_toml, glossary.terms), *quotations])


def _quotation(quotation: Quotation) -> str:
    lines = ["[[quotation]]", f"source = {_quoted(quotation.source)}"]
    lines += [f"note = {_quoted(quotation.note)}"] if quotation.note else []
    lines += [f"{locale} = {_quoted(said)}" for locale, said in quotation.wordings.items()]
    return "\n".join(lines) + "\n"


def _toml(term: Term) -> str:
    lines = ["[[term]]", f"source = {_quoted(term.source)}"]
    lines += [f"{flag} = true" for flag in ("keep", "case") if getattr(term, flag)]
    lines += [f"note = {_quoted(term.note)}"] if term.note else []
    for locale, wording in term.wordings.items():
        if wording == Wording(wording.preferred):
            lines.append(f"{locale} = {_quoted(wording.preferred)}")
            continue
        said = [f"preferred = {_quoted(wording.preferred)}"]
        for name in ("allowed", "forbidden", "stems"):
            forms = getattr(wording, name)
            said += [f"{name} = [{', '.join(map(_quoted, forms))}]"] if forms else []
        lines.append(f"{locale} = {{ {', '.join(said)} }}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def to_csv(glossary: Glossary) -> str:
    """A glossary as CSV: a row for each term and language; several forms are separated by `;`."""
    lines = [csv_line(_COLUMNS)]
    for term in glossary.terms:
        keep = "yes" if term.keep else ""
        for locale, w in term.wordings.items() or [("", Wording(""))]:
            forms = (w.preferred, "; ".join(w.allowed), "; ".join(w.forbidden))
            lines.append(csv_line((term.source, locale, *forms, keep, term.note)))
    return "".join(lines)


def from_csv(text: str, file: str) -> Glossary:
    """A glossary from CSV.

    >>> from_csv("source,locale,preferred\\nBaku,az,Bakı\\n", "x.csv").terms[0].wordings["az"].preferred
    'Bakı'

    Raises:
        DragomanError: a column is missing or a row is wrong; the error has the line.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=None))
    try:
        return Glossary(tuple(_terms(rows, file).values()))
    except csv.Error as error:  # a NUL, or a cell of more than 128 kB
        raise DragomanError(
            f"not CSV: {error}",
            file=file,
            line=rows.line_num + 1,
            how_to_fix="save it as CSV again",
        ) from None


def _terms(rows: csv.DictReader[str], file: str) -> dict[str, Term]:
    """The terms of the rows by their source."""
    names = rows.fieldnames or []
    lacking = [name for name in ("source", "locale", "preferred") if name not in names]
    if lacking:
        how_to_fix = f"the first line names the columns: {', '.join(_COLUMNS)}"
        raise DragomanError(f"no column {lacking[0]!r}", file=file, line=1, how_to_fix=how_to_fix)
    terms: dict[str, Term] = {}
    for row in rows:
        source = (row["source"] or "").strip()
        if not source:
            raise DragomanError(
                "a row without a source",
                file=file,
                line=rows.line_num,
                how_to_fix="name the term",
            )
        keep = (row.get("keep") or "").strip().lower() in ("yes", "true", "1")
        term = terms.setdefault(source, Term(source, {}, keep, note=row.get("note") or ""))
        if row["locale"] and row["preferred"]:
            several = (_several(row.get(name)) for name in ("allowed", "forbidden"))
            term.wordings[row["locale"].strip()] = Wording(row["preferred"].strip(), *several)
    return terms


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(form.strip() for form in (cell or "").split(";") if form.strip())


def to_tbx(glossary: Glossary, source: str, name: str) -> str:
    """A glossary as TBX-Basic (ISO 30042:2019, DCA style): an entry a term, a section a language."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tbx type="TBX-Basic" style="dca" xml:lang={quoteattr(source)} xmlns="urn:iso:std:iso:30042:ed-2">',
        f"<tbxHeader><fileDesc><sourceDesc><p>{escape(name)}</p></sourceDesc></fileDesc></tbxHeader>",
        "<text><body>",
    ]
    for number, term in enumerate(glossary.terms, 1):
        out.append(f'<conceptEntry id="c{number}">')
        out += [f"<note>{escape(term.note)}</note>"] if term.note else []
        out += _language(source, [(term.source, "preferred")])
        for locale, wording in term.wordings.items():
            forms = [(wording.preferred, "preferred"), *((f, "allowed") for f in wording.allowed)]
            out += _language(locale, [*forms, *((f, "forbidden") for f in wording.forbidden)])
        out.append("</conceptEntry>")
    return "\n".join([*out, "</body></text>", "</tbx>", ""])


def _language(locale: str, forms: Iterable[tuple[str, str]]) -> list[str]:
    said = {value: key for key, value in reversed(_STATUS.items())}
    sections = [
        f'<termSec><term>{escape(form)}</term><termNote type="administrativeStatus">{said[status]}</termNote></termSec>'
        for form, status in forms
    ]
    return [f"<langSec xml:lang={quoteattr(locale.replace('_', '-'))}>", *sections, "</langSec>"]


def from_tbx(data: bytes, file: str, source: str) -> Glossary:
    """A glossary from TBX, version 2 or 3.

    Raises:
        DragomanError: the file is not TBX, or has no terms in the source language.
    """
    root = gate.parsed(data, file, "TBX")
    terms = []
    for entry in root.iter():
        if entry.tag.rpartition("}")[2] not in ("conceptEntry", "termEntry"):
            continue
        said: dict[str, dict[str, list[str]]] = {}
        for section in entry:
            if section.tag.rpartition("}")[2] in ("langSec", "langSet"):
                locale = (section.get(_XML_LANG) or "").replace("-", "_")
                said.setdefault(locale, {"preferred": [], "allowed": [], "forbidden": []})
                for form, status in _forms(section):
                    said[locale][status].append(form)
        note = next((n.text or "" for n in entry if n.tag.rpartition("}")[2] == "note"), "")
        own = said.pop(source, None) or said.pop(source.partition("_")[0], None)
        if own and (own["preferred"] or own["allowed"]):
            first = (own["preferred"] + own["allowed"])[0]
            terms.append(
                Term(
                    first,
                    {k: _wording(v) for k, v in said.items() if v["preferred"] or v["allowed"]},
                    note=note.strip(),
                )
            )
    if not terms:
        raise DragomanError(
            "no terms in the source language", file=file, how_to_fix=f"its xml:lang is {source!r}?"
        )
    return Glossary(tuple(terms))


def _forms(section: ET.Element) -> Iterable[tuple[str, str]]:
    for holder in section:
        term = next((x for x in holder.iter() if x.tag.rpartition("}")[2] == "term"), None)
        if term is None:
            continue
        form = "".join(term.itertext()).strip()
        note = next((x.text for x in holder.iter() if x.get("type") == "administrativeStatus"), "")
        if form:
            yield form, _STATUS.get((note or "").strip(), "preferred")


def _wording(said: dict[str, list[str]]) -> Wording:
    first, *others = said["preferred"] + said["allowed"]
    return Wording(first, tuple(others), tuple(said["forbidden"]))


def merged(mine: Glossary, theirs: Glossary) -> Glossary:
    """Both glossaries as one; if both have a term in a language, the wording of `mine` is kept.

    >>> mine = Glossary((Term("Baku", {"az": Wording("Bakı")}),))
    >>> merged(mine, Glossary((Term("Baku", {"ru": Wording("Баку")}),))).terms[0].wordings.keys()
    dict_keys(['ru', 'az'])
    """
    terms = {term.source: term for term in mine.terms}
    for term in theirs.terms:
        known = terms.get(term.source)
        if known is None:
            terms[term.source] = term
        else:
            both = {**term.wordings, **known.wordings}
            terms[term.source] = Term(
                known.source, both, known.keep, known.case, known.note or term.note
            )
    return Glossary(tuple(terms.values()), mine.quotations)
