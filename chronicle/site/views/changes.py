"""What was changed in a whole chronicle after it was first printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle import wording
from chronicle.site import corrections, heads, sections, strip
from chronicle.site.caching import keyed, of_chronicle, telling
from chronicle.site.filters import encoded


@of_chronicle(*corrections.ASKED)
def listed(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """Every edition after the first, the newest first, by action, day or place."""
    calendar = strip.calendar_of(chronicle)
    asked = corrections.asked_of(request.GET, calendar)
    found = corrections.listed(chronicle, asked, calendar)
    chosen = {"action": asked.action, "day": asked.number, "place": asked.place or ""}
    kept = [(name, str(value)) for name, value in chosen.items() if value]
    narrowed = f"?{encoded(kept)}" if kept else ""
    title = f"Corrections · {chronicle.title}"
    response = render(
        request,
        "chronicle/corrections.html",
        {
            "chronicle": chronicle,
            "listed": found,
            "asked": asked,
            "is_narrowed": bool(kept),
            "kinds": corrections.KINDS.items(),
            "places": corrections.places(chronicle),
            "following": found.following and f"?{encoded([*kept, ('before', str(found.following))])}",
            "first": narrowed or request.path,
            "city": wording.city_of(chronicle.clock.zone),
            "head": heads.Head(
                title,
                heads.canonical(request, sections.address("corrections", chronicle.slug)),
                site=chronicle.title,
                picture=heads.picture_of(request, chronicle),
                indexed=not request.GET,
                feeds=heads.feeds_of(chronicle, "corrections_feed", title, narrowed),
            ),
        },
    )
    return telling(keyed(response, chronicle, found.subjects), asked.sentences)
