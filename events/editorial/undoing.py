"""How whoever decided takes that back at once, where nothing is hidden by it that readers saw before.

Each kind of thing says of itself what cannot be taken back so, and what to do instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, IntegerField, Value
from django.utils import timezone

from events.editorial.holding import moving
from events.editorial.moderation import fall, print_decided
from events.editorial.moves import UNDO, UNDO_OF_CONFIRMATION, UNDO_OF_MATERIAL, UNDO_OF_PROPOSAL
from events.editorial.proposing import put_back
from events.editorial.refused import Refused
from events.editorial.showing_again import make_former_copies, show_as_before
from events.models import Citation, Decision, Material, Proposal, Words
from events.models.author import APPROVING, CHANGES

EVENT = Words.About.EVENT
UNDO_WITHIN = timedelta(seconds=30)
TOO_LATE = "It is too late to undo this. Change it on its own page instead."
NOTE = "A decision on a citation was undone at once."
CONFIRMED = (
    "That it still holds is not undone from here: its event was published or decided on since, or nothing "
    "tells any more what was approved before. Reopen it on its own page."
)
APPROVED_BEFORE = (
    "This is not undone from here: it had been approved before, and readers would lose what they saw of it. "
    "Reopen it on its own page, where you say what becomes of its event."
)
TAKEN_DOWN = "That it was taken down is not undone from here. Approve it on its own page to show it again."


@dataclass(frozen=True)
class Last:
    """The last decision on a row, of a moment ago: the version at which it may be taken back, and how, or why
    not."""

    version: int
    kind: "Kind"
    why_not: str = ""


def last_of(model: Any, key: int, by: Any) -> Last | None:
    """The last decision on the row of ``model`` with ``key``, where ``by`` made it within UNDO_WITHIN."""
    name = model._meta.model_name
    rows = Decision.objects.filter(**{name: key}).exclude(verb__in=CHANGES).order_by("-pk")
    found = list(rows.values_list("verb", "by", "at", f"{name}__version", KINDS[model].printed)[:2])
    if not found:
        return None
    (verb, person, at, version, printed), *before = found
    if verb not in DECIDED or person != by.pk or timezone.now() - at > UNDO_WITHIN:
        return None
    kind = CONFIRMATION if verb == "confirm" else KINDS[model]
    return Last(version, kind, kind.why_not(verb, before[0][0] if before else "", printed is not None))


def undo(row: Any, *, by: Any, seen: int) -> None:
    """Take back what ``by`` decided within UNDO_WITHIN on ``row``, which waits again then.

    What was printed has its counterpart. It may make copies of a medium, which takes seconds: call it outside
    of a transaction. Refused after that time, once
    something followed, and where readers would lose what they saw before.
    """
    kind = _insist(row, by)
    kind.ahead(row)
    with moving(row, kind.move, by=by, seen=seen, saves=kind.saves) as held:
        _insist(held, by)
        kind.put_back(held, by)


def _insist(row: Any, by: Any) -> "Kind":
    """How the last decision on ``row`` is taken back. Raises Refused where ``by`` may not."""
    last = last_of(type(row), row.pk, by)
    if last is None or last.why_not:
        raise Refused(last.why_not if last else TOO_LATE)
    return last.kind


def _of_citation(verb: str, before: str, is_printed: bool) -> str:
    return APPROVED_BEFORE if before in APPROVING else ""


def _put_citation_back(held: Citation, by: Any) -> None:
    fall(held)
    print_decided(held, Citation.State.PENDING, by=by, note=NOTE)


def _of_confirmation(verb: str, before: str, is_printed: bool) -> str:
    return ""


def _lapse_again(held: Citation, by: Any) -> None:
    """Have ``held`` stand approved for what its event said before, by whom it was approved then."""
    said, *before = held.decisions.exclude(verb__in=CHANGES).order_by("-pk").prefetch_related("words")
    former = _stood(before)
    approved = former and next((each.hmac for each in former.words.all() if each.about == EVENT), "")
    # guard: nothing is taken from under what was published by it.
    if former is None or not approved or held.event.decisions.filter(pk__gt=said.pk).exists():
        raise Refused(CONFIRMED)
    held.approved_by, held.approved_at, held.event_hmac = former.by, former.at, approved
    print_decided(held, Citation.State.APPROVED, by=by, note=NOTE)


def _stood(decisions: Iterable[Decision]) -> Decision | None:
    """The first of ``decisions``, the newest first, where it approved. What was undone never stood."""
    rest = iter(decisions)
    for each in rest:
        if each.verb != UNDO.verb:
            return each if each.verb in APPROVING else None
        next(rest, None)
    return None


def _of_material(verb: str, before: str, is_printed: bool) -> str:
    return TAKEN_DOWN if is_printed and verb == "take down" and before != "reject" else ""


def _of_proposal(verb: str, before: str, is_printed: bool) -> str:
    return ""


NEVER = Value(None, IntegerField())
"""What was printed of rows that readers are not shown by themselves."""


def _nothing(row: Any) -> None:
    """Most is undone in no time."""


@dataclass(frozen=True)
class Kind:
    """How decisions on one kind of thing are taken back: by which ``move``.

    ``ahead`` does what takes long, before the row is held.
    ``why_not`` is told what was decided, what before that, and whether readers were shown the row; ``saves``
    is whether the row is saved after ``put_back``, which may have done so itself. ``printed`` is the way from
    a decision to what was printed of the row.
    """

    why_not: Callable[[str, str, bool], str]
    move: Any
    put_back: Callable[[Any, Any], None]
    saves: bool = True
    printed: Any = NEVER
    ahead: Callable[[Any], None] = _nothing


CONFIRMATION = Kind(_of_confirmation, UNDO_OF_CONFIRMATION, _lapse_again, saves=False)
DECIDED = {"approve", "confirm", "reject", "accept", "take down"}
"""What ends a decision: a rejection of a medium that readers see takes it down besides."""
KINDS: dict[type, Kind] = {
    Citation: Kind(_of_citation, UNDO, _put_citation_back, saves=False),
    Material: Kind(
        _of_material,
        UNDO_OF_MATERIAL,
        show_as_before,
        printed=F("material__printed"),
        ahead=make_former_copies,
    ),
    Proposal: Kind(_of_proposal, UNDO_OF_PROPOSAL, put_back),
}
