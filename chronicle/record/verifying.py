"""Whether the record is what its editions say it is."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import OuterRef, Subquery

from chronicle import seal
from chronicle.models import (
    Bitmap,
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Log,
    Page,
    Removal,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.models.term import facet_of
from chronicle.record import columns, comparing, fulltext
from chronicle.record.indexed import Index, unlike_bitmaps
from chronicle.record.reading import BATCH, SENSELESS, batches, each, senseless, spelled
from chronicle.record.replaying import Progress, State, replay

MODELS: tuple[Any, ...] = (
    Chronicle,
    Edition,
    Sheet,
    Log,
    Page,
    Text,
    Term,
    Entry,
    EntryTerm,
    EntryWords,
    Removal,
    Bitmap,
    Spelling,
)
OF_A_CHRONICLE: tuple[Any, ...] = (Edition, Log, Page, Text, Term, Entry, EntryWords, Bitmap, Spelling)


def problems(*, progress: Progress = lambda done: None) -> Iterator[str]:
    """A sentence for every row that is not as it was printed, in the order they are found.

    Reads in batches; ``progress`` is told how many more rows were looked at. What it keeps meanwhile grows
    with the subjects of one chronicle, not with their editions or words.
    """
    for model in MODELS:
        yield from senseless(model.objects.all())
    yield from broken_sheets(progress)
    yield from missing_sheets()
    yield from stray_rows()
    yield from stray_removals()
    yield from undone_takedowns()
    for chronicle in each(Chronicle.objects.with_document()):
        name = chronicle.slug
        for sentence in problems_of(chronicle, progress):
            yield f"{name}: {sentence}"
    yield from fulltext.broken_index()


def rows_to_check() -> int:
    """How many rows ``problems`` looks at."""
    return sum(model.objects.count() for model in (Sheet, Edition, Page, Text, Term, Entry))


def broken_sheets(progress: Progress) -> Iterator[str]:
    """Sheets whose document is not the one that was committed to."""
    for rows in batches(Sheet.objects.all()):
        for sheet in rows:
            if not sheet.is_whole():
                yield f"sheet {sheet.commitment[:12]}: its document is not the one that was printed."
        progress(len(rows))


def missing_sheets() -> Iterator[str]:
    """Editions whose sheet is gone without a takedown."""
    kept = Edition.objects.filter(commitment__in=Sheet.objects.values("commitment"))
    removed = Edition.objects.filter(commitment__in=Removal.objects.values("commitment"))
    missing = Edition.objects.exclude(pk__in=kept.values("pk")).exclude(pk__in=removed.values("pk"))
    for seq, commitment in missing.order_by("pk").values_list("seq", "commitment"):
        yield f"edition {seq}: its sheet {commitment[:12]} is missing, and no takedown removed it."


def stray_rows() -> Iterator[str]:
    """Rows that belong to nothing, and chronicles without a log."""
    for model in OF_A_CHRONICLE:
        strays = model.objects.exclude(chronicle__in=Chronicle.objects.all())
        # By key: the usual order of some goes by their chronicle, and would leave out just these.
        for key in strays.order_by("pk").values_list("pk", flat=True):
            yield f"{model._meta.db_table} {key}: its chronicle is not there."
    strays = EntryTerm.objects.exclude(entry__in=Entry.objects.all()) | EntryTerm.objects.exclude(
        term__in=Term.objects.all()
    )
    for key in strays.values_list("pk", flat=True):
        yield f"{EntryTerm._meta.db_table} {key}: its entry or its term is not there."
    for key in EntryWords.objects.exclude(entry__in=Entry.objects.all()).values_list("pk", flat=True):
        yield f"{EntryWords._meta.db_table} {key}: its entry is not there."
    for key in Spelling.objects.exclude(term__in=Term.objects.all()).values_list("pk", flat=True):
        yield f"{Spelling._meta.db_table} {key}: its term is not there."
    printed = Edition.objects.values("commitment")
    for commitment in Sheet.objects.exclude(commitment__in=printed).values_list("commitment", flat=True):
        yield f"sheet {commitment[:12]}: no edition commits to it."
    logs = Log.objects.values("chronicle")
    for slug in Chronicle.objects.exclude(pk__in=logs).values_list("slug", flat=True):
        yield f"{slug}: it has no log."


def stray_removals() -> Iterator[str]:
    """Removals of a sheet that their edition, a takedown, does not name."""
    for removal in each(Removal.objects.all()):
        removed = Edition.objects.filter(commitment=removal.commitment).first()
        takedown = Edition.objects.with_document().filter(pk=removal.edition_id).first()
        if not (removed and takedown and names(takedown, removed)):
            yield f"removal of {removal.commitment[:12]}: no takedown names it."


def undone_takedowns() -> Iterator[str]:
    """Takedowns that name an edition whose sheet is there, or whose removal is not noted."""
    kept = Sheet.objects.values("commitment")
    noted = Removal.objects.values("commitment")
    for takedown in each(Edition.objects.filter(action="takedown").with_document()):
        named = _removed_by(takedown)
        for start in range(0, len(named), BATCH):
            removed = Edition.objects.filter(
                chronicle=takedown.chronicle_id, seq__in=named[start : start + BATCH]
            )
            undone = removed.filter(commitment__in=kept) | removed.exclude(commitment__in=noted)
            for seq in undone.order_by("seq").values_list("seq", flat=True):
                yield f"edition {takedown.seq}: it took the sheet of edition {seq} down, and that is undone."


def _removed_by(takedown: Any) -> list[int]:
    """The ``seq`` of the editions that a takedown names; none where its document makes no sense."""
    document = takedown.document if isinstance(takedown.document, dict) else {}
    named = document.get("removed", ())
    return [seq for seq in named if type(seq) is int and 0 < seq < 1 << 31] if isinstance(named, list) else []


def names(takedown: Any, removed: Edition) -> bool:
    """Whether ``takedown`` is an edition that takes the sheet of ``removed`` down."""
    return (
        takedown.action == "takedown"
        and takedown.chronicle_id == removed.chronicle_id
        and removed.seq in _removed_by(takedown)
    )


def problems_of(chronicle: Any, progress: Progress) -> Iterator[str]:
    """What is wrong with one chronicle."""
    state, index = State(), Index()
    return chain(
        replay(chronicle, state, progress),
        wrongly_restated(chronicle),
        broken_log(chronicle, state),
        comparing.unlike_chronicle(chronicle, state),
        comparing.unlike_pages(chronicle, state, progress),
        comparing.unlike_texts(chronicle, state, progress),
        comparing.unlike_terms(chronicle, state, index, progress),
        comparing.unlike_entries(chronicle, state, index, progress),
        unlike_bitmaps(chronicle, index),
    )


def wrongly_restated(chronicle: Chronicle) -> Iterator[str]:
    """Editions of which is said that they tell in other words what they do not.

    Where what was said before was taken down, nobody can tell any more.
    """
    earlier = Edition.objects.filter(
        chronicle=OuterRef("chronicle"), subject=OuterRef("subject"), edition__lt=OuterRef("edition")
    )
    said = earlier.exclude(action="takedown").order_by("-edition").with_document().values("document")[:1]
    restated = Edition.objects.filter(chronicle=chronicle, restated=True)
    for edition in each(restated.with_document().annotate(before=Subquery(said)), "seq"):
        if not _is_restated(edition):
            yield f"edition {edition.seq}: it is said to be found as before, and is not."


def _is_restated(edition: Any) -> bool:
    if facet_of(edition.subject) != "entry" or edition.edition == 1 or edition.action == "takedown":
        return False
    said = edition.before, edition.document
    try:
        return None in said or columns.is_restated(*said)
    except SENSELESS:
        return False


def broken_log(chronicle: Chronicle, state: State) -> Iterator[str]:
    """What in the row of its log is not as its editions have it."""
    for log in each(Log.objects.filter(chronicle=chronicle)):
        for column, value in (
            ("size", state.size),
            ("root", seal.root_of(state.frontier).hex()),
            ("frontier", [leaf.hex() for leaf in state.frontier]),
            ("last_at", state.at),
            ("numbers", state.numbers),
            ("digest", log.digest_now()),
        ):
            if spelled(getattr(log, column)) != spelled(value):
                yield f"the {column} of its log is not that of its editions."
