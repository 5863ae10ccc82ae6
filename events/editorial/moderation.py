"""What moderators do: decide on citations, and record that a source was retracted.

Where a decision takes an event that readers see below its policy, the moderator says in the same step what
becomes of it: kept as it then stands, or withdrawn.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from events import press
from events.editorial.authorship import wrote
from events.editorial.holding import OWNED, moving, note_of
from events.editorial.moves import APPROVE, CONFIRM, REJECT, REOPEN, RETRACT
from events.editorial.publishing import withdraw_held
from events.editorial.reading import check_shown
from events.editorial.refused import Refused
from events.models import Citation, Event, Source
from events.models.author import of_their_own

REASONS = [
    ("not_in_source", "The source does not say this"),
    ("out_of_context", "The quotation is out of context"),
    ("inexact", "The quotation is not exact"),
    ("unreachable", "The source cannot be checked"),
    ("wrong_source", "It is cited to the wrong source"),
    ("other", "Something else"),
]
KEEP, WITHDRAW = "keep", "withdraw"


@dataclass(frozen=True)
class Fate:
    """What becomes of an event that readers see once it is below its policy; nothing is said by default.

    ``what`` is KEEP or WITHDRAW, ``reason`` what readers are told in place of what is withdrawn.
    """

    what: str = ""
    reason: str = ""


UNSAID = Fate()


class BelowPolicy(Refused):
    """It would leave an event that readers see with too few citations, and nothing was said of its fate."""


def approve(
    citation: Citation,
    *,
    by: Any,
    seen: int,
    shown: str | None = None,
    credibility: int | None = None,
    fate: Fate = UNSAID,
) -> None:
    """Approve exactly the words of version ``seen``, with those of its event, its source and its outlet.

    ``shown`` is what a page showed of all of them (events.editorial.reading); what a program calls has none.
    ``credibility`` is the grade that the moderator gives, where it is another than the editor proposed.
    Refused to their authors. Where the event is published, the approved words are printed at once, if they
    were approved with what readers see of it.
    """
    with moving(citation, APPROVE, by=by, seen=seen, saves=False) as held:
        _check(held, by, shown, "approve this")
        _grade(held, credibility)
        _stand(held, by)
        print_decided(held, Citation.State.APPROVED, by=by, note="A citation was approved.", fate=fate)


def _grade(held: Citation, credibility: int | None) -> None:
    """Give ``held`` the grade that its moderator sets; its words stay their authors'."""
    if credibility is None or credibility == held.credibility:
        return
    was, held.credibility = held.hmac, credibility
    held.save(update_fields=["credibility", "hmac"])
    wrote(held, by=None, was=was, ever=True)


def confirm(citation: Citation, *, by: Any, seen: int, shown: str | None = None) -> None:
    """Say that an approved citation still holds, though its event says something else. Refused to authors."""
    with moving(citation, CONFIRM, by=by, seen=seen, saves=False) as held:
        if not held.lapsed:
            raise Refused("It stands approved for what the event says now: there is nothing to confirm.")
        _check(held, by, shown, "confirm this")
        _stand(held, by)
        print_decided(held, Citation.State.APPROVED, by=by, note="A citation was checked again: it holds.")


def _check(held: Citation, by: Any, shown: str | None, doing: str) -> None:
    """Raises Refused where ``held`` is not what was ``shown``, or ``by`` wrote what they are ``doing``."""
    if shown is not None:
        check_shown(held, shown)
    # guard: nobody decides on their own words.
    if Citation.objects.filter(of_their_own(by), pk=held.pk).exists():
        raise Refused(
            f"You may not {doing}: you wrote words of it, or of its event, its source or its outlet, that "
            "nobody else has approved yet. Another moderator must decide on it."
        )


def _stand(held: Citation, by: Any) -> None:
    """Have ``held`` stand approved by ``by``, as it is and with what its event says now."""
    held.approved_by, held.approved_at, held.approved_version = by, timezone.now(), held.version
    held.event_hmac, held.keeps_approved = held.event.hmac, False


