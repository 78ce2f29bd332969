"""A server on loopback that speaks the published shapes of the engines, and fails in every way.

It answers with letters of the language in the place of those of the text, keeps marks that stand
for markup, and remembers every request: what was asked, by which key, and whether it was answered.
"""

from __future__ import annotations

import html
import json
import re
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

FAULTS = (
    "busy", "error", "slow", "drip", "cut", "garbage", "html", "count", "empty", "null",
    "damaged", "copied", "broken letters",
)  # fmt: skip
"""Faults after which a second try succeeds."""
_LETTERS = {
    "ru": str.maketrans("abcdefghijklmnopqrstuvwyz", "абцдефгхийклмнопярстувшыз"),
    "he": str.maketrans("abcdefghijklmnopqrstuvwyz", "אבגדהוזחטיכלמנסעפצקרסתשיז"),
    "az": str.maketrans("aeocsg", "əeöçşğ"),
}
_MARKS = re.compile(r"(\[X\d+X\]|\{\{\d+\}\}|<[^>]*>|&\w+;)")


def said(text: str, target: str) -> str:
    """What the server makes of a text; marks stay, everything else becomes the language's letters."""
    language = target[:2].lower().replace("iw", "he")
    letters = _LETTERS.get(language, {})
    parts = _MARKS.split(text)
    return "".join(p if n % 2 else p.lower().translate(letters) for n, p in enumerate(parts))


PATHS = {"google": "/m", "mymemory": "/get", "libretranslate": "", "deepl": "", "openai": "/v1"}
"""Where each engine's shape is spoken."""
KEYS = {
    "DEEPL_AUTH_KEY": "canary-key-deepl",
    "OPENAI_API_KEY": "canary-key-openai",
    "LIBRETRANSLATE_API_KEY": "canary-key-libre",
    "MYMEMORY_EMAIL": "canary-key@example.org",
}
SETTINGS = (
    'name = "small"\nlocales = ["az", "he", "ru"]\n[translate]\nexclude = ["private/*"]\n'
) + "".join(f"[translate.{name}]\ntimeout = 0.6\nwait = 0.01\nrate = 0\n" for name in PATHS)
TEXT = """\
# A long day

It began *early*. We read `make test` on [the page](https://a.example/x).

Nobody wrote to secret@example.org. The **Haaretz** man came.
"""


def go(root, engine: str, server: Server | None = None, jobs: int = 0, **wanted):
    """Draft in the project of a folder, inside this process."""
    from dragoman.pipeline.machine import translate
    from dragoman.pipeline.machine.consent import EngineChoice
    from dragoman.project import find

    project = find(str(root))
    endpoint = server.url + PATHS[engine] if server else ""
    said = EngineChoice(engine, endpoint, "m" if engine == "openai" else "", jobs=jobs)
    made = translate.plan(project, translate.TranslateOptions(said, **wanted))
    return translate.fetch_drafts(project, made)


class Seen(NamedTuple):
    """A request that arrived."""

    path: str
    texts: tuple[str, ...]
    target: str
    fault: str
    """What went wrong on purpose; empty where it was answered."""
    headers: dict[str, str]
    body: str


