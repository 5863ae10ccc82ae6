"""A log in a digest: lines one below the other that each open with a clock, as the day went on.

“22:10 A fire began.”, “23:40 The road was closed.”, “00:30 It was put out.”: the last is of the next day.
"""

from datetime import timedelta

from chronicle.clock import Clock
from events.importers.digest.timing import Clue

DAWN, EVENING = 6, 20
"""The hours before which a time may lie behind midnight, and from which another may lie before it."""
_RISEN = 2
"""Lines in order of time that make a log: of one, and of news with the last first, no order is known."""
_MINUTE = timedelta(minutes=1)


class Log:
    """Goes through the paragraphs of a digest, and knows where lines of a log pass midnight."""

    def __init__(self, clock: Clock) -> None:
        self._zone = clock.zone
        self._paragraph = -1
        self._lines: list[Clue] = []
        self.is_past_midnight = False
        """Whether the paragraph that was entered last is a line behind the midnight of its log."""

    def enter(self, paragraph: int, opening: Clue | None) -> None:
        """Go on to ``paragraph``, which ``opening`` opens."""
        follows, self._paragraph = paragraph == self._paragraph + 1, paragraph
        if not follows or opening is None or not _is_clock(opening):
            self._end()
        if opening is None or not _is_clock(opening):
            return
        if self._lines and opening.moment.earliest < self._lines[-1].moment.earliest:
            self._fall(opening)
        self._lines.append(opening)

    def _fall(self, opening: Clue) -> None:
        """A line is of an earlier hour than the one above: behind midnight, or of no log."""
        passes = (
            not self.is_past_midnight
            and len(self._lines) >= _RISEN
            and self._hour(self._lines[-1]) >= EVENING
            and self._hour(opening) < DAWN
        )
        if passes:
            self.is_past_midnight = True
        else:
            self._end()

    def _end(self) -> None:
        self._lines, self.is_past_midnight = [], False

    def _hour(self, clue: Clue) -> int:
        return clue.moment.earliest.astimezone(self._zone).hour


def _is_clock(clue: Clue) -> bool:
    """Whether a line opens with one time."""
    begins, ends = clue.moment.order
    return clue.has_clock and not clue.moment.open_end and ends - begins <= _MINUTE
