"""Eight people who publish at once, each so many events one after the other: in one story, and in four."""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from events.editorial import publishing
from events.models import Event
from tests.bench import staging
from tests.bench.staging import Stage

PEOPLE = 8
PATIENCE = 60
"""Seconds in which all of them are there."""
OTHERS = 3
"""How many stories there are beside the large one where they publish in four."""


def crowds(stage: Stage, each: int) -> list[dict[str, Any]]:
    """A row for the one story, and one for four of which it is one."""
    others = [staging.new_stage(number, stage.people, stage.dice) for number in range(OTHERS)]
    return [crowd("in one story", [stage], each), crowd("in four stories", [stage, *others], each)]


def crowd(where: str, stages: Sequence[Stage], each: int) -> dict[str, Any]:
    shares = [staging.submitted(stages[number % len(stages)], each) for number in range(PEOPLE)]
    editor = stages[0].people.editor.pk
    barrier = Barrier(PEOPLE + 1, timeout=PATIENCE)
    # The pool of PostgreSQL has a connection for each of them, and none for who looks on.
    connection.close()

    def publish_all(events: Sequence[Event]) -> Counter[str]:
        own = get_user_model().objects.get(pk=editor)
        said: Counter[str] = Counter()
        barrier.wait()
        try:
            for event in events:
                said[_publish(event, own)] += 1
        finally:
            connection.close()
        return said

    with ThreadPoolExecutor(PEOPLE) as people:
        running = [people.submit(publish_all, events) for events in shares]
        barrier.wait()
        began, before = time.monotonic(), time.process_time()
        said = sum((future.result() for future in running), Counter[str]())
        seconds, used = time.monotonic() - began, time.process_time() - before
    done = said.pop("")
    return {
        "name": f"{PEOPLE} people publish {each} each {where}",
        "rate": done / seconds,
        "cpu": 1000 * used / max(1, done),
        "errors": said.total(),
        "said": dict(said),
    }


def _publish(event: Event, by: Any) -> str:
    """What went wrong; empty where nothing did."""
    try:
        publishing.publish(event, by=by, seen=1)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
