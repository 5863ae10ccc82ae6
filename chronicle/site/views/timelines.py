from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.site import heads, naming, strip
from chronicle.site.bounds import LONGEST_SEARCH
from chronicle.site.caching import keyed, of_chronicle, telling
from chronicle.site.filters import ASKED, TERMS
from chronicle.site.listing import listing_of
from chronicle.site.sections import address
from chronicle.site.then.serving import at_any_time


@at_any_time(*ASKED)
def timeline(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """All days of a chronicle, narrowed by what the reader chose and looks for."""
    listing = listing_of(request.GET, chronicle, strip.calendar_of(chronicle))
    canonical = heads.canonical(request, address("timeline", chronicle.slug))
    response = render(
        request,
        "chronicle/timeline.html",
        {
            "chronicle": chronicle,
            "listing": listing,
            "told_when": "on the day that it stands under",
            "head": heads.Head(
                f"Timeline · {chronicle.title}",
                canonical,
                site=chronicle.title,
                picture=heads.picture_of(request, chronicle),
                indexed=not request.GET,
                feeds=listing.feeds,
            ),
        },
    )
    keyed(response, chronicle, listing.subjects, beyond=listing.told)
    return telling(response, listing.sentences)


@of_chronicle("facet", "q", *TERMS)
def suggest(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """What may be meant by what is typed so far: terms, and for the search box the words themselves.

    A part of a page, fetched as a reader types; with ``facet``, choices of that facet.
    """
    facet = request.GET.get("facet", "")
    facet = facet if facet in TERMS else ""
    typed = " ".join(request.GET.get(facet or "q", "")[:LONGEST_SEARCH].replace("\0", "").split())
    suggestions = naming.suggested(chronicle, typed, [facet] if facet else TERMS)
    context = {"chronicle": chronicle, "suggestions": suggestions, "typed": typed, "facet": facet}
    response = render(request, "chronicle/_suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
