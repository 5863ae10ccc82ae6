"""What an event that is only being written still needs before a moderator gets it, told while it is typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from chronicle import prose, wording
from events.admin.belonging import stories_at_hand
from events.admin.desk.writing.reading import reading_of
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial.holding import may_at_all, verb_on
from events.models import Day, Event, Kind

NAME = "events_event_needs"
ROW = re.compile(r"citations-(\d+)-quote")
"""The quotation of a row for a citation; what a script copies for a further row has no number."""


@dataclass(frozen=True)
class Check:
    """Something that an event needs, or may have: whether it is there, in words, and what to do."""

    words: str
    is_there: bool = False
    help: str = ""
    is_needed: bool = True


def urls(site: Any, path: Any) -> list[Any]:
    return [path("needs/", site.admin_view(needs_view), name=NAME)]


@require_POST
def needs_view(request: HttpRequest) -> HttpResponse:
    """What an event of the form that is sent needs. Nothing of it is kept."""
    if not may_at_all(request.user, verb_on("add", Event), held=held(request)):
        raise Http404
    return render(request, "admin/events/writing/needs.html", needs(request.POST, request.user))


def needs(sent: Mapping[str, Any], by: Any) -> dict[str, Any]:
    """What the aside and the bar say of an event of which ``sent`` is typed ``by`` somebody, by field."""
    day = _chosen(Day.objects.filter(story__in=stories_at_hand(by)).select_related("story"), sent, "day")
    kind = _chosen(Kind.objects.filter(story=day.story), sent, "kind") if day else None
    checks = [
        Check("Headline", bool(_typed(sent, "headline"))),
        _time(_typed(sent, "wording"), day),
        Check("Kind", kind is not None),
        Check("The day that tells it", day is not None),
        _text(_typed(sent, "text")),
        _citation(sent, day, kind),
    ]
    lacking = sum(not check.is_there for check in checks if check.is_needed)
    return {"checks": checks, "lack": how_many(lacking)}


def how_many(lacking: int) -> str:
    """How much is lacking, in words; empty where nothing is."""
    return wording.counted(lacking, "thing lacks", "things lack") if lacking else ""


def _chosen(rows: Any, sent: Mapping[str, Any], name: str) -> Any:
    key = key_in(_typed(sent, name))
    return rows.filter(pk=key).first() if key else None


def _typed(sent: Mapping[str, Any], name: str) -> str:
    return str(sent.get(name) or "").strip()


def _time(phrase: str, day: Day | None) -> Check:
    """How its time is told; why a phrase is not read is said below its field."""
    if not phrase:
        return Check("No time", help="Readers are told: some time that day.", is_needed=False)
    told = reading_of(phrase, day, day.story) if day else {}
    if told.get("either"):
        return Check("A time that is one", help="“When” can be two times: choose one.")
    if told.get("refused"):
        return Check("A time that can be read", help="See below “when”.")
    return Check("Time", is_there=True)


def _text(typed: str) -> Check:
    if prose.words(typed).strip():
        return Check("Text", is_there=True)
    return Check("No text", help="It may have none.", is_needed=False)


def _citation(sent: Mapping[str, Any], day: Day | None, kind: Kind | None) -> Check:
    """What it rests on: a quotation with its source, or the address of that."""
    rows = set(_rows(sent))
    if (True, True) in rows:
        return Check("A citation", is_there=True)
    if (True, False) in rows:
        return Check("A citation", help="Choose the source of the quotation, or paste its address.")
    if (False, True) in rows:
        return Check("A citation", help="Quote what its source says.")
    if day and kind and not kind.needs_of(day.story):
        return Check("No citation", help="This kind needs none.", is_needed=False)
    return Check("A citation", help="Paste an address below.")


def _rows(sent: Mapping[str, Any]) -> Iterator[tuple[bool, bool]]:
    """Of each row for a citation whether there is a quotation, and whether its source is told."""
    for name in sent:
        if found := ROW.fullmatch(name):
            fields = (f"citations-{found[1]}-{field}" for field in ("source", "address"))
            yield bool(_typed(sent, name)), any(_typed(sent, field) for field in fields)
