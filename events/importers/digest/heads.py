"""The head of a digest: a line " date 2021-11-08 " or "Published: 8 November 2021", and a title.

Either may be missing, glued on or printed twice.
"""

import re
from dataclasses import dataclass
from datetime import date

from events.importers.digest.dates import DATE, WEEKDAY_BESIDE, written
from events.importers.digest.marks import is_credit
from events.importers.digest.sentences import ends_sentence

_DATE_LINE = re.compile(r"\s*date[ \t]*:?[ \t]*(\d{4})-(\d\d)-(\d\d)(?!\d)[ \t]*", re.IGNORECASE)
_PUBLISHED = re.compile(
    rf"\s*(?:first\s|last\s)?(?:published|posted|updated|filed|issued)[ \t]*(?:on\b|at\b|:)?[ \t]*"
    rf"(?:{WEEKDAY_BESIDE},?[ \t])?(?P<date>{DATE})[^\n\w]*(?:at[ \t])?[^\n]{{0,30}}(?=\n|$)",
    re.IGNORECASE,
)
"""A line that says when the text was published: the day of its head, and not of what it tells."""
_CLOCK_FIRST = re.compile(r"\s*\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m)", re.IGNORECASE)
_LONGEST_TITLE = 200
_SHORTEST_TITLE = 12


@dataclass(frozen=True)
class Head:
    """What stands above the text, and the text below it."""

    day: date | None
    title: str
    body: str


def head_of(text: str) -> Head:
    """Take the head off ``text``. A date line with a date that no calendar has is taken off and ignored."""
    day, rest = _without_date(text)
    title, rest = _without_title(rest)
    if title and day is None:
        day, rest = _without_date(rest)
        rest = _without_repetition(title, rest)
    return Head(day, title, rest)


def _without_date(text: str) -> tuple[date | None, str]:
    match = _DATE_LINE.match(text)
    if not match:
        return _without_publication(text)
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        day = None
    return day, text[match.end() :]


def _without_publication(text: str) -> tuple[date | None, str]:
    match = _PUBLISHED.match(text)
    said = written(match["date"]) if match else None
    if match is None or said is None or said.year is None:
        return None, text
    return said.on(said.year), text[match.end() :]


def _without_title(text: str) -> tuple[str, str]:
    first, below = _line(text)
    if _is_title(first, below):
        title = " ".join(first.split())
        return title, _without_repetition(title, below)
    return _glued_twice(text.lstrip())


def _is_title(first: str, below: str) -> bool:
    """Whether the line ``first`` is a title of what stands ``below`` it."""
    if not first or len(first) > _LONGEST_TITLE or not below.strip() or is_credit(first):
        return False
    second, _ = _line(below)
    if _same(first, second) or _DATE_LINE.match(below):
        return True
    return not _begins_text(first) and _stands_above(first, second, below)


def _begins_text(first: str) -> bool:
    """Whether a first line is a sentence, leads to one, or begins with a time as a report does."""
    return ends_sentence(first) or first[-1] in ":;," or _CLOCK_FIRST.match(first) is not None


def _stands_above(first: str, second: str, below: str) -> bool:
    """Whether a blank line follows ``first``, or a much longer line that does not go on from it."""
    is_apart = not below.partition("\n")[0].strip()
    return is_apart or (not second[0].islower() and len(second) > 1.5 * len(first))


def _glued_twice(text: str) -> tuple[str, str]:
    """A title printed twice in one line with the text: "Day 5. A title Day 5. A title The text…"."""
    again = text.find(text[:_SHORTEST_TITLE], _SHORTEST_TITLE, 2 * _LONGEST_TITLE) if len(text) > 50 else -1
    title = text[: max(again, 0)].strip()
    if not title or ends_sentence(title) or len(title) > _LONGEST_TITLE or not text.startswith(title, again):
        return "", text
    return title, text[again + len(title) :]


def _without_repetition(title: str, text: str) -> str:
    line, below = _line(text)
    if _same(title, line):
        return below
    rest = text.lstrip()
    follows = rest[len(title) :].lstrip(" .\t")
    # Followed by a small letter, the same words are the subject of a sentence.
    is_repeated = rest.startswith(title) and not follows[:1].islower()
    return follows if is_repeated else text


def _line(text: str) -> tuple[str, str]:
    """The first line with words in it, and what follows its line break."""
    text = text.lstrip()
    line, _, below = text.partition("\n")
    return line.strip(), below


def _same(one: str, other: str) -> bool:
    return bool(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
