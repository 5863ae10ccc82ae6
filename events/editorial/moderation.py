"""What moderators do: decide on citations, and record that a source was retracted."""

from typing import Any

from django.utils import timezone

from events import press
from events.editorial.holding import OWNED, moving, note_of
from events.editorial.moves import APPROVE, REJECT, REOPEN, RETRACT
from events.editorial.refused import Refused
from events.models import Citation, Decision, Event, Source

REASONS = [
    ("not_in_source", "The source does not say this"),
    ("out_of_context", "The quotation is out of context"),
    ("inexact", "The quotation is not exact"),
    ("unreachable", "The source cannot be checked"),
    ("wrong_source", "It is cited to the wrong source"),
    ("other", "Something else"),
]
CHANGES = ("submit", "change")


def approve(citation: Citation, *, by: Any, seen: int) -> None:
    """Approve exactly the words of version ``seen``.

    Refused to whoever submitted or ever changed them. Where the event is published, the approved
    words are printed at once; refused where they no longer support it and it needs that they do.
    """
    with moving(citation, APPROVE, by=by, seen=seen) as held:
        if by.pk in authors_of(held):
            raise Refused("You submitted or changed this citation: another moderator must decide on it.")
        held.approved_by, held.approved_at, held.approved_version = by, timezone.now(), held.version
        _print_decided(held, Citation.State.APPROVED, by=by, note="A citation was approved.")


def authors_of(citation: Citation) -> set[int]:
    """The keys of all who submitted or changed the citation, ever."""
    changed = Decision.objects.filter(citation=citation, verb__in=CHANGES).values_list("by_id", flat=True)
    return {citation.submitted_by_id, citation.changed_by_id, *changed}


def reject(citation: Citation, *, by: Any, seen: int, code: str, words: str) -> None:
    """Reject a pending citation, with a reason code of ``REASONS`` and words for its author.

    Refused where readers see earlier, approved words of it and the event would no longer meet its policy.
    """
    if code not in dict(REASONS):
        raise Refused("Choose a reason for the rejection.")
    words = note_of(words)
    if not words:
        raise Refused("Say in a few words why you reject it, so that its author can mend it.")
    with moving(citation, REJECT, by=by, seen=seen, code=code, note=words) as held:
        _print_decided(held, Citation.State.REJECTED, by=by, note="A citation was rejected on review.")


def reopen(citation: Citation, *, by: Any, seen: int, words: str = "") -> None:
    """Send a decided citation back to review. Readers keep the words that were approved meanwhile."""
    with moving(citation, REOPEN, by=by, seen=seen, note=note_of(words)) as held:
        held.approved_by = held.approved_at = held.approved_version = None


def _print_decided(held: Citation, state: Citation.State, *, by: Any, note: str) -> None:
    """Save the decision and print it; refuses where that leaves a public event with too few citations."""
    held.state = state
    held.save(update_fields=OWNED[Citation])
    event = held.event
    if not hasattr(event, "printed"):
        return
    before, left = press.print_citations(event, by=by, note=note)
    if event.state == Event.State.PUBLISHED and left < min(before, event.citations_needed):
        raise Refused(
            f"This would leave the event, which readers see, with {left} approved citations that support it; "
            f"its policy asks for {event.citations_needed}. Withdraw the event first, or have another "
            "citation approved."
        )


def retract_source(source: Source, *, by: Any, seen: int, reason: str) -> None:
    """Record that the outlet took back ``source``. Every entry that cites it says so from now on."""
    reason = note_of(reason)
    if not reason:
        raise Refused("Say who retracted the source and why, in a sentence that readers will see.")
    with moving(source, RETRACT, by=by, seen=seen, note=reason) as held:
        if held.retracted_at:
            raise Refused("This source is recorded as retracted already.")
        held.retracted_at, held.retraction_reason = timezone.now(), reason
        held.version += 1
        held.save()
        press.print_source(held, by=by, note=f"A source was retracted: {reason}")
