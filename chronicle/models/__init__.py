"""The record: what was printed. Everything that a reader sees comes from these tables."""

from chronicle.models.among import Among
from chronicle.models.bitmap import Bitmap
from chronicle.models.chronicle import Chronicle
from chronicle.models.edition import Edition
from chronicle.models.entry import Entry, Standing
from chronicle.models.log import Log
from chronicle.models.page import Page
from chronicle.models.removal import Removal
from chronicle.models.sheet import Sheet
from chronicle.models.term import EntryTerm, Spelling, Term
from chronicle.models.text import Text
from chronicle.models.words import EntryWords

__all__ = [
    "Among",
    "Bitmap",
    "Chronicle",
    "Edition",
    "Entry",
    "EntryTerm",
    "EntryWords",
    "Log",
    "Page",
    "Removal",
    "Sheet",
    "Spelling",
    "Standing",
    "Term",
    "Text",
]
