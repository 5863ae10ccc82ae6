"""The events of a day as its page lists them: in which state, resting on what, and what each still lacks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from chronicle import wording
from chronicle.models.entry import Standing
from chronicle.site import sections
from events import press
from events.admin.desk.today import work
from events.editorial import arranging, policy
from events.editorial.imported import not_confirmed, still_copied
from events.editorial.showing import uses_of
from events.models import Citation, Day, Event, Material

MOST = 900
"""How many events of a day one page lists, and one form names: a longer day has several pages."""
LIVE = (Citation.State.PENDING, Citation.State.APPROVED)
UNPUBLISHED = (Event.State.DRAFT, Event.State.SUBMITTED, Event.State.SCHEDULED)
BADLY = ("No source", Standing.DISPUTED.label, Standing.RETRACTED.label, Standing.UNSUPPORTED.label)

LACKS = {
    "no-source": "No source",
    "no-place": "No place",
    "carried": "Carried time, not confirmed",
    "imported": "Still as imported",
    "back": "Sent back",
    "pending": "Waiting for a moderator",
    "disagree": "Sources that disagree",
    "staged": "New words not published",
}
"""What an event may lack, as the ledger of its day counts it."""
LACKING = ("no-source", "no-place", "carried", "imported", "back", "disagree")
"""What keeps a draft from being complete."""


@dataclass
class Row:
    """One event. ``look`` is that of its state, in states.css; ``problems`` are of LACKS."""

    event: Event
    citations: Sequence[Citation]
    evidence: str
    """How far its approvals go, where it needs more."""
    besides: Sequence[str]
    """What keeps readers from it besides, in words."""
    standing: str
    problems: Collection[str]
    look: str = ""
    state: str = ""
    can: Collection[str] = ()
    """What its verbs would do with it now."""
    up: int | None = None
    down: int | None = None
    """To which place among those of its time it would move."""

    @property
    def key(self) -> str:
        """By which a form says that it was shown in this version."""
        return f"{self.event.pk}:{self.event.version}"

    @property
    def is_bad(self) -> bool:
        return self.standing in BADLY

    @property
    def says(self) -> list[str]:
        """What it lacks, a few words or a sentence each. That one approval is waited for, its state says."""
        waits = "pending" in self.problems and self.event.citations_needed == 1
        evidence = [self.evidence] if self.evidence and not waits else []
        said = {"no-place": "no place", "disagree": "sources disagree", "staged": "new words not published"}
        return [*evidence, *self.besides, *(words for name, words in said.items() if name in self.problems)]

    @property
    def lacks_something(self) -> bool:
        """Whether anything keeps readers from it but a press of the button."""
        return bool(self.evidence or self.besides)


@dataclass
class Part:
    """The events of one part of the day."""

    name: str
    label: str
    hours: str
    rows: list[Row] = field(default_factory=list)


def of_day(day: Day, page: int = 1) -> tuple[list[Row], bool]:
    """The events on that ``page`` of ``day`` in order, with all that is told of each, and whether there are
    more after them: three questions for all."""
    begins = (page - 1) * MOST
    placed = Event.places.through.objects.filter(event=OuterRef("pk"))
    found = (
        Event.objects.filter(day=day)
        .exclude(state__in=arranging.LEFT_OUT)
        .select_related("kind", "published_kind")
        .annotate(placed=Exists(placed))
        .order_by("earliest", "latest", "position", "pk")[begins : begins + MOST + 1]
    )
    events, is_more = list(found[:MOST]), len(found) > MOST
    for event in events:
        # All of one day, of one story: its clock is made once.
        event.day = day
    prefetch_related_objects(events, Prefetch("citations", Citation.objects.select_related("source")))
    shown = uses_of(events) if events else {}
    rows = [_row(event, shown[event.pk]) for event in arranging.in_order(events)]
    _arrange(rows)
    return rows, is_more


def _row(event: Event, materials: Collection[Material]) -> Row:
    citations = list(event.citations.all())
    standing = _standing(citations)
    evidence, besides = _lacks(event, citations, materials)
    row = Row(event, citations, evidence, besides, standing, _problems(event, citations, standing))
    row.look, row.state = state_of(row)
    row.can = _can(row)
    return row


def _lacks(
    event: Event, citations: Sequence[Citation], materials: Collection[Material]
) -> tuple[str, list[str]]:
    """What keeps readers from it; from what is withdrawn nobody waits for anything."""
    if event.state == Event.State.WITHDRAWN:
        return "", []
    return work.evidence_missing(event, citations), work.lacks_besides(event, citations, materials)


def _standing(citations: Iterable[Citation]) -> str:
    """What it would amount to if all that waits were approved."""
    live = [citation for citation in citations if citation.state in LIVE]
    if not live:
        return "No source"
    told = [
        {"stance": each.stance, "retracted": each.source.retracted_for, "origin": each.source.origin_id}
        for each in live
    ]
    return str(Standing(press.standing(told)).label)


def _problems(event: Event, citations: Collection[Citation], standing: str) -> set[str]:
    if event.state == Event.State.WITHDRAWN:
        return set()
    states = {citation.state for citation in citations}
    found = {
        "no-source": event.citations_needed > 0 and not states - {Citation.State.TAKEN_BACK},
        "no-place": not event.placed,
        "carried": not_confirmed(event),
        "imported": still_copied(event),
        "back": Citation.State.REJECTED in states,
        "pending": _waits(citations),
        "disagree": standing == Standing.DISPUTED.label,
        "staged": event.staged,
    }
    return {name for name, holds in found.items() if holds}


def _waits(citations: Iterable[Citation]) -> bool:
    """Whether a moderator is asked about any of them."""
    return any(each.state == Citation.State.PENDING or each.lapsed for each in citations)


def state_of(row: Row) -> tuple[str, str]:
    """How the state of an event looks, and what it is called."""
    event = row.event
    if event.state == Event.State.SCHEDULED:
        return ("back", "Not published") if event.schedule_refusal else ("when", _due(event))
    if event.state == Event.State.PUBLISHED:
        return _of_public(row)
    if "back" in row.problems and row.evidence:
        return "back", "Sent back"
    if event.state == Event.State.SUBMITTED and not row.lacks_something:
        return "ready", "Ready"
    return work.LOOKS.get(event.state, "draft"), event.get_state_display()


def _due(event: Event) -> str:
    if event.publish_at is None:
        return "At the opening"
    return f"Due {wording.short_instant(event.publish_at, event.story.clock.zone, unlike=event.day.date)}"


def _of_public(row: Row) -> tuple[str, str]:
    if policy.is_below(row.event, row.citations):
        return "back", "Lost support"
    if any(each.lapsed or each.keeps_approved for each in row.citations):
        return "lapsed", "Being re-checked"
    return "yes", "Published"


def _can(row: Row) -> set[str]:
    """What its verbs would probably not refuse: they say so themselves when they are asked."""
    event = row.event
    found = {"change", "move"} if event.state != Event.State.WITHDRAWN else set()
    if event.state == Event.State.DRAFT and "no-source" not in row.problems:
        found.add("submit")
    if not row.lacks_something and (event.state in UNPUBLISHED or event.staged):
        found.add("publish")
    if not row.lacks_something and event.state in UNPUBLISHED:
        found.add("schedule")
    return found


def is_complete(row: Row) -> bool:
    """Whether it is a draft that lacks nothing an editor could add."""
    return "submit" in row.can and not row.problems & {*LACKING}


def is_ready(row: Row) -> bool:
    """Whether it was handed in and lacks nothing, so that a press of the button publishes it."""
    waits = row.event.state == Event.State.SUBMITTED and not row.event.published_version
    return waits and "publish" in row.can


def _arrange(rows: Sequence[Row]) -> None:
    """Note of each where it can be moved among those of its time."""
    for _, several in groupby(rows, key=lambda row: arranging.time_of(row.event)):
        group = list(several)
        if not arranging.may_be_arranged(group[0].event):
            continue
        for place, row in enumerate(group):
            row.up = place - 1 if place else None
            row.down = place + 1 if place + 1 < len(group) else None


def parts_of(rows: Iterable[Row], day: Day) -> list[Part]:
    """``rows`` under the parts of ``day``, those that have any."""
    clock = day.story.clock
    parts = {
        name: Part(name, label, wording.hours_words(name, clock)) for name, label in sections.LABELS.items()
    }
    for row in rows:
        parts[sections.section_of(row.event, clock, day.date)].rows.append(row)
    return [part for part in parts.values() if part.rows]
