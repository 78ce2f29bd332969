"""Selectors of ITS rules: the part of XPath 1.0 that they need.

Paths of children, descendants, parents, ancestors and attributes, with conditions; not variables,
arithmetic, or axes along siblings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.gate import Node

MOST_VISITS = 2_000_000
"""Maximum number of elements that the selectors of one document look at."""
_TOKEN = re.compile(
    r"\s*(//|::|\.\.|!=|<=|>=|[/|@()\[\],.=*<>]|\"[^\"]*\"|'[^']*'|\d+(?:\.\d+)?"
    r"|(?:[^\W\d][\w.-]*:)?(?:[^\W\d][\w.-]*|\*))"
)
_ATTRIBUTE = re.compile(r"""\s([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class Selected(NamedTuple):
    """An element, or one of its attributes."""

    node: Node
    attribute: str = ""


class SelectorError(ValueError):
    """A selector that cannot be read."""


class ElementTree:
    """A document as selectors see it."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.parents: dict[int, Node] = {}
        for node in root.walk():
            for child in node.children:
                self.parents[id(child)] = node
        self._visits = 0

    def visit(self, places: Iterable[Selected]) -> Iterator[Selected]:
        for place in places:
            self._visits += 1
            if self._visits > MOST_VISITS:
                raise SelectorError("it takes too many steps in this document")
            yield place

    def text(self, place: Selected) -> str:
        """The text of an element, or the value of an attribute."""
        if place.attribute:
            return dict(attributes(place.node)).get(place.attribute, "")
        return "".join(one.node.said() for one in self.visit(map(Selected, place.node.walk())))

    def above(self, node: Node) -> Iterator[Node]:
        while (found := self.parents.get(id(node))) is not None:
            node = found
            yield node


def attributes(node: Node) -> Iterator[tuple[str, str]]:
    """The attributes of an element and their values as written."""
    for found in _ATTRIBUTE.finditer(node.tag):
        yield found[1], found[2] if found[2] is not None else found[3]


Value = list[Selected] | str | float | bool
_Expression = Callable[[ElementTree, Selected, int], Value]
"""Takes a document, where it is, and the position there."""


class _Step(NamedTuple):
    axis: str
    test: str
    conditions: tuple[_Expression, ...]


def selector(text: str, names: Mapping[str, str]) -> Callable[[ElementTree], list[Selected]]:
    """What a selector finds in a document.

    Args:
        text: an absolute path, or several with `|` between.
        names: namespaces by the prefixes that the selector uses.

    Raises:
        SelectorError: it is none that can be read.

    >>> from dragoman.gate import located
    >>> tree = ElementTree(located(b'<a><b c="1"/><b><d/></b></a>'))
    >>> [p.node.name for p in selector("//b[@c='1'] | /a/b/d | //x", {})(tree)]
    ['b', 'd']
    """
    parser = _Parser(text, names)
    expression = parser.whole()

    def find(tree: ElementTree) -> list[Selected]:
        found = expression(tree, Selected(tree.root), 1)
        if not isinstance(found, list):
            raise SelectorError("it selects nothing")
        return found

    return find


class _Parser:
    """Recursive descent over the tokens of an expression."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self._names = names
        self._tokens: list[str] = []
        at, depth = 0, 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise SelectorError(f"{text[at:].strip()[:20]!r} cannot be read")
            self._tokens.append(found[1])
            depth += (found[1] in "([") - (found[1] in ")]")
            if depth > 50 or len(self._tokens) > 5_000:
                raise SelectorError("it is too long")
            at = found.end()
        self._at = 0

    def whole(self) -> _Expression:
        made = self._or()
        if self._at < len(self._tokens):
            raise SelectorError(f"{self._peek()!r} cannot be read there")
        return made

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self, *wanted: str) -> str:
        token = self._peek()
        if wanted and token not in wanted:
            raise SelectorError(f"there is no {wanted[0]!r} where one has to be")
        self._at += 1
        return token

    def _take(self, *tokens: str) -> bool:
        if self._peek() in tokens and self._peek():
            self._at += 1
            return True
        return False

    def _or(self) -> _Expression:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else _any(parts)

    def _and(self) -> _Expression:
        parts = [self._compared()]
        while self._take("and"):
            parts.append(self._compared())
        return parts[0] if len(parts) == 1 else _all(parts)

    def _compared(self) -> _Expression:
        left = self._union()
        if self._peek() in ("=", "!="):
            return _equal(left, self._next() == "=", self._union())
        return left

    def _union(self) -> _Expression:
        parts = [self._operand()]
        while self._take("|"):
            parts.append(self._operand())
        return parts[0] if len(parts) == 1 else _union(parts)

    def _operand(self) -> _Expression:
        token = self._peek()
        if token[:1] in "\"'" and token:
            said = self._next()[1:-1]
            return lambda _tree, _place, _at: said
        if token[:1].isdigit():
            number = float(self._next())
            return lambda _tree, _place, _at: number
        if self._take("("):
            inner = self._or()
            self._next(")")
            return inner
        if self._tokens[self._at + 1 : self._at + 2] == ["("] and token not in ("text", "node"):
            return self._function(self._next())
        return self._path()

    def _function(self, name: str) -> _Expression:
        self._next("(")
        given: list[_Expression] = []
        while self._peek() != ")":
            given.append(self._or())
            if not self._take(","):
                break
        self._next(")")
        if name not in _FUNCTIONS or len(given) not in _FUNCTIONS[name][0]:
            raise SelectorError(f"the function {name!r} is unknown here")
        call = _FUNCTIONS[name][1]
        return lambda tree, place, at: call(
            tree, place, at, [one(tree, place, at) for one in given]
        )

    def _path(self) -> _Expression:
        steps: list[_Step] = []
        absolute = self._peek() in ("/", "//")
        if self._take("//"):
            steps.append(_Step("descendant-or-self", "node()", ()))
        elif self._take("/") and not self._peek():
            return lambda tree, _place, _at: [Selected(tree.root)]
        while True:
            steps.append(self._step())
            if self._take("//"):
                steps.append(_Step("descendant-or-self", "node()", ()))
            elif not self._take("/"):
                return _path(steps, absolute)

    def _step(self) -> _Step:
        if self._take(".."):
            return _Step("parent", "node()", ())
        if self._take("."):
            return _Step("self", "node()", ())
        axis = "attribute" if self._take("@") else "child"
        if self._tokens[self._at + 1 : self._at + 2] == ["::"]:
            axis = self._next()
            self._next("::")
            if axis not in _AXES:
                raise SelectorError(f"the axis {axis!r} is unknown")
        test = self._next()
        if test in ("text", "node") and self._take("("):
            self._next(")")
            test += "()"
        elif not re.fullmatch(r"(?:[^\W\d][\w.-]*:)?(?:[^\W\d][\w.-]*|\*)", test):
            raise SelectorError(f"{test!r} is no name")
        conditions = []
        while self._take("["):
            conditions.append(self._or())
            self._next("]")
        return _Step(axis, test if axis == "attribute" else self._named(test), tuple(conditions))

    def _named(self, test: str) -> str:
        """A name as elements have it, with its namespace."""
        prefix, colon, local = test.partition(":")
        if not colon:
            return test
        if prefix not in self._names:
            raise SelectorError(f"the prefix {prefix!r} is not declared")
        return f"{{{self._names[prefix]}}}:{local}"


def _children(_tree: ElementTree, place: Selected) -> Iterable[Selected]:
    return () if place.attribute else map(Selected, place.node.children)


def _descendants(_tree: ElementTree, place: Selected) -> Iterable[Selected]:
    return () if place.attribute else map(Selected, place.node.walk())


def _inside(tree: ElementTree, place: Selected) -> Iterator[Selected]:
    return (one for one in _descendants(tree, place) if one.node is not place.node)


def _attributes(_tree: ElementTree, place: Selected) -> Iterable[Selected]:
    if place.attribute:
        return ()
    return (Selected(place.node, name) for name, _ in attributes(place.node))


def _parent(tree: ElementTree, place: Selected) -> Iterable[Selected]:
    if place.attribute:
        return (Selected(place.node),)
    found = tree.parents.get(id(place.node))
    return () if found is None else (Selected(found),)


def _ancestors(tree: ElementTree, place: Selected) -> Iterator[Selected]:
    own = [Selected(place.node)] if place.attribute else []
    return iter([*own, *map(Selected, tree.above(place.node))])


def _with_ancestors(tree: ElementTree, place: Selected) -> Iterator[Selected]:
    return iter([place, *_ancestors(tree, place)])


_AXES: dict[str, Callable[[ElementTree, Selected], Iterable[Selected]]] = {
    "child": _children,
    "descendant-or-self": _descendants,
    "descendant": _inside,
    "attribute": _attributes,
    "self": lambda _tree, place: (place,),
    "parent": _parent,
    "ancestor": _ancestors,
    "ancestor-or-self": _with_ancestors,
}


def _path(steps: Sequence[_Step], absolute: bool) -> _Expression:
    def find(tree: ElementTree, place: Selected, _at: int) -> Value:
        found = [place]
        first = 0
        if absolute:
            step = steps[0]
            if step.axis == "descendant-or-self":
                found, first = list(tree.visit(map(Selected, tree.root.walk()))), 1
                if (
                    len(steps) > 1 and steps[1].axis == "child"
                ):  # the root is a child of the document
                    found = _kept(tree, found, steps[1])
                    first = 2
            else:
                found, first = _kept(tree, [Selected(tree.root)], step), 1
        for step in steps[first:]:
            known: dict[tuple[int, str], Selected] = {}
            for one in found:
                for other in _kept(tree, tree.visit(_AXES[step.axis](tree, one)), step):
                    known.setdefault((id(other.node), other.attribute), other)
            found = list(known.values())
        return found

    return find


def _kept(tree: ElementTree, places: Iterable[Selected], step: _Step) -> list[Selected]:
    found = [one for one in places if _passes(one, step.test)]
    for condition in step.conditions:
        kept = []
        for at, one in enumerate(found, 1):
            value = condition(tree, one, at)
            if value == at if isinstance(value, float) else _true(value):
                kept.append(one)
        found = kept
    return found


def _passes(place: Selected, test: str) -> bool:
    if test in ("node()", "*"):
        return True
    if test == "text()":
        return False
    name = place.attribute or place.node.name
    return name.startswith(test[:-1]) if test.endswith(":*") else name == test


def _true(value: Value) -> bool:
    return bool(value)


def _texts(tree: ElementTree, value: Value) -> list[str]:
    if isinstance(value, list):
        return [tree.text(place) for place in value]
    return [_said(tree, value)]


def _said(tree: ElementTree, value: Value) -> str:
    if isinstance(value, list):
        return tree.text(value[0]) if value else ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else value


def _any(parts: Sequence[_Expression]) -> _Expression:
    return lambda tree, place, at: any(_true(one(tree, place, at)) for one in parts)


def _all(parts: Sequence[_Expression]) -> _Expression:
    return lambda tree, place, at: all(_true(one(tree, place, at)) for one in parts)


def _equal(left: _Expression, same: bool, right: _Expression) -> _Expression:
    def compare(tree: ElementTree, place: Selected, at: int) -> Value:
        one, other = _texts(tree, left(tree, place, at)), _texts(tree, right(tree, place, at))
        return any((a == b) == same for a in one for b in other)

    return compare


def _union(parts: Sequence[_Expression]) -> _Expression:
    def join(tree: ElementTree, place: Selected, at: int) -> Value:
        found: list[Selected] = []
        for part in parts:
            value = part(tree, place, at)
            if not isinstance(value, list):
                raise SelectorError("'|' joins paths only")
            found += value
        return found

    return join


def _name(_tree: ElementTree, place: Selected, _at: int, given: list[Value]) -> Value:
    if given and isinstance(given[0], list):
        if not given[0]:
            return ""
        place = given[0][0]
    return (place.attribute or place.node.name).rpartition(":")[2]


_Function = Callable[[ElementTree, Selected, int, list[Value]], Value]
_FUNCTIONS: dict[str, tuple[tuple[int, ...], _Function]] = {
    "not": ((1,), lambda _t, _p, _at, given: not _true(given[0])),
    "boolean": ((1,), lambda _t, _p, _at, given: _true(given[0])),
    "true": ((0,), lambda _t, _p, _at, _given: True),
    "false": ((0,), lambda _t, _p, _at, _given: False),
    "position": ((0,), lambda _t, _p, at, _given: float(at)),
    "count": ((1,), lambda _t, _p, _at, given: float(len(given[0]) if isinstance(given[0], list) else 0)),
    "local-name": ((0, 1), _name),
    "name": ((0, 1), _name),
    "string": ((0, 1), lambda t, p, _at, given: _said(t, given[0] if given else [p])),
    "normalize-space": ((0, 1), lambda t, p, _at, given: " ".join(_said(t, given[0] if given else [p]).split())),
    "contains": ((2,), lambda t, _p, _at, given: _said(t, given[1]) in _said(t, given[0])),
    "starts-with": ((2,), lambda t, _p, _at, given: _said(t, given[0]).startswith(_said(t, given[1]))),
}  # fmt: skip
