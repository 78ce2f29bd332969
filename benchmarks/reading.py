"""How fast the reading page is in Chromium, beside the page as it was before decision 44.

    python benchmarks/reading.py                  # 2,500 blocks in four languages, about a minute
    python benchmarks/reading.py --blocks 500
    python benchmarks/reading.py --before main    # beside the page of another revision

Both pages are made of the same generated text and opened in the same browser, one after the other;
figures are medians of three visits. A click is measured from the event until its frame is on the
screen, a hover until the page is laid out again, a search until its count stands there.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = {
    "en": "the day began early and nobody slept when they came back from the long road to the city",
    "he": "היום התחיל מוקדם ואיש לא ישן כשהם חזרו מן הדרך הארוכה אל העיר של אור ילדים שלום",
    "az": "gün erkən başladı və heç kim yatmadı onlar uzun yoldan şəhərə qayıdanda işıq uşaqlar",
    "ru": "день начался рано и никто не спал когда они вернулись с долгой дороги в город света",
}
MAKE = "import sys; sys.path.insert(0, {source!r}); sys.path.insert(1, {here!r}); import reading; reading.make({blocks}, {path!r})"
LIMITS = {"click, ms": 200, "hover, ms": 8, "find, ms": 150, "first text on a phone, px": 100}


def make(blocks: int, path: str) -> None:
    """Write the page of a text with a heading before every 39 paragraphs of four sentences."""
    from dragoman.exports import html
    from dragoman.exports.parts.export_options import ExportOptions
    from dragoman.model import Cell, Kind, Parallel, ParallelBlock, Row, Span, State

    chance = random.Random(1)
    words = {locale: said.split() for locale, said in WORDS.items()}
    made = []
    for block in range(1, blocks + 1):
        heads = block % 40 == 1
        rows = []
        for place in range(1, 2 if heads else 5):
            length = 3 if heads else chance.randint(6, 18)
            texts = {x: " ".join(chance.choices(said, k=length)) for x, said in words.items()}
            cells = tuple(
                Cell(x, text, State.TRANSLATED, x, (Span("text", text),))
                for x, text in texts.items()
            )
            rows.append(Row(f"{block:06x}{place:04x}", f"{block}.{place}", cells))
        level = (1 if block == 1 else 2) if heads else 0
        made.append(ParallelBlock(Kind.HEADING if heads else Kind.PARAGRAPH, tuple(rows), level))
    text = Parallel("long", "Long", tuple(WORDS), tuple(made), {}, "en")
    Path(path).write_text(html.export(text, ExportOptions()), "utf-8")


CLICK = """async name => {
  const before = performance.now();
  document.getElementById(name).click();
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - before;
}"""
HOVER = """async () => {
  const found = [];
  for (const unit of [...document.querySelectorAll(".c0 .u")].slice(1, 8)) {
    const before = performance.now();
    unit.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    document.body.offsetHeight;
    found.push(performance.now() - before);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  return found.sort((one, other) => one - other)[3];
}"""
FIND = """async word => {
  const box = document.getElementById("find"), told = document.getElementById("found");
  const was = told.textContent, before = performance.now();
  box.value = word;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  while (told.textContent === was) await new Promise(done => setTimeout(done, 2));
  return performance.now() - before - 120;  // it waits so long for the next letter
}"""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def visit(browser, path: Path) -> dict[str, float]:
    """One visit of a page on a wide screen, and one on a phone."""
    context = browser.new_context(viewport={"width": 1700, "height": 900})
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(path.as_uri())
    page.wait_for_timeout(1000)  # what a page does when it is idle is no part of a click
    found = {
        "start, ms": page.evaluate(FIRST),
        "ready, ms": page.evaluate(
            "performance.timing.loadEventEnd - performance.timing.navigationStart"
        ),
        "hover, ms": page.evaluate(HOVER),
        "click, ms": page.evaluate(CLICK, "rows-sentence"),
        "hide a language, ms": page.evaluate(CLICK, "show-1"),
        "find at first, ms": page.evaluate(FIND, "nobody slept"),
        "find, ms": page.evaluate(FIND, "long road"),
        "heap, MB": page.evaluate("performance.memory.usedJSHeapSize / 1e6"),
    }
    context.close()
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(path.as_uri())
    top = "document.querySelector('.block .u').getBoundingClientRect().top"
    found["first text on a phone, px"] = page.evaluate(top)
    context.close()
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--blocks", type=int, default=2500)
    arguments.add_argument("--before", help="the revision to compare with")
    arguments.add_argument("--rounds", type=int, default=3)
    wanted = arguments.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        sources = {"before": _source(wanted.before or _before(), Path(folder)), "now": ROOT / "src"}
        pages = {}
        for name, source in sources.items():
            pages[name] = Path(folder) / f"{name}.html"
            here = str(Path(__file__).parent)
            script = MAKE.format(
                source=str(source), here=here, blocks=wanted.blocks, path=str(pages[name])
            )
            subprocess.run(
                [sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": ""}
            )
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
            )
            rounds = [
                {name: visit(browser, path) for name, path in pages.items()}
                for _ in range(wanted.rounds)
            ]
            browser.close()
        sizes = {name: _own(path) for name, path in pages.items()}
    print(f"{wanted.blocks} blocks in {len(WORDS)} languages\n")
    print("| | before | now | ratio | limit |\n|---|---|---|---|---|")
    for what in rounds[0]["now"]:
        _line(what, *(statistics.median(one[name][what] for one in rounds) for name in pages))
    _line("style and script, kB", *(sizes[name] / 1000 for name in pages))


def _line(what: str, before: float, now: float) -> None:
    ratio = f"{before / now:.1f}" if now else "–"
    print(f"| {what} | {before:.1f} | {now:.1f} | {ratio} | {LIMITS.get(what, '')} |")


def _own(path: Path) -> int:
    """Bytes of a page that are style and script."""
    import re

    found = re.findall(
        r"<(?:style|script)>(.*?)</(?:style|script)>", path.read_text("utf-8"), re.DOTALL
    )
    return sum(len(one.encode()) for one in found)


def _before() -> str:
    """The revision before the decision about this page."""
    record = "docs/decisions/0044-a-page-that-remembers.md"
    command = ["git", "-C", str(ROOT), "log", "--diff-filter=A", "--format=%H", "--", record]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1] + "^"


def _source(revision: str, folder: Path) -> Path:
    """The source of a revision, in a folder."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision, "src"], capture_output=True, check=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder / "src"


if __name__ == "__main__":
    main()