def reject(
    citation: Citation,
    *,
    by: Any,
    seen: int,
    code: str,
    words: str,
    shown: str | None = None,
    fate: Fate = UNSAID,
) -> None:
    """Reject a citation that waits, or whose approval lapsed, with a code of ``REASONS`` and words.

    Readers see it no longer, not in words that were approved before either. Refused to its authors.
    """
    if code not in dict(REASONS):
        raise Refused("Choose a reason for the rejection.")
    words = note_of(words)
    if not words:
        raise Refused("Say in a few words why you reject it, so that its author can mend it.")
    note = "A citation was rejected on review."
    with moving(citation, REJECT, by=by, seen=seen, code=code, note=words, saves=False) as held:
        if held.state == Citation.State.APPROVED and not held.lapsed:
            raise Refused("You cannot reject this: it is approved already. Reopen it first.")
        _check(held, by, shown, "reject this")
        fall(held)
        print_decided(held, Citation.State.REJECTED, by=by, note=note, fate=fate)


def reopen(
    citation: Citation,
    *,
    by: Any,
    seen: int,
    words: str = "",
    shown: str | None = None,
    fate: Fate = UNSAID,
) -> None:
    """Take back what was decided on a citation, which waits for review again; readers see it no longer."""
    note = "The approval of a citation was taken back."
    with moving(citation, REOPEN, by=by, seen=seen, note=note_of(words), saves=False) as held:
        if shown is not None:
            check_shown(held, shown)
        fall(held)
        print_decided(held, Citation.State.PENDING, by=by, note=note, fate=fate)


def fall(held: Citation) -> None:
    """Have ``held`` stand as nobody approved it."""
    held.approved_by = held.approved_at = held.approved_version = None
    held.event_hmac, held.keeps_approved = "", False


def print_decided(held: Citation, state: Citation.State, *, by: Any, note: str, fate: Fate = UNSAID) -> None:
    """Save the decision and print it; where a public event is below its policy then, with its ``fate``."""
    held.state = state
    held.save(update_fields=OWNED[Citation])
    event = held.event
    if not hasattr(event, "printed"):
        return
    before, left = press.print_citations(event, by=by, note=note)
    # guard: what readers see is held to the policy of the kind that they see.
    if event.state == Event.State.PUBLISHED and left < min(before, event.citations_needed_by_readers):
        _decide_fate(event, left, fate, by)


def would_fall(citation: Citation, *, approved: bool = False) -> bool:
    """Whether its event, which readers see, is below its policy once ``citation`` is approved no more, or is
    ``approved`` as it is. Asked as the verbs are answered: the same evidence counts once."""
    if not _may_fall(citation, approved):
        return False
    if (foreseen := (citation.foreseen or {}).get(approved)) is not None:
        return bool(foreseen)
    before, left = press.support_with(_as_decided(citation, approved))
    return left < min(before, citation.event.citations_needed_by_readers)


def foresee(citations: Sequence[Citation]) -> None:
    """Find out for all ``citations`` together what ``would_fall`` says of each: for a list of them."""
    for approved in (False, True):
        asked = [one for one in citations if _may_fall(one, approved)]
        found = press.supports_with([_as_decided(one, approved) for one in asked]) if asked else []
        for one, (before, left) in zip(asked, found, strict=True):
            falls = left < min(before, one.event.citations_needed_by_readers)
            one.foreseen = {**(one.foreseen or {}), approved: falls}


def _may_fall(citation: Citation, approved: bool) -> bool:
    """What nobody approved counts for nothing before a decision, nor after one that does not approve it."""
    counts = citation.keeps_approved or (citation.state == Citation.State.APPROVED and not approved)
    return bool(counts) and citation.event.state == Event.State.PUBLISHED


def _as_decided(citation: Citation, approved: bool) -> Citation:
    decided = copy(citation)
    decided.state = Citation.State.APPROVED if approved else Citation.State.PENDING
    decided.event_hmac, decided.keeps_approved = citation.event.hmac if approved else "", False
    return decided


def _decide_fate(event: Event, left: int, fate: Fate, by: Any) -> None:
    if fate.what == WITHDRAW:
        withdraw_held(event, by=by, reason=fate.reason)
    elif fate.what != KEEP:
        raise BelowPolicy(
            f"This would leave the event, which readers see, with {left} approved citations that support it; "
            f"its policy asks for {event.citations_needed_by_readers}. Say what becomes of it: keep it as it "
            "then stands, or withdraw it."
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
