"""The record: what was published, and all that the public site reads."""

from chronicle.models.chronicle import Chronicle
from chronicle.models.edition import Edition
from chronicle.models.entry import Entry, Standing
from chronicle.models.page import Page
from chronicle.models.term import EntryTerm, Term

__all__ = ["Chronicle", "Edition", "Entry", "EntryTerm", "Page", "Standing", "Term"]
