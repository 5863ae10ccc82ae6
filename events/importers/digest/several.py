"""The days that one text tells: one, or several of which each stands under its date.

A heading names its day by date, weekday and number. Where these do not agree, or the chronicle has no such
day, the day is asked for: it is read as the first that it may be, until a person has said which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chronicle.clock import Calendar
from chronicle.wording import day_words, days_words
from events.importers.digest.dates import weekday_in
from events.importers.digest.dating import possible_days
from events.importers.digest.headings import Heading, day_number_in, headings
from events.importers.digest.heads import head_of
from events.importers.digest.reading import (
    Digest,
    Story,
    body_of,
    digest_of,
    read_digest,
    whole_of,
    why_no_day,
)
from events.importers.digest.sentences import Sentence
from events.importers.digest.text import cleaned

_WEEK = range(-3, 4)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayOfText:
    """One day as the text tells it."""

    digest: Digest
    question: str = ""
    """Why its date is not certain, as a sentence; empty where it is."""
    choices: tuple[date, ...] = ()
    """The days that it may be."""


@dataclass(frozen=True)
class _Section:
    """The sentences under one heading, the heading itself included."""

    heading: Heading
    body: list[Sentence]


@dataclass(frozen=True)
class _Dated:
    """What the heading of a section says of its day; where it asks a ``question``, that is not certain."""

    day: date | None = None
    question: str = ""
    choices: tuple[date, ...] = ()

    @property
    def certain(self) -> date | None:
        return None if self.question else self.day


def read_days(
    text: str, story: Story, *, day: date | None = None, chosen: Mapping[int, date] | None = None
) -> list[DayOfText]:
    """The days of ``text``; ``chosen`` are those that a person has decided, by their place from 0.

    ``day`` is a person's decision for all of it. Raises as `read_digest` does where the text tells one day.
    """
    head = head_of(cleaned(text))
    sections = list(_sections(body_of(head)))
    if day or len({section.heading.names for section in sections}) < 2:
        return [DayOfText(read_digest(text, story, day=day))]
    whole = whole_of(head)
    chosen = chosen or {}
    days: list[DayOfText] = []
    first = 1
    for place, dated in enumerate(_dated(sections, head.day, story.calendar, chosen)):
        section = sections[place]
        on = dated.day or (days[-1].digest.day if days else story.calendar.first)
        evidence = f"{day_words(on)}, as given" if place in chosen else section.heading.words
        digest = digest_of(whole, section.body, on, evidence, story, first=first)
        first += len(digest.passages)
        days.append(DayOfText(digest, dated.question, dated.choices))
    return days


def _sections(body: list[Sentence]) -> Iterator[_Section]:
    """The parts of ``body`` under the dates that head them; what stands before the first goes with it."""
    found = headings(body)
    # Of two dates in one paragraph only the first heads it.
    starts = {
        heading.paragraph: heading for heading in found[:0:-1] if heading.paragraph != found[0].paragraph
    }
    held: list[Sentence] = []
    current = next(iter(found), None)
    for sentence in body:
        begins = starts.pop(sentence.paragraph, None)
        if begins and current:
            yield _Section(current, held)
            held, current = [], begins
        held.append(sentence)
    if current:
        yield _Section(current, held)


def _dated(
    sections: list[_Section], head: date | None, calendar: Calendar, chosen: Mapping[int, date]
) -> list[_Dated]:
    """The day of each of ``sections``: those with a date first, then by these the days of the week alone."""
    found = [
        _decided(section.heading, head, calendar, chosen.get(place)) for place, section in enumerate(sections)
    ]
    for place, section in enumerate(sections):
        if section.heading.weekday and place not in chosen:
            before = next(filter(None, (one.certain for one in reversed(found[:place]))), None)
            after = next(filter(None, (one.certain for one in found[place + 1 :])), None)
            found[place] = _by_weekday(section.heading, before, after, head, calendar)
    return found


def _decided(heading: Heading, head: date | None, calendar: Calendar, decided: date | None) -> _Dated:
    """The day that a person ``decided``, or that the date of ``heading`` names."""
    if decided:
        wrong = why_no_day(decided, calendar)
        return _Dated(question=wrong) if wrong else _Dated(decided)
    if heading.written is None:
        return _Dated()
    dates = possible_days(heading.written, head, calendar)
    if not dates:
        return _Dated(question=f"The text says “{heading.words}”, and the chronicle {days_words(calendar)}.")
    if len(dates) > 1:
        return _Dated(dates[0], f"“{heading.words}” may be of several years.", tuple(dates))
    return _beside_words(heading.words, dates[0], calendar)


def _by_weekday(
    heading: Heading, before: date | None, after: date | None, head: date | None, calendar: Calendar
) -> _Dated:
    """The day of a heading that is only a day of the week, by the days told ``before`` and ``after`` it.

    Between two days it is certain where it comes once; of one day alone, where it is that day's neighbour.
    Where no heading has a date, the days around the head line are offered.
    """
    near = list(filter(None, (before, after))) or list(filter(None, (head,)))
    fitting = [on for day in near for on in _of_weekday(heading.weekday, day) if not why_no_day(on, calendar)]
    certain = [on for on in fitting if _lies_between(on, before, after)]
    if len(set(certain)) == 1:
        return _Dated(certain[0])
    choices = _sorted(*set(fitting))
    return _Dated(next(iter(choices), None), f"The text says only “{heading.words}”.", choices)


def _of_weekday(weekday: str, near: date) -> list[date]:
    """The days of that name within a week of ``near``."""
    return [on for n in range(-7, 8) if f"{(on := near + n * _DAY):%A}".lower() == weekday]


def _lies_between(on: date, before: date | None, after: date | None) -> bool:
    if before and after:
        return min(before, after) < on < max(before, after)
    return on == before + _DAY if before else on + _DAY == after


def _beside_words(words: str, day: date, calendar: Calendar) -> _Dated:
    """``day``, or a question where the weekday or the number beside it say another."""
    number = day_number_in(words)
    numbered = calendar.date_of(number) if number else None
    if number and numbered != day:
        says = f"Day {number} is {day_words(numbered)}" if numbered else f"The chronicle has no day {number}"
        return _Dated(day, f"The text says “{words}”. {says}.", _sorted(day, numbered))
    weekday = weekday_in(words)
    if weekday and weekday != f"{day:%A}".lower():
        other = next(near for n in _WEEK if f"{(near := day + timedelta(n)):%A}".lower() == weekday)
        other_day = other if not why_no_day(other, calendar) else None
        question = f"The text says “{words}”. {day_words(day)} is a {day:%A}."
        return _Dated(day, question, _sorted(day, other_day))
    return _Dated(day)


def _sorted(*days: date | None) -> tuple[date, ...]:
    return tuple(sorted(day for day in days if day))
