"""How rows of the desk lose their words, in the transaction that takes them down; the story is held.

A row stays, as decisions and the record point at it, and so do the fingerprints of its words, which nobody
reads anything from. Rows that hold nothing but words go: names, captions, what was said of a decision.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import QueryDict

from events.erasing import wording
from events.erasing.rows import is_printed, with_what_rests_on
from events.finding import keeping
from events.models import (
    Actor,
    Citation,
    Event,
    Host,
    Material,
    Outlet,
    Place,
    Proposal,
    Revision,
    Source,
    Unsaved,
    Use,
)
from events.models.addresses import host_of
from events.models.emptied import EMPTIED, ERASED
from media import erasing

A_DAY = timedelta(days=1)


def empty(rows: Iterable[Any], *, by: Any, at: datetime) -> list[Any]:
    """Take the words of ``rows``, and of what rests on them, from the desk; returns all that were emptied."""
    found = with_what_rests_on(rows)
    for model, same in _by_model(found).items():
        wording.forget(model, same)
        for row in same:
            _loosen(row)
        _empty(model, same, at)
        keys = [row.pk for row in same]
        keeping.forget(model, keys)
        keeping.keep_along(model, keys)
        _forget_log(model, same)
        _forget_unsaved(model, same)
        Revision.objects.filter(model=model._meta.model_name, key__in=keys).delete()
    erasing.empty([row.asset for row in found if isinstance(row, Material)], by=by, at=at)
    return found


def _by_model(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def _empty(model: Any, rows: Sequence[Any], at: datetime) -> None:
    kept = model.objects.filter(pk__in=[row.pk for row in rows])
    if model is Proposal:
        # What was decided of it stands; who decides on it otherwise would read nothing.
        kept.filter(state=Proposal.State.OPEN).update(state=ERASED)
    if model is Event:
        for row in rows:
            _some_time_that_day(row)
    # Not by its own save, which would make its fingerprint anew.
    kept.update(erased_at=at, version=F("version") + 1, **EMPTIED[model._meta.model_name])


def _some_time_that_day(event: Event) -> None:
    """Have nothing be left of when it was but the day that told it."""
    begins = datetime.combine(event.day.date, time(), UTC)
    Event.objects.filter(pk=event.pk).update(
        earliest=begins, latest=begins + A_DAY, happened_on=event.day.date
    )


def _loosen(row: Any) -> None:
    """Delete what hangs on ``row`` and holds words, and untie what would print it again."""
    _LOOSENED.get(type(row), _tied_to_nothing)(row)


def _tied_to_nothing(row: Any) -> None:
    """Of the other models nothing else holds words."""


def _loosen_event(event: Event) -> None:
    event.uses.all().delete()
    event.places.clear()
    event.actors.clear()


def _loosen_place(place: Place) -> None:
    place.names.all().delete()
    place.events.clear()
    if not is_printed(place):
        place.holds.update(within=None)
        place.materials.update(place=None)


def _loosen_actor(actor: Actor) -> None:
    actor.names.all().delete()
    actor.events.clear()


def _loosen_outlet(outlet: Outlet) -> None:
    outlet.hosts.all().delete()


def _loosen_source(source: Source) -> None:
    # What was learned of its address; the next source of the same host teaches it again.
    Host.objects.filter(outlet=source.outlet_id, host=host_of(source.url)).delete()
    if not is_printed(source):
        source.relayed_by.update(relays=None, origin=F("outlet"))
        source.materials.update(source=None)


def _loosen_material(material: Material) -> None:
    Use.objects.filter(material=material).delete()


_LOOSENED: dict[type, Callable[[Any], None]] = {
    Event: _loosen_event,
    Place: _loosen_place,
    Actor: _loosen_actor,
    Outlet: _loosen_outlet,
    Source: _loosen_source,
    Material: _loosen_material,
}


def _forget_log(model: Any, rows: Sequence[Any]) -> None:
    """Django's log of the desk says which row, and never words; what an older version wrote goes here."""
    kind = ContentType.objects.get_for_model(model)
    told = LogEntry.objects.filter(content_type=kind, object_id__in=[str(row.pk) for row in rows])
    for row in rows:
        told.filter(object_id=str(row.pk)).update(
            object_repr=f"{model._meta.verbose_name} {row.pk}", change_message=""
        )


def _forget_unsaved(model: Any, rows: Sequence[Any]) -> None:
    """What people typed into forms of ``rows`` and did not save; citations stand in that of their event."""
    forms = {(model._meta.model_name, row.pk) for row in rows}
    if model is Citation:
        forms |= {("event", row.event_id) for row in rows}
    for name, pk in forms:
        Unsaved.objects.filter(address__endswith=f"/{name}/{pk}/change/").delete()
    _forget_begun({str(row.story.pk) for row in rows if hasattr(row, "story")})


def _forget_begun(stories: set[str]) -> None:
    """Imports that are begun in one of ``stories``: which of their texts tell the same, nobody can say."""
    begun = Unsaved.objects.filter(address__endswith="/import-digest/").values_list("pk", "typed").iterator()
    theirs = [pk for pk, typed in begun if QueryDict(typed).get("story") in stories]
    Unsaved.objects.filter(pk__in=theirs).delete()
