"""Reads a daily digest in plain prose: which day it tells, and one passage for each happening.

Pure: text in, `Digest` out; nothing here knows Django or a database. The rules of a passage:

- A passage is one sentence, or two when the second only goes on from the first in the same paragraph:
  it has no cue of its own and begins with "He stressed", "She also said", "It is", "This was", with a
  name of the first and "also said", or with "At the same time, not only".
- Its cue is the one it begins with, else one further inside or at its end; else the cue of the passage
  before is carried on ("Meanwhile" and "At the same time" say so themselves).
- Words that lead to another day ("the day before at 23:00") hold for their passage only.
- What is no happening (`events.importers.framing`) is kept in its place with the reason.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chronicle.clock import Calendar, Clock
from chronicle.wording import day_words, days_words
from events import moments
from events.importers.digest import framing
from events.importers.digest.cues import Cue, cue_in, earlier_day, inner_cue, opening_cue, past_connectives
from events.importers.digest.dating import LEAD_IN_REACH, LeadIn, Undecided, agrees, day_of, lead_in
from events.importers.digest.headlines import headline
from events.importers.digest.heads import Head, head_of
from events.importers.digest.sentences import Sentence, sentences

LONGEST_TEXT = 2_000_000
"""The most characters that are read: far more than any article has."""
MOST_SENTENCES = 3000

_SPOKE = (
    r"(?:stress|emphasi[sz]|underlin|not|add|stat|recall|call|explain|den[iy]|thank|promis|warn|point|assur|insist|claim"
    r"|demand|express|accus|condemn|congratulat|remind|propos|argu|announc|declar|admit|acknowledg|urg|ask|describ)\w*"
    r"|said|says|told|tells|spoke"
)
_GOES_ON = re.compile(
    rf"(?:he|she|they|it)\s(?:(?:also|then|further|in\sparticular|has|had|have)\s)?(?:{_SPOKE})\b"
    rf"|(?:in\s(?:his|her|their)\swords|according\sto\s(?:him|her|them))\b"
    r"|at\sthe\ssame\stime,?\snot\sonly\b"
    r"|(?:it|this|that)\s(?:is|was)\s(?!(?:\w+ly\s|also\s)?(?:reported|revealed|announced|calculated|known|learned|noted"
    r"|stated|said|stressed|emphasi|confirmed|recorded|established|claimed|alleged|clear)\w*)",
    re.IGNORECASE,
)
_NAME_GOES_ON = re.compile(rf"(?P<name>[^\W\d_]\w+)\s(?:also|then|further)\s(?:{_SPOKE})\b")
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CONTROLS = dict.fromkeys([*range(1, 9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160)], " ")


class Unreadable(ValueError):
    """The input is no prose that can be read; the text of it is a sentence that says why."""


@dataclass(frozen=True)
class Story:
    """What the reader needs to know of a chronicle."""

    clock: Clock
    calendar: Calendar


@dataclass(frozen=True)
class Passage:
    """A sentence (or two that belong together) of a digest and what was read in it."""

    number: int
    text: str
    """The quote: the words of the text, white space evened out."""
    headline: str
    phrase: str
    """What `moments.read` reads as its moment; empty for some time that day."""
    cue: str
    """The words of the text that say when; those of an earlier passage when ``carried``."""
    carried: bool
    is_event: bool
    why_not: str


@dataclass(frozen=True)
class Digest:
    """One article about one day. ``evidence`` is the words that say which."""

    day: date
    day_number: int
    head_date: date | None
    title: str
    passages: tuple[Passage, ...]
    evidence: str
    fingerprint: str
    """SHA-256 of the text without head line and title, white space and quotation marks evened out."""


@dataclass(frozen=True)
class _Timing:
    """The cue of one sentence, and where the happening begins and ends in its words."""

    cue: Cue | None
    elsewhere: Cue | None
    at_opening: bool
    begins: int
    ends: int


def read(text: str, story: Story, *, day: date | None = None) -> Digest:
    """Read ``text`` for ``story``; ``day`` is a person's decision, which nothing in the text overrules.

    Raises `Undecided` when the day is not certain and none is given, `Unreadable` for what is no prose.
    """
    head = head_of(_cleaned(text))
    body = sentences(head.body)
    if not body:
        raise Unreadable("There is no text below the head line.")
    if len(body) > MOST_SENTENCES:
        raise Unreadable(
            f"The text has {len(body):,} sentences; give one article, of at most {MOST_SENTENCES:,}."
        )
    day, evidence = _decided(day, head, body, story.calendar)
    number = story.calendar.number_of(day)
    leads = [lead_in(sentence.text) for sentence in body[:LEAD_IN_REACH]]
    kept = [lead if lead and agrees(lead, day, number) else None for lead in leads]
    kept += [None] * (len(body) - len(kept))
    return Digest(
        day=day,
        day_number=number,
        head_date=head.day,
        title=head.title,
        passages=tuple(_passages(body, kept, day, story.clock)),
        evidence=evidence,
        fingerprint=_fingerprint(head.body),
    )


def _cleaned(text: str) -> str:
    """``text`` without control and direction-overriding characters; refused when it is no text."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read.")
    if "\0" in text:
        raise Unreadable("This is no plain text: it holds NUL characters. Save the article as UTF-8 text.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable("This is no valid text: it holds half characters. Save the article as UTF-8 text.")
    text = text.translate(_OVERRIDES).translate(_CONTROLS)
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text)
    if not text.strip():
        raise Unreadable("There is no text to read.")
    return text


