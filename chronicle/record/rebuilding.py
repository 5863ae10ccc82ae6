"""Making the rows that readers see anew from the editions and their sheets.

Rows are refilled in place where they are still known by their subject; others are removed, and missing ones
inserted. Ids of rows and noted clashes apart, the result is what the press printed.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from chronicle import seal
from chronicle.documents import TERM_FACETS
from chronicle.models import (
    Bitmap,
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Log,
    Page,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.models.term import facet_of, indexed_in, is_gone, named_in, number_of
from chronicle.record import bitmaps, cards, columns, fulltext, inserting, placing, rows, spellings, words
from chronicle.record.indexed import Index
from chronicle.record.reading import each
from chronicle.record.replaying import Current, Progress, State, replay

BATCH = 200
OUT_OF_THE_WAY = 1_000_000_000
"""Above every number that a row can have: ruined numbers are moved there, so that right ones are free."""

NOWHERE = -(1 << 63)
"""Below every place in time, that of the year 1 included, there is room for the places of ruined rows."""

REFILLED = [field.name for field in Chronicle._meta.concrete_fields if field.name != "id"]


class CannotRebuild(Exception):
    """Editions or sheets are missing or changed: nothing can be made of them. Its text is a sentence."""


def rebuild(*, progress: Progress = lambda done: None) -> int:
    """Make the rows of every chronicle anew; returns how many subjects there are. Raises CannotRebuild.

    ``progress`` is told how many more subjects are done. Each chronicle is one transaction.
    """
    # Rows of words cannot be taken out of an index that is not of them.
    fulltext.mend_index()
    printed = Edition.objects.order_by("chronicle").values_list("chronicle_id", flat=True).distinct()
    made = sum(rebuild_chronicle(pk, progress=progress) for pk in list(printed))
    fulltext.mend_index()
    return made


def subjects_to_make() -> int:
    """How many subjects ``rebuild`` makes the rows of."""
    return Edition.objects.filter(edition=1).count()


@transaction.atomic
def rebuild_chronicle(pk: int, *, progress: Progress = lambda done: None) -> int:
    """Make the rows of the chronicle of that row id anew; returns how many subjects it has."""
    # Whoever prints ends with the row of the log, so that nothing is appended from here on.
    list(Log.objects.select_for_update(no_key=True).filter(chronicle=pk).values_list("pk"))
    chronicle = Chronicle.objects.select_for_update(no_key=True).defer(*REFILLED).get(pk=pk)
    state = _state_of(chronicle)
    _refill_chronicle(chronicle, state)
    progress(1)
    _refill_log(chronicle, state)
    _refill_pages(chronicle, state.of_facets("page"), progress)
    _refill_texts(chronicle, state.of_facets("text"), progress)
    index = Index()
    _refill_terms(chronicle, state.of_facets(*TERM_FACETS), index, progress)
    _refill_entries(chronicle, state.of_facets("entry"), index, progress)
    _refill_bitmaps(chronicle, index)
    return len(state.subjects)


def _state_of(chronicle: Chronicle) -> State:
    """What the editions of ``chronicle`` amount to. Its own row may be ruined; their headers name its key."""
    opening = Edition.objects.filter(chronicle=chronicle, seq=1).first()
    if opening is None or opening.subject != "chronicle":
        raise CannotRebuild("The first edition of a chronicle is missing: restore it from a backup.")
    # The first may have been taken down; the last that is no takedown never is.
    own = Edition.objects.filter(chronicle=chronicle, subject="chronicle").exclude(action="takedown")
    last = own.order_by("-edition")[0]
    current = Current(last.edition, last.commitment, last.at)
    chronicle.key = _key_of(_documents([current])[current.commitment])
    state = State()
    for wrong in replay(chronicle, state):
        raise CannotRebuild(f"Chronicle {chronicle.key}, {wrong} Restore the editions from a backup.")
    return state


def _key_of(document: Any) -> UUID:
    """The key of a chronicle, with which its origin ends."""
    return UUID(document["origin"].rpartition("/")[2])


def _documents(currents: Iterable[Current]) -> dict[str, Any]:
    wanted = [current.commitment for current in currents]
    sheets = Sheet.objects.in_bulk(wanted)
    for commitment in wanted:
        if commitment not in sheets or not sheets[commitment].is_whole():
            raise CannotRebuild(
                f"The sheet {commitment[:12]} is missing or changed: restore it from a backup."
            )
    return {commitment: sheet.document for commitment, sheet in sheets.items()}


def _refill(row: Any, subject: str, current: Current, document: Any, chronicle: Chronicle) -> None:
    """Bring the row of a subject up to the edition that it is to show."""
    _show(row, current, rows.columns_of(subject, document, chronicle))
    row.taken_at = rows.taken_at(document, current.at)


def _show(row: Any, current: Current, values: dict[str, Any]) -> None:
    row.edition, row.commitment, row.updated_at = current.edition, current.commitment, current.at
    for name, value in values.items():
        setattr(row, name, value)


def _refill_chronicle(chronicle: Chronicle, state: State) -> None:
    current = state.subjects["chronicle"]
    document = _documents([current])[current.commitment]
    _make_way(chronicle, document["slug"])
    _show(chronicle, current, columns.of_chronicle(document))
    chronicle.save()
    chronicle.refresh_from_db()


def _make_way(chronicle: Chronicle, slug: str) -> None:
    """Move other chronicles off what is this one's alone; they are made anew in their turn."""
    others = Chronicle.objects.exclude(pk=chronicle.pk)
    others.filter(slug=slug).update(slug=f"ruined-{chronicle.pk}")
    others.filter(key=chronicle.key).update(key=uuid4())


