"""Schematron (ISO 19757-3) with XPath 2, as far as the rules of XLIFF use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from elementpath import XPath2Parser, XPathContext
from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"


def failures(schema: Path, document: etree._Element) -> list[str]:
    """What a document breaks, one line for each node and rule."""
    rules = etree.parse(str(schema), etree.XMLParser(resolve_entities=True)).getroot()
    names = {ns.get("prefix"): ns.get("uri") for ns in rules.iter(f"{SCH}ns")}
    found = []
    for pattern in rules.iter(f"{SCH}pattern"):
        seen: set[int] = set()
        for rule in pattern.iter(f"{SCH}rule"):
            for node in _selected(f"//({rule.get('context')})", document, names):
                if id(node) not in seen:  # of the rules of a pattern the first one holds
                    seen.add(id(node))
                    found += _broken(rule, node, document, names, pattern.get("id") or "")
    return found


def _selected(path: str, document: etree._Element, names: dict[str, str]) -> list[Any]:
    token = XPath2Parser(names).parse(path)
    return list(token.select_results(XPathContext(document)))


def _broken(rule, node, document, names, pattern) -> list[str]:
    """The assertions that do not hold for a node, and the reports that do."""
    variables: dict[str, Any] = {"current": node}
    found = []
    for step in rule:
        if step.tag == f"{SCH}let":
            variables[step.get("name")] = _value(
                step.get("value"), node, document, names, variables
            )
        elif step.tag in (f"{SCH}assert", f"{SCH}report"):
            holds = _value(f"boolean({step.get('test')})", node, document, names, variables)
            if bool(holds) == (step.tag == f"{SCH}report"):
                found.append(f"{pattern}: {' '.join(''.join(step.itertext()).split())}")
    return found


def _value(path, node, document, names, variables) -> Any:
    """An expression at a node; `current()`, which is XSLT's, is the node itself."""
    parser = XPath2Parser(names, variable_types=dict.fromkeys(variables, "item()*"))
    token = parser.parse(path.replace("current()", "$current"))
    values = {name: value if value != [] else [] for name, value in variables.items()}
    return token.get_results(XPathContext(document, item=node, variables=values))
