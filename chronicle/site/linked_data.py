"""What machines are told of a page in the words of schema.org. It says no more than the page, and no more
exactly.

Addresses are absolute. Instants carry the local offset of the chronicle's zone.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chronicle.clock import Clock
from chronicle.models import Chronicle, Entry
from chronicle.prose import outward
from chronicle.record.cards import Terms
from chronicle.site.shown import OfDay

Data = dict[str, Any]

CONTEXT = "https://schema.org"
TYPES = {"article-newspaper": "NewsArticle", "post": "SocialMediaPosting"}
"""What schema.org calls a source, by its CSL type, where it has a word for it."""

DATED = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
_MINUTE, _MOMENT = timedelta(minutes=1), timedelta(microseconds=1)


def series(chronicle: Chronicle, url: str) -> Data:
    """A chronicle as a series of which its pages are parts; it covers its days, without end while open."""
    last = chronicle.last_date.isoformat() if chronicle.last_date else ".."
    known = {"@id": url, "url": url, "name": chronicle.title, "description": chronicle.description}
    days = {"temporalCoverage": f"{chronicle.first_date.isoformat()}/{last}"}
    return told({"@context": CONTEXT, "@type": "CreativeWorkSeries", **known, **days}, chronicle)


def part_of(chronicle: Chronicle, url: str) -> Data:
    """The chronicle as it is named by its parts."""
    return {"@type": "CreativeWorkSeries", "@id": url, "url": url, "name": chronicle.title}


def posting(entry: Entry | OfDay, url: str, printed: datetime | None, zone: ZoneInfo) -> Data:
    """What a page says of an entry that it shows; ``printed`` is when it was first printed."""
    return without_unknown(
        {
            "@type": "BlogPosting",
            "@id": url,
            "url": url,
            "headline": entry.headline,
            "datePublished": printed and at(printed, zone),
            "dateModified": at(entry.updated_at, zone),
        }
    )


def event(entry: Entry, card: Any, terms: Terms, *, post: Data, description: str) -> Data:
    """An entry as something that happened, with ``post``, its own page, and the sources that this rests on.

    ``card`` is what the page shows of it.
    """
    chronicle = entry.chronicle
    cited = {
        "creativeWorkStatus": card["standing_words"],
        "citation": sources(entry.document["citations"], terms),
    }
    known = {
        "@context": CONTEXT,
        "@type": "Event",
        "url": post["url"],
        "name": entry.headline,
        "description": description,
        **dates_of(entry, chronicle.clock),
        "location": [{"@type": "Place", "name": each.words} for each in card["places"] if not each.is_taken],
        "subjectOf": without_unknown(post | cited),
    }
    return told(known, chronicle)


def times_of(clock: Clock, day: Any) -> Data:
    """The instants between which a day's page covers what happens."""
    begins, ends = clock.day_bounds(day)
    return {"coverageStartTime": at(begins, clock.zone), "coverageEndTime": at(ends, clock.zone)}


def dates_of(entry: Entry, clock: Clock) -> Data:
    """When an entry began and ended, as exactly as is known, and only where it is.

    An open end is left out. Something that fell somewhere within a span has no end, and the beginning that
    all instants of the span have in common: a day, a month or a year, or none. What filled its span has the
    days on which it begins and ends: its bounds may be those of a part of the day, or of "about eleven".
    """
    zone = clock.zone
    earliest, last = entry.earliest.astimezone(zone), (entry.latest - _MOMENT).astimezone(zone)
    if entry.throughout:
        begins = "" if entry.open_start else earliest.date().isoformat()
        ends = "" if entry.open_end else last.date().isoformat()
        return without_unknown({"startDate": begins, "endDate": ends})
    if entry.open_start or entry.open_end:
        return {}
    return without_unknown({"startDate": common(earliest, last, zone)})


def common(earliest: datetime, last: datetime, zone: ZoneInfo) -> str:
    """What two local instants have in common: the minute, the day, the month, the year or nothing."""
    if last - earliest < _MINUTE:
        return at(earliest, zone)
    day, other = earliest.date().isoformat(), last.date().isoformat()
    return next((day[:size] for size in (10, 7, 4) if day[:size] == other[:size]), "")


def at(instant: datetime, zone: ZoneInfo) -> str:
    """An instant by the clock of ``zone``; in UTC where its offset there is not of whole minutes."""
    local = instant.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    of_whole_minutes = not offset.seconds % 60 and not offset.microseconds
    return (local if of_whole_minutes else instant.astimezone(UTC)).isoformat(timespec="seconds")


def sources(citations: Iterable[Any], terms: Terms) -> list[Data]:
    """Each source that ``citations`` of a document rest on, once."""
    cited = dict.fromkeys((citation["source"], citation["outlet"]) for citation in citations)
    return [
        source(terms[name].document, terms[outlet].label)
        for name, outlet in cited
        if not terms[name].taken_at
    ]


def source(document: Any, outlet: str) -> Data:
    """A source by its own document, with the name of the outlet that published it."""
    date = document["published_on"]
    return without_unknown(
        {
            "@type": TYPES.get(document["genre"], "CreativeWork"),
            "name": document["title"],
            "publisher": {"@type": "Organization", "name": outlet} if outlet else {},
            "url": outward(document["url"]),
            "archivedAt": outward(document["archived_url"]),
            "datePublished": date if DATED.fullmatch(date) else "",
            "inLanguage": document["language"],
            "creativeWorkStatus": "Retracted" if document["retracted"] else "",
        }
    )


def told(data: Mapping[str, Any], chronicle: Chronicle) -> Data:
    """``data`` in the language of ``chronicle``, without what is not known."""
    return without_unknown({**data, "inLanguage": chronicle.language})


def without_unknown(data: Mapping[str, Any]) -> Data:
    return {name: value for name, value in data.items() if value}
