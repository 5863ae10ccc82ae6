"""What the marks of a chronicle mean."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle import wording
from chronicle.models import Text
from chronicle.site import codebook, heads, reads, sections
from chronicle.site.caching import keyed, of_chronicle


@of_chronicle()
def of_marks(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """The codebook: what the story says itself, what each mark means, and what its entries go by."""
    own = Text.objects.filter(chronicle=chronicle, name="codebook").first()
    printed = reads.editions_of(reads.Row(chronicle.pk, "text/codebook")) if own else []
    whole = reads.editions_of(reads.Row(chronicle.pk, "chronicle"))
    context = {
        "chronicle": chronicle,
        "own": own,
        "standings": codebook.standings(),
        "actions": codebook.actions(),
        "marks": codebook.marks(),
        "grades": codebook.grades(),
        "hours": codebook.hours(chronicle),
        "needed": codebook.needed(whole),
        "kinds": codebook.kinds(chronicle),
        "editions": printed,
        "history": codebook.history(printed, whole),
        "comparable": len(printed) > 1 and sections.address("text_changes", chronicle.slug, "codebook"),
        "city": wording.city_of(chronicle.clock.zone),
        "head": heads.of_codebook(request, chronicle),
    }
    response = render(request, "chronicle/codebook.html", context)
    return keyed(response, chronicle, ["text/codebook", "chronicle"])
