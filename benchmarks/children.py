"""What the benchmarks run in processes of their own: `python children.py NAME ARGUMENT...`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

MEGABYTE = 1_000_000


def fill(folder: str) -> None:
    """Translate every entry of every catalog below a folder."""
    from corpus import russian
    from dragoman import po

    for path in Path(folder).rglob("*.po"):
        catalog = po.parse(path.read_bytes(), str(path))
        for at, entry in enumerate(catalog.entries):
            if entry is not catalog.header:
                target = russian(entry.msgid)
                catalog.entries[at] = po.Entry(entry.msgid, target, entry.msgctxt, entry.comments)
        path.write_bytes(catalog.write())


# --- read and write -------------------------------------------------------------------------


def read_write(source: str, out: str) -> None:
    from dragoman import po

    Path(out).write_bytes(po.parse(Path(source).read_bytes()).write())


def read_write_polib(source: str, out: str) -> None:
    import polib

    polib.pofile(source).save(out)


def rewrite(source: str, out: str) -> None:
    """Read, change every translation, write: no entry can be written as it came."""
    from dragoman import po

    catalog = po.parse(Path(source).read_bytes())
    catalog.entries = [
        entry
        if entry is catalog.header
        else po.Entry(entry.msgid, entry.msgstr + " !", entry.msgctxt, entry.comments)
        for entry in catalog.entries
    ]
    Path(out).write_bytes(catalog.write())


def rewrite_polib(source: str, out: str) -> None:
    import polib

    catalog = polib.pofile(source)
    for entry in catalog:
        entry.msgstr += " !"
    catalog.save(out)


# --- update ---------------------------------------------------------------------------------


def update(former: str, template: str, out: str) -> None:
    """What `msgmerge FORMER TEMPLATE -o OUT` does, by our code; gc as the command line has it."""
    import gc

    gc.set_threshold(200_000, 50, 100)
    from dragoman import po
    from dragoman.catalogs import template as templates
    from dragoman.catalogs import updating

    old = po.parse(Path(former).read_bytes())
    new = po.parse(Path(template).read_bytes())
    messages = [
        templates.TemplateMessage(entry.key, entry.comments)
        for entry in new.entries
        if entry is not new.header
    ]
    updating.update(old, messages)
    Path(out).write_bytes(old.write())


def score(updated: str, truth: str) -> None:
    """Print precision and recall of the proposals in an updated catalog."""
    from dragoman import po

    former = json.loads(Path(truth).read_text("utf-8"))
    entries = po.parse(Path(updated).read_bytes()).messages()
    proposed = {e.msgid: e.previous[1] for e in entries if e.fuzzy and e.previous}
    right = sum(former.get(now) == was for now, was in proposed.items())
    known = {"proposed": len(proposed), "right": right, "changed": len(former)}
    print(json.dumps(known))


# --- segmentation ---------------------------------------------------------------------------


def segmentation(folder: str) -> None:
    """Print megabytes of text that are cut into sentences in a second of CPU."""
    from dragoman.segment import segmenter

    spans = segmenter("en").spans
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).iterdir())]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    start = time.process_time()
    sentences = sum(len(spans(paragraph)) for paragraph in paragraphs)
    seconds = time.process_time() - start
    size = sum(len(paragraph.encode()) for paragraph in paragraphs) / MEGABYTE
    print(json.dumps({"speed": size / seconds, "sentences": sentences, "size": size}))


def hostile(kind: str) -> None:
    """Print the seconds of CPU that a line of a megabyte takes."""
    from dragoman.formats import ReadOptions, markdown
    from dragoman.segment import segmenter

    spans = segmenter("en").spans
    repeated, in_markdown = {
        "stops": ("e.g. ", False),
        "stops-markdown": ("e.g. ", True),
        "images": ("![", True),
        "quotes": ("“A. ", False),
    }[kind]
    line = repeated * (MEGABYTE // len(repeated))
    start = time.process_time()
    if in_markdown:
        markdown.read(line + "\n", ReadOptions(split=spans))
    else:
        spans(line)
    print(json.dumps({"seconds": time.process_time() - start}))


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](*sys.argv[2:])
