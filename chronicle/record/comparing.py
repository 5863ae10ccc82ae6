"""Whether the rows that readers see are as the documents of their editions have them."""

from collections.abc import Callable, Iterator
from typing import Any

from chronicle.documents import TERM_FACETS, is_subject
from chronicle.models import Chronicle, Entry, EntryTerm, EntryWords, Page, Spelling, Term, Text
from chronicle.models.term import facet_of, indexed_in, is_gone, named_in
from chronicle.record import cards, columns, rows, words
from chronicle.record.indexed import Index
from chronicle.record.reading import SENSELESS, batches, each, spelled
from chronicle.record.replaying import Current, Progress, State
from chronicle.record.spellings import spellings_of

Link = tuple[int, str, int]
"""The term (row id), the facet and the place in time of a row of the index."""
Spelled = tuple[int, str, bytes, str, bool]
"""The chronicle (row id), the facet and the other columns of what a term is looked up by."""


def unlike_chronicle(chronicle: Any, state: State) -> Iterator[str]:
    """What is wrong with the chronicle's own row. What follows goes by its document, not by that row."""
    wrong = _unlike_current(chronicle, state.subjects.get("chronicle")) or _told(
        _chronicle_problem, chronicle
    )
    if wrong:
        yield f"chronicle: {wrong}."


def _chronicle_problem(chronicle: Any) -> str:
    expected = columns.of_chronicle(chronicle.document)
    wrong = column_problem(chronicle, expected)
    if not wrong and not chronicle.origin.endswith(f"/{chronicle.key}"):
        wrong = "its key is not that of its origin"
    for name, value in expected.items():
        setattr(chronicle, name, value)
    return wrong


def unlike_pages(chronicle: Chronicle, state: State, progress: Progress) -> Iterator[str]:
    """The pages that are not as their editions have them, and those that are not there."""
    yield from _unlike(Page.objects, chronicle, state.of_facets("page"), _row_problem, progress)


def unlike_texts(chronicle: Chronicle, state: State, progress: Progress) -> Iterator[str]:
    """The texts that are not as their editions have them, and those that are not there."""
    yield from _unlike(Text.objects, chronicle, state.of_facets("text"), _row_problem, progress)


def unlike_terms(chronicle: Chronicle, state: State, index: Index, progress: Progress) -> Iterator[str]:
    """The terms that are not as their editions have them, and those that are not there; fills ``index``."""

    def problem(term: Any, chronicle: Chronicle) -> str:
        index.learn(term.subject, term.document)
        return _row_problem(term, chronicle)

    yield from _unlike(Term.objects, chronicle, state.of_facets(*TERM_FACETS), problem, progress)
    for terms in batches(Term.objects.filter(chronicle=chronicle).with_document()):
        looked_up = _spellings_of(terms)
        for term in terms:
            wrong = _told(_lineage_problem, term, index)
            wrong = wrong or _told(_spelling_problem, term, looked_up.get(term.pk, set()))
            if wrong:
                yield f"{term.subject}: {wrong}."


def _unlike(
    kept: Any,
    chronicle: Chronicle,
    currents: dict[str, Current],
    problem: Callable[[Any, Chronicle], str],
    progress: Progress,
) -> Iterator[str]:
    seen = set()
    for batch in batches(kept.filter(chronicle=chronicle).with_document()):
        for row in batch:
            seen.add(row.subject)
            wrong = _unlike_current(row, currents.get(row.subject)) or _told(problem, row, chronicle)
            if wrong:
                yield f"{row.subject}: {wrong}."
        progress(len(batch))
    yield from _missing(currents, seen)


def _missing(currents: dict[str, Current], seen: set[str]) -> Iterator[str]:
    return (f"{subject}: it was printed and has no row." for subject in currents if subject not in seen)


def _unlike_current(row: Any, current: Current | None) -> str:
    """Why ``row`` does not show the edition that it should; empty if it does."""
    if current is None:
        return "it has no edition"
    if (row.edition, row.commitment) != (current.edition, current.commitment):
        return "it does not show its last edition"
    if row.updated_at != current.at:
        return "its column updated_at is not the time of its last edition"
    return "" if row.document is not None else "its document is missing"


def _told(problem: Callable[..., str], *arguments: Any) -> str:
    """What ``problem`` says; of a document that it can make nothing of, just that."""
    try:
        return problem(*arguments)
    except SENSELESS:
        return "its document makes no sense"


def column_problem(row: Any, expected: dict[str, Any]) -> str:
    """The first column that is not what the document says; empty if none."""
    for name, value in expected.items():
        if getattr(row, name) != value:
            return f"its column {name} differs from its document"
    return ""


def _row_problem(row: Any, chronicle: Chronicle) -> str:
    wrong = column_problem(row, rows.columns_of(row.subject, row.document, chronicle))
    if not wrong and row.taken_at != rows.taken_at(row.document, row.updated_at):
        return "its column taken_at is not the time of its takedown"
    return wrong


