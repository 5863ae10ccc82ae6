"""The index of the record: terms, the entries under them, and their editions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import slugify

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Term
from chronicle.record import columns
from events.models import Actor, Event, Outlet, Place
from events.press import composing, log, rendering
from events.press.classing import classify
from events.press.composing import Document, Termed, TermIds, TermKey
from events.press.log import Printing


def term_ids(chronicle: Chronicle, events: Sequence[Event], *, by: Any, words: bool = True) -> TermIds:
    """The term of every row that the documents of ``events`` name; first uses are printed now."""
    rows = _named(events, words=words)
    ids = _known_ids(chronicle, {key for _, key in rows})
    missing = [row for key, row in rows.items() if key not in ids]
    outlets = [row for row in missing if isinstance(row, Outlet)]
    # The document of a source names the term of its outlet.
    _add(chronicle, outlets, ids, by=by)
    _add(chronicle, [row for row in missing if row not in outlets], ids, by=by)
    return ids


def _named(events: Sequence[Event], *, words: bool) -> dict[TermKey, Termed]:
    named = (row for event in events for row in composing.terms_of(event, words=words))
    return {composing.term_key(row): row for row in named}


def _known_ids(chronicle: Chronicle, keys: set[Any]) -> TermIds:
    terms = Term.objects.filter(chronicle=chronicle, key__in=keys)
    return {(kind, key): pk for kind, key, pk in terms.values_list("kind", "key", "pk")}


def _add(chronicle: Chronicle, rows: Sequence[Termed], ids: TermIds, *, by: Any) -> None:
    if not rows:
        return
    taken = set(Term.objects.filter(chronicle=chronicle).values_list("kind", "slug"))
    terms = []
    for row in rows:
        kind, key = composing.term_key(row)
        label = composing.term_label(row, chronicle)
        term = Term(chronicle=chronicle, kind=kind, key=key, label=label, slug=_free_slug(kind, label, taken))
        term.document = composing.term_document(row, ids)
        terms.append(term)
    for term in Term.objects.bulk_create(terms, batch_size=200):
        ids[(term.kind, term.key)] = term.pk
    printings = [
        Printing(Edition.Subject.TERM, term.pk, Edition.Action.FIRST, term_edition(term), "")
        for term in terms
    ]
    log.append(chronicle, printings, by=by)


def term_edition(term: Term) -> Document:
    """What an edition of ``term`` holds: enough to print the whole row again."""
    return {"kind": term.kind, "slug": term.slug, "label": term.label, "document": term.document}


def _free_slug(kind: str, label: str, taken: set[tuple[str, str]]) -> str:
    wanted = slugify(label, allow_unicode=True)[:70].strip("-") or kind
    slug, n = wanted, 1
    while (kind, slug) in taken:
        n += 1
        slug = f"{wanted}-{n}"
    taken.add((kind, slug))
    return slug


def reprint_term(row: Termed, *, by: Any, note: str) -> list[Edition]:
    """Print ``row`` again wherever it is in the record and has changed, and the cards that show it."""
    kind, key = composing.term_key(row)
    editions: list[Edition] = []
    chronicles = log.all_locked()
    for term in Term.objects.filter(kind=kind, key=key).order_by("chronicle_id"):
        chronicle = chronicles[term.chronicle_id]
        before = term_edition(term)
        term.label = composing.term_label(row, chronicle)
        term.document = composing.term_document(row, _outlet_ids(chronicle, row, by=by))
        after = term_edition(term)
        if after == before:
            continue
        term.save()
        printing = Printing(Edition.Subject.TERM, term.pk, classify(before, after), after, note)
        editions += log.append(chronicle, [printing], by=by)
        rendering.reprint(Entry.objects.filter(entry_terms__term=term, withdrawn_at__isnull=True).distinct())
    return editions


def reprint_names(chronicle: Chronicle, *, by: Any) -> None:
    """Print every place and actor of ``chronicle`` again, in its present style."""
    note = "The chronicle shows several names in another way."
    for model, kind in ((Place, Term.Kind.PLACE), (Actor, Term.Kind.ACTOR)):
        keys = Term.objects.filter(chronicle=chronicle, kind=kind).values_list("key", flat=True)
        for row in model.objects.filter(key__in=list(keys)).prefetch_related("names__preferred_in"):
            reprint_term(row, by=by, note=note)


def links_of(row: Termed) -> Any:
    """The index rows of ``row``, in every chronicle."""
    kind, key = composing.term_key(row)
    return EntryTerm.objects.filter(term__kind=kind, term__key=key)


def retractions(entries: Iterable[Entry]) -> dict[int, str]:
    """Why each source that ``entries`` are printed with was retracted, by term; empty where it was not."""
    sources = {citation["source"] for entry in entries for citation in entry.document.get("citations", [])}
    return {term.pk: term.document["retracted"] for term in Term.objects.filter(pk__in=sources)}


def _outlet_ids(chronicle: Chronicle, row: Termed, *, by: Any) -> TermIds:
    """The term of a source's outlet in ``chronicle``, printed first if the source has moved to a new one."""
    outlet = getattr(row, "outlet", None)
    if outlet is None:
        return {}
    ids: TermIds = {}
    found = Term.objects.filter(chronicle=chronicle, kind=Term.Kind.OUTLET, key=outlet.key).first()
    if found:
        ids[composing.term_key(outlet)] = found.pk
    else:
        _add(chronicle, [outlet], ids, by=by)
    return ids


def index(entries: Sequence[Entry]) -> None:
    """Write the rows under which ``entries`` are found, in place of those they had."""
    EntryTerm.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    links = [
        EntryTerm(term_id=term, entry=entry, sk=entry.sk, role=role)
        for entry in entries
        for role, terms in columns.roles(entry.document).items()
        for term in terms
    ]
    EntryTerm.objects.bulk_create(links, batch_size=500)
