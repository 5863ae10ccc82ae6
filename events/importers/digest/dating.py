"""Which day of the chronicle a text tells: from its own words first, from its head line last.

The text's number ("On the 43rd day of the war") and its date ("November 8") must agree with the
chronicle's numbering. The head line may be the day of publication: the same day and month in a later
year is a republication. Any other difference is for a person to decide.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from chronicle.clock import Calendar
from chronicle.wording import day_words, days_words
from events.importers.digest.dates import DATE, Written, written
from events.importers.digest.ordinals import CARDINAL, ORDINAL, number
from events.importers.digest.sentences import Sentence

_STORY = (
    r"(?:war|conflict|hostilities|fighting|battle|campaign|operation|(?:counter-?\s?)?offensive|invasion|siege"
    r"|uprising|revolution|protests?|revolt|rebellion|crisis|chronicle|strike|blockade|stand-?off|mission|voyage"
    r"|expedition|trial|games|pandemic|floods?|lockdown|evacuation|emergency)"
)
_OF_STORY = rf"of\s(?:[\w'’-]+\s){{0,5}}?{_STORY}\b"
_NUMBERED = re.compile(
    rf"\b(?P<ordinal>{ORDINAL})\sday\s{_OF_STORY}"
    rf"|\b{_STORY}['’]s?\s(?P<owned>{ORDINAL})\sday\w?\b"
    rf"|\bday\s(?:(?:no|number)\.?\s)?(?P<count>{CARDINAL})(?:\s{_OF_STORY}|(?=\s?[,:.;)(–—-])|$)"
    rf"|\b(?P<dated>{ORDINAL})\sday(?=\s?[,:(–—-]\s?(?:on\s)?{DATE})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s?[,(–—:-]?\s?(?:(?:which\s)?f[ae]ll(?:ing|s)?\s)?(?:on\s)?(?P<date>{DATE})[),]?", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?P<date>{DATE})\s?[,(–—:-]*\s?(?:on\s|is\s|was\s)?(?:the\s)?$", re.IGNORECASE)
_DATED = re.compile(rf"(?:on\s)?(?P<date>{DATE})(?=\s?[,:.)–—-]|$)", re.IGNORECASE)
_ANY_DATE = re.compile(DATE, re.IGNORECASE)
_LOOKING_BACK = re.compile(r"\b(?:ago|anniversary)\b", re.IGNORECASE)
_REACH = 90
"""How far into a sentence its lead-in may reach, in characters."""
LEAD_IN_REACH = 12
"""Among how many first sentences the lead-in is looked for: further on it tells of something else."""


class Undecided(ValueError):
    """The day is not certain. Its text is a sentence for the editor, which names what it may be."""


@dataclass(frozen=True)
class LeadIn:
    """The words that lead to the day: "In the early morning of the 43rd day of the war, November 8,"."""

    words: str
    before: str
    number: int | None
    date: Written | None
    begins: int
    ends: int
    """Where the sentence goes on after them."""


def lead_in(sentence: str) -> LeadIn | None:
    """The lead-in in the first words of ``sentence``; None for one that looks back ("a year ago, …")."""
    match = _NUMBERED.search(sentence, 0, 2 * _REACH)
    if not match or match.start() > _REACH or _LOOKING_BACK.search(sentence, 0, match.start()):
        return None
    begins, ends = match.start(), match.end()
    ordinal = match["ordinal"] or match["owned"] or match["count"] or match["dated"]
    after = _AFTER.match(sentence, ends)
    before = None if after else _BEFORE.search(sentence[:begins])
    beside = after or before
    day = written(beside["date"]) if beside else None
    if after:
        ends = after.end()
    if before:
        begins = before.start()
    rest = re.compile(r"[\s,:;)–—-]*").match(sentence, ends)
    words = sentence[:ends].strip(" ,:;)")
    return LeadIn(words, sentence[:begins], number(ordinal), day, begins, rest.end() if rest else ends)


def agrees(lead: LeadIn, day: date, number: int) -> bool:
    """Whether ``lead`` leads to ``day``, which the chronicle numbers ``number``."""
    return lead.number == number and (lead.date is None or lead.date.fits(day))


def day_of(title: str, body: list[Sentence], head: date | None, calendar: Calendar) -> tuple[date, str]:
    """The day that the text tells and the words that say so; ``Undecided`` when they don't agree."""
    told = [lead for lead in (lead_in(title), _first_lead_in(body)) if lead]
    days = [(_agreed(lead, calendar), lead.words) for lead in told]
    if not days and (plain := _plain_date(title, body)):
        days = [(_in_calendar(written_date, words, head, calendar), words) for written_date, words in [plain]]
    if len(days) > 1 and days[0][0] != days[1][0]:
        (one, its_words), (other, other_words) = days
        raise Undecided(
            f"The title says “{its_words}” ({day_words(one)}) and the text “{other_words}”"
            f" ({day_words(other)}): say which day it is."
        )
    if days:
        return _beside_head(*days[-1], head, calendar)
    if head and calendar.holds(head):
        return head, f"date {head.isoformat()}"
    raise Undecided(_nothing_found(head, calendar))


