"""A digest as a whole: the text cleaned and cut, its day decided, its passages read."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from chronicle.clock import Calendar, Clock
from chronicle.wording import day_words, days_words
from events.importers.digest.dates import weekday_against
from events.importers.digest.dating import (
    LEAD_IN_REACH,
    LeadIn,
    Undecided,
    agrees,
    day_of,
    lead_in,
)
from events.importers.digest.headings import headings, is_date_heading, other_days
from events.importers.digest.heads import Head, head_of
from events.importers.digest.passages import Passage, passages
from events.importers.digest.sentences import Sentence, sentences
from events.importers.digest.tenses import tells_in_present
from events.importers.digest.text import NotProse, cleaned
from events.importers.digest.timing import Timer
from events.moments.languages import announcement, language_of

MOST_SENTENCES = 3000
FIRST_YEAR, LAST_YEAR = 2, 3999
"""The years of a day that can be told: before and after it lies time for what its words lead to."""


@dataclass(frozen=True)
class Story:
    """What the reader needs to know of a chronicle."""

    clock: Clock
    calendar: Calendar


@dataclass(frozen=True)
class Digest:
    """One article about one day. ``evidence`` is the words that say which."""

    day: date
    day_number: int
    head_date: date | None
    title: str
    passages: tuple[Passage, ...]
    evidence: str
    language: str
    """The code of that of the text, where it is another than English."""
    timer: Timer
    """What read the times of its sentences."""
    fingerprint: str
    """SHA-256 of the text without head line and title, white space and quotation marks evened out."""

    @property
    def announcement(self) -> str:
        """What is said of a text that is not in English; else empty."""
        return announcement(self.language)


def read_digest(text: str, story: Story, *, day: date | None = None) -> Digest:
    """Read ``text`` for ``story``; ``day`` is a person's decision, which nothing in the text overrules.

    Raises `Undecided` when the day is not certain and none is given, `NotProse` for what is no prose.
    """
    head = head_of(cleaned(text))
    body = body_of(head)
    day, evidence = _decided(day, head, body, story.calendar)
    return digest_of(whole_of(head), body, day, evidence, story)


@dataclass(frozen=True)
class Whole:
    """What is known of a text once, however many days it tells."""

    head: Head
    language: str
    fingerprint: str


def whole_of(head: Head) -> Whole:
    return Whole(head, language_of(head.body), _fingerprint(head.body))


def digest_of(
    whole: Whole, body: list[Sentence], day: date, evidence: str, story: Story, *, first: int = 1
) -> Digest:
    """What ``body``, which tells ``day``, says; its passages are counted from ``first``."""
    number = story.calendar.number_of(day)
    timer = Timer(day, story.clock, whole.language, tells_in_present(sentence.text for sentence in body))
    found = passages(
        body,
        _leads_to(day, number, body),
        timer,
        other_days(body, day),
        carries=not whole.language,
        first=first,
    )
    return Digest(
        day=day,
        day_number=number,
        head_date=whole.head.day,
        title=whole.head.title,
        passages=tuple(found),
        evidence=evidence,
        language=whole.language,
        timer=timer,
        fingerprint=whole.fingerprint,
    )


def body_of(head: Head) -> list[Sentence]:
    """The sentences below ``head``. Raises NotProse where there are none, or too many."""
    body = sentences(head.body)
    if is_date_heading(head.title) and headings(body):
        # The first line is no title where others like it follow, but heads the first of several days.
        body = sentences(f"{head.title}\n\n{head.body}")
    if not body:
        raise NotProse("There is no text below the head line.")
    if len(body) > MOST_SENTENCES:
        raise NotProse(
            f"The text has {len(body):,} sentences; give one article, of at most {MOST_SENTENCES:,}."
        )
    return body


def _decided(day: date | None, head: Head, body: list[Sentence], calendar: Calendar) -> tuple[date, str]:
    """The day that the text tells and what says so: a person, or the words of the text."""
    if day is None:
        day, evidence = day_of(head.title, body, head.day, calendar)
        if wrong := weekday_against(evidence, day):
            raise Undecided(
                f"The text says “{evidence}”, and {day_words(day)} is no {wrong}: say which day it is."
            )
        if other := _other_weekday(head.title, body, day):
            raise Undecided(f"The text says “{evidence}”, and has a heading “{other}”: say which day it is.")
    else:
        evidence = f"{day_words(day)}, as given"
    if wrong := why_no_day(day, calendar):
        raise Undecided(wrong)
    return day, evidence


def _other_weekday(title: str, body: list[Sentence], day: date) -> str:
    """The title or the first heading that is only a day of the week, and not that of ``day``."""
    found = headings([Sentence(title, 0, alone=True), *body])
    return next((one.words for one in found if one.weekday and not one.tells(day)), "")


def why_no_day(day: date, calendar: Calendar) -> str:
    """Why ``day`` cannot be told in the chronicle, as a sentence; empty where it can."""
    if not calendar.holds(day):
        told = days_words(calendar)
        return f"{day_words(day)} is not a day of the chronicle, which {told}: give another date."
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{day_words(day)} is outside the years {FIRST_YEAR} to {LAST_YEAR}: give another date."
    return ""


def _leads_to(day: date, number: int, body: list[Sentence]) -> list[LeadIn | None]:
    """Beside each sentence its lead-in to ``day``, where it has one and stands near the beginning."""
    leads = [lead_in(sentence.text) for sentence in body[:LEAD_IN_REACH]]
    kept = [lead if lead and agrees(lead, day, number) else None for lead in leads]
    return kept + [None] * (len(body) - len(kept))


def _fingerprint(body: str) -> str:
    words = unicodedata.normalize("NFKC", " ".join(body.split()))
    for marks, plain in (("‘’ʼ`´", "'"), ("“”„«»", '"')):
        words = re.sub(f"[{marks}]", plain, words)
    return hashlib.sha256(words.encode()).hexdigest()