def _refill_log(chronicle: Chronicle, state: State) -> None:
    known = next(each(Log.objects.filter(chronicle=chronicle)), None)
    log = Log(
        chronicle=chronicle,
        size=state.size,
        root=seal.root_of(state.frontier).hex(),
        frontier=[leaf.hex() for leaf in state.frontier],
        last_at=state.at,
        numbers=state.numbers,
        presented=known.presented if known else 0,
    )
    log.present_anew()


def _refill_pages(chronicle: Chronicle, currents: dict[str, Current], progress: Progress) -> None:
    pages = Page.objects.filter(chronicle=chronicle)
    pages.update(number=F("id") + OUT_OF_THE_WAY)
    known = {page.subject: page for page in each(pages.only("id", "date"))}
    _remove(pages, known, currents)
    for subject, current, document in _with_documents(currents, progress):
        page = known.get(subject) or Page(chronicle=chronicle)
        _refill(page, subject, current, document, chronicle)
        page.save()


def _refill_texts(chronicle: Chronicle, currents: dict[str, Current], progress: Progress) -> None:
    texts = Text.objects.filter(chronicle=chronicle)
    known = {text.subject: text for text in each(texts.only("id", "name"))}
    _remove(texts, known, currents)
    for subject, current, document in _with_documents(currents, progress):
        text = known.get(subject) or Text(name=subject.partition("/")[2])
        text.chronicle = chronicle
        _refill(text, subject, current, document, chronicle)
        text.save()


def _refill_terms(
    chronicle: Chronicle, currents: dict[str, Current], index: Index, progress: Progress
) -> None:
    terms = Term.objects.filter(chronicle=chronicle)
    known = {term.subject: term for term in each(terms.only("id", "facet", "number"))}
    EntryTerm.objects.filter(term__chronicle=chronicle).delete()
    Spelling.objects.filter(Q(chronicle=chronicle) | Q(term__chronicle=chronicle)).delete()
    _remove(terms, known, currents)
    for subject, current, document in _with_documents(currents, progress):
        term = known.get(subject) or Term(facet=facet_of(subject), number=number_of(subject))
        term.chronicle = chronicle
        _refill(term, subject, current, document, chronicle)
        index.learn(subject, document)
        term.lineage = []
        term.save()
        inserting.insert(Spelling, spellings.COLUMNS, spellings.rows_of(term, document))
    _refill_lineages(terms, index)


