"""The scripts of the workbench: small, without a build step, and sound in their types."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess

import pytest

from conftest import ROOT

ASSETS = ROOT / "src/dragoman/workbench/assets"
TSC = ROOT / ".cache/node_modules/.bin/tsc"
BUDGET = 25_000


def test_they_are_small():
    sent = b"".join(path.read_bytes() for path in sorted(ASSETS.glob("*.[cj]s*")))
    assert len(gzip.compress(sent)) < BUDGET


@pytest.mark.skipif(not TSC.exists() or not shutil.which("node"), reason="no typescript")
def test_their_types_are_sound():
    command = [TSC, "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022"]
    command += [
        "--module",
        "es2022",
        "--moduleResolution",
        "bundler",
        "--lib",
        "es2023,dom,dom.iterable",
    ]
    done = subprocess.run(
        [*command, *sorted(ASSETS.glob("*.js"))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_text_is_parsed_as_html_or_code():
    for path in ASSETS.glob("*.js"):
        said = path.read_text("utf-8")
        assert said.startswith("// @ts-check\n"), path
        for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
                     "srcdoc", "DOMParser", "createContextualFragment"):  # fmt: skip
            assert sink not in said, (path, sink)


def test_every_label_is_translated():
    """What the workbench says stands in the catalogs of its own labels."""
    from dragoman import po

    template = po.parse((ROOT / "src/dragoman/chrome/chrome.pot").read_bytes())
    known = {entry.msgid for entry in template.messages()}
    for path in (ROOT / "src/dragoman/workbench").rglob("*.py"):
        for label in re.findall(r'\bsay\(\s*"([^"]+)"', path.read_text("utf-8")):
            assert label in known, (path, label)


def test_what_scripts_say_they_are_given():
    from dragoman.workbench.pages import frame, said

    ui = frame.spoken_in("en")
    given = {
        **said.of_text(ui),
        **said.of_reading(ui),
        **said.of_recovery(ui),
        **said.of_finding(ui),
        **said.of_files(ui),
        **said.of_review(ui),
        **said.of_preview(ui),
        **said.of_glossary(ui),
    }
    for path in ASSETS.glob("*.js"):
        for name in re.findall(r'\bsay\("([^"]+)"\)', path.read_text("utf-8")):
            assert name in given, (path, name)


def test_findings_speak_the_language_of_the_interface():
    """What the checks say of their own examples has a translation, with nothing lost from it."""
    from dragoman.checks import CHECKS
    from dragoman.checks.pair import Pair
    from dragoman.checks.runner import examiner
    from dragoman.formats.spans import inline
    from dragoman.workbench.pages import finding_labels, frame

    example = re.compile(r"^ *FAIL (\w+): (.*?) \| (.*)$", re.MULTILINE)
    said = {
        fault.message
        for check in CHECKS
        for locale, source, target in example.findall(check.doc)
        for _, fault in examiner(locale).examine(
            Pair(source, target.translate({0x27E6: None, 0x27E7: None}), locale, inline=inline)
        )
    }
    for locale in ("az", "he", "ru"):
        ui = frame.spoken_in(locale)
        known = {message: finding_labels.sentence(ui, message) for message in said}
        english = sorted(message for message, shown in known.items() if shown is None)
        assert len(english) <= len(said) / 20, "; ".join(english)
        for template in finding_labels.TEMPLATES:
            assert ui.chrome.labels.get(template), template
    ru = frame.spoken_in("ru")
    assert (
        finding_labels.sentence(ru, "“Baku” is “Баку” in the glossary")
        == "По глоссарию «Baku» — «Баку»"
    )
    assert finding_labels.sentence(ru, "the source says 5 {x}") == "В исходном тексте: 5 {x}"
    assert finding_labels.sentence(ru, "something that no check says") is None
