"""Scheduled events, and what became of them, told by a program on a database of its own:

    python -m tests.support.scheduling make 3
    python -m tests.support.scheduling tell
    python -m tests.support.scheduling slow events_decision
    python -m tests.support.scheduling unguarded

``make`` schedules that many for now, or for some seconds from now, and prints the time; ``slow`` has each new
row of a table take seconds, and without a table takes that back; ``unguarded`` publishes what is due as if it
were not one transaction. ``tell`` prints JSON: the states of the events, their editions, what the record has
wrong; ``times`` when they were published, in seconds.
"""

import json
import os
import sys
from datetime import timedelta

import django
from django.db import connection
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
django.setup()

from chronicle.models import Edition, Entry  # noqa: E402 - models can be imported only now
from chronicle.record import verifying  # noqa: E402 - it imports models too
from events.editorial import publishing, scheduling  # noqa: E402 - they do too
from events.models import Decision, Event  # noqa: E402 - one of them
from tests.support.factories import EventFactory, PersonFactory  # noqa: E402 - they make them

SECONDS_ON_SQLITE = (
    "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 100000000) "
    "SELECT count(*) FROM up"
)


def make(count: str, seconds: str = "0") -> None:
    editor = PersonFactory(editor=True)
    for number in range(int(count)):
        event = EventFactory(headline=f"Number {number}", approved=True)
        publishing.publish(event, by=editor, seen=event.version, at=timezone.now() + timedelta(hours=1))
    at = timezone.now() + timedelta(seconds=int(seconds))
    Event.objects.update(publish_at=at)
    print(json.dumps(at.timestamp()))


def slow(table: str = "") -> None:
    make_slow = slow_on_postgresql if connection.vendor == "postgresql" else slow_on_sqlite
    with connection.cursor() as cursor:
        for statement in make_slow(table):
            cursor.execute(statement)


def slow_on_sqlite(table: str) -> list[str]:
    lay = f"CREATE TRIGGER slow BEFORE INSERT ON {table} BEGIN {SECONDS_ON_SQLITE}; END"
    return [lay] if table else ["DROP TRIGGER slow"]


def slow_on_postgresql(table: str) -> list[str]:
    body = "$body$ BEGIN PERFORM pg_sleep(5); RETURN NEW; END $body$"
    lay = [
        f"CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION slow()",
    ]
    return lay if table else ["DROP FUNCTION slow CASCADE"]


def unguarded() -> None:
    for pk in scheduling.due(timezone.now()):
        scheduling.publish_due.__wrapped__(pk, timezone.now())


def tell() -> None:
    editions = Edition.objects.filter(subject__startswith="entry/")
    told = {
        "states": list(Event.objects.order_by("pk").values_list("state", flat=True)),
        "entries": Entry.objects.count(),
        "decisions": Decision.objects.filter(verb="publish").count(),
        "editions": [f"{edition.subject} {edition.action}" for edition in editions],
        "problems": list(verifying.problems()),
    }
    print(json.dumps(told))


def times() -> None:
    first = Edition.objects.filter(subject__startswith="entry/")
    print(json.dumps([edition.at.timestamp() for edition in first]))


if __name__ == "__main__":
    asked, *given = sys.argv[1:]
    {"make": make, "slow": slow, "unguarded": unguarded, "tell": tell, "times": times}[asked](*given)
    connection.close()
