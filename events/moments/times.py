"""Clock times in the words of a phrase: in figures or spoken, with a.m. or p.m., o'clock, UTC."""

from dataclasses import replace

from events.moments.items import Taken, Time, Unclear
from events.moments.words import END, Token, token_at
from events.moments.zones import zone_at

_UNITS = ("hour", "hours", "hrs", "minute", "minutes", "day", "days")
"""After a number these make it a length of time, not a time."""
_HOURS_MARKS = ("hours", "hrs", "h")
"""After four digits these mark a clock time: "0630 hours"."""
_LEADING = ("at", "by", "after", "before", "until", "till", "since", "from", "about", "around")
"""Words after which hours are those of a clock."""
_MARKS = ("am", "pm", "a", "p", "utc", "gmt", "z", *_HOURS_MARKS)
_TWELVE = {"noon": 12, "noontime": 12, "midday": 12, "midnight": 0}
SPOKEN = ("half", "quarter", *_TWELVE)
"""The words, besides numbers, with which a clock time begins."""
_TWELVE_IN_FIGURES = ("12:00", "12.00")
_MIDNIGHT_IN_FIGURES = ("00:00", "0:00", "24:00")

TakenTime = tuple[Time, int]
"""A clock time, and how many tokens it took."""


def times(tokens: list[Token], i: int) -> Taken | None:
    """A clock time with what belongs to it: minutes, a.m. or p.m., o'clock, UTC."""
    taken = _spoken(tokens, i) or _written(tokens, i)
    if taken is None:
        return None
    if _is_length(tokens, i, taken[1]):
        return None
    _refuse_number_of_day(tokens, i)
    _refuse_bare_hours(tokens, i, taken)
    time, used = _halved(*taken, tokens, i)
    offset, more = zone_at(tokens, i + used, time)
    if more:
        time, used = replace(time, offset=offset, bare=False), used + more
    return [time], used


def _is_length(tokens: list[Token], i: int, used: int) -> bool:
    """Whether what looks like a clock time is a length of time: "in 3h", "within 1h30", "3h later"."""
    last = token_at(tokens, i + used - 1)
    hours = "h" in last.text and last.category == "time"
    if not hours and token_at(tokens, i + used).says("h", "hr"):
        hours, used = True, used + 1
    if not hours:
        return False
    before = tokens[i - 1] if i else END
    return before.says("in", "within", "for", "after", "during") or token_at(tokens, i + used).says(
        "later", "earlier", "ago", "after", "before", "long", "afterwards"
    )


def _refuse_number_of_day(tokens: list[Token], i: int) -> None:
    """Refuses "day 12" and "day 1211", which number a day; "the same day 8 pm" is none."""
    counted = i > 0 and tokens[i - 1].says("day", "days") and tokens[i].category == "number"
    if counted and not token_at(tokens, i + 1).says(*_MARKS, "o'clock", "oclock"):
        raise Unclear(f"“day {tokens[i].text}” may be the number of a day; write its date")


def _refuse_bare_hours(tokens: list[Token], i: int, taken: TakenTime) -> None:
    """Refuse "3h" and "1h30" with nothing before them, as likely lengths; "at 3h" and "14h" are none."""
    time, used = taken
    after = token_at(tokens, i + used)
    hours = "h" in tokens[i].text if tokens[i].category == "time" else after.says("h", "hr")
    led = i > 0 and tokens[i - 1].says(*_LEADING)
    if hours and time.hour <= 12 and tokens[i].text[0] != "0" and not (led or tokens[i].spelt):
        said = f"{tokens[i].text}{'' if 'h' in tokens[i].text else 'h'}"
        raise Unclear(f"“{said}” may be a length of time; write “{time.hour}:{time.minute:02}”")


def _spoken(tokens: list[Token], i: int) -> TakenTime | None:
    return _past_or_to(tokens, i) or _hour_and_minutes(tokens[i], token_at(tokens, i + 1))


def _past_or_to(tokens: list[Token], i: int) -> TakenTime | None:
    """ "half past seven", "a quarter to 3", "20 minutes past 3"."""
    minutes = {"half": 30, "quarter": 15}.get(tokens[i].text, tokens[i].number)
    direction_at = i + 2 if token_at(tokens, i + 1).says("minutes", "minute") else i + 1
    back = token_at(tokens, direction_at).says("to") and _counts_back(tokens, i, minutes)
    if not 0 < minutes < 60 or not (back or token_at(tokens, direction_at).says("past")):
        return None
    hour = _written(tokens, direction_at + 1)
    if hour is None or hour[0].minute:
        return None
    return _moved(hour[0], -minutes if back else minutes), direction_at + 1 - i + hour[1]


def _counts_back(tokens: list[Token], i: int, minutes: int) -> bool:
    """Whether "to" counts back: "20 to 3" may be a range, "twenty to three" is none."""
    if token_at(tokens, i + 1).says("minutes", "minute") or tokens[i].says("quarter"):
        return True
    before = tokens[i - 1] if i else END
    hour = token_at(tokens, i + 2)
    in_words = tokens[i].spelt and 1 <= hour.number <= 12 and not before.says("from", "between")
    return minutes in (5, 10, 20, 25) and (in_words or before.says("at"))


