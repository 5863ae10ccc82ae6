"""The list of citations that wait for a moderator: what the event says over what the source says.

First what readers see while it is checked again, then approvals that lapsed, then what nobody decided on yet.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q

from chronicle.site.differences import Piece, pieces
from events.admin.deciding import ApproveForm, DecidingForm, RejectForm
from events.admin.decision import told
from events.admin.desk.queue import FINISHED, Queue, columns
from events.admin.repeating import same_as
from events.editorial import moderation, repeating
from events.editorial.moves import APPROVE, REJECT
from events.models import Citation, Decision, Words
from events.models.author import APPROVING, of_their_own

WAITS = Q(turn__isnull=False)
"""What is pending, or approved for what its event said before and to be confirmed: see events.upkeep."""


def with_both_sides() -> Any:
    """Citations with what the event says and what the source is."""
    return Citation.objects.select_related(
        *("event__day__story", "event__kind", "event__published_kind", "event__printed"),
        *("source__printed", "source__outlet__printed", "source__origin__printed", "source__relays"),
        *("submitted_by", "changed_by", "approved_by", "claim__person", "claim__handed_by"),
    )


def likely(citation: Citation) -> tuple[str, str]:
    """What a moderator probably does with it."""
    return ("confirm", "Still holds") if citation.lapsed else ("approve", "Approve")


def since_approved(citation: Citation, decisions: Sequence[Decision]) -> list[Piece]:
    """Word by word, what the event says now of what it said when ``citation`` was approved, by ``decisions``
    on that, the newest first; nothing where it was taken down."""
    now = citation.event.told()
    approvals = [decision for decision in decisions if decision.verb in APPROVING]
    for words in (words for decision in approvals for words in decision.words.all()):
        if words.about == Words.About.EVENT and words.hmac == citation.event_hmac:
            return pieces(words.text, now) if words.text else []
    return pieces("", now)


def past_of(citation: Citation, among: Sequence[Citation]) -> dict[str, Any]:
    """What was done with ``citation``, and cited and decided in the same words on its event, of whose
    citations it is one ``among`` all."""
    rows = repeating.decisions_on([citation])[citation.pk]
    first = repeating.first_of_each(among).get(citation.pk)
    story, own = citation.story, [row for row in rows if row.citation_id == citation.pk]
    return {
        "first": same_as(first) if first else "",
        "own": [told(row, story) for row in own],
        "same": [told(row, story) for row in rows if repeating.is_on_words_of(row, citation)],
        "lapsed": since_approved(citation, own) if citation.lapsed else [],
    }


CITATIONS = Queue(
    name="citation",
    permissions=(APPROVE.permission, REJECT.permission),
    verbs={
        "approve": (ApproveForm, moderation.approve),
        "confirm": (DecidingForm, moderation.confirm),
        "reject": (RejectForm, moderation.reject),
    },
    columns=columns(
        "submitted_at",
        turn=F("turn"),
        day=F("event__day"),
        outlet=F("source__outlet"),
        finished=Q(event__state__in=FINISHED),
    ),
    head=("event__headline", "event__day__date", "event__wording", "source__outlet__name"),
    in_full=with_both_sides,
    own=of_their_own,
    said=lambda citation: str(citation.event),
    waits=WAITS,
    order=("turn", "submitted_at", "pk"),
    likely=likely,
    foresee=moderation.foresee,
    apart=("credibility",),
)
