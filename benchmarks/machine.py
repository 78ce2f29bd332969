"""Machine drafts against a server on loopback that fails in every way: `python benchmarks/machine.py`.

Four trials, each of commands in processes of their own:

- faults: 10,000 units, of every hundred requests five meet a fault, every kind in turn. At the end
  every unit has a draft, none was asked for again after a good answer, and every fault stands in
  the log, without a key.
- kills: the command is killed with SIGKILL at random points and run again. The catalogs end the
  same, and nothing is asked for again whose answer was kept.
- consent: a recorder stands in the place of proxies and of the server. It sees nothing before an
  engine is named, and nothing in a dry run.
- network: without one, a run says so in one line.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from dragoman import po
from machine_server import FAULTS, KEYS, Recorder, Server, said

LOCALE = "ru"
JUDGED = ("empty", "damaged", "copied", "broken letters")
"""Faults that are no errors on the way, but answers that cannot be used."""
SETTINGS = f"""\
locales = ["{LOCALE}"]
[translate.libretranslate]
items = 5
concurrency = 8
wait = 0.05
timeout = 0.5
"""


class Ground:
    """A project of so many units in a folder."""

    def __init__(self, root: Path, units: int) -> None:
        self.root = root
        (root / ".git").mkdir(parents=True)
        (root / "dragoman.toml").write_text(SETTINGS)
        (root / "source_texts").mkdir()
        for text in range(0, units, 1000):
            lines = [sentence(n) for n in range(text, min(units, text + 1000))]
            (root / f"source_texts/text{text:05}.md").write_text("\n\n".join(lines) + "\n")
        self.run("update")

    def start(
        self, *arguments: str, through: tuple[str, ...] = (), **environment: str
    ) -> subprocess.Popen[str]:
        known = {**os.environ, **KEYS, "SOURCE_DATE_EPOCH": "1764115200", **environment}
        command = [*through, sys.executable, "-m", "dragoman", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.root, env=known, stdout=pipe, stderr=pipe, text=True
        )

    def run(
        self, *arguments: str, through: tuple[str, ...] = (), **environment: str
    ) -> tuple[int, str, str]:
        running = self.start(*arguments, through=through, **environment)
        out, err = running.communicate()
        return running.returncode, out, err

    def drafts(self) -> dict[str, str]:
        """Every draft by its source."""
        found = {}
        for path in sorted(self.root.glob(f"locales/{LOCALE}/LC_MESSAGES/*.po")):
            found |= {e.msgid: e.msgstr for e in po.parse(path.read_bytes()).messages() if e.msgstr}
        return found

    def catalogs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.root.rglob("*.po"))}

    def kept(self) -> set[str]:
        """The answers that stand whole in the file of answers."""
        path = self.root / "build/.machine/answers.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return {json.loads(line)[1] for line in lines if line.endswith(b"]")}

    def log(self) -> str:
        path = self.root / "build/.machine/faults.log"
        return path.read_text() if path.exists() else ""


def sentence(number: int) -> str:
    """One of many sentences, each with something that must not be touched."""
    marks = (
        f"`code {number}`",
        f"*word {number}*",
        f"[page {number}](p{number}.html)",
        f"day {number}",
    )
    return f"Story {number} is that of {marks[number % 4]}, and of what followed it."


def faults(units: int, share: float) -> list[str]:
    """What is wrong after a run among faults."""
    with tempfile.TemporaryDirectory() as folder, Server(slow=1.0) as server:
        ground = Ground(Path(folder), units)
        kinds, chance = itertools.cycle(FAULTS), random.Random(6)
        server.fault_of = lambda _: next(kinds) if chance.random() < share else ""
        start, used = time.monotonic(), _used()
        code, out, err = ground.run("translate", "-e", "libretranslate", "--endpoint", server.url)
        seconds = time.monotonic() - start
        met = Counter(seen.fault for seen in server.seen if seen.fault)
        answered = Counter(server.answered)
        drafts, log = ground.drafts(), ground.log()
        logged = Counter(line.split(": ")[1] for line in log.splitlines())
        wanted = sum(count for kind, count in met.items() if kind not in JUDGED)
        used = _used() - used
        print(
            f"faults: {units:,} units, {len(server.seen):,} requests, "
            f"{seconds:.0f} s, CPU time of the command {used:.1f} s"
        )
        print(f"  met: {', '.join(f'{n} {kind}' for kind, n in sorted(met.items()))}")
        print(f"  in the log: {', '.join(f'{n} {kind}' for kind, n in sorted(logged.items()))}")
        again = [text for text, count in answered.items() if count > 1]
        print(f"  drafts {len(drafts):,}, answered twice {len(again)}, exit {code}")
        return [
            *_if(code != 0, f"exit {code}: {err}"),
            *_if(len(drafts) != units, f"{units - len(drafts)} lost"),
            *_if(bool(again), f"answered twice: {again[:3]}"),
            *_if(log.count("\n") != wanted, f"{log.count(chr(10))} of {wanted} faults in the log"),
            *_if("canary" in log + out + err, "a key is in the log"),
        ]


def _used() -> float:
    """CPU time of all commands so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _if(wrong: bool, what: str) -> list[str]:
    return [what] if wrong else []


