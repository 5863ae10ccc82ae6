from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chronicle.models import Chronicle, Entry, Page
from chronicle.site import heads, strip

LATEST = 10


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """One chronicle: what it is about, the strip up to its last printed day, and its latest pages."""
    chronicle = get_object_or_404(strip.chronicles(), slug=slug)
    calendar = strip.calendar_of(chronicle)
    last = calendar.last or calendar.first
    latest = list(pages_with_entries(chronicle).filter(date__lte=last).order_by("-date")[:LATEST])
    counts = strip.counts_on(chronicle, [page.date for page in latest])
    return render(
        request,
        "chronicle/overview.html",
        {
            "head": heads.of_overview(request, chronicle),
            "chronicle": chronicle,
            "strip": strip.around(chronicle, calendar, min(chronicle.last_page or calendar.first, last)),
            "pages": [(page, counts[page.date]) for page in latest],
            "days": (last - calendar.first).days + 1,
            "told": strip.days_with_entries(chronicle, calendar),
        },
    )


def pages_with_entries(chronicle: Chronicle) -> Any:
    """The pages that tell an entry, or on whose day one happened that another tells."""
    on_it = Q(told_on=OuterRef("date")) | Q(happened_on=OuterRef("date"))
    entries = Entry.objects.public().filter(on_it, chronicle=chronicle)
    return Page.objects.filter(Exists(entries), chronicle=chronicle)
