from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from chronicle import prose, wording
from chronicle.clock import Calendar
from chronicle.models import Edition, Entry
from chronicle.models.term import named_in
from chronicle.record import cards
from chronicle.site import sections, strip


@require_safe
def entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One entry with all its citations and editions; the tombstone of a withdrawn one (410)."""
    entries = Entry.objects.select_related("chronicle").with_document()
    found = get_object_or_404(entries, chronicle__slug=slug, number=number)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    context = {"entry": found, "chronicle": found.chronicle}
    if found.withdrawn_at:
        context["editions"] = editions_of(found)
        context["told"] = sections.day_link(found.chronicle, found.told_on, found.chronicle.calendar)
        return render(request, "chronicle/withdrawn.html", context, status=410)
    calendar = days_with_page(found)
    terms = cards.terms_of(found.chronicle, named_in(found.document))
    context |= {
        "card": cards.card_context(found.document, terms, url=found.get_absolute_url()),
        "editions": [(edition, said(edition.document)) for edition in readable(editions_of(found))],
        "happened": sections.day_link(found.chronicle, found.happened_on, calendar),
        "told": sections.day_link(found.chronicle, found.told_on, calendar),
        "span": span_of(found),
    }
    return render(request, "chronicle/entry.html", context)


def editions_of(found: Entry) -> list[Any]:
    """The editions of an entry, newest first, with their documents."""
    editions = Edition.objects.filter(chronicle=found.chronicle, subject=found.subject)
    return list(editions.with_document().order_by("-edition"))


def readable(editions: list[Any]) -> list[Any]:
    """``editions`` without the words that a withdrawal took from readers' sight.

    What stood before it stays out of sight when the entry is restored: its history starts anew.
    """
    withdrawn = max((e.edition for e in editions if e.action == "withdrawal"), default=0)
    for edition in editions:
        if edition.edition < withdrawn:
            edition.document = {}
    return editions


def said(document: Any) -> SafeString:
    """The text of an edition, for its page."""
    return prose.printed(document.get("text", ""))


def span_of(found: Entry) -> str:
    """The bounds of its moment in words."""
    return wording.span_words(
        found.earliest,
        found.latest,
        throughout=found.throughout,
        zone=found.chronicle.clock.zone,
        open_start=found.open_start,
        open_end=found.open_end,
    )


def days_with_page(found: Entry) -> Calendar:
    """The calendar to link the days of ``found`` by."""
    return strip.calendar_of(strip.chronicles().get(pk=found.chronicle_id))
