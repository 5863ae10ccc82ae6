"""Dates in the words of a phrase: in figures, with the month as a word, one day or several."""

from events.moments.items import Date, Days, Taken, Unclear, Weekday
from events.moments.words import Token, token_at

_MONTHS = "january february march april may june july august september october november december"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def _numbered(names: list[str], first: int) -> dict[str, int]:
    """The number of each name, and of its first three letters."""
    return {word: n for n, name in enumerate(names, first) for word in (name, name[:3])}


_MONTH = _numbered(_MONTHS.split(), 1) | {"sept": 9}
_WEEKDAY = _numbered(WEEKDAYS, 0)
_WEEKDAY |= {"tues": 1, "thur": 3, "thurs": 3}
NAMES_OF_DAYS = (*_MONTH, *_WEEKDAY)
_TO = ("-", "to", "until", "till", "til", "untill", "through", "thru", "and")
_YEAR_MARKS = ("года", "г", "року", "р")
"""What Russian and Ukrainian write behind a year."""
_CLAIM_NUMBERS = ("am", "pm", "of", "h")
"""The number before one of these belongs to it: "5 – 7 pm"."""


def dates(tokens: list[Token], i: int) -> Taken | None:
    """A date or a range of days in one month, in any of the usual orders."""
    token = tokens[i]
    if token.category in ("iso", "date"):
        return [Days(_in_figures(token.text.rstrip("t")))], 1
    if is_weekday(token):
        return [Weekday(_WEEKDAY[token.text])], 1
    if _is_month(token):
        return _month_first(tokens, i)
    if _is_day(token):
        return _day_first(tokens, i)
    return None


def is_weekday(token: Token) -> bool:
    return token.says(*_WEEKDAY)


def _in_figures(text: str) -> Date:
    one, two, three = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
    if 0 in (one, two, three):
        raise Unclear(f"“{text}” is no date")
    if _year_leads(text):
        return Date(three, two, one)
    if "/" in text:
        _refuse_either(text, one, two, three)
    return Date(one, two, three) if two <= 12 else Date(two, one, three)


def _refuse_either(text: str, one: int, two: int, year: int) -> None:
    # Americans put the month first. Dots are read as Europeans write them, the day first.
    if one > 12 or two > 12 or one == two:
        return
    months = [name.title() for name in _MONTHS.split()]
    either = ((text, f"{day} {months[month - 1]} {year}") for day, month in ((one, two), (two, one)))
    raise Unclear(f"“{text}” may be either of two dates; write the month as a word", *either)


def _year_leads(text: str) -> bool:
    leading = text.replace("/", ".").replace("-", ".").split(".")[0]
    return len(leading) == 4 or int(leading) > 31


def _is_day(token: Token) -> bool:
    return token.category == "number" and 1 <= token.number <= 31


def _is_month(token: Token) -> bool:
    return token.says(*_MONTH)


def _is_year(token: Token) -> bool:
    # "0630" after a date is a time; a year of four digits does not begin with nought.
    digits = token.category == "number" and not token.spelt
    return digits and len(token.text) == 4 and token.text[0] in "12"


def _month_first(tokens: list[Token], i: int) -> Taken | None:
    """ "November 5", "November 5 to 7"."""
    if not _is_day(token_at(tokens, i + 1)):
        return None
    last, following = _to_day(tokens, i + 2)
    if last and _claims_number(tokens, following):
        # "November 5 to 7 pm" goes on to an hour, "November 5 to 7 December" to another month.
        last, following = 0, i + 2
    return _with_year(tokens, i, following, _MONTH[tokens[i].text], (tokens[i + 1].number, last))


def _claims_number(tokens: list[Token], i: int) -> bool:
    """Whether the number before ``i`` belongs to what stands there, which may be a month or half a day."""
    token = token_at(tokens, i)
    # In "November 5 to 7, a boat" the letter is an article.
    halved = token.says("a", "p") and (token.begin == tokens[i - 1].end or token_at(tokens, i + 1).says("m"))
    return halved or _is_month(token) or token.says(*_CLAIM_NUMBERS)


def _to_day(tokens: list[Token], i: int) -> tuple[int, int]:
    """The last day of a range that goes on at ``i``, 0 if it does not, and the place of what follows."""
    last = token_at(tokens, i + 1)
    if token_at(tokens, i).says(*_TO) and _is_day(last):
        return last.number, i + 2
    return 0, i


def _day_first(tokens: list[Token], i: int) -> Taken | None:
    """ "7 November", "5 to 7 November", "the seventh day of November", or "the 7th" alone."""
    last, following = _to_day(tokens, i + 1)
    following = _past_of(tokens, following)
    month = token_at(tokens, following)
    # In "5 to 6 April 22" the 22 may be the day and the 5 and 6 hours, so this is left to be refused.
    either = last and _is_day(token_at(tokens, following + 1))
    if _is_month(month) and not either:
        return _with_year(tokens, i, following + 1, _MONTH[month.text], (tokens[i].number, last))
    return _day_alone(tokens[i], token_at(tokens, i + 1))


def _past_of(tokens: list[Token], i: int) -> int:
    """The place after "day" and "of", where they link a day's number to its month."""
    if token_at(tokens, i).says("day") and tokens[i - 1].ordinal:
        i += 1
    if token_at(tokens, i).says("of"):
        i += 1
    return i


def _day_alone(token: Token, following: Token) -> Taken | None:
    # Spelt out alone, "first", "second" and "third" are more often said of other things than of dates,
    # and so are "2nd half" and "2nd day".
    if token.ordinal and not token.spelt and not following.says("half", "day"):
        return [Days(Date(token.number))], 1
    return None


def _with_year(tokens: list[Token], i: int, following: int, month: int, days: tuple[int, int]) -> Taken:
    """The first and the last of ``days`` (0 for none) in ``month``, and the year if it follows."""
    year = 0
    if token_at(tokens, following).says("of") and _is_year(token_at(tokens, following + 1)):
        # Spanish ties the year as it ties the month: "7 de noviembre de 2020".
        following += 1
    if _is_year(token_at(tokens, following)):
        year = tokens[following].number
        following += 2 if token_at(tokens, following + 1).says(*_YEAR_MARKS) else 1
    first, last = days
    end = Date(last, month, year) if last else None
    return [Days(Date(first, month, year), end)], following - i
