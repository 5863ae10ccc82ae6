"""Every address of the desk, from the resolver: its name, its pattern, and what fills its blanks."""

import re
from collections.abc import Iterator

from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver, reverse

from events.models import Event
from tests.support.two_stories import MISSING, World


def addresses(patterns=None, before: str = "") -> Iterator[tuple[str, str]]:
    """The name of each address of the desk and its pattern; one without a name is called by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from addresses(pattern.url_patterns, route)
        elif route.startswith("desk/"):
            yield pattern.name or route, route


def verbs() -> Iterator[str]:
    """Each button of the desk: the name of its address, and the verb that fills the blank there."""
    for model, model_admin in site._registry.items():
        for verb in getattr(model_admin, "verbs", ()):
            yield f"events_{model._meta.model_name}_verb {verb.name}"


def filled(name: str, route: str, world: World, whose: str, rows: dict[str, str]) -> str:
    """The address of that name about one's own row, another's, or one that is missing.

    ``rows`` says of which row some are, where it is not the one called as its model. The name of a verb's
    address is followed by the verb.
    """
    if name == "app_list":
        return reverse("admin:app_list", args=["events"])
    if "<" not in route.replace("(?P<url>", ""):
        return f"/{route.replace('(?P<url>.*)$', 'nowhere/at/all')}"
    if name == "invitation":
        return reverse("admin:invitation", args=[world.ours.link])
    if name == "view_on_site":
        kind = ContentType.objects.get_for_model(Event).pk
        return reverse("admin:view_on_site", args=[kind, world.key(whose, "event")])
    key = world.key(whose, rows.get(name) or model_of(route))
    asset = MISSING if whose == "missing" else world.desk(whose).rows["material"].asset_id
    blanks = {"name": name.split()[-1], "asset": asset, "width": 480}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda blank: str(blanks.get(blank[1], key)), route)


def has_a_key(route: str) -> bool:
    return "<" in route.replace("(?P<url>", "").replace("(?P<app_label>", "")


def model_of(route: str) -> str:
    return route.split("/")[2]
