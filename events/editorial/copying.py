"""Rows of one story made anew in another: nothing is shared between two, and nobody types it twice.

A copy is a row of its own from then on. What is for the desk of its story alone stays there: notes, its
policy, what a place lies in, and which text a source was imported from.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from events.editorial.holding import hold_story, insist
from events.editorial.refused import Refused, insist_on_words
from events.editorial.remembering import remember_new
from events.editorial.writing import Row, save_named
from events.models import Actor, Kind, Outlet, Place, Source, Story

COPIED: dict[type, tuple[str, ...]] = {
    Kind: ("name", "description"),
    Place: ("latitude", "longitude", "precision"),
    Actor: ("nature",),
    Outlet: (
        "name",
        "nature",
        "country",
        "side",
        "reliability",
        "reliability_reason",
        "reliability_since",
        "url",
    ),
    Source: (
        "title",
        "genre",
        "published_on",
        "url",
        "archived_url",
        "language",
        "retracted_at",
        "retraction_reason",
    ),
}
NAME = ("name", "language", "used_by", "position", "preferred")


@transaction.atomic
def copy(row: Row, *, into: Story, by: Any) -> Row:
    """Copy ``row`` into another story: a place or actor with its names, a source with its outlet and with
    what it relays, where those are not there yet.

    Refused to who may not look at it here or add such a row there, and where it is there already.
    """
    insist_on_words(row)
    name = row._meta.model_name
    hold_story(into)
    insist(by, f"events.view_{name}", row, f"look at this {name}")
    insist(by, f"events.add_{name}", into, f"add a {name} to “{into}”")
    if found_in(into, row):
        raise Refused(f"“{row}” is in “{into}” already.")
    return _copied(row, into, by)


def found_in(story: Story, row: Row) -> Row | None:
    """What ``story`` has of the name of ``row``; of a source, of its address, or of its title and outlet."""
    return _FOUND[type(row)](type(row).objects.filter(story=story), row).first()


def _by_name(rows: Any, row: Any) -> Any:
    return rows.filter(name=row.name)


def _by_first_name(rows: Any, row: Any) -> Any:
    first = row.names.first()
    return rows.filter(names__name=first.name) if first else rows.none()


def _by_address(rows: Any, source: Source) -> Any:
    if source.canonical_url:
        return rows.filter(canonical_url=source.canonical_url)
    return rows.filter(title=source.title, outlet__name=source.outlet.name)


_FOUND: dict[type, Callable[[Any, Any], Any]] = {
    Kind: _by_name,
    Outlet: _by_name,
    Place: _by_first_name,
    Actor: _by_first_name,
    Source: _by_address,
}


def _copied(row: Row, into: Story, by: Any) -> Row:
    made = type(row)(story=into, **{name: getattr(row, name) for name in COPIED[type(row)]})
    if isinstance(made, Source):
        _bring_along(made, row, into, by)
    save_named(made, by=by)
    if isinstance(made, Place | Actor):
        _copy_names(made, row)
    remember_new([made], by=by, why=f"Copied from story {row.story.pk}.")
    return made


def _bring_along(made: Source, source: Any, into: Story, by: Any) -> None:
    """The outlet of ``source`` and what it relays, of ``into`` or copied there."""
    made.outlet = found_in(into, source.outlet) or _copied(source.outlet, into, by)
    made.relays = source.relays and (found_in(into, source.relays) or _copied(source.relays, into, by))


def _copy_names(made: Place | Actor, named: Any) -> None:
    for row in named.names.all():
        made.names.create(**{field: getattr(row, field) for field in NAME})
