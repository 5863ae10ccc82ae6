from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chronicle import prose, wording
from chronicle.clock import Calendar
from chronicle.models import Edition, Entry, Term
from chronicle.record import cards, columns
from chronicle.site import sections, strip


@require_safe
def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One entry with all its citations and editions; the tombstone of a withdrawn one (410)."""
    found = get_object_or_404(Entry.objects.select_related("chronicle", "page"), chronicle__slug=slug, pk=pk)
    if found.public_from > timezone.now():
        raise Http404("There is no such entry.")
    editions = Edition.objects.filter(
        chronicle=found.chronicle, subject_kind=Edition.Subject.ENTRY, subject_id=found.pk
    ).order_by("-number")
    context = {"entry": found, "chronicle": found.chronicle}
    if found.withdrawn_at:
        context["editions"] = list(editions.defer("document"))
        return render(request, "chronicle/withdrawn.html", context, status=410)
    calendar = days_with_page(found)
    terms = Term.objects.in_bulk(list(columns.term_ids(found.document)))
    context |= {
        "card": cards.card_context(found.document, terms, url=found.get_absolute_url()),
        "editions": [(edition, prose.printed(edition.document.get("text", ""))) for edition in editions],
        "happened": sections.day_link(found.chronicle, found.happened_on, calendar),
        "told": sections.day_link(found.chronicle, found.reported_on, calendar),
        "span": wording.span_words(
            found.earliest, found.latest, throughout=found.throughout, zone=found.chronicle.clock.zone
        ),
    }
    return render(request, "chronicle/entry.html", context)


def days_with_page(found: Entry) -> Calendar:
    """The calendar to link the days of ``found`` by.

    Each day up to the one that tells it has a page. How many follow is asked only where it matters.
    """
    if found.happened_on <= found.reported_on:
        return found.chronicle.calendar
    return strip.calendar_of(found.chronicle, strip.days_of(found.chronicle))
