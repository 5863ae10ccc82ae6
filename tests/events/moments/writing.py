"""Writing a moment as a phrase that reads the same, open where it is open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta

from chronicle.clock import PARTS, Clock
from events.moments import Moment, Unreadable, read


def write(moment: Moment, *, told_on: date, clock: Clock) -> str:
    """A phrase that ``read`` gives the same bounds, day, flags and EDTF, as short as is found."""
    aim = replace(moment, wording="")
    phrases = _open_phrases if moment.open_start or moment.open_end else _phrases
    for phrase in phrases(moment, told_on, clock):
        try:
            if replace(read(phrase, told_on=told_on, clock=clock), wording="") == aim:
                return phrase
        except Unreadable:
            continue
    return _exactly(moment)


def _phrases(moment: Moment, told_on: date, clock: Clock) -> Iterator[str]:
    """Phrases that may tell ``moment``, the plainest first; ``write`` tries each by reading it."""
    zone = clock.zone
    begins, ends = moment.earliest.astimezone(zone), moment.latest.astimezone(zone)
    last = clock.date_of(moment.latest - timedelta(microseconds=1))
    named = _dated(moment.happened_on)
    day = _day(moment, told_on)
    whole = "throughout" if moment.throughout else ""
    if moment.throughout:
        times = ["all day", *(f"throughout the {span}" for span in _SPANS)]
    else:
        times = ["some time" if day else "some time that day", *_SPANS.values(), f"{begins:%H:%M}"]
    hours = f"{begins:%H:%M} and {ends:%H:%M}"
    times += [f"{whole} between {hours}", f"{whole} overnight between {hours}"]
    for time in times:
        yield f"{time} {day}".strip()
    yield f"{whole} on the night of {named}".strip()
    yield f"about {named}"
    if last > moment.happened_on:
        yield f"{whole} {named} – {_dated(last)}".strip()
        yield f"about {_dated(last - timedelta(days=1))}"
    begin, end = f"{_dated(begins.date())} at {begins:%H:%M}", f"{_dated(ends.date())} at {ends:%H:%M}"
    yield f"{whole} from {begin} to {end}".strip()


def _open_phrases(moment: Moment, told_on: date, clock: Clock) -> Iterator[str]:
    """Phrases that tell only the closed end of ``moment``; to the second in UTC where no other will do."""
    words = ("since", "after") if moment.open_end else ("until", "before")
    word = words[0] if moment.throughout else words[1]
    # What ends at midnight is told with the day that midnight ends.
    at, reach = (moment.earliest, timedelta(0)) if moment.open_end else (moment.latest, timedelta(seconds=1))
    local, day = at.astimezone(clock.zone), _day(moment, told_on)
    for time in (f"{local:%H:%M}", f"{local:%H:%M:%S}"):
        yield f"{word} {time} {day}".strip()
        yield f"{word} {time} overnight {day}".strip()
        yield f"{word} {time} on the night of {_dated(moment.happened_on)}"
    counted = f"counted on {moment.happened_on.isoformat()}"
    exactly = f"{word} {at.astimezone(UTC):%H:%M:%S} UTC"
    yield f"{exactly} on {_dated((at - reach).date())} {counted}"
    for morning in (at.date(), at.date() + timedelta(days=1)):
        yield f"{exactly} overnight into {_dated(morning)} {counted}"


def _day(moment: Moment, told_on: date) -> str:
    named = f"on {_dated(moment.happened_on)}"
    return {told_on: "", told_on - timedelta(days=1): "the day before"}.get(moment.happened_on, named)


def _span_names() -> dict[str, str]:
    """Each part of the day, whole and divided, and how it is said."""
    said = {"night": "at night"} | {part: f"in the {part}" for part in PARTS[1:]}
    names = said | {"dawn": "at dawn"}
    for part, words in said.items():
        names |= {f"{share} {part}": f"{share} {words}" for share in ("early", "late")}
        names |= {f"middle of the {part}": f"in the middle of the {part}"}
    return names | {"midday": "at midday", "overnight": "overnight"}


_SPANS = _span_names()


def _dated(day: date) -> str:
    return f"{day.day} {day:%B} {day.year:04}"


def _exactly(moment: Moment) -> str:
    """``moment`` to the second, in UTC, so that no change of clocks can blur it."""
    whole = "throughout " if moment.throughout else ""
    begins, ends = (at.astimezone(UTC).strftime("%H:%M:%S") for at in moment.order)
    first, last = (at.astimezone(UTC).date().isoformat() for at in moment.order)
    return (
        f"{whole}from {first} {begins} UTC to {last} {ends} UTC counted on {moment.happened_on.isoformat()}"
    )
