"""Changing the record past every guard, and what verify_record says to that."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from chronicle import triggers
from chronicle.models import Entry, Term
from chronicle.record.verifying import problems
from tests.support.emptying import settle


def found_after(tamper: Callable[[], Any]) -> list[str]:
    """What is wrong with the record after ``tamper``, with no trigger in its way; then takes all of it back.

    Foreign keys are checked only when a transaction is committed, and this one is not.
    """
    with transaction.atomic():
        settle()
        triggers.lift(connection)
        tamper()
        found = list(problems())
        transaction.set_rollback(True)
    return found


def a_row(model: Any) -> Any:
    """A row of each kind: an entry among them that has places, actors and citations."""
    rows = model.objects.order_by("pk")
    if model is Entry:
        return rows.filter(withdrawn_at=None, entry_terms__facet="actor").first()
    return rows.filter(facet="place").first() if model is Term else rows.first()


def raw(statement: str, *values: Any) -> None:
    """Run a statement of SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
