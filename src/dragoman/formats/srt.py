"""SubRip (`.srt`): numbered cues with their times; all else is text.

Numbers and times are copied, even if they are wrong. A sentence that runs over several cues is one
unit, and its translation is cut over the same cues.
"""

from __future__ import annotations

from dragoman.formats.read_options import ReadOptions
from dragoman.model import Document

SAMPLES = (
    "1\n00:00:01,000 --> 00:00:02,500\nA cue. It has two sentences.\n\n",
    "2\n00:00:03,000 --> 00:00:04,000\nA sentence that runs\n\n3\n00:00:04,100 --> 00:00:05,000\nover <i>two</i> cues.\n\n",
    "4\r\n00:00:05,000 --> 00:00:06,000\r\n<i>In italics,</i>\r\n<i>both lines</i>\r\n\r\n",
    "5\n00:00:07,000 --> 00:00:08,000\n{\\an8}- One?\n- Another.\n\n",
    "00:00:09.5 --> 00:00:10\nWithout a number\n\n",
    "7\n00:00:11,000 --> 00:00:12,000\n[DOOR OPENS]\nWho is there?\n\n",
    "8\n00:00:13,000 --> 00:00:14,000\n1986\n\n",
)


def read(content: str, options: ReadOptions) -> Document:
    """Cut subtitles into blocks and units.

    >>> text = "1\\n00:00:01,000 --> 00:00:02,000\\nOne\\n\\n2\\n00:00:02,000 --> 00:00:03,000\\nsentence.\\n"
    >>> [unit.source for unit in read(text, ReadOptions()).units]
    ['One sentence.']
    """
    from dragoman.formats import subtitles

    return subtitles.read(content, options, webvtt=False)
