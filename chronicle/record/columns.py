"""What of a document stands in columns and index rows as well, so that it can be filtered and sorted.

One way from a document to its columns: the press fills them by it, ``rebuild_record`` fills them again, and
``verify_record`` checks by it.

``sk`` orders every entry of the site by one whole number of 64 bits, from the highest:

- 31, signed: the minute since 1970-01-01 00:00 UTC at which it stands (years -71 to 4011). What has an open
  start stands at the last minute that it may touch, everything else at its first.
- 3: how long the moment is, exact first, so that 14:30 stands before "some time in the afternoon".
- 9: within it the second, where it is known, else the position that the editor gave.
- 21: the row id, modulo; with ``clash`` added where another row has that place already.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.text import slugify

from chronicle.clock import Clock
from chronicle.models.chronicle import Chronicle
from chronicle.models.entry import PART_BITS, Standing
from chronicle.models.term import is_gone, is_taken, named_in, number_of
from chronicle.record import labels

Columns = dict[str, Any]

PRECISIONS = ("second", "minute", "under-hour", "hours-3", "hours-6", "hours-12", "day", "longer")
"""How long a moment is, the most exact first; an open one counts as longer than a day."""

MOST_POSITIONS = 512
LOW_BITS = 21
_MINUTE = timedelta(minutes=1)
_WIDTHS = (
    ("second", timedelta(seconds=1)),
    ("minute", _MINUTE),
    ("under-hour", timedelta(minutes=59, seconds=59)),
    ("hours-3", timedelta(hours=3)),
    ("hours-6", timedelta(hours=6)),
    ("hours-12", timedelta(hours=12)),
)


def precision(earliest: datetime, latest: datetime, *, is_open: bool, clock: Clock) -> str:
    """One of ``PRECISIONS``. A day is a calendar day, of 23 to 25 hours where clocks change."""
    if is_open:
        return "longer"
    width = latest - earliest
    for name, widest in _WIDTHS:
        if width <= widest:
            return name
    begins, ends = clock.day_bounds(clock.date_of(earliest))
    return "day" if width <= max(ends - begins, timedelta(days=1)) else "longer"


def of_chronicle(document: Any) -> Columns:
    """The columns of a chronicle, identity apart."""
    return {
        "origin": document["origin"],
        "slug": document["slug"],
        "title": document["title"],
        "description": document["description"],
        "language": document["language"],
        "first_date": date.fromisoformat(document["first_date"]),
        "first_number": document["first_number"],
        "last_date": date.fromisoformat(document["last_date"]) if document["last_date"] else None,
        "zone": document["zone"],
        "morning_begins": time.fromisoformat(document["morning"]),
        "afternoon_begins": time.fromisoformat(document["afternoon"]),
        "evening_begins": time.fromisoformat(document["evening"]),
        "name_style": document["name_style"],
    }


def of_page(document: Any) -> Columns:
    """The columns of a page."""
    return {
        "date": date.fromisoformat(document["date"]),
        "number": document["number"],
        "headline": document["headline"],
        "sentence": document["sentence"],
        "summary": document["summary"],
        "occasion": document["occasion"],
        "closed": document["closed"],
    }


def of_text(document: Any) -> Columns:
    """The columns of a text."""
    return {"title": document["title"], "text": document["text"]}


def of_term(facet: str, document: Any, chronicle: Chronicle) -> Columns:
    """The columns of a term, its lineage apart: what it is called in ``chronicle``, and so in its address."""
    label = labels.label_of(facet, document, chronicle)
    return {
        "label": label,
        "slug": slugify(label, allow_unicode=True)[:70].strip("-") or facet,
        "under": _number(document, _UNDER.get(facet)),
        "relays": _number(document, "relays"),
        "dated": document.get("published_on", ""),
        "retracted": bool(document.get("retracted")),
    }


_UNDER = {"place": "within", "source": "outlet", "asset": "source"}
"""The field that names what a term of a facet belongs under."""


def _number(document: Any, field: str | None) -> int | None:
    """The number of the subject that a field names; None where it names none."""
    subject = document.get(field, "")
    return number_of(subject) if subject else None


def of_entry(document: Any, clock: Clock) -> Columns:
    """The columns of an entry but ``sk`` and the card. A withdrawn one keeps its place, not its words."""
    moment = document["moment"]
    earliest, latest = instant(moment["earliest"]), instant(moment["latest"])
    happened_on = date.fromisoformat(moment["happened_on"])
    return {
        "headline": document.get("headline", ""),
        "earliest": earliest,
        "latest": latest,
        "open_start": moment["open_start"],
        "open_end": moment["open_end"],
        "throughout": moment["throughout"],
        "happened_on": happened_on,
        "told_on": date.fromisoformat(moment["told_on"]),
        "parts": parts_of(moment, clock),
        "standing": document.get("standing", Standing.UNSUPPORTED.value),
        "key": document.get("key", False),
        "withdrawn_reason": document.get("withdrawn", ""),
    }


def parts_of(moment: Any, clock: Clock) -> int:
    """The bits of the parts of the day that a moment may touch."""
    touched = clock.parts_of_any_day(instant(moment["earliest"]), instant(moment["latest"]))
    return sum(PART_BITS[part] for part in touched)


def instant(text: str) -> datetime:
    """An instant of a document."""
    return datetime.fromisoformat(text)


def stands_at(moment: Any) -> datetime:
    """The instant at which a moment stands among others."""
    earliest, latest = instant(moment["earliest"]), instant(moment["latest"])
    if moment["open_start"] and not moment["open_end"]:
        return max(earliest, latest - _MINUTE)
    return earliest


def sk(document: Any, pk: int, clash: int = 0) -> int:
    """The place in time of the entry with that document and row id."""
    at = stands_at(document["moment"])
    minute = int(at.timestamp() // 60)
    long = PRECISIONS.index(document["moment"]["precision"])
    within = at.second if long == 0 else document["position"]
    low = (pk + clash) % (1 << LOW_BITS)
    return (((minute << 3 | long) << 9 | within) << LOW_BITS) | low


def minute_of(sk: int) -> int:
    """The minute since 1970 in UTC at which a place in time stands."""
    return sk >> (LOW_BITS + 12)


LENGTHS = (2, 4, 7, 10)
"""How long hundreds of years, years, months and days are in writing."""


def indexed_under(
    document: Any, parts: int, lineages: Mapping[str, list[int]], taken: Collection[str] = ()
) -> set[str]:
    """The names of the index that an entry is found under: facets and what they hold. None if withdrawn.

    ``parts`` are the bits of its column; ``lineages`` says of each of its places, by subject, the numbers
    of those that it lies in; under none of the terms that were ``taken`` down is anything found. By facet:

    - ``all``, ``key`` of a key event, ``media`` of what shows any; ``kind``, ``place``, ``actor``,
      ``outlet``, ``source``, ``asset`` by number; ``in`` for what lies in a place; ``part``, ``standing``,
      and ``stance`` of any of its citations.
    - ``supports``, ``disputes`` and ``mentions`` by the number of each source that does anything but support
      it: all that it does. What else is under a source, it supports.
    - ``day``: the page that tells it, and that of the day on which it happened.
    - ``told``, ``stands`` and ``happened``: a day, its month, its year and its hundred years, for ``stands``
      of the place in time, in UTC. What may touch many days is found under ``happened`` for the fewest spans
      of these that hold just them, and for those about these. A month or longer that it fills is under
      ``fills`` as well, and its days are not named.
    - ``taken``, and nothing else, of an entry that was taken down: the day that told it.
    """
    if is_taken(document):
        return {f"taken/{document['told_on']}"}
    if "withdrawn" in document:
        return set()
    named = named_in(document).difference(taken)
    names = {"all", f"standing/{document['standing']}", *named, *_marks(document, named)}
    names |= {f"in/{above}" for place in document["places"] for above in lineages[place["subject"]]}
    names |= {f"stance/{citation['stance']}" for citation in document["citations"]}
    names |= _stances_of_sources(each for each in document["citations"] if each["source"] in named)
    names |= {f"part/{part}" for part, bit in PART_BITS.items() if parts & bit}
    return names | _dated(document["moment"])


def is_restated(before: Any, document: Any) -> bool:
    """Whether an entry that said ``before``, if anything, is found under the same names and stands where it
    stood. Not of one that is gone, or was.
    """
    if not before or is_gone(before) or is_gone(document):
        return False
    return _found_by(before) == _found_by(document)


def _found_by(document: Any) -> tuple[Any, ...]:
    # Of one moment, any clock makes the same parts of the day.
    moment = document["moment"] | {"wording": ""}
    return moment, document["position"], indexed_under(document, 0, NOWHERE)


NOWHERE: Any = defaultdict(list)
"""Where places lie, for whoever asks of none."""


def _marks(document: Any, named: set[str]) -> Iterator[str]:
    if document["key"]:
        yield "key"
    if any(subject.startswith("asset/") for subject in named):
        yield "media"


def _stances_of_sources(citations: Iterable[Any]) -> set[str]:
    stances: dict[str, set[str]] = {}
    for citation in citations:
        stances.setdefault(citation["source"], set()).add(citation["stance"])
    unusual = {source: taken for source, taken in stances.items() if taken != {"supports"}}
    return {f"{stance}/{number_of(source)}" for source, taken in unusual.items() for stance in taken}


def _dated(moment: Any) -> set[str]:
    told, happened = date.fromisoformat(moment["told_on"]), date.fromisoformat(moment["happened_on"])
    first = instant(moment["earliest"]).date()
    last = (instant(moment["latest"]) - timedelta.resolution).date()
    stands = stands_at(moment).astimezone(UTC).date()
    spans = {*spans_of(first, max(first, last)), happened.isoformat()}
    names = {f"day/{told}", f"day/{happened}"}
    names |= {f"told/{each}" for each in _and_about(told.isoformat())}
    names |= {f"stands/{each}" for each in _and_about(stands.isoformat())}
    names |= {f"happened/{each}" for span in spans for each in _and_about(span)}
    return names | {f"fills/{span}" for span in spans if len(span) < len("2020-11-08")}


def _and_about(span: str) -> list[str]:
    """A day with its month, year and hundred years: 2020-11-08, 2020-11, 2020, 20."""
    return [*about(span), span]


def about(span: str) -> list[str]:
    """The longer spans that one lies in."""
    return [span[:length] for length in LENGTHS if length < len(span)]


def spans_of(first: date, last: date) -> list[str]:
    """The fewest days, months, years and hundreds of years that hold just ``first`` to ``last``.

    Written as in ISO 8601: 2020-11-08, 2020-11, 2020; 20 are the years 2000 to 2099.
    """
    spans = []
    while first <= last:
        span, following = _longest_from(first, last)
        spans.append(span)
        if following is None:
            break
        first = following
    return spans


def _longest_from(first: date, last: date) -> tuple[str, date | None]:
    """The longest span that begins with ``first`` and is over by ``last``, and the day after it."""
    begins_year = (first.month, first.day) == (1, 1)
    ends = [
        (first.year % 100 == 0 and begins_year, date(first.year // 100 * 100 + 99, 12, 31)),
        (begins_year, date(first.year, 12, 31)),
        (first.day == 1, date(first.year, first.month, monthrange(first.year, first.month)[1])),
        (True, first),
    ]
    for length, (begins, end) in zip(LENGTHS, ends, strict=True):
        if begins and end <= last:
            return first.isoformat()[:length], _day_after(end)
    raise ValueError(f"{first} comes after {last}.")


def _day_after(day: date) -> date | None:
    return None if day == date.max else day + timedelta(days=1)
