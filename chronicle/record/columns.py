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

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.text import slugify

from chronicle.clock import Clock
from chronicle.models.chronicle import Chronicle
from chronicle.models.entry import PART_BITS, Standing

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


def of_term(facet: str, document: Any, chronicle: Chronicle) -> Columns:
    """The columns of a term: what it is called in ``chronicle``, and so in its address."""
    label = _LABELS[facet](document, chronicle)[:300]
    return {"label": label, "slug": slugify(label, allow_unicode=True)[:70].strip("-") or facet}


def _name(document: Any, _chronicle: Chronicle) -> str:
    return str(document["name"])


def _title(document: Any, _chronicle: Chronicle) -> str:
    return str(document["title"])


def _names(document: Any, chronicle: Chronicle) -> str:
    """The names that are shown, put together in the style of the chronicle."""
    names = document["names"]
    shown = [name["name"] for name in names if name["preferred"]]
    first, *others = shown or [name["name"] for name in names[:1]] or ["(without a name)"]
    if not others or chronicle.name_style == "first":
        return str(first)
    if chronicle.name_style == "brackets":
        return f"{first} ({', '.join(others)})"
    return " / ".join([first, *others])


_LABELS: dict[str, Callable[[Any, Chronicle], str]] = {
    "kind": _name,
    "outlet": _name,
    "source": _title,
    "place": _names,
    "actor": _names,
}


def of_entry(document: Any, clock: Clock) -> Columns:
    """The columns of an entry but ``sk`` and the card. A withdrawn one keeps its place, not its words."""
    moment = document["moment"]
    earliest, latest = instant(moment["earliest"]), instant(moment["latest"])
    happened_on = date.fromisoformat(moment["happened_on"])
    touched = clock.parts_of_any_day(earliest, latest)
    return {
        "headline": document.get("headline", ""),
        "earliest": earliest,
        "latest": latest,
        "open_start": moment["open_start"],
        "open_end": moment["open_end"],
        "throughout": moment["throughout"],
        "happened_on": happened_on,
        "told_on": date.fromisoformat(moment["told_on"]),
        "parts": sum(PART_BITS[part] for part in touched),
        "standing": document.get("standing", Standing.UNSUPPORTED.value),
        "key": document.get("key", False),
        "withdrawn_reason": document.get("withdrawn", ""),
    }


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
