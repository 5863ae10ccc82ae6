"""What stands around a time in prose and leaves open when something happened.

The clock of another place, a second time that it may as well have been, a bound, the words of somebody who is
quoted: "at 14:00 Moscow time", "at 9 am in London", "at 10:00 or 11:00", "by noon at the latest",
"“Yesterday it fell,” she said".
"""

import re

from chronicle.clock import Clock
from events.moments.cities import has_another_clock

_REACH = 1000
_KIND_OF_TIME = r"(?i:(?:standard|daylight|summer|winter|mean|european)\s)"
_CLOCK_OF_PLACE = re.compile(
    r"[\s(]{1,2}(?P<place>[A-Z][\w'’.-]+(?:\s[A-Z][\w'’.-]+)?|eastern|central|pacific|mountain)\s"
    rf"{_KIND_OF_TIME}{{0,2}}[Tt]ime\b|\s\(?(?:ET|CT|MT|PT)\b|\s(?:Eastern|Pacific)(?=[,.;:)]|$)"
)
_IN_CITY = re.compile(r"(?:,?\sin\s(?:central\s)?|\s\()(?P<city>[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,3})")
_HOUR = re.compile(
    r"\d[:.]\d\d|\d\s?[ap]\.?m\b|\bnoon\b|\bmidnight\b|o['’]clock|\d\s?h(?:\d|rs|ours)?\b"
    r"|\bin\sthe\s(?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_OR_ANOTHER = re.compile(r"\s?/\s?\d|\s(?:and/)?or\b|,?\sat\sthe\s(?:very\s)?(?:latest|earliest)\b")
_EITHER = re.compile(r"(?:\b(?:or|either)\s|\d\s?/\s?)$", re.IGNORECASE)
_QUOTES = re.compile(r"[\"“”«»]")
_CLOSES_QUOTE = re.compile(r"[^\"“”«»]*(?:[”»]|[,.!?…]\")")


def leaves_open(sentence: str, begins: int, ends: int, clock: Clock, *, moves: bool) -> bool:
    """Whether what is around the words from ``begins`` to ``ends`` makes them no sure time on ``clock``.

    ``moves`` says that they lead to another day. Who is quoted counts it from when they spoke; an hour in a
    quotation is that of what is told.
    """
    if _OR_ANOTHER.match(sentence, ends) or _EITHER.search(sentence[max(0, begins - 10) : begins]):
        return True
    if _is_elsewhere(sentence, ends, clock) or _is_of_a_city(sentence, begins, ends, clock):
        return True
    return moves and _is_quoted(sentence, begins, ends)


def _is_elsewhere(sentence: str, ends: int, clock: Clock) -> bool:
    """Whether the clock of another place is named behind: not that of the chronicle, "Baku time"."""
    match = _CLOCK_OF_PLACE.match(sentence, ends)
    return match is not None and match["place"] != clock.zone.key.rpartition("/")[2].replace("_", " ")


def _is_of_a_city(sentence: str, begins: int, ends: int, clock: Clock) -> bool:
    """Whether an hour is followed by a city of another zone, whose hour it may be: "at noon in London"."""
    match = _IN_CITY.match(sentence, ends)
    if match is None or not _HOUR.search(sentence, begins, ends):
        return False
    return has_another_clock(match["city"].rstrip(".,"), clock)


def _is_quoted(sentence: str, begins: int, ends: int) -> bool:
    """Whether the words stand between quotation marks, of which one may lie in another sentence."""
    opened = False
    for mark in _QUOTES.finditer(sentence, max(0, begins - _REACH), begins):
        opened = mark[0] in "“«" or (mark[0] == '"' and not opened)
    return opened or _CLOSES_QUOTE.match(sentence, ends, ends + _REACH) is not None
