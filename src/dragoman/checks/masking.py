"""Masks what is no prose: code, addresses, tags, marks; offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from heapq import merge

CONTENT = "\ufffc"
"""Stands, character by character, where code, an address or a tag stands."""
MARK = "\u2063"
"""Stands where emphasis and other marks stand that are no content."""

# Stretches that are no prose, each with characters of which a text must have one. None can run
# over its own beginning: a hostile line costs no more than a plain one. Here they are without their
# first character; all of these make the set that is looked for.
_STRETCHES = (
    # LaTeX: formulas, commands with names, names of commands
    (
        "$",
        r"(?<=\$)(?=[^$\n]{0,200}[\\^_={}+<>|]|[A-Za-z]{1,3}\$)(?!\s)[^$\n]{1,200}(?<!\s)\$(?![\d$])",
    ),
    (
        "\\",
        r"(?<=\\)(?:verb|lstinline)\*?(?P<fence>[^\w\s*{\[])(?:(?!(?P=fence)).){0,300}(?P=fence)",
    ),
    ("\\", r"(?<=\\)\((?:(?!\\\)).){1,300}\\\)"),
    (
        "\\",
        r"(?<=\\)(?!(?:emph|text(?!color|tt)[a-z]*|footnote|enquote|underline|uline|sout|mbox|fbox|alert|thanks|item"
        r"|href|colorbox|foreignlanguage|hyperlink|hypertarget|textcolor)\b)"
        r"[a-zA-Z]{2,40}\*?(?:\[[^\[\]]{0,100}\]){0,3}(?:\{[^{}]{0,300}\}){1,4}",
    ),
    (
        "\\",
        r"(?<=\\)(?:href|textcolor|colorbox|foreignlanguage|hyperlink|hypertarget)\{[^{}]{0,500}\}",
    ),
    ("\\", r"(?<=\\)[a-zA-Z]{2,40}\*?(?![a-zA-Z])(?=[\[{\s}.,;:]|\Z)"),
    # reStructuredText: references around prose, roles with prose, roles with names
    (("`_",), r"(?<=[^\s(\[{<\"'`]`)(?=__?(?!\w))(?P<refers>__?)"),
    (("`_",), r"(?<=`)(?=[^`\s][^`]{0,400}`__?(?!\w))(?P<opens>)"),
    (":", r"(?<=:)[a-zA-Z][\w.+:-]{0,60}:`(?=[^`<]{0,300}[^`<\s]\s*<[^<>`]{1,300}>`)"),
    (
        ":",
        r"(?<=:)(?:guilabel|menuselection|term|dfn|abbr|emphasis|strong|su[bp]|title):`[^`]{1,300}`(?P<said>)",
    ),
    (":", r"(?<=:)[a-zA-Z][\w.+:-]{0,60}:`[^`]{1,400}`"),
    (":", r"(?<=`:)[a-zA-Z][\w.+:-]{0,60}:(?!`)"),
    ("<", r"(?<=<)[^<>`]{1,300}>`(?:__?(?!\w))?"),
    ("|", r"(?<=\|)(?<![\w|].)[^\s|](?:[^|\n]{0,100}[^\s|])?\|(?:__?)?(?![\w|])"),
    ("[", r"(?<=\[)(?:\d{1,4}|#[\w.-]{0,60}|\*|[A-Za-z][\w.-]{0,60})\]_(?!\w)(?P<noted>)"),
    ("`", r"(?<=`)(?P<ticks>`+)(?!`)(?:(?!`(?P=ticks)(?!`)).)+`(?P=ticks)(?!`)"),
    ("`", r"(?<=`)[^`]+`"),
    ("<", r"(?<=<)(?P<element>code|kbd|samp|var)\b[^<>]*>[^<]*</(?P=element)>"),
    ("<", r"(?<=<)/?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"),
    ("<", r"(?<=<)/?[A-Za-z][^<>]*>"),
    ("<", r"(?<=<)!(?:---?>|--(?:(?!-->).)*-->|[A-Z][^<>]*>)"),
    ("[", r"(?<=\[)\^[^\]\s]{1,64}\](?P<note>)"),
    # AsciiDoc: anchors, roles of a stretch, and references to them
    ("[", r"(?<=\[)\[[^\[\]|\n]{1,128}\]\](?!\()"),
    ("[", r"(?<=\[)[.#%][\w.#%-]{1,64}\](?=[#*_`])"),
    ("<", r"(?<=<)<[^<>,\n]{1,128}(?:>>|,[ ]*)"),
    (
        "]",
        r"(?<=\])\(\s*(?:<[^<>]*>|(?:\\.|[^()\s<\\])*+(?:\((?:\\.|[^()\s\\]|\([^()\s]*\))*+\)[^()\s]*+)*+)"
        r"(?:\s+(?:\"(?:\\.|[^\"\\])*+\"|'[^']*'|\([^()]*\)))?\s*\)",
    ),
    ("%", r"(?<=%)(?:\(\w{1,64}\)[a-z]|(?<!\d.)[sdrifgxc]\b)"),
    ("{", r"(?<=\{)[\w.!:-]{0,64}\}"),
    ("]", r"(?<=\])\[(?:\\.|[^\[\]\\])*+\](?!\[)"),
    ("*~", r"(?<=[*~])[*~]*(?P<stars>)"),
    ("_", r"(?<=_)(?:(?<!\w.)_*(?=\w)|(?<=[\w.!?…”»\"].)_*(?!\w))(?P<lines>)"),
    ("\\", r"(?<=\\)(?=[!-/:-@\[-`{-~])(?P<escape>)"),
    ("[]", r"(?<=[\[\]])(?P<brackets>)"),
)
_MARKS = frozenset(
    ["refers", "opens", "said", "noted", "note", "stars", "lines", "escape", "brackets"]
)
_SIGNS = frozenset("`<*_~\\[]{%|$")
_REFERENCE = "`_"
"""What ends a reference of reStructuredText; in Markdown, code that ends what is emphasized."""
_EMPHASIS = re.compile(r"(?<![\w`])_[\w`]")
_WITH_TICKS = frozenset(":")
"""Signs that matter only where there is a backtick."""
MATTER = _SIGNS | {"@", "/"}
"""Characters of which every such stretch has one, but an address without `://`."""
_MACRO = re.compile(
    r"\b(?:(?:link|xref|mailto|image|footnote|footnoteref|linkgit|linkman):(?!:)[^\s\[\]]{0,256}\["
    r"|(?:stem|pass|latexmath|asciimath|kbd|btn|menu|icon|anchor|indexterm2?):(?!:)[^\s\[\]]{0,256}\[[^\]]*\])"
)
"""A macro of AsciiDoc, up to the bracket before its text, or whole if that is no prose."""
_BEGINS = re.compile(rf"https?://|www\.|(?={_MACRO.pattern})")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\[\]()“”«»\"]*[^\s<>\[\]()“”«»\".,;:!?…’']|" + _MACRO.pattern
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_MOST = 64
"""Characters of a mail address before its @."""


@lru_cache(maxsize=128)
def _pattern(chars: frozenset[str]) -> re.Pattern[str]:
    """The expression of the stretches that a text with these characters can have."""
    firsts = re.escape("".join(sorted(chars - {_REFERENCE})))
    stretches = (stretch for needs, stretch in _STRETCHES if not chars.isdisjoint(needs))
    return re.compile(f"[{firsts}](?:{'|'.join(stretches)})")


def masked(text: str, chars: frozenset[str] | None = None) -> str:
    """The text with code, addresses, tags, notes and marks masked, of the same length.

    Args:
        text: the text.
        chars: its characters, where they are known already.

    >>> masked("see `x = 1` **now**").replace(CONTENT, "#").replace(MARK, "~")
    'see ####### ~~now~~'
    >>> masked("_or `a`_").replace(CONTENT, "#").replace(MARK, "~")
    '~or ###_'
    >>> masked("`_.a` or `a`_, `b <c>`_, :ref:`d <e>` $f_1$").replace(CONTENT, "#").replace(MARK, "~")
    '##### or ~a~~, ~b #####, ######d #### #####'
    """
    chars = frozenset(text) if chars is None else chars
    if not _has_words(text, chars):
        signs = _signs(chars, text)
        return _pattern(signs).sub(_mask, text) if signs else text
    out, done = [], 0
    for match in _both(text, chars):
        out += [text[done : match.start()], _mask(match)]
        done = match.end()
    return "".join([*out, text[done:]])


def _signs(chars: frozenset[str], text: str) -> frozenset[str]:
    """The signs by which stretches of a text may begin."""
    signs = chars & _SIGNS
    if "`" not in signs:
        return signs
    refers = _REFERENCE in text and _EMPHASIS.search(text) is None
    return signs | (chars & _WITH_TICKS) | ({_REFERENCE} if refers else frozenset())


def stretches(text: str) -> Iterator[re.Match[str]]:
    """What is masked, from first to last.

    >>> [match[0] for match in stretches("see `x = 1` **now**, or `a@b.org` or a@b.org")]
    ['`x = 1`', '**', '**', '`a@b.org`', 'a@b.org']
    """
    return _both(text, frozenset(text))


def mails(text: str) -> Iterator[re.Match[str]]:
    """The mail addresses of a text, looked for from their @, of which there are few.

    >>> [match[0] for match in mails("Write to a.b@c.org, not to @c.")]
    ['a.b@c.org']
    """
    done = 0
    for start in _mail_starts(text):
        match = _MAIL.match(text, start) if start >= done else None
        if match:
            yield match
            done = match.end()


def _mail_starts(text: str) -> Iterator[int]:
    """Where mail addresses may begin: at the first of the characters before an @."""
    at = text.find("@")
    while at >= 0:
        start, least = at, max(0, at - _MOST)
        while start > least and (text[start - 1].isalnum() or text[start - 1] in "_.+-"):
            start -= 1
        if start < at:
            yield start
        at = text.find("@", at + 1)


def _has_words(text: str, chars: frozenset[str]) -> bool:
    """Whether a text may have addresses, which begin like words."""
    if "@" in chars or ("/" in chars and "://" in text) or "www." in text:
        return True
    return "[" in chars and ":" in chars and _MACRO.search(text) is not None


def _both(text: str, chars: frozenset[str]) -> Iterator[re.Match[str]]:
    """Stretches that begin with a sign, and addresses, from first to last, none inside another."""
    signs = _signs(chars, text)
    pattern = _pattern(signs) if signs else None
    sign = pattern.search(text) if pattern else None
    done = 0
    begins = ((match.start(), 0) for match in _BEGINS.finditer(text))
    for start, kind in merge(begins, ((at, 1) for at in _mail_starts(text))):
        while pattern and sign and sign.start() < start:
            if sign.start() >= done:
                yield sign
                done = sign.end()
            sign = pattern.search(text, done)
        word = (_ADDRESS, _MAIL)[kind].match(text, start) if start >= done else None
        if word:
            yield word
            done = word.end()
    if pattern:
        yield from pattern.finditer(text, done)


def _mask(match: re.Match[str]) -> str:
    stand_in = MARK if match.lastgroup in _MARKS else CONTENT
    return stand_in * len(match[0])


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with stretches masked; offsets stay.

    >>> blanked("7 May", [(0, 1)]) == CONTENT + " May"
    True
    """
    out, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            out += [text[done : max(start, done)], CONTENT * (end - max(start, done))]
            done = end
    return "".join([*out, text[done:]]) if out else text
