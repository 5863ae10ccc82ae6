"""What the opening of a story would print, and what it would hold back and why. Only read here."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from events.editorial import awaiting, scheduling
from events.editorial.authorship import refuse_alone
from events.editorial.holding import may
from events.editorial.moves import PUBLISH
from events.editorial.policy import with_fewer
from events.editorial.publishing import what_is_missing
from events.editorial.refused import Refused
from events.editorial.showing import day_in
from events.models import Author, Citation, Day, Event, Material, Story, Text, Use
from events.models.rights import Consent

COUNTED = Q(
    citations__stance=Citation.Stance.SUPPORTS,
    citations__source__retracted_at=None,
    citations__state=Citation.State.APPROVED,
)
"""The citations that count for a first publication."""


def events_awaiting(story: Story, now: datetime) -> QuerySet[Event]:
    """The events of ``story`` that its opening prints: what waits for it, and what is due by ``now``."""
    rows = Event.objects.filter(day__story=story, state=Event.State.SCHEDULED, schedule_refusal="")
    rows = rows.filter(Q(publish_at=None) | Q(publish_at__lte=now), published_version=0)
    return rows.order_by("day__date", "earliest", "latest", "position", "pk")


def words_awaiting(model: type[Day] | type[Text], story: Story) -> Any:
    """The days or the texts of ``story`` whose words wait for its opening."""
    rows: Any = model.objects
    return rows.filter(story=story, awaits_by__isnull=False, awaits_refusal="").select_related("awaits_by")


def count_awaiting(story: Story, now: datetime) -> int:
    """How many events, days and texts wait to be printed by the opening of ``story``."""
    words = sum(words_awaiting(model, story).count() for model in (Day, Text))
    return int(events_awaiting(story, now).count() + words)


def why_held_back(event: Event, citations: Any, materials: Any = None) -> str:
    """Why ``event``, which waits for the opening, would not be printed now; empty where it would."""
    against = scheduling.what_stands_against(event) or what_is_missing(event, citations, materials)
    if against:
        return against
    try:
        refuse_alone([event], event.scheduled_by)
    except Refused as refused:
        return str(refused)
    return ""


def held_back(story: Story, now: datetime) -> QuerySet[Event]:
    """The events of ``story`` that wait for its opening and would not be printed by it as they are."""
    waiting = events_awaiting(story, now)
    against = ~Q(scheduled_version=F("version")) | Q(scheduled_by__in=_who_may_not(story, waiting))
    against |= Q(pk__in=with_fewer(waiting, COUNTED, kind="kind").order_by().values("pk"))
    against |= Q(Exists(_uses_kept_back(day_in(story, now))))
    if story.recheck == Story.Recheck.BEFORE:
        lapsed = Citation.objects.filter(event=OuterRef("pk"), state=Citation.State.APPROVED)
        against |= Q(Exists(lapsed.exclude(event_hmac=OuterRef("hmac"))))
    if story.second_person:
        theirs = Author.objects.filter(hmac=OuterRef("hmac"), person=OuterRef("scheduled_by"))
        against |= Q(Exists(theirs))
    return waiting.filter(against)


def _uses_kept_back(today: Any) -> QuerySet[Use]:
    """That an event shows a medium which readers may not see. Credit and right are asked before approval."""
    kept_back = (
        ~Q(material__state=Material.State.APPROVED)
        | Q(material__taken_down_at__isnull=False)
        | Q(material__licence_ends__lt=today)
        | Q(material__consent=Consent.WITHDRAWN)
    )
    return Use.objects.filter(kept_back, event=OuterRef("pk"))


def _who_may_not(story: Story, waiting: QuerySet[Event]) -> list[int]:
    """The accounts (primary keys) in whose name events are ``waiting`` and that may publish none any more."""
    people = get_user_model().objects.filter(pk__in=waiting.order_by().values("scheduled_by"))
    return [by.pk for by in people if not (by.is_active and may(by, PUBLISH.permission, story))]


def words_held_back(story: Story) -> list[tuple[Any, str]]:
    """The days and texts that wait for the opening of ``story`` and would not be printed, each with why."""
    rows = [*words_awaiting(Text, story), *words_awaiting(Day, story).order_by("date")]
    for row in rows:
        row.story = story
    told = ((row, awaiting.what_stands_against(row)) for row in rows)
    return [(row, why) for row, why in told if why]
