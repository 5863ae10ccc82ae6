"""What the words of a time phrase stand for: clock times, dates, parts of the day, and small words.

Nothing here knows which day is meant; that is for ``events.moments.bounds``.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from events.moments.words import END, Token

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"


def _numbered(names: str, first: int) -> dict[str, int]:
    """The number of each name, and of its first three letters."""
    return {word: n for n, name in enumerate(names.split(), first) for word in (name, name[:3])}


_MONTH = _numbered(_MONTHS, 1) | {"sept": 9}
_WEEKDAY = _numbered(_WEEKDAYS, 0)
_WEEKDAY |= {"tues": 1, "thur": 3, "thurs": 3}
_UNITS = ("hour", "hours", "hrs", "minute", "minutes", "day", "days")
"""After a number these make it a length of time, not a time."""
_TO = ("-", "to", "until", "till", "til", "untill", "through", "thru", "and")


class Unclear(Exception):
    """The words are known, but do not make a time; the message says why, to follow "but"."""


@dataclass(frozen=True)
class Time:
    """A clock time. ``half`` is "am" or "pm" as stated, "24" if it can only be one, "" if left open."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    bare: bool = False
    """An hour with nothing beside it, as "3" in "between 3 and 5"."""
    fine: bool = False
    """Given to the second."""
    utc: bool = False

    @property
    def midnight(self) -> bool:
        return self.hour % 24 == 0 and self.minute == 0 and self.second == 0

    @property
    def seconds(self) -> int:
        """Seconds of wall-clock time since 00:00."""
        return (self.hour * 60 + self.minute) * 60 + self.second

    def in_half(self, half: str) -> "Time":
        """The same time, read as before or after noon."""
        hour = self.hour % 12 + (12 if half == "pm" else 0)
        return replace(self, hour=hour, half=half, bare=False)


@dataclass(frozen=True)
class Date:
    """A day of the month; ``month`` and ``year`` are 0 where they were left out."""

    day: int
    month: int = 0
    year: int = 0


@dataclass(frozen=True)
class Days:
    """A date, or the first and last of several."""

    first: Date
    last: Date | None = None


@dataclass(frozen=True)
class Offset:
    """A day told by its distance in days from the day that tells it."""

    days: int


@dataclass(frozen=True)
class Weekday:
    """A day of the week, Monday being 0."""

    number: int


@dataclass(frozen=True)
class Span:
    """A part of the day, or the share of it between two fractions."""

    name: str
    begin: Fraction = Fraction(0)
    end: Fraction = Fraction(1)


@dataclass(frozen=True)
class Share:
    """ "early", "late" and the like, waiting for the part that they divide."""

    begin: Fraction
    end: Fraction


@dataclass(frozen=True)
class Small:
    """A small word that says how the next item is meant: "after", "between", "to", "all"…"""

    word: str


Item = Time | Date | Days | Offset | Weekday | Span | Share | Small
Read = tuple[list[Item], int]
"""Items, and how many tokens they took."""


def _at(tokens: list[Token], i: int) -> Token:
    return tokens[i] if i < len(tokens) else END


def dates(tokens: list[Token], i: int) -> Read | None:
    """A date or a range of days in one month, in any of the usual orders."""
    token = tokens[i]
    if token.kind in ("iso", "date"):
        return [Days(_numeric(token.text.rstrip("t")))], 1
    if token.kind == "word" and token.text in _WEEKDAY:
        return [Weekday(_WEEKDAY[token.text])], 1
    if token.kind == "word" and token.text in _MONTH:
        return _month_first(tokens, i)
    if token.kind == "number" and 1 <= token.number <= 31:
        return _day_first(tokens, i)
    return None


def _numeric(text: str) -> Date:
    one, two, three = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
    if one > 31 or len(text.replace("/", ".").replace("-", ".").split(".")[0]) == 4:
        return Date(three, two, one)
    if "/" in text and one <= 12 and two <= 12 and one != two:
        raise Unclear(f"“{text}” may be either of two dates; write the month as a word")
    return Date(one, two, three) if two <= 12 else Date(two, one, three)


def _is_day(token: Token) -> bool:
    return token.kind == "number" and 1 <= token.number <= 31


def _month_first(tokens: list[Token], i: int) -> Read | None:
    month = _MONTH[tokens[i].text]
    if not _is_day(_at(tokens, i + 1)):
        return None
    first, last, used = tokens[i + 1].number, 0, 2
    after = _at(tokens, i + 4)
    if _at(tokens, i + 2).says(*_TO) and _is_day(_at(tokens, i + 3)) and not _claims_number(after):
        last, used = tokens[i + 3].number, 4
    return _with_year(tokens, i, used, month, first, last)


def _claims_number(token: Token) -> bool:
    """Whether the number before ``token`` belongs to it: "5 – 7 pm", "5 to 7 December"."""
    return token.kind == "word" and (token.text in _MONTH or token.text in ("am", "pm", "a", "p", "of", "h"))


