"""When one sentence happens, as its own words say it; the grammar of these is that of ``events.moments``."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chronicle.clock import Clock
from events import moments
from events.importers.digest.dating import LeadIn
from events.importers.digest.marks import with_marks_blank
from events.importers.digest.tenses import PAST, is_in_present
from events.moments.attempts import moment_of
from events.moments.finding import Found, Place, find
from events.moments.unread import unread_opening

_TIME = r"(?:almost\s)?at\s(?:about\s)?(?:the\ssame|this|that)\stime|by\sth(?:is|at)\s(?:time|moment)"
_CONNECTIVE = re.compile(
    rf"(?:(?:meanwhile|in\sthe\smeantime|{_TIME}|(?:almost\s)?simultaneously|also|later"
    r"|soon(?!\s(?:after|before))|(?:soon|shortly|immediately)\safter(?:wards|(?=,)))\b,?\s"
    r"|(?:then|in\saddition|moreover|besides|in\sturn|next|after\sthat|afterwards|again|as\swell"
    r"|on\sthe\sother\shand|so|and|but)\b,\s)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:\s?\((?!\d)[A-Z][^()]{1,200}(?:\([^()]{0,60}\)[^()]{0,60})?\)[.!?]?)+$")
"""The credits at the end, of which one may be "(The Sunday Times)"."""
_CREDIT_REACH = 600
_WAS = re.compile(r"\b(?:was|were|had|did)\b[^,;:]*$")
_JOINED = re.compile(r"(?:and|but|so|then|yet)\s", re.IGNORECASE)
_STUMP = re.compile(
    r"(?:began|started|opened|dawned|broke|passed|ended|closed|was|saw|brought|turned)\b", re.I
)
_TO_COLON = re.compile(r"[^:.;]{0,80}:\s")
_PAUSE = re.compile(
    r"(?:\s\(?local\stime\)?)?(?:\s\([\d:.]{1,5}\s?(?:UTC|GMT)\))?(?:\s(?:günü|arasında))?(?:\son(?=,))?"
    r"(?:\.(?=\s))?[\s,:;|)\]–—-]*",
    re.IGNORECASE,
)
_DAWN, _TO_DAY = 6, re.compile(r"[-–—]|\b(?:to|and|into)\b")
_CLOCK = re.compile(
    r"(?:\bat\s\d{1,2}[:.]|[(\[]\d{1,2}:|,\s\d{1,2}:)\d\d\b(?![.:%]?\d)(?:\s[A-Z]{2,4}\b)?(?!\s(?:per\s?cent|met|m\b|k|d|e|p))"
)
_AT = re.compile(r"at\s(?=\d|noon\b|midnight\b|about\b|around\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Clue:
    """Words that say when, and the phrase for ``events.moments.read`` that means the same."""

    words: str
    phrase: str
    moment: moments.Moment
    has_clock: bool


@dataclass(frozen=True)
class Timing:
    """What a sentence says of when. ``begins`` and ``ends`` bound the happening in its words."""

    own: Clue | None = None
    """The clue that holds for it."""
    opening: Clue | None = None
    """The clue that holds on from it, where it opens the sentence."""
    begins: int = 0
    ends: int = 0
    unread: str = ""
    """Time words at its beginning that are not understood."""
    clocks: tuple[str, ...] = ()
    """Every clock time of the sentence."""
    aside: str = ""
    """A time, by the clock or at the opening, that may be that of something else than the sentence tells."""
    contradicting: str = ""
    """A clock time that cannot lie in the part of the day that opens the sentence."""

    @property
    def several_clocks(self) -> tuple[str, ...]:
        return self.clocks if len(self.clocks) > 1 else ()

    @property
    def cued(self) -> bool:
        return self.opening is not None or (self.own is not None and bool(self.own.words))


@dataclass(frozen=True)
class Timer:
    """Reads the times of the sentences of one day."""

    told_on: date
    clock: Clock
    language: str = ""
    """The code of that of the text, if it is another than English."""
    in_present: bool = False
    """Whether the text tells its day in the present tense, so that a day gone by is told besides."""

    def timing_of(self, text: str, lead: LeadIn | None) -> Timing:
        """What the sentence ``text``, which begins with ``lead``, says of when."""
        text = text if lead else with_marks_blank(text)
        begins, found = self._opening(text, past_connectives(text, _past_lead(text, lead)))
        inside = [one for one in found if one.place is Place.INSIDE and not self._is_aside(text, one)]
        clocks = tuple(one.words for one in found if one.has_clock)
        if found and found[0].place is Place.OPENS:
            return replace(self._opened(text, found[0], inside), clocks=clocks)
        timing = self._not_opened(text, begins, inside, lead, _contradiction(found, begins))
        return replace(timing, clocks=clocks, aside=_aside(found, begins) or _unread_clock(text, found))

    def _not_opened(
        self, text: str, begins: int, inside: list[Found], lead: LeadIn | None, contradiction: str
    ) -> Timing:
        own, ends = self._inner(text, inside)
        led = self._led(lead) if lead else None
        if led:
            elsewhere = own if own and own.moment.happened_on != self.told_on else None
            return Timing(elsewhere or led, led, begins, len(text))
        unread = contradiction or unread_opening(text, begins)
        if unread:
            return Timing(own, None, begins, len(text), unread)
        return Timing(own, None, begins, ends)

    def _opened(self, text: str, opening: Found, inside: list[Found]) -> Timing:
        clue = self.clue(opening)
        begins = _past_pause(text, opening.ends)
        dated = self._at_hour(clue, opening, inside)
        if _is_away(clue, self.told_on):
            return Timing(dated, None, begins, len(text))
        moved = self._looked_back_at(opening, inside) if dated is clue else None
        own = replace(self.clue(moved), words=opening.words) if moved else dated
        return self._at_its_hour(Timing(own, dated, begins, len(text)), opening, inside)

    def _looked_back_at(self, opening: Found, inside: list[Found]) -> Found | None:
        # A clock time that opens is that of the report, whatever the report looks back at.
        away = (one for one in inside if one.has_date and self._leads_away(one))
        return None if opening.has_clock else next(away, None)

    def _at_its_hour(self, timing: Timing, opening: Found, inside: list[Found]) -> Timing:
        hour = _hour_in_part(opening, inside)
        if hour and (exact := self._at(opening, hour)):
            return replace(timing, own=exact)
        return replace(timing, contradicting=hour.words if hour else "")

    def _at_hour(self, clue: Clue, opening: Found, inside: list[Found]) -> Clue:
        """ "On 15 May, the general met the envoy at 17:00": the date that opens is that of the clock."""
        if not opening.has_date or opening.has_clock or not _is_whole_day(clue.moment):
            return clue
        hour = next((one for one in inside if not one.has_date), None)
        return self._on_date(opening, hour) or clue

    def _at(self, opening: Found, hour: Found) -> Clue | None:
        """The clock time of ``hour``, in as few words as tell it; None where ``opening`` contradicts it."""
        alone, phrase = _spoken(hour.phrase), f"{_spoken(opening.phrase)}, {hour.phrase}"
        moment = self.read(phrase)
        if moment is None:
            return None
        plain = self.read(alone)
        told = (alone, plain) if plain and plain.order == moment.order else (phrase, moment)
        return Clue(hour.words, *told, has_clock=True)

    def _inner(self, text: str, inside: list[Found]) -> tuple[Clue | None, int]:
        """The clue further inside, and where the happening ends: before one that closes the sentence."""
        if not inside:
            return None, len(text)
        first = inside[0]
        if first.has_date:
            hour = next((one for one in inside[1:] if one.has_clock and not one.has_date), None)
            return (None if first.has_clock else self._on_date(first, hour)) or self.clue(first), len(text)
        is_last = len(inside) == 1 and not re.search(r"\w", text[first.ends : first.ends + 10])
        return self.clue(first), first.begins if is_last else len(text)

    def _on_date(self, dated: Found, hour: Found | None) -> Clue | None:
        """The clock time or part of the day of ``hour`` on the date of ``dated``."""
        if hour is None:
            return None
        whole = dated.moment.happened_on == self.told_on
        phrase = _spoken(hour.phrase) if whole else f"{_spoken(dated.phrase)} {_spoken(hour.phrase)}"
        moment = self.read(phrase)
        return Clue(f"{hour.words}", phrase, moment, hour.has_clock) if moment else None

    def _leads_away(self, found: Found) -> bool:
        return found.moment.happened_on != self.told_on

    def _led(self, lead: LeadIn) -> Clue | None:
        """The clue in the words that lead to the day: "In the early morning of", "On the night of"."""
        words = re.sub(r"(?i)\s*(?:\bof)?(?:\s+the)?(?:\s+\w+['’]s)?\s*$", "", lead.before).strip(" ,")
        found = self._found(words) if words else []
        return self.clue(found[0]) if found else None

    def _opening(self, text: str, begins: int) -> tuple[int, list[Found]]:
        """Where ``text`` begins, past the "but" of "But at 07:20" and no other, and its times from there."""
        joined = _JOINED.match(text, begins)
        after = past_connectives(text, joined.end()) if joined else begins
        found = self._found(text, after) if joined else []
        if joined and found and found[0].place is Place.OPENS:
            return after, found
        return begins, self._found(text, begins)

    def _is_aside(self, text: str, one: Found) -> bool:
        """Whether a day is told besides the one told: one to come, or in the present tense one gone by."""
        day = one.moment.happened_on
        if not one.has_date or day == self.told_on:
            return False
        before = text[: one.begins][-_CREDIT_REACH:]
        if day < self.told_on and not (self.in_present or is_in_present(before)):
            return False
        return not (_WAS.search(before) or (self._is_night_after(one) and PAST.search(before)))

    def _is_night_after(self, one: Found) -> bool:
        """Whether it is a clock time of the small hours behind the day told: "at 0:30 on 14 October"."""
        hour = one.moment.earliest.astimezone(self.clock.zone).hour
        return one.has_clock and hour < _DAWN and one.moment.happened_on == self.told_on + timedelta(days=1)

    def _found(self, text: str, begins: int = 0) -> list[Found]:
        credit = _CREDIT.search(text, max(begins, len(text) - _CREDIT_REACH))
        text = text[: credit.start()] if credit else text
        return find(text, told_on=self.told_on, clock=self.clock, begins=begins, language=self.language)

    def clue(self, found: Found) -> Clue:
        """``found`` as a clue: its own words are the phrase, but for a night told by the day it ends on."""
        for phrase in (*self._night(found), _spoken(found.phrase)):
            if moment := self.read(phrase):
                return Clue(found.words, phrase, moment, found.has_clock)
        return Clue(found.words, found.phrase, found.moment, found.has_clock)

    def _night(self, found: Found) -> tuple[str, ...]:
        """The phrases of a digest's own nights, which it tells by the day that they end on."""
        if found.has_clock or not re.search(r"(?i)\bnight\sof\b", found.words):
            return ()
        if found.moment.happened_on == self.told_on:
            return () if _TO_DAY.search(found.words) else ("at night",)
        day = self.told_on - timedelta(days=1)
        ends = re.search(rf"(?:[-–—]|to|and)(?:\s\w+)?\s?{self.told_on.day}\b", found.words)
        return ("overnight",) if ends and found.moment.happened_on == day else ()

    def read(self, phrase: str) -> moments.Moment | None:
        return moment_of(phrase, self.told_on, self.clock)


