"""The context of checks of a whole text, and the findings about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.catalogs import joins
from dragoman.catalogs.catalog import Catalog
from dragoman.checks import paragraphs
from dragoman.checks.families import lost_names
from dragoman.checks.families.bidi_controls import controls
from dragoman.checks.families.fidelity import AFTER_PREFIX
from dragoman.checks.families.lengths import sentences
from dragoman.checks.families.quotes import MISSING, UNPAIRED, quotation
from dragoman.checks.pair import NO_GLOSSARY, Check, Fault, Pair
from dragoman.checks.runner import Examiner, examiner
from dragoman.checks.waivers import entry_waivers
from dragoman.checks.waivers.waiver_file import WaiverFile
from dragoman.glossary.glossary_file import Glossary
from dragoman.model import Document, Key, Problem, Unit
from dragoman.po import Entry


@dataclass(frozen=True)
class TextContext:
    """A text in one locale, with the names of its source file and catalog for findings."""

    text: str
    document: Document
    catalog: Catalog
    po_file: str
    origin_file: str
    source_locale: str = "en"
    severities: Mapping[str, str] = field(default_factory=dict)
    """Code of a check to `error`, `warning`, `info` or `off`, where the settings say so."""
    glossary: Glossary = NO_GLOSSARY
    heading_ids: str = "none"
    """How the build lets links reach translated headings, as the setting says."""

    def problem(
        self,
        code: str,
        severity: str,
        message: str,
        unit: Unit | None = None,
        entry: Entry | None = None,
    ) -> Problem:
        """A finding about a unit, an entry, or both."""
        return Problem(
            code=code,
            severity=self.severities.get(code, severity),
            text=self.text,
            locale=self.catalog.locale,
            message=message,
            source=unit.source if unit else entry.msgid if entry else "",
            po_file=self.po_file,
            po_line=entry.line if entry else 0,
            origin_file=self.origin_file if unit else "",
            origin_line=unit.line if unit else 0,
            target=entry.msgstr if entry else "",
        )

    @cached_property
    def blocks(self) -> list[list[tuple[Unit, Entry, str, str]]]:
        """The finished translations of each block: unit, entry, the source it covers, the target."""
        targets = self.catalog.targets()
        return [list(self._of_block(block.units, targets)) for block in self.document.blocks]

    def _of_block(
        self, units: Sequence[Unit], targets: Mapping[Key, str]
    ) -> Iterator[tuple[Unit, Entry, str, str]]:
        translations = [targets.get(unit.key) for unit in units]
        leads = joins.leads(translations) if self.catalog.joined else ()
        for index, (unit, target) in enumerate(zip(units, translations, strict=True)):
            if target is None or (leads and leads[index] != index):
                continue
            source = unit.source
            if leads:
                joined = zip(units, leads, strict=True)
                source = " ".join([u.source for u, lead in joined if lead == index])
            entry = self.catalog.entry(unit.key)
            if entry is not None:
                yield unit, entry, source, target

    @cached_property
    def said(self) -> list[tuple[Unit, Entry, str, str]]:
        """Every finished translation, each once: unit, entry, the source it covers, the target."""
        known: set[tuple[str, str]] = set()
        result = []
        for block in self.blocks:
            for row in block:
                if row[2:] not in known:
                    known.add(row[2:])
                    result.append(row)
        return result

    def pairs(self) -> Iterator[tuple[Unit, Entry, Pair]]:
        """Every translation that is no draft, as checks look at it."""
        for unit, entry, source, target in self.said:
            yield unit, entry, self.pair(source, target)

    def pair(self, source: str, target: str) -> Pair:
        """A source and a target as checks look at them."""
        return self._empty.beside(source, target)

    @cached_property
    def _empty(self) -> Pair:
        """An empty pair in the languages of the text, as a template for others."""
        locale, inline = self.catalog.locale, self.document.inline
        return Pair("", "", locale, self.source_locale, inline, self.glossary)


def examined(subject: TextContext) -> Iterator[Problem]:
    """Findings about the translations of a text, without those that their neighbours explain."""
    language = subject.catalog.locale.partition("_")[0].partition("-")[0]
    checks = examiner(language)
    yield from _refused(subject)
    problems: list[Problem] = []
    for unit, entry, pair in subject.pairs():
        problems += _of_pair(subject, checks, unit, entry, pair)
    yield from _once(_unexplained(subject, subject.blocks, problems))


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The findings, with a habit of the whole text as a warning once, and then as a remark.

    A blank after a Hebrew prefix and its hyphen (`ב- 32`) is some houses' style.
    """
    seen = False
    for problem in problems:
        before = problem.target[: problem.span[1]].rstrip()
        habit = problem.message == AFTER_PREFIX and before.endswith("-")
        again = habit and seen and problem.severity == "warning"
        yield problem._replace(severity="info") if again else problem
        seen = seen or habit


Row = tuple[Unit, Entry, str, str]
"""A unit, its entry, the source that its target covers, and the target."""


