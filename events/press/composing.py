"""From the desk's rows to the plain documents that are printed. Reads, and writes nothing."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from chronicle.models import Chronicle, Standing, Term
from events.models import Actor, Citation, Day, Event, Kind, Outlet, Place, Source

Document = dict[str, Any]
Termed = Kind | Place | Actor | Outlet | Source
TermKey = tuple[str, Any]
TermIds = dict[TermKey, int]

TERM_KINDS: dict[type, str] = {
    Kind: Term.Kind.KIND,
    Place: Term.Kind.PLACE,
    Actor: Term.Kind.ACTOR,
    Outlet: Term.Kind.OUTLET,
    Source: Term.Kind.SOURCE,
}


def term_key(row: Termed) -> TermKey:
    """What tells a desk row from every other among the terms of one chronicle."""
    return str(TERM_KINDS[type(row)]), row.key


def iso(instant: datetime) -> str:
    """``instant`` in UTC: 2020-11-08T07:00:00Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def term_label(row: Termed, chronicle: Chronicle) -> str:
    """The words that readers see for ``row`` in ``chronicle``, as many as a term has room for."""
    if isinstance(row, Place | Actor):
        return row.label_in(chronicle)[: Term._meta.get_field("label").max_length]
    return row.title if isinstance(row, Source) else row.name


def term_document(row: Termed, ids: TermIds) -> Document:
    """What is printed of ``row`` besides its label. ``ids`` must know a source's outlet."""
    if isinstance(row, Source):
        return {
            "outlet": ids[term_key(row.outlet)],
            "genre": row.get_genre_display(),
            "csl_type": row.genre,
            "published_on": row.published_on.isoformat() if row.published_on else "",
            "url": row.url,
            "archived_url": row.archived_url,
            "language": row.language,
            "retracted": row.retraction_reason,
        }
    if isinstance(row, Outlet):
        return {
            "kind": row.get_nature_display(),
            "country": row.country,
            "side": row.side,
            "reliability": row.reliability,
            "url": row.url,
        }
    if isinstance(row, Kind):
        return {"description": row.description}
    names = [{"name": n.name, "language": n.language, "used_by": n.used_by} for n in row.names.all()]
    if isinstance(row, Actor):
        return {"names": names, "nature": row.nature}
    located = row.latitude is not None
    return {
        "names": names,
        "latitude": str(row.latitude) if located else "",
        "longitude": str(row.longitude) if located else "",
    }


def day_document(day: Day, *, with_words: bool) -> Document:
    """A day for its page; without words, only which day it is."""
    return {
        "number": day.number,
        "date": day.date.isoformat(),
        "headline": day.headline if with_words else "",
        "sentence": day.sentence if with_words else "",
        "summary": day.summary if with_words else "",
        "occasion": day.occasion if with_words else "",
    }


def terms_of(event: Event, *, words: bool) -> list[Termed]:
    """Every desk row that the document of ``event`` names, outlets before their sources.

    Only what may be printed: the sources of approved citations, and with ``words`` the kind, places
    and actors.
    """
    approved = [c.source for c in event.citations.all() if c.state == Citation.State.APPROVED]
    cited: list[Termed] = [*(source.outlet for source in approved), *approved]
    if not words:
        return cited
    return [event.kind, *event.places.all(), *event.actors.all(), *cited]


def event_document(event: Event, ids: TermIds) -> Document:
    """The words, moment and index terms of ``event``."""
    return {
        "headline": event.headline,
        "text": event.text,
        "when": event.wording,
        "earliest": iso(event.earliest),
        "latest": iso(event.latest),
        "throughout": event.throughout,
        "edtf": event.edtf,
        "happened_on": event.happened_on.isoformat(),
        "reported_on": event.day.date.isoformat(),
        "position": event.position,
        "kind": ids[term_key(event.kind)],
        "places": sorted(ids[term_key(place)] for place in event.places.all()),
        "actors": sorted(ids[term_key(actor)] for actor in event.actors.all()),
    }


def citation_document(citation: Citation, ids: TermIds) -> Document:
    """One approved citation."""
    return {
        "id": citation.pk,
        "source": ids[term_key(citation.source)],
        "outlet": ids[term_key(citation.source.outlet)],
        "quote": citation.quote,
        "locator": citation.locator,
        "stance": citation.stance,
        "credibility": citation.credibility,
        "retracted": citation.source.retraction_reason,
    }


def to_print(
    citations: Iterable[Citation], printed: list[Document], ids: TermIds, retracted: dict[int, str]
) -> list[Document]:
    """The citations that readers may see.

    An approved one as it stands; a pending one in the words that were approved and printed before,
    where there are such, with the reason in ``retracted`` if the source it named then was taken back;
    a rejected one not at all.
    """
    before = {document["id"]: document for document in printed}
    shown = []
    for citation in citations:
        if citation.state == Citation.State.APPROVED:
            shown.append(citation_document(citation, ids))
        elif citation.state == Citation.State.PENDING and citation.pk in before:
            was = before[citation.pk]
            shown.append({**was, "retracted": retracted[was["source"]]})
    return shown


def evidence(
    citations: Iterable[Citation], printed: list[Document], ids: TermIds, retracted: dict[int, str]
) -> Document:
    """The citations that readers may see, and what they amount to."""
    shown = to_print(citations, printed, ids, retracted)
    return {"citations": shown, "standing": standing(shown)}


def standing(citations: list[Document]) -> str:
    """What printed citations amount to. Several citations of one outlet are one voice."""
    live = [citation for citation in citations if not citation["retracted"]]
    if _of_stance(live, Citation.Stance.DISPUTES):
        return Standing.DISPUTED.value
    outlets = {citation["outlet"] for citation in _of_stance(live, Citation.Stance.SUPPORTS)}
    if len(outlets) > 1:
        return Standing.CORROBORATED.value
    if outlets:
        return Standing.SINGLE.value
    taken_back = _of_stance(citations, Citation.Stance.SUPPORTS)
    return Standing.RETRACTED.value if taken_back else Standing.UNSUPPORTED.value


def _of_stance(citations: list[Document], stance: Citation.Stance) -> list[Document]:
    return [citation for citation in citations if citation["stance"] == stance]
