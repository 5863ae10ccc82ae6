"""Which editions changed what a page shows."""

from datetime import date
from typing import Any

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page

OWN = Concat(Value("entry/"), Cast("number", TextField()), output_field=TextField())


def changes(chronicle: Chronicle) -> Any:
    """All editions of a chronicle, in their order."""
    return Edition.objects.filter(chronicle=chronicle).order_by("seq")


def of_entry(chronicle: Chronicle, number: int) -> Any:
    """Those of one entry."""
    return changes(chronicle).filter(subject=f"entry/{number}")


def of_day(chronicle: Chronicle, day: date) -> Any:
    """Those of the words of a day, and of what it tells or happened on it."""
    told, happened = on_day(chronicle, day)
    return changes(chronicle).filter(Q(subject=Page(date=day).subject) | told | happened)


def on_day(chronicle: Chronicle | int, day: date) -> tuple[Q, Q]:
    """The editions of what a day tells, and of what happened on it."""
    told, happened = (
        Entry.objects.filter(chronicle=chronicle, **{column: day}) for column in ("told_on", "happened_on")
    )
    return _any(told), _any(happened)


def of_term(chronicle: Chronicle, facet: str, number: int) -> Any:
    """Those of a term, and of what is under it."""
    links = EntryTerm.objects.filter(term__chronicle=chronicle, term__facet=facet, term__number=number)
    entries = Entry.objects.filter(chronicle=chronicle, pk__in=links.values("entry"))
    return changes(chronicle).filter(Q(subject=f"{facet}/{number}") | _any(entries))


def _any(entries: Any) -> Q:
    return Q(subject__in=entries.order_by().annotate(own=OWN).values("own"))
