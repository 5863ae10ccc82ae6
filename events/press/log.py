"""The log of a chronicle: how what was composed is sealed, its rows saved, and all of it appended at once.

The lock of the story must be held: it is the one lock under which its chronicle is printed.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, Subquery
from django.utils import timezone

from chronicle import seal
from chronicle.models import Chronicle, Edition, Entry, EntryWords, Log, Page, Removal, Sheet, Term, Text
from chronicle.record import bitmaps, columns, inserting, words
from events.models import Printed, Pseudonym, Story
from events.press import indexing, placing, showing

Document = dict[str, Any]

SYSTEM = "system"
"""Who did what no person did."""

STAYING = ["standing", "withdrawn_at", "headline", "card", "key", "edition", "commitment", "updated_at"]
"""What is saved of an entry that stays in its place, its moment being the same."""


class NoRecord(Exception):
    """A story that is said to be open has no chronicle in this record."""


class NoteNeeded(Exception):
    """A second edition says in a note what changed; this one had none."""


class TakenDown(Exception):
    """What was taken down is never printed again. Its text is a sentence."""

    def __init__(self, what: str = "This") -> None:
        super().__init__(f"{what} was taken down: it is never printed again.")


@dataclass
class Draft:
    """What is to become one edition: a document, and the row of the record that shows it.

    ``before`` is what readers see of the subject now; None where it was never printed.
    """

    subject: str
    action: str
    document: Document
    row: Any
    before: Document | None = None

    stays: bool = False
    """Of an entry, whether it keeps its place in time and the terms that it is found under."""

    shows: bool = True
    """Whether the row shows the edition once it is appended; whoever takes something down sees to that."""

    @property
    def is_first(self) -> bool:
        return self.before is None


@dataclass
class Held:
    """The log of one chronicle while it is printed, and all that is printed together."""

    story: Story
    log: Log
    chronicle: Chronicle
    by: str
    """The pseudonym of who prints."""
    person: Any = None
    """Who that is; None where no person prints."""
    drafts: list[Draft] = field(default_factory=list)
    links: list[Printed] = field(default_factory=list)
    """Which row of the desk each new number stands for."""
    terms: dict[str, Term] = field(default_factory=dict)
    """The terms that the entries among the drafts name, by subject."""
    first: dict[tuple[str, int], str] = field(default_factory=dict)
    """The subject of each row of the desk (its facet and primary key) that becomes a term only now."""
    has_takedowns: bool = False
    """Whether anything was ever taken down, in whichever chronicle."""

    def next_number(self, facet: str) -> int:
        """The number of the next subject of ``facet``: they are given in order, without gaps."""
        self.log.numbers[facet] = self.log.numbers.get(facet, 0) + 1
        return int(self.log.numbers[facet])


def held(story: Story, *, by: Any) -> Held | None:
    """The log of the chronicle that ``story`` is printed as; None where it was never opened."""
    pseudonyms = Pseudonym.objects.filter(story=story, person=by).values("name")
    logs = Log.objects.select_related("chronicle").filter(chronicle__key=story.key)
    log = logs.annotate(by=Subquery(pseudonyms[:1]), has_takedowns=Exists(Removal.objects.all())).first()
    if log is None:
        return None
    name = log.by or pseudonym(story, by)
    return Held(story, log, log.chronicle, name, by, has_takedowns=log.has_takedowns)


def held_open(story: Story, *, by: Any) -> Held:
    """The log of ``story``, which is open. Raises NoRecord."""
    found = held(story, by=by)
    if found is None:
        raise NoRecord
    return found


def pseudonym(story: Story, person: Any) -> str:
    """The name of ``person`` in the record of ``story``, and nowhere else: random, and kept."""
    if person is None:
        return SYSTEM
    kept, _ = Pseudonym.objects.get_or_create(
        story=story, person=person, defaults={"name": f"desk-{secrets.token_hex(6)}"}
    )
    return kept.name


def append(held: Held) -> list[Edition]:
    """Make every draft an edition, in order, and the rows that readers see what the drafts say.

    Returns the editions. All of it is one transaction of the caller's.
    """
    if not held.drafts:
        return []
    sheets, editions = _seal(held)
    _save_rows(held)
    inserting.insert_objects(Sheet, sheets)
    inserting.insert_numbered(Edition, editions)
    held.log.save()
    inserting.insert_objects(Printed, held.links)
    if touched := _media_of([draft for draft in held.drafts if draft.shows]):
        showing.bring_in_line(held, touched)
    return editions


def _media_of(drafts: Sequence[Draft]) -> set[str]:
    """The media that are printed now, and those that an entry shows only now, or no longer."""
    found = {draft.subject for draft in drafts if draft.subject.startswith("asset/")}
    for draft in drafts:
        found |= _shown(draft.before or {}) ^ _shown(draft.document)
    return found


def _shown(document: Document) -> set[str]:
    return {member["subject"] for member in document.get("media", ())}


def _seal(held: Held) -> tuple[list[Sheet], list[Edition]]:
    """Seal every draft, in order, and bring its row and the log up to that. Writes nothing."""
    log = held.log
    now = _whole_milliseconds(max(timezone.now(), log.last_at))
    frontier = [bytes.fromhex(each) for each in log.frontier]
    last = _last_of(held)
    sheets, editions = [], []
    for draft in held.drafts:
        sheet = Sheet.of(draft.document)
        before = last.get(draft.subject, draft.row.edition or 0)
        last[draft.subject] = before + 1
        edition = _edition(held, draft, sheet.commitment, now, before)
        leaf = seal.leaf(edition.header())
        edition.leaf = leaf.hex()
        frontier = seal.grown(frontier, log.size, leaf)
        log.size += 1
        if draft.shows:
            _show(draft.row, edition)
        sheets.append(sheet)
        editions.append(edition)
    log.frontier = [each.hex() for each in frontier]
    log.root, log.last_at = seal.root_of(frontier).hex(), now
    return sheets, editions


def _last_of(held: Held) -> dict[str, int]:
    """The number of the last edition of each subject among the drafts, where it may not be that of its row.

    A takedown of single editions is an edition that no row shows.
    """
    if not held.has_takedowns:
        return {}
    subjects = [draft.subject for draft in held.drafts if draft.row.edition]
    last: dict[str, int] = {}
    for start in range(0, len(subjects), 500):
        rows = Edition.objects.filter(chronicle=held.chronicle, subject__in=subjects[start : start + 500])
        counted = rows.order_by().values("subject").annotate(last=Max("edition"))
        last |= dict(counted.values_list("subject", "last"))
    return last


def _show(row: Any, edition: Edition) -> None:
    row.edition, row.commitment, row.updated_at = edition.edition, edition.commitment, edition.at


def _edition(held: Held, draft: Draft, commitment: str, at: datetime, before: int) -> Edition:
    return Edition(
        chronicle=held.chronicle,
        seq=held.log.size + 1,
        subject=draft.subject,
        edition=before + 1,
        action=draft.action,
        at=at,
        by=held.by,
        commitment=commitment,
        restated=isinstance(draft.row, Entry) and columns.is_restated(draft.before, draft.document),
    )


def _save_rows(held: Held) -> None:
    """Save the rows that show the drafts; a chronicle before what belongs to it, entries last."""
    for model in (Chronicle, Page, Text, Term):
        _save_all(model, _drafts_of(held, model))
    if terms := _drafts_of(held, Term):
        indexing.spell(terms)
    _save_entries(held, _drafts_of(held, Entry))


def _drafts_of(held: Held, model: Any) -> list[Draft]:
    return [draft for draft in held.drafts if draft.shows and isinstance(draft.row, model)]


def _save_entries(held: Held, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        # An entry is withdrawn since the edition that says so.
        draft.row.withdrawn_at = draft.row.updated_at if "withdrawn" in draft.document else None
    staying = [draft.row for draft in drafts if draft.stays]
    if staying:
        Entry.objects.bulk_update(staying, STAYING, batch_size=100)
    placed = [draft for draft in drafts if not draft.stays]
    if placed:
        placing.place(placed, held.terms)
    _index(held, drafts)


def _index(held: Held, drafts: Sequence[Draft]) -> None:
    """Find entries, whose rows are saved, under what their documents say now, and no longer what they said.

    The terms of ``held`` are those that either name.
    """
    index = lineages_of(held.terms), taken_of(held.terms)
    changes = bitmaps.Changes()
    for draft in drafts:
        now = columns.indexed_under(draft.document, draft.row.parts, *index)
        changes.add(draft.row.pk, _found_before(held, draft, index), now)
    bitmaps.change(held.chronicle.pk, changes)
    if gone := [draft.row.pk for draft in drafts if _has_left(draft)]:
        EntryWords.objects.filter(entry__in=gone).delete()
    words.save([(draft.row, draft.document) for draft in drafts], held.terms)


def lineages_of(terms: Mapping[str, Term]) -> dict[str, list[int]]:
    """The numbers of the places that each of ``terms`` lies in, by subject."""
    return {subject: term.lineage for subject, term in terms.items()}


def taken_of(terms: Mapping[str, Term]) -> set[str]:
    """The subjects of those of ``terms`` that were taken down."""
    return {subject for subject, term in terms.items() if term.taken_at}


def _has_left(draft: Draft) -> bool:
    """Whether an entry is no longer where its words were: it is withdrawn, or stands elsewhere in time."""
    if draft.before is None or draft.stays:
        return False
    row = draft.row
    return "withdrawn" in draft.document or columns.sk(draft.before, row.pk, row.clash) != row.sk


def _found_before(held: Held, draft: Draft, index: tuple[dict[str, list[int]], set[str]]) -> set[str]:
    """Under which names an entry was found until now."""
    if draft.before is None:
        return set()
    moment, parts = draft.before["moment"], draft.row.parts
    if moment != draft.document["moment"]:
        parts = columns.parts_of(moment, held.chronicle.clock)
    return columns.indexed_under(draft.before, parts, *index)


def _save_all(model: Any, drafts: Sequence[Draft]) -> None:
    """Insert the rows that are new, and save the others."""
    inserting.insert_numbered(model, [draft.row for draft in drafts if draft.is_first])
    for draft in drafts:
        if not draft.is_first:
            draft.row.save()


def _whole_milliseconds(at: datetime) -> datetime:
    """``at``, cut to what a header can say."""
    return at - timedelta(microseconds=at.microsecond % 1000)


def new_log(chronicle: Chronicle, at: datetime) -> Log:
    """The log of a chronicle of which nothing is printed yet."""
    return Log(chronicle=chronicle, root=seal.EMPTY_ROOT.hex(), last_at=_whole_milliseconds(at))
