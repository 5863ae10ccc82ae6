"""The page of a day, put together."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from chronicle.wording import counted
from events.admin import unsaved
from events.admin.desk.day import adding, ledger, rows
from events.admin.desk.day.asking import TICKS, Asked, Shown, asked_of, day_of, filled, left_by
from events.admin.desk.day.doing import act, chosen_in
from events.admin.desk.day.named import AFTER
from events.admin.desk.day.rows import Row
from events.admin.desk.day.together import DEEDS, TogetherForm
from events.models import Day, Event

PANELS = {
    "change": (*DEEDS["change"].takes, *(f"{name}{AFTER}" for name in ("places", "actors", "source"))),
    "move": DEEDS["move"].takes,
    "schedule": DEEDS["schedule"].takes,
}
"""The fields of each panel at the foot."""
STATES = {
    "public": Event.State.PUBLISHED,
    "scheduled": Event.State.SCHEDULED,
    "submitted": Event.State.SUBMITTED,
    "withdrawn": Event.State.WITHDRAWN,
}


def show(request: HttpRequest, pk: int, *, admin: Any) -> HttpResponse:
    """The page; on POST what is done, or why not."""
    asked = asked_of(request, pk, admin)
    if request.method != "POST":
        return _page(asked, left_by(asked))
    if not asked.may["write"]:
        raise PermissionDenied
    answer = act(asked)
    return answer if isinstance(answer, HttpResponse) else _page(asked, answer)


def read(request: HttpRequest, pk: int, *, admin: Any) -> HttpResponse:
    """How a time that is typed is read."""
    return adding.read(request, day_of(request, pk, admin))


def _page(asked: Asked, shown: Shown) -> HttpResponse:
    request, day = asked.request, asked.day
    every, is_more = rows.of_day(day, asked.page)
    together = shown.together or filled(asked.together(), shown.typed)
    verb = "open-again" if day.closed_at else "close"
    context = {
        **asked.admin.admin_site.each_context(request),
        "title": f"Day {day.number}",
        "opts": Day._meta,
        "day": day,
        "may": asked.may,
        "around": _around(day),
        "closing": reverse("admin:events_day_verb", args=[day.pk, verb]),
        "words_shown": asked.admin.shown(day),
        "adding": shown.adding or filled(asked.adding(), shown.typed),
        "together": together,
        "open": _open_panel(together, shown.typed),
        "media": asked.admin.media + together.media,
        "tab": unsaved.tab_of(request) or uuid4(),
        "unsaved": unsaved.offers(request) if request.method == "GET" else (),
        **_of_rows(asked, every, shown),
        "earlier": asked.on_page(asked.page - 1) if asked.page > 1 else "",
        "later": asked.on_page(asked.page + 1) if is_more else "",
        **_beside(request, day, every),
    }
    return TemplateResponse(request, "admin/events/day/page.html", context)


def _of_rows(asked: Asked, every: Sequence[Row], shown: Shown) -> dict[str, Any]:
    """The events, and what could be done with them."""
    of = asked.request.GET.get("of", "")
    return {
        "every": every,
        "of": rows.LACKS.get(of, ""),
        "parts": rows.parts_of(ledger.narrowed(every, of), asked.day),
        "public": sum(row.event.state == Event.State.PUBLISHED for row in every),
        "counts": _counts(every),
        "complete": [row for row in every if rows.is_complete(row)],
        "ready": [row for row in every if rows.is_ready(row)],
        "ticked": {*chosen_in(shown.typed.getlist(TICKS))},
        "refused": shown.refused,
        "typed": shown.typed,
        "is_typed": shown.is_typed,
    }


def _beside(request: Any, day: Day, every: Sequence[Row]) -> dict[str, Any]:
    """What stands beside them: what the day lacks, and who is here."""
    hours = ledger.hours_of(every, day)
    return {
        "lacks": ledger.lacks_of(every),
        "hours": hours,
        "silent": ledger.silent(hours),
        "here": ledger.who_is_here(request, every),
    }


def _open_panel(form: TogetherForm, typed: QueryDict) -> str:
    """Which of the panels at the foot is open: the one in which something stands that was typed."""
    for panel, names in PANELS.items():
        if any(typed.get(name) or name in form.errors for name in names):
            return panel
    return "change" if form.non_field_errors() else ""


def _counts(every: Sequence[Row]) -> list[str]:
    """How many of the events are in which state, in words."""
    states = [row.event.state for row in every]
    told = [f"{number} {words}" for words, state in STATES.items() if (number := states.count(state))]
    drafts = states.count(Event.State.DRAFT)
    return [*told, counted(drafts, "draft", "drafts")] if drafts else told


def _around(day: Day) -> dict[str, Day | None]:
    """The days of the desk before and after ``day``."""
    others = Day.objects.filter(story=day.story)
    found = {
        "before": others.filter(date__lt=day.date).order_by("-date").first(),
        "after": others.filter(date__gt=day.date).order_by("date").first(),
    }
    for other in filter(None, found.values()):
        other.story = day.story
    return found
