"""What is taken down by law or need: the sheets of editions go, and the takedown that says so stays.

The log still verifies: it holds what each edition was sealed by, and no words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chronicle.documents import FORMAT
from chronicle.models import (
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Removal,
    Sheet,
    Term,
)
from chronicle.models.term import named_in
from chronicle.record import bitmaps, cards, columns, placing, rows
from events.models import Story
from events.press import copied, indexing, log, rendering, showing, subjects
from events.press.log import Draft, Held

WHOLE = (
    "the chronicle itself: it can only be withdrawn, entry by entry. Single editions of its words can be: "
    "chronicle@1"
)


class CannotTake(Exception):
    """That something cannot be taken down. Its text is a sentence."""


@dataclass(frozen=True)
class Taking:
    """What is to be taken down: all of ``subject``, such as ``entry/42``, or those ``editions`` of it."""

    subject: str
    editions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Take:
    """One taking, with the row that shows the subject, and the editions that lose their sheets."""

    subject: str
    row: Any
    removed: list[Edition]
    whole: bool


@dataclass
class _About:
    """What else is to be brought up to what was taken."""

    cards: set[int] = field(default_factory=set)
    """The entries (row ids) whose cards show any of it."""
    media: set[str] = field(default_factory=set)
    """The media that were taken, or that were shown by what was."""


def print_takedown(story: Story, takings: Iterable[Taking], *, legal: bool, by: Any) -> list[Edition]:
    """Take editions out of the record of ``story``, each taking with an edition that says which they were.

    What is taken wholly is never printed again; readers are told that it was taken down, and when. ``legal``
    says that an order asked for it. Nobody's words are in what is printed. In the caller's transaction, which
    holds the story. Raises CannotTake.
    """
    held = log.held(story, by=by)
    if held is None:
        raise CannotTake("Nothing of this story is in the record.")
    takes = _with_copies(held, [_take(held.chronicle, taking) for taking in _once(takings)])
    drafts = [_draft(held, take, legal=legal) for take in takes]
    held.drafts += drafts
    editions = log.append(held)
    takedowns = editions[-len(takes) :]
    for take, edition in zip(takes, takedowns, strict=True):
        _remove(take, edition)
    about = _About()
    for take, draft, edition in zip(takes, drafts, takedowns, strict=True):
        if take.whole:
            _empty(held, take, draft.document, edition, about)
    # Once every row is empty: a card may show several of them.
    showing.bring_in_line(held, about.media)
    rendering.reprint_entries(held.chronicle, sorted(about.cards))
    return editions


def _once(takings: Iterable[Taking]) -> list[Taking]:
    """``takings``, where each is of another subject."""
    takings = list(takings)
    if len({taking.subject for taking in takings}) < len(takings):
        raise CannotTake("A subject is named twice: name it once, with all its editions.")
    return takings


def copies(story: Story, takings: Iterable[Taking]) -> list[Taking]:
    """The editions of other subjects that would go with ``takings``: they hold words copied out of them.

    Raises CannotTake.
    """
    held = log.held(story, by=None)
    if held is None:
        return []
    takes = [_take(held.chronicle, taking) for taking in _once(takings)]
    return [
        Taking(copy.subject, tuple(each.edition for each in copy.editions))
        for copy in copied.copies_of(held.chronicle, takes)
    ]


def _with_copies(held: Held, takes: list[Take]) -> list[Take]:
    """``takes``, and the editions of other subjects with words of theirs; the last is printed anew first."""
    found = {take.subject: take for take in takes}
    for copy in copied.copies_of(held.chronicle, takes):
        held.drafts += copied.print_anew(held, copy)
        asked = found.get(copy.subject)
        removed = {each.edition: each for each in [*(asked.removed if asked else []), *copy.editions]}
        row = asked.row if asked else copy.row
        found[copy.subject] = Take(
            copy.subject, row, [removed[number] for number in sorted(removed)], whole=False
        )
    return list(found.values())


def _take(chronicle: Chronicle, taking: Taking) -> Take:
    """What ``taking`` comes to. Raises CannotTake."""
    subject = taking.subject
    if subject == "chronicle" and not taking.editions:
        raise CannotTake(f"What cannot be taken down is {WHOLE}.")
    row = subjects.row_of(chronicle, subject)
    if row is None:
        raise CannotTake(f"“{subject}” is not in the record.")
    if getattr(row, "taken_at", None):
        raise CannotTake(f"“{subject}” was taken down already.")
    printed = list(Edition.objects.filter(chronicle=chronicle, subject=subject).order_by("edition"))
    kept = Sheet.objects.filter(commitment__in=[each.commitment for each in printed])
    there = set(kept.values_list("commitment", flat=True))
    removable = [each for each in printed if each.action != "takedown" and each.commitment in there]
    if not taking.editions:
        return Take(subject, row, removable, whole=True)
    return Take(subject, row, _single(row, removable, taking), whole=False)


def _single(row: Any, removable: Sequence[Edition], taking: Taking) -> list[Edition]:
    """The editions that ``taking`` names. Raises CannotTake."""
    wanted = set(taking.editions)
    if row.edition in wanted:
        other = "" if taking.subject == "chronicle" else ", or take down the whole subject"
        raise CannotTake(
            f"Edition {row.edition} of “{taking.subject}” is its latest: correct it first{other}."
        )
    found = [each for each in removable if each.edition in wanted]
    if missing := wanted - {each.edition for each in found}:
        raise CannotTake(f"“{taking.subject}” has no edition {min(missing)} that could be taken down.")
    return found


def _draft(held: Held, take: Take, *, legal: bool) -> Draft:
    stood_on = take.row.told_on.isoformat() if take.whole and isinstance(take.row, Entry) else ""
    document: dict[str, Any] = {
        "format": FORMAT,
        "language": held.chronicle.language,
        "note": "",
        "removed": [each.seq for each in take.removed],
        "whole": take.whole,
        "legal": legal,
        "told_on": stood_on,
    }
    if take.whole and getattr(take.row, "retracted", False):
        document["retracted"] = True
    return Draft(take.subject, "takedown", document, take.row, shows=False)


def _remove(take: Take, takedown: Edition) -> None:
    """Delete the sheets that ``takedown`` names, as the database lets nobody else."""
    commitments = [each.commitment for each in take.removed]
    removals = [Removal(commitment=commitment, edition=takedown) for commitment in commitments]
    Removal.objects.bulk_create(removals, batch_size=200)
    Sheet.objects.filter(commitment__in=commitments).delete()


def _empty(held: Held, take: Take, document: Any, takedown: Edition, about: _About) -> None:
    """Leave no words of a subject in its row, and find nothing by them."""
    row, before = take.row, take.row.document
    row.edition, row.commitment, row.updated_at = takedown.edition, takedown.commitment, takedown.at
    row.taken_at = takedown.at
    for name, value in rows.columns_of(take.subject, document, held.chronicle).items():
        setattr(row, name, value)
    if isinstance(row, Entry):
        about.media |= _empty_entry(held, row, before, document)
        return
    row.save()
    if isinstance(row, Term):
        about.cards |= _drop_term(held, row)
        about.media |= {take.subject} if row.facet == "asset" else set()


def _empty_entry(held: Held, entry: Any, before: Any, document: Any) -> set[str]:
    """Empty the row of an entry, and find it under its day alone; returns the media that it showed."""
    named = cards.terms_of(held.chronicle, named_in(before))
    changes, clock = bitmaps.Changes(), held.chronicle.clock
    parts = columns.parts_of(before["moment"], clock)
    found_before = columns.indexed_under(before, parts, log.lineages_of(named), log.taken_of(named))
    changes.add(entry.pk, found_before, columns.indexed_under(document, entry.parts, {}))
    bitmaps.change(held.chronicle.pk, changes)
    EntryTerm.objects.filter(entry=entry).delete()
    EntryWords.objects.filter(entry=entry).delete()
    entry.card, entry.withdrawn_at, entry.clash = "", None, 0
    placing.save(entry, rows.placed(document, clock))
    return {subject for subject in named if subject.startswith("asset/")}


def _drop_term(held: Held, term: Any) -> set[int]:
    """Find nothing under ``term`` any more; returns the entries (row ids) that were under it."""
    shown_on = set(EntryTerm.objects.filter(term=term).values_list("entry_id", flat=True))
    indexing.drop(held.chronicle, term)
    if term.facet == "asset":
        _leave_media(held.chronicle, shown_on)
    return shown_on


def _leave_media(chronicle: Chronicle, entries: set[int]) -> None:
    """Those of ``entries`` (row ids) that show no other medium show none."""
    others = EntryTerm.objects.filter(entry__in=entries, facet="asset").values_list("entry_id", flat=True)
    changes = bitmaps.Changes()
    for entry in entries.difference(others):
        changes.add(entry, {"media"}, set())
    bitmaps.change(chronicle.pk, changes)
