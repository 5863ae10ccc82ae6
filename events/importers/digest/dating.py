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
from events.importers.digest.dates import DATE, WEEKDAY, WEEKDAY_BESIDE, Written, written
from events.importers.digest.headings import headings
from events.importers.digest.ordinals import CARDINAL, ORDINAL, number_in
from events.importers.digest.sentences import Sentence

_STORY = (
    r"(?:war|conflict|hostilities|fighting|battle|campaign|operation|(?:counter-?\s?)?offensive|invasion|siege"
    r"|uprising|revolution|protests?|revolt|rebellion|crisis|chronicle|strike|blockade|stand-?off|mission|voyage"
    r"|expedition|trial|games|pandemic|floods?|lockdown|evacuation|emergency)"
)
_OF_STORY = rf"of\s(?:[\w'’-]+\s){{0,5}}?{_STORY}\b"
_ALONE = r"(?![.,]\d)(?!\s?(?:[–—/&-]|and\b|to\b)\s?\d{1,4}\s?(?:$|[,:;)(|–—-]))"
"""Not the beginning of a longer number, nor of several days: "Day 1,200", "Days 12–13"."""
_NUMBERED = re.compile(
    rf"\b(?P<ordinal>{ORDINAL})\sday\s{_OF_STORY}"
    rf"|\b{_STORY}['’]s?\s(?P<owned>{ORDINAL})\sday\w?\b"
    rf"|\bday\s(?:(?:no|number)\.?\s)?(?P<count>{CARDINAL})(?:\s{_OF_STORY}|{_ALONE}(?=\s?[,:.;)(|/–—-])|$)"
    rf"|\b(?P<dated>{ORDINAL})\sday(?=\s?[,:(–—-]\s?(?:on\s)?{DATE})",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s?[,(/–—:-]?\s?(?:(?:which\s)?f[ae]ll(?:ing|s)?\s)?(?:on\s)?(?P<date>{DATE})[),]?", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?P<date>{DATE})\s?[,(–—:-]*\s?(?:on\s|is\s|was\s)?(?:the\s)?$", re.IGNORECASE)
