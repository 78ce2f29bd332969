"""The inline content of LaTeX: commands, groups and math, and how a target is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.formats import tex_commands as commands
from dragoman.formats.units import one_line
from dragoman.model import MATH, Span

TOKEN = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*+(?![\r\n]|\Z))?)"
    r"|(?P<blank>\r?\n[ \t]*\r?\n\s*)"
    r"|(?P<verb>\\(?:verb|lstinline|mintinline\{[^{}\n]*\})\*?(?:\[[^\]\n]{0,200}\])?(?P<mark>[^\w\s*])(?:(?!(?P=mark))[^\n]){0,1000}(?P=mark))"
    r"|(?P<braced>\\(?:lstinline|mintinline\{[^{}\n]*\}|url|path|nolinkurl)\{[^{}\n]{0,2000}\})"
    r"|(?P<href>\\href\{[^{}\n]{0,2000}\}(?=\{))"
    r"|(?P<begin>\\begin[ \t]*\{[^{}\n]{1,60}\})|(?P<end>\\end[ \t]*\{[^{}\n]{1,60}\})"
    r"|(?P<display>\\\[|\$\$)|(?P<math>\\\(|\$)"
    r"|(?P<break>\\\\\*?(?:[ \t]*\[[^\]\n]{0,60}\])?)"
    r"|(?P<command>\\(?:[A-Za-z@]+\*?|[^A-Za-z\s]|(?=\s)|\Z))"
    r"|(?P<open>\{)|(?P<close>\})|(?P<cell>&)"
)
_CLOSERS = {"\\[": "\\]", "$$": "$$", "\\(": "\\)", "$": "$"}
_SPACES = re.compile(r"[ \t]*(?:\r?\n[ \t]*(?![\r\n]))?")
_OPTION = re.compile(r"\[(?:[^\[\]{}]|\{[^{}]{0,300}\}){0,500}\]")
_ACCENTS = frozenset("'`^\"~=.")
_LETTERS = frozenset(
    ("c", "v", "u", "H", "k", "r", "d", "b", "t", "ss", "o", "O", "l", "L", "ae", "AE", "oe", "OE",
     "aa", "AA", "i", "j")
)  # fmt: skip


def braces(text: str) -> dict[int, int]:
    """Where the group that begins at an offset is closed.

    >>> braces("a {b {c}} %}")
    {5: 7, 2: 8}
    """
    found: dict[int, int] = {}
    open_: list[int] = []
    for token in TOKEN.finditer(text):
        if token.lastgroup == "open" or token["open"]:
            open_.append(token.start())
        elif token["close"] and open_:
            found[open_.pop()] = token.start()
        elif token["begin"] or token["end"]:
            continue
    return found


class Groups(NamedTuple):
    """A text, and its groups."""

    text: str
    closed: Mapping[int, int]

    def option(self, at: int) -> int:
        """The end of an argument in brackets that begins at an offset, or the offset."""
        match = _OPTION.match(self.text, at)
        return match.end() if match else at

    def arguments(self, at: int, apart: bool = False) -> list[tuple[int, int]]:
        """The arguments that follow at once, brackets included; `apart` if spaces may come before."""
        found: list[tuple[int, int]] = []
        while len(found) < 12:
            if apart:
                spaces = _SPACES.match(self.text, at)
                at = spaces.end() if spaces else at
            if self.text.startswith("[", at):
                end = self.option(at)
            elif self.text.startswith("{", at) and at in self.closed:
                end = self.closed[at] + 1
            else:
                break
            if end == at:
                break
            found.append((at, end))
            at = end
        return found


class TexToken(NamedTuple):
    """A stretch of markup, and the stretch of prose in it (empty if it is code)."""

    start: int
    end: int
    kind: str
    """`comment`, `code`, `math`, `layout`, `break`, `prose`, `text`, `group`, `blank`, `begin`, `end`,
    `display`, `cell`, `close`, or `command` for one that is not of a sentence."""
    inner: int
    inner_end: int
    name: str = ""


def tokens(groups: Groups, start: int, end: int) -> Iterator[TexToken]:
    """The markup of a stretch, in order; after prose in an argument follows what is inside."""
    text = groups.text
    done, none = start, set[str]()
    while (match := TOKEN.search(text, done, end)) is not None:
        token = _token(groups, match, end, none)
        yield token
        done = token.inner if token.inner < token.inner_end else max(token.end, match.end())


def _token(groups: Groups, match: re.Match[str], most: int, none: set[str]) -> TexToken:
    start, end = match.span()
    said = match[0]
    kind = next(name for name in _KINDS if match[name] is not None)
    if kind in ("display", "math"):
        closer = _CLOSERS[said]
        close = -1 if closer in none else _closing(groups.text, closer, end, most)
        if close < 0:
            none.add(closer)
            return TexToken(start, end, "text", start, start)
        return TexToken(start, close, kind, start, start)
    if kind in ("verb", "braced"):
        return TexToken(start, end, "code", start, start)
    if kind == "href":
        close = groups.closed.get(end, most)
        if close < most:
            return TexToken(start, close + 1, "prose", end + 1, close, "href")
        return TexToken(start, end, "code", start, start)
    if kind == "open":
        if start in groups.closed and groups.closed[start] < most:
            return TexToken(
                start, groups.closed[start] + 1, "group", start + 1, groups.closed[start]
            )
        return TexToken(start, end, "text", start, start)
    if kind != "command":
        name = said[said.index("{") + 1 : -1] if kind in ("begin", "end") else ""
        return TexToken(start, end, kind, start, start, name)
    return _command(groups, start, end, said[1:].rstrip("*"), most)


_KINDS = (
    "comment", "blank", "verb", "braced", "href", "begin", "end", "display", "math", "break", "command", "open",
    "close", "cell",
)  # fmt: skip


def _command(groups: Groups, start: int, end: int, name: str, most: int) -> TexToken:
    if not name or (not name[0].isalpha() and name[0] != "@"):
        return TexToken(start, max(end, start + 1), "text", start, start, name)
    if name in _LETTERS:
        given = groups.arguments(end)
        return TexToken(start, min(given[0][1], most) if given else end, "text", start, start, name)
    if name in commands.TITLES or name in commands.SEPARATE or name in ("item", "author", "date"):
        return TexToken(start, end, "command", start, start, name)
    given = [one for one in groups.arguments(end, name in commands.DEFINITIONS) if one[1] <= most]
    after = given[-1][1] if given else end
    if name in commands.DEFINITIONS:
        if name.endswith("def"):  # the body is behind parameters
            body = groups.text.find("{", end, end + 200)
            after = min(groups.closed.get(body, after - 1) + 1, most) if body >= 0 else after
        return TexToken(start, after, "command", start, start, name)
    if name in commands.ALONE:
        return TexToken(start, after, "command", start, start, name)
    if name in commands.INLINE and commands.INLINE[name] >= 0:
        groups_given = [one for one in given if groups.text[one[0]] == "{"]
        number = commands.INLINE[name]
        if len(groups_given) > number:
            a, b = groups_given[number]
            return TexToken(start, b, "prose", a + 1, b - 1, name)
    if name in commands.LAYOUT:
        return TexToken(start, after, "layout", start, start, name)
    return TexToken(start, after, "code", start, start, name)


def _closing(text: str, closer: str, at: int, most: int) -> int:
    """The end of a formula; formulas have no blank lines."""
    while (found := text.find(closer, at, most)) >= 0:
        if closer[0] == "$" and _escaped(text, found):
            at = found + 1
            continue
        stretch = text[at:found]
        if "\n" in stretch and re.search(r"\n[ \t]*\r?\n", stretch):
            return -1
        return found + len(closer)
    return -1


def _escaped(text: str, at: int) -> bool:
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\" and slashes < 20:
        slashes += 1
    return slashes % 2 == 1


def groups_of(text: str) -> Groups:
    return Groups(text, braces(text))


def shown(groups: Groups, start: int, end: int) -> str:
    """The prose of a stretch, without commands and math.

    >>> text = "A \\\\emph{b} \\\\ref{c} $d$ % e"
    >>> shown(groups_of(text), 0, len(text)).split()
    ['A', 'b']
    """
    out, done = [], start
    for token in tokens(groups, start, end):
        if token.kind == "text" and token.end > done:
            out.append(groups.text[max(done, token.start) - 0 : token.start])
            out.append(
                groups.text[token.start + 1 : token.end] if token.name not in _LETTERS else "x"
            )
            done = token.end
            continue
        out.append(groups.text[done : token.start])
        done = token.inner if token.inner < token.inner_end else max(done, token.end)
    return "".join([*out, groups.text[done:end]])


def joined(text: str) -> str:
    """A text on one line, without comments.

    >>> joined("one%\\n  two % three\\nfour")
    'onetwo four'
    """
    if "%" in text:
        text = "".join("" if token["comment"] else token[0] for token in _PIECES.finditer(text))
    return " ".join(text.split())


_PIECES = re.compile(TOKEN.pattern + r"|(?s:.)")


def inline(text: str) -> tuple[Span, ...]:
    """The inline content of a unit.

    >>> [span.name for span in inline("A \\\\emph{b}, $c$ and \\\\ref{d}")]
    ['text', 'emphasis', 'text', 'math', 'text', 'code']
    """
    line = one_line(text)
    return tuple(_spans(groups_of(line), 0, len(line), 0))


_DEEPEST = 30
_SIGNS = {"~": "\u00a0", "``": "“", "''": "”", "---": "—", "--": "–"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))


def _spans(groups: Groups, start: int, end: int, depth: int) -> Iterator[Span]:
    text, done = groups.text, start
    for token in tokens(groups, start, end):
        if token.start < done:
            continue
        if token.start > done:
            yield Span("text", _read(text[done : token.start]))
        done = token.end
        said = text[token.start : token.end]
        if token.inner < token.inner_end and depth < _DEEPEST:
            children = tuple(_spans(groups, token.inner, token.inner_end, depth + 1))
            url = ""
            if token.name == "href":
                url = text[token.start : token.inner].partition("{")[2].partition("}")[0]
            yield Span(commands.SPANS.get(token.name, "group"), url=url, children=children)
        elif token.kind in ("math", "display"):
            yield Span(
                MATH, f"${said.strip('$').removeprefix(chr(92) + '(').removesuffix(chr(92) + ')')}$"
            )
        elif token.kind == "text":
            plain = not token.name or not token.name[0].isalpha()
            yield Span("text", said[1:] if plain and said[:1] == "\\" else said)
        elif token.kind == "break":
            yield Span("break")
        elif token.kind == "code":
            yield Span("code", said)
    if done < end:
        yield Span("text", _read(text[done:end]))


def _read(text: str) -> str:
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)


def written(target: str) -> str:
    """A target in a paragraph: signs that it has outside of commands are escaped.

    >>> written("50 % a_b {d"), written("a & b")
    ('50 \\\\% a\\\\_b \\\\{d', 'a \\\\& b')
    """
    line = one_line(target).strip()
    if not any(sign in line for sign in "%&#_^{}$\\"):
        return line
    line = _PERCENT.sub(lambda found: found[1] or "\\%", line)
    groups = groups_of(line)
    paired = set(groups.closed) | set(groups.closed.values())
    out, done = [], 0
    for token in tokens(groups, 0, len(line)):
        if token.start < done:
            continue
        out.append(_plain(line[done : token.start]))
        done = token.inner if token.inner < token.inner_end else token.end
        said = line[token.start : done]
        alone = len(said) == 1 and said in "{}$&"
        out.append("\\" + said if alone and token.start not in paired else said)
    out.append(_plain(line[done:]))
    line = "".join(out)
    return line + " " if re.search(r"(?<!\\)(?:\\\\)*\\\Z", line) else line


_PERCENT = re.compile(
    r"(\\verb\*?(?P<mark>[^\w\s*])(?:(?!(?P=mark)).)*(?P=mark)|\\(?:url|href|path|nolinkurl)\{[^{}]*\}|\\.)|%"
)
"""A percent sign that begins a comment; in addresses and behind a backslash it begins none."""


def _plain(text: str) -> str:
    return re.sub(r"[#_^]", lambda sign: "\\" + sign[0] + ("{}" if sign[0] == "^" else ""), text)
