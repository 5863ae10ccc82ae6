"""The first steps of a desk on which nothing waits: a story, people, a day, a digest, the opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from events.admin.reach import held
from events.editorial.holding import may, may_at_all, verb_on
from events.editorial.moves import IMPORT, MANAGE_PEOPLE, OPEN
from events.models import Day, Event, Membership, Story


@dataclass(frozen=True)
class Step:
    """One step: what it is, what to know of it, and where it is taken by whom who may."""

    title: str
    words: str
    is_done: bool
    action: str = ""
    address: str = ""


LATER = {
    "Two people": "Nobody approves their own words: somebody who writes, and somebody who moderates.",
    "A day": "Its date decides what “in the morning” means.",
    "Events": "An article that tells a day becomes drafts, each with its quotation; or write one yourself.",
    "The opening": "Until a story is opened readers see nothing of it.",
}
"""What is done once there is a story, and what to know of each."""


def first_steps(request: Any, stories: Sequence[Story]) -> list[Step]:
    """The steps to a first day of the latest of ``stories``; none once it is open and has events."""
    if not stories:
        return [_of_a_story(request), *(Step(title, words, False) for title, words in LATER.items())]
    story = max(stories, key=lambda one: one.pk)
    has_events = Event.objects.filter(day__story=story).exists()
    if has_events and story.opened_at:
        return []
    return [
        _of_a_story(request, story),
        _of_people(request, story),
        _of_a_day(request, story),
        _of_a_digest(request, story, has_events),
        _of_the_opening(request, story),
    ]


def _of_a_story(request: Any, story: Story | None = None) -> Step:
    if story is not None:
        words = f"“{story}”, by the clock of {story.clock.zone.key}."
        return Step(
            "A story", words, True, "Its settings", reverse("admin:events_story_change", args=[story.pk])
        )
    words = "It has a title, a first day and a time zone."
    if may(request.user, verb_on("add", Story), None):
        return Step("A story", words, False, "Begin a story", reverse("admin:events_story_add"))
    return Step("A story", f"{words} An administrator begins one, and gives you a role in it.", False)


def _of_people(request: Any, story: Story) -> Step:
    words = LATER["Two people"]
    roles = set(Membership.objects.filter(story=story, ended_at=None).values_list("role", flat=True))
    is_done = {"editor", "moderator"} <= roles
    if may(request.user, MANAGE_PEOPLE, story, held(request)):
        address = reverse("admin:events_story_people", args=[story.pk])
        return Step("Two people", words, is_done, "Invite people", address)
    return Step("Two people", f"{words} Its managers invite them.", is_done)


def _of_a_day(request: Any, story: Story) -> Step:
    words = LATER["A day"]
    is_done = Day.objects.filter(story=story).exists()
    if may(request.user, verb_on("add", Day), story, held(request)):
        return Step("A day", words, is_done, "Add a day", reverse("admin:events_day_add"))
    return Step("A day", f"{words} Editors add it.", is_done)


def _of_a_digest(request: Any, story: Story, has_events: bool) -> Step:
    words = LATER["Events"]
    if may_at_all(request.user, IMPORT, held=held(request)):
        address = reverse("admin:events_event_import_digest")
        return Step("Events", words, has_events, "Import a digest", address)
    return Step("Events", f"{words} Editors do.", has_events)


def _of_the_opening(request: Any, story: Story) -> Step:
    words = LATER["The opening"]
    if story.opened_at:
        return Step("The opening", words, True)
    if may(request.user, OPEN.permission, story, held(request)):
        return Step("The opening", words, False, "Open it", reverse("admin:opening", args=[story.pk]))
    return Step("The opening", f"{words} Its managers open it.", False)
