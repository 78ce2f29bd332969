"""A team behind a reverse proxy: who comes in, under which name, and what each role may do."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection

import pytest

from conftest import Place
from dragoman.errors import DragomanError
from dragoman.model import unit_id
from dragoman.pipeline.session.people import EVERYWHERE, People, Role
from dragoman.workbench.access import Team, checked

ORIGIN = "https://texts.example"
HOST = "texts.example"
SECRET = "0123456789abcdef"
TEAM = Team(ORIGIN, "X-Remote-User", SECRET)
SOURCE = "A day."
UNIT = unit_id((None, SOURCE), 0)
BODY = {"text": "day", "locale": "he", "message": UNIT, "unit": UNIT, "base": "x", "target": "יום"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A project with one person of each role in Hebrew, and none in Russian."""
    from desk import Desk

    place = Place(tmp_path_factory.mktemp("team"))
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["he", "ru"]\n')
    place.write("source_texts/day.txt", f"{SOURCE}\nA night.\n")
    place.update()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        people = People(str(place.root))
        for role in Role:
            people.invite(role.name, role, ("he",), 1)
        people.invite("ALL", Role.EDITOR, (EVERYWHERE,), 1)
        running = Desk(place, team=TEAM)
        running.people = people
        yield running
        running.stop()


def ask(desk, name, method="GET", path="/", body=None, **headers):
    """A request as the proxy passes it on for a person."""
    said = {"Host": HOST, "X_Remote_User": name, "X_Dragoman_Secret": SECRET}
    if method != "GET":
        said |= {"Origin": ORIGIN, "Content_Type": "application/json"}
    sent = None if body is None else json.dumps(body)
    return desk.ask(method, path, sent, cookie=False, **{**said, **headers})


ROUTES = {
    ("GET", "/"): Role.NOBODY,
    ("GET", "/static/{name}"): Role.NOBODY,
    ("GET", "/favicon.ico"): Role.NOBODY,
    ("GET", "/t/{domain:path}/{locale}"): Role.READER,
    ("GET", "/read/{domain:path}/{locale}"): Role.READER,
    ("GET", "/files/{domain:path}/{locale}"): Role.READER,
    ("GET", "/edition/{name}/{domain:path}/{locale}"): Role.READER,
    ("GET", "/preview/{domain:path}/{locale}"): Role.READER,
    ("GET", "/rendition/{domain:path}/{locale}"): Role.READER,
    ("GET", "/review/{domain:path}/{locale}"): Role.READER,
    ("GET", "/find"): Role.READER,
    ("GET", "/glossary"): Role.READER,
    ("POST", "/api/count"): Role.READER,
    ("POST", "/api/list"): Role.READER,
    ("POST", "/api/suggest"): Role.TRANSLATOR,
    ("POST", "/api/decline"): Role.TRANSLATOR,
    ("POST", "/api/bless"): Role.EDITOR,
    ("POST", "/api/term"): Role.EDITOR,
    ("GET", "/recover"): Role.TRANSLATOR,
    ("GET", "/api/events"): Role.READER,
    ("POST", "/api/state"): Role.READER,
    ("POST", "/api/here"): Role.READER,
    ("POST", "/api/check"): Role.READER,
    ("POST", "/api/help"): Role.READER,
    ("POST", "/api/finding"): Role.READER,
    ("POST", "/api/findings"): Role.READER,
    ("POST", "/api/search"): Role.READER,
    ("PUT", "/api/unit"): Role.TRANSLATOR,
    ("POST", "/api/drop"): Role.TRANSLATOR,
    ("POST", "/api/remark"): Role.TRANSLATOR,
    ("POST", "/api/machine"): Role.TRANSLATOR,
    ("POST", "/api/approve"): Role.REVIEWER,
    ("POST", "/api/accept"): Role.REVIEWER,
    ("POST", "/api/replace"): Role.EDITOR,
}
EVERY_LOCALE = {("POST", "/api/update"), ("POST", "/api/undo"), ("POST", "/api/bring")}
"""Routes for those who are editors in all languages."""
MORE = {
    "/api/replace": {"find": "x", "meant": [{"text": "day", "locale": "he", "message": UNIT, "base": "x"}]},
    "/api/search": {"find": "x"},
    "/api/term": {"in": "he", "source": "x"},
}  # fmt: skip


