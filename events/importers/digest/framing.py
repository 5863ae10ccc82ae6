"""Which sentences of a digest are no happenings, judged item by item: never "all before" or "all after" one.

The one exception is the opening of a text that leads in its day by its number: what every article of a series
says before that, and what its last paragraph says of the day after its summary has begun.
"""

import re

from events.importers.digest.dates import DATE, WEEKDAY
from events.importers.digest.dating import LEAD_IN_REACH
from events.importers.digest.headings import is_date_heading
from events.importers.digest.marks import is_credit, is_footnote, is_signed, past_marks
from events.importers.digest.ordinals import CARDINAL, ORDINAL
from events.importers.digest.sentences import Sentence, ends_sentence
from events.importers.digest.totals import is_total

OPENING = "opening that every article repeats"
TOTAL = "a total"
CLOSING = "closing summary"
HEADING = "a heading"
INTRODUCTION = "an introduction"
OUTLOOK = "an outlook"
CREDIT = "a credit"
FURNITURE = "of the page, not of the day"
TIME_LINE = "the time of what follows"
ANOTHER_DAY = "under the heading of another day"
FRAGMENT = "too short to tell a happening"
FRAME = (OPENING, CLOSING, HEADING, INTRODUCTION, OUTLOOK, CREDIT, FURNITURE, TIME_LINE, ANOTHER_DAY)
"""Why what stands around the happenings of the day is none of them."""

