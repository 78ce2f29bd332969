"""The gate: who is answered, and that nothing of a request becomes a path or a page."""

from __future__ import annotations

import json
import socket
import time

import pytest

UNIT = json.dumps({"text": "day", "locale": "he", "message": "x", "base": "", "target": "a"})


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """One for all: what is refused changes nothing."""
    from desk import Desk

    from conftest import Place

    place = Place(tmp_path_factory.mktemp("guarded"))
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", "A day.\n")
    place.update()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        running = Desk(place)
        yield running
        running.stop()


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (421, {"Host": "evil.example"}),
        (421, {"Host": "127.0.0.1"}),
        (421, {"Host": "127.0.0.1.evil.example:80"}),
        (421, {"Host": ""}),
        (400, {"Host": None}),
        (401, {"Cookie": None}),
        (401, {"Cookie": "dragoman-1=00000000000000000000000000000000"}),
        (403, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}),
        (
            403,
            {
                "Sec_Fetch_Site": "same-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "iframe",
            },
        ),
        (
            200,
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
        ),
        (200, {"Sec_Fetch_Site": "none"}),
        (200, {}),
    ],
)
def test_reading(desk, status, more):
    assert desk.ask(**more)[0] == status


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (403, {"Origin": None}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "http://127.0.0.1"}),
        (403, {"Origin": "http://127.0.0.1:1"}),
        (
            403,
            {
                "Sec_Fetch_Site": "cross-site",
                "Sec_Fetch_Mode": "navigate",
                "Sec_Fetch_Dest": "document",
            },
        ),
        (415, {"Content-Type": "text/plain"}),
        (415, {"Content-Type": "application/x-www-form-urlencoded"}),
        (415, {"Content-Type": None}),
        (411, {"Transfer-Encoding": "chunked"}),
        (413, {"Content-Length": str(2 << 20)}),
        (401, {"Cookie": None}),
        (421, {"Host": "localhost"}),
        (410, {}),
        (410, {"Content-Type": "application/json; charset=utf-8"}),
    ],
)
def test_writing(desk, status, more):
    before = desk.place.snapshot()
    assert desk.ask("PUT", "/api/unit", UNIT, **more)[0] == status
    assert desk.place.snapshot() == before


PATHS = [
    "unit", "approve", "check", "drop", "state", "help", "finding", "findings", "accept", "remark",
    "search", "replace", "bring", "machine", "bless", "suggest", "decline", "count", "list", "term",
]  # fmt: skip
NO_REQUEST = ["", "[]", "null", "{", '"x"', "[" * 100_000, "{}", '{"text": 1}', b"\xff\xfe"]
ODD = [
    {"message": ["x"]}, {"target": "\ud800"}, {"target": "\0"}, {"draft": 1}, {"sequence": "x"},
    {"sequence": True}, {"sequence": 1 << 60}, {"base": None}, {"client": {}}, {"target": "a" * 100_001},
]  # fmt: skip


@pytest.mark.parametrize("body", NO_REQUEST)
@pytest.mark.parametrize("path", PATHS)
def test_bodies_that_are_no_request(desk, path, body):
    status, said = desk.ask("PUT" if path == "unit" else "POST", f"/api/{path}", body)
    assert 400 <= status < 500
    assert "error" in json.loads(said)


@pytest.mark.parametrize("odd", ODD)
def test_fields_of_another_kind(desk, odd):
    known = desk.ask("POST", "/api/state", json.dumps({"text": "day", "locale": "he", "bases": {}}))
    assert known[0] == 200
    from dragoman.model import unit_id

    right = {
        "message": unit_id((None, "A day."), 0),
        "base": "x",
        "target": "a",
        "client": "",
        "sequence": 1,
    }
    body = json.dumps({"text": "day", "locale": "he", **right, **odd})
    before = desk.place.snapshot()
    assert desk.ask("PUT", "/api/unit", body)[0] == 400
    assert desk.place.snapshot() == before


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py", "/static//etc/passwd",
        "/t/../../etc/passwd/he", "/t/..%2f..%2fetc%2fpasswd/he", "/t/day/..%2f..", "/t/day/fr",
        "/read/day/%00", "/read/day.txt/he", "/t/%ff/he", "/api/events?text=../day&locale=he",
        "/api/events?text=day&locale=../he", "/api/unit", "/static/", "/.git/config", "//evil.example/",
    ],
)  # fmt: skip
def test_nothing_of_a_request_is_a_path(desk, path):
    status, said = desk.ask("GET", path)
    assert status in (404, 405)
    assert "root:" not in said


@pytest.mark.parametrize("text", ["../day", "day.txt", "/etc/passwd", "", "day\u0000"])
def test_texts_are_those_of_the_project(desk, text):
    body = json.dumps({"text": text, "locale": "he", "message": "x", "base": "", "target": "a"})
    assert desk.ask("PUT", "/api/unit", body)[0] in (400, 404)


def test_the_address_works_once(desk):
    """And the next one is announced to the person, not to whoever asks."""
    first = desk.addresses[-1].removeprefix(desk.root)
    assert desk.ask("GET", "/enter?token=" + "0" * 32, cookie=False)[0] == 401
    status, _ = desk.ask("GET", first, cookie=False)
    assert status == 200
    assert desk.ask("GET", first, cookie=False)[0] == 401
    assert len(desk.addresses) == 2
    assert desk.ask("GET", desk.addresses[-1].removeprefix(desk.root), cookie=False)[0] == 200


def test_every_answer_has_the_policy(desk):
    from http.client import HTTPConnection

    for path, cookie in (("/", True), ("/", False), ("/static/page.js", True), ("/nowhere", True)):
        connection = HTTPConnection(*desk.host.split(":"), timeout=10)
        access = desk.server._access
        said = {"Cookie": f"{access.cookie_name}={access.cookie}"} if cookie else {}
        connection.request("GET", path, headers=said)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        policy = answer.getheader("content-security-policy")
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
        assert "unsafe" not in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert answer.getheader("access-control-allow-origin") is None
        assert answer.getheader("server") is None


def test_slow_clients_keep_nobody_waiting(desk, monkeypatch):
    from dragoman.workbench import server

    monkeypatch.setattr(server, "_HEADER_SECONDS", 0.3)
    host, port = desk.host.split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(20)]
    for one in slow:
        one.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert desk.ask()[0] == 200
    slow[0].settimeout(5)
    start = time.monotonic()
    assert slow[0].recv(1) == b""
    assert time.monotonic() - start < 4
    for one in slow:
        one.close()


def test_it_listens_on_loopback_alone(desk):
    assert desk.server._socket.getsockname()[0] == "127.0.0.1"
