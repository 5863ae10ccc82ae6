from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chronicle.models import Chronicle, Term
from chronicle.record import bitmaps
from chronicle.site import heads, strip
from chronicle.site.listing import listing_of
from chronicle.site.selection import names_of


@require_safe
def term(request: HttpRequest, slug: str, facet: str, number: int, called: str = "") -> HttpResponse:
    """What is told under one term, and what it is. Without a public entry left, it is not named (410)."""
    chronicle = strip.chronicle_called(slug)
    found = get_object_or_404(Term.objects.with_document(), chronicle=chronicle, facet=facet, number=number)
    found.chronicle = chronicle
    base = tuple(names_of(facet, [str(number)]))
    if not any(bitmaps.read(chronicle.pk, base).values()):
        return render(request, "chronicle/nothing_under.html", {"chronicle": chronicle}, status=410)
    if called != found.slug:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    return render(request, "chronicle/term.html", _shown(request, chronicle, found, base))


def _shown(request: HttpRequest, chronicle: Chronicle, found: Any, base: tuple[str, ...]) -> dict[str, Any]:
    listing = listing_of(
        request.GET, chronicle, strip.calendar_of(chronicle), base=base, but=_but(found.facet)
    )
    return {
        "chronicle": chronicle,
        "term": found,
        "listing": listing,
        "told_when": "on the day that it stands under",
        "head": heads.Head(
            f"{found.label} · {chronicle.title}",
            heads.canonical(request, found.get_absolute_url()),
            site=chronicle.title,
            picture=heads.picture_of(request, chronicle),
            indexed=not request.GET,
        ),
    }


def _but(facet: str) -> tuple[str, ...]:
    """The facet in which there is nothing to choose on the page of one of its terms."""
    return (facet,) if facet in ("kind", "outlet", "source") else ()
