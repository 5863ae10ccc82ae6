"""Moments: when something is said to have happened, as exactly as an editor's words tell it.

``read`` turns a phrase into half-open bounds in UTC. Inside, one step after the other:

- ``words`` makes tokens of the text; ``items`` are what they stand for, found by ``dates``, ``times`` and
  ``idioms``;
- ``phrases`` is the grammar: ``ends`` makes one end of the items, ``ranges`` two;
- ``bounds`` makes instants of the ends: ``days`` knows which day is meant, ``stretches`` where a day and its
  parts begin and end, ``qualifiers`` what "after" and the like make of these, ``nights`` what runs over
  midnight;
- ``reading`` gives the moment, or the refusal.

What the words mean, where English leaves it open:

- A clock time alone is a moment of one minute. "about" is 30 minutes each way. "after" runs to the end of the
  part of the day that the time lies in; "before", "by" and "until" begin with the part that the time lies in
  or ends. "shortly after", "shortly before" and "towards 14:00" are half an hour. All stay within their day.
- Midnight is the beginning of the day told of, but its end after "by", "before", "until" and "towards".
- Dawn is the last third of the night, dusk the first third of the evening, midday 12:00 with 30 minutes each
  way, "towards evening" the last third of the afternoon. "at night" is the night of that date, from 00:00.
- "overnight" told on day N is 21:00 of N-1 to the end of the night part of N, and counts on N. "the night of
  7 November" is 21:00 of the 7th to the end of the night part of the 8th, and counts on the 7th; so do "last
  night" and "the night before", on N-1.
- A range of days counts on its first day. A range of hours whose end is not later runs into the next day.
- A date without its year is the one nearest to the day that tells it. "about" a date is a day each way.
- An hour that a change of clocks skips or doubles is read as ``Clock.instant`` reads it.
"""

from events.moments.reading import EXAMPLES, Moment, Unreadable, read

__all__ = ["EXAMPLES", "Moment", "Unreadable", "read"]
