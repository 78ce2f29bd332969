"""Precision and recall of the checks on our own set: `python benchmarks/quality/run.py --help`.

Halves: the checks may be tuned on the odd and the second; the README says which were written or
kept blind. `correct-N.toml` has translations that nothing is
wrong with, `faults-N.toml` translations with one fault each. Other checkers see the same units.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.catalogs.catalog import Catalog
from dragoman.checks.families.consistency import consistency, inside, translations
from dragoman.checks.text_context import TextContext, examined
from dragoman.formats import ReadOptions, markdown
from dragoman.formats.read_options import whole
from dragoman.model import Problem
from dragoman.po import Entry, PoFile

HERE = Path(__file__).parent
LANGS = ("az", "he", "ru")
HEAVY = ("error", "warning")
PEERS = ("pofilter", "weblate")
Unit = dict[str, Any]


class Verdict(NamedTuple):
    """What the checks made of a planted fault."""

    code: bool
    """Whether a finding has one of the expected codes."""
    span: bool
    """Whether such a finding also shows the right stretch."""


def units(name: str, half: int) -> list[Unit]:
    file = HERE / f"{name}-{half}.toml"
    return tomllib.loads(file.read_text("utf-8"))["unit"] if file.exists() else []


def problems(unit: Unit) -> list[Problem]:
    """What `dragoman check` finds about a unit, beside another of the project where it says so."""
    said = [unit, *([unit["beside"]] if "beside" in unit else [])]
    # an older text with the other unit, and this one: the later of two is the one shown
    subjects = [
        _subject(f"text-{place}", one, unit["lang"]) for place, one in enumerate(reversed(said))
    ]
    one_text = len(said) == 2 and unit["source"] != unit["beside"]["source"]
    if one_text:
        subjects = [_subject("text-1", said[1], unit["lang"], said[0])]
    found = [problem for subject in subjects for problem in examined(subject)]
    found += [problem for subject in subjects for problem in inside(subject)]
    found += consistency([one for subject in subjects for one in translations(subject)])
    return [p for p in found if p.source == unit["source"] and p.target == unit["target"]]


def _subject(text: str, *said: Any) -> TextContext:
    first, lang, *more = said
    pairs = [first, *more]
    # a unit is a block here, so that nothing is cut
    source = "\n\n".join(pair["source"] for pair in pairs)
    document = markdown.read(source + "\n", ReadOptions(split=whole))
    entries = [Entry(pair["source"], pair["target"]) for pair in pairs]
    return TextContext(text, document, Catalog(lang, PoFile(entries)), f"{text}.po", f"{text}.md")


def heavy(found: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity in HEAVY]


def verdict(unit: Unit, found: Sequence[Problem]) -> Verdict:
    """Whether the planted fault was found, and where it is.

    A stretch is right if it touches the wrong one and is not much longer; where something lacks,
    the place in the source, or the whole target for a lack of sentences.
    """
    named = [p for p in found if p.code in expected(unit)]
    if unit.get("lacks"):
        right = [p for p in named if p.source_span != (0, 0) or p.span[1] > p.span[0] or p.target]
        return Verdict(bool(named), bool(right))
    wrong = unit["wrong"]
    start = unit.get("offset", unit["target"].find(wrong))
    end = start + len(wrong)
    most = max(2 * len(wrong), len(wrong) + 12)
    right = [
        p
        for p in named
        if p.span[0] < max(end, start + 1) and start < max(p.span[1], p.span[0] + 1)
        if p.span[1] - p.span[0] <= most
    ]
    return Verdict(bool(named), bool(right))


def expected(unit: Unit) -> Sequence[str]:
    """The codes that tell of the fault; the set leaves open what names in two ways are called."""
    return unit["expect"] or (["two-names"] if unit["kind"] == "name-two-ways" else [])


def peer(python: str, name: str, wanted: Sequence[Unit]) -> dict[str, Any]:
    """What another checker finds in the same units."""
    data = json.dumps([{k: unit[k] for k in ("lang", "source", "target")} for unit in wanted])
    command = [python, str(HERE / "peers.py"), name]
    done = subprocess.run(command, input=data, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def share(part: int, whole_: int) -> str:
    return f"{part} of {whole_} ({100 * part / whole_:.1f} %)" if whole_ else "none"


def report(half: int, python: str, show: bool) -> None:
    """One half, as Markdown."""
    correct, faulty = units("correct", half), units("faults", half)
    if not correct and not faulty:
        return
    alarms = [heavy(problems(unit)) for unit in correct]
    found = [problems(unit) for unit in faulty]
    verdicts = [verdict(unit, said) for unit, said in zip(faulty, found, strict=True)]
    peers = [peer(python, name, correct + faulty) for name in PEERS] if python else []
    print(f"\n## Half {half}\n")
    print(f"{len(correct)} correct units, {len(faulty)} planted faults ", end="")
    print(f"of {len({unit['kind'] for unit in faulty})} kinds.\n")
    _correct(correct, alarms, peers)
    _by_language(faulty, verdicts, peers, len(correct))
    _by_kind(faulty, verdicts)
    if show:
        _details(correct, alarms, faulty, verdicts, found)


def _correct(correct: list[Unit], alarms: list[list[Problem]], peers: list[dict[str, Any]]) -> None:
    print("Correct units flagged (ours: as error or warning):\n")
    print("| | dragoman | " + " | ".join(p["name"] for p in peers) + " |")
    print("|---|--:|" + "--:|" * len(peers))
    for lang in (*LANGS, ""):
        places = [n for n, unit in enumerate(correct) if lang in ("", unit["lang"])]
        cells = [share(sum(bool(alarms[n]) for n in places), len(places))]
        cells += [share(sum(bool(p["found"][n]) for n in places), len(places)) for p in peers]
        print(f"| {lang or 'all'} | " + " | ".join(cells) + " |")


def _by_language(
    faulty: list[Unit], verdicts: list[Verdict], peers: list[dict[str, Any]], skip: int
) -> None:
    print("\nPlanted faults found; the others show no place, so anything that they say counts:\n")
    print(
        "| | dragoman, code and span | code alone | " + " | ".join(p["name"] for p in peers) + " |"
    )
    print("|---|--:|--:|" + "--:|" * len(peers))
    for lang in (*LANGS, ""):
        places = [n for n, unit in enumerate(faulty) if lang in ("", unit["lang"])]
        cells = [share(sum(verdicts[n].span for n in places), len(places))]
        cells.append(share(sum(verdicts[n].code for n in places), len(places)))
        cells += [
            share(sum(bool(p["found"][skip + n]) for n in places), len(places)) for p in peers
        ]
        print(f"| {lang or 'all'} | " + " | ".join(cells) + " |")


def _by_kind(faulty: list[Unit], verdicts: list[Verdict]) -> None:
    print("\n| kind | found with the right span | " + " | ".join(LANGS) + " |")
    print("|---|--:|" + "--:|" * len(LANGS))
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(faulty):
        kinds[unit["kind"]].append(place)
    for kind, places in kinds.items():
        cells = [f"{sum(verdicts[n].span for n in places)} of {len(places)}"]
        for lang in LANGS:
            mine = [n for n in places if faulty[n]["lang"] == lang]
            cells.append(f"{sum(verdicts[n].span for n in mine)} of {len(mine)}" if mine else "")
        print(f"| {kind} | " + " | ".join(cells) + " |")


def _details(
    correct: list[Unit],
    alarms: list[list[Problem]],
    faulty: list[Unit],
    verdicts: list[Verdict],
    found: list[list[Problem]],
) -> None:
    print("\nFalse alarms by code:", dict(Counter(p.code for said in alarms for p in said)))
    for unit, said in zip(correct, alarms, strict=True):
        for p in said:
            print(f"- {unit['id']}: {p.code}: {p.message}: {unit['source']} | {unit['target']}")
    print("\nFaults not found, or not where they are:")
    for unit, told, said in zip(faulty, verdicts, found, strict=True):
        if not told.span:
            codes = [(p.code, p.target[slice(*p.span)]) for p in said]
            print(
                f"- {unit['id']}: {unit['source']} | {unit['target']} | {unit.get('wrong', '')!r}: {codes}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", type=int, action="append", help="1, 2 …; all where none is named")
    parser.add_argument(
        "--peers", default="", metavar="PYTHON", help="a Python with pofilter and Weblate"
    )
    parser.add_argument("--show", action="store_true", help="list what was not as it should be")
    options = parser.parse_args()
    for half in options.half or (1, 2, 3, 4, 5, 6, 7):
        report(half, options.peers, options.show)


if __name__ == "__main__":
    main()