_CLOSES = re.compile(
    r"(?:so|thus|therefore|as\sa\sresult|to\ssum\sup|summing\sup|in\s(?:sum(?:mary)?|conclusion|short)|overall|all\sin\sall|finally),\s"
    r"|(?:so|thus|overall),?\s(?=the\b|this\b|that\b|on\sthe\b)"
    rf"|(?:this|that|such)\s(?:is\show|was|were)\s(?:the\s)?(?:{ORDINAL}\sday|day\s{CARDINAL})\b"
    rf"|(?:this\sis\show|that\sis\show)\b|the\s(?:{ORDINAL})\sday\b[^.]{{0,60}}\b(?:ended|closed|was\smarked|went\sdown)\b",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(
    r"(?:to\ssum\sup|summing\sup|in\s(?:sum|conclusion)|th(?:is|at)\s|such\s|the\s|all\sin\sall)",
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(
    rf"\b(?:(?:this|that|the)\s(?:whole\s|entire\s)?day\b(?!\sbefore)|{ORDINAL}\sday\b|day\s{CARDINAL}\b)",
    re.IGNORECASE,
)
_AGO = r"(?:exactly\s|just\s)?(?:an?|one|two|three|four|five|ten|\d+)\syears?\sago\b"
_REPEATED = re.compile(
    rf"(?:{_AGO}|(?:on\sthis\sday,?\s)?{_AGO}|.{{0,80}}?\b(?:offers?|invites?)\s(?:its|our|the)\sreaders\b"
    r"|we\s(?:continue|offer|invite)\b|.{0,80}?\bin\sthis\sseries\b)",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"(?:.{0,120}?\b(?:here(?:\s(?:is|are)|['’]s)\s(?:what|how|the|our|some|all|a\s(?:list|look|summary|recap))\b|these\s(?:are|were)\s(?:the|our|some)|below\s(?:is|are))\b"
    r"|(?:key|main|latest|major|top)\s(?:events|developments|points|news|updates|stories)\b"
    r"|(?:a\s|the\s)?(?:list|round-?up|summary|digest|overview|recap)\sof\b|what\s(?:we\sknow|happened)\b"
    r"|this\sis\s(?:a|an|the|our)\s(?:list|round-?up|summary|digest|overview|recap)\b"
    r"|what\sfollows\sis\b|follow\s(?:the\slatest|along|us)\b"
    r"|.{0,60}?\b(?:this\sis\swhat|what\syou\sneed\sto\sknow|follow\sour|our\slive)\b)",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"(?:(?:this|our|the)\s(?:live\s?)?(?:blog|coverage|page)\b.{0,40}\b(?:closed|closes|ends?|over|finished|paused)\b"
    r"|that(?:['’]s|\sis)\s(?:all|it)(?:\s(?:from\sus|for)\b|[.!]|$)|we(?:['’]ll|\swill)\sbe\sback\b"
    r"|thank(?:s|\syou)\sfor\s(?:reading|following|joining)\b|to\sbe\scontinued\b"
    r"|(?:the\s)?(?:trial|hearing|case|inquest|inquiry)\scontinues[.]?$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:(?:read|see|learn)\s(?:more|also|next)\b|(?:also|most)\sread\b|read\s(?:the|our|this)\s(?:full|whole|story|report"
    r"|article)\b|see\salso\b|related(?::|\s(?:articles?|stories|coverage|news)\b)|go\sdeeper\b|more\son\sthis\b"
    r"|(?:advertisement|sponsored(?:\scontent)?|comments?(?:\s\(\d+\))?|\d+\scomments?|share|tweet|table\sof\scontents"
    r"|contents|all\srights\sreserved|good\s(?:morning|evening|afternoon)|\d+\smin(?:ute)?s?\sread)[.!]?$"
    r"|share\s(?:this|on)\b|(?:subscribe|sign\sup)\s(?:to|for|here|now|today)\b|click\shere\b|skip\sto\b|download\sour\b"
    r"|(?:support|join|get|follow)\s(?:us|our|today['’]s\s\w+)\s(?:newsletters?|work|journalism|community|essential|app|daily|free|on)\b"
    r"|(?:please\s(?:turn\son|enable)\s|show\skey\s|most\s(?:viewed|popular)|unsubscribe\b|privacy\spolicy|you\sare\sreceiving\sthis|view\sin\s"
    r"|did\sa\sfriend\sforward|our\sstandards:)|(?:[#@]\w+\s?)+$|(?:figure|fig|table|chart|map)\.?\s\d+[.:]?$"
    r"|(?:first\s|last\s)?(?:updated|published|posted|modified)(?:\s(?:at|on)|:)\s(?:[a-z]+,?\s)?\d[\w\s.,:]{2,30}$"
    r"|become\sa\s(?:member|subscriber|supporter)\b|©|copyright\s(?:©|\(c\)|\d{4})"
    r"|(?:editor['’]s\snote|corrections?|clarification|disclaimer)(?::|$))",
    re.IGNORECASE,
)
"""What a page says of itself or offers its readers."""
_LONGEST_CELL = 3
"""Words of a cell that is no sentence."""
_LOOKS_AHEAD = re.compile(
    r"(?:tomorrow\b|looking\sahead|coming\sup\b|still\sto\scome|what\s(?:to\swatch|comes\snext|is\snext)"
    rf"|(?:the|this)\s\w+\s(?:continues|resumes)\s(?:on\s(?:{WEEKDAY}|{DATE})|tomorrow\b)"
    r"|(?:on|over)\sthe\s(?:agenda|coming\sdays)|(?:in\sthe\s)?(?:coming|next)\s(?:days|weeks|week)\b|ahead:|next:|up\snext\b)",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\bwill\b|\b(?:is|are)\s(?:to|due|set|expected|scheduled)\b")
_TIME_LINE = re.compile(
    r"[\W]*(?:at\s)?\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.?\s?m\.?|h|hrs|hours)?(?:\s?(?:[-–—]|to)\s?\d{1,2}[:.]\d\d"
    r"(?:\s?[ap]\.?m\.?)?)?(?:\s(?:(?-i:[A-Z]{2,5})|utc|gmt|[ce]e?s?t|local(?:\stime)?))?[\W]*",
    re.IGNORECASE,
)
_DATE_AND_TIME = re.compile(
    r"(?:[A-Z][a-z]{2,8},?\s)?(?:\d{1,2}\s[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s\d{1,2})(?:,?\s\d{4})?,?\s(?:at\s)?"
    r"\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m)?[.:]?"
)
_DASHED = re.compile(r"[–—-]\s")
_LONGEST_HEADING = 100
_LEADING_WORDS = 3
_LEADS_TO = re.compile(
    r";$|\b(?:said|says?|tells?|told|wrote|writes|adds|added|is|are|was|were|has|have|then)\b|\d",
    re.IGNORECASE,
)
"""What leads to the words behind its colon: "The mayor said:"."""
_LONGEST_INTRODUCTION = 300


def reasons(body: list[Sentence], cued: list[bool], led: list[bool]) -> list[str]:
    """Beside each sentence why it is no happening, or an empty string.

    ``led`` tells which sentences have a lead-in to the day; ``cued`` which begin with a time of their own.
    """
    opening_ends = _opening_ends(body, led)
    closing = _closing(body, cued)
    with_headings = _has_headings(body)
    found = []
    for at, sentence in enumerate(body):
        own = _reason(sentence, cued[at], at < opening_ends, at in closing)
        signs = is_signed(sentence.text) and not _stands_in_list(body, at)
        if signs or is_footnote(sentence.text):
            own = CREDIT
        if not own and with_headings and _is_heading(sentence) and not cued[at] and at + 1 < len(body):
            own = HEADING
        found.append(own)
    return found


def _reason(sentence: Sentence, cued: bool, opens: bool, closes: bool) -> str:
    text = sentence.text[past_marks(sentence.text) :] or sentence.text
    if opens or _REPEATED.match(text):
        return OPENING
    if closes:
        return CLOSING
    heads = _heads(text) if sentence.alone else ""
    return heads or next((why for why, holds in _OWN if holds(text, cued)), "")


def _heads(text: str) -> str:
    """Why a paragraph that is no more than a date or a time is no happening."""
    if is_date_heading(text):
        return HEADING
    if _DATE_AND_TIME.fullmatch(text[:80]):
        return TIME_LINE
    is_time = re.search(r"\d", text[:12]) and _TIME_LINE.fullmatch(text[:60])
    return TIME_LINE if is_time else ""


def _stands_in_list(body: list[Sentence], at: int) -> bool:
    """Whether what begins with a dash is an item of a list: behind a colon, or beside another dash."""
    before, after = body[at - 1].text if at else "", body[at + 1].text if at + 1 < len(body) else ""
    return before.endswith(":") or any(_DASHED.match(text) for text in (before, after))


def _introduces(text: str, cued: bool) -> bool:
    return not cued and len(text) <= _LONGEST_INTRODUCTION and _INTRODUCES.match(text) is not None


def _is_furniture(text: str) -> bool:
    """Whether the page says it of itself, or offers it, or it is a row of a table with no sentence."""
    cells = text.split("|")
    is_row = len(cells) > 1 and all(len(cell.split()) <= _LONGEST_CELL for cell in cells)
    return is_row or _FURNITURE.match(text) is not None


def _looks_ahead(text: str, cued: bool) -> bool:
    return _LOOKS_AHEAD.match(text) is not None and bool(
        re.search(r"\b(?:will|to|is|are|due|continues|resumes)\b|:", text[:300])
    )


def is_to_come(text: str) -> bool:
    """Whether ``text``, which opens with a later day, says what that will bring."""
    return _TO_COME.search(text, 0, 300) is not None


def _is_fragment(text: str, cued: bool) -> bool:
    return not re.search(r"\w\W+\w", text[:200])


def _opening_ends(body: list[Sentence], led: list[bool]) -> int:
    """The opening is what stands before the day's lead-in, where it begins as such openings do."""
    for at in range(min(len(body), LEAD_IN_REACH)):
        if led[at] and not _is_closing(body[at].text):
            return at if any(_REPEATED.match(sentence.text) for sentence in body[:at]) else 0
    return 0


def _closing(body: list[Sentence], cued: list[bool]) -> set[int]:
    """The closing summary: such sentences after the last time told, and what the last paragraph adds."""
    last_cued = max((at for at, has_cue in enumerate(cued) if has_cue), default=-1)
    late = range(max(last_cued + 1, len(body) // 2, 1), len(body))
    found = {at for at in late if _is_closing(body[at].text)}
    if found and body[min(found)].paragraph == body[-1].paragraph and _names_the_day(body[min(found)].text):
        found |= set(range(min(found), len(body)))
    return found


def _names_the_day(sentence: str) -> bool:
    return bool(_OF_THE_DAY.search(sentence, 0, 200))


def _is_closing(sentence: str) -> bool:
    if not _CLOSES.match(sentence):
        return False
    return bool(_SUMS_UP.match(sentence) or _OF_THE_DAY.search(sentence, 0, 200))


_OWN = (
    (CREDIT, lambda text, cued: is_credit(text)),
    (FURNITURE, lambda text, cued: not cued and _is_furniture(text)),
    (INTRODUCTION, _introduces),
    (CLOSING, lambda text, cued: not cued and _SIGNS_OFF.match(text) is not None),
    (OUTLOOK, _looks_ahead),
    (FRAGMENT, _is_fragment),
    (TOTAL, is_total),
)
"""What a sentence may be by itself, most certain first."""


def _has_headings(body: list[Sentence]) -> bool:
    """Whether most paragraphs end as sentences do, so that one which does not is a heading."""
    endings = [ends_sentence(sentence.text) for sentence in body]
    return bool(body) and sum(endings) * 3 >= len(endings)


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text
    if not sentence.alone or ends_sentence(text) or len(text) > _LONGEST_HEADING:
        return False
    return text[-1:] not in ":;" or (text.count(" ") < _LEADING_WORDS and not _LEADS_TO.search(text))
