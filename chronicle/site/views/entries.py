from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chronicle import wording
from chronicle.models import Entry
from chronicle.models.term import named_in
from chronicle.record import cards
from chronicle.site import evidence, heads, reads, sections, strip
from chronicle.site.caching import keyed
from chronicle.site.history import of_entry
from chronicle.site.then.rows import entry_of
from chronicle.site.then.serving import at_any_time
from chronicle.site.then.telling import step_over
from chronicle.site.tombstones import of_entry as tombstone_of
from chronicle.site.views import tombstones
from chronicle.site.views.errors import NoSuchPage


@at_any_time()
def entry(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """One entry with all its citations and editions; the tombstone of one that is gone (410 or 451)."""
    found = reads.entry_called(chronicle, number)
    if found is None:
        raise Http404
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    editions = reads.editions_of(found)
    if chronicle.then:
        step_over(chronicle.then, [edition.seq for edition in editions])
        found, editions = entry_of(found, editions) or _not_yet(found)
    if found.withdrawn_at or found.taken_at:
        return tombstones.answer(request, chronicle, tombstone_of(found, editions))
    context = {"entry": found, "chronicle": chronicle, "editions": editions}
    response = render(request, "chronicle/entry.html", context | shown(request, found, editions))
    return keyed(response, chronicle, [found.subject, *sorted(named_in(found.document))])


def _not_yet(found: Entry) -> NoReturn:
    raise NoSuchPage(f"Entry {found.number} was not printed yet at that time.")


def shown(request: HttpRequest, found: Entry, editions: list[Any]) -> dict[str, Any]:
    """What the page of an entry shows besides the entry and its chronicle."""
    history = of_entry(found, editions)
    terms, began = history.terms, history.began
    host = settings.CHRONICLE_MEDIA_HOST
    card = cards.card_context(found.document, terms, url=found.get_absolute_url(), host=host)
    calendar = strip.calendar_of(found.chronicle)
    before, after = beside(found)
    groups = evidence.groups(found.document["citations"], card["citations"], terms)
    printed = min((edition.at for edition in editions), default=found.updated_at)
    return {
        "head": heads.of_entry(request, found, terms, printed=printed, calendar=calendar, card=card),
        "card": card,
        "groups": groups,
        "counted": evidence.counted(groups),
        "history": history.steps,
        "comparable": len(history.readable) > 1
        and sections.address("entry_changes", found.chronicle.slug, found.number),
        "withdrawn_since": began and began.at,
        "happened": sections.day_link(found.chronicle, found.happened_on, calendar),
        "told": sections.day_link(found.chronicle, found.told_on, calendar),
        "span": span_of(found),
        "before": before,
        "after": after,
        "reference": reference(request, found),
        "city": wording.city_of(found.chronicle.clock.zone),
    }


def beside(found: Entry) -> tuple[Entry | None, Entry | None]:
    """The entries before and after it among those that its day tells."""
    told = reads.beside(found)
    before = next((each for each in told if each.sk < found.sk), None)
    return before, next((each for each in told if each.sk > found.sk), None)


def reference(request: HttpRequest, found: Entry) -> dict[str, str]:
    """How to cite an entry: its day, its edition and its address."""
    chronicle = found.chronicle
    return {
        "day": f"day {chronicle.calendar.number_of(found.told_on)}, {wording.day_words(found.told_on)}",
        "edition": f"edition {found.edition}, {wording.at_words(found.updated_at, chronicle.clock.zone)}",
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }


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
