"""The press: the only writer of the record. This is its only door.

What is published on the desk is composed into documents, sealed, and appended to the log of its chronicle
together with the rows that readers see. The caller holds the lock of the story; only ``compare_text``,
``compare_summary``, ``compare_words`` and ``make_ready`` come before it, to have done by then what would take
long.
"""

from events.press.chronicles import is_without_desk, print_chronicle, print_opening
from events.press.composing import standing
from events.press.days import compare_summary, print_closing, print_day
from events.press.log import NoRecord, NoteNeeded, TakenDown
from events.press.materials import copies_told, licence_told, mend_files, print_material
from events.press.previewing import Preview, preview
from events.press.printing import (
    compare_text,
    entry_of,
    for_printing,
    print_citations,
    print_event,
    print_events,
    read_citations,
)
from events.press.putting_back import (
    CannotPutBack,
    Printing,
    make_former_copies,
    printing_of,
    put_back,
)
from events.press.reaching import resting_on, standings, support_with, supports_with
from events.press.rendering import reprint
from events.press.showing import make_ready
from events.press.taking import CannotTake, Taking, copies, print_takedown
from events.press.terms import reprint_term
from events.press.texts import compare_words, print_text
from events.press.withdrawing import print_source, print_withdrawal

__all__ = [
    "CannotPutBack",
    "CannotTake",
    "NoRecord",
    "NoteNeeded",
    "Preview",
    "Printing",
    "TakenDown",
    "Taking",
    "compare_summary",
    "compare_text",
    "compare_words",
    "copies",
    "copies_told",
    "entry_of",
    "for_printing",
    "is_without_desk",
    "licence_told",
    "make_former_copies",
    "make_ready",
    "mend_files",
    "preview",
    "print_chronicle",
    "print_citations",
    "print_closing",
    "print_day",
    "print_event",
    "print_events",
    "print_material",
    "print_opening",
    "print_source",
    "print_takedown",
    "print_text",
    "print_withdrawal",
    "printing_of",
    "put_back",
    "read_citations",
    "reprint",
    "reprint_term",
    "resting_on",
    "standing",
    "standings",
    "support_with",
    "supports_with",
]
