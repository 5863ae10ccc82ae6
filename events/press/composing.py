"""From the desk's rows to the documents that are printed. Pure: reads no row that it is not given.

``subjects`` says under which subject each row of the desk is printed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from chronicle.clock import Clock
from chronicle.documents import FORMAT
from chronicle.models import Standing
from chronicle.record import columns
from events.models import Actor, Citation, Event, Kind, Material, Outlet, Place, Source, Story
from events.press import figures

Document = dict[str, Any]
Row = Kind | Place | Actor | Outlet | Source | Material
Key = tuple[str, int]
"""A row of the desk: its facet and its primary key."""
Subjects = Mapping[Key, str]

FACETS: dict[type, str] = {
    Kind: "kind",
    Place: "place",
    Actor: "actor",
    Outlet: "outlet",
    Source: "source",
    Material: "asset",
}


def key_of(row: Row) -> Key:
    """What tells a row of the desk from every other."""
    return FACETS[type(row)], row.pk


def subject_of(row: Any) -> str | None:
    """Under which subject ``row`` is printed, where it is; its link must be read with it."""
    printed = getattr(row, "printed", None)
    return f"{printed.facet}/{printed.number}" if printed else None


def cited_by(event: Event) -> list[Row]:
    """The sources of its approved citations, with their outlets and origins: only they may be printed."""
    approved = [c.source for c in event.citations.all() if c.state == Citation.State.APPROVED]
    return [row for source in approved for row in (source.outlet, source.origin, source)]


def every(story: Story) -> Document:
    """What every document of ``story`` holds."""
    return {"format": FORMAT, "language": story.language, "note": ""}


def term_document(row: Row, story: Story, subjects: Subjects) -> Document:
    """What is printed of ``row``. ``subjects`` must know what it names itself."""
    compose = _TERMS[FACETS[type(row)]]
    return {**every(story), **compose(row, subjects)}


def _kind(kind: Kind, _subjects: Subjects) -> Document:
    return {"name": kind.name, "description": kind.description, "citations_needed": kind.citations_needed}


def _place(place: Place, subjects: Subjects) -> Document:
    return {
        "names": _names(place),
        "latitude": _text(place.latitude),
        "longitude": _text(place.longitude),
        "precision": _text(place.precision),
        "within": subjects[("place", place.within_id)] if place.within_id else "",
    }


def _actor(actor: Actor, _subjects: Subjects) -> Document:
    return {"names": _names(actor), "nature": actor.nature}


def _outlet(outlet: Outlet, _subjects: Subjects) -> Document:
    return {
        "name": outlet.name,
        "nature": outlet.nature,
        "country": outlet.country,
        "side": outlet.side,
        "reliability": outlet.reliability,
        "reliability_reason": outlet.reliability_reason,
        "reliability_since": outlet.reliability_since.isoformat() if outlet.reliability_since else "",
        "url": outlet.url,
    }


def _source(source: Source, subjects: Subjects) -> Document:
    return {
        "outlet": subjects[("outlet", source.outlet_id)],
        "title": source.title,
        "genre": source.genre,
        "published_on": source.published_on,
        "url": source.url,
        "canonical_url": source.canonical_url,
        "archived_url": source.archived_url,
        "relays": subjects[("source", source.relays_id)] if source.relays_id else "",
        "retracted": source.retraction_reason,
        **({"language": source.language} if source.language else {}),
    }


_TERMS: dict[str, Any] = {
    "kind": _kind,
    "place": _place,
    "actor": _actor,
    "outlet": _outlet,
    "source": _source,
    "asset": figures.asset_fields,
}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _names(row: Place | Actor) -> list[Document]:
    return [
        {
            "name": name.name,
            "language": name.language,
            "used_by": name.used_by,
            "preferred": name.preferred,
        }
        for name in row.names.all()
    ]


def event_document(
    event: Event, subjects: Subjects, linked: Iterable[Key], shown: Iterable[tuple[Key, str]] = ()
) -> Document:
    """The words, moment and index of ``event``; ``linked`` are its places and actors.

    ``shown`` are its media in their order, each with its caption there.
    """
    members = {facet: [key for key in linked if key[0] == facet] for facet in ("place", "actor")}
    return {
        **every(event.day.story),
        "headline": event.headline,
        "text": event.text,
        "moment": moment_document(event),
        "position": event.position,
        "key": event.is_key,
        "kind": subjects[("kind", event.kind_id)],
        "places": _members(members["place"], subjects),
        "actors": _members(members["actor"], subjects),
        **_media([{"subject": subjects[key], "caption": caption} for key, caption in shown]),
    }


def _media(listed: list[Document]) -> Document:
    """The list of media, which is left out where it holds none, as before there were any."""
    return {"media": listed} if listed else {}


def _members(keys: Iterable[Key], subjects: Subjects) -> list[Document]:
    """A list of subjects, in the order of their numbers."""
    numbered = sorted((subjects[key] for key in keys), key=lambda s: int(s.partition("/")[2]))
    return [{"subject": subject} for subject in numbered]


def moment_document(event: Event) -> Document:
    """The moment of ``event``, by the clock of its story, with the offset that was in force."""
    clock = event.day.story.clock
    is_open = event.open_start or event.open_end
    return {
        "wording": event.wording,
        "earliest": _local(event.earliest, clock),
        "latest": _local(event.latest, clock),
        "open_start": event.open_start,
        "open_end": event.open_end,
        "throughout": event.throughout,
        "precision": columns.precision(event.earliest, event.latest, is_open=is_open, clock=clock),
        "carried": event.carried,
        "happened_on": event.happened_on.isoformat(),
        "told_on": event.day.date.isoformat(),
        "edtf": event.edtf,
    }


def _local(at: datetime, clock: Clock) -> str:
    return at.astimezone(clock.zone).isoformat(timespec="seconds")


def withdrawn_document(printed: Document, reason: str) -> Document:
    """What is left of an entry that is taken off: where it stood, and why it went. Its words are not."""
    return {
        **{name: printed[name] for name in ("format", "language", "position")},
        "note": reason,
        "withdrawn": reason,
        "moment": {**printed["moment"], "wording": ""},
    }


def evidence(
    citations: Iterable[Citation],
    printed: Iterable[Document],
    subjects: Subjects,
    retracted: Mapping[str, str],
) -> Document:
    """The citations that readers may see, and what they amount to."""
    shown = to_print(citations, printed, subjects, retracted)
    return {"citations": shown, "standing": standing(shown)}


def to_print(
    citations: Iterable[Citation],
    printed: Iterable[Document],
    subjects: Subjects,
    retracted: Mapping[str, str],
) -> list[Document]:
    """The citations that readers may see.

    An approved one as it stands; a pending one in the words that were approved and printed before,
    where there are such, with the reason in ``retracted`` if the source it named then was taken back;
    a rejected one not at all.
    """
    before = {document["key"]: document for document in printed}
    shown = []
    for citation in citations:
        was = before.get(str(citation.key))
        if citation.state == Citation.State.APPROVED:
            shown.append(citation_document(citation, subjects))
        elif citation.state == Citation.State.PENDING and was:
            shown.append({**was, "retracted": retracted[was["source"]]})
    return shown


def citation_document(citation: Citation, subjects: Subjects) -> Document:
    """One approved citation."""
    source = citation.source
    return {
        "key": str(citation.key),
        "source": subjects[("source", source.pk)],
        "outlet": subjects[("outlet", source.outlet_id)],
        "origin": subjects[("outlet", source.origin_id)],
        "quote": citation.quote,
        "language": citation.language,
        "translation": _translation(citation),
        "locator": citation.locator,
        "stance": citation.stance,
        "credibility": citation.credibility,
        "retracted": source.retraction_reason,
    }


def _translation(citation: Citation) -> Document | None:
    if not citation.translation:
        return None
    return {
        "text": citation.translation,
        "language": citation.translation_language,
        "by": citation.translated_by,
    }


def standing(citations: list[Document]) -> str:
    """What printed citations amount to. Citations of one origin are one voice, however many pass it on."""
    live = [citation for citation in citations if not citation["retracted"]]
    if _of_stance(live, Citation.Stance.DISPUTES):
        return Standing.DISPUTED.value
    origins = {citation["origin"] for citation in _of_stance(live, Citation.Stance.SUPPORTS)}
    if len(origins) > 1:
        return Standing.CORROBORATED.value
    if origins:
        return Standing.SINGLE.value
    taken_back = _of_stance(citations, Citation.Stance.SUPPORTS)
    return Standing.RETRACTED.value if taken_back else Standing.UNSUPPORTED.value


def _of_stance(citations: list[Document], stance: Citation.Stance) -> list[Document]:
    return [citation for citation in citations if citation["stance"] == stance]
