"""The reverse proxies of the how-to, for real: their blocks are run as they stand there."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection

import pytest
from test_team import SOURCE, UNIT

from conftest import ROOT
from dragoman.pipeline.session.people import People, Role
from dragoman.workbench.access import Team

CHEAP = "$2a$04$QJM05mjazwKN3hDPdAxD4O4hpS/0vZgG0reUDkdLOGO7zzuevVcpu"
"""The word `secret` as Caddy keeps it, but without the work that makes guessing slow."""
GUIDE = (ROOT / "docs/how-to/share-the-workbench.md").read_text("utf-8")


def block(language):
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def nginx(folder, port, path):
    """The block on a port of loopback, without a certificate."""
    said = block("nginx")
    said = re.sub(r".*(ssl_certificate).*\n", "", said)
    said = said.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    said = said.replace("server_name texts.example;", "server_name localhost;")
    said = said.replace("/run/dragoman/socket", path).replace("/etc/nginx/texts.users", "users")
    (folder / "users").write_text("reader:{PLAIN}secret\neditor:{PLAIN}secret\n", "ascii")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; user {os.environ.get('USER', 'root')}; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temporary}\n{said}\n}}",
        "ascii",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder, port, path):
    """The block on a port of loopback, without a certificate; its passwords are `secret`."""
    said = block("caddy").replace("https://texts.example", f"http://localhost:{port}")
    said = said.replace("/run/dragoman/socket", path)
    word = re.search(r"reader (\S+)", said)
    assert word
    said = said.replace(word[0], f"reader {CHEAP}\n        editor {CHEAP}")
    (folder / "Caddyfile").write_text("{\n admin off\n auto_https off\n}\n" + said, "ascii")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def proxied(request, place, state, tmp_path, monkeypatch):
    """A team of a reader and an editor behind a proxy."""
    from desk import Desk

    if shutil.which(request.param.__name__) is None:
        pytest.skip(f"no {request.param.__name__}")
    assert state
    monkeypatch.setenv("HOME", str(tmp_path))
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", f"{SOURCE}\nA night.\n")
    place.update()
    people = People(str(place.root))
    for role in (Role.READER, Role.EDITOR):
        people.invite(role.name.lower(), role, ("he",), 1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "proxy"
    folder.mkdir()
    path = f"{folder}/socket"
    origin = f"http://localhost:{port}"
    desk = Desk(place, team=Team(origin, "X-Remote-User", "", path))
    command = request.param(folder, port, path)
    with (folder / "out").open("w") as out:
        running = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            assert running.poll() is None, (folder / "out").read_text()
            time.sleep(0.05)
    desk.origin = origin
    yield desk
    running.kill()  # caddy would wait for streams
    running.wait(10)
    desk.stop()


def ask(desk, name, method="GET", path="/", body=None, **headers):
    connection = HTTPConnection(desk.origin.removeprefix("http://"), timeout=10)
    word = base64.b64encode(f"{name}:secret".encode()).decode()
    said = {"Authorization": f"Basic {word}", "Content-Type": "application/json"}
    said |= {key.replace("_", "-"): value for key, value in headers.items()}
    connection.request(method, path, body and json.dumps(body), said)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content


def test_a_proxy_names_people_and_nobody_else_does(proxied):
    body = {
        "text": "day",
        "locale": "he",
        "message": UNIT,
        "base": "x",
        "target": "יום",
        "client": "c",
    }
    own = {"Origin": proxied.origin}
    assert ask(proxied, "reader", path="/t/day/he")[0] == 200
    assert ask(proxied, "reader", "PUT", "/api/unit", body, **own)[0] == 403
    assert ask(proxied, "editor", "PUT", "/api/unit", body, **own)[0] == 409
    assert ask(proxied, "editor", "PUT", "/api/unit", body)[0] == 403
    assert ask(proxied, "reader", "PUT", "/api/unit", body, X_Remote_User="editor", **own)[0] == 403
    assert ask(proxied, "nobody", path="/t/day/he")[0] == 401
    assert ask(proxied, "reader", Host="127.0.0.1")[0] in (200, 421)


@pytest.mark.browser
@pytest.mark.xdist_group("workbench")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_people_see_each_other(proxied, browser):
    """Streams pass the proxy: who is where, and what the other saved."""
    from playwright.sync_api import expect

    pages = []
    for name in ("reader", "editor"):
        context = browser.new_context(http_credentials={"username": name, "password": "secret"})
        page = context.new_page()
        page.goto(f"{proxied.origin}/t/day/he#2.1")
        expect(page.locator('[id="2.1"] .t')).to_be_focused()
        pages.append(page)
    reader, editor = pages
    expect(reader.locator('[id="2.1"] .who')).to_have_text("editor")
    expect(editor.locator('[id="2.1"] .who')).to_have_text("reader")
    editor.keyboard.type("לילה.")
    editor.keyboard.press("Enter")
    expect(reader.locator('[id="2.1"] .t')).to_have_text("לילה.")
    reader.keyboard.type("x")
    expect(reader.locator('[id="2.1"] .t')).to_have_text("לילה.")
    assert "origin=human editor" in proxied.po()
    editor.close()
    expect(reader.locator(".who")).to_have_count(0)
    for page in pages:
        page.context.close()


def test_the_container_is_made_of_our_own_files():
    said = (ROOT / "deploy/Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (.+) \S+$", said, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name
    assert "--require-hashes" in said
    assert "USER dragoman" in said


def test_the_unit_is_one():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd")
    command = ["systemd-analyze", "verify", "--man=no", str(ROOT / "deploy/dragoman.service")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert "Unknown" not in said
    assert "Invalid" not in said
