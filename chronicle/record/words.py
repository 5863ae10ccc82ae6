"""The words that an entry is found by: from its document and those of the terms that it names.

A tsvector of PostgreSQL ends at a megabyte, and keeps no more than 255 places of a word. What goes beyond is
left out here, so that both databases answer alike.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from chronicle import folding, prose
from chronicle.models import Entry, EntryWords
from chronicle.models.term import is_gone, is_taken
from chronicle.record import inserting
from chronicle.record.cards import Terms

MOST_WORDS = 12_000
"""How many words of an entry are indexed, over all columns, with the fillers."""

MOST_BYTES = 400_000
"""How long they may be together, in UTF-8. Names are indexed twice, headlines three times."""

MOST_PLACES = 249
"""How many times one word of an entry is indexed."""

COLUMNS = ["headline", "names", "body"]
WRITTEN = ["sk", "entry_id", "chronicle_id", *COLUMNS]

NAME = 100
"""How long a text is at most that is remembered with its words."""

FILLER = "\ue000"
"""Stands in place of a word, and between two texts, so that no phrase reaches over. No question holds it."""


def words_of(document: Any, terms: Terms) -> dict[str, str] | None:
    """The columns ``headline``, ``names`` and ``body`` of EntryWords; None of an entry that is gone.

    ``terms`` must hold those that ``document`` names, with their documents.
    """
    if is_gone(document):
        return None
    room = _Room()
    return {
        "headline": room.taken([document["headline"]]),
        "names": room.taken(_names(document, terms)),
        "body": room.taken(_body(document, terms)),
    }


def row_of(entry: Entry, document: Any, terms: Terms) -> EntryWords | None:
    """The row of the words of ``entry``, which is saved; None of one that is gone."""
    words = words_of(document, terms)
    if words is None:
        return None
    return EntryWords(sk=entry.sk, entry=entry, chronicle_id=entry.chronicle_id, **words)


def save(entries: Iterable[tuple[Entry, Any]], terms: Terms) -> None:
    """Write the words of entries, each with its document, in place of those at the same place in time."""
    rows = (row_of(entry, document, terms) for entry, document in entries)
    _write([row for row in rows if row])


def renew(entries: Iterable[tuple[Entry, Any]], terms: Terms) -> bool:
    """Likewise, where they are others; says whether any were."""
    rows = [row for entry, document in entries if (row := row_of(entry, document, terms))]
    kept = EntryWords.objects.in_bulk([row.sk for row in rows])
    others = [row for row in rows if _told_by(row) != _told_by(kept.get(row.sk))]
    _write(others)
    return bool(others)


def _told_by(row: EntryWords | None) -> tuple[Any, ...]:
    return () if row is None else (row.entry_id, *(getattr(row, name) for name in COLUMNS))


def _write(rows: list[EntryWords]) -> None:
    told = ([getattr(row, name) for name in WRITTEN] for row in rows)
    inserting.insert(EntryWords, WRITTEN, told, same=["sk"], put=COLUMNS)


def _names(document: Any, terms: Terms) -> Iterator[str]:
    """Every name and title that the entry is indexed under, in the order of its document."""
    members = (member["subject"] for member in (*document["places"], *document["actors"]))
    cited = (citation[facet] for citation in document["citations"] for facet in ("outlet", "source"))
    for subject in dict.fromkeys((document["kind"], *members, *cited)):
        yield from _called(terms[subject].document)


def _called(term: Any) -> list[str]:
    if is_taken(term):
        return []
    if "names" in term:
        return [name["name"] for name in term["names"]]
    return [term["name"] if "name" in term else term["title"]]


def _body(document: Any, terms: Terms) -> Iterator[str]:
    yield prose.words(document["text"])
    for shown in document.get("media", ()):
        medium = terms[shown["subject"]].document
        if is_taken(medium):
            continue
        yield from (shown["caption"] or medium["caption"], medium["alt"])
    yield from (citation["quote"] for citation in document["citations"])
    translations = (citation["translation"] for citation in document["citations"])
    yield from (translation["text"] for translation in translations if translation)


@lru_cache(maxsize=2048)
def _folded_once(name: str) -> tuple[str, ...]:
    return tuple(folding.words(name))


def _folded(text: str) -> tuple[str, ...]:
    """The words of ``text``. Names and titles come again and again, and are short."""
    return _folded_once(text) if len(text) <= NAME else tuple(folding.words(text))


class _Room:
    """What is left for the words of one entry."""

    def __init__(self) -> None:
        self.words = MOST_WORDS
        self.bytes = MOST_BYTES
        self.places: Counter[str] = Counter()

    def taken(self, texts: Iterable[str]) -> str:
        """The words of ``texts``, as far as there is room for them."""
        kept: list[str] = []
        for text in texts:
            words = _folded(text)
            kept += self._one_by_one((FILLER, *words) if kept and words else words)
        return " ".join(kept)

    def _one_by_one(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            self.words -= 1
            self.bytes -= len(word.encode())
            if self.words < 0 or self.bytes < 0:
                return
            self.places[word] += 1
            yield word if self.places[word] <= MOST_PLACES else FILLER
