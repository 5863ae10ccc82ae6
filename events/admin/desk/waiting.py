"""What waits for a person, as the header of every page of the desk says it: all of it in one query.

To put that query together takes many times as long as to ask it: its statement is kept, and asked anew.
"""

from collections.abc import Hashable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import IntegerField, Subquery
from django.utils import timezone

from chronicle.models.statements import Statement, statement_of
from events.admin.desk import takedowns
from events.admin.desk.media.review import MEDIA
from events.admin.desk.proposed import PROPOSALS
from events.admin.desk.queue import Queue, look_through, totals
from events.admin.desk.review import CITATIONS
from events.admin.listing import MOST_TOLD, AtLeast, Counted
from events.admin.reach import held
from events.editorial.holding import is_everywhere

QUEUES: dict[str, Queue] = {queue.name: queue for queue in (CITATIONS, MEDIA, PROPOSALS)}
"""What is gone through one by one in Review, by what a row of it is called."""


MOST_KEPT = 500
"""Statements that a process keeps: of so many people, in what they may do."""
NOW = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands in a statement for the moment at which it is asked."""


class HowMany(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class Kept(NamedTuple):
    """A statement that counts what is asked under each of ``names``."""

    names: tuple[str, ...]
    statement: Statement


STATEMENTS: dict[Hashable, Kept] = {}
"""By whoever asks, and all that says what waits for them."""


def queues_of(request: Any) -> dict[str, Queue]:
    """The queues in which who asks decides."""
    return {name: queue for name, queue in QUEUES.items() if queue.is_for(request)}


def numbers(request: Any) -> dict[str, Any]:
    """How much waits for ``request.user``, by name; nothing of what they decide on nowhere.

    At most MOST_TOLD of each is counted, and of a queue what is not theirs among so many that wait first;
    where all of it was read already, all.
    """
    queues, confirms = queues_of(request), takedowns.are_confirmed_by(request)
    is_read = hasattr(request, "looked_through")
    found = _counted(request, {} if is_read else queues, confirms)
    told = _read(request, queues) if is_read else _told(request, queues, found)
    numbers = {"waiting_by_kind": told, "waiting": _together(told.values())} if queues else {}
    return numbers | ({"waiting_takedowns": _at_most(found["takedowns"])} if confirms else {})


def _read(request: Any, queues: dict[str, Queue]) -> dict[str, int]:
    """How many of each wait that are not theirs."""
    rows, more = look_through(request, queues)
    found = totals(one for one in rows if one.is_left)
    return {name: (AtLeast if more and found[name] else Counted)(found[name]) for name in queues}


def _told(request: Any, queues: dict[str, Queue], found: dict[str, int]) -> dict[str, int]:
    """Likewise of those that wait first; where all of these are their own, what waits behind is read, too."""
    full = {name for name in queues if found[f"all of {name}"] >= MOST_TOLD}
    if any(not found[name] for name in full):
        return {name: _at_most(number) for name, number in _read(request, queues).items()}
    return {name: AtLeast(found[name]) if name in full else found[name] for name in queues}


def _counted(request: Any, queues: dict[str, Queue], confirms: bool) -> dict[str, int]:
    """How much waits first in each of ``queues``, and how much of that is for who asks; and of takedowns."""
    if not (queues or confirms):
        return {}
    whole = [is_everywhere(request.user, *queue.permissions) for queue in queues.values()]
    of_takedowns = confirms and is_everywhere(request.user, takedowns.CONFIRM)
    key = (request.user.pk, *queues, *whole, confirms, of_takedowns, frozenset(held(request)))
    # Asked for at once: another thread may clear what is kept at any time.
    kept = STATEMENTS.get(key)
    if kept is None:
        kept = _put_together(request, queues, confirms)
        _keep(key, kept)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    [numbers] = kept.statement.tuples({"now": now})
    return dict(zip(kept.names, numbers, strict=True))


def _keep(key: Hashable, kept: Kept) -> None:
    if len(STATEMENTS) >= MOST_KEPT:
        STATEMENTS.clear()
    STATEMENTS[key] = kept


def _put_together(request: Any, queues: dict[str, Queue], confirms: bool) -> Kept:
    asked = {name: queue.others_first(request, NOW) for name, queue in queues.items()}
    asked |= {f"all of {name}": queue.first(request) for name, queue in queues.items()}
    if confirms:
        asked["takedowns"] = takedowns.waiting_for(request).order_by().values("pk")[: MOST_TOLD + 1]
    row = get_user_model().objects.order_by().filter(pk=request.user.pk)
    counts = row.values_list(*(HowMany(rows) for rows in asked.values()))
    return Kept(tuple(asked), statement_of(counts, {"now": NOW}))


def _at_most(number: int) -> int:
    return AtLeast(MOST_TOLD) if number > MOST_TOLD else number


def _together(numbers: Iterable[int]) -> int:
    """How many all of these are, at least where one of them is."""
    found = [*numbers]
    total = sum(map(int, found))
    return (AtLeast if any(isinstance(number, AtLeast) for number in found) else Counted)(total)
