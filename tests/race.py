"""Races people for the same rows, round after round, on the kind of database that DATABASE_URL names.

    python -m tests.race --rounds 300 --seed 1

Works in a database of its own, which it makes and removes. Then, with a guard off, a control shows that
the harness sees what the guard prevents: the lock of a story with the version seen, and the room that an
entry finds beside others of its minute. Exits 1 when a guarded round went wrong, when the record is not
whole afterwards, or when of some scenario no control caught anything.
"""

import argparse
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

import tests.support.environment

FOLDER = tempfile.TemporaryDirectory(prefix="chronicle-race-")
if os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
    os.environ["DATABASE_URL"] = f"sqlite:///{Path(FOLDER.name) / 'race.sqlite3'}"
os.environ["DJANGO_SETTINGS_MODULE"] = "chronicle.settings"
django.setup()

from chronicle.record import verifying  # noqa: E402 - models can be imported only now
from tests.support import chance, racing, scenarios  # noqa: E402 - it imports models too


@contextmanager
def scratch_database() -> Iterator[None]:
    """An empty, migrated database: a file in a folder of its own, or a PostgreSQL test database."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield
        connection.close()
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.creation.destroy_test_db("", verbosity=0)


def race(
    names: list[str], people: scenarios.People, rounds: int, numbers: Iterator[int], seed: int
) -> list[racing.Tally]:
    tallies = []
    for name in names:
        with tqdm(total=rounds, desc=name, unit="round", leave=False, disable=None) as bar:
            dice = random.Random(f"{seed} {name}")
            tally = racing.run(name, people, rounds=rounds, numbers=numbers, dice=dice, progress=bar.update)
            tallies.append(tally)
    return tallies


def show(title: str, tallies: list[racing.Tally]) -> None:
    print(f"\n{title}")
    print(f"{'':28}{'rounds':>7}{'done 4':>8}{'2':>6}{'1':>6}{'0':>6}{'wrong':>7}{'errors':>8}{'seconds':>9}")
    for tally in tallies:
        done = tally.outcomes
        print(
            f"{tally.name:28}{tally.rounds:7}{done[4]:8}{done[2]:6}{done[1]:6}{done[0]:6}"
            f"{tally.violations.total():7}{tally.errors.total():8}{tally.seconds:9.1f}"
        )
        for what, times in (tally.violations + tally.errors).most_common():
            print(f"    {times} × {what}")


def controls() -> Iterator[tuple[str, AbstractContextManager[None], list[str]]]:
    """What is taken away, and the scenarios that must go wrong without it."""
    mode = "DEFERRED" if connection.vendor == "sqlite" else ""
    kind = f"{connection.vendor} {mode}".strip()
    yield f"{kind}, no lock", racing.without_lock(transaction_mode=mode), racing.OF_THE_LOCK
    yield f"{connection.vendor}, no room", racing.without_room(), racing.OF_THE_ROOM


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300, help="of each scenario, guarded")
    parser.add_argument("--control", type=int, default=40, metavar="ROUNDS", help="with the guard off")
    parser.add_argument("--without-guard", action="store_true", help="run the controls alone")
    parser.add_argument(
        "--seed", type=int, default=chance.SEED, help="what the order and the delays of each round begin from"
    )
    options = parser.parse_args()
    print(f"Seed {options.seed}.")
    wrong: list[str] = []
    with scratch_database():
        people, numbers = scenarios.gather(), count()
        if not options.without_guard:
            tallies = race(list(scenarios.SCENARIOS), people, options.rounds, numbers, options.seed)
            show(f"{connection.vendor}, guarded", tallies)
            wrong += [f"{tally.name}: {tally.failures} failures" for tally in tallies if tally.failures]
            wrong += list(verifying.problems())
        caught: Counter[str] = Counter(dict.fromkeys([*racing.OF_THE_LOCK, *racing.OF_THE_ROOM], 0))
        for title, guard_off, names in controls():
            with guard_off:
                connection.close()
                control = race(names, people, options.control, numbers, options.seed)
            connection.close()
            show(f"{title}: the control must see failures", control)
            caught.update({tally.name: tally.failures for tally in control})
        wrong += [f"No control caught anything: {name}." for name, times in caught.items() if not times]
    print("\n" + ("\n".join(wrong) or "Nothing went wrong that the guard should have prevented."))
    return 1 if wrong else 0


if __name__ == "__main__":
    assert tests.support.environment
    with FOLDER:
        sys.exit(main())
