"""Damaged catalogs by the thousand, beside GNU gettext: `python benchmarks/fuzz_catalogs.py`.

Originals with every construct that catalogs have are mutated by a seeded generator. Nothing may
end in anything but a catalog or one of our own errors, nothing may take longer than five seconds,
what is read is written as the same bytes, and the verdict is that of msgfmt (for MO files, of
msgunfmt) but for the reasons in STRICTER and LAXER.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dragoman import po
from dragoman.errors import DragomanError
from dragoman.po.mo import compile_mo, read_mo

SECONDS = 5
MARK = "\ufeff".encode()
HEADER = """\
# Head of the file.
#
msgid ""
msgstr ""
"Project-Id-Version: fuzz\\n"
"Language: ru\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
"""
ENTRIES = (
    'msgid "plain"\nmsgstr "просто"\n',
    '# remark\n#. extracted\n#: a.txt:1 b.txt:22\n#, c-format, fuzzy\nmsgid "%d"\nmsgstr "%d"\n',
    '#, fuzzy\n#| msgctxt "was"\n#| msgid "old "\n#| "text"\nmsgctxt "is"\nmsgid "new"\nmsgstr "да"\n',
    '#, fuzzy\n#| msgid "one"\n#| msgid_plural "some"\nmsgid "a boat"\nmsgid_plural "%d boats"\n'
    'msgstr[0] "лодка"\nmsgstr[1] "лодки"\nmsgstr[2] ""\n',
    'msgid "esc \\\\ \\" \\t \\a\\b\\f\\v\\r \\101 \\x41 end\\n"\nmsgstr "да\\n\\n"\n',
    'msgid ""\n"long "\n"and "\n\n"longer"\nmsgstr "" "two" "three"\n',
    'msgctxt ""\nmsgid "empty context"\nmsgstr ""\n',
    '\tmsgid\t"tabs"\n   msgstr"close"\n',
    '#~ msgid "gone"\n#~ msgstr "away"\n',
    '# by hand\n#, fuzzy\n#~| msgid "older"\n#~ msgctxt "c"\n#~ msgid "gone too"\n#~ msgstr ""\n#~ "away"\n',
    '#~ msgid "gone one"\n#~ msgid_plural "gone many"\n#~ msgstr[0] "a"\n#~ msgstr[1] "b"\n#~ msgstr[2] "c"\n',
    '#: \u2068a b.txt:3\u2069\n#, no-wrap range: 0..5\nmsgid "sep \u2028 \x85 \x0b"\nmsgstr "שלום ǝ"\n',
)
TOKENS = (
    'msgid "x"', 'msgstr "y"', 'msgctxt "z"', 'msgid_plural "p"', 'msgstr[0] "f"', 'msgstr[7] "g"',
    '"', "\\", "\\q", "\\x", "\\777", "#", "#~", "#|", "#~|", "#,", "[", "]", "[99999999999]", 'domain "d"',
    "\n", "\n\n", "\r", "\r\n", "\0", "\x1a", "\ufeff", "é", "#, fuzzy", "<<<<<<< HEAD", "=======",
    "fuzzy", "msgid", "msgstr", '""', '"a" "b"', "\t", "#=", "nplurals=0", "charset=KOI8-R", "charset=CHARSET",
)  # fmt: skip

WITHOUT_PREVIOUS = "previous texts"
WITH_MARK = "byte order mark"
STRICTER = {
    "there is a NUL byte": "GNU stops a string at it in silence",
    "lines end with CR alone": "GNU takes the file for one comment or one line",
    "Plural-Forms: ": "GNU looks at it only with --check",
    "the charset ": "GNU guesses, and warns",
    "duplicate message": "an obsolete twin of a live message; GNU merges them away",
    "msgstr in an entry with plural forms": "GNU overlooks #~ inside the brackets of msgstr[0]",
    "where msgstr": "GNU counts forms only with --check",
    " is not UTF-8": "GNU checks bytes only inside strings",
    "'\\\\' belongs to no keyword": "GNU takes it at the end of a line for a line that goes on",
    "a string without keyword": "GNU takes one behind a lone #~| for part of the entry above",
    "is unknown": "of MO files: strings that depend on the system",
}
"""What we refuse and GNU lets pass, by what our message says; and why."""
LAXER = {
    "entries do not both": "line ends at the end are the check `newlines`, not a fault of form",
    "context separator <EOT>": "only MO files cannot hold it",
    "The hash table": "of MO files: nothing here looks at it",
    "The array of messages is not sorted": "all of an MO file is read, in any order",
    "incomplete multibyte sequence": "of MO files: strings are bytes until somebody decodes them",
    "invalid multibyte sequence": "of MO files: strings are bytes until somebody decodes them",
    WITH_MARK: "msgfmt refuses it, and so do few others; it is kept",
    WITHOUT_PREVIOUS: "previous texts are kept as they stand, whatever stands in them",
}
"""What GNU refuses and we let pass, by what its message says; and why."""


class Verdict(NamedTuple):
    """What came of an input."""

    fault: str
    """A crash, a hang or a loss; nothing where all is well."""
    refused: str
    """What our error says; nothing where the input is read."""


# --- making inputs --------------------------------------------------------------------------


def original(rng: random.Random) -> bytes:
    """A catalog of some of the constructs."""
    entries = rng.sample(ENTRIES, rng.randint(1, 7))
    head = [HEADER] if rng.random() < 0.9 else []
    text = rng.choice(["\n", "\n", "\n\n", ""]).join([*head, *entries])
    if rng.random() < 0.1:
        text = text.replace("\n", "\r\n")
    return text.encode()


def mutated(rng: random.Random, data: bytes) -> bytes:
    """The input with one to three things wrong, or only odd."""
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        data = rng.choice(MUTATIONS)(rng, data)
    return data


def _flip(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _cut(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randint(1, 12) :]


def _end(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS).encode() + data[at:]


def _lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True) or [b"\n"]
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines.insert(at, rng.choice(TOKENS).encode() + b"\n")
    return b"".join(lines)


MUTATIONS: Sequence[Callable[[random.Random, bytes], bytes]] = (
    _flip,
    _cut,
    _end,
    _insert,
    _insert,
    _lines,
    _lines,
)


def inputs(seed: int) -> tuple[bytes, bytes]:
    """A PO file and an MO file of a seed."""
    rng = random.Random(seed)
    text = original(rng)
    compiled = compile_mo(po.parse(text))
    for _ in range(rng.choice([1, 1, 2, 5])):
        compiled = rng.choice((_flip, _flip, _cut, _end, _word))(rng, compiled)
    return mutated(rng, text), compiled


def _word(rng: random.Random, data: bytes) -> bytes:
    """Another number in one of the tables."""
    at = 4 * rng.randrange(min(60, len(data) // 4 + 1))
    value = rng.choice(
        [0, 1, 27, 28, len(data), max(0, len(data) - 1), 2**31, 2**32 - 1, rng.randrange(400)]
    )
    return data[:at] + value.to_bytes(4, "little") + data[at + 4 :]


# --- verdicts -------------------------------------------------------------------------------


def _ours(read: Callable[[bytes], str], data: bytes) -> Verdict:
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    try:
        return Verdict(read(data), "")
    except DragomanError as error:
        return Verdict(
            "" if error.how_to_fix or "\n" in str(error) else f"no way out: {error}", str(error)
        )
    except Exception as error:  # noqa: BLE001 - a crash is what is looked for
        return Verdict(f"{type(error).__name__}: {error}", "")
    finally:
        signal.alarm(0)


def _late(*_: object) -> None:
    raise TimeoutError(f"longer than {SECONDS} s")


def read_po(data: bytes) -> str:
    """What is wrong with reading a PO file; raises DragomanError where it is refused."""
    file = po.parse(data, "x.po")
    if file.write() != data:
        return "not the same bytes"
    said = [(e.key, e.msgstr, e.plural, e.obsolete, e.flags) for e in file.entries]
    file.entries = [e.replaced(raw=e.raw) for e in file.entries]
    again = po.parse(file.write(), "x.po")
    known = [(e.key, e.msgstr, e.plural, e.obsolete, e.flags) for e in again.entries]
    return "" if known == said else "other entries when written from them"


def _read_mo(data: bytes) -> str:
    read_mo(data, "x.mo")
    return ""


def judge(seed: int) -> tuple[Verdict, Verdict]:
    one, other = inputs(seed)
    return _ours(read_po, one), _ours(_read_mo, other)


def gnu(folder: Path, seed: int) -> tuple[str, str]:
    """What msgfmt and msgunfmt say against the inputs of a seed; nothing where they take them."""
    said = []
    commands = (("po", "msgfmt"), ("mo", "msgunfmt"))
    for data, (suffix, command) in zip(inputs(seed), commands, strict=True):
        path = folder / f"{seed}.{suffix}"
        path.write_bytes(data)
        done = subprocess.run(
            [command, "-o", "/dev/null", path],
            capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, timeout=60, check=False,
        )  # fmt: skip
        said.append(done.stderr.decode(errors="replace") or "it fails" if done.returncode else "")
        path.unlink()
    return _explained(inputs(seed)[0], said[0]) if said[0] else "", said[1]


def _explained(text: bytes, said: str) -> str:
    """What msgfmt says, or the reason that holds if it says something else without it."""
    bare = text.removeprefix(MARK)
    if bare != text and _msgfmt(bare) != _syntax(said):
        return WITH_MARK
    lines = re.split(rb"(?<=\n)", text)
    bare = b"".join(line for line in lines if b"#|" not in line and b"#~|" not in line)
    if bare != text and _msgfmt(bare) != _syntax(said):
        return WITHOUT_PREVIOUS
    return said


def _syntax(said: str) -> bool:
    return "syntax error" in said or "inconsistent use of #~" in said


def _msgfmt(data: bytes) -> bool:
    """Whether msgfmt has something to say about the syntax."""
    command = ["msgfmt", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    return _syntax(done.stderr.decode(errors="replace"))


def differences(seeds: Sequence[int], jobs: int) -> Iterator[tuple[int, str, str]]:
    """Seed, kind of fault, and what it is; kinds `allowed …` are documented above."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(max(1, jobs)) as ours,
        ThreadPoolExecutor(max(1, jobs)) as theirs,
    ):
        verdicts = ours.map(judge, seeds, chunksize=50)
        said = theirs.map(partial(gnu, Path(folder)), seeds)
        for seed, (text, compiled), (msgfmt, msgunfmt) in zip(seeds, verdicts, said, strict=True):
            yield from ((seed, *found) for found in _compared("PO", text, msgfmt))
            yield from ((seed, *found) for found in _compared("MO", compiled, msgunfmt))


