"""Dates as prose writes them: "November 8", "8th of November 2020", "2020-11-08"."""

import re
from dataclasses import dataclass
from datetime import date

from chronicle.wording import MONTHS
from events.moments.languages import MONTH_NAMES, WEEKDAY_NAMES

_NUMBER_OF_MONTH = {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)}
_OTHER_MONTHS = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_MONTH = (
    rf"(?:{_OTHER_MONTHS}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s+(?:de\s+)?(?:[12]\d{3})\b(?:\s(?:года|року)\b|\s[гр]\.)?)?"

DATE = (
    rf"(?:[12]\d{{3}}-\d\d-\d\d\b|{_MONTH}\s+{_DAY}(?![:.]\d){_YEAR}"
    rf"|(?:the\s+)?{_DAY}\.?\s+(?:(?:of|de)\s+)?{_MONTH}{_YEAR})"
)
"""A pattern (without capitals) for a date with its month in words or in the ISO form; the year may lack."""


MONTH = rf"(?:{_MONTH})"
"""A pattern (without capitals) for the name of a month."""
WEEKDAY = rf"\b(?:{'|'.join(sorted(WEEKDAY_NAMES, key=len, reverse=True))})\b"
"""A pattern (without capitals) for a day of the week."""


_SHORT = r"\b(?P<short>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?"
WEEKDAY_BESIDE = rf"(?:{WEEKDAY}|{_SHORT.replace('?P<short>', '?:')})"
"""A pattern (without capitals) for a day of the week beside its date, where it may be short: "Wed 6 Oct"."""
_SAYS_WEEKDAY = re.compile(
    rf"{WEEKDAY}|{_SHORT}\W+{DATE}|{DATE}\W+{_SHORT.replace('short', 'behind')}", re.IGNORECASE
)
_OF_SHORT = {name[:3]: name for name in WEEKDAY_NAMES.values()}


@dataclass(frozen=True)
class Written:
    """A date as far as the words give it: the year may not be there."""

    month: int
    day: int
    year: int | None

    def on(self, year: int) -> date | None:
        """This day and month in ``year``; None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def fits(self, day: date) -> bool:
        """Whether ``day`` is what the words say."""
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)

    def __str__(self) -> str:
        year = f" {self.year}" if self.year else ""
        return f"{self.day} {MONTHS[self.month - 1]}{year}"


def written(words: str) -> Written | None:
    """The date in ``words`` (which match DATE), or None when the calendar has no such day."""
    iso = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", words)
    found = Written(int(iso[2]), int(iso[3]), int(iso[1])) if iso else _in_words(words)
    # 2020 has a 29 February, so a date without a year keeps that day.
    return found if found and found.year != 0 and found.on(found.year or 2020) else None


def _in_words(words: str) -> Written | None:
    numbers = [int(digits) for digits in re.findall(r"\d+", words)]
    month_name = re.search(rf"(?i)\b{_MONTH}", words)
    if not month_name or not numbers:
        return None
    name = month_name[0].lower().strip(".")
    month = MONTH_NAMES.get(name) or _NUMBER_OF_MONTH[name[:3]]
    return Written(month, numbers[0], numbers[1] if len(numbers) > 1 else None)


def weekday_in(words: str) -> str:
    """The day of the week that ``words`` say, in English and small letters; empty where they say none."""
    said = _SAYS_WEEKDAY.search(words)
    short = (said["short"] or said["behind"]) if said else None
    if short:
        return _OF_SHORT[short[:3].lower()]
    return WEEKDAY_NAMES[said[0].lower()] if said else ""


def weekday_against(words: str, day: date) -> str:
    """The day of the week that ``words`` say and that ``day`` is not; empty where they agree or say none."""
    said = weekday_in(words)
    return said.title() if said != f"{day:%A}".lower() else ""
