"""Status and check: completeness of the translations, findings, and whether they pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.checks.runner import lacking
from dragoman.checks.severities import CODES
from dragoman.errors import Collected, DragomanError
from dragoman.model import Problem
from dragoman.pipeline.catalogs.orphans import orphans
from dragoman.pipeline.check.baseline import LACKING, Baseline
from dragoman.pipeline.check.counts import Count
from dragoman.pipeline.check.findings_cache import FindingsCache
from dragoman.pipeline.loader import Loaded, Loader
from dragoman.pipeline.selection import chosen_locales, chosen_texts
from dragoman.project import Project, Text
from dragoman.project.layout import no_text

SEVERITIES = ("error", "warning", "info")


def status(
    project: Project, names: Sequence[str] = (), wanted: Sequence[str] = ()
) -> Iterator[Count]:
    """Units and words of each text in each locale, by state.

    Raises:
        DragomanErrors: after all others, the errors of texts and catalogs that cannot be read.
    """
    errors = Collected()
    loader, targets = Loader(project, errors=errors), chosen_locales(project, wanted)
    with FindingsCache(loader, whole=False) as cache:
        for text in chosen_texts(project, names):
            yield from cache.counts(text, targets)
    errors.raise_all()


class Orphaned(NamedTuple):
    """A catalog with translations whose text is gone."""

    text: str
    locale: str
    file: str
    translations: int
    message: str


def orphaned(project: Project, wanted: Sequence[str] = ()) -> list[Orphaned]:
    """The catalogs with translations whose text is gone."""
    files = project.files
    return [
        Orphaned(
            orphan.domain,
            locale,
            files.shown(orphan.files.catalogs[locale]),
            orphan.translations(locale),
            orphan.message(locale),
        )
        for orphan in orphans(project, project.texts())
        for locale in chosen_locales(project, wanted)
        if orphan.translations(locale)
    ]


@dataclass(frozen=True)
class CheckOptions:
    """What a check is asked for."""

    texts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    least: float = 100.0
    """Percentage that each text and locale must have reached."""
    by: str = "units"
    """What is counted: `units` or `words`."""
    require: str = "translated"
    """State that counts: `translated` or `reviewed`."""
    fail_on: str = "error"
    """The lightest severity that fails."""
    frozen: bool = False
    """Whether catalogs must be in step with the texts: `update` would change nothing."""
    baseline: Baseline | None = None
    """What was there before; only what is worse fails."""
    jobs: int = 1
    """Number of processes; 0 means that the number of texts decides."""
    audit: bool = False
    """Whether to look for words that readers see and no unit has."""


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    asked: CheckOptions = field(default_factory=CheckOptions)
    behind: tuple[str, ...] = ()
    """Files that `update` would change."""
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Locale to the checks for which too little is known of its language."""

    @property
    def below(self) -> tuple[Count, ...]:
        """Texts and locales below the required completeness.

        With a baseline: those with untranslated units that are new or had a translation. Removing
        a translated sentence does not count, though the percentage falls.
        """
        known = self.asked.baseline
        if known is not None and self.asked.require == "translated":
            worse = {(p.text, p.locale) for p in known.lacks_more(self.findings)}
            return tuple(count for count in self.counts if (count.text, count.locale) in worse)
        return tuple(
            count for count in self.counts if count.reached(*self._what) < self.least(count)
        )

    @property
    def _what(self) -> tuple[str, str]:
        return self.asked.require, self.asked.by

    def least(self, count: Count) -> float:
        """The required percentage of a text; with a baseline, its former one."""
        if self.asked.baseline is None:
            return self.asked.least
        return self.asked.baseline.least(count.text, count.locale)

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        """A finding for each text or catalog that cannot be read."""
        return tuple(problem for problem in self.problems if problem.code == "unreadable")

    @property
    def findings(self) -> tuple[Problem, ...]:
        """The problems that are not waived."""
        return tuple(problem for problem in self.problems if not problem.waived)

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The findings that fail the check: severe enough, and new if there is a baseline."""
        severe = SEVERITIES[: SEVERITIES.index(self.asked.fail_on) + 1]
        found = [p for p in self.findings if p.severity in severe and p.code not in LACKING]
        known = self.asked.baseline
        return tuple(found if known is None else known.new(found))

    def shown(self) -> list[Problem]:
        """Findings to report; untranslated units only below the threshold, and only new ones with a baseline."""
        known = self.asked.baseline
        contents = [p for p in self.findings if p.code not in LACKING]
        if known is not None:
            found = {id(p) for p in (*known.new(contents), *known.lacks_more(self.findings))}
            return [p for p in self.findings if id(p) in found]
        short = {(count.text, count.locale) for count in self.below}
        return [p for p in self.findings if p.code not in LACKING or (p.text, p.locale) in short]

    def sentence(self, count: Count) -> str:
        """How far a text is in a locale, and how far it should be."""
        state, by = self._what
        known = self.asked.baseline
        place = f"{count.text} [{count.locale}]"
        if known is not None and state == "translated":
            own = [p for p in known.lacks_more(self.findings) if _key(p) == _key(count)]
            return (
                f"{place}: worse than the base: {len(own)} untranslated that "
                f"{'is' if len(own) == 1 else 'are'} new or had a translation{_first_at(own)}"
            )
        reached, least = count.reached(state, by), self.least(count)
        counted = "" if by == "units" else " of the words"
        own = [p for p in self.findings if p.code in LACKING and _key(p) == _key(count)]
        reviewed = count.units - count.reviewed
        lacking = (
            f"{len(own)} of {count.units} not translated{_first_at(own)}"
            if state == "translated"
            else f"{reviewed} of {count.units} not reviewed"
        )
        return f"{place}: {lacking}; {reached:g} %{counted} {state}, {least:g} % required"

    @property
    def passed(self) -> bool:
        return not (self.below or self.blocking or self.behind)

    @property
    def verdict(self) -> str:
        """The result in a few words."""
        if self.asked.baseline is not None:
            return "no worse than the base" if self.passed else "worse than the base"
        if not self.passed:
            return "not passed"
        done = all(count.reached(*self._what) == 100 for count in self.counts)
        return "complete and sound" if done else "as complete as required, and sound"

    @property
    def summary(self) -> str:
        """The result in one line: what was found, and what would make the check pass."""
        if self.passed:
            texts = len({count.text for count in self.counts})
            locales = len({count.locale for count in self.counts})
            waived = len(self.problems) - len(self.findings)
            end = f", {waived} waived" if waived else ""
            return f"{self.verdict}: {_number(texts, 'text')}, {_number(locales, 'locale')}{end}"
        found: list[str] = []
        fixes: list[str] = []
        tally = Counter(p.severity for p in self.blocking if p.code != "unreadable")
        blocking = [_number(tally[s], s) for s in SEVERITIES if tally[s]]
        if self.unreadable:
            found.append(f"{_number(len(self.unreadable), 'file')} that cannot be read")
            fixes.append("fix what cannot be read")
        if blocking:
            found.append(", ".join(blocking))
            fixes.append("fix or waive these findings")
        if self.below:
            found.append(self._incomplete())
            fixes.append(self._completing())
        if self.behind:
            found.append(f"{_number(len(self.behind), 'file')} behind the texts")
            fixes.append("run 'dragoman update'")
        return f"{self.verdict}: {'; '.join(found)}. To pass: {'; '.join(fixes)}"

    def _incomplete(self) -> str:
        """How much is not translated (or reviewed) where too little is."""
        state = self.asked.require
        done = sum(c.translated if state == "translated" else c.reviewed for c in self.below)
        units = sum(c.units for c in self.below)
        where = _number(len(self.below), "catalog")
        return f"{units - done} of {units} units not {state} in {where}"

    def _completing(self) -> str:
        """What would make incomplete texts pass."""
        state, by = self._what
        verb = "translate" if state == "translated" else "review"
        if self.asked.baseline is not None and state == "translated":
            return "translate what is new"
        least = int(min(count.reached(state, by) for count in self.below))
        return f"{verb} them, or lower --min to {least}"


def _key(of: Problem | Count) -> tuple[str, str]:
    return of.text, of.locale


def _first_at(problems: Sequence[Problem]) -> str:
    """Where the first of these is, as the end of a sentence."""
    for problem in problems:
        if problem.po_file:
            line = f":{problem.po_line}" if problem.po_line else ""
            return f", first at {problem.po_file}{line}"
    return ""


def _number(count: int, noun: str) -> str:
    """A number of things in words.

    >>> _number(1, "error"), _number(2, "text")
    ('1 error', '2 texts')
    """
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"


def check(project: Project, asked: CheckOptions) -> Checked:
    """Check whether texts are complete and sound, and their catalogs up to date."""
    errors = Collected()
    loader, targets = Loader(project, errors=errors), chosen_locales(project, asked.locales)
    texts = chosen_texts(project, asked.texts)
    whole = not (asked.texts or asked.locales)
    with FindingsCache(loader, whole, keeps_loads=asked.frozen) as cache:
        found = list(cache.found(texts, targets, asked.jobs))
        across = [problem for locale in targets for problem in cache.across(locale, found)]
    problems_of = {(one.counted.text, one.counted.locale): [*one.problems] for one in found}
    for problem in across:
        problems_of[problem.text, problem.locale].append(problem)
    kept = [
        problem
        for one in found
        for problem in one.settled(problems_of[one.counted.text, one.counted.locale], loader)
        if problem.severity != "off"
    ]
    kept += [_unreadable(error) for error in errors.found]
    if not project.texts():
        kept.append(_unreadable(no_text(project)))
    if not asked.texts:
        kept += _orphans(project, targets)
    if asked.audit:
        kept += _not_offered(project, loader, texts)
    kept.sort(key=lambda p: (p.text, p.locale, p.po_file, p.po_line, p.span))
    behind = _behind(project, loader, cache.loads or {}, targets) if asked.frozen else ()
    counts = tuple([one.counted for one in found])
    return Checked(counts, tuple(kept), asked, behind, lacking_checks(targets))


def lacking_checks(locales: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each locale, the checks for which too little is known of its language.

    >>> lacking_checks(["he"])
    {}
    """
    return {locale: codes for locale in locales if (codes := lacking(locale))}