_DATED = re.compile(rf"(?:on\s)?(?P<date>{DATE})(?=\s?[,:.)–—-]|$)", re.IGNORECASE)
_ANY_DATE = re.compile(rf"(?:{WEEKDAY_BESIDE}\W+)?{DATE}", re.IGNORECASE)
_PAUSE = re.compile(r"[\s,:;)–—-]*")
_WEEKDAY_AFTER = re.compile(rf"\s?[,(|:–—-]?\s?{WEEKDAY}(?=\s?[),:.|–—-]|\s?$)", re.IGNORECASE)
_FROM_A_DAY = re.compile(
    rf"(?:(?<!day\s)\b\d{{1,2}}(?:st|nd|rd|th)?|{DATE})\s?(?:[–—/&-]|to\b|and\b|until\b|through\b)\s?$",
    re.IGNORECASE,
)
_TO_A_DAY = re.compile(
    rf"\s?(?:[–—/&-]|to\b|and\b|until\b|through\b)\s?(?:{WEEKDAY_BESIDE},?\s)?(?:{DATE}|(?:\d{{1,2}})\b(?![:.]?\d|\s\w))",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(r"\b(?:ago|anniversary)\b", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\W|\b(?:on|in|by|at|the|early|late|very|during|night|morning|evening|afternoon|dawn|of|hours|small|from|until"
    rf"|towards?|after|before|and|day|{_STORY}['’]s?|great|second|whole|entire|[A-Z][\w'’-]+)\b)*"
)
_SMALL_LEADS = re.compile(
    rf"\b(?:{WEEKDAY}|on|in|by|at|the|early|late|very|during|night|morning|evening|afternoon|dawn|of|hours|small|from|until"
    r"|towards?|after|before|and|day|great|second|whole|entire)\b",
    re.IGNORECASE,
)
_SAYS_STORY = re.compile(_STORY, re.IGNORECASE)
_TITLE_END = re.compile(r"\s*(?:$|[|:–—-])")
_BEFORE_LIST = re.compile(
    r"(?:.*\b(?:here|these|following|situation|events|developments|happened)\b.*):$", re.IGNORECASE
)
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
    ends: int
    """Where the sentence goes on after them."""
    is_of_story: bool = True
    """Whether the number is said of the story, or stands with its date, and counts nothing else."""


def lead_in(sentence: str) -> LeadIn | None:
    """The lead-in in the first words of ``sentence``; None for one that looks back ("a year ago, …")."""
    match = _NUMBERED.search(sentence, 0, 2 * _REACH)
    if not match or match.start() > _REACH or _LOOKING_BACK.search(sentence, 0, match.start()):
        return None
    if not _LEADS.fullmatch(sentence, 0, match.start()) and not _BEFORE.search(sentence[: match.start()]):
        return _of_another(sentence, match)
    if match["count"] and _may_count_another(sentence[: match.start()], match[0]):
        return _of_another(sentence, match)
    numeral = next(filter(None, match.group("ordinal", "owned", "count", "dated")))
    day, begins, ends = _with_date_beside(sentence, match)
    return LeadIn(
        words=_closed(sentence[:ends].strip(" ,:;)")),
        before=sentence[:begins],
        number=number_in(numeral),
        date=day,
        ends=_past_pause(sentence, ends),
    )


def _may_count_another(before: str, words: str) -> bool:
    """Whether a name stands before "Day 4" that is no story's and no date: "Inquiry, Day 4"."""
    if _SAYS_STORY.search(before) or _SAYS_STORY.search(words):
        return False
    return re.search(r"[^\W\d_]{2}", _SMALL_LEADS.sub(" ", _ANY_DATE.sub(" ", before))) is not None


def _of_another(sentence: str, match: re.Match[str]) -> LeadIn | None:
    """The number at the end of a title, which may count something else: "Inquiry, Day 4"."""
    numeral = match["count"]
    if not numeral or not _TITLE_END.match(sentence, match.end()) or len(sentence) > _REACH * 2:
        return None
    story = _SAYS_STORY.search(match[0]) is not None
    return LeadIn(match[0].strip(" ,:;)"), sentence, number_in(numeral), None, match.end(), story)


def _with_date_beside(sentence: str, match: re.Match[str]) -> tuple[Written | None, int, int]:
    """The date just after or before the number of the day, and where the two together begin and end."""
    begins, ends = match.span()
    weekday = _WEEKDAY_AFTER.match(sentence, ends)
    ends = weekday.end() if weekday else ends
    after = _AFTER.match(sentence, ends)
    if after:
        return written(after["date"]), begins, after.end()
    before = _BEFORE.search(sentence[:begins])
    if before:
        return written(before["date"]), before.start(), ends
    return None, begins, ends


def _closed(words: str) -> str:
    return f"{words})" if words.count("(") > words.count(")") else words


def _past_pause(sentence: str, at: int) -> int:
    pause = _PAUSE.match(sentence, at)
    return pause.end() if pause else at


def agrees(lead: LeadIn, day: date, number: int) -> bool:
    """Whether ``lead`` leads to ``day``, which the chronicle numbers ``number``."""
    return lead.number == number and (lead.date is None or lead.date.fits(day))


def day_of(title: str, body: list[Sentence], head: date | None, calendar: Calendar) -> tuple[date, str]:
    """The day that the text tells and the words that say so; ``Undecided`` when they don't agree."""
    days = _days_named(title, body, head, calendar)
    if len({day for day, _ in days}) > 1:
        (one, its_words), (other, other_words) = days[0], next(pair for pair in days if pair[0] != days[0][0])
        raise Undecided(
            f"The text says “{its_words}” ({day_words(one)}) and “{other_words}” ({day_words(other)}):"
            " say which day it is."
        )
    if days:
        return _beside_head(*days[-1], head, calendar)
    if head and calendar.holds(head):
        return head, f"date {head.isoformat()}"
    raise Undecided(_nothing_found(head, calendar))


def _days_named(
    title: str, body: list[Sentence], head: date | None, calendar: Calendar
) -> list[tuple[date, str]]:
    """Each day that the text names as its own, with the words that do: numbers and dates must agree."""
    dates = _dates_named(title, body)
    leads = list(filter(None, (lead_in(title), _first_lead_in(body))))
    numbered = [(_agreed(lead, calendar), lead.words) for lead in leads if lead.is_of_story]
    # Where a number stands with its date, another date is taken for a day of it only beside a third.
    if len(_distinct(dates)) > 1 or not (numbered and leads[0].date):
        numbered += [(_in_calendar(day, words, head, calendar), words) for day, words in dates]
    return [*numbered, *_counted(leads, bool(numbered), head, calendar)]


def _distinct(dates: list[tuple[Written, str]]) -> set[tuple[int, int]]:
    return {(day.month, day.day) for day, _ in dates}


def _counted(
    leads: list[LeadIn], dated: bool, head: date | None, calendar: Calendar
) -> list[tuple[date, str]]:
    """The days of numbers that may count another thing: they never decide, but may disagree."""
    counts = [lead for lead in leads if not lead.is_of_story]
    if counts and not dated and not head:
        raise Undecided(f"“{counts[0].words}” may count something else: say which day it is.")
    days = [(calendar.date_of(lead.number or 0), lead.words) for lead in counts]
    return [(day, words) for day, words in days if day]


def _dates_named(title: str, body: list[Sentence]) -> list[tuple[Written, str]]:
    """The dates by which the text names its day: of its title, its headings, and the words before a list."""
    named = [_dated(_ANY_DATE.search(title[:300]))]
    named += [(heading.written, heading.words) for heading in headings(body) if heading.written]
    named += [_introduced(sentence.text) for sentence in body[:LEAD_IN_REACH]]
    found = [pair for pair in named if pair]
    return found or [pair for pair in [_first_date(body)] if pair]


def _first_date(body: list[Sentence]) -> tuple[Written, str] | None:
    """The date with which the text begins."""
    if not body or _LOOKING_BACK.search(body[0].text, 0, 200):
        return None
    return _dated(_DATED.match(body[0].text))


def _dated(match: re.Match[str] | None) -> tuple[Written, str] | None:
    if match is None:
        return None
    if _FROM_A_DAY.search(match.string[: match.start()][-40:]) or _TO_A_DAY.match(match.string, match.end()):
        said = match.string[:80].strip()
        raise Undecided(f"The text says “{said}”, which is more than one day: say which day it is.")
    day = written(match["date"] if "date" in match.re.groupindex else match[0])
    return (day, match[0].strip()) if day else None


def _introduced(sentence: str) -> tuple[Written, str] | None:
    """The date in "Here is the situation on Thursday, May 9, 2019:"."""
    if len(sentence) > 2 * _REACH or not _BEFORE_LIST.match(sentence):
        return None
    return _dated(_ANY_DATE.search(sentence))


def _first_lead_in(body: list[Sentence]) -> LeadIn | None:
    return next((lead for sentence in body[:LEAD_IN_REACH] if (lead := lead_in(sentence.text))), None)


def _agreed(lead: LeadIn, calendar: Calendar) -> date:
    """The day that number and date of ``lead`` both name."""
    numbered = calendar.date_of(lead.number) if lead.number is not None else None
    if numbered and (lead.date is None or lead.date.fits(numbered)):
        return numbered
    if lead.number is None or (numbered is None and lead.date is None):
        raise Undecided(_no_such_day(lead.words, calendar))
    is_day = f"is {day_words(numbered)}" if numbered else "is outside the chronicle"
    raise Undecided(
        f"The text says “{lead.words}”, but day {lead.number} of this chronicle {is_day},"
        f" not {lead.date}: say which day it is."
    )


def _in_calendar(day: Written, words: str, head: date | None, calendar: Calendar) -> date:
    """``day`` with its year: the one that lies within the chronicle."""
    found = possible_days(day, head, calendar)
    if len(found) == 1:
        return found[0]
    if head and head in found:
        return head
    if found:
        raise Undecided(f"“{words}” may be {' or '.join(map(day_words, found))}: say which day it is.")
    raise Undecided(_no_such_day(words, calendar))


def possible_days(day: Written, head: date | None, calendar: Calendar) -> list[date]:
    """The days of the chronicle that ``day`` may be, of an open one up to its head line or a year."""
    last = calendar.last or max(head or calendar.first, calendar.first + timedelta(days=366))
    years = [day.year] if day.year else range(calendar.first.year, last.year + 1)
    dates = (day.on(year) for year in years)
    return [on for on in dates if on and calendar.holds(on) and on <= last]


def _no_such_day(words: str, calendar: Calendar) -> str:
    return (
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
