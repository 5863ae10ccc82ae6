"""What moderators sent back: one's own, with why and a way to mend it, and what others hold."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.urls import reverse

from chronicle import wording
from events.admin.decision import told
from events.admin.listing import MOST_WAITING, AtLeast, Waiting, counted
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


class Mine(Waiting):
    """Pages of what one has to mend, counted by the rows that were sent back."""

    count = 0


def is_for(request: Any) -> bool:
    """Whether who asks may mend anything."""
    return may_at_all(request.user, *MENDING, held=held(request))


def count(person: Any) -> int:
    """How many citations and media of ``person`` wait to be mended."""
    found = [counted(rows, MOST_WAITING) for rows in rejected(person)]
    return next((one for one in found if isinstance(one, AtLeast)), sum(found))


def page(request: Any, context: dict[str, Any]) -> Any:
    """Lists what ``request.user`` has to mend, what was sent back last first, and then what others have."""
    if not is_for(request):
        raise PermissionDenied
    everyones = rejections(request.user)
    others = everyones.exclude(of(request.user))
    pages = Mine(everyones.filter(of(request.user)), A_PAGE)
    pages.count = count(request.user)
    on = pages.get_page(request.GET.get("page"))
    of_others = in_full(others[:OTHERS])
    context |= {
        "title": "Sent back to me",
        "page": on,
        "shown": [line(row) for row in in_full(on.object_list)] if pages.count else [],
        "others": [line(row) for row in of_others],
        "of_others": counted(others, MOST_WAITING) if len(of_others) == OTHERS else len(of_others),
    }
    return render(request, "admin/events/sent_back.html", context)


def rejected(person: Any) -> tuple[Any, Any]:
    """The citations and the media that are rejected now, and that ``person`` submitted or ever changed."""
    changed = Decision.objects.filter(by=person, verb__in={*CHANGES, *materials.CHANGES})
    theirs = Q(submitted_by=person) | Q(changed_by=person)
    kept = Citation.objects.exclude(event__state=Event.State.DISCARDED)
    citations = kept.filter(theirs | Exists(changed.filter(citation=OuterRef("pk"))), state="rejected")
    media = Material.objects.filter(
        theirs | Exists(changed.filter(material=OuterRef("pk"))), state=Material.State.REJECTED
    )
    return within(citations, person, *MENDING), within(media, person, *MENDING)


def rejections(person: Any) -> Any:
    """The last rejection of each citation and medium that is rejected now, where ``person`` may mend some,
    the newest first."""
    rejected = Decision.objects.filter(verb=REJECT.verb).order_by("-at", "-pk")
    later = Decision.objects.filter(verb=REJECT.verb, pk__gt=OuterRef("pk"))
    kept = ~Q(citation__event__state=Event.State.DISCARDED)
    now = Q(citation__state=Citation.State.REJECTED) & kept | Q(material__state=Material.State.REJECTED)
    again = Exists(later.filter(citation=OuterRef("citation")))
    again |= Exists(later.filter(material=OuterRef("material")))
    return within(rejected.filter(now).exclude(again), person, *MENDING)


def of(person: Any) -> Q:
    """The rejections of what ``person`` submitted, or ever changed."""
    changed = Decision.objects.filter(by=person, verb__in={*CHANGES, *materials.CHANGES})
    return (
        Q(citation__submitted_by=person)
        | Q(citation__changed_by=person)
        | Q(material__submitted_by=person)
        | Q(material__changed_by=person)
        | Exists(changed.filter(citation=OuterRef("citation")))
        | Exists(changed.filter(material=OuterRef("material")))
    )


def in_full(rows: Any) -> list[Any]:
    """``rows``, in their order, with all that is shown of them."""
    keys = list(rows.values_list("pk", flat=True))
    told = Decision.objects.select_related(*READ_WITH, "material__asset").prefetch_related("words")
    found = told.in_bulk(keys)
    return [found[key] for key in keys]


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
