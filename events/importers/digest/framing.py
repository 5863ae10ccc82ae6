"""Which sentences of a digest are no happenings: the opening, headings, totals and the closing summary."""

import re

from events.importers.digest.dating import LEAD_IN_REACH
from events.importers.digest.ordinals import CARDINAL, ORDINAL
from events.importers.digest.sentences import Sentence, ends_sentence

OPENING = "opening that every article repeats"
TOTAL = "a total"
CLOSING = "closing summary"
HEADING = "a heading"
FRAGMENT = "too short to tell a happening"
FRAME = (OPENING, CLOSING, HEADING)
"""Why what stands around the happenings of the day is none of them."""

_PERIOD = (
    rf"(?:(?:first|past|last|previous)\s(?:{CARDINAL}|{ORDINAL}|few|several)\s(?:days|weeks|months|hours)"
    rf"|{CARDINAL}\s(?:days|weeks|months)\sof\b)"
)
_TOTAL = re.compile(
    rf"\b(?:(?:in|during|over|for|within|throughout)\s(?:(?:all|only)\s)?(?:the\s|these\s)?{_PERIOD}"
    r"|(?:since|from)\s(?:the\s)?(?:very\s)?(?:beginning|start|outbreak)\sof\b"
    r"|in\stotal\b|(?:the\s)?total\s(?:number|amount|losses|toll)\b|to\sdate\b)",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    r"(?<!it was )(?<!it is )\b(?:said|stated|announced|declared|told|claimed|stressed|emphasi[sz]ed|reported"
    r"|noted|admitted|acknowledged|published|released|says|claims|reports)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?:so|thus|therefore|as\sa\sresult|to\ssum\sup|summing\sup|in\s(?:sum(?:mary)?|conclusion|short)|overall|all\sin\sall|finally)\b,?\s"
    rf"|(?:this|that|such)\s(?:is\show|was|were)\s(?:the\s)?(?:{ORDINAL}\sday|day\s{CARDINAL})\b"
    rf"|(?:this\sis\show|that\sis\show)\b|the\s(?:{ORDINAL})\sday\b[^.]{{0,60}}\b(?:ended|closed|was\smarked|went\sdown)\b",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"(?:to\ssum\sup|summing\sup|in\s(?:sum|conclusion|short)|th(?:is|at)\s|such\s|the\s|overall|all\sin\sall)",
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(
    rf"\b(?:(?:this|that|the)\s(?:whole\s|entire\s)?day\b(?!\sbefore)|{ORDINAL}\sday\b|day\s{CARDINAL}\b)",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"(?:(?:exactly|just)\s)?(?:(?:an?|one|two|three|four|five|ten|\d+)\syears?\sago\b)|\b(?:offers?|invites?)\s(?:its|our|the)\sreaders\b"
    r"|\bwe\s(?:continue|offer|invite)\b|\bin\sthis\sseries\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 100


def reasons(body: list[Sentence], cued: list[bool], led: list[bool]) -> list[str]:
    """Beside each sentence why it is no happening, or an empty string.

    ``led`` tells which sentences have a lead-in to the day; ``cued`` which begin with a time cue of
    their own: an opening ends before the first of them, a closing summary begins after the last.
    """
    opening_ends = _opening_ends(body, cued, led)
    closing_begins = _closing_begins(body, cued)
    with_headings = _has_headings(body)
    found = []
    for at, sentence in enumerate(body):
        if at < opening_ends:
            found.append(OPENING)
        elif at >= closing_begins:
            found.append(CLOSING)
        elif with_headings and _is_heading(sentence) and not cued[at] and at + 1 < len(body):
            found.append(HEADING)
        elif not re.search(r"\w\W+\w", sentence.text[:200]):
            found.append(FRAGMENT)
        else:
            found.append(TOTAL if _is_total(sentence.text) else "")
    return found


def _opening_ends(body: list[Sentence], cued: list[bool], led: list[bool]) -> int:
    """The opening is what stands before the day's lead-in; without one, up to the last stock phrase."""
    reach = min(len(body), LEAD_IN_REACH)
    for at in range(reach):
        if led[at] and not _is_closing(body[at].text):
            return at
        if cued[at]:
            reach = at
            break
    return max((at + 1 for at in range(reach) if _REPEATED.search(body[at].text, 0, 400)), default=0)


def _closing_begins(body: list[Sentence], cued: list[bool]) -> int:
    last_cued = max((at for at, has_cue in enumerate(cued) if has_cue), default=-1)
    late = max(last_cued + 1, len(body) // 2, 1)
    return next((at for at in range(late, len(body)) if _is_closing(body[at].text)), len(body))


def _is_closing(sentence: str) -> bool:
    if not _CLOSES.match(sentence):
        return False
    return bool(_SUMS_UP.match(sentence) or _OF_THE_DAY.search(sentence, 0, 200))


def _is_total(sentence: str) -> bool:
    """Whether the sentence counts over many days; one that tells who said so is a happening (the saying)."""
    match = _TOTAL.search(sentence, 0, 600)
    return bool(match) and not _SAID_BY.search(sentence, 0, match.start() if match else 0)


def _has_headings(body: list[Sentence]) -> bool:
    """Whether most paragraphs end as sentences do, so that one which does not is a heading."""
    endings = [ends_sentence(sentence.text) for sentence in body]
    return bool(body) and sum(endings) * 3 >= len(endings)


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text
    return (
        sentence.alone and len(text) <= _LONGEST_HEADING and not ends_sentence(text) and text[-1:] not in ":;"
    )