def _hour_in_part(opening: Found, inside: list[Found]) -> Found | None:
    """ "In the afternoon, the general met the envoy at 17:00": the one time behind a part of the day."""
    is_part = not (opening.has_clock or opening.moment.open_start or opening.moment.open_end)
    hours = [one for one in inside if one.has_clock and not one.has_date]
    return hours[0] if is_part and len(inside) == len(hours) == 1 else None


def _aside(found: list[Found], begins: int) -> str:
    """The first time of ``found`` that is not the sentence's own, by the clock or where it ``begins``."""
    side = (one for one in found if one.place is Place.SIDE)
    return next((one.words for one in side if one.has_clock or one.begins <= begins), "")


def _contradiction(found: list[Found], begins: int) -> str:
    """The words of ``found`` at ``begins`` that contradict each other."""
    return next((one.words for one in found if one.contradicts and one.begins <= begins), "")


def _unread_clock(text: str, found: list[Found]) -> str:
    """A clock time of ``text`` that nothing in ``found`` reads: "at 8:40 IST"."""
    match = _CLOCK.search(text, 0, _CREDIT_REACH)
    if match is None or any(one.begins < match.end() and match.start() < one.ends for one in found):
        return ""
    return match[0].strip("([, ")


def past_connectives(sentence: str, begins: int = 0) -> int:
    """Where the sentence proper begins, past "Meanwhile," and its like, which carry the last cue on."""
    for _ in range(3):
        match = _CONNECTIVE.match(sentence, begins)
        if not match:
            break
        begins = match.end()
    return begins


def _past_lead(text: str, lead: LeadIn | None) -> int:
    if lead is None:
        return len(text) - len(text.lstrip())
    if not _STUMP.match(text, lead.ends):
        return lead.ends
    # "The ninth day of the strike began with a fire: …": the day is the subject of what stands before.
    colon = _TO_COLON.match(text, lead.ends)
    return colon.end() if colon else 0


def _past_pause(text: str, at: int) -> int:
    match = _PAUSE.match(text, at)
    return match.end() if match else at


def _spoken(words: str) -> str:
    """``words`` as a phrase: white space evened, small at the beginning, without an "at" before an hour."""
    words = _AT.sub("", " ".join(words.split()), count=1) if _AT.match(words) else " ".join(words.split())
    words = words.strip(" ,;:()–—-")
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def _is_away(clue: Clue, told_on: date) -> bool:
    """Whether the clue leads to another day; the night into the day told does not."""
    night = clue.moment.happened_on == told_on - timedelta(days=1) and clue.phrase == "overnight"
    return clue.moment.happened_on != told_on and not night


def _is_whole_day(moment: moments.Moment) -> bool:
    return timedelta(hours=20) < moment.latest - moment.earliest < timedelta(hours=28)
