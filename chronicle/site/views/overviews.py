from collections import Counter
from datetime import date
from heapq import nlargest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.site import heads, heat, keys, reads, remembered, strip, tallies
from chronicle.site.then.serving import at_any_time

LATEST = reads.FEW_DAYS
LATEST_BESIDE_A_STORY = 4
OUTLETS = 8


@at_any_time()
def overview(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """One chronicle: what it is about, its story so far, all its days, and what it rests on."""
    calendar = strip.calendar_of(chronicle)
    counts = strip.counts_of(chronicle, calendar)
    story = keys.of_chronicle(chronicle, calendar)
    number = LATEST_BESIDE_A_STORY if story else LATEST
    latest = reads.pages_of(chronicle, nlargest(number, counts))
    standings, outlets = tallies.standings_and_outlets(chronicle, OUTLETS)
    context = {
        "head": heads.of_overview(request, chronicle),
        "chronicle": chronicle,
        "time_zone": wording.zone_words_of_day(chronicle.clock, calendar.last or calendar.first),
        "pages": [(page, counts[page.date]) for page in latest],
        "days": ((calendar.last or calendar.first) - calendar.first).days + 1,
        "told": len(counts),
        "story": story,
        "entries": sum(bar.count for bar in standings),
        "standings": standings,
        "cited": remembered.cited(chronicle),
        "outlets": outlets,
        "most": max(counts.values(), default=0),
    }
    return render(request, "chronicle/overview.html", context | drawn(calendar, counts))


def drawn(calendar: Calendar, counts: Counter[date]) -> dict[str, Any]:
    """The days of a chronicle as a calendar of weeks, or where they are too many, by years."""
    last = calendar.last or calendar.first
    if (last - calendar.first).days < heat.MOST_DAYS:
        return {"weeks": list(heat.weeks(strip.all_cells(calendar, counts)))}
    return {"years": list(heat.years(calendar, counts))}
