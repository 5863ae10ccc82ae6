"""Reads a daily digest in plain prose: which day it tells, and one passage for each happening.

Pure: bytes and text in, what was read out; nothing here knows Django or a database.

- ``text``: which bytes and characters are prose at all
- ``heads``, ``sentences``: the text cut into head, paragraphs and sentences
- ``ordinals``, ``dates``: numbers and dates as prose writes them
- ``dating``: which day the text tells
- ``marks``: bullets, numbering and credits
- ``timing``: the words of a sentence that say when, found by ``events.moments``; ``tenses``: whether it is of
  the present; ``carrying``: what of its time holds on
- ``framing``: what is no happening; ``totals``: what only counts; ``headlines``: what is called what
- ``passages``, ``reading``: all of it put together; ``several``: one text that tells several days
"""

from events.importers.digest.dating import Undecided
from events.importers.digest.passages import Passage, piece
from events.importers.digest.reading import Digest, Story, read_digest
from events.importers.digest.several import DayOfText, read_days
from events.importers.digest.text import LARGEST, TOO_LARGE, NotProse, decoded
from events.importers.digest.timing import Timer

__all__ = [
    "LARGEST",
    "TOO_LARGE",
    "DayOfText",
    "Digest",
    "NotProse",
    "Passage",
    "Story",
    "Timer",
    "Undecided",
    "decoded",
    "piece",
    "read_days",
    "read_digest",
]
