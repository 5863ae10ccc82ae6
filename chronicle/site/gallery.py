"""The media of a chronicle: those that the entries show which a reader asked for, printed last first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from pyroaring import BitMap

from chronicle.models import Chronicle, EntryTerm, Term
from chronicle.record.figures import Figure, figure_of
from chronicle.site import bounds, naming
from chronicle.site.facets import facets_of
from chronicle.site.filters import EntryFilter, cursor_of
from chronicle.site.listing import sentences_on
from chronicle.site.narrowed import Narrowed, changed
from chronicle.site.orders import order_of
from chronicle.site.selection import Selection

PER_PAGE = 48


@dataclass(frozen=True)
class Shown:
    """One medium of the grid."""

    figure: Figure
    label: str


@dataclass(frozen=True)
class Gallery(Narrowed):
    """One page of media, and what stands about it; ``following`` is a query, empty where none leads on."""

    media: list[Shown]
    following: str

    @property
    def is_empty(self) -> bool:
        return not self.media


def gallery_of(query: QueryDict, chronicle: Chronicle) -> Gallery:
    """The page that ``query`` asks for."""
    bounded, passed_over = bounds.within(query)
    numbered, sentences = naming.numbered(bounded, chronicle)
    selection = Selection(chronicle, EntryFilter(numbered), ("media",))
    rows = _rows(chronicle, selection.narrowed(), _after(numbered))
    more = f"?{changed(numbered, after=str(rows[PER_PAGE - 1].number))}" if len(rows) > PER_PAGE else ""
    return Gallery(
        filter=selection.filter,
        selection=selection,
        facets=facets_of(selection, numbered, but=("media",)),
        sentences=[
            *passed_over,
            *sentences,
            *sentences_on(selection, order_of(selection)),
            *_on_words(selection),
        ],
        query=numbered,
        media=[_shown(row) for row in rows[:PER_PAGE]],
        following=more,
    )


def _on_words(selection: Selection) -> Iterator[str]:
    if selection.is_countless:
        yield "So many entries hold these words that what they show is not told from the rest."


def _after(query: QueryDict) -> int | None:
    cursor = cursor_of(query, parts=1)
    return cursor.places[0] if cursor and not cursor.back else None


def _rows(chronicle: Chronicle, entries: BitMap, after: int | None) -> list[Any]:
    """The media that any of ``entries`` (row ids) shows, with one more than a page if there are."""
    shown = EntryTerm.objects.filter(facet="asset", entry__among=list(entries)).order_by().values("term")
    media = Term.objects.filter(chronicle=chronicle, facet="asset", pk__in=shown).order_by("-number")
    if after is not None:
        media = media.filter(number__lt=after)
    rows = list(media.with_document()[: PER_PAGE + 1])
    for row in rows:
        row.chronicle = chronicle
    return rows


def _shown(row: Any) -> Shown:
    host = settings.CHRONICLE_MEDIA_HOST
    return Shown(figure_of(row.document, url=row.get_absolute_url(), host=host), row.label)
