"""What may leave for a machine engine: nothing unasked, no key, no excluded text, to no other place."""

from __future__ import annotations

import random
import re
import sys
from types import ModuleType

import pytest

from dragoman.engines import ENGINES, keys
from dragoman.engines.exchange import EngineOptions
from dragoman.errors import DragomanError
from machine_server import KEYS, PATHS, SETTINGS, Recorder, go


def asked(place, engine: str, url: str, *more: str):
    """`dragoman translate` with an engine at an address."""
    endpoint = () if engine == "pseudo" else ("--endpoint", url + PATHS.get(engine, ""))
    return place.run("translate", "-e", engine, *endpoint, "--model", "m", *more)


def test_excluded_texts_never_leave(undrafted, server):
    undrafted.write("source_texts/private/letter.md", "A canary sings. Nobody wrote.\n")
    undrafted.write("source_texts/secret.md", "A second canary sings.\n")
    undrafted.update()
    go(undrafted.root, "openai", server, exclude=("secret",))
    assert "canary sings" not in "".join(seen.body for seen in server.seen)
    with pytest.raises(DragomanError, match="private/letter is excluded"):
        go(undrafted.root, "openai", server, texts=("private/letter",))


@pytest.mark.parametrize("engine", ["libretranslate", "deepl", "openai"])
def test_a_dry_run_prints_exactly_what_would_leave(engine, undrafted, server):
    shown = asked(undrafted, engine, server.url, "-l", "he", "--dry-run").out
    assert not server.seen
    assert server.url in shown.splitlines()[0]
    assert "canary-key" not in shown
    assert asked(undrafted, engine, server.url, "-l", "he").code == 0
    for seen in server.seen:
        body = seen.body
        for name, value in KEYS.items():
            body = body.replace(value, f"${name}")
        assert body in shown
        assert f"POST {server.url}{seen.path}" in shown


def test_not_a_byte_leaves_before_consent(undrafted, monkeypatch):
    recorder = Recorder()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, recorder.url)
    assert undrafted.run("translate").code == 2
    for engine in ENGINES:
        assert asked(undrafted, engine, recorder.url, "--dry-run").code == 0
        assert asked(undrafted, engine + "x", recorder.url).code == 2
    assert undrafted.run("translate", "-e", "pseudo", "-l", "az").code == 0
    run = asked(undrafted, "deepl", "https://no-such-host.invalid", "-l", "he")
    assert "(HTTPS_PROXY is set, but no proxies are used)" in run.err
    assert (recorder.connections, recorder.data) == (0, b"")
    assert asked(undrafted, "libretranslate", recorder.url, "-l", "he").code == 2
    assert recorder.connections  # it would have seen them
    recorder.close()


def test_settings_alone_reach_no_private_address_and_give_nobody_a_key(undrafted, server):
    undrafted.write(
        "dragoman.toml",
        'locales = ["ru"]\n[translate]\nengine = "deepl"\n'
        f'[translate.deepl]\nendpoint = "{server.url}"\n',
    )
    run = undrafted.run("translate")
    assert run.code == 2
    assert "127.0.0.1 is in a private network; name it in the command" in run.err
    assert not server.seen
    assert undrafted.run("translate", "--private").code == 0
    assert {seen.headers.get("Authorization") for seen in server.seen} == {None}
    named = ("translate", "--endpoint", server.url, "--fresh", "--renew")
    assert undrafted.run(*named).code == 0
    assert server.seen[-1].headers["Authorization"] == "DeepL-Auth-Key canary-key-deepl"
    server.fault_of = lambda _: "403"
    refused = undrafted.run("translate", "--private", "--fresh", "--renew")
    assert "the key in DEEPL_AUTH_KEY is not sent to an address from the settings" in refused.err


def test_keys_come_from_the_keyring_and_show_nowhere(undrafted, monkeypatch):
    monkeypatch.delenv("DEEPL_AUTH_KEY")
    assert keys.find("DEEPL_AUTH_KEY", "deepl") is None
    ring = ModuleType("keyring")
    ring.get_password = lambda service, user: f"{service}-{user}:fx"
    monkeypatch.setitem(sys.modules, "keyring", ring)
    found = keys.find("DEEPL_AUTH_KEY", "deepl")
    assert found is not None
    assert found.reveal() == "dragoman-deepl:fx"
    assert "fx" not in f"{found} {found!r} {EngineOptions(key=found)}"
    shown = undrafted.run("translate", "-e", "deepl", "--dry-run", "-l", "ru").out
    assert "https://api-free.deepl.com" in shown.splitlines()[0]
    assert "dragoman-deepl" not in shown
    monkeypatch.setenv("DEEPL_AUTH_KEY", "canary\nkey")
    with pytest.raises(DragomanError) as met:
        keys.find("DEEPL_AUTH_KEY", "deepl")
    assert "canary" not in str(met.value)


