"""Moments: when something is said to have happened, as exactly as an editor's words tell it.

``read`` turns a phrase into half-open bounds in UTC. Inside, one step after the other:

- ``words`` makes tokens of the text; ``items`` are what they stand for, found by ``dates``, ``times`` and
  ``idioms``;
- ``phrases`` is the grammar: ``ends`` makes one end of the items, ``ranges`` two;
- ``bounds`` makes instants of the ends: ``days`` knows which day is meant, ``stretches`` where a day and its
  parts begin and end, ``qualifiers`` what "after" and the like make of these, ``nights`` what runs over
  midnight;
- ``zones`` are said with a clock time, ``changes`` of clocks are told of it; ``languages`` and ``dayparts``
  have the names of others than English;
- ``reading`` gives the moment, or the refusal.

``finding`` runs all this over prose, by ``attempts``: ``standing`` says what prose asks of a time,
``clauses`` what a time is said of, ``certainty`` likewise in other languages, ``doubts`` what leaves it open;
``unread`` sees time words that no grammar reads.

What the words mean, where English leaves it open:

- A clock time alone is a moment of one minute. "about" is 30 minutes each way. "shortly after", "shortly
  before" and "towards 14:00" are half an hour. All stay within their day.
- "after", "since", "from 11:00 on" and "11:00 onwards" leave their end open, "before", "by" and "until" their
  start. The open bound is the end or the beginning of the day told, and no fact: ``open_end`` and
  ``open_start`` say so. Where a night is named, as in "after 11 pm last night", that night is told and gives
  the bound. A part of the day told first closes the end: "in the morning after 11:00" is over by noon, while
  "after 11 in the morning" only tells which eleven. An open end needs a time of day: "after 5 November" is
  refused.
- "since", "from … on", "onwards" and "until" fill their span (``throughout``), for in English they say that
  something went on; "after", "before" and "by" lie somewhere in it. After a part of the day is after its end,
  since it is since its beginning; by, before and until it end where it begins.
- Midnight is the beginning of the day told of, but its end after "by", "before", "until" and "towards".
- Dawn is the last third of the night, dusk the first third of the evening, midday 12:00 with 30 minutes each
  way, "towards evening" the last third of the afternoon. "at night" is the night of that date, from 00:00.
- "overnight" told on day N is 21:00 of N-1 to the end of the night part of N, and counts on N. "the night of
  7 November" is 21:00 of the 7th to the end of the night part of the 8th, and counts on the 7th; so do "last
  night" and "the night before", on N-1.
- A range of days counts on its first day. A range of hours whose end is not later runs into the next day, for
  20 hours at most, but "10:30 to 2" over noon; one that might do either, as "10:00–9:00", is refused, and so
  is an end of which the day is not said, as in "from yesterday to 6:00".
- Hours of a night that is named lie in that night: "tonight at 9:30" is 21:30, "last night at 3" is 03:00;
  five may be either, and is refused. Only a day's own small hours are told with its date: "the night of
  8 November at 04:00", told on the 8th, is that morning. "late at night", like "late last night", is 22:00 to
  24:00; "late in the night" its end.
- A zone or an offset beside a clock time is read with it. "14:30-05:00" is one, "14:30–17:00" a range; what
  may be either, and letters that stand for several zones, are refused; what it is by the chronicle's clock is
  said. "half past two" with nothing beside it is refused with both times that it may be. A length ("in 3h",
  or "3h" alone) is no time; nor are "13 pm" and "until late".
- A day of the week is the one nearest to the day that tells it.
- A date without its year is the one nearest to the day that tells it. "about" a date is a day each way.
- An hour that a change of clocks skips or doubles is read as ``Clock.instant`` reads it.
"""

from events.moments.reading import EXAMPLES, Moment, Unreadable, read

__all__ = ["EXAMPLES", "Moment", "Unreadable", "read"]
