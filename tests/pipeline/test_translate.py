"""Machine drafts from engines on loopback, which fail in every way; nothing is lost or asked twice."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import LOCALES
from dragoman import po
from dragoman.catalogs import provenance
from dragoman.errors import DragomanError
from dragoman.pipeline.machine.retry import RequestGate
from dragoman.pipeline.machine.untranslated import is_untouched
from machine_server import FAULTS, PATHS, SETTINGS, TEXT, Recorder, Server, go, said


def catalog(place, locale: str):
    path = place.root / f"locales/{locale}/LC_MESSAGES/day.po"
    return {e.msgid: e for e in po.parse(path.read_bytes()).messages()}


def log(place) -> str:
    path = place.root / "build/.machine/faults.log"
    return path.read_text() if path.exists() else ""


# --- drafts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", PATHS)
def test_everything_empty_becomes_a_draft_that_says_where_it_comes_from(engine, undrafted, server):
    drafted = go(undrafted.root, engine, server)
    assert dict(drafted.drafts) == dict.fromkeys(LOCALES, 5)
    assert not drafted.refused
    for locale in LOCALES:
        entries = catalog(undrafted, locale)
        assert all(e.fuzzy and e.msgstr != e.msgid for e in entries.values())
        said = entries["We read `make test` on [the page](https://a.example/x)."].msgstr
        assert "`make test`" in said
        assert "](https://a.example/x)" in said
        origin = provenance.read(entries["A long day"].comments).origin
        model = " m" if engine == "openai" else ""
        assert origin == f"machine {engine}{model} 2025-11-26"
    sent = "".join(seen.path + seen.body + "".join(seen.texts) for seen in server.seen)
    assert "secret@example.org" not in sent  # addresses are marks
    assert "a.example" not in sent


def test_pseudo_drafts_without_any_server(undrafted):
    assert dict(go(undrafted.root, "pseudo").drafts) == dict.fromkeys(LOCALES, 5)
    assert re.fullmatch(r"[א-ת ]+", catalog(undrafted, "he")["A long day"].msgstr)
    assert catalog(undrafted, "az")["A long day"].msgstr == "Ə löönğ dəəı"
    assert catalog(undrafted, "ru")["It began *early*."].msgstr == "Ит бееган *ееарлы*."
    assert not (undrafted.root / "build/.machine").exists()


def test_what_somebody_wrote_stays_and_only_untouched_drafts_are_renewed(undrafted, server):
    undrafted.translate("ru", "day", lambda source: "Долгий день" if source == "A long day" else "")
    go(undrafted.root, "libretranslate", server)
    entries = catalog(undrafted, "ru")
    assert entries["A long day"].msgstr == "Долгий день"
    assert not entries["A long day"].fuzzy
    edited = entries["It began *early*."]
    path = undrafted.root / "locales/ru/LC_MESSAGES/day.po"
    path.write_text(path.read_text().replace(edited.msgstr, "Начался он *рано*."))
    assert not is_untouched(catalog(undrafted, "ru")["It began *early*."])
    drafted = go(undrafted.root, "pseudo", renew=True, locales=("ru",))
    assert drafted.drafts["ru"] == 3
    after = catalog(undrafted, "ru")
    assert after["It began *early*."].msgstr == "Начался он *рано*."
    assert after["A long day"].msgstr == "Долгий день"
    assert "machine pseudo" in after["The **Haaretz** man came."].comments


def test_a_draft_covers_what_a_translator_joined_to_it(undrafted, server):
    undrafted.translate("he", "day", lambda source: "↓" if source.startswith("It began") else "")
    go(undrafted.root, "libretranslate", server, locales=("he",))
    assert server.asked[1].startswith("It began [X0X]early[X1X]. We read")
    entries = catalog(undrafted, "he")
    assert entries["It began *early*."].msgstr == "↓"
    assert entries["We read `make test` on [the page](https://a.example/x)."].msgstr.count("*") == 2


def test_typography_is_mended(undrafted, server, monkeypatch):
    monkeypatch.setattr(
        "machine_server.said", lambda text, _: "Так  было -  и , будет " + text[-1:]
    )
    undrafted.write("source_texts/day.md", "It was so, and so it will be.\n")
    undrafted.update()
    go(undrafted.root, "libretranslate", server, locales=("ru",))
    assert (
        catalog(undrafted, "ru")["It was so, and so it will be."].msgstr == "Так было — и, будет."
    )


def test_a_model_is_told_of_terms_neighbours_notes_and_kinds(undrafted, server):
    undrafted.write(
        "locales/glossary.toml",
        '[[term]]\nsource = "page"\nru = "страница"\n[[term]]\nsource = "Haaretz"\nkeep = true\n',
    )
    drafted = go(undrafted.root, "openai", server, locales=("ru",))
    asked = json.loads(json.loads(server.seen[0].body)["messages"][1]["content"])["items"]
    assert asked[0] == {"id": 1, "text": "A long day", "kind": "heading"}
    assert asked[2]["terms"] == {"page": "страница"}
    assert "before" not in asked[1]  # it is the item before
    assert "Haaretz" not in server.seen[0].body  # stays, so it need not leave
    assert "Haaretz" in catalog(undrafted, "ru")["The **Haaretz** man came."].msgstr
    assert [fate.missed for fate in drafted.missed] == [("“page” is “страница” in the glossary",)]


def test_neighbours_that_are_not_asked_for_are_said(undrafted, server):
    undrafted.translate("ru", "day", lambda source: "" if source.startswith("We read") else "Да.")
    go(undrafted.root, "openai", server, locales=("ru",))
    (item,) = json.loads(json.loads(server.seen[0].body)["messages"][1]["content"])["items"]
    assert item["before"] == 'It began <g id="0">early</g>.'
    assert item["after"] == 'Nobody wrote to <x id="0"/>.'


# --- faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("engine", ["google", "libretranslate", "deepl", "openai"])
def test_every_fault_passes_and_is_told_without_a_key(engine, fault, undrafted, server):
    server.faults.extend(["", fault])
    drafted = go(undrafted.root, engine, server, locales=("he", "ru"), jobs=1)
    assert dict(drafted.drafts) == {"he": 5, "ru": 5}
    damaged = fault == "damaged" and engine != "google"  # its only text without marks was right
    assert len(server.answered) == 10 - damaged
    assert len(server.answered) == len(set(zip(server.answered, _targets(server), strict=True)))
    told = log(undrafted)
    judged = fault in ("empty", "damaged", "copied", "broken letters")
    assert drafted.faults == told.count("\n") == (0 if judged else 1), told
    assert "canary" not in told


def _targets(server: Server) -> list[str]:
    return [seen.target for seen in server.seen if not seen.fault for _ in seen.texts]


def test_what_comes_back_damaged_twice_is_refused_and_never_asked_again(undrafted, server):
    server.fault_of = lambda texts: (
        "damaged" if any("make" in t or "[" in t or "{" in t for t in texts) else ""
    )
    undrafted.write("dragoman.toml", SETTINGS.replace("rate = 0", "rate = 0\nitems = 1"))
    drafted = go(undrafted.root, "libretranslate", server, locales=("ru",))
    assert drafted.drafts["ru"] == 1
    assert {fate.reason for fate in drafted.refused} == {
        "a placeholder for markup is missing, doubled or new"
    }
    assert catalog(undrafted, "ru")["It began *early*."].msgstr == ""
    count = len(server.seen)
    assert count == 1 + 2 * 4
    again = undrafted.run("translate", "-e", "libretranslate", "--endpoint", server.url, "-l", "ru")
    assert len(server.seen) == count
    assert again.code == 1
    assert "no draft: a placeholder for markup is missing" in again.out


ENDS = {
    "redirect": "it redirects elsewhere, and texts are only sent to the given address (status 302)",
    "401": "it refuses the key (status 401)",
    "403": "it refuses access (status 403)",
    "404": "it does not accept the request (status 404)",
    "456": "the quota is used up (status 456)",
    "later": "it asks to wait for 3600 s",
}


@pytest.mark.parametrize("fault", ENDS)
@pytest.mark.parametrize("engine", ["google", "deepl"])
def test_what_cannot_pass_ends_the_run_at_once(engine, fault, undrafted, server):
    server.fault_of = lambda _: fault
    before = undrafted.snapshot()
    run = undrafted.run(
        "translate", "-e", engine, "--endpoint", server.url + PATHS[engine], "-j", "1"
    )
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert f"error: {server.url}: {ENDS[fault]}; " in run.err
    assert "canary" not in run.err + run.out + log(undrafted)
    assert len(server.seen) == 1
    after = undrafted.snapshot()
    assert {n for n in after if after[n] != before.get(n)} <= {"build/.machine/faults.log"}


def test_a_server_that_dies_keeps_what_it_answered(undrafted, server):
    server.faults.extend(["", ""])
    server.fault_of = lambda _: "error"
    endpoint = ("--endpoint", server.url + "/m")
    arguments = ("translate", "-e", "google", *endpoint, "-l", "ru", "-j", "1")
    run = undrafted.run(*arguments)
    assert run.code == 1
    assert (
        f"error: {server.url}: it has an error (status 500); run the command again later" in run.err
    )
    assert sum(e.fuzzy for e in catalog(undrafted, "ru").values()) == 2
    server.fault_of = lambda _: ""
    undrafted.run(*arguments)
    assert sum(e.fuzzy for e in catalog(undrafted, "ru").values()) == 5
    assert len(server.answered) == len(set(server.answered)) == 5


def test_no_network_is_one_clear_line(undrafted):
    run = undrafted.run("translate", "-e", "google", "--endpoint", "https://no-such-host.invalid/m")
    assert run.code == 2
    assert run.err == (
        "error: https://no-such-host.invalid: cannot find no-such-host.invalid; "
        "check the name and the network connection\n"
    )


def test_a_redirect_is_followed_nowhere(undrafted, server):
    recorder = Recorder()
    server.elsewhere = recorder.url + "/translate"
    server.fault_of = lambda _: "redirect"
    with pytest.raises(DragomanError, match="it redirects elsewhere"):
        go(undrafted.root, "libretranslate", server)
    assert recorder.connections == 0
    recorder.close()


def test_threads_do_not_mix_up_what_deep_translator_keeps(undrafted, server):
    undrafted.write("source_texts/day.md", "\n\n".join(f"Day {n} was long." for n in range(60)))
    undrafted.update()
    assert go(undrafted.root, "google", server, jobs=16, locales=("ru",)).drafts["ru"] == 60
    for source, entry in catalog(undrafted, "ru").items():
        assert entry.msgstr == said(source, "ru")


def test_requests_are_spaced_and_wait_while_a_server_is_busy():
    gate, waits = RequestGate(4.0), []
    gate.rest = waits.append
    for _ in range(3):
        gate.enter()
    gate.pause(9)
    gate.enter()
    assert [round(wait, 1) for wait in waits] == [0.0, 0.2, 0.5, 9.0]


def test_wrong_counts_are_asked_for_in_halves(undrafted, server):
    server.fault_of = lambda texts: "count" if len(texts) > 2 else ""
    assert go(undrafted.root, "openai", server, locales=("ru",)).drafts["ru"] == 5
    assert max(len(seen.texts) for seen in server.seen if not seen.fault) == 2


# --- nothing twice --------------------------------------------------------------------------


def test_a_second_run_costs_nothing(undrafted, server):
    go(undrafted.root, "deepl", server)
    count = len(server.seen)
    for locale in LOCALES:  # somebody throws the catalogs away
        (undrafted.root / f"locales/{locale}/LC_MESSAGES/day.po").unlink()
    undrafted.update()
    assert dict(go(undrafted.root, "deepl", server).drafts) == dict.fromkeys(LOCALES, 5)
    assert len(server.seen) == count
    go(undrafted.root, "deepl", server, renew=True, fresh=True)
    assert len(server.seen) == 2 * count


def test_killed_anywhere_it_goes_on_where_it_was(undrafted, server):
    """Nothing that was answered and kept is asked again, and the end is the same."""
    undrafted.write(
        "source_texts/day.md", "\n\n".join(f"It was day {n} of many." for n in range(40))
    )
    undrafted.update()
    settings = SETTINGS.replace("rate = 0", "rate = 0\nitems = 2")
    undrafted.write("dragoman.toml", settings)
    whole = go(undrafted.root, "libretranslate", server, locales=("ru",))
    assert whole.drafts["ru"] == 40
    end = (undrafted.root / "locales/ru/LC_MESSAGES/day.po").read_bytes()
    (undrafted.root / "locales/ru/LC_MESSAGES/day.po").unlink()
    (undrafted.root / "build/.machine/answers.jsonl").unlink()
    undrafted.update()
    server.seen.clear()
    server.delay = 0.03
    command = [sys.executable, "-m", "dragoman", "translate", "-e", "libretranslate", "-l", "ru"]
    kept: set[str] = set()
    for seed in range(3):
        seen = len(server.seen)
        running = subprocess.Popen(
            [*command, "--endpoint", server.url], cwd=undrafted.root, stdout=-3
        )
        until = time.monotonic() + 20
        wanted = seen + random.Random(seed).randint(2, 6)
        while len(server.seen) < wanted and time.monotonic() < until and running.poll() is None:
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
        running.wait()
        asked = {text for one in server.seen[seen:] for text in one.texts}
        assert not asked & kept
        kept = _kept(undrafted, server)
    seen = len(server.seen)
    assert (
        subprocess.run(
            [*command, "--endpoint", server.url], cwd=undrafted.root, check=False, stdout=-3
        ).returncode
        == 0
    )
    assert not {text for one in server.seen[seen:] for text in one.texts} & kept
    assert (undrafted.root / "locales/ru/LC_MESSAGES/day.po").read_bytes() == end


def _kept(place, server: Server) -> set[str]:
    """Sources whose answers stand whole in the file of answers."""

    path = place.root / "build/.machine/answers.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    answers = {json.loads(line)[1] for line in lines if line.endswith(b"]")}
    return {text for text in server.asked if said(text, "ru") in answers}


def test_two_at_once_ask_for_nothing_twice(undrafted, server):
    server.delay = 0.02
    with ThreadPoolExecutor() as pool:
        done = [
            sum(drafted.drafts.values())
            for drafted in pool.map(lambda _: go(undrafted.root, "google", server), range(2))
        ]
    # Both may write the same drafts, if neither has when the other reads the catalogs.
    assert max(done) == 15
    assert len(server.seen) == 15
    assert go(undrafted.root, "google", server).drafts.total() == 0


def test_a_sentence_without_entry_is_told(undrafted):
    undrafted.write("source_texts/day.md", TEXT + "\nOne more.\n")
    run = undrafted.run("translate", "-e", "pseudo", "-l", "ru")
    assert run.out == (
        "pseudo sends nothing: 5 texts, 148 characters\n"
        "locales/ru/LC_MESSAGES/day.po: 1 not in it yet; run 'dragoman update'\n"
    )


def test_a_torn_line_is_passed_over(undrafted, server):
    go(undrafted.root, "libretranslate", server, locales=("ru",))
    path = undrafted.root / "build/.machine/answers.jsonl"
    data = path.read_bytes()
    path.write_bytes(data[:-20])
    undrafted.translate("ru", "day", lambda _: "")
    count = len(server.asked)
    assert go(undrafted.root, "libretranslate", server, locales=("ru",)).drafts["ru"] == 5
    assert len(server.asked) == count + 1
    assert path.read_bytes().count(b"\n") == 6  # the torn line keeps to itself
