"""What moderators sent back: one's own, with why and a way to mend it, and what others hold."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse

from chronicle import wording
from events.admin.decision import told
from events.admin.listing import MOST_WAITING, AtLeast, counted
from events.admin.reach import held
from events.editorial import materials
from events.editorial.holding import may_at_all
from events.editorial.moves import CHANGE_MATERIAL, REJECT, TAKE_BACK
from events.editorial.reach import within
from events.models import Citation, Decision, Event, Material
from events.models.author import CHANGES
from events.models.narrowing import is_one_of

A_PAGE, OTHERS = 20, 50
MENDING = (TAKE_BACK.permission, CHANGE_MATERIAL.permission)
READ_WITH = ("by", "told_in", "citation__event__day__story", "citation__source__outlet", "material__story")


class Mine(Paginator):
    """Pages of what one has to mend, of which it may be known that there is more."""

    count = 0


def is_for(request: Any) -> bool:
    """Whether who asks may mend anything."""
    return may_at_all(request.user, *MENDING, held=held(request))


def page(request: Any, context: dict[str, Any]) -> Any:
    """Lists what ``request.user`` has to mend, what was sent back last first, and then what others have."""
    if not is_for(request):
        raise PermissionDenied
    both = rejected(request)
    mine = newest([rows.filter(own) for rows, own in both], MOST_WAITING + 1)
    pages = Mine(mine[:MOST_WAITING], A_PAGE)
    pages.count = AtLeast(MOST_WAITING) if len(mine) > MOST_WAITING else len(mine)
    on = pages.get_page(request.GET.get("page"))
    others = [rows.exclude(own) for rows, own in both]
    keys = newest(others, OTHERS)
    of_others = len(keys)
    if of_others == OTHERS:
        of_others = _together(counted(rows, MOST_WAITING) for rows in others)
    context |= {
        "title": "Sent back to me",
        "page": on,
        "shown": [line(row) for row in rejections(named(on.object_list))],
        "others": [line(row) for row in rejections(named(keys))],
        "of_others": of_others,
    }
    return render(request, "admin/events/sent_back.html", context)


def _together(numbers: Iterable[int]) -> int:
    """Their sum; of more than was counted, what was."""
    found = list(numbers)
    return next((one for one in found if isinstance(one, AtLeast)), sum(found))


def rejected(request: Any) -> list[tuple[Any, Q]]:
    """The citations and the media that are rejected now, where who asks may mend some, and which of them they
    submitted or ever changed."""
    verbs = {*CHANGES, *materials.CHANGES}
    changed = Decision.objects.filter(by=request.user, verb__in=verbs)
    theirs = Q(submitted_by=request.user) | Q(changed_by=request.user)
    found: list[tuple[Any, Q]] = []
    for model, name in ((Citation, "citation"), (Material, "material")):
        rows = model.objects.filter(is_one_of(model, "state", ["rejected"]))
        rows = within(rows, request.user, *MENDING, held=held(request))
        found.append((rows, theirs | Exists(changed.filter(**{name: OuterRef("pk")}))))
    citations, own = found[0]
    found[0] = citations.exclude(event__state=Event.State.DISCARDED), own
    return found


Key = tuple[datetime, str, int]
"""When a row was sent back, which it is (“citation”, “material”), and its primary key."""


def newest(both: Iterable[Any], most: int) -> list[Key]:
    """The ``most`` of all these rows that were sent back last, newest first: they do not change after it."""
    found: list[Key] = []
    for rows in both:
        keys = rows.order_by("-changed_at", "-pk").values_list("changed_at", "pk")[:most]
        found += ((at, rows.model._meta.model_name, pk) for at, pk in keys)
    return sorted(found, reverse=True)[:most]


def named(keys: Iterable[Key]) -> list[tuple[str, int]]:
    """These without the time."""
    return [(which, pk) for _, which, pk in keys]


def rejections(keys: Collection[tuple[str, int]]) -> list[Decision]:
    """The last rejection of each of these rows, in their order, with all that is shown of it."""
    of = {name: [pk for which, pk in keys if which == name] for name in ("citation", "material")}
    told = Decision.objects.select_related(*READ_WITH, "material__asset").prefetch_related("words")
    asked = Q(citation__in=of["citation"]) | Q(material__in=of["material"])
    last = {
        ("citation", row.citation_id) if row.citation_id else ("material", row.material_id): row
        for row in (told.filter(asked, verb=REJECT.verb).order_by("pk") if keys else ())
    }
    return [last[key] for key in keys if key in last]


def line(row: Decision) -> dict[str, Any]:
    """One that was sent back: what it is called, where it stands, what it says, and where it is mended."""
    subject = row.citation or row.material
    model, own = subject._meta.model_name, told(row, row.told_in)
    return {
        "told": own,
        "address": reverse(f"admin:events_{model}_change", args=[subject.pk]),
        **(_of_citation(row.citation) if row.citation else _of_medium(subject)),
    }


def _of_citation(citation: Citation) -> dict[str, Any]:
    event = citation.event
    day = f"{event.story}, day {event.day.number}, {wording.day_words(event.day.date)}"
    when = f"{day} · {event.wording}" if event.wording else day
    return {
        "title": event.headline,
        "event": reverse("admin:events_event_change", args=[event.pk]),
        "where": f"{when} · {citation.source.outlet}",
        "quote": citation.quote,
    }


def _of_medium(material: Material) -> dict[str, Any]:
    return {"title": str(material), "where": f"{material.story} · medium"}
