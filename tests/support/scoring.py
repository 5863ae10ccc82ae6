"""The doors through which ../shared/cases/score.py reads time phrases and digests, whatever moves inside.

It calls ``Clock``, ``moments.read``, ``moments.Unreadable``, and of ``digest``: ``read``, ``Story``,
``Undecided`` and ``Unreadable``. Of what is read it looks at ``earliest``, ``latest`` and ``happened_on`` of
a moment, ``day`` and ``passages`` of a digest.
"""

from datetime import date
from types import SimpleNamespace

from chronicle.clock import Calendar, Clock
from events import moments
from events.importers.digest import NotProse, Story, Undecided, read_digest

__all__ = ["Clock", "digest", "moments"]


def story(clock: Clock, first_date: date, first_number: int, last_date: date | None) -> Story:
    return Story(clock, Calendar(first_date, first_number, last_date))


digest = SimpleNamespace(read=read_digest, Story=story, Undecided=Undecided, Unreadable=NotProse)
