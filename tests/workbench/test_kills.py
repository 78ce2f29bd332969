"""Servers killed at any moment: what was called saved is in the catalog, what was called kept is offered.

What was sent and not answered is in the browser that sent it; see `test_typing`.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException

from dragoman import po
from dragoman.model import unit_id
from dragoman.pipeline.catalogs.put import Saved, base_of, put
from dragoman.pipeline.session.typed_journal import TypedJournal
from dragoman.project import find

KILLS = int(os.environ.get("WORKBENCH_KILLS", "4"))
"""So many that a test run can bear; WORKBENCH_KILLS=1000 takes an hour."""


class Writer(threading.Thread):
    """Saves one sentence after the other, as fast as the server answers."""

    def __init__(self, address: str, catalog: dict, number: int) -> None:
        super().__init__()
        self._address, self._catalog, self._number = address, catalog, number
        self.kept: dict[str, str] = {}
        self.last = ""
        """The sentence that was under way at the end."""
        self.saved: dict[str, str] = {}
        self.ended = threading.Event()

    def run(self) -> None:
        host, _, path = self._address.removeprefix("http://").partition("/")
        connection = HTTPConnection(host, timeout=10)
        try:
            connection.request("GET", "/" + path)
            answer = connection.getresponse()
            cookie = answer.getheader("set-cookie").partition(";")[0]
            answer.read()
            headers = {
                "Cookie": cookie,
                "Origin": f"http://{host}",
                "Content-Type": "application/json",
            }
            for sequence, (source, base) in enumerate(self._catalog.items()):
                target = f"{self._number} {sequence} שלום"
                said = {
                    "text": "day", "locale": "he", "message": unit_id((None, source), 0), "base": base,
                    "target": target, "draft": False, "client": "x", "sequence": sequence,
                }  # fmt: skip
                self.last = source
                connection.request("PUT", "/api/unit", json.dumps(said), headers)
                answer = connection.getresponse()
                outcome = json.loads(answer.read()).get("outcome")
                if outcome == "saved":
                    self.saved[source] = target
                elif outcome == "kept":
                    self.kept[source] = target
        except (OSError, HTTPException, ValueError, AttributeError):
            pass
        finally:
            connection.close()
            self.ended.set()


class OtherProgram(threading.Thread):
    """Sets sentences of its own as a command in another window does, which knows the lock."""

    def __init__(self, root: str, sources: list[str], number: int) -> None:
        super().__init__()
        self._project = find(root)
        self._sources, self._number = sources, number
        self.stopped = threading.Event()
        self.saved: dict[str, str] = {}

    def run(self) -> None:
        text = self._project.texts()[0]
        for source in self._sources:
            if self.stopped.wait(0.05):
                return
            target = f"{self._number} פקודה"
            if isinstance(put(self._project, text, "he", (None, source), None, target), Saved):
                self.saved[source] = target


def _entered(server, before: dict, number: int, people: int) -> list[Writer]:
    """People who come in by the addresses that a server prints one after the other."""
    writers = []
    for person in range(people):
        address = re.search(r"http\S+", server.stdout.readline())[0]
        own = dict(list(before.items())[person:200:people])
        writers.append(Writer(address, own, number))
        writers[-1].start()
    return writers


def test_nothing_saved_or_sent_is_lost(project, state):
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    lines = [f"Sentence {n}." for n in range(300)]
    project.write("source_texts/day.txt", "\n".join(lines) + "\n")
    project.update()
    chance = random.Random(os.environ.get("WORKBENCH_SEED", "7"))
    path = project.root / "locales/he/LC_MESSAGES/day.po"
    acknowledged = 0
    for number in range(KILLS):
        before = {e.msgid: base_of(e) for e in po.parse(path.read_bytes()).messages()}
        command = [sys.executable, "-m", "dragoman", "serve", "--by", "K"]
        with subprocess.Popen(
            command, cwd=project.root, env=environment, stdout=subprocess.PIPE, text=True
        ) as server:
            writers = _entered(server, before, number, people=2)
            other = OtherProgram(str(project.root), list(before)[200:], number)
            other.start()
            time.sleep(chance.uniform(0.2, 1.2))
            server.send_signal(signal.SIGKILL)
            other.stopped.set()
            other.join()
            for writer in writers:
                writer.ended.wait(10)
        now = {e.msgid: e.msgstr for e in po.parse(path.read_bytes()).messages()}
        journal = TypedJournal(str(project.root), environment)
        kept = {t.key[1]: t.target for t in journal.pending()}
        for source, target in [pair for one in (*writers, other) for pair in one.saved.items()]:
            assert now[source] == target
        for source, target in [pair for writer in writers for pair in writer.kept.items()]:
            assert target in (now[source], kept.get(source))
        after = {e.msgid: base_of(e) for e in po.parse(path.read_bytes()).messages()}
        touched = other.saved.keys() | {writer.last for writer in writers}
        touched = touched.union(*(writer.saved.keys() | writer.kept.keys() for writer in writers))
        for source in before.keys() - touched:
            assert after[source] == before[source]
        acknowledged += sum(len(writer.saved) for writer in writers)
    assert acknowledged > 0
    project.update()  # and nothing that a dead server left is in the way
