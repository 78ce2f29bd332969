"""Engines one by one: what they make of answers, which addresses they reach, how pieces are protected."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import LOCALES
from dragoman.engines import ENGINES, addresses, engine_named
from dragoman.engines.engine_errors import EngineError, ErrorKind
from dragoman.engines.exchange import (
    BRACES,
    BRACKETS,
    TAGS,
    Answer,
    Batch,
    BatchItem,
    EngineOptions,
    Request,
)
from dragoman.engines.http import Door
from dragoman.engines.keys import Key
from dragoman.errors import DragomanError
from dragoman.glossary import Glossary, Term
from dragoman.pipeline.machine.placeholders import protected
from dragoman.pipeline.machine.retry import seconds_of
from machine_server import Server


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('```json\n{"translations": [{"id": 1, "text": "Да"}]}\n```', None),
        ('Here it is: {"translations": [{"id": "1", "text": "Да"}]}', None),
        ("Да", ErrorKind.GARBAGE),
        ('{"translations": [{"id": 1, "text": 5}]}', ErrorKind.GARBAGE),
        ('{"translations": [{"id": 1e999, "text": "Да"}]}', ErrorKind.GARBAGE),
        ('{"translations": [{"id": NaN, "text": "Да"}]}', ErrorKind.GARBAGE),
        ('{"translations": [{"id": 2, "text": "Да"}]}', ErrorKind.COUNT),
        ('{"translations": [{"id": 1, "text": "Да"}, {"id": 1, "text": "Нет"}]}', ErrorKind.COUNT),
        ('{"translations": {"1": "Да"}}', ErrorKind.GARBAGE),
        (None, ErrorKind.GARBAGE),
    ],
)
def test_answers_of_models_are_validated(content, kind):

    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    batch = Batch((BatchItem("Yes"),), "en", "ru", EngineOptions("https://a.example"))
    send = lambda _: Answer(200, body)  # noqa: E731
    if kind is None:
        assert engine_named("openai").translate(batch, send) == ["Да"]
        return
    with pytest.raises(EngineError) as met:
        engine_named("openai").translate(batch, send)
    assert met.value.kind is kind


MEMORY = {
    "quota": ({"quotaFinished": True, "responseData": {"translatedText": "X"}}, ErrorKind.QUOTA),
    "429": (
        {"responseStatus": "429", "responseData": {"translatedText": "MYMEMORY WARNING"}},
        ErrorKind.QUOTA,
    ),
    "403": (
        {"responseStatus": "403", "responseData": {"translatedText": "INVALID"}},
        ErrorKind.LANGUAGE,
    ),
    "nothing": ({"responseData": None}, ErrorKind.GARBAGE),
    "another sentence": (
        {"responseData": {"translatedText": ""}, "matches": [{"translation": "Привет"}]},
        ErrorKind.GARBAGE,
    ),
}


@pytest.mark.parametrize("name", MEMORY)
def test_what_mymemory_says_in_the_place_of_a_translation(name):

    said, kind = MEMORY[name]
    batch = Batch((BatchItem("Yes"),), "en", "ru", EngineOptions("https://a.example"))
    with pytest.raises(EngineError) as met:
        engine_named("mymemory").translate(batch, lambda _: Answer(200, json.dumps(said).encode()))
    assert met.value.kind is kind


def test_google_by_deep_translator():
    """None for what has no letters, outer blanks, no page, and languages by their other names."""

    def answered(page: str, text: str, target: str = "he") -> str:
        seen.clear()
        batch = Batch((BatchItem(text),), "en", target, EngineOptions("https://a.example/m"))
        return google.translate(
            batch, lambda r: (seen.append(r.url), Answer(200, page.encode()))[1]
        )[0]

    google, seen = engine_named("google"), []
    assert answered('<div class="result-container">…</div>', "…") == "…"
    assert answered('<div class="t0"> שלום </div>', "Hello") == "שלום"
    assert "tl=iw&sl=en" in seen[0]
    with pytest.raises(EngineError, match="no translation"):
        answered("<title>Sign in</title>", "Hello")
    with pytest.raises(EngineError, match="too long"):
        answered("", "я" * 4000, "ru")
    assert [google.code(x) for x in ("az", "he", "ru", "nb", "zh_Hant_TW")] == [
        "az",
        "iw",
        "ru",
        "no",
        "zh-CN",
    ]


def test_a_language_that_the_server_does_not_know(server):
    server.fault_of = lambda _: "400"
    batch = Batch((BatchItem("x"),), "en", "he", EngineOptions(server.url))
    with (
        contextlib.closing(Door(server.url, named=True, timeout=5)) as door,
        pytest.raises(EngineError) as met,
    ):
        engine_named("libretranslate").translate(batch, door.send)
    assert met.value.kind is ErrorKind.LANGUAGE


# --- addresses


FORMS = (
    "http://127.0.0.1", "http://localhost", "http://0x7f.1", "http://2130706433", "http://[::1]",
    "http://[::ffff:127.0.0.1]", "http://[64:ff9b::7f00:1]", "http://10.0.0.1", "https://192.168.1.1",
    "http://[fd00::1]", "http://100.64.0.1", "http://0.0.0.0",
)  # fmt: skip
NEVER = (
    "http://169.254.169.254",
    "http://[fe80::1]",
    "http://224.0.0.1",
    "http://[::]",
    "http://240.0.0.1",
)


@pytest.mark.parametrize("url", FORMS + NEVER)
def test_private_addresses_in_every_form(url):
    where = addresses.place(url)
    with pytest.raises(EngineError) as met:
        addresses.looked_up(where, named=False)
    assert met.value.kind is ErrorKind.UNSAFE
    if url in NEVER or url == "http://0.0.0.0":
        with pytest.raises(EngineError, match="no engine lives"):
            addresses.looked_up(where, named=True)
    else:
        assert addresses.looked_up(where, named=True)


def test_public_addresses_are_encrypted():
    with pytest.raises(EngineError, match="unencrypted"):
        addresses.looked_up(addresses.place("http://8.8.8.8"), named=True)
    assert addresses.looked_up(addresses.place("https://8.8.8.8"), named=False) == ["8.8.8.8"]


def test_a_name_is_looked_up_once_and_held(server, monkeypatch):
    """A name that leads elsewhere the second time (DNS rebinding) is not asked a second time."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host, port, *arguments, **options):
        if host == "mt.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "192.0.2.9"
        return real(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    endpoint = server.url.replace("127.0.0.1", "mt.example")
    body = json.dumps({"q": ["a"], "source": "en", "target": "ru"}).encode()
    server.faults.extend(["", "error", ""])  # after an error the connection is made anew
    with contextlib.closing(Door(endpoint, named=True, timeout=5)) as door:
        request = Request("POST", f"{endpoint}/translate", {}, body)
        statuses = [door.send(request).status for _ in range(3)]
        with pytest.raises(EngineError, match="was stopped"):
            door.send(Request("GET", server.url))
    assert statuses == [200, 500, 200]
    assert asked == ["mt.example"]
    assert server.seen[0].headers["Host"].startswith("mt.example:")


def _certificate(folder, name: str):
    """A certificate for a name, signed by itself, and its key, in one file."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    coding = serialization.Encoding.PEM
    bare = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(key.private_bytes(coding, *bare) + made.public_bytes(coding))
    return path


def test_tls_checks_the_name_though_the_address_is_held(tmp_path, monkeypatch):
    path = _certificate(tmp_path, "mt.example")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, *more, **said: real("127.0.0.1", *more, **said)
    )
    with Server(slow=2, tls=tls) as server:
        body = json.dumps({"q": ["a"], "source": "en", "target": "ru"}).encode()

        def sent(host: str) -> int:
            url = server.url.replace("127.0.0.1", host)
            with contextlib.closing(Door(url, named=True, timeout=0.5)) as door:
                request = Request("POST", f"{url}/translate", {}, body)
                return door.send(request).status + door.send(request).status

        with pytest.raises(EngineError, match="certificate of mt.example is not trusted"):
            sent("mt.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert sent("mt.example") == 400
        with pytest.raises(EngineError, match="certificate of other.example is not"):
            sent("other.example")
        for fault in ("slow", "drip", "cut"):
            server.faults.append(fault)
            with pytest.raises(EngineError) as met:
                sent("mt.example")
            assert met.value.kind is (ErrorKind.CUT if fault == "cut" else ErrorKind.SLOW)


@pytest.mark.parametrize(
    "url",
    ["", "mt.example", "ftp://a.example", "https://", "https://a b", "https://a:x", "https://a:0",
     "https://-a", "https://a\\b", "https://u:canary@a.example", "https://a.example/?key=canary", "https://a/#b", "https://a/ü"],
)  # fmt: skip
def test_what_is_no_address(url):
    with pytest.raises(DragomanError) as met:
        addresses.place(url)
    assert "canary" not in str(met.value)


# --- laws -----------------------------------------------------------------------------------

INLINE = st.lists(
    st.sampled_from(
        ["a", "word", " ", "*", "**", "_", "`", "`x = 1`", "[", "](u)", "][r]", "]", "![", "<b>", "</b>",
         "<br>", "{n}", "%s", "\\*", "&amp;", "a@b.org", "https://a.org/x", "[^1]", "~~", ".", "[X0X]", "{{0}}", '<x id="0"/>', "BBC", "שלום"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
KEPT = Glossary((Term("BBC", keep=True),))


@given(INLINE)
@pytest.mark.parametrize("shape", [BRACKETS, BRACES, TAGS], ids=["brackets", "braces", "tags"])
def test_what_is_sent_unchanged_comes_back_as_it_was(shape, source):
    there = protected(source, KEPT)
    assert there.restored(there.sent(shape), shape) == source


@given(INLINE, st.integers(0, 20))
def test_a_lost_mark_is_noticed(source, which):
    there = protected(source, KEPT)
    if not there.marks:
        return
    found = list(BRACKETS.pattern.finditer(there.sent(BRACKETS)))
    lost = found[which % len(found)]
    answer = lost.string[: lost.start()] + lost.string[lost.end() :]
    assert there.restored(answer, BRACKETS) is None
    assert there.restored(lost.string + lost[0], BRACKETS) is None


def test_waiting_as_a_server_asks():
    then = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 90))
    assert 85 < seconds_of(then) <= 90
    assert [seconds_of(x) for x in ("", "7", "-1", "1.5", "²", "x" * 99)] == [0, 7, 0, 0, 0, 0]


def test_every_engine_is_one_module_with_its_name():
    for name in ENGINES:
        engine = engine_named(name)
        assert engine.TRAITS.name == name
        assert all(engine.code(locale) for locale in ("en", *LOCALES))
        assert all(len(engine.shapes(locale)) == 2 for locale in LOCALES)
    assert Key("x").reveal() == "x"
