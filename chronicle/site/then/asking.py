"""What an address asks for with ``as_of``: a size of the log, or an instant at which it had one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from chronicle import wording

SIZE = re.compile(r"(?:log:)?([0-9]{1,18})")
TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[ +-][0-9]{2}:[0-9]{2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 40
ENDS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
"""What no instant is reckoned beyond."""
HOW = "Write a time as 2020-11-08T18:00, a day as 2020-11-08, or a size of the log as log:812."


class Unreadable(ValueError):
    """What was asked for is no time. Its text is a sentence."""


@dataclass(frozen=True)
class Asked:
    """So many editions, or all up to an instant; ``sentence`` tells how a time on a clock was read."""

    size: int | None = None
    at: datetime | None = None
    sentence: str = ""


def asked_of(written: str, zone: Callable[[], ZoneInfo]) -> Asked:
    """What is ``written``, by the clocks of a ``zone`` where it has no offset; of a day, its end.

    Raises Unreadable.
    """
    if size := SIZE.fullmatch(written):
        return Asked(size=int(size[1]))
    try:
        return _at(written, zone)
    except OverflowError:
        return Asked(at=ENDS[not written.startswith("0")])
    except ValueError as amiss:
        raise Unreadable(f"“{written[:LONGEST]}” is no time. {HOW}") from amiss


def _at(written: str, zone: Callable[[], ZoneInfo]) -> Asked:
    """Likewise of what is no size. Raises ValueError, and OverflowError beyond ``ENDS``."""
    if DAY.fullmatch(written):
        return _end_of(date.fromisoformat(written), zone())
    found = TIME.fullmatch(written)
    if not found:
        raise ValueError(written)
    # A plus sign in an address is a space, unless somebody wrote it as %2B.
    if offset := (found[2] or "").replace(" ", "+"):
        return Asked(at=datetime.fromisoformat(f"{found[1]}{offset}").astimezone(UTC))
    return _by_clock(datetime.fromisoformat(found[1]), zone())


def _end_of(day: date, zone: ZoneInfo) -> Asked:
    """The last moment of a ``day`` by the clocks of ``zone``; of today, this one.

    Editions are printed at whole milliseconds.
    """
    now = timezone.now()
    if day == now.astimezone(zone).date():
        return Asked(at=now, sentence="That day is not over: what is known by now is meant.")
    following = datetime.combine(day + timedelta(days=1), time.min, zone)
    told = f"The end of that day is meant, by the clocks of {wording.city_of(zone)}."
    return Asked(at=following.astimezone(UTC) - timedelta(milliseconds=1), sentence=told)


def _by_clock(local: datetime, zone: ZoneInfo) -> Asked:
    """A time on the clocks of ``zone``: as before a change that skips it, the first where it comes twice."""
    at = local.replace(tzinfo=zone).astimezone(UTC)
    shown, city = f"{local:%H:%M}", wording.city_of(zone)
    if at.astimezone(zone).replace(tzinfo=None) != local:
        meant = f"{at.astimezone(zone):%H:%M}"
        return Asked(at=at, sentence=f"The clocks of {city} skipped {shown} that day; it is read as {meant}.")
    if local.replace(tzinfo=zone, fold=1).utcoffset() != local.replace(tzinfo=zone).utcoffset():
        told = f"The clocks of {city} showed {shown} twice that day; the first is meant."
        return Asked(at=at, sentence=told)
    return Asked(at=at)


def nothing_words(asked: Asked) -> str:
    """That nothing answers what was ``asked``."""
    if asked.size:
        return f"The log has no {asked.size:,} editions yet."
    if asked.at and asked.at > timezone.now():
        return "That time has not come yet."
    return "Nothing was printed by then."
