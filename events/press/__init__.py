"""The press: the only writer of the record. This is its only door."""

from events.press.printing import (
    NoteNeeded,
    for_printing,
    is_printed,
    print_citations,
    print_day,
    print_event,
    print_events,
    print_source,
    print_withdrawal,
    printed_citations,
    reprint,
)

__all__ = [
    "NoteNeeded",
    "for_printing",
    "is_printed",
    "print_citations",
    "print_day",
    "print_event",
    "print_events",
    "print_source",
    "print_withdrawal",
    "printed_citations",
    "reprint",
]
