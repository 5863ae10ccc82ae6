"""How an event comes before readers and goes from them: the buttons for it, and what they tell."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html

from chronicle import wording
from events.admin import by_clock
from events.admin.badges import badge
from events.admin.verbs import PublishForm, Verb, VerbForm, words_field
from events.editorial import publishing, scheduling
from events.editorial.moves import (
    PUBLISH,
    REOPEN_EVENT,
    RESCHEDULE,
    SCHEDULE,
    SUBMIT,
    UNSCHEDULE,
    WITHDRAW,
)
from events.models import Citation, Event

MOST_TOLD = 20
"""How many events are named after something that concerns many of them."""
NOT_OPEN = "Its story is not open yet: where its time comes before, it waits for the opening."
AT_THE_OPENING = "the opening of its story"
OVERDUE_UNOPENED = "Its time has passed: it is published at the opening of its story."
OVERDUE_AT_OPENING = "Its story is open: it is published as soon as the worker runs."
OVERDUE = "Its time has passed: it is published as soon as the worker runs."


class ScheduleForm(PublishForm):
    at = by_clock.time_field()
    field_order = ("at", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].label = by_clock.label_of(self.subject.story)

    def clean_at(self):
        return by_clock.instant_of(self.cleaned_data["at"], self.subject.story)


class RescheduleForm(ScheduleForm):
    """Begins with the time that it has."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].initial = by_clock.to_be_typed(self.subject.publish_at, self.subject.story)


class WithdrawForm(VerbForm):
    reason = words_field("Why, for readers")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.subject.state == Event.State.SCHEDULED:
            self.fields["reason"].label = "Why, for the desk"


def of_it(event: Event) -> str:
    """What readers see of an ``event`` that is not published."""
    return "that it was withdrawn" if hasattr(event, "printed") else "nothing of it"


def submitted(event: Event) -> str:
    return f"Submitted. Readers see {of_it(event)} until it is published."


def published(event: Event) -> str:
    if event.state == Event.State.SCHEDULED:
        return f"It is published at the opening of its story. Until then readers see {of_it(event)}."
    said = "Published: readers see it as it is here."
    if event.day.staged and event.day.has_words:
        said += " The words of its day wait: publish them on the page of the day."
    return said


def scheduled(event: Event) -> str:
    said = f"Scheduled for {at_words(event)}. Until then readers see {of_it(event)}."
    return said if is_open(event) else f"{said} {NOT_OPEN}"


def unscheduled(event: Event) -> str:
    return f"Cancelled: it is not published at that time and waits as submitted. Readers see {of_it(event)}."


def withdrawn(event: Event) -> str:
    if event.decisions.latest("pk").from_state == Event.State.PUBLISHED:
        return "Withdrawn. In its place readers see that it was withdrawn, and why."
    if hasattr(event, "printed"):
        return "Withdrawn before its time: readers see that it was withdrawn before, and why then."
    return "Withdrawn before its time: it was never public, and readers see nothing of it."


def reopened(event: Event) -> str:
    return f"A draft again. Readers see {of_it(event)}."


def is_open(event: Event) -> bool:
    """Whether readers see the story of ``event``."""
    return event.story.opened_at is not None


def waits_as_it_is(event: Event) -> bool:
    """Whether it waits for the opening of its story, in just its present version and refused by nothing."""
    waiting = event.state == Event.State.SCHEDULED and event.publish_at is None
    return waiting and not event.changed_since_scheduled and not event.schedule_refusal


VERBS = (
    Verb("submit", "Submit", submitted, SUBMIT, publishing.submit),
    Verb(
        "publish",
        "Publish now",
        published,
        PUBLISH,
        publishing.publish,
        PublishForm,
        when=lambda event, person: is_open(event) and (event.state != Event.State.PUBLISHED or event.staged),
    ),
    Verb(
        "publish-at-opening",
        "Publish at the opening",
        published,
        PUBLISH,
        publishing.publish,
        PublishForm,
        when=lambda event, person: not is_open(event) and not waits_as_it_is(event),
    ),
    Verb("publish-at", "Publish at that time", scheduled, SCHEDULE, publishing.schedule, ScheduleForm),
    Verb("reschedule", "Change the time", scheduled, RESCHEDULE, scheduling.reschedule, RescheduleForm),
    Verb("unschedule", "Cancel its publication", unscheduled, UNSCHEDULE, scheduling.unschedule),
    Verb("withdraw", "Withdraw", withdrawn, WITHDRAW, publishing.withdraw, WithdrawForm),
    Verb("reopen", "Reopen as a draft", reopened, REOPEN_EVENT, publishing.reopen_event),
)