def _unexplained(
    subject: TextContext, blocks: Sequence[Sequence[Row]], problems: Sequence[Problem]
) -> Iterator[Problem]:
    """The findings without those that are explained by other units of the text."""
    flagged: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for problem in problems:
        if problem.code == quotation.code:
            flagged[problem.message].add((problem.source, problem.target))
    if flagged:
        pairs = [[subject.pair(*row[2:]) for row in block] for block in blocks]
        explained = {
            UNPAIRED: paragraphs.explained(pairs, flagged[UNPAIRED]),
            MISSING: paragraphs.continued(pairs, flagged[MISSING]),
        }
        problems = [
            problem
            for problem in problems
            if (problem.source, problem.target) not in explained.get(problem.message, ())
            or problem.code != quotation.code
        ]
    yield from _without_translated(subject, problems)


def _without_translated(subject: TextContext, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The findings without those about names that no target of the text has: it translates them."""
    asked = {_name(p): p.source for p in problems if p.code == lost_names.name.code}
    others: dict[str, list[Pair]] = defaultdict(list)
    for *_, source, target in subject.said if asked else ():
        for name in asked.keys() & set(_WORDS.findall(source)):
            if source != asked[name]:
                others[name].append(subject.pair(source, target))
    translated = {name for name in asked if lost_names.is_translated(name, others[name])}
    for problem in problems:
        if problem.code != lost_names.name.code or _name(problem) not in translated:
            yield problem


def _name(problem: Problem) -> str:
    return problem.source[slice(*problem.source_span)]


_WORDS = re.compile(r"\w+")


def examined_unit(
    subject: TextContext, unit: Unit, entry: Entry, source: str, book: WaiverFile
) -> Iterator[Problem]:
    """Findings about one translation, with its waivers applied.

    Args:
        subject: its text.
        unit: the unit.
        entry: its entry, with the target to be checked, whether a catalog has it or not.
        source: the source that the target covers, which is longer where sentences are joined.
        book: the project's file of waivers.
    """
    language = subject.catalog.locale.partition("_")[0].partition("-")[0]
    pair = subject.pair(source, entry.msgstr)
    problems = list(_of_pair(subject, examiner(language), unit, entry, pair))
    row = (unit, entry, source, entry.msgstr)
    blocks = [[row if one[0].key == unit.key else one for one in block] for block in subject.blocks]
    if not any(row in block for block in blocks):
        blocks.append([row])  # not translated so far
    problems = list(_unexplained(subject, blocks, problems))
    kept = book.of(subject.text, subject.catalog.locale, entry.key)
    if kept or entry_waivers.LEAD in entry.comments:
        about = subject.problem("waiver", "warning", "", unit, entry)
        problems = list(entry_waivers.applied(problems, entry, kept, about))
    yield from (problem for problem in problems if problem.severity != "off")


def _of_pair(
    subject: TextContext, checks: Examiner, unit: Unit, entry: Entry, pair: Pair
) -> Iterator[Problem]:
    joined = pair.source != unit.source
    for check, fault in checks.examine(pair):
        # joined sentences are expected to be one sentence
        if subject.severities.get(check.code) != "off" and not (joined and check is sentences):
            yield _problem(subject, check, fault, unit, entry, pair)


def settled(
    subject: TextContext, problems: Iterable[Problem], book: WaiverFile
) -> Iterator[Problem]:
    """The problems of a text, with the waived ones marked, and problems with its waivers."""
    by_line: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_line[problem.po_line].append(problem)
    there: set[Key] = set()
    for entry in subject.catalog.po.messages():
        there.add(entry.key)
        kept = book.of(subject.text, subject.catalog.locale, entry.key)
        if kept or entry_waivers.LEAD in entry.comments:
            about = subject.problem("waiver", "warning", "", None, entry)
            yield from entry_waivers.applied(by_line.pop(entry.line, []), entry, kept, about)
    for found in by_line.values():
        yield from found
    for lost in book.lost(subject.text, subject.catalog.locale, there):
        codes = ", ".join(sorted(lost.waiver.codes))
        message = f"the waiver of {codes} is of a message that is not there any more"
        problem = subject.problem("waiver", "warning", message)
        yield problem.at(book.file, lost.line, lost.key[1])


def _refused(subject: TextContext) -> Iterator[Problem]:
    """Targets with bidi controls that keep them out of every output, drafts too."""
    units = {unit.key: unit for unit in reversed(subject.document.units)}
    for entry in subject.catalog.po.messages():
        if subject.catalog.refuses(entry.msgstr) and entry.key in units:
            pair = subject.pair(entry.msgid, entry.msgstr)
            for fault in controls(pair):
                yield _problem(subject, controls, fault, units[entry.key], entry, pair)


def _problem(
    subject: TextContext, check: Check, fault: Fault, unit: Unit, entry: Entry, pair: Pair
) -> Problem:
    severity = subject.severities.get(check.code, fault.severity or check.severity)
    return Problem(
        code=check.code,
        severity=severity,
        text=subject.text,
        locale=pair.locale,
        message=fault.message,
        source=pair.source,
        po_file=subject.po_file,
        po_line=entry.line,
        origin_file=subject.origin_file,
        origin_line=unit.line,
        target=pair.target,
        span=(fault.start, fault.end),
        source_span=(fault.source_start, fault.source_end),
        fix=fault.fix,
        safe=fault.safe,
    )
