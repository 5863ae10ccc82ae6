"""Which rows of the desk a takedown reaches: what it names, and what cannot be told without that."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from chronicle.documents import is_subject
from events.models import Day, Decision, Event, Outlet, Printed, Source, Story, Text
from events.models.decision import named_as


def row_of(story: Story, subject: str) -> Any:
    """The row of the desk that ``subject`` of the record of ``story`` is printed from; None where none is."""
    facet, _, name = subject.partition("/")
    if not is_subject(subject):
        return None
    if facet == "page":
        return Day.objects.filter(story=story, date=_date_of(name)).first()
    if facet == "text":
        return Text.objects.filter(story=story, name=name).first()
    if not name.isdecimal():
        return None
    printed = Printed.objects.filter(story=story, facet=facet, number=int(name)).first()
    return getattr(printed, facet) if printed else None


def _date_of(name: str) -> date | None:
    """The date that a page is named by; None where there is no such day."""
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def name_of(row: Any) -> str:
    """What a part of a takedown calls a row of the desk, without words: “event/42”."""
    return named_as([row]).strip()


def has_words(row: Any) -> bool:
    """Whether anything is left to be taken of a row of the desk; of a decision, any of its words."""
    if isinstance(row, Decision):
        return row.words.exclude(text="").exists()
    return row.erased_at is None


def is_printed(row: Any) -> bool:
    """Whether the record has ever had it under a number, or as a page of its own."""
    if isinstance(row, Text):
        return row.published_version > 0
    return hasattr(row, "printed")


def with_what_rests_on(rows: Iterable[Any]) -> list[Any]:
    """``rows`` that have words, and what tells nothing without them: each once, what was named first."""
    found: dict[str, Any] = {}
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        if has_words(row) and name_of(row) not in found:
            found[name_of(row)] = row
            waiting += ALONG.get(type(row), _nothing)(row)
    return list(found.values())


def _nothing(row: Any) -> Iterator[Any]:
    yield from ()


def _along_with_event(event: Event) -> Iterator[Any]:
    yield from event.citations.all()


def _along_with_source(source: Source) -> Iterator[Any]:
    """What is printed of it stands in the record for itself; a citation of what never was says nothing."""
    yield from source.proposals.all()
    if not is_printed(source):
        yield from source.citations.all()


def _along_with_outlet(outlet: Outlet) -> Iterator[Any]:
    yield from outlet.proposals.all()
    if not is_printed(outlet):
        yield from outlet.sources.all()


ALONG: dict[type, Callable[[Any], Iterator[Any]]] = {
    Event: _along_with_event,
    Source: _along_with_source,
    Outlet: _along_with_outlet,
}
"""What goes with a row of each model."""
