"""How a row is held while it changes, checked against the version seen, and the decision recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model

from events.editorial.moves import Move
from events.editorial.permission import insist, story_of
from events.editorial.refused import Refused, Stale
from events.models import Citation, Day, Decision, Event, Source
from events.models.decision import LONGEST_NOTE


@contextmanager
def moving(subject: Any, move: Move, *, by: Any, seen: int, **decision: Any) -> Iterator[Any]:
    """Hold one locked row while it makes one move; record the move if nothing refuses.

    Yields the row as it is now, not the caller's copy, which is stale afterwards.
    Raises Refused: no permission, wrong state, a newer version than the one ``seen``, a note too long.
    """
    if len(decision.get("note", "")) > LONGEST_NOTE:
        raise Refused(f"Say it in at most {LONGEST_NOTE:,} characters.")
    with transaction.atomic():
        row = hold(subject)
        insist(by, move.permission, story_of(row), f"{move.verb} this")
        check_seen(row, seen)
        was = getattr(row, "state", "")
        if move.sources and was not in move.sources:
            raise Refused(f"You cannot {move.verb} this: it is {row.get_state_display().lower()}.")
        yield row
        if move.target:
            row.state = move.target
        row.save()
        record(row, move.verb, by=by, version=seen, from_state=was, to_state=move.target, **decision)


def hold(subject: Any) -> Any:
    """Lock ``subject`` and return it as it is now. A citation is held by the row of its event first,
    so that whatever concerns one event happens one after the other."""
    if isinstance(subject, Citation):
        hold_event(subject.event_id)
    return _held(type(subject), subject.pk)


def hold_event(pk: int) -> Any:
    """Lock the event of that key and return it as it is now."""
    return _held(Event, pk)


def _held(model: Any, pk: int) -> Any:
    # Without the key, because a new citation shares the key of its source: retracting the source holds
    # that and then wants the event, which whoever adds the citation holds.
    try:
        return model.objects.select_for_update(no_key=True).get(pk=pk)
    except model.DoesNotExist:
        raise Refused("Somebody has deleted this in the meantime.") from None


def check_seen(row: Any, seen: int | None) -> None:
    """Refuses when ``row`` is not the version that the person saw."""
    if seen != row.version:
        raise Stale(
            f"Somebody has changed this since you opened it (you saw version {seen}, it is now version "
            f"{row.version}). Look at the new version, then decide."
        )


def record(row: Model, verb: str, *, by: Any, version: int, **decision: Any) -> Decision:
    """Add a Decision on ``row`` and, for a citation, on its event and its words too."""
    subjects: dict[str, Any] = {}
    if isinstance(row, Citation):
        subjects = {"citation": row, "event_id": row.event_id, "words_sha256": row.words_sha256()}
    elif isinstance(row, Event):
        subjects = {"event": row}
    elif isinstance(row, Source):
        subjects = {"source": row}
    elif isinstance(row, Day):
        subjects = {"day": row}
    return Decision.objects.create(verb=verb, by=by, version=version, **subjects, **decision)