def at_words(event: Event) -> str:
    """When it will be published, by the clock of its story."""
    if event.publish_at is None:
        return AT_THE_OPENING
    return wording.at_words(event.publish_at, event.story.clock.zone)


def mark_of(event: Event) -> str:
    """What lists say beside the state: staged, or for when it is scheduled and what stands against it."""
    if event.staged:
        return badge("staged", "staged")
    if event.state != Event.State.SCHEDULED:
        return ""
    mark = badge("staged", "changed since") if event.changed_since_scheduled else ""
    mark = badge("rejected", "not published") if event.schedule_refusal else mark
    return format_html("{} {}", at_words(event), mark)


def scheduled_words(event: Event) -> str:
    """When it will be published, in whose name, and what stands against it."""
    said = [f"For {at_words(event)}, by {event.scheduled_by}."]
    if event.schedule_refusal:
        said.append(f"Not published: {event.schedule_refusal} Readers see {of_it(event)}.")
        return " ".join(said)
    overdue = is_overdue(event)
    said.append(
        f"{overdue} Readers see {of_it(event)}." if overdue else f"Until then readers see {of_it(event)}."
    )
    if event.changed_since_scheduled:
        said.append(
            "Changed since: it is held back at its time, unless somebody who may publish saves it, sets its "
            "time again or publishes it now."
        )
    elif against := what_stands_against(event, event.citations.select_related("source")):
        said.append(f"It would not be published now. {against}")
    return " ".join(said)


def is_overdue(event: Event) -> str:
    """That its time has passed, and what it waits for, in a sentence; empty where it has not."""
    if event.publish_at is None:
        return OVERDUE_AT_OPENING if is_open(event) else ""
    if event.publish_at > timezone.now():
        return ""
    return OVERDUE if is_open(event) else OVERDUE_UNOPENED


def what_stands_against(event: Event, citations: Iterable[Citation]) -> str:
    """Why the worker would not publish ``event`` now; empty where it would."""
    return scheduling.what_stands_against(event) or publishing.what_is_missing(event, citations)


def tell_times(request: Any, events: Any) -> None:
    """After a change of zone: when each scheduled one of ``events`` is published by the new clock."""
    waiting = events.filter(state=Event.State.SCHEDULED, publish_at__isnull=False)
    waiting = waiting.select_related("day__story").order_by("publish_at")
    for event in waiting[:MOST_TOLD]:
        messages.warning(request, f"“{event}” is published at the same instant: now {at_words(event)}.")
    if (more := waiting.count() - MOST_TOLD) > 0:
        messages.warning(request, f"So are {more} more: the list of events tells their times.")


def tell_what_is_held_back(request: Any, events: Any) -> None:
    """After ``events`` were read again: each scheduled one that this, or a change before, holds back."""
    waiting = events.filter(state=Event.State.SCHEDULED).select_related("day__story", "kind", "scheduled_by")
    cited = Prefetch("citations", Citation.objects.select_related("source"))
    kept = [
        (event, *kept_words(event, event.citations.all()))
        for event in waiting.prefetch_related(cited).order_by("publish_at", "pk")
    ]
    held = [(event, words) for event, _, words in kept if event.changed_since_scheduled]
    for event, words in held[:MOST_TOLD]:
        messages.warning(request, f"“{event}”: {words}")
    if len(held) > MOST_TOLD:
        messages.warning(request, f"So are {len(held) - MOST_TOLD} more: the list of events marks them.")


def kept_words(event: Event, citations: Iterable[Citation]) -> tuple[int, str]:
    """What a save did to what was scheduled, as the level of a message and its sentence."""
    at = at_words(event)
    if event.schedule_refusal:
        return messages.WARNING, (
            f"It was not published at its time, {at}: {event.schedule_refusal} Saving it changes nothing of "
            "that: set its time again or publish it now."
        )
    citations = list(citations)
    lapsed = publishing.to_confirm_first(event, citations)
    missing = publishing.missing_once_confirmed(event, citations)
    if event.changed_since_scheduled and not missing:
        held = (
            f"It stays scheduled for {at}, marked “changed since”: it is held back at its time, unless "
            "somebody who may publish saves it, sets its time again or publishes it now."
        )
        return messages.WARNING, f"{held} {lapsed}".strip()
    if against := missing or scheduling.what_stands_against(event):
        return messages.WARNING, f"It stays scheduled for {at}, and would not be published now. {against}"
    if overdue := is_overdue(event):
        kept = f"It was scheduled for {at}, by {event.scheduled_by}, as it is now. {overdue}"
    else:
        kept = f"It is scheduled for {at} as it is now, by {event.scheduled_by}."
    return messages.WARNING if lapsed else messages.INFO, f"{kept} {lapsed}".strip()
