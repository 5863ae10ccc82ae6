"""Places, actors and sources by their names, typed where no script lets one choose them from a list."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from events.models import Actor, Place, Source, Story
from events.models.addresses import canonical

AFTER = "_named"
"""How the names of such fields end."""
BETWEEN = ";"
NOT_ONE = "-"
"""What is sent for a name that is nobody's, or of several: no row has such a key, and the field says so."""


def add_those_named(typed: QueryDict | None, story: Story) -> QueryDict | None:
    """``typed``, with the keys of what is named in it among those that were chosen."""
    if typed is None:
        return None
    whole = typed.copy()
    for name, rows in (("places", _places), ("actors", _actors)):
        for called in _names(whole, name):
            whole.appendlist(name, _key(rows(story, called)))
    if called := whole.get(f"source{AFTER}", "").strip():
        whole["source"] = _key(_sources(story, called))
    return whole


def _names(typed: QueryDict, name: str) -> list[str]:
    return [each.strip() for each in typed.get(f"{name}{AFTER}", "").split(BETWEEN) if each.strip()]


def _key(rows: QuerySet[Any]) -> str:
    keys = list(rows.values_list("pk", flat=True).distinct()[:2])
    return str(keys[0]) if len(keys) == 1 else NOT_ONE


def _places(story: Story, called: str) -> QuerySet[Place]:
    return Place.objects.filter(story=story, names__name__iexact=called).order_by()


def _actors(story: Story, called: str) -> QuerySet[Actor]:
    return Actor.objects.filter(story=story, names__name__iexact=called).order_by()


def _sources(story: Story, called: str) -> QuerySet[Source]:
    known = Q(title__iexact=called)
    if "/" in called:
        known |= Q(canonical_url=canonical(called))
    return Source.objects.filter(known, story=story).order_by()