def _unreadable(error: DragomanError) -> Problem:
    """The error of a file that cannot be read, as a finding, so that every report has it."""
    message = f"{error.message}; {error.how_to_fix}" if error.how_to_fix else error.message
    file, line = error.file or "", error.line or 0
    return Problem("unreadable", "error", "", "", message, po_file=file, po_line=line)


def _orphans(project: Project, targets: Sequence[str]) -> Iterator[Problem]:
    """A finding for each catalog with translations whose text is gone."""
    for one in orphaned(project, targets):
        severity = project.settings.severities(one.locale).get("orphan", CODES["orphan"])
        if severity != "off":
            yield Problem(
                "orphan",
                severity,
                one.text,
                one.locale,
                one.message,
                po_file=one.file,
                po_line=1,
            )


def _not_offered(project: Project, loader: Loader, texts: Sequence[Text]) -> Iterator[Problem]:
    """A finding for each text of which readers see words that no unit has.

    Texts whose format nothing renders here are passed over.
    """
    from dragoman.pipeline.build.extract import missed  # only where it is asked for

    severity = project.settings.severities("").get("not-offered", CODES["not-offered"])
    for text in texts if severity != "off" else ():
        try:
            found = [one for one in missed(project, loader, text) if not one.reason]
        except DragomanError:
            continue
        if found:
            words = [word for one in found for word in one.words]
            count = _number(len(words), "word")
            message = (
                f"{count} that readers see and no unit has, first “{' '.join(found[0].words)}”"
            )
            yield Problem(
                "not-offered", severity, text.domain, "", message,
                po_file=project.reference(text), po_line=found[0].line,
            )  # fmt: skip


def _behind(
    project: Project, loader: Loader, known: Mapping[Text, Loaded], targets: Sequence[str]
) -> tuple[str, ...]:
    """The files that an update would change."""
    from dragoman.pipeline.catalogs.renames import renames  # only where it is asked for
    from dragoman.pipeline.catalogs.update import Updater
    from dragoman.pipeline.merging import Merging

    updater = Updater(project, loader, targets, holds=False)
    texts = project.texts()
    moved = renames(project, Merging(project.files), texts, texts)
    updater.add_orphans(moved.orphans)
    out = dict(moved.others)
    for text in texts:
        loaded = moved.texts.get(text) or known.get(text) or loader.load(text, targets)
        files, _ = updater.update(loaded)
        out |= files
    updater.fill_from_elsewhere(out)
    files_ = project.files
    changed = [path for path, data in out.items() if files_.bytes_of(path) != data]
    return tuple(map(files_.shown, dict.fromkeys([*changed, *moved.removed])))
