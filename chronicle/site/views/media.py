from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.site import gallery, heads
from chronicle.site.caching import of_chronicle, telling
from chronicle.site.filters import ASKED


@of_chronicle(*ASKED)
def media(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """The pictures and documents of a chronicle, narrowed by what the reader chose and looks for."""
    listing = gallery.gallery_of(request.GET, chronicle)
    context = {
        "chronicle": chronicle,
        "facet": "asset",
        "listing": listing,
        "head": heads.of_index(request, chronicle, "asset", "Pictures and documents"),
    }
    return telling(render(request, "chronicle/media.html", context), listing.sentences)
