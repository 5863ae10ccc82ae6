"""What a digest would become, one line a passage, for a person to look at before it is imported."""

from collections.abc import Iterator
from dataclasses import dataclass

from chronicle.wording import bounds_words, day_words
from events import moments
from events.importers.digest import Digest, Passage
from events.importers.drafts import Article, there_already
from events.importers.names import mentioned_in
from events.models import Story


@dataclass(frozen=True)
class Line:
    """One passage as it was read. ``bounds`` is its moment in the story's time zone, in words."""

    passage: Passage
    bounds: str
    happened_on: str
    """In words, where it is not the day that tells it."""
    names: tuple[str, ...]
    said: str
    """What an editor should look at in how it was read."""
    is_there: bool
    """Whether the story has a draft or an event of it already."""


def lines(digest: Digest, story: Story, article: Article) -> Iterator[Line]:
    """Each passage of ``digest`` with what it would become."""
    there = there_already(digest, story, article)
    mentions = mentioned_in(story, (passage.text for passage in digest.passages))
    for passage, mentioned in zip(digest.passages, mentions, strict=True):
        moment = moments.read(passage.phrase, told_on=digest.day, clock=story.clock)
        yield Line(
            passage=passage,
            bounds=bounds_words(
                moment.earliest,
                moment.latest,
                story.clock.zone,
                open_start=moment.open_start,
                open_end=moment.open_end,
            ),
            happened_on="" if moment.happened_on == digest.day else day_words(moment.happened_on),
            names=tuple(mentioned.labels),
            said=" ".join(filter(None, (_sentence(passage.note), moment.said))),
            is_there=passage.number in there,
        )


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}." if note else ""
