"""The line above a text, what opens from it, and the settings of the page.

Everything is in the markup, so that languages, layout, size and colours can be chosen without a
script; what needs one is hidden until it runs (`data-script`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from dragoman.chrome import Chrome
from dragoman.exports.parts import about
from dragoman.exports.parts.elements import lang
from dragoman.exports.parts.export_options import LAYOUTS, ExportOptions
from dragoman.exports.parts.web_page import Links
from dragoman.languages import locales
from dragoman.model import Parallel

_POINTS = re.compile("[\u05b0-\u05bc\u05c1\u05c2\u0591-\u05af]")
_SIZES = ("90", "100", "115", "130", "150")


def bar(
    parallel: Parallel,
    options: ExportOptions,
    chrome: Chrome,
    links: Links,
    contents: list[str],
    is_heading: bool,
) -> list[str]:
    """The header of a page: its title, and buttons for contents, search and settings.

    Args:
        parallel: the text.
        options: the initial view.
        chrome: the labels.
        links: the other pages of the text in a site.
        contents: the table of contents; may be empty.
        is_heading: whether the title is the page's first heading.
    """
    first = parallel.locales[0]
    title = escape(parallel.title_in(first) or parallel.title)
    tag = "h1" if is_heading else "p"
    return [
        f'<a class="skip" href="#text" {lang(chrome.locale)}>{chrome.say("Skip to the text")}</a>',
        f'<header class="bar" {lang(chrome.locale)}>',
        *_home(chrome, links),
        f'<{tag} class="title" {lang(first)}>{title}</{tag}>',
        '<span id="more" hidden></span>',
        *_fellows(parallel, chrome, links),
        *(_opener("toc", "☰", chrome.say("Contents"), contents) if contents else []),
        *_find(chrome),
        *_opener("view", "Aא", chrome.say("View"), _view(parallel, options, chrome)),
        "</header>",
        f'<aside id="linked" hidden aria-label="{chrome.say("View")}" {lang(chrome.locale)}><span>{chrome.say("This link has a view of its own.")}</span> '
        f"<button>{chrome.say('Use my settings')}</button></aside>",
        *_changes(parallel, chrome),
    ]


def _changes(parallel: Parallel, chrome: Chrome) -> list[str]:
    """The line that says what changed since the last visit; a script shows it."""
    label = escape(chrome.say("Changed since you read it: {count}", count="{count}"))
    name = escape("-".join([parallel.name, *parallel.locales]))
    return [
        f'<aside id="changes" hidden data-name="{name}" data-said="{label}" '
        f'aria-label="{chrome.say("Change")}" {lang(chrome.locale)}><span></span> '
        f"<button>{chrome.say('Show the next')}</button> <button>{chrome.say('I have read it')}</button></aside>"
    ]


def _opener(name: str, sign: str, label: str, inside: list[str], hidden: str = "") -> list[str]:
    """A button, and the panel that it opens without a script."""
    return [
        f'<button class="sign" popovertarget="{name}" data-sign="{sign}" aria-label="{label}" title="{label}"{hidden}></button>',
        f'<div id="{name}" class="panel" popover>',
        *inside,
        "</div>",
    ]


def _home(chrome: Chrome, links: Links) -> list[str]:
    if not links.home:
        return []
    if links.home_link:
        return [links.home_link]
    return [f'<a class="home" href="{escape(links.home)}">{chrome.say("Texts")}</a>']


def _fellows(parallel: Parallel, chrome: Chrome, links: Links) -> list[str]:
    """Links to the other pages of the text in a site; a script adds the sentence that is read."""
    if not links.languages:
        return []
    alone = len(parallel.locales) == 1
    first = parallel.locales[0]
    here = locales.title(first) if alone else chrome.say("Parallel text")
    spoken = lang(first if alone else chrome.locale)
    label = chrome.say("Languages")
    out = [
        f'<button class="sign now" popovertarget="fellows" aria-label="{label}: {escape(here)}">'
        f"<span {spoken}>{escape(here)}</span></button>",
        '<div id="fellows" class="panel" popover>',
        f'<nav class="fellows" aria-label="{label}"><ul>',
    ]
    for locale, address in links.languages:
        current = ' aria-current="page"' if alone and locale == first else ""
        tag = locales.language_tag(locale)
        out.append(
            f'<li><a href="{escape(address)}" data-keep hreflang="{tag}" {lang(locale)}{current}>'
            f"{escape(locales.title(locale))}</a></li>"
        )
    if links.parallel:
        current = "" if alone else ' aria-current="page"'
        said = chrome.say("Parallel text")
        out.append(f'<li><a href="{escape(links.parallel)}" data-keep{current}>{said}</a></li>')
    return [*out, "</ul></nav></div>"]


def _find(chrome: Chrome) -> list[str]:
    label = chrome.say("Find in all languages")
    found = escape(chrome.say("Found: {count}", count="{count}"))
    none = escape(chrome.say("Nothing found"))
    inside = [
        '<search class="find">',
        f'<input type="search" id="find" aria-label="{label}" placeholder="{label}">',
        f'<output for="find" id="found" data-found="{found}" data-none="{none}"></output>',
        "</search>",
    ]
    return _opener("search", "⌕", chrome.say("Find"), inside, " hidden data-script")


def _view(parallel: Parallel, options: ExportOptions, chrome: Chrome) -> list[str]:
    """The settings; those of several languages only where there are several."""
    say = chrome.say
    layouts = (
        say("Side by side"),
        say("Facing pages"),
        say("One below the other"),
        say("Line by line"),
    )
    modes = [
        ("both", say("All languages")), ("tap", say("On tap")),
        ("first", say("The first alone")), ("practice", say("Practice")),
    ]  # fmt: skip
    rows = [("paragraph", say("Paragraphs")), ("sentence", say("Sentences"))]
    themes = [
        ("auto", say("Automatic")), ("light", say("Light")),
        ("dark", say("Dark")), ("sepia", say("Sepia")),
    ]  # fmt: skip
    sizes = [(size, locales.percent(int(size), 100, chrome.locale)) for size in _SIZES]
    out: list[str] = []
    if len(parallel.locales) > 1:
        layout = list(zip(LAYOUTS, layouts, strict=True))
        if len(parallel.locales) < 3:  # facing is side by side
            layout = [x for x in layout if x[0] != "facing" or options.layout == "facing"]
        out += [
            *_languages(parallel, chrome),
            *_radios("mode", say("Translations"), modes, "both", " hidden data-script"),
            *_radios("layout", say("Layout"), layout, options.layout),
            *_radios("rows", say("Rows"), rows, options.rows),
        ]
    editors = options.readers == "editors"
    return [
        *out,
        *_radios("size", say("Size of letters"), sizes, "100"),
        *_radios("theme", say("Colours"), themes, "auto"),
        f"<fieldset><legend>{say('Marks')}</legend>",
        _box("numbers", say("Sentence numbers"), editors, " data-script hidden"),
        _box("states", say("States of translation"), editors),
        *(
            [_box("points", say("Points"), True, " data-script hidden")]
            if _has_points(parallel)
            else []
        ),
        "</fieldset>",
    ]


def _has_points(parallel: Parallel) -> bool:
    """Whether a text has Hebrew points or accents."""
    return any(_POINTS.search(cell.text) for row in parallel.rows for cell in row.cells)


def _box(name: str, label: str, on: bool, hidden: str = "") -> str:
    checked = " checked" if on else ""
    return f'<label{hidden}><input type="checkbox" id="{name}"{checked} autocomplete="off">{label}</label>'


def _languages(parallel: Parallel, chrome: Chrome) -> Iterator[str]:
    """The languages with their order; a script moves them."""
    yield f'<fieldset><legend>{chrome.say("Languages")}</legend><ol id="languages">'
    for index, locale in enumerate(parallel.locales):
        name, tag = escape(locales.title(locale)), locales.language_tag(locale)
        up, down = (
            f'<button data-move="{step}" data-script hidden aria-label="{chrome.say(label)}: {name}">{sign}</button>'
            for step, label, sign in ((-1, "Earlier", "↑"), (1, "Later", "↓"))
        )
        yield (
            f'<li><label><input type="checkbox" id="show-{index}" data-show="{tag}" checked autocomplete="off">'
            f"<span {lang(locale)}>{name}</span></label>{up}{down}</li>"
        )
    yield "</ol></fieldset>"


def _radios(
    name: str, legend: str, choices: list[tuple[str, str]], chosen: str, hidden: str = ""
) -> Iterator[str]:
    yield f'<fieldset class="of-{name}"{hidden}><legend>{legend}</legend>'
    for value, label in choices:
        checked = " checked" if value == chosen else ""
        yield (
            f'<label><input type="radio" name="{name}" id="{name}-{value}" value="{value}"'
            f'{checked} autocomplete="off">{label}</label>'
        )
    yield "</fieldset>"


def beside(chrome: Chrome, links: Links, locale: str) -> list[str]:
    """Links to the texts before and after this one, in its language."""
    found = [
        (rel, label, address, title)
        for rel, label, (address, title) in (
            ("prev", chrome.say("The text before"), links.before),
            ("next", chrome.say("The next text"), links.after),
        )
        if address
    ]
    if not found:
        return []
    return [
        f'<nav class="beside" aria-label="{chrome.say("Texts")}" {lang(chrome.locale)}>',
        *(
            f'<a rel="{rel}" href="{escape(address)}"><small>{label}</small> <span {lang(locale)}>{escape(title)}</span></a>'
            for rel, label, address, title in found
        ),
        "</nav>",
    ]


def downloads(chrome: Chrome, links: Links) -> list[str]:
    """Links to the files in which a reader can take the text away."""
    if not links.downloads:
        return []
    label = chrome.say("Download")
    files = [
        f'<li><a href="{escape(address)}" download dir="ltr">{escape(name)}</a></li>'
        for name, address in links.downloads
    ]
    return [
        f'<nav class="files" aria-label="{label}" {lang(chrome.locale)}>{label}<ul>',
        *files,
        "</ul></nav>",
    ]


def panels(parallel: Parallel, chrome: Chrome, has_notes: bool) -> list[str]:
    """What a script opens over the text: a note, a sentence; and what it reports aloud."""
    say = chrome.say
    acts = [
        ("copy", say("Copy")), ("cite", say("Copy with its source")), ("link", say("Link")),
        ("close", say("Close")),
    ]  # fmt: skip
    title = escape(parallel.title_in(parallel.locales[0]) or parallel.title)
    author = escape(about.author(parallel))
    spoken = lang(chrome.locale)
    note = (
        f'<div id="note" popover tabindex="-1" role="dialog" data-lang="{locales.language_tag(chrome.locale)}" '
        f'data-dir="{locales.direction(chrome.locale)}"></div>'
    )
    told = {
        "copied": say("Copied"), "note": say("Note"), "show": say("Show:"),
        "practised": say("Practised: {count}", count="{count}"),
    }  # fmt: skip
    data = " ".join(f'data-{name}="{escape(label)}"' for name, label in told.items())
    return [
        *([note] if has_notes else []),
        f'<aside id="here" hidden data-title="{title}" data-author="{author}" aria-label="{say("Sentence")}" {spoken}>',
        '<b dir="ltr"></b>',
        *(f'<button data-act="{act}">{label}</button>' for act, label in acts),
        f'<button data-act="aloud" data-start="{say("Read aloud")}" data-stop="{say("Stop")}" hidden>{say("Read aloud")}</button>',
        "<ul></ul></aside>",
        f'<p id="told" role="status" {spoken} {data}></p>',
    ]
