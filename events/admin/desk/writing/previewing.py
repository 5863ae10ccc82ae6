"""An event as readers would see it: the press composes it, the site's templates show it.

What is typed is saved to be composed, in a transaction of which nothing is kept.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from chronicle.models import Entry
from chronicle.record import cards
from chronicle.site import evidence, sections
from chronicle.site.views.entries import span_of
from events import press
from events.models import Event

ASKED = "_preview"
"""The button that asks for it."""
WIDTHS = (("desktop", "On a desktop"), ("phone", "On a phone"))


def answer(request: HttpRequest, event: Event, context: dict[str, Any]) -> HttpResponse:
    """The page with ``event``, saved just now, at two widths; nothing of that save is kept."""
    found = press.preview(event)
    inside = render_to_string("admin/events/writing/previewed.html", shown(found.entry, found.terms))
    told = {
        "title": f"Preview of “{event}”",
        "inside": inside,
        "widths": WIDTHS,
        "found": found,
        "event": event,
    }
    response = TemplateResponse(request, "admin/events/writing/preview.html", context | told).render()
    transaction.set_rollback(True)
    # Whatever the save had to say is not so.
    list(messages.get_messages(request))
    return response


def shown(entry: Entry, terms: dict[str, Any]) -> dict[str, Any]:
    """What the page of ``entry`` shows of it."""
    chronicle, document = entry.chronicle, entry.document
    card = cards.card_context(document, terms, url="")
    groups = evidence.groups(document["citations"], card["citations"], terms)
    calendar = chronicle.calendar
    return {
        "entry": entry,
        "chronicle": chronicle,
        "card": card,
        "groups": groups,
        "counted": evidence.counted(groups),
        "happened": sections.day_link(chronicle, entry.happened_on, calendar),
        "told": sections.day_link(chronicle, entry.told_on, calendar),
        "span": span_of(entry),
    }