def _lineage_problem(term: Term, index: Index) -> str:
    if spelled(term.lineage) != spelled(index.lineage(term.subject)):
        return "its lineage is not that of the places that it lies in"
    return ""


def _spellings_of(terms: list[Any]) -> dict[int, set[Spelled]]:
    found: dict[int, set[Spelled]] = {}
    for row in each(Spelling.objects.filter(term__in=[term.pk for term in terms])):
        looked_up = (row.chronicle_id, row.facet, bytes(row.folded), row.name, row.whole)
        found.setdefault(row.term_id, set()).add(looked_up)
    return found


def _spelling_problem(term: Any, looked_up: set[Spelled]) -> str:
    wanted = spellings_of(term.facet, term.document)
    kept = {(term.chronicle_id, term.facet, *spelling, whole) for spelling, whole in wanted.items()}
    if looked_up != kept:
        return "it is not looked up by the names of its document"
    return ""


def unlike_entries(chronicle: Chronicle, state: State, index: Index, progress: Progress) -> Iterator[str]:
    """The entries that are not as their editions have them, or are indexed, placed or printed otherwise.

    Fills ``index``.
    """
    currents, seen = state.of_facets("entry"), set()
    for entries in batches(Entry.objects.filter(chronicle=chronicle).with_document()):
        terms = _terms_of(chronicle, entries)
        links, found_by = _links_of(entries), _words_of(entries)
        for entry in entries:
            seen.add(entry.subject)
            entry.chronicle = chronicle
            # Whatever is wrong with the row, the index is to hold what the document says.
            unsound = _told(_index_problem, entry, index)
            wrong = _unlike_current(entry, currents.get(entry.subject))
            wrong = wrong or _told(_entry_problem, entry, terms, links.get(entry.pk, set()))
            wrong = wrong or _told(_words_problem, entry, terms, found_by.get(entry.pk))
            if wrong := wrong or unsound:
                yield f"{entry.subject}: {wrong}."
        progress(len(entries))
    yield from _missing(currents, seen)


def _terms_of(chronicle: Chronicle, entries: list[Any]) -> dict[str, Term]:
    """The terms that the documents of ``entries`` name, by subject."""
    named = set().union(*(_named_in(entry.document) for entry in entries))
    terms = Term.objects.named(chronicle, named).with_document()
    return cards.by_subject(chronicle, each(terms))


def _named_in(document: Any) -> set[str]:
    try:
        return {subject for subject in named_in(document) if is_subject(subject)}
    except SENSELESS:
        return set()


def _links_of(entries: list[Any]) -> dict[int, set[Link]]:
    """Under which terms, as which facet and in which place each entry is found."""
    found: dict[int, set[Link]] = {}
    links = EntryTerm.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry, *link in links.values_list("entry_id", "term_id", "facet", "sk"):
        found.setdefault(entry, set()).add(tuple(link))
    return found


def _entry_problem(entry: Any, terms: cards.Terms, links: set[Link]) -> str:
    document = entry.document
    named = named_in(document)
    if wrong := _row_problem(entry, entry.chronicle):
        return wrong
    if entry.withdrawn_at != (entry.updated_at if "withdrawn" in document else None):
        return "its column withdrawn_at is not the time of its withdrawal"
    if entry.clash >= 1 << columns.LOW_BITS:
        return "its column clash is no difference of places"
    if entry.sk != columns.sk(rows.placed(document, entry.chronicle.clock), entry.pk, entry.clash):
        return "its place in time is not that of its document"
    if missing := named - terms.keys():
        return f"{min(missing)}, which it names, is not in the record"
    found_under = indexed_in(document, terms)
    if links != {(terms[subject].pk, facet_of(subject), entry.sk) for subject in found_under}:
        return "it is not indexed under the terms of its document"
    return _card_problem(entry, terms)


def _words_of(entries: list[Any]) -> dict[int, EntryWords]:
    rows = EntryWords.objects.filter(entry__in=[entry.pk for entry in entries])
    return {row.entry_id: row for row in each(rows)}


def _words_problem(entry: Any, terms: cards.Terms, row: EntryWords | None) -> str:
    right = words.row_of(entry, entry.document, terms)
    if (row and _columns(row)) != (right and _columns(right)):
        return "it is not found by the words of its document"
    return ""


def _columns(row: EntryWords) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _index_problem(entry: Any, index: Index) -> str:
    moment = rows.placed(entry.document, entry.chronicle.clock)["moment"]
    parts = columns.parts_of(moment, entry.chronicle.clock)
    index.add(entry.pk, entry.document, parts)
    return ""


def _card_problem(entry: Any, terms: cards.Terms) -> str:
    if is_gone(entry.document):
        return "its card is not empty" if entry.card else ""
    if entry.card != cards.print_card(entry.document, terms, url=entry.get_absolute_url()):
        return (
            "its card is not the one its document prints (after a change of template run: manage.py reprint)"
        )
    return ""