def _first_lead_in(body: list[Sentence]) -> LeadIn | None:
    return next((lead for sentence in body[:LEAD_IN_REACH] if (lead := lead_in(sentence.text))), None)


def _plain_date(title: str, body: list[Sentence]) -> tuple[Written, str] | None:
    """A date without a number: anywhere in the title, or the first words of the first sentence."""
    match = _ANY_DATE.search(title[:300])
    if not match and body and not _LOOKING_BACK.search(body[0].text, 0, 200):
        match = _DATED.match(body[0].text)
    if not match:
        return None
    words = match["date"] if "date" in match.re.groupindex else match[0]
    day = written(words)
    return (day, match[0].strip()) if day else None


def _agreed(lead: LeadIn, calendar: Calendar) -> date:
    numbered = calendar.date_of(lead.number) if lead.number is not None else None
    if lead.number is None or (numbered is None and lead.date is None):
        raise Undecided(
            f"The text says “{lead.words}”, and the chronicle {days_words(calendar)}: it has no such day."
            " Say which day it is."
        )
    if numbered is None or (lead.date and not lead.date.fits(numbered)):
        is_day = f"is {day_words(numbered)}" if numbered else "is outside the chronicle"
        raise Undecided(
            f"The text says “{lead.words}”, but day {lead.number} of this chronicle {is_day},"
            f" not {lead.date}: say which day it is."
        )
    return numbered


def _in_calendar(day: Written, words: str, head: date | None, calendar: Calendar) -> date:
    """``day`` with its year: the one that lies within the chronicle."""
    last = calendar.last or max(head or calendar.first, calendar.first + timedelta(days=366))
    years = [day.year] if day.year else range(calendar.first.year, last.year + 1)
    found = [on for year in years if (on := day.on(year)) and calendar.holds(on) and on <= last]
    if len(found) > 1 and head in found:
        return head
    if len(found) == 1:
        return found[0]
    if found:
        raise Undecided(f"“{words}” may be {' or '.join(map(day_words, found))}: say which day it is.")
    raise Undecided(
        f"The text says “{words}”, and the chronicle {days_words(calendar)}: it has no such day."
        " Say which day it is."
    )


def _beside_head(day: date, words: str, head: date | None, calendar: Calendar) -> tuple[date, str]:
    if head and head != day:
        republished = (head.month, head.day) == (day.month, day.day) and head.year > day.year
        if not republished:
            raise Undecided(
                f"The text says “{words}” ({day_words(day)}) and its head line {day_words(head)}:"
                " say which day it is."
            )
    return day, words


def _nothing_found(head: date | None, calendar: Calendar) -> str:
    said = "No words of the text say which day it tells"
    if head:
        said += f", and its head line, {day_words(head)}, is not a day of the chronicle,"
        said += f" which {days_words(calendar)}"
    return f"{said}: give the date."
