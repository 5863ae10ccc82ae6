"""Whether the record is what its editions say it is."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page, Term
from chronicle.models.edition import GENESIS, digest
from chronicle.record import cards, columns

BATCH = 500
Progress = Callable[[int], None]


def problems(*, progress: Progress = lambda done: None) -> Iterator[str]:
    """A sentence for every row that is not as it was printed, in the order they are found.

    Reads in batches; ``progress`` is told how many more rows were looked at.
    """
    for chronicle in Chronicle.objects.order_by("pk"):
        yield from broken_chain(chronicle, progress=progress)
        yield from unlike_editions(chronicle, Page, Edition.Subject.PAGE, page_problem, progress=progress)
        yield from unlike_editions(chronicle, Term, Edition.Subject.TERM, term_problem, progress=progress)
        yield from unlike_editions(chronicle, Entry, Edition.Subject.ENTRY, entry_problem, progress=progress)


def rows_to_check() -> int:
    """How many rows ``problems`` looks at."""
    return sum(model.objects.count() for model in (Edition, Page, Term, Entry))


def broken_chain(chronicle: Chronicle, *, progress: Progress) -> Iterator[str]:
    """What is wrong with the chain of editions itself: a changed, missing or inserted row."""
    seq, previous = 0, GENESIS
    for edition in Edition.objects.filter(chronicle=chronicle).order_by("seq").iterator(BATCH):
        where = f"{chronicle.slug}: edition {edition.seq}"
        seq += 1
        if edition.seq != seq:
            yield f"{where}: edition {seq} is missing before it."
            seq = edition.seq
        if not sealed_as(edition.sha256, edition.document):
            yield f"{where}: its document is not the one that was printed."
        if edition.previous_hash != previous:
            yield f"{where}: it does not follow on the edition before it."
        if edition.hash != digest(edition.sealed()):
            yield f"{where}: its hash is not that of its contents."
        previous = edition.hash
        progress(1)


def sealed_as(sha256: str, document: Any) -> bool:
    """Whether ``document`` has that hash. One that holds what is never printed has none."""
    try:
        return digest(document) == sha256
    except TypeError:
        return False


def unlike_editions(
    chronicle: Chronicle, model: Any, kind: str, problem: Callable[..., str], *, progress: Progress
) -> Iterator[str]:
    """The rows of ``model`` that are not as their last edition has them, and editions without a row."""
    seen = 0
    keys = model.objects.filter(chronicle=chronicle).order_by("pk").values_list("pk", flat=True)
    for batch in batches(keys):
        editions = last_editions(kind, batch)
        related = ("chronicle", "page") if model is Entry else ("chronicle",)
        rows = list(model.objects.filter(pk__in=batch).select_related(*related).order_by("pk"))
        known = shown_with(rows, editions) if model is Entry else {}
        for row in rows:
            edition = editions.get(row.pk)
            wrong = "it has no edition" if edition is None else problem(row, edition, **known)
            if wrong:
                yield f"{chronicle.slug}: {kind} {row.pk}: {wrong}."
        seen += len(rows)
        progress(len(rows))
    printed = Edition.objects.filter(chronicle=chronicle, subject_kind=kind, number=1).count()
    if printed > seen:
        yield f"{chronicle.slug}: {printed - seen} printed {kind} rows are missing from the record."


def batches(keys: Any) -> Iterator[list[int]]:
    """``keys`` in lists of at most ``BATCH``."""
    batch: list[int] = []
    for key in keys.iterator(BATCH):
        batch.append(key)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def last_editions(kind: str, subjects: list[int]) -> dict[int, Edition]:
    """The last edition of each of ``subjects``."""
    editions = Edition.objects.filter(subject_kind=kind, subject_id__in=subjects).order_by("number")
    return {edition.subject_id: edition for edition in editions}


def shown_with(entries: list[Entry], editions: dict[int, Edition]) -> dict[str, Any]:
    """The terms and index rows that ``entries`` are shown and found with, where they are as printed."""
    whole = [e for e in entries if e.pk in editions and editions[e.pk].document == e.document]
    named = set().union(*(columns.term_ids(entry.document) for entry in whole))
    links: dict[int, set[tuple[str, int, int]]] = {}
    for link in EntryTerm.objects.filter(entry__in=entries):
        links.setdefault(link.entry_id, set()).add((link.role, link.term_id, link.sk))
    return {"terms": Term.objects.in_bulk(list(named)), "links": links}


def page_problem(page: Page, edition: Edition) -> str:
    document = page.document
    if document != edition.document:
        return "its document is not that of its last edition"
    columns = ("number", "headline", "sentence", "summary", "occasion")
    if any(getattr(page, name) != document[name] for name in columns):
        return "a column differs from its document"
    return "" if page.date == date.fromisoformat(document["date"]) else "its date differs from its document"


def term_problem(term: Term, edition: Edition) -> str:
    printed = {"kind": term.kind, "slug": term.slug, "label": term.label, "document": term.document}
    return "" if printed == edition.document else "it is not as its last edition has it"


def entry_problem(entry: Entry, edition: Edition, *, terms: dict[int, Term], links: dict[int, Any]) -> str:
    document = entry.document
    if document != edition.document:
        return "its document is not that of its last edition"
    indexed = {(role, term, entry.sk) for role, ids in columns.roles(document).items() for term in ids}
    if links.get(entry.pk, set()) != indexed:
        return "it is not indexed under the terms of its document"
    told_on = (entry.page.chronicle_id, entry.page.date.isoformat())
    if told_on != (entry.chronicle_id, document["reported_on"]):
        return "it is not on the page of the day that tells it"
    if "withdrawn" in document:
        told = entry.withdrawn_at is not None and entry.withdrawn_reason == document["withdrawn"]
        return "" if told else "it is not withdrawn as its last edition says"
    if entry.withdrawn_at is not None:
        return "it is withdrawn without an edition that says so"
    return column_problem(entry, document, terms)


def column_problem(entry: Entry, document: dict[str, Any], terms: dict[int, Term]) -> str:
    for name, value in columns.columns(document, entry.chronicle.clock).items():
        if getattr(entry, name) != value:
            return f"its column {name} differs from its document (after an upgrade run: manage.py reprint)"
    if entry.sk >> 12 != columns.minute_of(entry.earliest):
        return "its place in time is not that of its document"
    if entry.card != cards.print_card(document, terms, url=entry.get_absolute_url()):
        return "its card is not the one its document prints (after an upgrade run: manage.py reprint)"
    return ""
