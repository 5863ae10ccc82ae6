"""What a digest would become, one line a passage, for a person to look at before it is imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chronicle.models import Chronicle
from chronicle.wording import bounds_words, day_words
from events import moments
from events.importers.digest import reading
from events.importers.digest.reading import Digest, Passage, Unreadable
from events.importers.drafts import Article, there_already
from events.importers.names import named_in

LARGEST = 2 * 1024 * 1024
"""The most bytes of a text that are taken: far more than any article has."""


@dataclass(frozen=True)
class Line:
    """One passage as it was read. ``bounds`` is its moment in the chronicle's time zone, in words."""

    passage: Passage
    bounds: str
    happened_on: str
    """In words, where it is not the day that tells it."""
    names: tuple[str, ...]
    is_there: bool
    """Whether the chronicle has a draft or an event of it already."""


def decoded(raw: bytes) -> str:
    """The text of a file. Raises Unreadable where it is too large or not UTF-8."""
    if len(raw) > LARGEST:
        raise Unreadable("This file is larger than 2 MB, which no article is.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(
            f"This file is not UTF-8 text (byte {wrong.start + 1} is not). Save it as UTF-8 and try again."
        ) from wrong


def read(text: str, chronicle: Chronicle, *, day: date | None = None) -> Digest:
    """Read ``text`` for ``chronicle``. Raises what `reading.read` raises: Undecided and Unreadable."""
    story = reading.Story(chronicle.clock, chronicle.calendar)
    return reading.read(text, story, day=day)


def lines(read: Digest, chronicle: Chronicle, article: Article) -> Iterator[Line]:
    """Each passage of ``read`` with what it would become."""
    there = there_already(read, chronicle, article)
    names = named_in(passage.text for passage in read.passages)
    for passage, named in zip(read.passages, names, strict=True):
        moment = moments.read(passage.phrase, told_on=read.day, clock=chronicle.clock)
        yield Line(
            passage=passage,
            bounds=bounds_words(moment.earliest, moment.latest, chronicle.clock.zone),
            happened_on="" if moment.happened_on == read.day else day_words(moment.happened_on),
            names=tuple(named.labels_in(chronicle)),
            is_there=passage.number in there,
        )
