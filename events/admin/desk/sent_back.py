"""What moderators sent back: one's own, with why and a way to mend it, and what others hold."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse

from chronicle import wording
from events.admin.decision import told
from events.admin.reach import held
from events.editorial import materials
from events.editorial.holding import may_at_all
from events.editorial.moves import CHANGE_MATERIAL, REJECT, TAKE_BACK
from events.editorial.reach import within
from events.models import Citation, Decision, Event, Material
from events.models.author import CHANGES

A_PAGE, OTHERS = 20, 50
MENDING = (TAKE_BACK.permission, CHANGE_MATERIAL.permission)
READ_WITH = ("by", "citation__event__day__story", "citation__source__outlet", "material__story")


def is_for(request: Any) -> bool:
    """Whether who asks may mend anything."""
    return may_at_all(request.user, *MENDING, held=held(request))


def count(person: Any) -> int:
    """How many citations and media of ``person`` wait to be mended."""
    return rejections(person).filter(of(person)).count()


def page(request: Any, context: dict[str, Any]) -> Any:
    """Lists what ``request.user`` has to mend, what was sent back last first, and then what others have."""
    if not is_for(request):
        raise PermissionDenied
    mine = rejections(request.user).filter(of(request.user))
    others = rejections(request.user).exclude(pk__in=mine.values("pk"))
    on = Paginator(in_full(mine), A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "title": "Sent back to me",
        "page": on,
        "shown": [line(row) for row in on],
        "others": [line(row) for row in in_full(others)[:OTHERS]],
        "of_others": others.count(),
    }
    return render(request, "admin/events/sent_back.html", context)


def rejections(person: Any) -> Any:
    """The last rejection of each citation and medium that is rejected now, where ``person`` may mend some."""
    rejected = Decision.objects.filter(verb=REJECT.verb)
    later = rejected.filter(pk__gt=OuterRef("pk"))
    kept = ~Q(citation__event__state=Event.State.DISCARDED)
    now = Q(citation__state=Citation.State.REJECTED) & kept | Q(material__state=Material.State.REJECTED)
    again = Exists(later.filter(citation=OuterRef("citation")))
    again |= Exists(later.filter(material=OuterRef("material")))
    return within(rejected.filter(now).exclude(again), person, *MENDING)


def of(person: Any) -> Q:
    """The rejections of what ``person`` submitted, or ever changed."""
    changed = Decision.objects.filter(by=person, verb__in={*CHANGES, *materials.CHANGES})
    citations = changed.filter(citation__isnull=False).values("citation")
    media = changed.filter(material__isnull=False).values("material")
    return (
        Q(citation__submitted_by=person)
        | Q(citation__changed_by=person)
        | Q(material__submitted_by=person)
        | Q(material__changed_by=person)
        | Q(citation__in=citations)
        | Q(material__in=media)
    )


def in_full(rows: Any) -> Any:
    """``rows`` with all that is shown of them, the newest first."""
    return rows.select_related(*READ_WITH, "material__asset").prefetch_related("words").order_by("-at", "-pk")


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
