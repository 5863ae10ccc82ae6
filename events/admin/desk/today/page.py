"""Today, put together: all keys in one question, then what is shown of each kind in one more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from chronicle import wording
from events.admin.belonging import stories_at_hand
from events.admin.desk import sent_back, takedowns
from events.admin.desk.today import handed, keys, mine, moderating, work
from events.admin.desk.today.lines import Group
from events.admin.desk.today.steps import first_steps
from events.admin.reach import held
from events.editorial.holding import may
from events.editorial.moves import MANAGE_PEOPLE, OPEN, SET_POLICY
from events.editorial.reach import within
from events.models import Day, Event, Proposal, Story

DAYS = 5
"""How many of the latest days stand beside what waits."""
MANAGED = (
    ("events_story_people", "People", MANAGE_PEOPLE, lambda story: True),
    ("opening", "Not open to readers yet", OPEN.permission, lambda story: story.opened_at is None),
    ("policy", "Policy", SET_POLICY.permission, lambda story: True),
)
"""What is settled of a story: its page, its heading, who may, and of which stories it is."""


@dataclass(frozen=True)
class Managed:
    """Something that is settled story by story, with each story's title and the address of its page."""

    name: str
    title: str
    links: Sequence[tuple[str, str]]


def context(request: Any, waiting: Mapping[str, int]) -> dict[str, Any]:
    """What the page shows to who asks, for whom so much is ``waiting`` of each kind."""
    stories = stories_at_hand(request.user)
    found = keys.found(request.user, _asked(request))
    groups, queue = _waiting(request, found, waiting, of_stories=len(stories) > 1)
    busy = [group for group in groups if group.lines and not group.folded]
    return {
        "groups": sorted((group for group in groups if group.lines), key=lambda group: group.folded),
        "queue": queue,
        "is_free": not busy and not (queue and queue.is_asked),
        "need": sum(group.total for group in busy),
        "steps": [] if busy else first_steps(request, stories),
        "now": _now(stories),
        "days": _days(found["days"][:DAYS]),
        "several_stories": len(stories) > 1,
        "sees_sent_back": sent_back.is_for(request),
        "sees_takedowns": takedowns.is_for(request),
        "managing": _managing(request, stories),
    }


def _asked(request: Any) -> dict[str, QuerySet[Any]]:
    """The questions for all that the page shows."""
    days = within(Day.objects.all(), request.user, held=held(request)).order_by("-date", "-pk")
    written = mine.asked(request) if mine.is_for(request) else {}
    return {"days": days} | written | handed.asked(request) | moderating.asked(request)


def _waiting(
    request: Any, found: Mapping[str, list[int]], waiting: Mapping[str, int], *, of_stories: bool
) -> tuple[list[Group], moderating.Backlog | None]:
    """What waits, in the order in which it is urgent, and what is said of the queue."""
    drawn = {key for name in (*mine.DRAWN, "lost") for key in found.get(name, ())}
    rows = work.in_full(drawn) if drawn else {}
    offered = found.get("proposals", ())
    proposals = Proposal.objects.select_related(*moderating.WITH).in_bulk(offered) if offered else {}
    cited = moderating.cited(request, found["queue"]) if "queue" in found else []
    lost = [rows[key] for key in found.get("lost", ()) if key in rows]
    groups = mine.groups(request, found, rows, of_stories=of_stories) if "drafts" in found else []
    groups.insert(0, handed.group(request, found["handed"]))
    groups += moderating.groups(cited, lost, proposals, of_stories=of_stories)
    return groups, moderating.backlog_of(cited, waiting) if "queue" in found else None


def _now(stories: Sequence[Story]) -> str:
    """The time at the desk; by the clock of its story, where it has one."""
    if len(stories) != 1:
        return ""
    return wording.at_words(timezone.now(), stories[0].clock.zone)


def _days(found: Sequence[int]) -> list[Day]:
    """The latest days, with how many of their events are told and how many of these readers see."""
    told = Event.objects.filter(day=OuterRef("pk")).order_by().values("day")
    # Asked for by their state they would be read from its index, all of the story.
    public = told.annotate(total=Count("pk", filter=Q(state=Event.State.PUBLISHED)))
    rows = Day.objects.select_related("story").annotate(
        told=Coalesce(Subquery(told.annotate(total=Count("pk")).values("total")), 0),
        public=Coalesce(Subquery(public.values("total")), 0),
    )
    days = rows.in_bulk(found)
    return [days[key] for key in found if key in days]


def _managing(request: Any, stories: Sequence[Story]) -> list[Managed]:
    """Of what who asks may settle it."""
    roles = held(request)
    found = []
    for name, title, permission, is_of in MANAGED:
        settled = [one for one in stories if is_of(one) and may(request.user, permission, one, roles)]
        links = [(str(one), reverse(f"admin:{name}", args=[one.pk])) for one in settled]
        found.append(Managed(name, title, links))
    return [one for one in found if one.links]