def test_no_key_is_in_any_file_or_word(undrafted, server, monkeypatch):
    monkeypatch.setenv("DRAGOMAN_DEBUG", "1")
    for engine in PATHS:
        server.faults.extend(random.Random(engine).choices(["", "error", "html", "busy"], k=3))
        run = asked(undrafted, engine, server.url, "--fresh", "--renew", "-l", "he")
        assert run.code == 0, run
        assert "canary" not in run.out + run.err
    for name, data in undrafted.snapshot().items():
        assert b"canary" not in data, name
    assert any("canary" in str(seen.headers) for seen in server.seen)  # sent where it belongs


BAD = {
    ("-e", "gogle"): "there is no engine 'gogle'; did you mean 'google'?",
    (): "no engine is named, so nothing is sent; name one with --engine: google, mymemory, libretranslate, deepl, openai, pseudo",
    ("-e", "deepl", "-l", "ru"): "deepl needs a key; set DEEPL_AUTH_KEY, or put it into the keyring: keyring set dragoman deepl",
    ("-e", "openai"): "openai needs the name of a model; give --model, or 'model' in [translate.openai]",
    ("-e", "google", "-l", "de"): "'de' is not a locale of this project; use one of az, he, ru, or add it to 'locales' in the settings",
    ("-e", "pseudo", "--endpoint", "http://a"): "pseudo sends nothing, so it has no endpoint; leave --endpoint out",
    ("-e", "google", "--endpoint", "gopher://a"): "'gopher://a' is not the address of a server; give one like https://mt.example.org",
    ("-e", "google", "-t", "night"): "there is no text 'night'; texts: day",
}  # fmt: skip


@pytest.mark.parametrize("arguments", BAD)
def test_bad_input_is_one_sentence_and_changes_nothing(arguments, undrafted, monkeypatch):
    for name in KEYS:
        monkeypatch.delenv(name)
    before = undrafted.snapshot()
    run = undrafted.run("translate", *arguments)
    assert (run.code, run.err) == (2, f"error: {BAD[arguments]}\n")
    assert undrafted.snapshot() == before


def test_a_language_that_an_engine_does_not_know(place):
    place.write("dragoman.toml", 'locales = ["vo", "ru"]\n')
    place.write("source_texts/day.txt", "A day.\n")
    run = place.run("translate", "-e", "pseudo")
    assert "there is no catalog yet; run 'dragoman update'" in run.err
    place.update()
    run = place.run("translate", "-e", "google", "--dry-run")
    assert run.err.startswith("error: google does not translate into Volapük (vo); choose other")


def test_settings_of_engines_are_checked(place):
    place.write("source_texts/day.txt", "A day.\n")
    place.write(
        "dragoman.toml",
        'locales = ["ru"]\n[translate]\nengine = "depl"\nexclude = "x"\n[translate.cost]\ngogle = 1\n'
        '[translate.deepl]\nauth_key = "canary"\nrate = -1\ntries = 1.5\nendpont = "x"\n'
        '[translate.openai]\nendpoint = "https://u:canary@a.example"\n',
    )
    run = place.run("status")
    assert run.code == 2
    assert "canary" not in run.err
    assert run.err.splitlines() == [
        "error: dragoman.toml:3: engine = 'depl' is not one of google, mymemory, libretranslate, deepl, openai, pseudo; did you mean 'deepl'?",
        "error: dragoman.toml:4: exclude = 'x' is not a list of strings; fix the value",
        "error: dragoman.toml:6: unknown key 'gogle'; did you mean 'google'?",
        "error: dragoman.toml:8: keys are not read from settings, which are shared; take it out, and set the engine's environment variable ('dragoman translate --help')",
        "error: dragoman.toml:9: rate = -1 is not a number from 0 to 1000; fix the value",
        "error: dragoman.toml:10: tries = 1.5 is not a whole number from 1 to 20; fix the value",
        "error: dragoman.toml:11: unknown key 'endpont'; did you mean 'endpoint'?",
        "error: dragoman.toml:13: 'https://…a.example' has more than an address; leave user name, password, ? and # out; keys come from the environment",
    ]


def test_an_estimate_with_costs(undrafted, server):
    costs = '[translate]\ncurrency = "EUR"\ncost = { deepl = 20000 }'
    undrafted.write("dragoman.toml", SETTINGS.replace("[translate]", costs))
    run = asked(undrafted, "deepl", server.url, "-l", "ru")
    size = r"5 texts, \d+ characters, 1 request, about \d\.\d\d EUR\n"
    assert re.match(rf"deepl sends to {server.url}: {size}", run.out)
