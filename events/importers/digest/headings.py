"""The dates that head the parts of a text: on a line alone, or before the text of their paragraphs."""

import re
from dataclasses import dataclass
from datetime import date

from events.importers.digest.dates import DATE, WEEKDAY, WEEKDAY_BESIDE, Written, weekday_in, written
from events.importers.digest.sentences import Sentence

_DATE_HEADING = re.compile(
    rf"\W*(?:day\s\d{{1,4}}\W+)?(?:{WEEKDAY_BESIDE}\W+)?(?:on\s)?(?P<date>{DATE})"
    rf"(?:\W+{WEEKDAY_BESIDE})?(?:\W+day\s\d{{1,4}})?\W*",
    re.IGNORECASE,
)
_DATE_APART = re.compile(rf"\W*(?:{WEEKDAY_BESIDE}\W+)?(?P<date>{DATE})\s?(?:[:–—]|-(?=\s))\s", re.IGNORECASE)
_WEEKDAY_HEADING = re.compile(rf"\W*(?:on\s)?{WEEKDAY}\W*", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\bday\s(\d{1,4})\b", re.IGNORECASE)
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Heading:
    """The words that head a paragraph or those after it: a date, or only a day of the week."""

    paragraph: int
    words: str
    written: Written | None = None
    weekday: str = ""
    """In English and small letters, where that is all it says."""

    @property
    def names(self) -> Written | str:
        """The day, as far as it says which."""
        return self.written or self.weekday

    def tells(self, day: date) -> bool:
        return self.written.fits(day) if self.written else self.weekday == f"{day:%A}".lower()


def other_days(body: list[Sentence], day: date) -> frozenset[int]:
    """The paragraphs that stand under the heading of another day than ``day``."""
    found = {heading.paragraph: heading for heading in headings(body)}
    if not any(heading.tells(day) for heading in found.values()):
        return frozenset()
    other, under = set(), False
    for sentence in body:
        heading = found.get(sentence.paragraph)
        under = not heading.tells(day) if heading else under
        if under:
            other.add(sentence.paragraph)
    return frozenset(other)


def day_number_in(heading: str) -> int | None:
    """The number of the day that a date heading says beside its date: 9 of "Day 9, 12 March"."""
    said = _DAY_NUMBER.search(heading)
    return int(said[1]) if said else None


def is_date_heading(text: str) -> bool:
    return len(text) < _LONGEST_HEADING and bool(
        _DATE_HEADING.fullmatch(text) or _WEEKDAY_HEADING.fullmatch(text)
    )


def headings(body: list[Sentence]) -> list[Heading]:
    """The paragraphs that are a date and nothing else, but for the weekday and the number of the day.

    Where there are none, the dates before the text of their paragraphs; and days of the week alone.
    """
    short = [sentence for sentence in body if sentence.alone and len(sentence.text) < _LONGEST_HEADING]
    found = list(filter(None, map(_heading, short)))
    return found if any(heading.written for heading in found) else _set_apart(body) or found


def _heading(sentence: Sentence) -> Heading | None:
    text = sentence.text
    if _WEEKDAY_HEADING.fullmatch(text):
        return Heading(sentence.paragraph, text, weekday=weekday_in(text))
    match = _DATE_HEADING.fullmatch(text)
    day = written(match["date"]) if match else None
    return Heading(sentence.paragraph, text, day) if day else None


def _set_apart(body: list[Sentence]) -> list[Heading]:
    """The dates before the text of their paragraphs, where there are several: "6 May: …"."""
    matches = ((sentence, _DATE_APART.match(sentence.text)) for sentence in body)
    dated = ((sentence, match, written(match["date"])) for sentence, match in matches if match)
    found = [Heading(sentence.paragraph, match["date"], day) for sentence, match, day in dated if day]
    return found if len({heading.written for heading in found}) > 1 else []
