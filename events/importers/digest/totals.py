"""Sentences that count over many days, of which none is a happening of the day told.

What only mentions such a count is one: "Parliament lifts the ban in force since the beginning of the strike",
"A bus falls into a ravine, killing 12 people in total". So a sentence is a total where it opens with the time
that it counts over, where it begins with the count, or where both belong to its main clause.
"""

import re

from events.importers.digest.dates import DATE, WEEKDAY
from events.importers.digest.ordinals import CARDINAL, ORDINAL
from events.moments.clauses import tells_another
from events.moments.words import in_place

_REACH = 600
_PERIOD = (
    rf"(?:(?:first|past|last|previous)\s(?:{CARDINAL}|{ORDINAL}|few|several)\s(?:days|weeks|months|hours)"
    rf"|first\s(?:week|month|year)\sof\b|{CARDINAL}\s(?:days|weeks|months)\sof\b)"
)
_OVER = rf"(?:in|during|over|for|within|throughout)\s(?:(?:all|only)\s)?(?:the\s|these\s)?{_PERIOD}"
_START = r"(?:the\s)?(?:very\s)?(?:beginning|start|outbreak|onset|launch)\sof\b"
_BEGINNING = rf"(?:{_START}|(?:the\s)?{DATE}|{WEEKDAY}|(?:the\s)?\w+\sbegan\b(?!\s(?:at|in)\b))"
_PERFECT = r"(?:have|has|had)\s(?:been|now|so\sfar|already|\w+(?:ed|en)\b)"
_WORDS = (
    r"hundreds?|thousands?|dozens?|scores|millions?|more\sthan|at\sleast|over|some|half|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
)
_COUNTED = rf"(?:\d|\b(?:{_WORDS})\b)"
_MATTER = r"(?:losses|toll|totals?|number|damage|casualties|costs?|tally|count|figures?|sum)"
_SUMS = r"in\stotal\b|to\sdate\b|so\sfar\b"
_OPENS = re.compile(
    rf"{_OVER}|(?:since|from)\s{_START}|to\sdate\b,?|so\sfar(?:,|\sthis\b|\s(?={_COUNTED}))"
    rf"|in\stotal(?:,|\s(?={_COUNTED}))|(?:the\s)?total\s(?:number|amount|losses|toll|cost|damage)\b",
    re.IGNORECASE,
)
_BEGINS_WITH_COUNT = re.compile(
    rf"(?:(?:a\stotal\sof|about|around|almost|nearly|altogether|the)\s)*{_COUNTED}", re.IGNORECASE
)
_SUMMED = re.compile(rf"\b(?:{_OVER}|since\s{_START}|{_SUMS})", re.IGNORECASE)
_COUNTS = re.compile(_COUNTED, re.IGNORECASE)
_SINCE = re.compile(
    rf"{_COUNTED}.{{0,200}}?{_PERFECT}.{{0,120}}?\bsince\s{_BEGINNING}"
    rf"|\bsince\s{_BEGINNING}.{{0,120}}?{_COUNTED}.{{0,200}}?{_PERFECT}",
    re.IGNORECASE,
)
_HAS = re.compile(_PERFECT, re.IGNORECASE)
_AMOUNTS = (
    r"(?:(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:put|estimated|reckoned|counted|calculated"
    r"|(?:set|given)(?=\s(?:at|as)\b))|(?:now\s)?(?:stands?|stood|amounts?|amounted|totall?ed|exceeded)"
    r"|(?:is|are|was|were)\snow)"
)
_RISES = r"(?:now\s)?(?:(?:has\s|have\s)?(?:reached|risen)|reaches|rose|rises|comes?|came)"
_STANDS_AT = re.compile(
    r"(?:(?:grand\s|overall\s)?totals?(?:\s(?:so\sfar|to\sdate))?|altogether|in\s(?:all|total))\s?:"
    rf"|(?:[\w-]+\s){{0,2}}?{_MATTER}\b(?:\s[\w'’-]+){{0,5}}?\s?:\s?{_COUNTED}"
    # "A number of prisoners were set free" counts nothing over many days; that a death toll rises is news.
    rf"|(?!an?\s(?:\w+\s)?number\b)(?:(?:[\w-]+\s){{0,4}}?{_MATTER}\b(?:\s[\w'’-]+){{0,14}}?\s{_AMOUNTS}"
    r"|(?:the\s|a\s|this\s)?(?:overall\s|total\s|combined\s|official\s)?"
    rf"{_MATTER}\b(?:\s[\w'’-]+){{0,14}}?\s{_RISES})\b(?=[^.;]{{0,80}}?{_COUNTED})",
    re.IGNORECASE,
)
_FIRST_TIME = re.compile(
    r"\b(?:for\sthe\s(?:first|last|second|third)\stime|first\s\w+(?:\s\w+)?|(?:biggest|largest|worst|highest|lowest"
    r"|heaviest|strongest|deadliest|busiest|most)\b[^.]{0,40})\s(?=since\b|from\b)",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    r"(?<!it was )(?<!it is )\b(?:said|stated|announced|declared|told|claimed|stressed|emphasi[sz]ed|reported"
    r"|noted|admitted|acknowledged|published|released|says|claims|reports)\b",
    re.IGNORECASE,
)


def is_total(text: str, cued: bool) -> bool:
    """Whether the sentence counts over many days; one that tells who said so is a happening (the saying)."""
    if _FIRST_TIME.search(text, 0, _REACH):
        return False
    if not cued and _STANDS_AT.match(text):
        return True
    at = _counted_over(text)
    return at is not None and not _SAID_BY.search(text, 0, at)


def _counted_over(text: str) -> int | None:
    """Where the words begin that make ``text`` a count over many days; None where nothing does."""
    if _OPENS.match(text):
        return 0
    since = _SINCE.search(text, 0, _REACH)
    if since:
        return since.start()
    summed = _SUMMED.search(text, 0, _REACH)
    return summed.start() if summed and _is_of_its_count(text, summed) else None


def _is_of_its_count(text: str, summed: re.Match[str]) -> bool:
    """Whether what the sentence tells is the count, and not a deed in which one is mentioned."""
    begins, ends = summed.span()
    if tells_another(in_place(text[: 2 * _REACH]), begins, ends, moves=True):
        return False
    counted = _COUNTS.search(text, 0, _REACH)
    return counted is not None and bool(_BEGINS_WITH_COUNT.match(text) or _HAS.search(text, 0, ends))
