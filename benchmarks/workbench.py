"""The workbench over a text of 5,000 sentences: `python benchmarks/workbench.py`.

A real browser opens the text, types words by real keys, pauses, and goes on. What is measured is
what a person waits for: the page, a key until its frame, a save until it is on the disk, findings
after the pause. The bare frame of the same browser, without any page of ours, stands beside the
keys, since a busy machine delays both.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from dragoman import po
from dragoman.model import unit_id
from dragoman.pipeline.catalogs.update import update
from dragoman.project import find

WORDS = [
    "town",
    "river",
    "people",
    "night",
    "ceremony",
    "candle",
    "memory",
    "house",
    "region",
    "garden",
    "speaker",
    "letter",
]
WATCH = """() => {
  window.times = {key: [], unit: [], check: [], help: []};
  addEventListener("keydown", () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => times.key.push(performance.now() - start);
      after.port2.postMessage(0);
    });
  }, true);
  const real = window.fetch;
  window.fetch = async (address, ...more) => {
    const start = performance.now();
    const answer = await real(address, ...more);
    (times[String(address).split("/").pop()] ?? []).push(performance.now() - start);
    return answer;
  };
}"""
BARE = """() => new Promise(resolve => {
  const start = performance.now();
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => resolve(performance.now() - start);
    after.port2.postMessage(0);
  });
})"""


def make(root: Path, count: int) -> None:
    """A project of one long text, translated into Hebrew."""
    chance = random.Random(1)
    said = [
        f"Sentence {n} says that the {chance.choice(WORDS)} near the {chance.choice(WORDS)} was old."
        for n in range(count)
    ]
    paragraphs = [" ".join(said[at : at + 5]) for at in range(0, count, 5)]
    (root / ".git").mkdir()
    (root / "dragoman.toml").write_text('locales = ["he"]\n', "utf-8")
    (root / "source_texts").mkdir()
    (root / "source_texts/long.txt").write_text("\n".join(paragraphs) + "\n", "utf-8")
    update(find(str(root)))
    path = root / "locales/he/LC_MESSAGES/long.po"
    catalog = po.parse(path.read_bytes())
    catalog.entries = [
        e.replaced(msgstr=f"משפט {e.msgid.split()[1]} אומר שהעיר ליד הנהר ישנה.") if e.msgid else e
        for e in catalog.entries
    ]
    path.write_bytes(catalog.write())


class Served:
    """A server of its own process."""

    def __init__(self, root: Path) -> None:
        environment = {**os.environ, "XDG_STATE_HOME": str(root / "state")}
        command = [sys.executable, "-m", "dragoman", "serve", "--by", "A. Typist"]
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True
        )
        found = re.search(r"http\S+", self.process.stdout.readline())
        assert found
        self.address = found[0]
        self.root = self.address.partition("/enter")[0]

    def next_address(self) -> None:
        """The address for one more browser, which is printed when the last was used."""
        found = re.search(r"http\S+", self.process.stdout.readline())
        assert found
        self.address = found[0]

    def cpu(self) -> float:
        fields = (
            Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        said = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(re.search(r"VmHWM:\s+(\d+)", said)[1]) / 1024


def share(values: list[float], part: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * part))]


def measure(root: Path, rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    served = Served(root)
    print(f"ready: {served.cpu():.2f} s of CPU")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        bare = [page.evaluate(BARE) for _ in range(50)]
        page.goto(served.address)
        page.wait_for_url(f"{served.root}/")
        start, before = time.monotonic(), served.cpu()
        page.goto(f"{served.root}/t/long/he#400.3")
        page.wait_for_selector(".t:focus", timeout=60_000)
        opened = time.monotonic() - start
        print(
            f"opened at sentence 400.3: {opened:.2f} s, {served.cpu() - before:.2f} s of the server's CPU"
        )
        page.evaluate(WATCH)
        for _ in range(rounds):
            page.keyboard.type(" מילה אחת", delay=40)
            page.wait_for_timeout(800)
            page.keyboard.press("Enter")
            page.wait_for_timeout(200)
        times = page.evaluate("times")
        print(f"bare frame: median {share(bare, 0.5):.0f} ms, p95 {share(bare, 0.95):.0f} ms")
        names = {"key": "key to frame", "unit": "save", "check": "findings", "help": "matches"}
        for name, shown in names.items():
            found = times[name]
            print(
                f"{shown}: {len(found)}, median {share(found, 0.5):.0f} ms, p95 {share(found, 0.95):.0f} ms"
            )
        print(f"server: {served.peak():.0f} MB at most, {served.cpu():.1f} s of CPU")
        browser.close()
    served.process.terminate()
    served.process.wait()


class Typist(threading.Thread):
    """One of many people: saves a sentence of a text, thinks, saves the next."""

    def __init__(self, served: Served, cookie: str, number: int, until: float) -> None:
        super().__init__()
        self._served, self._cookie, self._number, self._until = served, cookie, number, until
        self.times: list[float] = []
        self.saved: dict[str, str] = {}
        self.failed: list[str] = []

    def run(self) -> None:
        chance = random.Random(self._number)
        text = f"text{self._number % TEXTS}"
        host = self._served.root.removeprefix("http://")
        headers = {
            "Cookie": self._cookie,
            "Origin": self._served.root,
            "Content-Type": "application/json",
        }

        def ask(method: str, name: str, said: dict) -> tuple[int, dict]:
            body = json.dumps({"text": text, "locale": "he", **said})
            connection = HTTPConnection(host, timeout=30)
            connection.request(method, f"/api/{name}", body, headers)
            answer = connection.getresponse()
            content = json.loads(answer.read())
            connection.close()
            return answer.status, content

        sources = [f"Sentence {n} of {text} is here." for n in range(SENTENCES)]
        own = sources[self._number // TEXTS :: -(-PEOPLE // TEXTS)]
        bases: dict[str, str] = {}
        while time.monotonic() < self._until:
            source = chance.choice(own)
            unit = unit_id((None, source), 0)
            if unit not in bases:
                bases[unit] = ask("POST", "state", {"bases": {unit: "x"}})[1]["units"][0]["base"]
            target = f"משפט {chance.randrange(10**9)}."
            start = time.monotonic()
            said = {
                "message": unit,
                "base": bases[unit],
                "target": target,
                "client": str(self._number),
            }
            status, answer = ask("PUT", "unit", said)
            self.times.append((time.monotonic() - start) * 1000)
            if status == HTTPStatus.OK:
                bases[unit], self.saved[source] = answer["base"], target
            else:
                self.failed.append(f"{status} {answer}")
                bases.pop(unit)
            time.sleep(chance.uniform(1, 5))


PEOPLE, TEXTS, SENTENCES = 20, 10, 500


def crowd(root: Path, seconds: float) -> None:
    """Twenty people at ten texts; every text that was called saved must be in its catalog."""
    (root / ".git").mkdir()
    (root / "dragoman.toml").write_text('locales = ["he"]\n', "utf-8")
    (root / "source_texts").mkdir()
    for number in range(TEXTS):
        lines = [f"Sentence {n} of text{number} is here." for n in range(SENTENCES)]
        (root / f"source_texts/text{number}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    update(find(str(root)))
    served = Served(root)
    cookies = []
    for _ in range(PEOPLE):
        connection = HTTPConnection(served.root.removeprefix("http://"), timeout=30)
        connection.request("GET", served.address.removeprefix(served.root))
        answer = connection.getresponse()
        answer.read()
        cookies.append(str(answer.getheader("set-cookie")).partition(";")[0])
        served.next_address()
    until = time.monotonic() + seconds
    people = [Typist(served, cookie, number, until) for number, cookie in enumerate(cookies)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    times = [ms for one in people for ms in one.times]
    lost = 0
    for number, one in enumerate(people):
        catalog = po.parse((root / f"locales/he/LC_MESSAGES/text{number % TEXTS}.po").read_bytes())
        said = {entry.msgid: entry.msgstr for entry in catalog.messages()}
        lost += sum(said[source] != target for source, target in one.saved.items())
    print(
        f"{PEOPLE} people for {seconds:.0f} s: {len(times)} saves, median {share(times, 0.5):.0f} ms, "
        f"p95 {share(times, 0.95):.0f} ms, slowest {max(times):.0f} ms, over 1 s: "
        f"{sum(ms > 1000 for ms in times)}, refused: {sum(len(one.failed) for one in people)}, lost: {lost}"
    )
    for why in sorted({failed for one in people for failed in one.failed}):
        print(f"refused: {why[:200]}")
    print(f"server: {served.peak():.0f} MB at most, {served.cpu():.1f} s of CPU")
    served.process.terminate()
    served.process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--crowd", type=float, metavar="SECONDS", help="20 people for so long")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.crowd:
            crowd(Path(folder), options.crowd)
            return
        make(Path(folder), options.sentences)
        measure(Path(folder), options.rounds)


if __name__ == "__main__":
    main()
