"""The list of citations that wait for a moderator: what the event says over what the source says."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from events.admin.citation import RejectForm
from events.admin.desk.queue import Queue
from events.admin.verbs import VerbForm
from events.editorial import moderation
from events.editorial.moves import APPROVE, REJECT
from events.models import Citation, Decision


def of_their_own(person: Any) -> Q:
    """The citations whose words ``person`` ever submitted or changed."""
    changed = Decision.objects.filter(citation=OuterRef("pk"), verb__in=moderation.CHANGES, by=person)
    return Q(submitted_by=person) | Q(changed_by=person) | Exists(changed)


def with_both_sides() -> Any:
    """Citations with what the event says and what the source is."""
    return Citation.objects.select_related(
        "event__day__story", "event__kind", "source__outlet", "submitted_by", "changed_by"
    )


CITATIONS = Queue(
    name="citation",
    title="Review",
    template="admin/events/review.html",
    permissions=(APPROVE.permission, REJECT.permission),
    verbs={"approve": (VerbForm, moderation.approve), "reject": (RejectForm, moderation.reject)},
    in_full=with_both_sides,
    own=of_their_own,
    said=lambda citation: str(citation.event),
)
