"""The passages of a digest, in the order of its text. The rules:

- A passage is one sentence, or two when the second only goes on from the first in the same paragraph:
  it has no cue of its own and begins with "He stressed", "She also said", "It is", "This was", with a
  name of the first and "also said", or with "At the same time, not only".
- Its cue is the one it begins with, else one further inside or at its end; else the cue of the passage
  before is carried on ("Meanwhile" and "At the same time" say so themselves).
- Words that lead to another day ("the day before at 23:00") hold for their passage only.
- What is no happening (``framing``) is kept in its place with the reason.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from chronicle.clock import Clock
from events import moments
from events.importers.digest import framing
from events.importers.digest.cues import Cue
from events.importers.digest.dating import LeadIn
from events.importers.digest.headlines import headline
from events.importers.digest.sentences import Sentence
from events.importers.digest.timing import Timing, timing_of

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

_ChoosePhrase = Callable[[Cue | None, Cue | None], str]


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
class _Told:
    """A sentence with what was found in it; ``text`` is its words and those that go on from it."""

    sentence: Sentence
    timing: Timing
    why_not: str
    text: str

    @property
    def is_frame(self) -> bool:
        return self.why_not in framing.FRAME


def passages(
    body: list[Sentence], leads: list[LeadIn | None], told_on: date, clock: Clock
) -> Iterator[Passage]:
    """The passages of ``body``; ``leads`` has the lead-in to ``told_on`` of each sentence that has one."""
    phrase_of = _phrases_in_order(told_on, clock)
    last: Cue | None = None
    for number, told in enumerate(_together(_sentences_told(body, leads, told_on)), 1):
        yield _passage(number, told, None if told.is_frame else last, phrase_of)
        last = told.timing.cue or last


def _sentences_told(body: list[Sentence], leads: list[LeadIn | None], told_on: date) -> Iterator[_Told]:
    timings = [timing_of(sentence.text, lead, told_on) for sentence, lead in zip(body, leads, strict=True)]
    cued = [timing.at_opening for timing in timings]
    reasons = framing.reasons(body, cued, [lead is not None for lead in leads])
    for sentence, timing, why_not in zip(body, timings, reasons, strict=True):
        told = _Told(sentence, timing, why_not, sentence.text)
        if told.is_frame:
            # It stands outside the order of the day: no cue of it holds, there or further on.
            told = replace(told, timing=replace(timing, cue=None, elsewhere=None))
        yield told


def _together(sentences: Iterator[_Told]) -> Iterator[_Told]:
    """Each sentence, or it and the next as one where the next only goes on from it; never three."""
    held: _Told | None = None
    for told in sentences:
        if held and _goes_on(held, told):
            yield replace(held, text=f"{held.text} {told.text}")
            held = None
            continue
        if held:
            yield held
        held = told
    if held:
        yield held


def _goes_on(first: _Told, second: _Told) -> bool:
    """Whether ``second`` only goes on from ``first``: the rules are in the module's docstring."""
    if first.why_not or second.why_not or first.sentence.paragraph != second.sentence.paragraph:
        return False
    if second.timing.cue or second.timing.elsewhere:
        return False
    if _GOES_ON.match(second.text):
        return True
    named = _NAME_GOES_ON.match(second.text)
    return named is not None and re.search(rf"\b{re.escape(named['name'])}\b", first.text) is not None


def _passage(number: int, told: _Told, before: Cue | None, phrase_of: _ChoosePhrase) -> Passage:
    """``told`` as a passage; ``before`` is the cue that is carried on where it has none of its own."""
    timing = told.timing
    own = timing.cue or timing.elsewhere
    cue = own or before
    return Passage(
        number=number,
        text=told.text,
        headline=headline(told.sentence.text, timing.begins, timing.ends),
        phrase=phrase_of(timing.elsewhere or cue, before),
        cue=cue.words if cue else "",
        carried=cue is not None and own is None,
        is_event=not told.why_not,
        why_not=told.why_not,
    )


def _phrases_in_order(day: date, clock: Clock) -> _ChoosePhrase:
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
            if last and noon <= (last.latest if last.open_start else last.earliest):
                return "late in the evening"
        return phrase

    return phrase_of
