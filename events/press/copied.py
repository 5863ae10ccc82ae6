"""Words that the press copied out of one subject into others: they go with it when it is taken down.

An entry says why a source was taken back, and what it calls a medium; and what was printed in the same moment
for the same reason has the same note. Nobody chose these copies, so nobody has to name them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Exists, Min, OuterRef, Q, TextField
from django.db.models.functions import Cast

from chronicle.fields import WORDLESS
from chronicle.models import Chronicle, Edition, Entry, Sheet
from chronicle.models.term import named_in
from chronicle.record import cards
from events.press import subjects
from events.press.log import Document, Draft, Held

COPIED_FROM = ("source/", "asset/")
CUT = "Words of what was taken down went from here."
"""The note of an edition that is printed for nothing else."""


class Taken(Protocol):
    """What is to be taken down: editions of a subject, all where it is ``whole``."""

    @property
    def subject(self) -> str: ...
    @property
    def removed(self) -> list[Edition]: ...
    @property
    def whole(self) -> bool: ...


@dataclass(frozen=True)
class Gone:
    """Words that are to go wherever they stand."""

    reasons: set[tuple[str, str]]
    """Why a source was taken back, with its subject."""
    notes: set[tuple[datetime, str]]
    """Notes, with the moment in which they were printed."""
    wholly: set[str]
    """The subjects of which everything goes: what entries call a medium, and why a source was taken back."""
    since: int
    """No edition with a ``seq`` below this has any of it."""

    @property
    def named(self) -> set[str]:
        """The subjects that an entry names if it has any of it but notes."""
        return self.wholly | {subject for subject, _ in self.reasons}


@dataclass(frozen=True)
class Copy:
    """A subject of which ``editions`` hold words that are to go.

    ``now`` is what it says without them; None where its last edition has none.
    """

    subject: str
    row: Any
    editions: list[Edition]
    now: Document | None


def copies_of(chronicle: Chronicle, takes: Sequence[Taken]) -> list[Copy]:
    """What else of ``chronicle`` holds words of ``takes``, in the order in which it was printed first."""
    gone = _gone_with(chronicle, takes)
    wholly = {take.subject for take in takes if take.whole}
    found: dict[str, list[Edition]] = {}
    for edition in _candidates(chronicle, gone).exclude(subject__in=wholly).order_by("seq"):
        # One whose sheet went before has no words any more.
        if edition.document and _without(edition.document, edition.at, gone) != edition.document:
            found.setdefault(edition.subject, []).append(edition)
    return [_copy(chronicle, subject, editions, gone) for subject, editions in found.items()]


def _gone_with(chronicle: Chronicle, takes: Sequence[Taken]) -> Gone:
    """The words of ``takes`` that may have been copied."""
    takes = [take for take in takes if take.subject.startswith(COPIED_FROM)]
    removed, staying = _editions_of(chronicle, takes)
    printed = Edition.objects.filter(chronicle=chronicle, subject__in=[take.subject for take in takes])
    return Gone(
        reasons=_reasons(removed) - _reasons(staying),
        notes={(edition.at, note) for edition in removed if (note := edition.document["note"])},
        wholly={take.subject for take in takes if take.whole},
        # Of the first as well, whose own sheet may have gone before.
        since=printed.aggregate(first=Min("seq"))["first"] or 0,
    )


def _editions_of(chronicle: Chronicle, takes: Sequence[Taken]) -> tuple[list[Any], list[Any]]:
    """Of what ``takes`` are of, the editions that go and those that stay, as far as they have a document."""
    going = {(take.subject, each.edition) for take in takes for each in take.removed}
    editions = Edition.objects.filter(chronicle=chronicle, subject__in=[take.subject for take in takes])
    parted: dict[bool, list[Any]] = {True: [], False: []}
    for edition in editions.with_document():
        if edition.document:
            parted[(edition.subject, edition.edition) in going].append(edition)
    return parted[True], parted[False]


def _reasons(editions: Iterable[Any]) -> set[tuple[str, str]]:
    """Why sources were taken back, by ``editions`` of them."""
    told = ((edition.subject, edition.document.get("retracted")) for edition in editions)
    return {(subject, why) for subject, why in told if isinstance(why, str) and why}


def _candidates(chronicle: Chronicle, gone: Gone) -> Any:
    """The editions that may hold words of ``gone``, with their documents: found by the database."""
    editions = Edition.objects.filter(chronicle=chronicle, seq__gte=gone.since).with_document()
    wanted = Q(pk__in=[]) | Q(at__in={at for at, _ in gone.notes})
    if gone.named:
        naming = Q()
        for subject in gone.named:
            naming |= Q(said__contains=f'"{subject}"')
        said = Sheet.objects.annotate(said=Cast("document", TextField())).filter(naming)
        of_them = Exists(said.filter(commitment=OuterRef("commitment")))
        wanted |= Q(of_them, subject__startswith="entry/")
    return editions.filter(wanted)


def _without(document: Document, at: datetime, gone: Gone) -> Document:
    """``document``, of an edition of the moment ``at``, without words of ``gone``."""
    cut = dict(document)
    if (at, document.get("note", "")) in gone.notes:
        cut["note"] = CUT
    if "citations" in document:
        cut["citations"] = [_mark(each, gone) for each in document["citations"]]
    if "media" in document:
        cut["media"] = [
            {**shown, "caption": ""} if shown["subject"] in gone.wholly else shown
            for shown in document["media"]
        ]
    return cut


def _mark(citation: Document, gone: Gone) -> Document:
    """``citation``, which keeps the mark that its source was taken back."""
    source, why = citation["source"], citation["retracted"]
    goes = source in gone.wholly or (source, why) in gone.reasons
    return {**citation, "retracted": WORDLESS} if why and goes else citation


def _copy(chronicle: Chronicle, subject: str, editions: list[Edition], gone: Gone) -> Copy:
    row = subjects.row_of(chronicle, subject)
    last = next((each for each in editions if each.edition == row.edition), None)
    return Copy(subject, row, editions, _without(row.document, last.at, gone) if last else None)


def print_anew(held: Held, copy: Copy) -> Iterator[Draft]:
    """The next edition of what ``copy`` is of, if its last goes. It says the same otherwise."""
    if copy.now is None:
        return
    before, row = copy.row.document, copy.row
    row.document = document = {**copy.now, "note": CUT}
    if isinstance(row, Entry):
        held.terms |= cards.terms_of(held.chronicle, named_in(document) - held.terms.keys())
        row.card = cards.print_card(document, held.terms, url=row.get_absolute_url())
    yield Draft(copy.subject, "update", document, row, before, stays=True)
