"""Rules of ITS 2.0, from files, from a document itself, and for the vocabularies that we know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dragoman import gate
from dragoman.errors import DragomanError
from dragoman.formats.its.vocabularies import Vocabulary, vocabulary
from dragoman.formats.its.xpath_selectors import (
    ElementTree,
    Selected,
    SelectorError,
    attributes,
    selector,
)
from dragoman.gate import Node

ITS = "http://www.w3.org/2005/11/its"
_KIND = "a file of ITS rules"


class ByUri(dict[str, str]):
    """Prefixes for names of elements: each namespace stands for itself."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        """The prefix of a namespace.

        >>> ByUri().get("u"), ByUri().get("")
        ('{u}', '')
        """
        return f"{{{key}}}" if key else default


class Rule(NamedTuple):
    """One rule: its kind, what it selects, and its attributes."""

    kind: str
    selector: str
    names: Mapping[str, str]
    values: Mapping[str, str]
    note: str
    file: str


def rules(text: str, file: str) -> list[Rule]:
    """The rules of a file.

    Raises:
        DragomanError: it is damaged, or it has no rules.
    """
    data = text.encode()
    root = gate.located(data, file, _KIND, ByUri())
    found = list(_inside(root, file))
    if not found:
        raise DragomanError(
            "the file has no ITS rules", file=file, how_to_fix="fix 'its' in the settings"
        )
    return found


def _inside(root: Node, file: str) -> Iterator[Rule]:
    for holder in root.walk():
        if holder.name != f"{{{ITS}}}:rules":
            continue
        if holder.get("href"):
            raise DragomanError(
                f"its rules are in another file, {holder.get('href')!r}",
                file=file or None,
                how_to_fix="name that file in 'its' of the settings",
            )
        above = _declared(root) | _declared(holder)
        for node in holder.children:
            kind = node.name.rpartition(":")[2]
            if kind in (
                "translateRule",
                "withinTextRule",
                "localeFilterRule",
                "locNoteRule",
                "preserveSpaceRule",
            ):
                note = " ".join("".join(one.said() for one in node.walk()).split())
                yield Rule(
                    kind,
                    node.get("selector"),
                    above | _declared(node),
                    dict(attributes(node)),
                    note,
                    file,
                )


def _declared(node: Node) -> dict[str, str]:
    return {
        name.partition(":")[2]: value
        for name, value in attributes(node)
        if name.startswith("xmlns:")
    }


class Verdicts:
    """What the rules say about each element of a document."""

    def __init__(
        self, root: Node, doctype: str, given: Iterable[tuple[str, str]], file: str
    ) -> None:
        own = [rule for name, text in given for rule in rules(text, name)]
        inner = list(_inside(root, file))
        self.known: Vocabulary | None = vocabulary(root, doctype)
        has_its = inner or f'"{ITS}"' in root.tag
        if self.known is None and not own and not has_its:
            local = root.name.rpartition(":")[2]
            raise DragomanError(
                f"there are no rules for documents of <{local}>",
                file=file or None,
                how_to_fix="name a file of ITS rules in 'its' of the settings",
            )
        self._translate: dict[tuple[int, str], bool] = {}
        self._within: dict[int, str] = {}
        self._preserve: set[int] = set()
        self._out: dict[int, bool] = {}
        self._notes: dict[int, list[str]] = {}
        self._by_name: dict[str, tuple[str, bool, bool, bool]] = {}
        tree = ElementTree(root)
        for rule in [*own, *inner]:
            self._apply(rule, tree, file)

    def _apply(self, rule: Rule, tree: ElementTree, file: str) -> None:
        try:
            places = selector(rule.selector, rule.names)(tree)
        except SelectorError as error:
            raise DragomanError(
                f"the selector {rule.selector!r} cannot be used: {error}",
                file=rule.file or file or None,
                how_to_fix="write it as a path of elements with conditions",
            ) from None
        for place in places:
            self._say(rule, place)

    def _say(self, rule: Rule, place: Selected) -> None:
        key, values = id(place.node), rule.values
        if rule.kind == "translateRule":
            self._translate[key, place.attribute] = values.get("translate") == "yes"
        elif place.attribute:
            return
        elif rule.kind == "withinTextRule":
            self._within[key] = values.get("withinText", "no")
        elif rule.kind == "preserveSpaceRule":
            self._preserve.add(key)
        elif rule.kind == "localeFilterRule":
            self._filter(
                key, values.get("localeFilterList", ""), values.get("localeFilterType", "")
            )
        elif note := rule.note:
            self._notes.setdefault(key, []).append(note)

    def _filter(self, key: int, named: str, kind: str) -> None:
        named, kind = named.strip(), kind or "include"
        self._out[key] = (named == "*") if kind == "exclude" else not named
        if named not in ("", "*"):
            only = "only for" if kind == "include" else "not for"
            self._notes.setdefault(key, []).append(f"{only} {named}")

    def _named(self, node: Node) -> tuple[str, bool, bool, bool]:
        """What the vocabulary says of elements of one name: within, kept, with lines, of ITS itself."""
        said = self._by_name.get(node.name)
        if said is None:
            known, own = self.known, node.name.startswith(f"{{{ITS}}}")
            said = ("no", False, False, own)
            if known is not None:
                said = (known.within(node), known.is_kept(node), known.has_lines(node), own)
            self._by_name[node.name] = said
        return said

    def translated(self, node: Node, above: bool) -> bool:
        """Whether the content of an element is translated; others say what holds above it."""
        _, kept, _, own = self._named(node)
        if own:
            return False
        if "=" in (tag := node.tag):
            if "localeFilterList" in tag:
                self._filter(id(node), node.get("localeFilterList"), node.get("localeFilterType"))
            if "translate" in tag and not self._out.get(id(node)):
                said = node.get("translate")
                if said in ("yes", "no"):
                    return said == "yes"
        if self._out and self._out.get(id(node)):
            return False
        if self._translate and (id(node), "") in self._translate:
            return self._translate[id(node), ""]
        return above and not kept

    def translated_attributes(self, node: Node) -> Iterator[str]:
        """The attributes of an element that are translated."""
        for name, _ in attributes(node) if "=" in node.tag else ():
            said = self._translate.get((id(node), name))
            if said is None and self.known is not None:
                said = self.known.is_shown(node, name)
            if said:
                yield name

    def within(self, node: Node) -> str:
        """Whether an element is within the text around it: `yes`, `no` or `nested`."""
        if "withinText" in node.tag:
            own = re.search(r"""\s[\w-]+:withinText\s*=\s*["'](\w+)""", node.tag)
            if own:
                return own[1]
        return self._within.get(id(node)) or self._named(node)[0]

    def preserved(self, node: Node, above: bool) -> bool:
        """Whether the lines of an element are kept."""
        if "xml:space" in node.tag:
            said = re.search(r"""\sxml:space\s*=\s*["'](\w+)""", node.tag)
            if said:
                return said[1] == "preserve"
        return above or self._named(node)[2] or id(node) in self._preserve

    def notes(self, node: Node) -> tuple[str, ...]:
        """Notes to translators of an element."""
        if not self._notes and "locNote" not in node.tag:
            return ()
        own = re.search(r"""\s[\w-]+:locNote\s*=\s*(?:"([^"]*)"|'([^']*)')""", node.tag)
        said = [own[1] or own[2]] if own else []
        return (*self._notes.get(id(node), ()), *said)


__all__ = ["ITS", "ByUri", "Rule", "Verdicts", "rules"]
