"""What waits for a person, as the header of every page of the desk says it: all of it in one query."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery

from events.admin.desk import takedowns
from events.admin.desk.media.review import MEDIA
from events.admin.desk.proposed import PROPOSALS
from events.admin.desk.queue import Queue, look_through, totals
from events.admin.desk.review import CITATIONS
from events.admin.listing import MOST_TOLD, AtLeast, Counted

QUEUES: dict[str, Queue] = {queue.name: queue for queue in (CITATIONS, MEDIA, PROPOSALS)}
"""What is gone through one by one in Review, by what a row of it is called."""


class HowMany(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def queues_of(request: Any) -> dict[str, Queue]:
    """The queues in which who asks decides."""
    return {name: queue for name, queue in QUEUES.items() if queue.is_for(request)}


def numbers(request: Any) -> dict[str, Any]:
    """How much waits for ``request.user``, by name; nothing of what they decide on nowhere.

    At most MOST_TOLD of each is counted, and of a queue what is not theirs among so many that wait first;
    where all of it was read already, all.
    """
    queues, asked = queues_of(request), takedowns.waiting_for(request)
    lists = {} if asked is None else {"takedowns": asked.order_by().values("pk")[: MOST_TOLD + 1]}
    is_read = hasattr(request, "looked_through")
    found = _counted(request.user, lists if is_read else lists | _in_queues(request, queues))
    told = _read(request, queues) if is_read else _told(request, queues, found)
    numbers = {"waiting_by_kind": told, "waiting": _together(told.values())} if queues else {}
    return numbers | {f"waiting_{name}": _at_most(found[name]) for name in lists}


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


def _in_queues(request: Any, queues: dict[str, Queue]) -> dict[str, QuerySet[Any]]:
    """Of each queue what waits first, and what of that is not theirs."""
    others = {name: queue.others_first(request) for name, queue in queues.items()}
    return others | {f"all of {name}": queue.first(request) for name, queue in queues.items()}


def _counted(person: Any, asked: dict[str, QuerySet[Any]]) -> dict[str, int]:
    if not asked:
        return {}
    row = get_user_model().objects.order_by().filter(pk=person.pk)
    return dict(zip(asked, row.values_list(*(HowMany(rows) for rows in asked.values())).get(), strict=True))


def _at_most(number: int) -> int:
    return AtLeast(MOST_TOLD) if number > MOST_TOLD else number


def _together(numbers: Iterable[int]) -> int:
    """How many all of these are, at least where one of them is."""
    found = [*numbers]
    total = sum(map(int, found))
    return (AtLeast if any(isinstance(number, AtLeast) for number in found) else Counted)(total)
