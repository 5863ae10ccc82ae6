"""How long events.moments takes to read, and the tests to write: ``python tests/bench_moments.py``.

Prints, for plain phrases, hostile strings and very long ones, the median, the 99th percentile and the longest
time of one call, in milliseconds. A figure to report, not a test: a busy machine would fail it.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from chronicle.clock import Calendar, Clock  # noqa: E402 - the path above must come first
from events.importers.digest import DayOfText, NotProse, Story, Undecided, read_days  # noqa: E402 - the path above must come first
from events.moments import Moment, Unreadable, read  # noqa: E402 - the path above must come first
from tests.events.moments.writing import write  # noqa: E402 - the path above must come first

CLOCK = Clock(ZoneInfo("Asia/Baku"))
DAY = date(2020, 11, 8)
PLAIN = [
    "14:30",
    "after 11:00 am",
    "between 3 and 5 pm",
    "late in the evening",
    "on the night of 7 November",
    "the day before at 23:00",
    "5–7 November",
    "from 5 November 2020 at 14:30 to 6 November 2020 at 10:00",
    "",
]
STORY = Story(CLOCK, Calendar(date(2020, 11, 1)))
PROSE = [
    "at 14:30 ",
    "the day before at 23:00, ",
    "– 08:10 ",
    "\n\n7 November\n\nAt 14:30 it rained.\n\n8 November\n\nIt was dry.",
    "A boat came to the pier at 14:30 on Tuesday, and in the evening it left again with all who had waited "
    * 8
    + ". ",
]
LONG = [
    word * 100_000
    for word in ("1", "-", "a", " ", "14:30 ", "\ud800", "the day before ", "((", "\ufdfa", "'")
]


def hostile(count: int) -> list[str]:
    """Strings of up to 400 characters, of any characters and of words of time in any order."""
    chance = random.Random(43)
    words = " ".join(PLAIN).split()
    texts = []
    for n in range(count):
        if n % 2:
            texts.append(" ".join(chance.choices(words, k=chance.randrange(1, 60))))
        else:
            texts.append("".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(400))))
    return texts


def attempt(phrase: str) -> Moment | None:
    try:
        return read(phrase, told_on=DAY, clock=CLOCK)
    except Unreadable:
        return None


def digest(text: str) -> list[DayOfText] | None:
    try:
        return read_days(text, STORY)
    except (NotProse, Undecided):
        return None


def report(name: str, calls: list[Callable[[], object]]) -> None:
    """Print the times of ``calls``, each made once."""
    took = []
    for call in calls:
        begun = time.perf_counter()
        call()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    print(
        f"{name:30} {len(took):6} calls   median {statistics.median(took):7.3f} ms"
        f"   99% {took[int(len(took) * 0.99) - 1]:7.3f} ms   longest {took[-1]:7.3f} ms"
    )


def main() -> None:
    moments = [moment for phrase in PLAIN if (moment := attempt(phrase))]
    report("read, plain phrases", [lambda p=phrase: attempt(p) for phrase in PLAIN * 500])
    report("read, hostile strings", [lambda p=phrase: attempt(p) for phrase in hostile(5_000)])
    report("read, 100,000 of a kind", [lambda p=phrase: attempt(p) for phrase in LONG * 10])
    for kind in PROSE:
        for size in (500_000, 1_000_000, 2_000_000):
            text = "date 2020-11-08\n" + kind * ((size - 100) // len(kind))
            report(f"digest {kind[:14].strip()!r} {size // 1000} kB", [lambda t=text: digest(t)])
    report("write", [lambda m=moment: write(m, told_on=DAY, clock=CLOCK) for moment in moments * 50])


if __name__ == "__main__":
    main()
