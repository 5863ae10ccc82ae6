"""What an open day asks now and then: whether there is anything that its reader has not seen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from chronicle.site import reads, since, strip
from chronicle.site.caching import keyed, of_chronicle
from chronicle.site.views.pages import no_such_day

MOST = 100
"""Of how many entries it is told, those last printed first."""


@of_chronicle()
def of_day(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """Of each entry of a day the size of the log at its first printing, and at its last.

    One answer for all readers, whatever they have seen, so that any cache may give it.
    """
    calendar = strip.calendar_of(chronicle)
    day = calendar.date_of(number)
    if day is None:
        raise no_such_day(chronicle, calendar, number)
    printed = reads.page_of(chronicle, day)
    lately = sorted(since.on_day(chronicle, day), key=lambda each: -each.last)[:MOST]
    told = {
        "size": chronicle.log_size,
        "closed": bool(printed and printed.closed_at),
        "entries": [[each.first, each.last] for each in lately],
    }
    return keyed(JsonResponse(told), chronicle, [f"page/{day}"])
