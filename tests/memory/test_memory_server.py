"""A memory on PostgreSQL: the same answers as SQLite, and imports that survive the server's death."""

from __future__ import annotations

import itertools
import threading

import pytest

import loopback
import memory as bench
from dragoman.errors import DragomanError
from dragoman.memory import MemoryQuery, MemoryUnit, Searcher, Variant
from dragoman.memory.memory_units import batches
from dragoman.stores import connection, opened

pytestmark = pytest.mark.skipif(not loopback.is_installed(), reason="no PostgreSQL")


@pytest.fixture(scope="module")
def running():
    with loopback.postgres() as server:
        yield server


@pytest.fixture
def server(running):
    """The server, with an empty database."""
    import psycopg

    running.ensure()
    with psycopg.connect(running.address, autocommit=True) as database:
        database.execute("DROP SCHEMA IF EXISTS dragoman CASCADE")
    return running


LONG = "key " + "0a1b2c" * 2000


def units(count, start=0):
    return [
        MemoryUnit(
            (Variant("en", f"Sentence {n} of {n % 7} words."), Variant("he", f"משפט {n}.")), "x"
        )
        for n in range(start, start + count)
    ]


def bring(store, found, size=100):
    with store.importing() as importing:
        return sum(importing.add(batch) for batch in batches(found, size))


def test_the_same_answers_as_sqlite(server):
    writer = bench.Writer(5)
    said = bench.sentences(1500, writer)
    asked = bench.queries(said, 100, writer)
    stores = [opened(server.address), opened(":memory:")]
    for store in stores:
        assert bring(store, bench.units(said), 400) == len(said)
        bring(store, [MemoryUnit((Variant("en", LONG), Variant("he", "x")), "x")])
    there, here = (Searcher("m", store) for store in stores)
    for one in [*asked, "", "!", "nosuchword", LONG]:
        question = MemoryQuery(one)
        found = there.matches(question, "en", ["ru", "he"], 60)
        assert found == here.matches(question, "en", ["ru", "he"], 60)
    assert there.matches(MemoryQuery(LONG), "en", ["he"], 60)["he"][0].score == 100
    assert stores[0].statistics() == stores[1].statistics()
    assert [unit for _, unit in stores[0].units()] == [unit for _, unit in stores[1].units()]
    number = next(stores[0].units())[0]
    stores[0].replace({number: None})
    stores[1].replace({1: None})
    assert stores[0].statistics() == stores[1].statistics()
    words = ["en_the", "en_", "ru_", "en_of"]
    assert stores[0].frequencies(words) == stores[1].frequencies(words)
    for store in stores:
        store.close()


def test_nothing_comes_twice(server):
    store = opened(server.address)
    assert bring(store, units(250)) == 250
    assert bring(store, units(300)) == 50
    assert store.statistics().units == 300
    assert store.frequencies(["en_", "en_sentence"]) == {"en_": 300, "en_sentence": 300}
    store.close()


def dying(server, found, at, back):
    """Units, and the server ends between two of them; whether it comes back."""
    for number, unit in enumerate(found):
        if number == at:
            server.end()
            if back:
                threading.Timer(0.4, server.start).start()
        yield unit


def test_an_import_survives_a_server_that_comes_back(server):
    store = opened(server.address)
    assert bring(store, dying(server, units(1000), 450, back=True)) == 1000
    assert store.statistics().units == 1000
    assert store.frequencies(["he_"]) == {"he_": 1000}
    store.close()


def test_a_batch_whose_answer_was_lost_is_not_there_twice(server, monkeypatch):
    """The server did the work, and the connection broke before it could say so."""
    import psycopg

    store = opened(server.address)
    real = store._put
    lost = iter([True])

    def put(found, run):
        done = real(found, run)
        if next(lost, False):
            store._server.execute("COMMIT")
            raise psycopg.OperationalError("the connection is lost")
        return done

    monkeypatch.setattr(store, "_put", put)
    bring(store, units(100))
    assert store.statistics().units == 100
    assert store.frequencies(["en_"]) == {"en_": 100}
    store.close()


