"""How one subject came to be as it is: its editions, and any two of them beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chronicle import wording
from chronicle.models import Term, Text
from chronicle.record import cards
from chronicle.site import differences, facts, heads, holdings, reads, sections, strip
from chronicle.site.caching import keyed, of_chronicle, telling
from chronicle.site.comparing import ASKED, Compare, comparison_of
from chronicle.site.history import Step, of_entry, of_words
from chronicle.site.sections import DayLink
from chronicle.site.views.errors import NoSuchPage

Told = list[differences.Change]


@dataclass(frozen=True)
class History:
    """What readers can read of the editions of a subject, and the page that ``back`` leads to."""

    subject: str
    called: str
    back: DayLink
    editions: Sequence[Any]
    steps: Sequence[Step]
    compare: Compare
    began: Any = None
    """The withdrawal since which it is public again."""


@of_chronicle(*ASKED)
def of_day(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """How the words of a day changed."""
    calendar = strip.calendar_of(chronicle)
    day = calendar.date_of(number)
    printed = day and reads.page_of(chronicle, day)
    if not printed or not day:
        raise NoSuchPage(f"No words of a day {number} have been printed in “{chronicle}”.")
    address = sections.address("page_changes", chronicle.slug, number)
    if request.path != address:
        return redirect(address, permanent=True)
    back = sections.day_link(chronicle, day, calendar)
    return _answer(request, chronicle, _of_words(printed, f"day {number}", back, differences.of_fields))


@of_chronicle(*ASKED)
def of_an_entry(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """How an entry changed since it is public."""
    found = reads.entry_called(chronicle, number)
    if found is None:
        raise Http404
    if found.withdrawn_at or found.taken_at:
        return redirect(sections.address("entry", chronicle.slug, number))
    history = of_entry(found, reads.editions_of(found))
    back = DayLink(found.headline, sections.address("entry", chronicle.slug, number))
    return _answer(
        request,
        chronicle,
        History(
            found.subject,
            f"“{found.headline}”",
            back,
            history.readable,
            history.steps,
            lambda before, after: differences.changes(before, after, history.terms, chronicle.clock.zone),
            history.began,
        ),
    )


@of_chronicle(*ASKED)
def of_text(request: HttpRequest, chronicle: Any, name: str) -> HttpResponse:
    """How a text beside the days changed."""
    found = Text.objects.filter(chronicle=chronicle, name=name).first()
    if not found:
        raise NoSuchPage(f"“{chronicle}” has no page “{name}” so far.")
    address = sections.address("text", chronicle.slug, name)
    if found.taken_at:
        return redirect(address)
    called = f"“{found.title}”"
    back = DayLink(found.title, address)
    return _answer(request, chronicle, _of_words(found, called, back, differences.of_fields))


@of_chronicle(*ASKED)
def of_term(request: HttpRequest, chronicle: Any, facet: str, number: int) -> HttpResponse:
    """How what is said of a term changed, as long as anything public is under it."""
    found = holdings.counted(Term.objects.filter(chronicle=chronicle, facet=facet, number=number)).first()
    if not found:
        raise Http404
    found.chronicle = chronicle
    address = found.get_absolute_url()
    if found.taken_at or not found.used:
        return redirect(address)
    editions = reads.editions_of(found)
    named = (facts.named_by(edition.document or {}) for edition in editions)
    terms = cards.terms_of(chronicle, set().union(*named))
    return _answer(
        request,
        chronicle,
        _of_words(
            found,
            f"“{found.label}”",
            DayLink(found.label, address),
            lambda before, after: differences.of_fields(before, after, terms),
            editions,
        ),
    )


@of_chronicle(*ASKED)
def of_whole(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """How what a chronicle says of itself changed: its title, its description and its days."""
    back = DayLink(chronicle.title, sections.address("overview", chronicle.slug))
    row = reads.Row(chronicle.pk, "chronicle")
    called = "what this chronicle says of itself"
    return _answer(request, chronicle, _of_words(row, called, back, differences.of_fields))


def _of_words(
    row: Any,
    called: str,
    back: DayLink,
    compare: Callable[[Any, Any], Told],
    editions: list[Any] | None = None,
) -> History:
    """The history of what has but words and facts; ``editions`` are its own, where they are read."""
    editions = reads.editions_of(row) if editions is None else editions
    return History(row.subject, called, back, editions, list(of_words(editions, compare)), compare)


def _answer(request: HttpRequest, chronicle: Any, history: History) -> HttpResponse:
    title = f"What has changed in {history.called}"
    comparison = comparison_of(request.GET, history.editions, history.compare)
    response = render(
        request,
        "chronicle/changes.html",
        {
            "chronicle": chronicle,
            "title": title,
            "back": history.back,
            "comparison": comparison,
            "history": history.steps,
            "withdrawn_since": history.began and history.began.at,
            "editions": history.editions,
            "city": wording.city_of(chronicle.clock.zone),
            "head": heads.Head(
                f"{title} · {chronicle.title}",
                heads.canonical(request, request.path),
                site=chronicle.title,
                indexed=False,
            ),
        },
    )
    return telling(keyed(response, chronicle, [history.subject]), comparison and comparison.sentences)
