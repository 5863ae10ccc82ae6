"""From the desk's rows to the documents that are printed. Pure: reads no row that it is not given.

``subjects`` says under which subject each row of the desk is printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chronicle.clock import Clock
from chronicle.documents import FORMAT
from chronicle.models import Standing
from chronicle.record import columns
from events.models import Actor, Citation, Event, Kind, Material, Outlet, Place, Source, Story
from events.models.evidence import Said, once

Document = dict[str, Any]
Row = Kind | Place | Actor | Outlet | Source | Material
Key = tuple[str, int]
"""A row of the desk: its facet and its primary key."""
Subjects = Mapping[Key, str]
LONG_AGO = datetime.min.replace(tzinfo=UTC)

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


@dataclass(frozen=True)
class Under:
    """The words of an event that citations are printed under, by their HMAC.

    ``before`` are those that they were printed under last; ``recheck`` says that an approval given to other
    words is printed all the same, with the mark that it is being checked again.
    """

    now: str
    before: str
    recheck: bool

    @classmethod
    def staged(cls, event: Event) -> "Under":
        """What ``event`` says now, which readers are to see."""
        return cls(event.hmac, event.published_hmac, event.story.recheck == Story.Recheck.AFTER)

    @classmethod
    def printed(cls, event: Event) -> "Under":
        """What readers see of ``event``, whatever is staged."""
        asks_after = event.story.recheck == Story.Recheck.AFTER
        as_staged = event.published_hmac == event.hmac
        return cls(event.published_hmac, event.published_hmac, asks_after and as_staged)

    def cover(self, citation: Citation) -> bool:
        """Whether readers may see ``citation`` as it is under these words."""
        approved = citation.state == Citation.State.APPROVED
        return approved and (self.recheck or citation.event_hmac == self.now)


def cited_by(event: Event, under: Under) -> list[Row]:
    """The sources of its citations that are printed, with their outlets and origins: only they may be."""
    sources = [citation.source for citation in event.citations.all() if under.cover(citation)]
    return [row for source in sources for row in (source.outlet, source.origin, source)]


def every(story: Story) -> Document:
    """What every document of ``story`` holds."""
    return {"format": FORMAT, "language": story.language, "note": ""}


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
    """What is left of an entry that is taken off: where it stood, and why it went. Its words are not.

    Of a key event that it was one, so that the story so far shows a gap and not another story.
    """
    return {
        **({"key": True} if printed["key"] else {}),
        **{name: printed[name] for name in ("format", "language", "position")},
        "note": reason,
        "withdrawn": reason,
        "moment": {**printed["moment"], "wording": ""},
    }


@dataclass(frozen=True)
class Shelf:
    """What the citations of an event are printed with.

    ``printed`` are those that readers see of it now, ``subjects`` under which each row of the desk is
    printed, ``retracted`` why each source was taken back.
    """

    printed: Mapping[str, Document]
    subjects: Subjects
    retracted: Mapping[str, str]


def shelf(printed: Iterable[Document], subjects: Subjects, retracted: Mapping[str, str]) -> Shelf:
    return Shelf({document["key"]: document for document in printed}, subjects, retracted)


def evidence(citations: Iterable[Citation], beside: Shelf, under: Under) -> Document:
    """The citations that readers may see, and what they amount to.

    Of the same evidence the one that is not being checked again, that readers see already, or else the one
    that was approved first.
    """
    told = ((citation, _to_print(citation, beside, under)) for citation in citations)
    each = [(citation, document) for citation, document in told if document]
    in_turn = sorted(each, key=lambda one: _turn(one[0], one[1], beside.printed))
    kept = once(in_turn, lambda one: said_in(one[1]))
    shown = [document for _, document in sorted(kept, key=lambda one: one[0].pk)]
    return {"citations": shown, "standing": standing(shown)}


def _to_print(citation: Citation, beside: Shelf, under: Under) -> Document | None:
    """What readers may see of ``citation``; None where that is nothing.

    As it is, where it stands approved with the words that it is printed under. In the words that were
    approved and printed before, where it waits since or was approved with others, as long as these stay the
    same. Otherwise only with the mark that it is being checked again, if its story has that.
    """
    if under.cover(citation):
        document = citation_document(citation, beside.subjects)
        return document if citation.event_hmac == under.now else {**document, "recheck": True}
    return _as_before(citation, beside, under)


def _as_before(citation: Citation, beside: Shelf, under: Under) -> Document | None:
    """What readers see of it now, with why its source was taken back, if it was; None where it goes."""
    was = beside.printed.get(str(citation.key))
    kept = citation.state == Citation.State.APPROVED or citation.keeps_approved
    if was is None or not kept:
        return None
    told = {**was, "retracted": beside.retracted[was["source"]]}
    if under.now == under.before:
        return told
    return {**told, "recheck": True} if under.recheck else None


def _turn(citation: Citation, document: Document, before: Mapping[str, Document]) -> tuple[Any, ...]:
    """Which of the same evidence is printed: the first by this, of what readers had ``before``."""
    approved = citation.approved_at
    is_new = document["key"] not in before
    return "recheck" in document, is_new, approved is None, approved or LONG_AGO, citation.pk


def said_in(document: Document) -> Said:
    """By what a printed citation is known for the same evidence as another."""
    return (document["source"], document["stance"]), document["quote"]


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
        "retracted": source.retracted_for,
    }


def _translation(citation: Citation) -> Document | None:
    if not citation.translation:
        return None
    return {
        "text": citation.translation,
        "language": citation.translation_language,
        "by": citation.translated_by,
    }


def supporting(cited: Iterable[Document]) -> int:
    """How many of ``cited`` are evidence in support, the same once."""
    return sum(each["stance"] == Citation.Stance.SUPPORTS for each in once(cited, said_in))


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