def test_a_server_that_stays_away(server, monkeypatch):
    monkeypatch.setattr(connection, "_WAIT", 0.001)
    store = opened(server.address, "team")
    with pytest.raises(DragomanError) as error:
        bring(store, dying(server, units(1000), 450, back=False))
    said = str(error.value)
    assert said.startswith("team: the server cannot be reached: ")
    assert said.endswith(
        "; run the import again when the server is back: complete batches stay, and no unit is added twice"
    )
    assert "\n" not in said
    store.close()
    server.start()
    store = opened(server.address)
    assert store.statistics().units == 400  # four batches, and nothing of the fifth
    assert store.frequencies(["en_", "he_"]) == {"en_": 400, "he_": 400}
    assert bring(store, units(1000)) == 600
    store.close()


def test_an_import_that_fails_is_taken_back(server):
    store = opened(server.address)
    bring(store, units(50))

    def broken():
        yield from units(500)
        raise DragomanError("the file is broken")

    with pytest.raises(DragomanError, match="the file is broken"):
        bring(store, broken())
    assert store.statistics().units == 50
    assert store.frequencies(["en_"]) == {"en_": 50}
    store.close()


def test_several_at_once(server):
    done = []

    def one(start):
        store = opened(server.address)
        done.append(bring(store, units(300, start), 50))
        store.close()

    threads = [threading.Thread(target=one, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = opened(server.address)
    assert sum(done) == 500
    assert store.statistics().units == 500
    assert store.frequencies(["en_"]) == {"en_": 500}
    store.close()


def test_versions(server):
    import psycopg

    opened(server.address).close()
    with psycopg.connect(server.address, autocommit=True) as database:
        database.execute("UPDATE dragoman.version SET number = 9")
    with pytest.raises(DragomanError, match="team: a memory of version 9; .* use a newer dragoman"):
        opened(server.address, "team")


def test_a_user_without_rights_is_told_so(server):
    import psycopg

    with psycopg.connect(server.address, autocommit=True) as database:
        database.execute("DROP ROLE IF EXISTS guest")
        database.execute("CREATE ROLE guest LOGIN")
    guest = server.address.replace("dragoman@", "guest@")
    with pytest.raises(DragomanError, match="the server refuses: permission denied"):
        opened(guest)
    store = opened(server.address)
    bring(store, units(3))
    store.close()
    with psycopg.connect(server.address, autocommit=True) as database:
        database.execute("GRANT USAGE ON SCHEMA dragoman TO guest")
        database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA dragoman TO guest")
    store = opened(guest)  # who may only read can search
    found = Searcher("m", store).matches(MemoryQuery("Sentence 1 of 1 words."), "en", ["he"], 90)
    assert [match.target for match in itertools.islice(found["he"], 1)] == ["משפט 1."]
    store.close()


def test_the_commands(server, project):
    project.write(
        "a.tmx",
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>It began very early.</seg>'
        '</tuv><tuv xml:lang="he"><seg>זה התחיל.</seg></tuv></tu></body></tmx>',
    )
    settings = project.read("dragoman.toml")
    project.write(
        "dragoman.toml", f'{settings}\n[[memory]]\nname = "team"\nserver = "{server.address}"\n'
    )
    project.fine("memory", "import", "a.tmx", "--memory", "team")
    project.fine("update")
    run = project.fine("pretranslate", "-m", "catalogs", "-m", "team", "--dry-run", "-l", "he")
    assert "day [he]: memory 85 %, team: a.tmx, draft: “It began early.”" in run.out
    assert "0 drafts" not in run.out
    project.write("bad.tmx", project.read("a.tmx").replace("</body>", ""))
    assert project.run("memory", "import", "bad.tmx", "--memory", "team").code == 2
    assert project.fine("memory", "stats", "-m", "team").out.startswith("team: 1 units")
    assert "<seg>זה התחיל.</seg>" in project.fine("memory", "export", "-m", "team").out
    assert project.fine("memory", "clean", "-m", "team").out == "nothing to clean\n"
