"""A change of a source or an outlet in use, which one person proposes and another accepts."""

from typing import Any

from django.contrib.auth.models import User

from events.editorial import proposing, writing
from events.models import Proposal
from tests.support.cast import fresh

NOTE = "It was corrected by its outlet."


def propose(row: Any, by: User, *, note: str = NOTE, why: str = "", **values: Any) -> Proposal:
    """What waits of ``values`` of ``row``, as ``by`` saves them."""
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    writing.save_named(row, by=by, seen=row.version, note=note, why=why)
    writing.print_again(row, by=by)
    assert row.proposed is not None
    return row.proposed


def accept(proposal: Proposal, by: User, note: str = NOTE) -> Any:
    return proposing.accept(proposal, by=by, seen=fresh(proposal).version, note=note)


def change(row: Any, by: User, moderator: User, note: str = NOTE, **values: Any) -> None:
    """Have ``row`` hold ``values``, which somebody else accepts."""
    accept(propose(row, by, note=note, **values), moderator, note)