def _refill_lineages(terms: Any, index: Index) -> None:
    """Note of each place those that it lies in, which can come after it."""
    lying = [number_of(subject) for subject, within in index.within.items() if within]
    for start in range(0, len(lying), BATCH):
        places = list(terms.filter(facet="place", number__in=lying[start : start + BATCH]))
        for place in places:
            place.lineage = index.lineage(place.subject)
        Term.objects.bulk_update(places, ["lineage"])


def _refill_entries(
    chronicle: Chronicle, currents: dict[str, Current], index: Index, progress: Progress
) -> None:
    entries = Entry.objects.filter(chronicle=chronicle)
    EntryTerm.objects.filter(entry__chronicle=chronicle).delete()
    # No ruined place stands in the way of a right one.
    EntryWords.objects.filter(Q(chronicle=chronicle) | Q(entry__chronicle=chronicle)).delete()
    EntryWords.objects.exclude(entry__sk=F("sk")).delete()
    entries.update(sk=NOWHERE + F("id"))
    known = {entry.subject: entry for entry in each(entries.only("id", "number"))}
    _remove(entries, known, currents)
    subjects = list(currents)
    for start in range(0, len(subjects), BATCH):
        batch = {subject: currents[subject] for subject in subjects[start : start + BATCH]}
        _refill_batch(chronicle, batch, known, index)
        progress(len(batch))


def _refill_batch(
    chronicle: Chronicle, currents: dict[str, Current], known: dict[str, Entry], index: Index
) -> None:
    documents = _documents(currents.values())
    named = set().union(*(named_in(document) for document in documents.values()))
    terms = cards.terms_of(chronicle, named)
    links, found = [], []
    for subject, current in currents.items():
        document = documents[current.commitment]
        entry = known.get(subject) or Entry(number=number_of(subject))
        entry.chronicle = chronicle
        _refill(entry, subject, current, document, chronicle)
        entry.withdrawn_at = current.at if "withdrawn" in document else None
        entry.card = "" if is_gone(document) else _card(entry, document, terms)
        _save_in_place(entry, document)
        index.add(entry.pk, document, entry.parts)
        links += [
            EntryTerm(entry=entry, term=terms[named], facet=facet_of(named), sk=entry.sk)
            for named in sorted(indexed_in(document, terms))
        ]
        found.append((entry, document))
    EntryTerm.objects.bulk_create(links, batch_size=BATCH)
    words.save(found, terms)


def _refill_bitmaps(chronicle: Chronicle, index: Index) -> None:
    Bitmap.objects.filter(chronicle=chronicle).delete()
    bitmaps.save(index.gathered.rows(chronicle.pk))


def _card(entry: Entry, document: Any, terms: Any) -> str:
    return cards.print_card(document, terms, url=entry.get_absolute_url())


def _save_in_place(entry: Entry, document: Any) -> None:
    """Save ``entry`` in its place in time, or in the next that is free."""
    if entry.pk is None:
        entry.sk = NOWHERE + entry.number + (1 << 57)
        entry.save()
    entry.clash = 0
    placing.save(entry, rows.placed(document, entry.chronicle.clock))


def _remove(kept_rows: Any, known: dict[str, Any], currents: dict[str, Current]) -> None:
    """Remove the rows of subjects that were never printed."""
    kept = {row.pk for subject, row in known.items() if subject in currents}
    gone = sorted(set(kept_rows.values_list("pk", flat=True)) - kept)
    for start in range(0, len(gone), BATCH):
        # Only their keys are read: the rest may be ruined.
        kept_rows.filter(pk__in=gone[start : start + BATCH]).only("pk").delete()


def _with_documents(currents: dict[str, Current], progress: Progress) -> Any:
    """Each subject with its current edition and document, a batch read at a time."""
    subjects = list(currents)
    for start in range(0, len(subjects), BATCH):
        batch = subjects[start : start + BATCH]
        documents = _documents(currents[subject] for subject in batch)
        for subject in batch:
            yield subject, currents[subject], documents[currents[subject].commitment]
        progress(len(batch))
