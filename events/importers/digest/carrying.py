"""What of one sentence's time holds for the next, in the same paragraph or item of a list.

Only a clue that opens a sentence holds on. An exact clock holds on as "after" it; words that lead to
another day hold for their sentence only; time words that are not understood end it, and so does what looks
back: "earlier", "that day", "it had been dry". Nothing holds on past the end of a paragraph, but the order
of the day does: "at night" after the afternoon is the end of the day. Within a paragraph the small hours told
after the evening are those of the next day; from line to line of a log they may be, and are left open.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from events.importers.digest.logs import DAWN, EVENING, Log
from events.importers.digest.timing import Clue, Timer, Timing

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_NOON = 12
_LATER = re.compile(
    r"(?:(?:about|some|around|nearly|almost|over)\s)?(?P<half>half\san|(?P<count>an?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|fifteen|twenty|thirty|forty|\d{1,2}))\s(?P<unit>hours?|minutes?)\s"
    r"(?:later|after(?:wards)?(?=,)|afterwards)",
    re.IGNORECASE,
)
_COUNTS = dict(
    zip("a an one two three four five six seven eight nine ten".split(), (1, 1, *range(1, 11)), strict=True)
) | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40}
_NIGHT = re.compile(r"(?:^|\s)(?:(?:in|on|during|that|at)\s)(?:the\s|that\s)?night$", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """What is known of when a passage happened."""

    phrase: str = ""
    cue: str = ""
    carried: bool = False
    note: str = ""
    """What the editor should look at."""


class Order:
    """Goes through the sentences of a day in order, and knows what holds."""

    def __init__(self, timer: Timer, *, carries: bool = True) -> None:
        self._timer = timer
        # Of another language than English too little is understood to say that nothing ended it.
        self._carries = carries
        self._noon = timer.clock.part_bounds(timer.told_on, "afternoon")[0]
        self._paragraph = -1
        self._held: Clue | None = None
        self._last: Clue | None = None
        self._past_midnight = False
        self._log = Log(timer.clock)
        self._heading: Clue | None = None

    def heading(self, timing: Timing, paragraph: int) -> None:
        """A time on a line alone heads the paragraph after it."""
        self._heading = timing.opening or timing.own
        self._paragraph, self._held = paragraph, None

    def stop(self) -> None:
        """Nothing holds on past what frames the day."""
        self._held = self._heading = None

    def when(self, timing: Timing, paragraph: int, *, holds: bool = True) -> When:
        """When the sentence of ``timing`` happened, which stands in ``paragraph``.

        ``holds`` is false where it looks back behind the one before.
        """
        if paragraph != self._paragraph:
            self._enter(paragraph)
            self._log.enter(paragraph, timing.opening if holds else None)
        heading, self._heading = self._heading, None
        if timing.unread:
            return self._unread(timing)
        if timing.own is None:
            return self._without(heading, holds=holds)
        if self._may_be_behind_midnight(timing):
            self._held = None
            note = (
                f"“{timing.own.words}” may be of the next day: it stands below “{self._log.before_midnight}”"
            )
            return When(note=note)
        own = self._in_order(timing.own)
        if timing.opening:
            self._held = self._last = own if timing.own is timing.opening else timing.opening
        elif timing.own and timing.own.has_clock:
            self._last = timing.own
        return When(own.phrase, own.words, False, _clocks(timing))

    def _enter(self, paragraph: int) -> None:
        if self._heading is None or paragraph != self._paragraph + 1:
            self._heading = None
        self._paragraph, self._held, self._past_midnight = paragraph, None, False

    def _without(self, heading: Clue | None, *, holds: bool) -> When:
        if heading:
            heading = self._in_order(heading)
            self._held = self._last = heading
            return When(heading.phrase, heading.words)
        if not holds:
            self._held = None
        if self._held is None or not self._carries:
            return When()
        return When(self._carried(self._held), self._held.words, True)

    def _unread(self, timing: Timing) -> When:
        """Of "two hours later" what its base tells; of anything else nothing, and nothing holds on."""
        base, self._held = self._held, None
        later = self._later(timing.unread, base)
        if later:
            self._held = later
            return When(
                later.phrase,
                timing.unread,
                False,
                f"“{timing.unread}” is counted from “{base.words if base else ''}”",
            )
        note = f"“{timing.unread}” is not understood"
        if timing.own:
            return When(timing.own.phrase, timing.own.words, False, note)
        return When(note=note)

    def _later(self, words: str, base: Clue | None) -> Clue | None:
        match = _LATER.search(words)
        if match is None or base is None or not base.has_clock or base.moment.open_start:
            return None
        point = _point(base)
        if point is None:
            return None
        at = point + _length(match["count"], match["unit"])
        if self._timer.clock.date_of(at) != base.moment.happened_on:
            return None
        way = "after" if base.moment.open_end else "about"
        return self._clue(words, f"{way} {self._wall(at)}")

    def _clue(self, words: str, phrase: str) -> Clue | None:
        moment = self._timer.read(phrase)
        return Clue(words, phrase, moment, True) if moment else None

    def _in_order(self, clue: Clue) -> Clue:
        """``clue`` as the order of the day has it."""
        if self._is_night_after_noon(clue):
            late = self._timer.read("late in the evening")
            return Clue(clue.words, "late in the evening", late, False) if late else clue
        return self._past(clue) or clue

    def _is_night_after_noon(self, clue: Clue) -> bool:
        if (
            clue.has_clock
            or not _NIGHT.search(clue.phrase)
            or self._last is None
            or clue.moment.happened_on != self._timer.told_on
        ):
            return False
        last = self._last.moment
        return self._noon <= (last.latest if last.open_start else last.earliest)

    def _past(self, clue: Clue) -> Clue | None:
        """``clue`` on the next day, where the times of its paragraph have passed midnight."""
        if clue.moment.happened_on != self._timer.told_on:
            return None
        self._past_midnight = self._may_be_past(clue) and (self._past_midnight or self._is_late())
        if not self._past_midnight:
            return None
        return self._on_the_next_day(clue)

    def _on_the_next_day(self, clue: Clue) -> Clue | None:
        """``clue`` a day later; None where it names its day."""
        at = "" if clue.phrase[0].isalpha() else "at "
        return self._clue(clue.words, f"the next day {at}{clue.phrase}")

    def _may_be_behind_midnight(self, timing: Timing) -> bool:
        """Whether a sentence of a line of a log tells of an hour that may be behind its midnight."""
        own = timing.own
        if own is None or not self._log.before_midnight or own.moment.happened_on != self._timer.told_on:
            return False
        is_of_the_line = own is timing.opening or self._may_be_past(own)
        return is_of_the_line and self._on_the_next_day(own) is not None

    def _may_be_past(self, clue: Clue) -> bool:
        """Whether ``clue`` may lie behind midnight: "at 1:10", "in the small hours", not "by 11 pm"."""
        if clue.has_clock and not clue.moment.open_start:
            return self._hour(clue.moment.earliest) < DAWN
        # Where it is open it begins with the day, whichever hour closes it.
        return self._hour(clue.moment.latest - _MINUTE) < (_NOON if clue.has_clock else DAWN)

    def _is_late(self) -> bool:
        """Whether what holds is of the evening of the day told, by the clock late in it."""
        if self._held is None:
            return False
        last, evening = self._held.moment.earliest, EVENING if self._held.has_clock else 18
        return self._timer.clock.date_of(last) == self._timer.told_on and self._hour(last) >= evening

    def _carried(self, clue: Clue) -> str:
        """The phrase that holds on from ``clue``: of an exact time only that it was after it."""
        moment = clue.moment
        if not clue.has_clock or moment.open_end or moment.open_start:
            return clue.phrase
        after = f"after {self._wall(moment.earliest)}"
        day = self._timer.clock.date_of(moment.earliest)
        return after if day == self._timer.told_on else f"{_distance(day, self._timer.told_on)} {after}"

    def _hour(self, at: datetime) -> int:
        return at.astimezone(self._timer.clock.zone).hour

    def _wall(self, at: datetime) -> str:
        return f"{at.astimezone(self._timer.clock.zone):%H:%M}"


def _length(count: str | None, unit: str) -> timedelta:
    """The length of "two hours" or, with no count, of "half an hour"."""
    one = _HOUR if unit.lower().startswith("hour") else _MINUTE
    if count is None:
        return one / 2
    return one * (int(count) if count.isdigit() else _COUNTS[count.lower()])


def _point(base: Clue) -> datetime | None:
    """The instant that "two hours later" counts from; None where its base is no point in time."""
    begins, ends = base.moment.order
    if base.moment.open_end or ends - begins <= _MINUTE:
        return begins
    return begins + (ends - begins) / 2 if ends - begins <= _HOUR else None


def _distance(day: date, told_on: date) -> str:
    return "the next day" if day == told_on + _DAY else f"on {day.isoformat()}"


def _clocks(timing: Timing) -> str:
    said = ", ".join(f"“{words}”" for words in timing.several_clocks)
    return f"two times in one sentence: {said}" if said else ""
