"""From the rows of the index to the documents of terms. Pure: reads no row that it is not given."""

from typing import Any

from events.models import Actor, Kind, Outlet, Place, Source, Story
from events.press import figures
from events.press.composing import FACETS, Document, Row, Subjects, every


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
