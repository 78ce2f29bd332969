"""JUnit XML: a suite for each text and locale, a test for each code."""

from __future__ import annotations

from collections import defaultdict

from dragoman.model import Problem
from dragoman.reports.finding_lines import CheckedLike, place
from dragoman.text.xml_escape import content, quoted


def report(checked: CheckedLike) -> str:
    """A test fails for each code with blocking findings, and `complete` if a text is incomplete."""
    failing: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in checked.blocking:
        failing[problem.text, problem.locale].append(problem)
    below = {(count.text, count.locale): count for count in checked.below}
    suites, tests, failures = [], 0, 0
    for count in checked.counts:
        key = (count.text, count.locale)
        cases = [_complete(checked.sentence(count) if key in below else "")]
        by_code: dict[str, list[Problem]] = defaultdict(list)
        for problem in failing[key]:
            by_code[problem.code].append(problem)
        cases += [_case(code, problems) for code, problems in sorted(by_code.items())]
        failed = len(by_code) + (key in below)
        name = quoted(f"{count.text} [{count.locale}]")
        suites.append(f'<testsuite name={name} tests="{len(cases)}" failures="{failed}">')
        suites += [*cases, "</testsuite>"]
        tests, failures = tests + len(cases), failures + failed
    for (text, locale), problems in failing.items():
        if not any((count.text, count.locale) == (text, locale) for count in checked.counts):
            name = quoted(f"{text} [{locale}]" if text else "files")
            suites.append(f'<testsuite name={name} tests="1" failures="1">')
            suites += [_case(problems[0].code, problems), "</testsuite>"]
            tests, failures = tests + 1, failures + 1
    if checked.behind:
        names = "; ".join(checked.behind)
        suites.append('<testsuite name="in step" tests="1" failures="1">')
        suites += [_failed("update", "behind", names, names), "</testsuite>"]
        tests, failures = tests + 1, failures + 1
    head = f'<testsuites name="dragoman" tests="{tests}" failures="{failures}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


def _complete(sentence: str) -> str:
    if not sentence:
        return '<testcase classname="dragoman" name="complete"/>'
    return _failed("complete", "incomplete", sentence, sentence)


def _case(code: str, problems: list[Problem]) -> str:
    details = "\n".join(f"{place(p)}: {p.message}: {p.source} | {p.target}" for p in problems)
    return _failed(code, code, f"{len(problems)} found", details)


def _failed(name: str, kind: str, message: str, details: str) -> str:
    case = f'<testcase classname="dragoman" name={quoted(name)}>'
    failure = f"<failure type={quoted(kind)} message={quoted(message)}>"
    return f"{case}{failure}{content(details)}</failure></testcase>"
