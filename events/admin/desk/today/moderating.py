"""What waits for a moderator: the queue in a sentence, what readers see that no longer stands, and what holds
up finished events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.urls import reverse
from django.utils import timezone

from events.admin.desk.differing import labels_of
from events.admin.desk.media.review import MEDIA
from events.admin.desk.proposed import PROPOSALS
from events.admin.desk.queue import FINISHED
from events.admin.desk.review import CITATIONS
from events.admin.desk.today import work
from events.admin.desk.today.lines import Group, Line
from events.admin.desk.today.work import Work
from events.admin.reach import held
from events.editorial import policy
from events.editorial.claiming import free_for
from events.editorial.reach import within
from events.models import Citation, Event, Proposal
from events.upkeep import UNDECIDED

SHOWN = 10
WITH = ("story", "source__outlet", "outlet", "proposed_by")


@dataclass(frozen=True)
class Backlog:
    """What waits first of the citations: how many are somebody else's, since when, and what they hold up; and
    how many media wait besides."""

    waiting: int
    media: int
    own: int
    oldest: datetime | None
    holds_up: int

    @property
    def is_asked(self) -> bool:
        """Whether something waits for who asks."""
        return bool(self.waiting or self.media)


def is_for(request: Any) -> bool:
    """Whether who asks decides on citations anywhere."""
    return CITATIONS.is_for(request)


def asked(request: Any) -> dict[str, QuerySet[Any]]:
    """The questions for what waits for a decision."""
    questions: dict[str, QuerySet[Any]] = {}
    if PROPOSALS.is_for(request):
        others = ~PROPOSALS.own(request.user)
        questions["proposals"] = PROPOSALS.waiting(request).filter(others)
    if not is_for(request):
        return questions
    few = policy.of_few_sources()
    return questions | {
        "queue": CITATIONS.waiting(request),
        "lost": within(few, request.user, *CITATIONS.permissions, held=held(request)),
    }


def cited(request: Any, keys: Sequence[int]) -> list[Citation]:
    """Those of the citations ``keys`` that nobody else has claimed, in their order, each with whether its
    words are ``theirs`` who asks."""
    theirs = ExpressionWrapper(CITATIONS.own(request.user), BooleanField())
    free = CITATIONS.in_full().filter(free_for(request.user, timezone.now())).order_by()
    rows = free.annotate(theirs=theirs).in_bulk(keys) if keys else {}
    return [rows[key] for key in keys if key in rows]


def backlog_of(rows: Sequence[Citation], waiting: Mapping[str, int]) -> Backlog:
    """What is said of ``rows``, which wait first, where so much is ``waiting`` of each kind."""
    others = [row for row in rows if not row.theirs]
    return Backlog(
        waiting=waiting.get(CITATIONS.name, 0),
        media=waiting.get(MEDIA.name, 0),
        own=len(rows) - len(others),
        oldest=min((row.submitted_at for row in others), default=None),
        holds_up=sum(map(holds_up, others)),
    )


def holds_up(citation: Citation) -> bool:
    """Whether an event that is finished waits for a decision on ``citation``."""
    return citation.event.state in FINISHED


def groups(
    rows: Sequence[Citation],
    lost: Sequence[Work],
    proposals: Mapping[int, Proposal],
    *,
    of_stories: bool,
) -> list[Group]:
    """What is decided on, what readers see now before what they do not see yet."""
    others = [row for row in rows if not row.theirs]
    seen = [
        *(_unsupported(one, of_stories) for one in lost if _is_below(one)),
        *(_asked(row, CHECKED, of_stories) for row in others if _is_checked_again(row)),
    ]
    holding = [_asked(row, PENDING, of_stories) for row in others if holds_up(row)]
    offered = [_proposed(row) for row in proposals.values()]
    every = {"more": f"{reverse('admin:review')}?of=proposals"}
    return [
        Group("seen", "Readers see it now", seen[:SHOWN], len(seen), help=SEEN),
        Group("holds-up", "Holds up a finished event", holding[:SHOWN], len(holding)),
        Group("proposals", "Proposals", offered[:SHOWN], len(offered), help=TOUCHED, **every),
    ]


CHECKED = ("lapsed", "Being re-checked", "Re-check")
PENDING = ("wait", "Pending", "Review")
"""How a citation looks that waits, what is said of it, and what is done with it."""
SEEN = "Published, and no longer as approved."
TOUCHED = "Changes to what approved citations rest on."


def _is_below(one: Work) -> bool:
    return policy.is_below(one.event, one.event.citations.all())


def _is_checked_again(row: Citation) -> bool:
    """Whether readers see its event, and it waits for being confirmed."""
    asked_again = row.turn is not None and row.turn < UNDECIDED
    return asked_again and row.event.state == Event.State.PUBLISHED


def _unsupported(one: Work, of_stories: bool) -> Line:
    lost = {"look": "back", "state": "Lost its support", "lacks": ("fewer sources than its policy asks for",)}
    return work.line(one, "Look at it", of_stories=of_stories, **lost)


def _asked(row: Citation, as_what: tuple[str, str, str], of_stories: bool) -> Line:
    look, state, action = as_what
    return Line(
        title=str(row.event),
        address=work.address_of(row.event),
        action=action,
        look=look,
        state=state,
        where=[*work.where(row.event, of_stories=of_stories), str(row.source.outlet)],
        since=row.submitted_at,
        leads=f"{reverse('admin:review')}?citation={row.pk}",
    )


def _proposed(row: Proposal) -> Line:
    address = reverse("admin:events_proposal_change", args=[row.pk])
    said = [f"{row.proposed_by} proposes", *labels_of(row)]
    leads = f"{reverse('admin:review')}?proposal={row.pk}"
    return Line(str(row.subject), address, "Look at it", where=said, since=row.proposed_at, leads=leads)