def test_every_route_has_its_role(served):
    """A new route is refused by this test until somebody says who may use it."""
    from starlette.routing import Route

    app = served.server._workbench
    known = set()
    for route in app.routes:
        assert isinstance(route, Route)
        for method in (route.methods or {"GET"}) - {"HEAD"}:
            known.add((method, route.path))
    assert known - {("GET", "/enter")} == ROUTES.keys() | EVERY_LOCALE


def path_of(path, locale):
    path = path.replace("{domain:path}", "day").replace("{locale}", locale)
    path = path.replace("{name}", "page.js" if "static" in path else "text")
    return f"{path}?text=day&locale={locale}" if "events" in path else path


@pytest.mark.parametrize(("method", "path"), [*ROUTES, *sorted(EVERY_LOCALE)])
def test_every_route_for_every_role(served, method, path):
    before = served.place.snapshot()
    for role in Role:
        least = ROUTES.get((method, path))
        body = None if method == "GET" else BODY | MORE.get(path, {})
        if path == "/api/events" and role >= Role.READER:
            continue  # has no end
        status, said = ask(served, role.name, method, path_of(path, "he"), body)
        allowed = least is not None and role >= least
        assert (status != 403) == allowed, (role, status, said)
        assert status < 500, said
        if "{locale}" in path or path == "/api/events" or (body and "/api/drop" not in path):
            body = body and {**body, "locale": "ru"}
            if body and "in" in body:
                body["in"] = "ru"
            if body and "meant" in body:
                body["meant"] = [{**body["meant"][0], "locale": "ru"}]
            if path != "/api/search":
                assert ask(served, role.name, method, path_of(path, "ru"), body)[0] == 403, role
        body = None if body is None else BODY | MORE.get(path, {})
        assert ask(served, "nobody", method, path_of(path, "he"), body)[0] == 401
        assert ask(served, "", method, path_of(path, "he"), body)[0] == 401
        if method != "GET":
            assert ask(served, "ALL", method, path_of(path, "he"), body)[0] != 403
    if path not in ("/api/remark", "/api/suggest", "/api/decline", "/api/term"):
        after = served.place.snapshot()
        assert before == after or path in ("/api/unit", "/api/update")


def test_nobody_sees_the_languages_of_others(served):
    page = ask(served, "READER")[1]
    assert "/t/day/he" in page
    assert "/t/day/ru" not in page
    assert 'value="ru"' not in ask(served, "READER", path="/find")[1]
    said = ask(served, "READER", "POST", "/api/search", {"find": "a", "in": "ru"})[1]
    assert "ru" not in said
    assert 'contenteditable="plaintext-only"' not in ask(served, "READER", path="/t/day/he")[1]
    assert 'contenteditable="plaintext-only"' in ask(served, "TRANSLATOR", path="/t/day/he")[1]


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (200, {}),
        (401, {"X_Dragoman_Secret": None}),
        (401, {"X_Dragoman_Secret": "0123456789abcdeF"}),
        (401, {"X_Remote_User": None}),
        (401, {"X_Remote_User": "EDITOR\x01"}),
        (421, {"Host": "evil.example"}),
        (421, {"Host": "texts.example:443"}),
        (421, {"Host": "texts.example."}),
        (403, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}),
    ],
)
def test_who_is_believed(served, status, more):
    assert ask(served, "EDITOR", **more)[0] == status