def _decided(day: date | None, head: Head, body: list[Sentence], calendar: Calendar) -> tuple[date, str]:
    if day is None:
        return day_of(head.title, body, head.day, calendar)
    if not calendar.holds(day):
        raise Undecided(
            f"{day_words(day)} is not a day of the chronicle, which {days_words(calendar)}:"
            " give another date."
        )
    return day, f"{day_words(day)}, as given"


def _passages(body: list[Sentence], leads: list[LeadIn | None], day: date, clock: Clock) -> Iterator[Passage]:
    timings = [_timing(sentence.text, lead, day) for sentence, lead in zip(body, leads, strict=True)]
    cued = [timing.at_opening for timing in timings]
    reasons = framing.reasons(body, cued, [lead is not None for lead in leads])
    phrase_of = _phrases_in_order(day, clock)
    last: Cue | None = None
    at = number = 0
    while at < len(body):
        sentence, timing, why_not = body[at], timings[at], reasons[at]
        text, at, number = sentence.text, at + 1, number + 1
        if not why_not and at < len(body) and not reasons[at] and _goes_on(sentence, body[at], timings[at]):
            text, at = f"{text} {body[at].text}", at + 1
        framed = why_not in (framing.OPENING, framing.CLOSING, framing.HEADING)
        own = None if framed else timing.cue or timing.elsewhere
        cue = None if framed else own or last
        yield Passage(
            number=number,
            text=text,
            headline=headline(sentence.text, timing.begins, timing.ends),
            phrase="" if framed else phrase_of(timing.elsewhere or cue, last),
            cue=cue.words if cue else "",
            carried=cue is not None and own is None,
            is_event=not why_not,
            why_not=why_not,
        )
        if timing.cue and not framed:
            last = timing.cue


def _timing(text: str, lead: LeadIn | None, day: date) -> _Timing:
    begins = past_connectives(text)
    cue = None
    if lead:
        begins = past_connectives(text, lead.ends)
        cue = cue_in(lead.before, day) if lead.before.strip() else None
    opening = opening_cue(text, day, begins)
    if opening:
        begins = opening.ends
    begins_so = opening is not None or cue is not None
    if opening and opening.elsewhere:
        return _Timing(cue, opening, True, begins, len(text))
    cue = opening or cue
    elsewhere = earlier_day(text, day, begins)
    inner = None if cue or elsewhere else inner_cue(text, day, begins)
    at_end = inner is not None and not re.search(r"\w", text[inner.ends : inner.ends + 10])
    ends = inner.begins if inner and at_end else len(text)
    return _Timing(cue or inner, elsewhere, begins_so, begins, ends)


def _goes_on(first: Sentence, second: Sentence, timing: _Timing) -> bool:
    """Whether ``second`` only goes on from ``first``: the rules are in the module's docstring."""
    if first.paragraph != second.paragraph or timing.cue or timing.elsewhere:
        return False
    if _GOES_ON.match(second.text):
        return True
    named = _NAME_GOES_ON.match(second.text)
    return named is not None and re.search(rf"\b{re.escape(named['name'])}\b", first.text) is not None


def _phrases_in_order(day: date, clock: Clock) -> Callable[[Cue | None, Cue | None], str]:
    """A chooser of a cue's phrase, given the cue before it: the first that `moments.read` can read.

    A digest tells its day in order: "at night" after the afternoon or the evening is the end of the
    day, not its first hours. Phrases are read once each.
    """
    noon = clock.part_bounds(day, "afternoon")[0]

    @lru_cache(maxsize=1000)
    def moment(phrase: str) -> moments.Moment | None:
        try:
            return moments.read(phrase, told_on=day, clock=clock)
        except moments.Unreadable:
            return None

    def first_read(phrases: tuple[str, ...]) -> str:
        return next((phrase for phrase in phrases if moment(phrase)), "")

    def phrase_of(cue: Cue | None, before: Cue | None) -> str:
        if cue is None:
            return ""
        phrase = first_read(cue.phrases)
        if before and phrase.endswith("at night") and not cue.elsewhere:
            last = moment(first_read(before.phrases))
            if last and noon <= last.earliest:
                return "late in the evening"
        return phrase

    return phrase_of


def _fingerprint(body: str) -> str:
    words = unicodedata.normalize("NFKC", " ".join(body.split()))
    for marks, plain in (("‘’ʼ`´", "'"), ("“”„«»", '"')):
        words = re.sub(f"[{marks}]", plain, words)
    return hashlib.sha256(words.encode()).hexdigest()