def _day_first(tokens: list[Token], i: int) -> Read | None:
    first, last, j = tokens[i].number, 0, i + 1
    if _at(tokens, j).says(*_TO) and _is_day(_at(tokens, j + 1)):
        last, j = tokens[j + 1].number, j + 2
    if _at(tokens, j).says("day") and tokens[j - 1].ordinal:
        j += 1
    if _at(tokens, j).says("of"):
        j += 1
    word = _at(tokens, j)
    if word.kind == "word" and word.text in _MONTH and not (last and _is_day(_at(tokens, j + 1))):
        return _with_year(tokens, i, j + 1 - i, _MONTH[word.text], first, last)
    if tokens[i].ordinal and not tokens[i].spelt and not _at(tokens, i + 1).says("half", "day"):
        return [Days(Date(first))], 1
    return None


def _with_year(tokens: list[Token], i: int, used: int, month: int, first: int, last: int) -> Read:
    year, token = 0, _at(tokens, i + used)
    # "0630" after a date is a time; a year of four digits does not begin with nought.
    if token.kind == "number" and len(token.text) == 4 and token.text[0] in "12" and not token.spelt:
        year, used = token.number, used + 1
    end = Date(last, month, year) if last else None
    return [Days(Date(first, month, year), end)], used


def times(tokens: list[Token], i: int) -> Read | None:
    """A clock time with what belongs to it: minutes, a.m. or p.m., o'clock, UTC."""
    read = _spoken(tokens, i) or _written(tokens, i)
    if read is None:
        return None
    time, used = read
    time, used = _halved(time, tokens, i, used)
    if _at(tokens, i + used).says("utc", "gmt", "z"):
        time, used = replace(time, utc=True, bare=False), used + 1
    return [time], used


def _spoken(tokens: list[Token], i: int) -> tuple[Time, int] | None:
    """ "half past seven", "a quarter to 3", "20 minutes past 3", "ten thirty"."""
    token, following = tokens[i], _at(tokens, i + 1)
    minutes = {"half": 30, "quarter": 15}.get(token.text, token.number)
    j = i + 2 if following.says("minutes") else i + 1
    direction, hour = _at(tokens, j), _at(tokens, j + 1)
    backward = direction.says("to") and (token.says("quarter") or j == i + 2)
    if 0 < minutes < 60 and (direction.says("past") or backward):
        read = _written(tokens, j + 1) if hour is not END else None
        if read is None or read[0].minute:
            return None
        total = read[0].seconds // 60 + (-minutes if backward else minutes)
        half = "24" if read[0].half == "24" else ""
        return Time(total // 60 % 24, total % 60, half=half), j - i + 1 + read[1]
    if token.spelt and following.spelt and 1 <= token.number <= 12 and 10 <= following.number <= 59:
        return Time(token.number, following.number), 2
    return None


def _written(tokens: list[Token], i: int) -> tuple[Time, int] | None:
    token, following = tokens[i], _at(tokens, i + 1)
    if token.kind == "time":
        return _with_minutes(token), 1
    named = following if token.number == 12 and following.says("noon", "midnight") else token
    if named.says("noon", "noontime", "midnight"):
        return Time(0 if named.says("midnight") else 12, half="24"), 2 if named is following else 1
    if token.kind != "number" or token.ordinal:
        return None
    if len(token.text) in (3, 4) and not token.spelt:
        return _digits(token, following)
    if token.number > 24 or following.says(*_UNITS):
        return None
    half = "24" if token.number > 12 or token.text[0] == "0" else ""
    return Time(token.number, half=half, bare=True), 1


def _with_minutes(token: Token) -> Time:
    fields = [int(field) for field in token.text.replace("h", ":").replace(".", ":").split(":")]
    hour, minute, second = (*fields, 0)[:3]
    half = "24" if hour > 12 or token.text[0] == "0" else ""
    return _checked(Time(hour, minute, second, half, fine=len(fields) == 3), token.text)


def _digits(token: Token, following: Token) -> tuple[Time, int] | None:
    """ "1430", "0630 hours", "330 pm": hours and minutes without anything between."""
    marked = following.says("am", "pm", "a", "p", "utc", "gmt", "z", "hours", "hrs", "h")
    if not marked and (len(token.text) == 3 or 1800 <= token.number < 2100):
        return None  # a bare "1945" is more likely a year than a quarter to eight
    used = 2 if following.says("hours", "hrs", "h") else 1
    half = "24" if len(token.text) == 4 and (token.number >= 1300 or token.text[0] == "0") else ""
    return _checked(Time(token.number // 100, token.number % 100, half=half), token.text), used


def _checked(time: Time, text: str) -> Time:
    if time.minute > 59 or time.second > 59 or time.seconds > 86400:
        raise Unclear(f"“{text}” is no time on a clock")
    return time


def _halved(time: Time, tokens: list[Token], i: int, used: int) -> tuple[Time, int]:
    token, following = _at(tokens, i + used), _at(tokens, i + used + 1)
    if token.says("o'clock", "oclock", "h"):
        time, used = replace(time, bare=False), used + 1
        token, following = _at(tokens, i + used), _at(tokens, i + used + 1)
    half, more = (token.text, 1) if token.says("am", "pm") else ("", 0)
    if token.says("a", "p") and token.begin == _at(tokens, i + used - 1).end:
        half, more = token.text + "m", 1
    if token.says("a", "p") and following.says("m"):
        half, more = token.text + "m", 2
    if not half:
        return time, used
    if time.hour > 12 and half == "pm":
        return replace(time, bare=False), used + more
    if time.hour > 12 or (time.hour == 0 and half == "pm"):
        raise Unclear(f"{time.hour}:{time.minute:02} is not {half}")
    return time.in_half(half), used + more
