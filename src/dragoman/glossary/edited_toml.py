"""Changes of terms in the text of `glossary.toml`, which keep its comments and its order."""

from __future__ import annotations

from typing import Any

from dragoman.glossary import term_exchange
from dragoman.glossary.glossary_file import Glossary, Term, Wording


def with_terms(text: str, before: Glossary, after: Glossary) -> str:
    """The text of a glossary file with other terms; what stays the same is not touched.

    Args:
        text: the file's text.
        before: what it says.
        after: what it shall say; new terms come at the end, and quotations stay.

    >>> text = '# names\\n[[term]]\\nsource = "Baku"  # the city\\naz = "Baki"  # how?\\n'
    >>> before = Glossary((Term("Baku", {"az": Wording("Baki")}),))
    >>> after = Glossary((Term("Baku", {"az": Wording("Bakı")}), Term("Shusha", {"az": Wording("Şuşa")})))
    >>> print(with_terms(text, before, after), end="")
    # names
    [[term]]
    source = "Baku"  # the city
    az = "Bakı"  # how?
    <BLANKLINE>
    [[term]]
    source = "Shusha"
    az = "Şuşa"
    """
    import tomlkit  # only where a glossary is changed

    known = {term.source: term for term in before.terms}
    wanted = {term.source: term for term in after.terms}
    document = tomlkit.parse(text)
    tables = document.get("term", tomlkit.aot())
    if not isinstance(tables, tomlkit.items.AoT):  # `term = [{source = "Baku"}]`
        return term_exchange.to_toml(after)
    left: list[str] = []
    for at in reversed(range(len(tables))):
        source = str(tables[at]["source"])
        if source not in wanted:
            left = _comments_behind(tables[at]) + left
            del tables[at]
            continue
        for line in left:
            tables[at].add(tomlkit.comment(line.removeprefix("#").strip()))
        left = []
        if wanted[source] != known.get(source):
            _change(tables[at], known[source], wanted[source])
    new = [term for source, term in wanted.items() if source not in known]
    return _with_new("".join(f"{line}\n" for line in left) + tomlkit.dumps(document), new)


def _comments_behind(table: Any) -> list[str]:
    """The comments at the end of a table, which speak of the next one."""
    lines = [line.strip() for line in table.as_string().split("\n")]
    behind = lines[1 + max(at for at, line in enumerate(lines) if line and line[0] != "#") :]
    return [line for line in behind if line]


def _with_new(text: str, terms: list[Term]) -> str:
    """The text with more terms at its end."""
    if not terms:
        return text
    head = text.rstrip("\n")
    return (head and f"{head}\n\n") + term_exchange.to_toml(Glossary(tuple(terms)))


def _change(table: Any, before: Term, after: Term) -> None:
    """Change what differs in the table of a term."""
    for name in ("keep", "case", "note"):
        _put(table, name, getattr(before, name), getattr(after, name))
    for locale in [*before.wordings, *(x for x in after.wordings if x not in before.wordings)]:
        _put(table, locale, before.wordings.get(locale), after.wordings.get(locale))


def _put(table: Any, name: str, before: object, after: object) -> None:
    if before == after:
        return
    if not after:
        table.pop(name, None)
    elif isinstance(after, Wording):
        _put_wording(table, name, after)
    else:
        table[name] = after


def _put_wording(table: Any, locale: str, wording: Wording) -> None:
    """Say how a term is said in a language: a string, or a table if there is more to say."""
    import tomlkit  # as above

    if wording == Wording(wording.preferred):
        table[locale] = wording.preferred
        return
    said = tomlkit.inline_table()
    said["preferred"] = wording.preferred
    for name in ("allowed", "forbidden", "stems"):
        if forms := getattr(wording, name):
            said[name] = list(forms)
    table[locale] = said
