from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronicle.site import course, heads, strip
from chronicle.site.dossiers import Dossier, dossier_of
from chronicle.site.listing import listing_of
from chronicle.site.tombstones import of_term
from chronicle.site.views import tombstones


@require_safe
def term(request: HttpRequest, slug: str, facet: str, number: int, called: str = "") -> HttpResponse:
    """What is told under one term, and what it is. Without a public entry left, it is not named (410).

    Of what was taken down the tombstone is shown (410 or 451).
    """
    dossier = dossier_of(slug, facet, number)
    if dossier is None:
        raise Http404
    if dossier.term.taken_at:
        stone = of_term(dossier.term)
        return tombstones.answer(request, dossier.term.chronicle, stone, facet=facet)
    if not dossier.term.used:
        left = {"chronicle": dossier.term.chronicle, "taken_down": dossier.document.get("taken_down", "")}
        return render(request, "chronicle/nothing_under.html", left, status=410)
    if called != dossier.term.slug:
        query = request.GET.urlencode()
        return redirect(dossier.term.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    return render(request, "chronicle/term.html", _shown(request, dossier))


def _shown(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    found, chronicle = dossier.term, dossier.term.chronicle
    calendar = strip.calendar_of(chronicle)
    spans = course.spans_of(calendar)
    also = [*dossier.also, *(course.name_of(span) for span in spans)]
    listing = listing_of(request.GET, chronicle, calendar, of=found, also=also, named=dossier.named)
    dossier.fill(listing)
    return {
        "chronicle": chronicle,
        "term": found,
        "facet": found.facet,
        "dossier": dossier,
        "course": course.course_of(spans, listing.selection),
        "listing": listing,
        "told_when": "on the day that it stands under",
        "head": heads.of_term(
            request,
            found,
            dossier.data,
            whole=not request.GET,
            picture=dossier.picture,
            content=dossier.content,
        ),
    }
