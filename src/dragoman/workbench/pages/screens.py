"""The pages: the project, translating a text, reading it, and recovering typed texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import dumps

from dragoman.languages import locales
from dragoman.model import Kind, ParallelBlock, Row, State, unit_id
from dragoman.pipeline.session.opened import Line, OpenBlock, Opened
from dragoman.pipeline.session.people import Role
from dragoman.pipeline.session.session import Summary
from dragoman.pipeline.session.typed_journal import Typed
from dragoman.pipeline.session.unit_help import compared
from dragoman.project import Project, Text
from dragoman.workbench.pages import said
from dragoman.workbench.pages.frame import Ui, WorkbenchPage, address
from dragoman.workbench.pages.nodes import Tag, inline, prose, ready, spoken, tag
from dragoman.workbench.pages.signs import signs


def project(
    ui: Ui,
    project: Project,
    targets: Sequence[str],
    summaries: Sequence[tuple[Text, dict[str, Summary | str]]],
    pending: int,
) -> WorkbenchPage:
    """The start page: every text in every locale, with its progress."""
    rows = [_text_row(ui, text, many) for text, many in summaries]
    head = [tag("th", locales.name(locale), scope="col", **spoken(locale)) for locale in targets]
    table = tag(
        "table",
        tag("thead", tag("tr", tag("th", ui.say("Text"), scope="col"), *head)),
        tag("tbody", *rows),
        class_="texts",
    )
    body = [tag("h1", project.settings.name), table]
    if pending:
        note = ui.say("Typed, but not saved: {count}", count=ui.number(pending))
        body.insert(1, tag("p", tag("a", note, href="/recover"), class_="note"))
    main = tag("main", *body, id="main", class_="project")
    return WorkbenchPage(project.settings.name, [], [main], "project.js", ("page.js",))


def _text_row(ui: Ui, text: Text, many: dict[str, Summary | str]) -> Tag:
    one = next((found for found in many.values() if isinstance(found, Summary)), None)
    if one is None:
        name = tag("th", text.path, scope="row")
        return tag("tr", name, *(_cell(ui, text, locale, said) for locale, said in many.items()))
    sizes = ui.say(
        "Sentences: {sentences}, words: {words}",
        sentences=ui.number(one.sentences),
        words=ui.number(one.words),
    )
    name = tag(
        "th",
        tag("span", *prose(one.title, one.source), **spoken(one.source)),
        tag("small", f"{text.path} · {sizes}"),
        scope="row",
    )
    return tag("tr", name, *(_cell(ui, text, locale, summary) for locale, summary in many.items()))


def _cell(ui: Ui, text: Text, locale: str, summary: Summary | str) -> Tag:
    if isinstance(summary, str):
        return tag("td", tag("small", summary, class_="error", lang="en", dir="ltr"))
    counts = summary.counts
    whole = sum(counts.values())
    done = counts[State.TRANSLATED] + counts[State.REVIEWED]
    percent = locales.percent(done, whole, ui.locale)
    details = [
        ui.say(label, count=ui.number(counts[state]))
        for label, state in (
            ("Approved: {count}", State.REVIEWED),
            ("Drafts: {count}", State.DRAFT),
            ("Not translated: {count}", State.INITIAL),
        )
        if counts[state]
    ]
    return tag(
        "td",
        tag(
            "a",
            percent,
            href=address("t", text.domain, locale),
            aria_label=f"{summary.title}, {locales.name(locale)}: {percent}",
        ),
        " ",
        tag("a", ui.say("Read"), href=address("read", text.domain, locale)),
        tag(
            "a",
            href=address("review", text.domain, locale),
            hidden=True,
            class_="todo",
            data_text=text.domain,
            data_locale=locale,
            data_count=ui.say("To decide on: {count}", count="{count}"),
        ),
        tag("small", *[line for d in details for line in (d, tag("br"))][:-1]),
    )


_TEXT_MODULES = (
    "page.js",
    "drafts.js",
    "events.js",
    "field.js",
    "rows.js",
    "saving.js",
    "editing.js",
    "presence.js",
    "panel.js",
)


# --- a text ---------------------------------------------------------------------------------


def text(ui: Ui, opened: Opened, project_id: str, by: str, role: Role) -> WorkbenchPage:
    """The page to translate a text: its sentences in order, each with a field for its target."""
    may = role >= Role.TRANSLATOR
    title = opened.document.title or opened.text.domain
    rows = [ready(_block(ui, opened, block, may)) for block in opened.blocks]
    behind = any(line.entry is None for line in opened.lines)
    body: list[Tag | str] = [
        tag(
            "div",
            tag(
                "main",
                *_behind(ui, behind and role >= Role.EDITOR),
                *rows,
                id="main",
                class_="text",
                inert=True,
            ),
            tag("aside", id="panel", aria_label=ui.say("Help for this sentence"), tabindex="-1"),
            class_="desk",
        ),
    ]
    return WorkbenchPage(
        f"{title} · {locales.name(opened.locale)}",
        [*text_bar(ui, opened, "t"), _filter(ui)],
        body,
        "text.js",
        _TEXT_MODULES,
        said.of_text(ui),
        {
            "project": project_id,
            "text": opened.text.domain,
            "locale": opened.locale,
            "dir": locales.direction(opened.locale),
            "by": by,
            "role": role.name.lower(),
            "signs": dumps(signs(opened.locale), ensure_ascii=False),
        },
        kind="desk-page",
    )


def _behind(ui: Ui, behind: bool) -> list[Tag]:
    """A note that the catalog lacks sentences of the text, with a button that updates it."""
    if not behind:
        return []
    return [
        tag(
            "p",
            ui.say("The catalog is not in step with the text."),
            " ",
            tag("button", ui.say("Update the catalogs"), type="button", id="update"),
            class_="note",
        )
    ]


def text_bar(ui: Ui, opened: Opened, here: str) -> list[Tag | str]:
    """The bar of every page about a text: its title, its language, and links to its views."""
    title = opened.document.title or opened.text.domain
    ways = [
        tag(
            "a",
            ui.say(label),
            href=address(way, opened.text.domain, opened.locale),
            aria_current="page" if way == here else None,
        )
        for way, label in (
            ("t", "Translate"),
            ("read", "Read"),
            ("preview", "Preview"),
            ("review", "Review"),
            ("files", "Files"),
        )
    ]
    return [
        tag("h1", *prose(title, opened.source), **spoken(opened.source)),
        tag("span", locales.name(opened.locale), class_="language", **spoken(opened.locale)),
        tag("nav", *ways, class_="ways", aria_label=ui.say("Views of the text")),
    ]


def _filter(ui: Ui) -> Tag:
    """The controls that choose which sentences are shown."""
    choices = (
        ("", ui.say("All sentences")),
        ("initial", ui.say("not translated")),
        ("draft", ui.say("draft")),
        ("changed", ui.say("changed in the source")),
        ("translated", ui.say("translated, not approved")),
        ("reviewed", ui.say("approved")),
        ("finding", ui.say("with findings")),
    )
    options = [tag("option", label, value=value) for value, label in choices]
    return tag("label", ui.say("Show:"), " ", tag("select", *options, id="filter"))


def _block(ui: Ui, opened: Opened, shown: OpenBlock, may: bool) -> Tag:
    block = shown.block
    if block.kind is Kind.BREAK:
        return tag("hr")
    if block.kind is Kind.CODE:
        return tag("pre", tag("code", block.literal), dir="ltr", tabindex="0", class_="code")
    depth = f" d{min(block.level, 6)}" if block.level else ""
    first = " first" if block.first else ""
    label = block.label if block.label and block.label not in ("title", "description") else ""
    return tag(
        "section",
        tag("span", label, class_="label", dir="ltr") if label else None,
        *(_row(ui, opened, line, may) for line in shown.lines),
        class_=f"block k-{block.kind.name.lower()}{depth}{first}",
    )


def _row(ui: Ui, opened: Opened, line: Line, may: bool) -> Tag:
    may = may and line.entry is not None
    name = locales.name(opened.locale, ui.locale)
    joined = line.joined
    field = tag(
        "div",
        line.target,
        class_="t",
        contenteditable="plaintext-only" if may else None,
        role="textbox",
        aria_label=f"{name} {line.number}",
        aria_describedby=f"s-{line.number}",
        aria_readonly="true" if not may else None,
        spellcheck="true",
        tabindex="0",
        **spoken(opened.locale),
    )
    return tag(
        "div",
        tag("a", line.number, class_="n", href=f"#{line.number}", dir="ltr", tabindex="-1"),
        tag(
            "div",
            *prose(line.unit.source, opened.source),
            class_="s",
            id=f"s-{line.number}",
            **spoken(opened.source),
        ),
        tag("div", field, class_="field"),
        tag("span", said.state(ui, line.state, joined), class_="state"),
        class_="row",
        id=line.number,
        role="group",
        aria_label=line.number,
        data_id=line.id,
        data_message=line.message,
        data_base=line.base or None,
        data_state=line.state.value,
        data_joined=joined,
        data_changed=line.entry is not None
        and line.entry.fuzzy
        and line.entry.previous is not None,
    )


# --- reading --------------------------------------------------------------------------------


def read(ui: Ui, opened: Opened, blocks: Sequence[ParallelBlock], project_id: str) -> WorkbenchPage:
    """The translation alone, as readers see it; each sentence links to the field to edit it."""
    lines = {line.id: line for line in opened.lines}
    body = [made for block in blocks for made in _read_block(ui, opened, block, lines)]
    main = tag(
        "main",
        tag("p", ui.say("Enter edits a sentence, Space approves it."), class_="hint"),
        tag("article", *body, **spoken(opened.locale)),
        id="main",
        class_="reading",
    )
    title = opened.document.title or opened.text.domain
    return WorkbenchPage(
        f"{title} · {locales.name(opened.locale)}",
        text_bar(ui, opened, "read"),
        [main],
        "read.js",
        ("page.js", "events.js"),
        said.of_reading(ui),
        {"project": project_id, "text": opened.text.domain, "locale": opened.locale},
    )


def _read_block(
    ui: Ui, opened: Opened, block: ParallelBlock, lines: dict[str, Line]
) -> Iterator[Tag]:
    if block.kind is Kind.BREAK:
        yield tag("hr")
        return
    if block.kind is Kind.CODE:
        yield tag("pre", tag("code", block.literal), dir="ltr", tabindex="0", class_="code")
        return
    name = f"h{min(block.level + 1, 6)}" if block.kind is Kind.HEADING else "p"
    parts: list[Tag | str] = []
    for row in block.rows:
        if parts:
            parts.append(tag("br") if row.new_line else " ")
        parts.append(_sentence(ui, opened, row, lines.get(row.id)))
    label = block.label if block.label not in ("title", "description") else ""
    mark = tag("span", label, " ", class_="label", dir="ltr") if label else None
    depth = f" d{min(block.level, 6)}" if block.level else ""
    yield tag(name, mark, *parts, class_=f"k-{block.kind.name.lower()}{depth}")


def _sentence(ui: Ui, opened: Opened, row: Row, line: Line | None) -> Tag:
    cell = row.cells[-1]
    inner = [_no_link(node) for node in inline(cell.spans, cell.lang)]
    if line is None or row.verbatim:
        return tag("span", *inner)
    state = said.state(ui, cell.state, joined=False)
    return tag(
        "a",
        *inner,
        href=f"{address('t', opened.text.domain, opened.locale)}#{line.number}",
        class_=f"u {cell.state.value}",
        id=line.number,
        title=state or None,
        aria_description=state or None,
        data_message=line.message,
        data_base=line.base,
        data_state=cell.state.value,
        **(spoken(cell.lang) if cell.lang != opened.locale else {}),
    )


def _no_link(node: Tag | str) -> Tag | str:
    """A node with its links removed, so that it can be put inside a link."""
    if isinstance(node, str):
        return node
    children = tuple([_no_link(child) for child in node.children])
    if node.name == "a":
        return Tag("span", {"class": "link"}, children)
    return node._replace(children=children)


# --- what was not saved ---------------------------------------------------------------------


def recover(
    ui: Ui, pending: Sequence[tuple[Typed, str, str]], project_id: str, source: str
) -> WorkbenchPage:
    """The recovery page: texts that were typed but never reached a catalog.

    Args:
        ui: the interface.
        pending: the typed texts, each with the current number and translation of its sentence;
            both are empty if the sentence is no longer in the text.
        project_id: the key under which the browser stores its own unsaved texts.
        source: the source locale.
    """
    items = [_pending(ui, typed, number, now, source) for typed, number, now in pending]
    main = tag(
        "main",
        tag("h1", ui.say("Typed, but not saved")),
        tag("ul", *items, id="kept", class_="kept"),
        tag("p", ui.say("Nothing here: all is saved."), id="none", hidden=bool(items)),
        id="main",
        class_="recover",
    )
    return WorkbenchPage(
        ui.say("Typed, but not saved"),
        [],
        [main],
        "recover.js",
        ("page.js", "drafts.js"),
        said.of_recovery(ui),
        {"project": project_id},
    )


def _pending(ui: Ui, typed: Typed, number: str, now: str, language: str) -> Tag:
    context, source = typed.key
    return tag(
        "li",
        tag(
            "p", f"{typed.text} {number} · {locales.name(typed.locale, ui.locale)}", class_="where"
        ),
        tag("p", *prose(source, language), class_="s", **spoken(language)),
        tag("p", typed.target, class_="mine", **spoken(typed.locale)),
        tag("p", ui.say("The catalog says:"), " ", tag("span", now, **spoken(typed.locale)))
        if now
        else None,
        tag("button", ui.say("Take it up"), type="button", data_do="take") if number else None,
        tag("button", ui.say("Drop it"), type="button", data_do="drop"),
        data_journal=typed.id,
        data_message=unit_id(typed.key, 0),
        data_text=typed.text,
        data_locale=typed.locale,
        data_number=number or None,
        data_target=typed.target,
        data_base=typed.base,
        data_draft=typed.draft,
        data_source=source,
        data_context=context,
    )


def failure(ui: Ui, status: int, sentence: str) -> WorkbenchPage:
    """The page shown in place of one that cannot be shown, with the reason."""
    main = tag(
        "main",
        tag("h1", ui.say("This cannot be shown")),
        tag("p", sentence, dir="ltr", lang="en"),
        id="main",
    )
    return WorkbenchPage(ui.say("This cannot be shown"), [], [main], status=status)


def differing(ui: Ui, mine: str, theirs: str, locale: str, by: str) -> Tag:
    """Two translations, one below the other, with the differing words marked."""
    ours: list[Tag | str] = []
    others: list[Tag | str] = []
    for kind, words in compared(mine, theirs):
        shown = words if kind == "same" else tag("mark", words)
        ours += [shown] if kind != "new" else []
        others += [shown] if kind != "gone" else []
    who = ui.say("Theirs ({name})", name=by) if by else ui.say("Theirs")
    return tag(
        "dl",
        tag("dt", ui.say("Yours")),
        tag("dd", *ours, **spoken(locale)),
        tag("dt", who),
        tag("dd", *others, **spoken(locale)),
    )