def kills(units: int, times: int) -> list[str]:
    """What is wrong after a run that was killed again and again."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        arguments = ("translate", "-e", "libretranslate", "--endpoint", server.url)
        whole, ground = (Ground(Path(folder, name), units) for name in ("whole", "killed"))
        assert whole.run(*arguments)[0] == 0
        wanted = whole.catalogs()
        server.seen.clear()
        server.given.clear()
        server.delay, chance = 0.02, random.Random(7)
        for _ in range(times):
            begun, kept = len(server.seen), ground.kept()
            running = ground.start(*arguments)
            until, more = begun + chance.randint(0, 2 * units // 5 // times), chance.random() / 50
            while running.poll() is None and len(server.seen) <= until:
                time.sleep(0.0005)
            time.sleep(more)
            running.send_signal(signal.SIGKILL)
            running.communicate()
            time.sleep(0.1)
            found += _again(server, begun, kept)
        begun, kept = len(server.seen), ground.kept()
        code, _, err = ground.run(*arguments)
        found += _again(server, begun, kept) + _if(code != 0, err)
        found += _if(ground.catalogs() != wanted, "the catalogs end differently")
        twice = len(server.given) - len(set(server.given))
        print(
            f"kills: {units:,} units, killed {times} times, exit {code}; "
            f"{len(kept):,} answers kept before the last run, {len(found)} asked for again; "
            f"{twice} answers were under way to a command when it was killed"
        )
    return found


def _again(server: Server, begun: int, kept: set[str]) -> list[str]:
    """Texts asked for since although their answers were kept."""
    asked = [text for seen in server.seen[begun:] for text in seen.texts]
    return [f"asked again: {text}" for text in asked if said(text, LOCALE) in kept]


def consent() -> list[str]:
    """What leaves before anybody agreed to it."""
    recorder, found = Recorder(), []
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy")
    proxies = dict.fromkeys(names, recorder.url)
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder), 20)
        runs = [
            ("translate",),
            ("translate", "-e", "gogle"),
            ("translate", "-e", "pseudo", "--dry-run"),
        ]
        for engine in ("google", "mymemory", "libretranslate", "deepl", "openai"):
            named = ("-e", engine, "--endpoint", recorder.url, "--model", "m", "--dry-run")
            runs += [
                ("translate", *named),
                ("translate", "-e", engine, "--model", "m", "--dry-run"),
            ]
        runs += [("update",), ("build",), ("check",), ("status",), ("export", "-f", "tmx")]
        for arguments in runs:
            ground.run(*arguments, **proxies)
    print(
        f"consent: {len(runs)} commands, {recorder.connections} connections, {len(recorder.data)} bytes"
    )
    found += _if(bool(recorder.connections or recorder.data), "something left")
    recorder.close()
    return found


def network() -> list[str]:
    """What a run without network says; where it can be taken away, it is."""
    away = ("unshare", "--map-root-user", "--net")
    can = subprocess.run([*away, "true"], capture_output=True, check=False).returncode == 0
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder), 20)
        url = "https://translate.google.com/m" if can else "https://no-such-host.invalid"
        arguments = ("translate", "-e", "google", "--endpoint", url)
        code, _, err = ground.run(*arguments, through=away if can else ())
        print(f"network: exit {code}: {err.strip()}")
        return _if(code != 2 or err.count("\n") != 1, "not one line with exit code 2")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=10_000)
    parser.add_argument("--share", type=float, default=0.05, help="of requests that meet a fault")
    parser.add_argument("--kills", type=int, default=20)
    asked = parser.parse_args()
    found = faults(asked.units, asked.share)
    found += kills(asked.units // 5, asked.kills)
    found += consent()
    found += network()
    for what in found[:20]:
        print(f"  wrong: {what}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
