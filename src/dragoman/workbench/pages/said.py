"""Interface strings of the workbench's scripts, in the language of the interface."""

from __future__ import annotations

from dragoman.catalogs.source_changes import ChangeKind
from dragoman.model import State
from dragoman.workbench.pages.frame import Ui


def state(ui: Ui, state: State, joined: bool) -> str:
    """The label of a state; empty for a translation that is neither draft nor approved."""
    if joined:
        return ui.say("joined")
    match state:
        case State.INITIAL:
            return ui.say("not translated")
        case State.DRAFT:
            return ui.say("draft")
        case State.REVIEWED:
            return ui.say("approved")
        case State.TRANSLATED:
            return ""


def of_text(ui: Ui) -> dict[str, str]:
    """The strings that the script of a text's page may show."""
    return {
        **{f"state-{one.value}": state(ui, one, joined=False) for one in State},
        "state-joined": state(ui, State.TRANSLATED, joined=True),
        "saved": ui.say("Saved"),
        "kept": ui.say("Kept, not saved yet"),
        "typing": ui.say("Not saved yet"),
        "conflict": ui.say("Somebody else changed this sentence"),
        "mine": ui.say("Keep mine"),
        "theirs": ui.say("Take theirs"),
        "both": ui.say("Edit mine further"),
        "offline": ui.say("Not connected; what you type is kept in this browser"),
        "online": ui.say("Connected again"),
        "failed": ui.say("Could not be saved:"),
        "enter": ui.say(
            "Open the address that 'dragoman serve' prints; what you type is kept here"
        ),
        "gone": ui.say("This sentence is not in the text any more; what you typed is kept"),
        "offer": ui.say("Typed here before, but not saved:"),
        "take": ui.say("Take it up"),
        "drop": ui.say("Drop it"),
        "changed": ui.say("The text has changed."),
        "reload": ui.say("Load it again"),
        "successor": ui.say("Go to the sentence in its place"),
        "approved": ui.say("Approved"),
        "reason": ui.say("Reason:"),
        "remark": ui.say("Note:"),
        "suggest": ui.say("Suggestion:"),
        "accept": ui.say("Accept"),
        "none": ui.say("No findings"),
        "signs": ui.say("Special characters"),
        "no-isolate": ui.say("Isolates are not needed here: editions make their own"),
        "select-first": ui.say("Select what is to be isolated first"),
        "no-join": ui.say("There is no sentence before this one in its paragraph"),
        "full": ui.say("This browser cannot keep what you type; wait for “Saved”"),
    }


def of_reading(ui: Ui) -> dict[str, str]:
    """The strings that the script of the reading view may show."""
    return {
        **{f"state-{one.value}": state(ui, one, joined=False) for one in State},
        "approved": ui.say("Approved"),
        "unapproved": ui.say("No longer approved"),
        "open": ui.say("A draft, or not translated: it cannot be approved"),
        "failed": ui.say("Could not be saved:"),
        "changed": ui.say("The text has changed."),
        "reload": ui.say("Load it again"),
    }


def of_recovery(ui: Ui) -> dict[str, str]:
    """The strings that the script of the recovery page may show."""
    return {
        "take": ui.say("Take it up"),
        "drop": ui.say("Drop it"),
        "dropped": ui.say("Dropped"),
        "failed": ui.say("Could not be saved:"),
    }


def of_finding(ui: Ui) -> dict[str, str]:
    """The strings that the script of the search page may show."""
    return {
        "failed": ui.say("Could not be saved:"),
        "undo": ui.say("Undo the last replacement ({count})", count="{count}"),
    }


KINDS = {
    ChangeKind.WHITE_SPACE: "white space",
    ChangeKind.TYPOGRAPHY: "typography",
    ChangeKind.PUNCTUATION: "punctuation",
    ChangeKind.CASE: "capitals",
    ChangeKind.SPELLING: "spelling",
    ChangeKind.MARKUP: "markup",
    ChangeKind.NAME: "a name",
    ChangeKind.NUMBER: "a number",
    ChangeKind.NEGATION: "a negation",
    ChangeKind.REWRITE: "rewritten",
}
"""Labels of the kinds of changes."""


def of_review(ui: Ui) -> dict[str, str]:
    """The strings that the script of the review page may show."""
    return {
        "failed": ui.say("Could not be saved:"),
        "blessed": ui.say("Still hold: {count}", count="{count}"),
        "left": ui.say("Changed meanwhile, left alone: {count}", count="{count}"),
    }


def of_preview(ui: Ui) -> dict[str, str]:
    """The strings that the script of the preview may show."""
    return {"renewed": ui.say("The preview is new")}


def of_glossary(ui: Ui) -> dict[str, str]:
    """The strings that the script of the glossary's page may show."""
    return {
        "failed": ui.say("Could not be saved:"),
        "changed": ui.say(
            "Somebody else changed this term, or it is there already: load the page again"
        ),
    }


def of_files(ui: Ui) -> dict[str, str]:
    """The strings that the script of the page of files may show."""
    return {
        "failed": ui.say("Could not be saved:"),
        "large": ui.say("The file is too large for the workbench; use 'dragoman import'"),
        "looked": ui.say("Nothing is changed yet"),
        "taken": ui.say("Taken in"),
    }
