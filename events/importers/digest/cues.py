"""Cues in a sentence that say when: "In the morning", "After 11:00 am", "the day before at 23:00".

A cue keeps the words as they stand and offers phrases for `events.moments.read`, the most exact
first: the reader takes the first that can be read. Searches look at a bounded stretch of the
sentence, so that a sentence of a megabyte costs no more than a long one.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from events.importers.digest.dates import DATE
from events.importers.digest.phrasing import (
    AT_THAT,
    BEFORE,
    CLOCK,
    HOUR_OF_SKY,
    PART,
    PLAIN_CLOCK,
    SHADE,
    WAY,
    Phrases,
    at_clock,
    at_sky,
    between,
    day_before,
    fixed,
    in_part,
    near_part,
    on_date,
    whole,
)

_LOOK = 1000


@dataclass(frozen=True)
class Cue:
    """Words that say when, where they stand, and what to ask of moments for them."""

    words: str
    phrases: tuple[str, ...]
    begins: int
    ends: int
    elsewhere: bool = False
    """Whether it leads to another date, for this sentence only; the next goes on from the cue before."""


_RAW: tuple[tuple[str, Phrases, bool], ...] = (
    (rf"(?P<before>{BEFORE}){AT_THAT}", day_before, True),
    (
        rf"(?:(?P<part>(?:(?:on|in|during)\sthe\s{SHADE}?{PART}\s(?:of|from)|(?:on\s)?{SHADE}?{PART}\sof)\s)"
        r"|on\s|(?=[^,:]{1,24}[,:]))"
        rf"(?P<date>{DATE})(?P<to>\s?(?:[-–—]|to(?:\s\w+)?)\s?\d{{1,2}}\b)?",
        on_date,
        True,
    ),
    (rf"between\s(?P<first>{CLOCK}|\d\d?)\s(?:and|to)\s(?P<second>{CLOCK})", between, False),
    (rf"from\s(?P<first>{CLOCK})\s(?:to|until|till)\s(?P<second>{CLOCK})", between, False),
    (rf"(?P<way>{WAY})?(?P<clock>{CLOCK})", at_clock, False),
    (
        r"(?:(?:early|late|later|again|already)\s)?(?:in|on)\s(?:the|that)\s(?:very\s)?"
        rf"{SHADE}?(?:hours\sof\sthe\s)?{PART}(?:\shours)?|{SHADE}{PART}|{SHADE}at\snight|at\snight|this\s{PART}|to-?night"
        rf"|at\sthat\snight|under\s(?:the\s)?cover\sof\s(?:night|darkness)",
        in_part,
        False,
    ),
    (r"overnight", fixed("overnight"), False),
    (
        r"(?:all|throughout(?:\sthe)?|through\sthe|the\swhole|the\sentire|all\sthrough\sthe|during\sthe)\s"
        rf"(?P<part>{PART}|day)(?:\slong)?",
        whole,
        False,
    ),
    (
        r"(?P<way>by|before|after|towards?|until|till|around|about)\s(?:the\s)?"
        rf"{SHADE}?(?P<part>{PART}|nightfall)",
        near_part,
        False,
    ),
    (rf"(?P<way>{WAY})?(?:the\s)?(?P<sky>{HOUR_OF_SKY})", at_sky, False),
)
_TABLE = tuple(
    (re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), make, elsewhere) for pattern, make, elsewhere in _RAW
)
_TIME = r"(?:almost\s)?at\s(?:about\s)?(?:the\ssame|this|that)\stime|by\sth(?:is|at)\s(?:time|moment)"
_CONNECTIVE = re.compile(
    rf"(?:(?:meanwhile|in\sthe\smeantime|{_TIME}|(?:almost\s)?simultaneously|also|later"
    r"|soon(?!\s(?:after|before))|(?:soon|shortly|immediately)\safter(?:wards|(?=,)))\b,?\s"
    r"|(?:then|in\saddition|moreover|besides|in\sturn|next|after\sthat|afterwards|again|as\swell"
    r"|on\sthe\sother\shand|so|and|but)\b,\s)",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"(?<![\w-])(?:(?P<way>{WAY})(?P<clock>{PLAIN_CLOCK}|noon\b|midnight\b)"
    rf"|(?P<range>between\s(?P<first>{CLOCK})\sand\s(?P<second>{CLOCK}))"
    rf"|(?P<words>{SHADE}?in\sthe\s{SHADE}?{PART}(?!\sof\b)|this\s{PART}|at\s(?:dawn|night)"
    r"|(?:all|throughout\sthe|during\sthe)\s(?:night|day)"
    r"|(?<!the\s)(?<!an\s)(?<!of\s)overnight"
    r"(?=[.,;:!?…)]|$|\s(?:in|on|by|from|at|to|and|near|into|the|against)\b)))(?!\w)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"(?<![\w-])(?P<before>{BEFORE}){AT_THAT}"
    r"(?(at)(?!\w)|(?=[.,;:!?…)–—]|\s[–—-]|$|\s(?:and|that|when|which|in|at|from|by)\b))",
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(rf"\s(?:of|on)\s(?:[^,.;:]{{0,40}}\bday\b|{DATE})", re.IGNORECASE)
_PAUSE = re.compile(r",?\s+")
_MEASURE = re.compile(
    r"\s?(?:%|per\s?cent|million|billion|thousand|km|kilomet|metre|meter|ton)", re.IGNORECASE
)
_THAT_DAY = ("", "overnight", "at night", "in the morning", "in the afternoon", "in the evening")
_AUXILIARY = re.compile(r"\b(?:had|was|were|did|has|have)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"(?:\w+ed|\w+en|made|held|shot|hit|built|sent|led|begun|done|dealt)\s*$", re.IGNORECASE
)


def past_connectives(sentence: str, begins: int = 0) -> int:
    """Where the sentence proper begins, past "Meanwhile," and its like, which carry the last cue on."""
    for _ in range(3):
        match = _CONNECTIVE.match(sentence, begins)
        if not match:
            break
        begins = match.end()
    return begins


def opening_cue(sentence: str, told_on: date, begins: int = 0) -> Cue | None:
    """The cue with which the sentence begins (after connectives), read for the day that tells it.

    After the date that the text tells anyway ("On November 8, in the morning") what follows it counts.
    """
    begins = past_connectives(sentence, begins)
    cue = _cue_at(sentence, told_on, begins)
    if cue and cue.phrases == ("",):
        pause = _PAUSE.match(sentence, cue.ends)
        return (_cue_at(sentence, told_on, pause.end()) if pause else None) or cue
    return cue


def _cue_at(sentence: str, told_on: date, begins: int) -> Cue | None:
    for pattern, make, leads_away in _TABLE:
        match = pattern.match(sentence, begins, begins + _LOOK)
        if match and not _MEASURE.match(sentence, match.end()):
            phrases = make(match, told_on)
            cue = _cue(match, phrases, elsewhere=leads_away and phrases[0] not in _THAT_DAY)
            rest = _OF_THE_DAY.match(sentence, cue.ends)
            return replace(cue, ends=rest.end()) if rest else cue
    return None


def inner_cue(sentence: str, told_on: date, begins: int = 0) -> Cue | None:
    """The first cue further inside the sentence or at its end: "…fell back at 3 pm", "…overnight."."""
    for start, stop in _stretches(sentence, begins):
        match = _INSIDE.search(sentence, start, stop)
        if not match:
            continue
        if match["clock"]:
            return _cue(match, at_clock(match, told_on))
        if match["range"]:
            return _cue(match, between(match, told_on))
        cue = opening_cue(match["words"], told_on)
        return _cue(match, cue.phrases) if cue else None
    return None


def earlier_day(sentence: str, told_on: date, begins: int = 0) -> Cue | None:
    """A cue inside the sentence that puts the happening itself on an earlier day.

    "They had spoken by telephone the day before" does; "the missiles fired the day before were
    found" does not: there the words tell when another thing happened. The sign is a finite verb
    (had, was, were, did, has) in the same clause before the words, a time of day with them, or that
    they end the clause with no participle just before.
    """
    for start, stop in _stretches(sentence, begins):
        match = _ELSEWHERE.search(sentence, start, stop)
        if match is None:
            continue
        before = sentence[max(start, match.start() - 150) : match.start()]
        clause = re.split(r"[.,;:(–—]|\b(?:that|which|who)\b", before)[-1]
        final = sentence[match.end() : match.end() + 1] in (".", "!", "…", "")
        active = final and not _PARTICIPLE.search(before)
        if _AUXILIARY.search(clause) or match["at"] or active:
            return _cue(match, day_before(match, told_on), elsewhere=True)
    return None


def cue_in(words: str, told_on: date) -> Cue | None:
    """The cue in the words that lead to a day: "In the early morning of", "On the night of"."""
    return opening_cue(re.sub(r"(?i)\s*(?:\bof)?(?:\s+the)?\s*$", "", words), told_on)


def _stretches(sentence: str, begins: int) -> list[tuple[int, int]]:
    end = len(sentence)
    if end - begins <= 2 * _LOOK:
        return [(begins, end)]
    return [(begins, begins + _LOOK), (end - _LOOK, end)]


def _cue(match: re.Match[str], phrases: tuple[str, ...], *, elsewhere: bool = False) -> Cue:
    words = match[0].strip(" ,")
    return Cue(words, tuple(dict.fromkeys(phrases)), match.start(), match.end(), elsewhere)
