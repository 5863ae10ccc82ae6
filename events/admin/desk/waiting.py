"""What waits for a person, as the header of every page of the desk says it: all of it in one query."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery

from events.admin.desk import takedowns
from events.admin.desk.media.review import MEDIA
from events.admin.desk.queue import Queue
from events.admin.desk.review import CITATIONS
from events.admin.listing import MOST_TOLD, AtLeast
from events.admin.proposal import waiting_for

QUEUES: dict[str, Queue] = {"waiting": CITATIONS, "waiting_media": MEDIA}
"""By the name of each number, what is gone through one by one."""


class HowMany(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def numbers(request: Any) -> dict[str, Any]:
    """How much waits for ``request.user``, by name; nothing of what they decide on nowhere.

    At most MOST_TOLD of each is counted, and of a queue what is not theirs among so many that wait first.
    """
    person = request.user
    queues = {name: queue for name, queue in QUEUES.items() if queue.is_for(request)}
    lists = _lists(request)
    found = _counted(person, lists | _in_queues(request, queues))
    told = {name: _of_queue(queue, request, found, name) for name, queue in queues.items()}
    return told | {name: _at_most(found[name]) for name in lists}


def _lists(request: Any) -> dict[str, QuerySet[Any]]:
    """What waits in lists that are not gone through one by one."""
    waiting = {
        "waiting_proposals": waiting_for(request),
        "waiting_takedowns": takedowns.waiting_for(request),
    }
    return {
        name: rows.order_by().values("pk")[: MOST_TOLD + 1]
        for name, rows in waiting.items()
        if rows is not None
    }


def _in_queues(request: Any, queues: dict[str, Queue]) -> dict[str, QuerySet[Any]]:
    """Of each queue what waits first, and what of that is not theirs."""
    others = {name: queue.others_first(request) for name, queue in queues.items()}
    return others | {f"all of {name}": queue.first(request) for name, queue in queues.items()}


def _counted(person: Any, asked: dict[str, QuerySet[Any]]) -> dict[str, int]:
    if not asked:
        return {}
    row = get_user_model().objects.order_by().filter(pk=person.pk)
    return dict(zip(asked, row.values_list(*(HowMany(rows) for rows in asked.values())).get(), strict=True))


def _of_queue(queue: Queue, request: Any, found: dict[str, int], name: str) -> int:
    others, more = found[name], found[f"all of {name}"] >= MOST_TOLD
    if more and not others:
        # All of these are their own: what waits behind them is looked through.
        return _at_most(queue.count(request))
    return AtLeast(others) if more else others


def _at_most(number: int) -> int:
    return AtLeast(MOST_TOLD) if number > MOST_TOLD else number
