"""When one sentence happens: its cue, and where the happening begins and ends in its words."""

import re
from dataclasses import dataclass
from datetime import date

from events.importers.digest.cues import Cue, cue_in, earlier_day, inner_cue, opening_cue, past_connectives
from events.importers.digest.dating import LeadIn


@dataclass(frozen=True)
class Timing:
    """What a sentence says of when. ``begins`` and ``ends`` bound the happening in its words."""

    cue: Cue | None
    """The cue that holds for it, and on from it."""
    elsewhere: Cue | None
    """The cue that leads to another day, for this sentence only."""
    at_opening: bool
    """Whether a cue stands at its beginning."""
    begins: int
    ends: int


def timing_of(text: str, lead: LeadIn | None, told_on: date) -> Timing:
    """What the sentence ``text``, which begins with ``lead``, says of when."""
    begins = past_connectives(text, lead.ends if lead else 0)
    opening = opening_cue(text, told_on, begins)
    begins = opening.ends if opening else begins
    led = cue_in(lead.before, told_on) if lead and lead.before.strip() else None
    if opening and opening.elsewhere:
        return Timing(led, opening, True, begins, len(text))
    cue = opening or led
    elsewhere = earlier_day(text, told_on, begins)
    if cue or elsewhere:
        return Timing(cue, elsewhere, cue is not None, begins, len(text))
    return _timed_inside(text, told_on, begins)


def _timed_inside(text: str, told_on: date, begins: int) -> Timing:
    """As a cue further inside says; one at the end is no part of the happening."""
    inner = inner_cue(text, told_on, begins)
    ends = inner.begins if inner and _is_last(inner, text) else len(text)
    return Timing(inner, None, False, begins, ends)


def _is_last(cue: Cue, text: str) -> bool:
    return not re.search(r"\w", text[cue.ends : cue.ends + 10])
