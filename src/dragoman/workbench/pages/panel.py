"""The panel beside the text, with help for the current sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from dragoman.languages import locales
from dragoman.memory import Match
from dragoman.memory.memory_units import CONTEXT
from dragoman.model import ParallelBlock, Problem
from dragoman.pipeline.session.opened import Line
from dragoman.pipeline.session.reviewing import open_suggestions
from dragoman.pipeline.session.typed_journal import Typed
from dragoman.pipeline.session.unit_help import (
    OtherLanguage,
    SourceChange,
    TermHelp,
    UnitHelp,
    compared,
)
from dragoman.workbench.pages import said
from dragoman.workbench.pages.finding_labels import sentence
from dragoman.workbench.pages.frame import Ui
from dragoman.workbench.pages.nodes import Tag, inline, prose, spoken, tag

_NUMBERED = 5
"""Number of matches, and of terms, that have a keyboard shortcut."""


def _part(heading: str, *children: Tag | str | None) -> list[Tag]:
    return [tag("section", tag("h2", heading), *children)]


# --- updated while typing -------------------------------------------------------------------


def findings(ui: Ui, found: Sequence[Problem]) -> list[Tag]:
    """The findings of the checks about a translation, with buttons to fix or accept each."""
    if not found:
        return []
    items = [tag("li", *_finding(ui, problem)) for problem in found]
    return _part(ui.say("Findings"), tag("ul", *items))


def _finding(ui: Ui, problem: Problem) -> Iterator[Tag | str]:
    start, end = problem.span
    kind = "waived" if problem.waived else problem.severity
    yield _sentence(ui, problem, kind)
    if problem.waived:
        yield tag("small", ui.say("Accepted: {reason}", reason=problem.waived))
        return
    if problem.fix is not None:
        yield tag(
            "button",
            ui.say("Fix it")
            if problem.safe
            else ui.say("Replace it by “{text}”", text=problem.fix),
            type="button",
            data_fix=problem.fix,
            data_start=str(utf16(problem.target, start)),
            data_end=str(utf16(problem.target, end)),
        )
    if problem.code != "waiver":
        yield tag("button", ui.say("Accept it …"), type="button", data_accept=problem.code)


def _sentence(ui: Ui, problem: Problem, kind: str) -> Tag:
    """A finding in the language of the interface, else in English, and the words it is about."""
    start, end = problem.span
    own = sentence(ui, problem.message)
    way = spoken("en") if own is None else spoken(ui.locale)
    shown: list[Tag | str] = prose(
        problem.message if own is None else own, ui.locale if own else "en"
    )
    if end > start:
        shown += [" · ", tag("bdi", problem.target[start:end])]
    return tag("p", *shown, class_=kind, **way)


def sentences(ui: Ui, found: Sequence[Problem]) -> list[Tag]:
    """What the checks say, without anything to press."""
    return [_sentence(ui, one, one.severity) for one in found]


def terms(ui: Ui, helps: Sequence[TermHelp], locale: str, source: str) -> list[Tag]:
    """The terms of the glossary, each with a button and a shortcut that insert it."""
    if not helps:
        return []
    items = []
    for number, term in enumerate(helps, 1):
        keys = f"Ctrl+Shift+{number}" if number <= _NUMBERED else None
        items.append(
            tag(
                "li",
                tag("span", *prose(term.source, source), **spoken(source)),
                " → ",
                tag(
                    "strong" if not term.said else "span",
                    term.wording,
                    class_="prose",
                    **spoken(locale),
                ),
                " ",
                tag("small", term.note) if term.note else None,
                tag("span", ui.say("said"), class_="good")
                if term.said
                else tag(
                    "button",
                    ui.say("Insert"),
                    " ",
                    tag("kbd", keys) if keys else None,
                    type="button",
                    data_insert=term.wording,
                    aria_label=ui.say("Insert “{text}”", text=term.wording),
                ),
            )
        )
    return _part(ui.say("Terms"), tag("ol", *items, class_="terms"))


def preview(ui: Ui, block: ParallelBlock | None, locale: str) -> list[Tag]:
    """The paragraph that contains a sentence, as readers will see it."""
    if block is None:
        return []
    parts: list[Tag | str] = []
    for row in block.rows:
        if parts:
            parts.append(tag("br") if row.new_line else " ")
        cell = row.cells[-1]
        inner = inline(cell.spans, cell.lang)
        parts += [tag("span", *inner, **spoken(cell.lang))] if cell.lang != locale else inner
    shown = tag("p", *parts, class_="prose preview", **spoken(locale))
    return _part(ui.say("As it is read"), shown)


# --- unchanged while typing -----------------------------------------------------------------


def help_of(
    ui: Ui, line: Line, helps: UnitHelp, past: Sequence[Typed], locale: str, source: str
) -> list[Tag]:
    """The part of the panel that does not depend on what is being typed."""
    return [
        *_suggested(ui, line, locale),
        *_change(ui, helps.change, line, source),
        *_matches(ui, helps.matches, line, locale, source),
        *_elsewhere(ui, helps.elsewhere),
        *_notes(ui, helps.notes),
        *_past(ui, past, locale),
    ]


def _suggested(ui: Ui, line: Line, locale: str) -> list[Tag]:
    """What others propose for the sentence."""
    items = [
        tag(
            "li",
            tag("small", one.by),
            tag("p", *differences(line.target, one.target), class_="prose", **spoken(locale)),
            tag(
                "button",
                ui.say("Take it"),
                " ",
                tag("kbd", "Ctrl+Shift+Enter") if first else None,
                type="button",
                data_take=one.target,
            ),
            tag("button", ui.say("Decline it"), type="button", data_decline=one.target),
        )
        for first, one in zip((True, *[False] * 99), open_suggestions(line), strict=False)
    ]
    press = tag("button", ui.say("Suggest another …"), type="button", data_suggest="")
    return _part(ui.say("Suggestions"), tag("ul", *items) if items else None, press)


def _change(ui: Ui, change: SourceChange | None, line: Line, source: str) -> list[Tag]:
    if change is None:
        return []
    return _part(
        ui.say("The source has changed"),
        tag("p", *differences(change.former, line.unit.source), class_="prose", **spoken(source)),
        tag("p", change.note, lang="en", dir="ltr") if change.note else None,
        tag("small", ui.say("If the translation still holds, Enter says so.")),
    )


def differences(former: str, now: str) -> list[Tag | str]:
    """The words of a text, with those that went and those that came marked."""
    names = {"gone": "del", "new": "ins"}
    return [
        words if kind == "same" else tag(names[kind], words)
        for kind, words in compared(former, now)
    ]


def _matches(ui: Ui, matches: Sequence[Match], line: Line, locale: str, source: str) -> list[Tag]:
    if not matches:
        return []
    items = []
    for number, match in enumerate(matches, 1):
        score = min(match.score, 100)
        same = match.source == line.unit.source
        items.append(
            tag(
                "li",
                None
                if same
                else tag(
                    "p",
                    *differences(match.source, line.unit.source),
                    class_="prose",
                    **spoken(source),
                ),
                tag("p", *prose(match.target, locale), class_="prose", **spoken(locale)),
                tag(
                    "small",
                    locales.percent(score, 100, ui.locale),
                    f" · {match.origin or match.memory}",
                    " · " + ui.say("same place") if match.score == CONTEXT else None,
                ),
                tag(
                    "button",
                    ui.say("Insert"),
                    " ",
                    tag("kbd", f"Ctrl+{number}"),
                    type="button",
                    data_replace=match.target,
                    aria_label=ui.say("Insert “{text}”", text=match.target),
                ),
            )
        )
    return _part(ui.say("Translated before"), tag("ol", *items, class_="matches"))


def _elsewhere(ui: Ui, others: Sequence[OtherLanguage]) -> list[Tag]:
    if not others:
        return []
    items = []
    for other in others:
        state = said.state(ui, other.state, joined=False)
        name = locales.name(other.locale, ui.locale)
        items.append(
            tag(
                "li",
                tag("small", f"{name} · {state}" if state else name),
                tag(
                    "p", *prose(other.target, other.locale), class_="prose", **spoken(other.locale)
                ),
            )
        )
    return _part(ui.say("In other languages"), tag("ul", *items))


def _notes(ui: Ui, notes: Sequence[str]) -> list[Tag]:
    return _part(
        ui.say("Notes"),
        tag("ul", *(tag("li", note) for note in notes)) if notes else None,
        tag("button", ui.say("Add a note …"), type="button", data_remark=True),
    )


def _past(ui: Ui, past: Sequence[Typed], locale: str) -> list[Tag]:
    """Translations of this sentence that the person saved before."""
    if not past:
        return []
    items = []
    for typed in past[:_NUMBERED]:
        when = datetime.fromtimestamp(typed.at).astimezone().strftime("%Y-%m-%d %H:%M")
        items.append(
            tag(
                "li",
                tag("small", f"{when} · {typed.by}"),
                tag(
                    "p", *differences(typed.before, typed.target), class_="prose", **spoken(locale)
                ),
                tag(
                    "button",
                    ui.say("Bring the former back"),
                    type="button",
                    data_replace=typed.before,
                )
                if typed.before
                else None,
            )
        )
    return _part(ui.say("Saved here before"), tag("ul", *items))


def utf16(text: str, at: int) -> int:
    """An offset in a text, in UTF-16 code units as browsers count.

    >>> utf16("😀b", 1)
    2
    """
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
