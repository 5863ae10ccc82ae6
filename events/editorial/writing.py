"""How the desk's rows are saved: held, checked against the version the person saw, counted up."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction

from chronicle.models import Page
from events import press
from events.editorial.checking import check_values
from events.editorial.holding import check_seen, hold, hold_event, record
from events.editorial.permission import insist_on_saving
from events.editorial.refused import Refused
from events.models import Actor, Citation, Day, Event, Place, Source

Row = TypeVar("Row", bound=press.Termed)
CITED_WORDS = ("source_id", "quote", "locator", "stance", "credibility")


@transaction.atomic
def save_event(
    event: Event,
    *,
    by: Any,
    seen: int | None = None,
    places: Iterable[Place] | None = None,
    actors: Iterable[Actor] | None = None,
) -> Event:
    """Save a new draft, or the changed words of one that was at version ``seen``.

    ``places`` and ``actors`` become all of its own; None leaves them as they are. What is published
    stays as readers see it until it is published again. Raises Refused and Stale.
    """
    insist_on_saving(by, event)
    check_values(event)
    if event.pk is None:
        event.created_by = by
    else:
        _count_up(event, seen)
    event.save()
    if places is not None:
        event.places.set(places)
    if actors is not None:
        event.actors.set(actors)
    return event


def _count_up(event: Event, seen: int | None) -> None:
    """Hold ``event``, at version ``seen``, and give it the next version; what verbs own stays as saved."""
    saved = hold(event)
    check_seen(saved, seen)
    if event.day.chronicle_id != saved.day.chronicle_id and saved.published_version:
        raise Refused("This has been in the record of its chronicle: it cannot move to another one.")
    for name in ("state", "published_version", "public_from", "withdrawal_reason", "created_by_id", "key"):
        setattr(event, name, getattr(saved, name))
    event.version = saved.version + 1


@transaction.atomic
def save_citation(citation: Citation, *, by: Any, seen: int | None = None) -> Citation:
    """Save a new citation as pending, or the changed words of one that was at version ``seen``.

    A change sends an approved or rejected citation back to review, under the name of who changed it;
    readers keep the words that were approved. Saving it unchanged changes nothing.
    """
    hold_event(citation.event_id)
    insist_on_saving(by, citation)
    check_values(citation)
    if citation.pk is None:
        citation.state, citation.submitted_by, citation.changed_by = Citation.State.PENDING, by, by
        citation.save()
        record(citation, "submit", by=by, version=citation.version, to_state=citation.state)
        return citation
    saved = hold(citation)
    check_seen(saved, seen)
    if all(getattr(saved, name) == getattr(citation, name) for name in CITED_WORDS):
        return saved
    was = saved.state
    for name in CITED_WORDS:
        setattr(saved, name, getattr(citation, name))
    saved.state, saved.version, saved.changed_by = Citation.State.PENDING, saved.version + 1, by
    saved.approved_by = saved.approved_at = saved.approved_version = None
    saved.save()
    record(saved, "change", by=by, version=saved.version, from_state=was, to_state=saved.state)
    return saved


@transaction.atomic
def save_day(day: Day, *, by: Any, seen: int | None = None) -> Day:
    """Save a new day, or the changed words of one that was at version ``seen``."""
    insist_on_saving(by, day)
    check_values(day)
    if day.pk is None:
        day.save()
        return day
    saved = hold(day)
    check_seen(saved, seen)
    moved = (day.date, day.chronicle_id) != (saved.date, saved.chronicle_id)
    if moved and Page.objects.filter(key=saved.key).exists():
        raise Refused("This day has a page that readers know: its date and chronicle cannot change.")
    day.version, day.published_version = saved.version + 1, saved.published_version
    day.save()
    return day


@transaction.atomic
def save_named(row: Row, *, by: Any, seen: int | None = None) -> Row:
    """Save a kind, place, actor, outlet or source.

    ``printed_names_changed`` must follow, in the same transaction, once its names are saved.
    """
    insist_on_saving(by, row)
    check_values(row)
    if row.pk is None:
        row.save()
        return row
    saved = hold(row)
    check_seen(saved, seen)
    row.version = saved.version + 1
    row.save()
    return row


@transaction.atomic
def printed_names_changed(row: press.Termed, *, by: Any) -> int:
    """Print ``row`` as it is now wherever the record shows it; returns how many chronicles that changed."""
    fresh = type(row).objects.get(pk=row.pk)
    note = "Its entry in the index was changed."
    if isinstance(fresh, Source):
        editions = press.print_source(fresh, by=by, note=note)
    else:
        editions = press.reprint_term(fresh, by=by, note=note)
    return len({edition.chronicle_id for edition in editions})
