"""What a passage would become, for a person to look at before it is imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chronicle.clock import Clock
from chronicle.wording import bounds_words, day_words
from events import moments
from events.importers.articles import Article, known_source, there_already
from events.importers.digest import Digest, Passage
from events.models import Story


@dataclass(frozen=True)
class Reading:
    """How the time of a passage is read, in the time zone of its story."""

    bounds: str = ""
    happened_on: date | None = None
    """The day that it counts on."""
    is_elsewhere: bool = False
    """Whether that is another day than the one that tells it."""
    said: str = ""
    """What an editor should look at in how it was read."""
    refused: str = ""
    """Why the words that an editor gave it for its time cannot be read."""

    @property
    def elsewhere(self) -> str:
        return day_words(self.happened_on) if self.is_elsewhere and self.happened_on else ""


@dataclass(frozen=True)
class Line:
    """One passage as it was read; whether the story has a draft or an event of it already."""

    passage: Passage
    reading: Reading
    is_there: bool


def lines(digest: Digest, story: Story, article: Article) -> Iterator[Line]:
    """Each passage of ``digest`` with what it would become."""
    there = there_already(digest.passages, known_source(digest.fingerprint, story, article))
    for passage in digest.passages:
        yield Line(passage, reading_of(passage, digest.day, story.clock), passage.text in there)


def reading_of(passage: Passage, told_on: date, clock: Clock) -> Reading:
    """How the time of ``passage`` is read, told on ``told_on``."""
    try:
        moment = moments.read(passage.phrase, told_on=told_on, clock=clock)
    except moments.Unreadable as refusal:
        return Reading(refused=str(refusal))
    bounds = bounds_words(
        moment.earliest,
        moment.latest,
        clock.zone,
        open_start=moment.open_start,
        open_end=moment.open_end,
    )
    note = f"{passage.note[:1].upper()}{passage.note[1:]}." if passage.note else ""
    return Reading(
        bounds=bounds,
        happened_on=moment.happened_on,
        is_elsewhere=moment.happened_on != told_on,
        said=" ".join(filter(None, (note, moment.said))),
    )
