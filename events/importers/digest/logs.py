"""A log in a digest: lines one below the other that each open with a clock, as the day went on.

“22:10 A fire began.”, “23:40 The road was closed.”, “00:30 It was put out.”: the last is of the next day, or
begins another list, as of another town. Which of both, a person says.
"""

from datetime import datetime, timedelta

from chronicle.clock import Clock
from events.importers.digest.timing import Clue

DAWN, EVENING = 6, 20
"""The hours before which a time may lie behind midnight, and from which another may lie before it."""
_RISEN = 2
"""Lines in order of time that make a log: of one, and of news with the last first, no order is known."""
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Log:
    """Goes through the paragraphs of a digest, and knows where lines of a log may pass midnight."""

    def __init__(self, clock: Clock) -> None:
        self._zone = clock.zone
        self._paragraph = -1
        self._lines: list[datetime] = []
        self._words = ""
        self.before_midnight = ""
        """The time of the last line before midnight, where that which was entered last may lie behind it."""

    def enter(self, paragraph: int, opening: Clue | None) -> None:
        """Go on to ``paragraph``, which ``opening`` opens."""
        follows, self._paragraph = paragraph == self._paragraph + 1, paragraph
        has_clock = opening is not None and opening.has_clock
        if not follows or not has_clock:
            self._end()
        if opening is None or not has_clock:
            return
        at = _at(opening)
        if self._lines and at < self._lines[-1]:
            self._fall(at)
        self._lines.append(at)
        self._words = opening.words

    def _fall(self, at: datetime) -> None:
        """A line is of an earlier hour than the one above: behind midnight, or of no log."""
        if self.before_midnight:
            return
        is_late = self._hour(self._lines[-1]) >= EVENING
        if len(self._lines) >= _RISEN and is_late and self._hour(at) < DAWN:
            self.before_midnight = self._words
        else:
            self._end()

    def _end(self) -> None:
        self._lines, self.before_midnight = [], ""

    def _hour(self, at: datetime) -> int:
        return at.astimezone(self._zone).hour


def _at(clue: Clue) -> datetime:
    """Where among other lines one stands: “by 1:00” and “about 1:00” as one of that hour."""
    begins, ends = clue.moment.order
    if clue.moment.open_start:
        return ends - _MINUTE
    is_about = ends - begins <= _HOUR and not clue.moment.open_end
    return begins + (ends - begins) / 2 if is_about else begins
