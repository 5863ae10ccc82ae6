"""Races people for the same rows, round after round, on the kind of database that DATABASE_URL names.

    python -m tests.race --rounds 300 --seed 1

Works in a database of its own, which it makes and removes. Then, with a guard off, a control shows that
the harness sees what the guard prevents: the lock of a story with the version seen, and the room that an
entry finds beside others of its minute. It ends with the first round of a scenario that goes wrong. Exits 1
when a guarded round went wrong, when the record is not whole afterwards, or when of some scenario no control
caught anything.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import count

from django.db import connection
from tqdm import tqdm

from tests.support.standing_alone import own_database

# Models can be imported only now.
# isort: split
from chronicle.record import verifying
from tests.support import chance, racing, scenarios


def race(
    names: list[str],
    people: scenarios.People,
    numbers: Iterator[int],
    seed: int,
    *,
    rounds: int,
    until_caught: bool = False,
) -> list[racing.Tally]:
    tallies, how = [], {"rounds": rounds, "until_caught": until_caught}
    for name in names:
        with tqdm(total=rounds, desc=name, unit="round", leave=False, disable=None) as bar:
            dice = random.Random(f"{seed} {name}")
            tally = racing.run(name, people, numbers=numbers, dice=dice, progress=bar.update, **how)
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
    lock = racing.without_lock(in_transactions=connection.vendor != "sqlite")
    yield f"{connection.vendor}, no lock", lock, racing.OF_THE_LOCK
    yield f"{connection.vendor}, no room", racing.without_room(), racing.OF_THE_ROOM


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300, help="of each scenario, guarded")
    parser.add_argument(
        "--control", type=int, default=60, metavar="ROUNDS", help="with the guard off, at most"
    )
    parser.add_argument("--without-guard", action="store_true", help="run the controls alone")
    parser.add_argument(
        "--seed", type=int, default=chance.SEED, help="what the order and the delays of each round begin from"
    )
    options = parser.parse_args()
    print(f"Seed {options.seed}.")
    wrong: list[str] = []
    with own_database():
        people, numbers = scenarios.gather(), count()
        if not options.without_guard:
            tallies = race(list(scenarios.SCENARIOS), people, numbers, options.seed, rounds=options.rounds)
            show(f"{connection.vendor}, guarded", tallies)
            wrong += [f"{tally.name}: {tally.failures} failures" for tally in tallies if tally.failures]
            wrong += list(verifying.problems())
        caught: Counter[str] = Counter(dict.fromkeys([*racing.OF_THE_LOCK, *racing.OF_THE_ROOM], 0))
        for title, guard_off, names in controls():
            with guard_off:
                connection.close()
                control = race(
                    names, people, numbers, options.seed, rounds=options.control, until_caught=True
                )
            connection.close()
            show(f"{title}: the control must see failures", control)
            caught.update({tally.name: tally.failures for tally in control})
        wrong += [f"No control caught anything: {name}." for name, times in caught.items() if not times]
    print("\n" + ("\n".join(wrong) or "Nothing went wrong that the guard should have prevented."))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