def _moved(hour: Time, minutes: int) -> Time:
    total = hour.seconds // 60 + minutes
    # Only what fixes the half of the day is kept: "half past noon" is no more open than noon.
    half = "24" if hour.half == "24" else ""
    return Time(total // 60 % 24, total % 60, half=half, vague=not half and 1 <= hour.hour <= 12)


def _hour_and_minutes(hour: Token, minutes: Token) -> TakenTime | None:
    """ "ten thirty", in words only: "10 30" is as likely two numbers of something else."""
    if not (hour.spelt and minutes.spelt):
        return None
    if 1 <= hour.number <= 12 and 10 <= minutes.number <= 59:
        return Time(hour.number, minutes.number), 2
    return None


def _written(tokens: list[Token], i: int) -> TakenTime | None:
    token, following = token_at(tokens, i), token_at(tokens, i + 1)
    named = _noon_or_midnight(token, following, token_at(tokens, i + 2))
    if named:
        return named
    return (_with_minutes(token), 1) if token.category == "time" else _in_figures(tokens, i)


def _noon_or_midnight(token: Token, following: Token, third: Token) -> TakenTime | None:
    """ "noon", "midnight", and "12 noon" or "12:00 noon", in which the word says which twelve is meant."""
    word, used = token, 1
    if token.number == 12 or token.text in (*_TWELVE_IN_FIGURES, *_MIDNIGHT_IN_FIGURES):
        word, used = (third, 3) if following.says("o'clock", "oclock") else (following, 2)
    hour = _TWELVE.get(word.text) if word.category == "word" else None
    # "midday" alone is a part of the day, half an hour each way.
    if hour is None or (word.says("midday") and used == 1):
        return None
    if hour and token.text in _MIDNIGHT_IN_FIGURES:
        raise Unclear(f"{token.text} is not noon")
    return Time(hour, half="24"), used


def _in_figures(tokens: list[Token], i: int) -> TakenTime | None:
    token, following = token_at(tokens, i), token_at(tokens, i + 1)
    if token.category != "number" or token.ordinal:
        return None
    if len(token.text) in (3, 4) and not token.spelt:
        return _run_together(token, following, in_range=_is_marked_range(tokens, i))
    if token.number > 24 or following.says(*_UNITS):
        return None
    return Time(token.number, half=_half_of(token.number, token.text), bare=True), 1


def _half_of(hour: int, text: str) -> str:
    """ "24" where only a clock of 24 hours writes so: past twelve, or with a nought before it ("07:00")."""
    return "24" if hour > 12 or text[0] == "0" else ""


def _with_minutes(token: Token) -> Time:
    fields = [int(field) for field in token.text.replace("h", ":").replace(".", ":").split(":")]
    hour, minute, second = (*fields, 0)[:3]
    half = _half_of(hour, token.text)
    return _checked(Time(hour, minute, second, half, fine=len(fields) == 3), token.text)


def _is_marked_range(tokens: list[Token], i: int) -> bool:
    """Whether the figures at ``i`` are the first hour of "1800 to 2015 hrs"."""
    last = token_at(tokens, i + 2)
    linked = token_at(tokens, i + 1).says("to", "and", "until", "till", "-") and last.category == "number"
    return linked and len(last.text) == 4 and token_at(tokens, i + 3).says(*_HOURS_MARKS)


def _run_together(token: Token, following: Token, *, in_range: bool) -> TakenTime | None:
    """ "1430", "0630 hours", "330 pm": hours and minutes without anything between."""
    # A bare "1945" is more likely a year than a quarter to eight, and "330" a count of something.
    year = 1800 <= token.number < 2100
    if (year or len(token.text) == 3) and not (in_range or following.says(*_MARKS)):
        return None
    used = 2 if following.says(*_HOURS_MARKS) else 1
    # Three digits leave open which half of the day is meant, even "030".
    half = _half_of(token.number // 100, token.text) if len(token.text) == 4 else ""
    return _checked(Time(token.number // 100, token.number % 100, half=half), token.text), used


def _checked(time: Time, text: str) -> Time:
    if time.minute > 59 or time.second > 59 or time.seconds > 86400:
        raise Unclear(f"“{text}” is no time on a clock")
    return time


def _halved(time: Time, used: int, tokens: list[Token], i: int) -> TakenTime:
    """``time`` with what follows its ``used`` tokens: o'clock, the minutes of "9 h 30", a.m. or p.m."""
    mark = token_at(tokens, i + used)
    if mark.says("o'clock", "oclock", "h", "hrs"):
        time, used = replace(time, bare=False), used + 1
        minutes = token_at(tokens, i + used)
        if not time.minute and _are_minutes(mark, minutes):
            time, used = replace(time, minute=minutes.number), used + 1
    half, more = _half_said(tokens, i + used)
    if half:
        time = _in_half(time, half)
    return time, used + more


def _are_minutes(mark: Token, token: Token) -> bool:
    """Whether ``token`` has the minutes behind ``mark``: "16 Uhr 20", but not "16 Uhr, 20 boats"."""
    # The German "Uhr" is "o'clock" by now, behind which English has no minutes.
    leads = mark.says("h") or (mark.says("o'clock") and mark.end - mark.begin == len("uhr"))
    figures = token.category == "number" and len(token.text) == 2
    return leads and figures and token.number < 60 and token.begin == mark.end + 1


def _half_said(tokens: list[Token], i: int) -> tuple[str, int]:
    """ "am" or "pm" if said at ``i``, else "", and how many tokens it takes."""
    token = token_at(tokens, i)
    if token.says("am", "pm"):
        return token.text, 1
    if not token.says("a", "p"):
        return "", 0
    if token_at(tokens, i + 1).says("m"):
        return token.text + "m", 2
    # "3p" is an hour; in "3 a" the letter stands apart and may be an article.
    if token.begin == tokens[i - 1].end:
        return token.text + "m", 1
    return "", 0


def _in_half(time: Time, half: str) -> Time:
    if time.hour == 0 and half == "am" and not time.bare:
        # "0:30 a.m." can only be one thing.
        return replace(time, half="am")
    if not 1 <= time.hour <= 12:
        # Of two clocks in one time, which is mistaken is not known.
        raise Unclear(f"{time.hour}:{time.minute:02} is not {half}")
    return time.in_half(half)
