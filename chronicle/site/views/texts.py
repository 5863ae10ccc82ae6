from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle import wording
from chronicle.models import Edition, Text
from chronicle.site import differences, heads, sections
from chronicle.site.caching import of_chronicle
from chronicle.site.history import of_words
from chronicle.site.tombstones import of_text
from chronicle.site.views import tombstones
from chronicle.site.views.errors import NoSuchPage


@of_chronicle()
def text(request: HttpRequest, chronicle: Any, name: str) -> HttpResponse:
    """One text of a chronicle, on a page beside its days, with how it changed, or its tombstone."""
    if name not in (chronicle.texts_printed + chronicle.texts_taken).split():
        raise NoSuchPage(f"“{chronicle}” has no page “{name}” so far.")
    found = Text.objects.get(chronicle=chronicle, name=name)
    found.chronicle = chronicle
    if found.taken_at:
        return tombstones.answer(request, chronicle, of_text(found))
    editions = Edition.objects.filter(chronicle=chronicle, subject=found.subject)
    read = list(editions.with_document().order_by("-edition"))
    context = {
        "head": heads.of_text(request, found),
        "chronicle": chronicle,
        "text": found,
        "editions": read,
        "history": list(of_words(read, differences.of_fields)),
        "comparable": len(read) > 1 and sections.address("text_changes", chronicle.slug, name),
        "city": wording.city_of(chronicle.clock.zone),
    }
    return render(request, "chronicle/text.html", context)
