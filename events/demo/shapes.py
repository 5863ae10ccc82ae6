"""What the sample is made of, with what becomes of each thing at the desk (its ``fate``)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

PUBLISHED, SUBMITTED, DRAFT, WITHDRAWN = "published", "submitted", "draft", "withdrawn"
APPROVED, PENDING, REJECTED = "approved", "pending", "rejected"


@dataclass(frozen=True)
class CitationData:
    quote: str
    fate: str = APPROVED
    stance: str = "supports"
    reason: tuple[str, str] = ("", "")
    """Code and words of a rejection."""


@dataclass(frozen=True)
class Mistake:
    """What the first edition said, and the note of the edition that corrected it."""

    text: str
    places: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class PictureData:
    """A picture that the sample draws, and what is said of it."""

    name: str
    draw: Callable[[], bytes]
    """The file, a PNG."""
    shows: str
    caption: str
    alt: str


@dataclass(frozen=True)
class UseData:
    """That an event shows a picture, by the name of its file, under a caption of its own."""

    picture: str
    caption: str


@dataclass(frozen=True)
class EventData:
    when: str
    kind: str
    headline: str
    text: str
    citations: tuple[CitationData, ...]
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    fate: str = PUBLISHED
    key: bool = False
    withdrawal: str = ""
    mistake: Mistake | None = None
    pictures: tuple[UseData, ...] = ()


@dataclass(frozen=True)
class TextData:
    """A page beside the days; ``text`` is HTML."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class DayData:
    date: date
    headline: str
    sentence: str
    events: tuple[EventData, ...] = ()
    summary: str = ""
    occasion: str = ""
