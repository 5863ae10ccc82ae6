"""The doors through which ../shared/cases/score.py reads time phrases and digests, whatever moves inside.

It calls ``Clock``, ``moments.read``, ``moments.Unreadable``, and of ``digest``: ``read``, ``Story``,
``Undecided`` and ``Unreadable``. Of what is read it looks at ``earliest``, ``latest`` and ``happened_on`` of
a moment, ``day`` and ``passages`` of a digest.
"""

from datetime import date
from types import SimpleNamespace

from chronicle.clock import Calendar, Clock
from events import moments
from events.importers.digest import reading

__all__ = ["Clock", "digest", "moments"]


def story(clock: Clock, first_date: date, first_number: int, last_date: date | None) -> reading.Story:
    return reading.Story(clock, Calendar(first_date, first_number, last_date))


digest = SimpleNamespace(
    read=reading.read, Story=story, Undecided=reading.Undecided, Unreadable=reading.Unreadable
)
