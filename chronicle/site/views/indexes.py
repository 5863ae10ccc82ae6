from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.site import heads, indexes
from chronicle.site.caching import of_chronicle, telling

HEADINGS = {
    "kind": "Kinds",
    "place": "Places",
    "actor": "People and bodies",
    "outlet": "Outlets",
    "source": "Sources",
    "asset": "Pictures and documents",
}


@of_chronicle("order", "outlet", "after", "from")
def index(request: HttpRequest, chronicle: Any, facet: str) -> HttpResponse:
    """All terms of one facet that hold public entries: A–Z by every spelling, or by number of entries."""
    listed = indexes.listed(chronicle, facet, request.GET)
    context = {
        "chronicle": chronicle,
        "facet": facet,
        "heading": HEADINGS[facet],
        "index": listed,
        "head": heads.of_index(request, chronicle, facet, HEADINGS[facet]),
    }
    return telling(render(request, "chronicle/index.html", context), listed.asked.sentences)
