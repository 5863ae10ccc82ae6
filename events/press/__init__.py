"""The press: the only writer of the record. This is its only door.

What is published on the desk is composed into plain documents and printed: an Edition appended to
the chronicle's chain, and the Entry, Page or Term that the site reads brought up to it.
"""

from events.press.composing import Termed
from events.press.days import print_day
from events.press.log import NoteNeeded
from events.press.placing import MinuteIsFull
from events.press.printing import (
    for_printing,
    print_citations,
    print_event,
    print_events,
    print_source,
    print_withdrawal,
    printed_citations,
)
from events.press.rendering import reprint
from events.press.terms import reprint_names, reprint_term

__all__ = [
    "MinuteIsFull",
    "NoteNeeded",
    "Termed",
    "for_printing",
    "print_citations",
    "print_day",
    "print_event",
    "print_events",
    "print_source",
    "print_withdrawal",
    "printed_citations",
    "reprint",
    "reprint_names",
    "reprint_term",
]