def _compared(what: str, verdict: Verdict, gnu_says: str) -> Iterator[tuple[str, str]]:
    if verdict.fault:
        yield f"{what} fault", verdict.fault
    if bool(verdict.refused) == bool(gnu_says):
        return
    said, known = (verdict.refused, STRICTER) if verdict.refused else (gnu_says, LAXER)
    side = "stricter" if verdict.refused else "laxer"
    reason = next((text for text in known if text in said), None)
    yield (f"{what} {side}", said.strip()) if reason is None else (f"allowed {side}", reason)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="half of them MO files")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.inputs // 2)
    kinds: Counter[str] = Counter()
    bad = 0
    for seed, kind, what in differences(seeds, asked.jobs):
        if kind.startswith("allowed"):
            kinds[f"{kind}: {what}"] += 1
        else:
            bad += 1
            kinds[f"{kind}: {_sort(what)}"] += 1
            if kinds[f"{kind}: {_sort(what)}"] <= 2:
                print(f"seed {seed}: {kind}: {what}")
    print(f"{2 * len(seeds)} inputs, {bad} undocumented differences or faults")
    print(*(f"{count:6} {kind}" for kind, count in kinds.most_common()), sep="\n")
    sys.exit(bool(bad))


def _sort(what: str) -> str:
    """A message without what is of its input alone."""
    return re.sub(r"\d+", "N", what.split("\n", maxsplit=1)[0])[:70]


if __name__ == "__main__":
    main()
