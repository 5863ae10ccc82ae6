from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle.site import gallery, heads, strip


@require_safe
def media(request: HttpRequest, slug: str) -> HttpResponse:
    """The pictures and documents of a chronicle, narrowed by what the reader chose and looks for."""
    chronicle = strip.chronicle_called(slug)
    context = {
        "chronicle": chronicle,
        "facet": "asset",
        "listing": gallery.gallery_of(request.GET, chronicle),
        "head": heads.of_index(request, chronicle, "asset", "Pictures and documents"),
    }
    return render(request, "chronicle/media.html", context)
