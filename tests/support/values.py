"""Another value of the same kind for a column: what somebody who tampers with it might write there."""

import random
import string
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models

LARGEST = 2**31 - 1


def another(field: models.Field, old: Any, dice: random.Random) -> Any:
    """A value for ``field`` that is not ``old``; it may be one that the database refuses."""
    if field.choices:
        return dice.choice([value for value, _ in field.flatchoices])
    if old is None:
        return ANOTHER[kind_of(field)](MADE_UP[kind_of(field)], dice)
    if field.null and dice.random() < 0.2:
        return None
    return ANOTHER[kind_of(field)](old, dice)


def kind_of(field: models.Field) -> str:
    kept = field.target_field if field.is_relation else field
    return kept.get_internal_type()


def text(old: str, dice: random.Random) -> str:
    """One character more, less, or another; or nothing at all."""
    place = dice.randrange(len(old) + 1)
    letter = dice.choice(string.hexdigits + " .é")
    return dice.choice(
        [
            old[:place] + letter + old[place:],
            old[:place] + letter + old[place + 1 :],
            old[: max(place - 1, 0)] + old[place:],
            old.swapcase(),
            "",
        ]
    )


def whole(old: int, dice: random.Random) -> int:
    return dice.choice([old + 1, old - 1, old + dice.randrange(2, 100), 0, dice.randrange(LARGEST)])


def place_in_time(old: int, dice: random.Random) -> int:
    """Another bit of the 64; or as another whole number."""
    flipped = old ^ 1 << dice.randrange(62)
    return dice.choice([flipped, whole(old, dice)])


def some_bytes(old: bytes, dice: random.Random) -> bytes:
    """One byte another, less or more."""
    place = dice.randrange(max(len(old), 1))
    byte = bytes([dice.randrange(256)])
    return dice.choice([old[:place] + byte + old[place + 1 :], old[:place] + old[place + 1 :], old + byte])


def instant(old: datetime, dice: random.Random) -> datetime:
    steps = [timedelta(microseconds=1), timedelta(milliseconds=1), timedelta(minutes=1), timedelta(days=400)]
    return old + dice.choice(steps) * dice.choice((1, -1))


def day(old: date, dice: random.Random) -> date:
    return old + timedelta(days=dice.choice((1, -1, 30)))


def clock_time(old: time, dice: random.Random) -> time:
    return old.replace(minute=(old.minute + dice.randrange(1, 60)) % 60)


def json(old: Any, dice: random.Random) -> Any:
    """One value somewhere in it changed, added or left out; another spelling of the same is no change."""
    match old:
        case dict() if old and dice.random() < 0.8:
            key = dice.choice(sorted(old))
            rest = {name: value for name, value in old.items() if name != key}
            return rest if dice.random() < 0.2 else {**rest, key: json(old[key], dice)}
        case dict():
            return {**old, "added": 1}
        case list() if old and dice.random() < 0.8:
            at = dice.randrange(len(old))
            return [*old[:at], *([] if dice.random() < 0.2 else [json(old[at], dice)]), *old[at + 1 :]]
        case list():
            return [*old, 1]
        case bool():
            return not old
        case int():
            return whole(old, dice)
        case str():
            return text(old, dice)
        case _:
            return 1


ANOTHER: dict[str, Callable[[Any, random.Random], Any]] = {
    "BigAutoField": whole,
    "BigIntegerField": place_in_time,
    "BinaryField": some_bytes,
    "BooleanField": lambda old, dice: not old,
    "CharField": text,
    "DateField": day,
    "DateTimeField": instant,
    "JSONField": json,
    "PositiveBigIntegerField": whole,
    "PositiveIntegerField": whole,
    "PositiveSmallIntegerField": whole,
    "SlugField": text,
    "TextField": text,
    "TimeField": clock_time,
    "UUIDField": lambda old, dice: UUID(int=old.int ^ 1 << dice.randrange(128)),
}

MADE_UP: dict[str, Any] = {
    "BigAutoField": 1,
    "BigIntegerField": 1,
    "BinaryField": b"made up",
    "BooleanField": True,
    "CharField": "made up",
    "DateField": date(2021, 3, 3),
    "DateTimeField": datetime.fromisoformat("2021-03-03T12:00:00+00:00"),
    "JSONField": {"made": "up"},
    "PositiveBigIntegerField": 1,
    "PositiveIntegerField": 1,
    "PositiveSmallIntegerField": 1,
    "SlugField": "made-up",
    "TextField": "made up",
    "TimeField": time(12, 30),
    "UUIDField": UUID(int=1),
}
"""What a column that may be empty is taken to hold where it is."""