class Server:
    """Runs in threads of its own until it is closed.

    Attributes:
        seen: every request, in order of arrival.
        given: every text whose answer was written whole, as often as it was.
        faults: names of faults, one for each request to come; empty ones let it pass.
        fault_of: says what goes wrong with a request; has its turn after `faults`.
    """

    def __init__(self, slow: float = 2.0, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self.given: list[str] = []
        self.faults: deque[str] = deque()
        self.fault_of: Callable[[tuple[str, ...]], str] = lambda _: ""
        self.slow = slow
        self.delay = 0.0
        self.elsewhere = "http://192.0.2.1/"
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.ours = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._http.server_address[1]}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def take(self, path: str, texts, target: str, headers: dict[str, str], body: str) -> str:
        """Remember a request; the fault that it is to meet."""
        with self._lock:
            fault = self.faults.popleft() if self.faults else self.fault_of(tuple(texts))
            if fault == "count" and len(texts) < 2:
                fault = "garbage"
            if fault == "damaged" and not any(map(_MARKS.search, texts)):
                fault = "empty"
            self.seen.append(Seen(path, tuple(texts), target, fault, headers, body))
        return fault

    @property
    def asked(self) -> list[str]:
        """Every text that was asked for, as often as it was."""
        return [text for seen in self.seen for text in seen.texts]

    @property
    def answered(self) -> list[str]:
        """Every text that was answered well, as often as it was."""
        return [text for seen in self.seen if not seen.fault for text in seen.texts]


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    ours: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of ours."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        text = asked["q"]
        if parts.path == "/m":
            self._go([text], asked["tl"], "", self._google)
        else:
            self._go([text], asked["langpair"].partition("|")[2], "", self._mymemory)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = json.loads(body)
        if self.path == "/translate":
            self._go(asked["q"], asked["target"], body, lambda t: {"translatedText": t})
        elif self.path == "/v2/translate":
            found = lambda t: {"translations": [{"text": x} for x in t]}  # noqa: E731
            self._go(asked["text"], asked["target_lang"], body, found)
        else:
            items = json.loads(asked["messages"][1]["content"])["items"]
            target = re.search(r"\((\w\w)\)", asked["messages"][0]["content"])[1]
            self._go([item["text"] for item in items], target, body, self._chat)

    @staticmethod
    def _google(texts: list[str]) -> str:
        return (
            f'<html><body><div class="result-container">{html.escape(texts[0])}</div></body></html>'
        )

    @staticmethod
    def _mymemory(texts: list[str]) -> dict:
        found = {"translatedText": texts[0], "match": 0.85}
        return {"responseData": found, "quotaFinished": False, "responseStatus": 200, "matches": []}

    @staticmethod
    def _chat(texts: list[str]) -> dict:
        found = [{"id": n, "text": text} for n, text in enumerate(texts, 1)]
        content = json.dumps({"translations": found}, ensure_ascii=False)
        return {"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}

    def _go(self, texts: list[str], target: str, body: str, wrapped: Callable) -> None:
        ours = self.server.ours
        fault = ours.take(urlsplit(self.path).path, texts, target, dict(self.headers), body)
        time.sleep(ours.delay)
        answers = [said(text, target) for text in texts]
        if fault in ("empty", "damaged", "copied", "count", "broken letters"):
            answers = _spoilt(fault, texts, answers)
        made = None if fault == "null" else wrapped(answers)
        whole = made if isinstance(made, str) else json.dumps(made)
        self._answer(fault, whole.encode(errors="replace"))
        if not fault:
            ours.given.extend(texts)

    def _answer(self, fault: str, whole: bytes) -> None:
        if fault == "busy":
            self._send(429, b"{}", {"Retry-After": "1"})
        elif fault == "later":
            self._send(429, b"{}", {"Retry-After": "3600"})
        elif fault == "error":
            self._send(500, b'{"error": "DEEPL_AUTH_KEY was canary-key"}')
        elif fault.isdigit():
            self._send(int(fault), b'{"error": "he is not supported"}')
        elif fault == "redirect":
            self._send(302, b"", {"Location": self.server.ours.elsewhere})
        elif fault == "garbage":
            self._send(200, b"\x00\xff{not json")
        elif fault == "html":
            self._send(200, b"<!DOCTYPE html><title>Sign in</title><p>canary-page</p>")
        elif fault == "slow":
            time.sleep(self.server.ours.slow)
            self._send(200, whole)
        elif fault == "drip":
            self._drip(whole)
        elif fault == "cut":
            self._head(200, len(whole) + 100, {})
            self.wfile.write(whole[: len(whole) // 2])
            self.close_connection = True
        else:
            self._send(200, whole)

    def _drip(self, whole: bytes) -> None:
        """A byte now and then: every single one comes in time, the answer never does."""
        self._head(200, len(whole), {})
        until = time.monotonic() + self.server.ours.slow
        for byte in whole:
            if time.monotonic() > until:
                break
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), headers or {})
        self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()


def _spoilt(fault: str, texts: list[str], answers: list[str]) -> list[str]:
    """Answers with a fault in them."""
    if fault == "empty":
        return [""] * len(answers)
    if fault == "damaged":
        return [_MARKS.sub("", answer) for answer in answers]
    if fault == "copied":
        return list(texts)
    if fault == "broken letters":
        return ["\ud83d" for _ in answers]
    return answers[:-1]


class Recorder:
    """Takes connections and says how many there were and what came; it never answers."""

    def __init__(self) -> None:
        self.connections = 0
        self.data = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                connection.settimeout(1)
                try:
                    while data := connection.recv(65536):
                        self.data += data
                except OSError:
                    pass

    def close(self) -> None:
        self._socket.close()
