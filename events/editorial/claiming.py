"""Who keeps what waits in Review for themselves, so that two do not read the same: claimed, handed, released.

A claim keeps nobody from deciding: it says that somebody is at it, and the queues of others pass over it. It
ends with the decision, when it is released, when its person signs out, and after a time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.editorial import materials, proposing
from events.editorial.holding import hold, insist, may, note_of
from events.editorial.moves import ACCEPT, APPROVE, APPROVE_MATERIAL, Move
from events.editorial.refused import Refused
from events.models import Citation, Claim, Material, Proposal
from events.models.author import of_their_own
from events.models.claim import LONGEST_WORD

CLAIMED_FOR = timedelta(minutes=30)
HANDED_FOR = timedelta(days=2)
"""Whoever is handed something may be asleep."""

Item = Citation | Material | Proposal
MOVES: dict[type[Any], Move] = {Citation: APPROVE, Material: APPROVE_MATERIAL, Proposal: ACCEPT}
"""What one must be allowed to do with a thing to claim it."""


def kept_from(person: Any) -> Q:
    """That somebody else has claimed it."""
    return Q(claim__until__gt=timezone.now()) & ~Q(claim__person=person)


def free_for(person: Any, now: datetime) -> Q:
    """That nobody else has."""
    return Q(claim=None) | Q(claim__until__lte=now) | Q(claim__person=person)


def handed_to(person: Any) -> Q:
    """That somebody handed it to ``person``."""
    return Q(claim__until__gt=timezone.now(), claim__person=person, claim__handed_by__isnull=False)


def claim(item: Item, *, by: Any) -> None:
    """Keep ``item`` for ``by``, or keep it longer. Refused to its authors, and while another keeps it."""
    with transaction.atomic():
        held = _hold_waiting(item, by)
        _refuse_own(held, by, "You wrote words of this: another moderator must decide on it.")
        _refuse_of_another(held, by)
        _keep(held, person=by, lasts=CLAIMED_FOR)


def hand(item: Item, *, to: Any, words: str, by: Any) -> None:
    """Have ``to`` decide on ``item``, who finds ``words`` of ``by`` with it. Refused where they may not, or
    where they wrote it, and while somebody else keeps it."""
    words = note_of(words)
    if not words:
        raise Refused(f"Say in a few words why you hand it to {to}.")
    if len(words) > LONGEST_WORD:
        raise Refused(f"Say it in at most {LONGEST_WORD} characters.")
    if to == by:
        raise Refused("This would hand it to yourself: claim it instead.")
    with transaction.atomic():
        held = _hold_waiting(item, by)
        if not (to.is_active and may(to, MOVES[type(held)].permission, held.story)):
            raise Refused(f"{to} does not decide on this: nobody of that name moderates this story.")
        # guard: nobody is given what they submitted.
        _refuse_own(held, to, f"{to} wrote words of this: hand it to somebody else.")
        _refuse_of_another(held, by)
        _keep(held, person=to, lasts=HANDED_FOR, handed_by=by, words=words)


def release(item: Item, *, by: Any) -> None:
    """Have ``item`` wait for anybody again. Refused where another keeps it."""
    with transaction.atomic():
        held = hold(item)
        _refuse_of_another(held, by)
        _claims_of(held).delete()


def _hold_waiting(item: Item, by: Any) -> Any:
    held = hold(item)
    move = MOVES[type(held)]
    insist(by, move.permission, held, "decide on this")
    if not _waits(held):
        raise Refused("This waits for nobody any more.")
    return held


def _waits(held: Item) -> bool:
    if isinstance(held, Citation):
        return held.turn is not None
    return held.state in (Material.State.PENDING, Proposal.State.OPEN)


AUTHORED: dict[type[Any], Callable[[Any, Any], bool]] = {
    Citation: lambda one, person: Citation.objects.filter(of_their_own(person), pk=one.pk).exists(),
    Material: lambda one, person: person.pk in materials.authors_of(one),
    Proposal: lambda one, person: person.pk in proposing.authors_of(one),
}


def _refuse_own(held: Item, person: Any, sentence: str) -> None:
    if AUTHORED[type(held)](held, person):
        raise Refused(sentence)


def _claims_of(held: Item) -> Any:
    return Claim.objects.filter(**{held._meta.model_name or "": held})


def _refuse_of_another(held: Item, by: Any) -> None:
    """The story is locked: who claims at the same moment finds what the first wrote."""
    kept = _claims_of(held).select_related("person").first()
    # guard: what somebody keeps is kept.
    if kept and kept.holds and kept.person != by:
        raise Refused(f"{kept.person} has claimed this.")


def _keep(held: Item, *, person: Any, lasts: timedelta, handed_by: Any = None, words: str = "") -> None:
    _claims_of(held).delete()
    Claim.objects.create(
        **{held._meta.model_name or "": held},
        person=person,
        until=timezone.now() + lasts,
        handed_by=handed_by,
        words=words,
    )