def test_a_header_is_believed_from_the_proxy_alone(served):
    """Not under the names of loopback, not twice, and nothing is written from another origin."""
    assert ask(served, "EDITOR", Host=served.host)[0] == 401
    connection = HTTPConnection(*served.host.split(":"), timeout=10)
    connection.putrequest("GET", "/", skip_host=True)
    for name, value in (
        ("Host", HOST),
        ("X-Dragoman-Secret", SECRET),
        ("X-Remote-User", "READER"),
        ("X-Remote-User", "EDITOR"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 401
    connection.close()
    for origin in (served.root, "https://evil.example", "http://texts.example", "null", None):
        assert ask(served, "EDITOR", "PUT", "/api/unit", BODY, Origin=origin)[0] == 403
    owner = served.server._access
    cookie = f"{owner.cookie_name}={owner.cookie}"  # is worth nothing from elsewhere
    assert ask(served, "", Cookie=cookie)[0] == 401


def test_names_are_those_of_people_in_every_script(served):
    served.people.invite("Ə. Əliyev", Role.TRANSLATOR, ("he",), 1)
    name = "Ə. Əliyev".encode().decode("latin-1")
    base = json.loads(ask(served, name, "POST", "/api/state", {**BODY, "bases": {UNIT: "x"}})[1])
    body = {**BODY, "base": base["units"][0]["base"], "target": "יום אחד", "client": "c"}
    assert ask(served, name, "PUT", "/api/unit", body)[0] == 200
    assert "origin=human Ə. Əliyev" in served.po()


def enter(desk, token, cookie=""):
    connection = HTTPConnection(*desk.host.split(":"), timeout=10)
    connection.putrequest("GET", f"/enter?token={token}", skip_host=True)
    connection.putheader("Host", HOST)
    if cookie:
        connection.putheader("Cookie", cookie)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("set-cookie") or ""


def test_an_invitation_works_once_until_it_is_revoked(served):
    token = served.people.invite("Guest", Role.READER, ("he",), 1)
    assert token not in json.dumps(served.people._records())
    status, cookie = enter(served, token)
    assert status == 200
    for part in ("__Host-", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert enter(served, token)[0] == 401
    held = cookie.partition(";")[0]
    assert ask(served, "", path="/t/day/he", Cookie=held)[0] == 200
    assert ask(served, "EDITOR", "PUT", "/api/unit", BODY, Cookie=held)[0] == 403  # it is the guest
    assert ask(served, "", Host=served.host, Cookie=held)[0] == 401
    other = served.people.invite("Other", Role.EDITOR, ("he",), 1)
    assert enter(served, other, held) == (200, "")  # a link changes nobody into somebody else
    assert enter(served, other)[1].startswith("__Host-")
    assert served.people.revoke("Guest")
    assert ask(served, "", path="/t/day/he", Cookie=held)[0] == 401
    assert not served.people.revoke("Guest")


def test_invitations_and_sessions_expire(tmp_path):
    now = [1000.0]
    people = People("/p", {"XDG_STATE_HOME": str(tmp_path)}, lambda: now[0])
    late, early = (people.invite("A.", Role.READER, ("he",), days) for days in (2, 1))
    now[0] += 86_400 * 1.5
    assert people.enter(early) is None
    secret = people.enter(late)
    assert secret is not None
    assert people.of_session(secret) == people.named("A.")
    assert people.of_session(secret + "x") is None
    now[0] += 86_400 * 31
    assert people.of_session(secret) is None
    assert people.named("A.") is not None
    for name in ("", "a;b", "a\nb", " a", "x" * 81, "<a>", "a\\"):
        with pytest.raises(DragomanError):
            people.invite(name, Role.READER, ("he",), 1)


@pytest.mark.parametrize(
    "team",
    [
        Team("http://texts.example"),
        Team("https://texts.example/"),
        Team("https://*.example"),
        Team(""),
        Team(ORIGIN, "X-Remote-User"),
        Team(ORIGIN, "X-Remote-User", "short"),
        Team(ORIGIN, "Cookie", SECRET),
        Team(ORIGIN, "X-A: b", SECRET),
    ],
)
def test_what_is_not_safe_is_not_served(team):
    with pytest.raises(DragomanError):
        checked(team)


def test_over_a_unix_socket_no_secret_is_needed_and_tcp_is_not_believed(place, state, tmp_path):
    from desk import Desk

    assert state
    place.write(".git/HEAD", "")
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", f"{SOURCE}\n")
    place.update()
    People(str(place.root)).invite("A.", Role.EDITOR, ("he",), 1)
    path = tmp_path / "s"
    desk = Desk(place, team=Team(ORIGIN, "X-Remote-User", "", str(path)))
    assert path.stat().st_mode & 0o777 == 0o660

    def over(host, name):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(10)
            client.connect(str(path))
            client.sendall(
                f"GET /t/day/he HTTP/1.1\r\nHost: {host}\r\nX-Remote-User: {name}\r\n\r\n".encode()
            )
            return int(client.recv(65536).split()[1])

    assert over(HOST, "A.") == 200
    assert over(HOST, "B.") == 401
    assert over(desk.host, "A.") == 421
    assert desk.ask(cookie=False, Host=HOST, X_Remote_User="A.")[0] == 421
    assert desk.ask()[0] == 200
    desk.stop()


def git(place, *arguments):
    from dragoman.project.git import git as run

    return run(str(place.root), *arguments).decode()


def test_each_persons_work_is_committed_under_their_name(place, state):
    """One commit a person and pause, of catalogs alone; another's change never is in it."""
    from desk import Desk

    assert state
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", f"{SOURCE}\nA night.\n")
    place.write("other.txt", "1")
    place.update()
    git(place, "init", "-q")
    for name, value in (("user.name", "Server"), ("user.email", "server@example.org")):
        git(place, "config", name, value)
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "First")
    for name in ("A. Aron", "Ə. Bəy"):
        People(str(place.root)).invite(name, Role.TRANSLATOR, ("he",), 1)
    place.write("other.txt", "2")
    desk = Desk(place, team=TEAM, commit=True)

    def put(name, source, target):
        name = name.encode().decode("latin-1")
        unit = unit_id((None, source), 0)
        body = {"text": "day", "locale": "he", "message": unit, "bases": {unit: "x"}}
        base = json.loads(ask(desk, name, "POST", "/api/state", body)[1])["units"][0]["base"]
        body |= {"base": base, "target": target, "client": "c"}
        assert ask(desk, name, "PUT", "/api/unit", body)[0] == 200

    put("A. Aron", SOURCE, "יום.")
    put("A. Aron", SOURCE, "יום אחד.")
    put("Ə. Bəy", "A night.", "לילה.")
    desk.stop()
    assert git(place, "log", "--format=%an|%cn|%s").splitlines() == [
        "Ə. Bəy|Server|Translate day (he)",
        "A. Aron|Server|Translate day (he)",
        "Server|Server|First",
    ]
    assert "לילה" not in git(place, "show", "HEAD~1")
    assert git(place, "status", "--porcelain").strip() == "M other.txt"
    said = place.run("serve", "log").out
    assert said.count("A. Aron: unit day [he]: “A day.”") == 2


def test_work_is_committed_when_its_person_pauses(tmp_path):
    from dragoman.pipeline.session.commits import Committer

    place, now = Place(tmp_path), [0.0]
    git(place, "init", "-q")
    git(place, "config", "user.name", "S")
    git(place, "config", "user.email", "s@example.org")
    committer = Committer(str(place.root), 60, lambda: now[0])
    place.write("a.po", "1")
    committer.changed({str(tmp_path / "a.po"): "a (he)"}, "A.")
    now[0] = 59
    assert committer.due() == []
    now[0] = 60
    assert committer.due() == ["A."]
    assert committer.commit("A.")
    assert committer.pending() == []
    committer.changed({str(tmp_path / "a.po"): "a (he)"}, "A.")
    assert not committer.commit("A.")  # nothing is another


def test_people_by_commands(place, state):
    assert state
    place.write("dragoman.toml", 'locales = ["he"]\n')
    place.write("source_texts/day.txt", f"{SOURCE}\n")
    made = place.run(
        "serve", "invite", "A. R.", "--role", "reviewer", "-l", "he", "--origin", ORIGIN
    )
    assert made.out.startswith(f"{ORIGIN}/enter?token=")
    assert place.run("serve", "people").out == "A. R.: he reviewer\n"
    assert place.run("serve", "invite", "B", "-l", "xx").code == 2
    assert place.run("serve", "revoke", "A. R.").code == 0
    assert place.run("serve", "people").out == ""
    assert place.run("serve", "revoke", "A. R.").code == 2
    assert place.run("serve", "--socket", "x").code == 2
    assert place.run("serve", "--origin", ORIGIN, "--user-header", "X-User").code == 2


def test_whoever_is_sent_away_hears_no_more(served):
    """A stream that is open ends with the next event."""
    served.people.invite("Leaver", Role.READER, ("he",), 1)
    served.people.invite("Stayer", Role.EDITOR, ("he",), 1)

    def stream(name):
        connection = HTTPConnection(*served.host.split(":"), timeout=10)
        connection.putrequest(
            "GET", "/api/events?text=day&locale=he&client=" + name, skip_host=True
        )
        for key, value in (("Host", HOST), ("X-Dragoman-Secret", SECRET), ("X-Remote-User", name)):
            connection.putheader(key, value)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"hello" in answer.read1()
        return connection, answer

    leaver, stayer = stream("Leaver"), stream("Stayer")

    def here():
        body = {**BODY, "client": "Stayer", "number": "2.1"}
        assert ask(served, "Stayer", "POST", "/api/here", body)[0] == 200

    here()
    assert b'"by": "Stayer"' in leaver[1].read1()
    served.people.revoke("Leaver")
    here()
    assert leaver[1].read() == b""
    assert b"here" in stayer[1].read1()
    for connection, _ in (leaver, stayer):
        connection.close()
