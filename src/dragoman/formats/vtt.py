"""WebVTT (`.vtt`): the text of cues; the header, names, settings, `NOTE`, `STYLE` and `REGION` are copied.

A comment to the tool is a note: `NOTE dragoman: skip`. A sentence that runs over several cues is
one unit, and its translation is cut over the same cues.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\nA cue. It has two sentences.\n\n",
    "name\n00:03.000 --> 00:04.000 align:start line:0\nA sentence that runs\n\n00:04.100 --> 00:05.000\nover <i>two</i> cues.\n\n",
    "00:06.000 --> 00:07.000\r\n<v Ann>Where?\r\n<v.loud Bob>Here &amp; there.\r\n\r\n",
    "00:08.000 --> 00:09.000\n<c.yellow>In <b>colour</b></c>\n\n",
    "NOTE dragoman: note To whom?\n\n00:10.000 --> 00:11.000\n- One?\n- Another.\n\n",
    "STYLE\n::cue { color: red }\n\n00:12.000 --> 00:13.000\nAfter a style\n\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut subtitles into blocks and units.

    >>> text = "WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Ann>One.\\n\\n00:02.000 --> 00:03.000\\n<v Bob>Two.\\n"
    >>> [unit.source for unit in read(text, ReadOptions()).units]
    ['One.', 'Two.']
    """
    from dragoman.formats import subtitles

    return subtitles.read(content, options, webvtt=True)
