"""Several people at once: how a round is run and counted, and what is guarded. Run by tests/race.py."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from threading import Barrier
from types import SimpleNamespace
from unittest.mock import patch

from django.db import connections

from chronicle.models import Entry
from chronicle.record import columns, inserting
from events.editorial import (
    ending,
    holding,
    materials,
    moderation,
    opening,
    people,
    policy,
    publishing,
    scheduling,
    stories,
    takedowns,
    writing,
)
from events.editorial.refused import Refused
from events.models import Material, Story
from events.press import placing
from media import intake
from tests.support.approval_races import TOLD
from tests.support.scenarios import FOUR, SCENARIOS, People, Racer, places, violations

WINDOW = 0.012
"""Seconds for which the control, its guard off, leaves each gap open."""

AT_ONCE = 4
"""The most who race in one round."""


@dataclass
class Tally:
    """What became of the rounds of one scenario."""

    name: str
    rounds: int = 0
    outcomes: Counter = field(default_factory=Counter)
    violations: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)
    seconds: float = 0

    @property
    def failures(self) -> int:
        return self.violations.total() + self.errors.total()

    def add(self, ends: list[str]) -> None:
        self.rounds += 1
        self.outcomes[ends.count("done")] += 1
        self.errors.update(end for end in ends if end not in ("done", "refused"))


def run(
    name: str,
    people: People,
    *,
    rounds: int,
    numbers: Iterator[int],
    dice: random.Random,
    progress: Callable[[], object],
    until_caught: bool = False,
) -> Tally:
    """Race ``rounds`` rounds of one scenario, or to the first that goes wrong where that is enough.

    The racers keep their threads, and so their connections.
    """
    tally, began = Tally(name), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(rounds):
            events, racers = SCENARIOS[name](people, next(numbers))
            before = places()
            dice.shuffle(racers)
            ends = race(threads, racers, delay=dice.choice((0, 0, 0.001, 0.003)))
            tally.add(ends)
            found = {wrong for event in events for wrong in violations(event, name, ends)}
            tally.violations.update(found | moved(before))
            progress()
            if until_caught and tally.failures:
                break
        leave(threads)
    tally.seconds = time.monotonic() - began
    return tally


def race(threads: ThreadPoolExecutor, racers: list[Racer], *, delay: float) -> list[str]:
    """How it ended for each of ``racers``, who begin at once but for ``delay`` seconds between them."""
    barrier = Barrier(len(racers))
    running = [threads.submit(attempt, racer, barrier, delay * place) for place, racer in enumerate(racers)]
    return [future.result() for future in running]


def moved(before: dict[int, int]) -> set[str]:
    """A sentence where an entry that stood somewhere before stands elsewhere now: none was told otherwise."""
    now = places()
    # What is taken down stands at the end of its day.
    taken = set(Entry.objects.exclude(taken_at=None).values_list("pk", flat=True))
    stood = {pk: sk for pk, sk in before.items() if pk not in taken}
    return {"another's entry was moved"} if any(now.get(pk) != sk for pk, sk in stood.items()) else set()


def leave(threads: ThreadPoolExecutor) -> None:
    """Close the connection of each thread."""
    barrier = Barrier(AT_ONCE)

    def close() -> None:
        barrier.wait(10)
        connections.close_all()

    for closing in [threads.submit(close) for _ in range(AT_ONCE)]:
        closing.result()


def attempt(racer: Racer, barrier: Barrier, delay: float) -> str:
    """How it ended for the person: done, refused, or what they would be shown instead."""
    barrier.wait(10)
    time.sleep(delay)
    try:
        racer()
    except Refused:
        return "refused"
    except Exception as error:
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0][:60]}"
    return "done"


def linger(result: object, windows: int = 1) -> object:
    time.sleep(WINDOW * windows)
    return result


def look_long(look: Callable[..., object], *held: object, **given: object) -> object:
    return linger(look(*held, **given), away(look.__name__, held))


def away(name: str, held: tuple[object, ...]) -> int:
    """For how many windows whoever looked is away: an editor until others have looked, and written."""
    if name == "_count_up" and TOLD in str(held[0]):
        # While a moderator reads what it said, it is told otherwise at once.
        return 0
    return LONGER.get(name, 8)


LONGER = {"_kept": 24, "_count_up": 16, "_check": 16}
"""For how many windows whoever uploads, edits or decides is away."""


def read_story_of(row: object) -> Story:
    """The story of ``row``, which nobody holds. Some are late to read on, and find what others did."""
    return linger(Story.objects.get(**{holding.STORY_OF[type(row)]: row.pk}), next(WAITS))


WAITS = cycle((1, 1, 6, 1, 6))
"""For how many windows who holds nothing waits, one after the other."""


@contextmanager
def without_lock(*, in_transactions: bool) -> Iterator[None]:
    """No story is held, no version checked, and there is time in each gap for another to come between.

    On SQLite every transaction is alone from its beginning: there the lock is that there is one, which is
    taken away as well unless the verbs are to be ``in_transactions``.
    """
    with ExitStack() as stack:
        for module in (holding, writing, scheduling):
            stack.enter_context(patch.object(module, "hold_story_of", read_story_of))
        for module in (holding, opening, writing, stories, policy):
            stack.enter_context(patch.object(module, "check_seen", lambda row, seen: None))
        stack.enter_context(patch.object(moderation, "check_shown", lambda held, shown: None))
        # An edit looks twice for the story, and for what it names, before it writes.
        looks = (
            *((publishing, "what_is_missing"), (moderation, "_check"), (materials, "authors_of")),
            *((takedowns, "check_parts"), (writing, "_count_up"), (materials, "_kept")),
        )
        for module, name in looks:
            looking = partial(look_long, getattr(module, name))
            stack.enter_context(patch.object(module, name, looking))
        _without_one_transaction(stack)
        if not in_transactions:
            stack.enter_context(patch.object(holding, "transaction", SimpleNamespace(atomic=nullcontext)))
            for module, verb in TRANSACTIONS:
                each_alone = getattr(module, verb).__wrapped__
                stack.enter_context(patch.object(module, verb, each_alone))
        yield


def _without_one_transaction(stack: ExitStack) -> None:
    """An upload makes its rows one by one. In one transaction, who adds the second waits for the first."""
    create = Material.objects.create
    stack.enter_context(patch.object(materials, "hold_story", lambda story: story))
    stack.enter_context(patch.object(Material.objects, "create", lambda **row: create(**linger(row))))
    for module in (materials, intake):
        stack.enter_context(patch.object(module, "transaction", SimpleNamespace(atomic=nullcontext)))


TRANSACTIONS = (
    (writing, "save_event"),
    (writing, "save_citation"),
    (scheduling, "publish_due"),
    (ending, "take_down_ended"),
    (opening, "open_story"),
    (opening, "print_waiting"),
    (policy, "set_policy"),
    (people, "end"),
)
"""Verbs that are one transaction by themselves."""


@contextmanager
def without_room() -> Iterator[None]:
    """Places in time that end with two bits of the row id, and no next one taken where one is taken."""

    def insert(drafts):
        for draft, pk in zip(drafts, inserting.reserved(Entry, len(drafts)), strict=True):
            draft.row.pk, draft.row.sk = pk, columns.sk(draft.document, pk)
        Entry.objects.bulk_create([draft.row for draft in drafts])

    with patch.object(columns, "LOW_BITS", 2), patch.object(placing, "_insert", insert):
        yield


NEEDS_NO_LOCK = "publish ∥ edit a citation"
"""A publication reads the words of a citation at once and writes none: it comes before the edit or after."""

OF_THE_LOCK = [name for name in SCENARIOS if name not in (FOUR, NEEDS_NO_LOCK)]
OF_THE_ROOM = [FOUR]
