"""The passages of a digest, in the order of its text. The rules:

- A passage is one sentence, or two when the second only goes on from the first in the same paragraph:
  it has no cue of its own and begins with "He stressed", "She also said", "It is", "This was", with a
  name of the first and "also said", or with "At the same time, not only".
- Its time is what its own words say (``timing``), else what holds on (``carrying``), else some time that day.
- What is no happening (``framing``) is kept in its place with the reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from chronicle.wording import day_words
from events.importers.digest import framing
from events.importers.digest.carrying import Order, When
from events.importers.digest.dating import LeadIn
from events.importers.digest.headlines import headline
from events.importers.digest.sentences import Sentence
from events.importers.digest.tenses import looks_back
from events.importers.digest.timing import Timer, Timing

_SPOKE = (
    r"(?:stress|emphasi[sz]|underlin|not|add|stat|recall|call|explain|den[iy]|thank|promis|warn|point|assur|insist|claim"
    r"|demand|express|accus|condemn|congratulat|remind|propos|argu|announc|declar|admit|acknowledg|urg|ask|describ)\w*"
    r"|said|says|told|tells|spoke"
)
_GOES_ON = re.compile(
    rf"(?:he|she|they|it)\s(?:(?:also|then|further|in\sparticular|has|had|have)\s)?(?:{_SPOKE})\b"
    rf"|(?:in\s(?:his|her|their)\swords|according\sto\s(?:him|her|them))\b"
    r"|at\sthe\ssame\stime,?\snot\sonly\b"
    # "It was decided to …" is another happening, "It was the third call" is not.
    r"|(?:it|this|that)\s(?:is|was)\s(?!(?:\w+ly\s|also\s|then\s|later\s)?(?:\w+ed\b|\w+en\b|known|clear|said|made"
    r"|held|found|set|put|met|sent|told|built|shot|hit|brought|left|lost|read|cut|shut|begun|done|here|there|at|in|on))",
    re.IGNORECASE,
)
_NAME_GOES_ON = re.compile(rf"(?P<name>[^\W\d_]\w+)\s(?:also|then|further)\s(?:{_SPOKE})\b")


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
    note: str = ""
    """What the editor should look at: time words that are not understood, two clock times."""
    clocks: tuple[str, ...] = ()
    """The clock times of its sentence, where there are several."""


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
    body: list[Sentence],
    leads: list[LeadIn | None],
    timer: Timer,
    aside: frozenset[int],
    *,
    carries: bool = True,
    first: int = 1,
) -> Iterator[Passage]:
    """The passages of ``body``; ``leads`` has the lead-in to the day of each sentence that has one.

    ``aside`` are the paragraphs under the heading of another day; without ``carries`` no time holds on.
    They are counted from ``first``.
    """
    order = Order(timer, carries=carries)
    for number, told in enumerate(_together(_sentences_told(body, leads, timer, aside)), first):
        yield _passage(number, told, _when(told, order), timer.told_on)


def piece(whole: Passage, text: str, timer: Timer, *, leads: bool) -> Passage:
    """The part ``text`` of ``whole``, cut out by a person, with the time that its own words tell.

    The first, which ``leads``, keeps the time of the whole where that stood outside its words.
    """
    timing = timer.timing_of(text, None)
    own = timing.own or timing.opening
    when = When(own.phrase, own.words) if own else When()
    if leads and own is None and whole.cue not in whole.text:
        when = When(whole.phrase, whole.cue, whole.carried)
    return replace(
        whole,
        text=text,
        headline=headline(text, timing.begins, timing.ends),
        phrase=when.phrase,
        cue=when.cue,
        carried=when.carried,
        note=f"“{timing.unread}” is not understood" if timing.unread else "",
        clocks=timing.several_clocks,
    )


def _when(told: _Told, order: Order) -> When:
    if told.why_not == framing.TIME_LINE:
        order.heading(told.timing, told.sentence.paragraph)
        return When()
    if told.is_frame:
        # It stands outside the order of the day: no cue of it holds, there or further on.
        order.stop()
        return When()
    return order.when(told.timing, told.sentence.paragraph, holds=not looks_back(told.sentence.text))


def _sentences_told(
    body: list[Sentence], leads: list[LeadIn | None], timer: Timer, aside: frozenset[int]
) -> Iterator[_Told]:
    timings = [timer.timing_of(sentence.text, lead) for sentence, lead in zip(body, leads, strict=True)]
    cued = [timing.opening is not None for timing in timings]
    reasons = framing.reasons(body, cued, [lead is not None for lead in leads])
    for sentence, timing, why_not in zip(body, timings, reasons, strict=True):
        why_not = framing.ANOTHER_DAY if sentence.paragraph in aside else why_not
        if not why_not and timing.own and timing.own.moment.happened_on > timer.told_on:
            why_not = framing.OUTLOOK if framing.is_to_come(sentence.text) else ""
        yield _Told(sentence, timing, why_not, sentence.text)


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
    if second.timing.own or second.timing.unread:
        return False
    if _GOES_ON.match(second.text):
        return True
    named = _NAME_GOES_ON.match(second.text)
    return named is not None and re.search(rf"\b{re.escape(named['name'])}\b", first.text) is not None


def _ahead(timing: Timing, told_on: date) -> str:
    """Says that a time was read as one after the day told, of which no report can know."""
    clue = timing.own
    if clue is None or clue.moment.happened_on <= told_on:
        return ""
    return f"“{clue.words}” is read as {day_words(clue.moment.happened_on)}, after the day that tells it"


def _aside(timing: Timing) -> str:
    """Says that a time of the sentence was not taken for its own."""
    beside = "" if timing.own or timing.unread else timing.aside
    beside = timing.contradicting or beside
    return f"“{beside}” is not taken for its time" if beside else ""


def _passage(number: int, told: _Told, when: When, told_on: date) -> Passage:
    timing, text = told.timing, told.sentence.text
    begins, ends = (0, len(text)) if told.why_not == framing.HEADING else (timing.begins, timing.ends)
    return Passage(
        number=number,
        text=told.text,
        headline=headline(text, begins, ends),
        phrase=when.phrase,
        cue=when.cue,
        carried=when.carried,
        is_event=not told.why_not,
        why_not=told.why_not,
        note="; ".join(filter(None, (when.note, _aside(timing), _ahead(timing, told_on)))),
        clocks=timing.several_clocks,
    )
