from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle.site import heads, indexes, strip

HEADINGS = {
    "kind": "Kinds",
    "place": "Places",
    "actor": "People and bodies",
    "outlet": "Outlets",
    "source": "Sources",
    "asset": "Pictures and documents",
}


@require_safe
def index(request: HttpRequest, slug: str, facet: str) -> HttpResponse:
    """All terms of one facet that hold public entries: A–Z by every spelling, or by number of entries."""
    chronicle = strip.chronicle_called(slug)
    context = {
        "chronicle": chronicle,
        "facet": facet,
        "heading": HEADINGS[facet],
        "index": indexes.listed(chronicle, facet, request.GET),
        "head": heads.of_index(request, chronicle, facet, HEADINGS[facet]),
    }
    return render(request, "chronicle/index.html", context)
