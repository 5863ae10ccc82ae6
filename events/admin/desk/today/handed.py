"""What another moderator handed to who asks, with a word."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events.admin.desk.reviewing.page import address
from events.admin.desk.today.lines import Group, Line
from events.admin.desk.waiting import QUEUES
from events.admin.reach import held
from events.editorial.claiming import MOVES
from events.editorial.holding import may
from events.models import Claim

WITH = (
    "handed_by",
    "citation__event__day__story",
    "citation__source__outlet",
    "material__story",
    "material__asset",
    "proposal__story",
    "proposal__source__outlet",
    "proposal__outlet",
)
NAMES = {queue.in_full().model: name for name, queue in QUEUES.items()}


def asked(request: Any) -> dict[str, QuerySet[Any]]:
    """The question for it; what is decided on is claimed by nobody."""
    rows = Claim.objects.filter(person=request.user, handed_by__isnull=False, until__gt=timezone.now())
    return {"handed": rows.order_by("until", "pk")}


def group(request: Any, keys: Sequence[int]) -> Group:
    """A line each, but for what lies in a story that who asks has left."""
    rows = Claim.objects.select_related(*WITH).in_bulk(keys) if keys else {}
    found = [rows[key] for key in keys if key in rows]
    lines = [_line(claim) for claim in found if _may_decide(request, claim.of)]
    return Group("handed", "Handed to you", lines, len(lines))


def _may_decide(request: Any, item: Any) -> bool:
    return may(request.user, MOVES[type(item)].permission, item.story, held(request))


def _line(claim: Claim) -> Line:
    item, name = claim.of, NAMES[type(claim.of)]
    leads = address(row=(name, item.pk))
    title = QUEUES[name].said(item)
    return Line(title, leads, "Review", words=claim.words, by=str(claim.handed_by), where=[str(item.story)])
