"""What an editor has in hand: what was sent back to them, what lapsed, what is ready, and what they began."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from chronicle import wording
from events.admin.desk import sent_back
from events.admin.desk.today import work
from events.admin.desk.today.keys import MOST
from events.admin.desk.today.lines import Group, Line
from events.admin.desk.today.work import Work
from events.admin.listing import AtLeast
from events.admin.reach import held
from events.editorial import policy
from events.editorial.holding import may, may_at_all, verb_on
from events.editorial.moves import PUBLISH
from events.editorial.reach import within
from events.models import Day, Event

SHOWN = 10
WRITE = verb_on("change", Event)
DRAWN = ("scheduled", "submitted", "drafts", "lapsed")
"""The questions of which the events are read in full."""


def is_for(request: Any) -> bool:
    """Whether who asks writes anywhere."""
    return may_at_all(request.user, WRITE, held=held(request))


def asked(request: Any) -> dict[str, QuerySet[Any]]:
    """The questions for what is in hand. What is handed in, or waits for its time, is everybody's who writes
    there; a draft is its author's."""
    rows = within(Event.objects.all(), request.user, WRITE, held=held(request))
    own = rows.filter(created_by=request.user)
    in_time = rows.filter(state=Event.State.SCHEDULED).order_by(F("publish_at").asc(nulls_last=True), "pk")
    questions = {
        "scheduled": in_time,
        "submitted": rows.filter(state=Event.State.SUBMITTED).order_by("-changed_at", "-pk"),
        "drafts": own.filter(state=Event.State.DRAFT).order_by("-changed_at", "-pk"),
        "lapsed": own.filter(policy.asked_again()).order_by("-changed_at", "-pk"),
    }
    for rejected, theirs in sent_back.rejected(request):
        name = f"sent back {rejected.model._meta.model_name}"
        questions[name] = rejected.filter(theirs).order_by("-changed_at", "-pk")
    return questions


def groups(
    request: Any, found: Mapping[str, list[int]], rows: Mapping[int, Work], *, of_stories: bool
) -> list[Group]:
    """What there is to do, most urgent first; then what waits for others."""
    sorted_out = _sorted_out(found, rows)
    sorted_out["lapsed"] = [rows[key] for key in found["lapsed"] if key in rows]
    drawn = _Drawing(request, of_stories, sorted_out)
    return [
        drawn.group("refused", "Not published at their time", drawn.refused),
        drawn.group("urgent", "Due within 4 hours, and not ready", drawn.urgent),
        _sent_back(found),
        drawn.group("lapsed", "Approvals that lapsed", drawn.lapsed, help=LAPSED),
        drawn.group("ready", "Ready to publish", drawn.ready, **listed("submitted")),
        _imports(sorted_out["imports"]),
        drawn.group("drafts", "Your drafts", drawn.draft, **listed("draft")),
        drawn.group("later", "Scheduled", drawn.look, folded=True, **listed("scheduled")),
        drawn.group("others", "Wait for a moderator", drawn.look, folded=True, **listed("submitted")),
    ]


def _sorted_out(found: Mapping[str, list[int]], rows: Mapping[int, Work]) -> dict[str, list[Work]]:
    """The events by the group in which each stands, in their order."""
    groups: dict[str, list[Work]] = defaultdict(list)
    for name in ("scheduled", "submitted", "drafts"):
        for key in found[name]:
            if key in rows:
                groups[_group_of(rows[key])].append(rows[key])
    return groups


def _group_of(one: Work) -> str:
    event = one.event
    if event.schedule_refusal:
        return "refused"
    if event.state == Event.State.SCHEDULED:
        return "urgent" if one.lacks and one.is_soon else "later"
    if event.state == Event.State.SUBMITTED:
        return "others" if one.lacks else "ready"
    return "imports" if event.imported_headline else "drafts"


LAPSED = "Their words changed after they were approved: a moderator looks at them again."


def listed(state: str) -> dict[str, str]:
    """Where all events of ``state`` are."""
    return {"more": f"{reverse('admin:events_event_changelist')}?state={state}"}


class _Drawing:
    """Lines of events, as ``request`` may act on them."""

    def __init__(self, request: Any, of_stories: bool, groups: Mapping[str, list[Work]]) -> None:
        self.request, self.of_stories, self.groups = request, of_stories, groups

    def group(self, name: str, title: str, line: Callable[[Work], Line], **more: Any) -> Group:
        found = self.groups[name]
        total = AtLeast(MOST) if len(found) >= MOST else len(found)
        return Group(name, title, [line(one) for one in found[:SHOWN]], total, **more)

    def line(self, one: Work, action: str, **more: Any) -> Line:
        return work.line(one, action, of_stories=self.of_stories, **more)

    def look(self, one: Work) -> Line:
        return self.line(one, "Look at it")

    def draft(self, one: Work) -> Line:
        return self.line(one, "Write on")

    def refused(self, one: Work) -> Line:
        return self.line(one, "Set its time", look="back", words=one.event.schedule_refusal, lacks=())

    def urgent(self, one: Work) -> Line:
        return self.line(one, "Look at it", until=one.event.publish_at, since=None)

    def lapsed(self, one: Work) -> Line:
        return self.line(one, "Look at it", look="lapsed", state="Lapsed for the new words")

    def ready(self, one: Work) -> Line:
        if not may(self.request.user, PUBLISH.permission, one.event.story, held(self.request)):
            return self.line(one, "Look at it", look="ready", state="Ready")
        press = work.publishing_at_once(one.event)
        action = "Publish" if press else "Publish …"
        return self.line(one, action, look="ready", state="Ready", press=press)


def _sent_back(found: Mapping[str, list[int]]) -> Group:
    keys = [(which, pk) for which in ("citation", "material") for pk in found[f"sent back {which}"]]
    rows = sorted(sent_back.rejections(keys), key=lambda row: row.at, reverse=True)
    total = AtLeast(MOST) if len(keys) >= MOST else len(keys)
    lines = [_rejected(sent_back.line(row)) for row in rows[:SHOWN]]
    return Group("sent-back", "Sent back", lines, total, more=reverse("admin:sent_back"))


def _rejected(told: dict[str, Any]) -> Line:
    decision = told["told"]["decision"]
    return Line(
        title=told["title"],
        address=told.get("event", told["address"]),
        action="Mend",
        where=[told["where"]],
        code=f"{told['told']['why']}.",
        words=decision.note,
        by=f"{told['told']['who']}, {told['told']['when']}",
        since=decision.at,
        leads=told["address"],
    )


def _imports(imported: Sequence[Work]) -> Group:
    """A line for each day of which drafts are left as a digest was read."""
    days: dict[Day, list[Work]] = {}
    for one in imported:
        days.setdefault(one.event.day, []).append(one)
    return Group(
        "imports", "Left by an import", [_of_day(day, rows) for day, rows in days.items()], len(days)
    )


def _of_day(day: Day, rows: Sequence[Work]) -> Line:
    address = reverse("admin:events_day_desk", args=[day.pk])
    return Line(
        title=str(day),
        address=address,
        action="Go on",
        where=[wording.counted(len(rows), "draft", "drafts")],
        lacks=_counted({words for one in rows for words in one.lacks}, rows),
        since=max(one.event.changed_at for one in rows),
    )


def _counted(said: set[str], rows: Sequence[Work]) -> list[str]:
    """How many of ``rows`` lack what, the most common first."""
    times = {words: sum(words in one.lacks for one in rows) for words in said}
    return [f"{times[words]} × {words}" for words in sorted(said, key=lambda one: (-times[one], one))]
