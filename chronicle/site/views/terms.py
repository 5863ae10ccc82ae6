from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chronicle.site import course, heads, strip
from chronicle.site.caching import answered, keyed, tag_of_page, telling, tidied
from chronicle.site.dossiers import Dossier, dossier_of, dossier_then, rows
from chronicle.site.filters import ASKED
from chronicle.site.listing import listing_of
from chronicle.site.then.serving import at_its_time
from chronicle.site.tombstones import of_term
from chronicle.site.views import tombstones
from chronicle.site.views.errors import NoSuchPage

KNOWN = (*ASKED, "show")


@require_safe
def term(request: HttpRequest, slug: str, facet: str, number: int, called: str = "") -> HttpResponse:
    """What is told under one term, and what it is. Without a public entry left, it is not named (410).

    Of what was taken down the tombstone is shown (410 or 451).
    """

    def then(chronicle: Any) -> HttpResponse:
        found = rows.read(slug, facet, number, chronicle.then)
        return _page(request, dossier_then(chronicle, facet, found), facet, called)

    return at_its_time(
        request,
        slug,
        KNOWN,
        now=lambda: _now(request, slug, facet, number, called),
        then=then,
    )


def _now(request: HttpRequest, slug: str, facet: str, number: int, called: str) -> HttpResponse:
    if (tidy := tidied(request, KNOWN)) is not None:
        return tidy
    dossier = dossier_of(slug, facet, number)
    if dossier is None:
        raise Http404
    tag = tag_of_page(request, dossier.term.chronicle)
    return answered(request, tag, lambda: _page(request, dossier, facet, called))


def _page(request: HttpRequest, dossier: Dossier | None, facet: str, called: str) -> HttpResponse:
    if dossier is None:
        raise Http404
    found, chronicle = dossier.term, dossier.term.chronicle
    if found.taken_at and called:
        # Its address of before has its name.
        return redirect("term_by_number", chronicle.slug, facet, found.number)
    if found.taken_at:
        return tombstones.answer(request, chronicle, of_term(found), facet=facet)
    if not found.used:
        left = {"chronicle": chronicle, "taken_down": dossier.document.get("taken_down", "")}
        return render(request, "chronicle/nothing_under.html", left, status=410)
    if called != found.slug:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    shown = _shown(request, dossier)
    listing = shown["listing"]
    if chronicle.then and not listing.selection.whole:
        raise NoSuchPage("Nothing that can be read was told under this by then.")
    response = render(request, "chronicle/term.html", shown)
    keyed(response, chronicle, [found.subject, *listing.subjects], beyond=[found.subject])
    return telling(response, listing.sentences)


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
            feeds=listing.feeds,
        ),
    }
