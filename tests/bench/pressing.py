"""What publications cost on the database that the environment names, which they change: JSON to stdout.

A program of its own, for a copy of a made chronicle: ``press`` starts it. It asks for nothing but what verbs
and commands ask for, so that it runs on the code of an earlier commit as well.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from random import Random
from statistics import mean, median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from events.editorial import bulk, moderation, publishing
from events.models import Event
from tests.bench import crowding, gauges, staging
from tests.bench.holding import watched
from tests.bench.staging import Stage

WARM = 2
"""How many are done before the first that counts: permissions are read, statements of the process made."""
FEW = 25
"""Rows of each noun that events name where what they touch is to be the same at every size: a chronicle of a
thousand entries has so many days."""
Act = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="of each single publication (20)")
    parser.add_argument("--bulk", type=int, default=1000, help="events that are published at once (1000)")
    parser.add_argument("--each", type=int, default=50, help="that each of eight people publishes (50)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    of = staging.people()
    story = Event.objects.earliest("pk").story
    stage = staging.stage_of(story, of, Random(options.seed))
    found = [single(name, make(stage, options.times + WARM + 1)) for name, make in SINGLE.items()]
    found.append(in_bulk("", stage, options.bulk))
    few = staging.stage_of(story, of, Random(options.seed), most=FEW)
    found.append(in_bulk(f" that name {FEW} places", few, options.bulk))
    found += crowding.crowds(stage, options.each)
    print(json.dumps(found))


def publications(stage: Stage, count: int) -> list[Act]:
    return _publishing(stage, staging.submitted(stage, count))


def longest(stage: Stage, count: int) -> list[Act]:
    return _publishing(stage, staging.submitted(stage, count, longest=True))


def _publishing(stage: Stage, events: Sequence[Event]) -> list[Act]:
    def act(event: Event) -> Act:
        return lambda: publishing.publish(event, by=stage.people.editor, seen=1)

    return [act(event) for event in events]


def _published(stage: Stage, count: int, **how: bool) -> list[Event]:
    events = staging.submitted(stage, count, **how)
    for act in _publishing(stage, events):
        act()
    return [Event.objects.get(pk=event.pk) for event in events]


def approvals(stage: Stage, count: int) -> list[Act]:
    def act(event: Event) -> Act:
        citation = staging.cite(stage, event, waits=True)
        citation.save()
        return lambda: moderation.approve(citation, by=stage.people.moderator, seen=1)

    return [act(event) for event in _published(stage, count)]


def corrections(stage: Stage, count: int) -> list[Act]:
    return _correcting(stage, _published(stage, count))


def longest_corrections(stage: Stage, count: int) -> list[Act]:
    return _correcting(stage, _published(stage, count, longest=True))


def _correcting(stage: Stage, events: Sequence[Event]) -> list[Act]:
    """Each says something else in its middle, and its approval is of that."""

    def act(event: Event) -> Act:
        half = len(event.text) // 2
        event.text = f"{event.text[:half]}{stage.words(1)[:3]}{event.text[half + 3 :]}"
        event.version = 2
        event.save()
        event.citations.update(event_hmac=event.hmac)
        note = "A word was put right."
        return lambda: publishing.publish(event, by=stage.people.editor, seen=2, note=note)

    return [act(event) for event in events]


SINGLE = {
    "publish": publications,
    "approve": approvals,
    "correct": corrections,
    "publish the longest texts": longest,
    "correct the longest texts": longest_corrections,
}


def single(name: str, acts: Sequence[Act]) -> dict[str, Any]:
    """What one of ``acts`` costs, by the middle one: milliseconds of CPU, and of it under the lock."""
    for act in acts[:WARM]:
        act()
    with CaptureQueriesContext(connection) as sent:
        acts[WARM]()
    cpu, held = [], []
    backends, counted = _backends(), acts[WARM + 1 :]
    began = gauges.cpu_of(backends)
    for act in counted:
        with watched() as lock:
            before = time.process_time()
            act()
            cpu.append(1000 * (time.process_time() - before))
        held.append(lock.cpu)
    return {
        "name": name,
        "statements": len(sent),
        "sent": [query["sql"][:90] for query in sent],
        "cpu": median(cpu),
        "lock": median(held),
        "longest_lock": max(held),
        "database_cpu": (gauges.cpu_of(backends) - began) / len(counted),
        "mean": mean(cpu),
    }


def _backends() -> list[int]:
    """The process of the PostgreSQL server that answers this one; of SQLite there is none."""
    if connection.vendor == "sqlite":
        return []
    connection.ensure_connection()
    return [connection.connection.info.backend_pid]


def in_bulk(which: str, stage: Stage, count: int) -> dict[str, Any]:
    """``publish_submitted`` on events that each cite a source of their own; ``which`` they are."""
    staging.submitted(stage, count, new_sources=True)
    backends, own = _backends(), os.getpid()
    gauges.forget_peak(own)
    began, before = gauges.cpu_of(backends), time.process_time()
    tally = bulk.publish_submitted(stage.story, by=stage.people.editor)
    used, database = time.process_time() - before, (gauges.cpu_of(backends) - began) / 1000
    return {
        "name": f"publish {count:,} at once{which}",
        "rate": tally.published / (used + database),
        "cpu": 1000 * used / tally.published,
        "database_cpu": 1000 * database / tally.published,
        "peak": gauges.peak_of(own),
        "errors": len(tally.refused),
    }


if __name__ == "__main__":
    main()
