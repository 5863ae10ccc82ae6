"""Words that decisions keep: those of what is taken down go, the decisions stay.

A decision on something else may tell of it too: of a citation it keeps which source and outlet that named, of
a medium its place. There the text goes and the fingerprint stays, as the decision still holds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.models import Actor, Citation, Decision, Event, Material, Outlet, Place, Source, Story, Use, Words
from events.models.decision import SUBJECTS

About = Words.About
WAS_TAKEN_DOWN = "Something that it shows was taken down. Look at it, then set its time again or publish it."


def forget(model: Any, rows: Sequence[Any]) -> None:
    """Delete the words of every decision on ``rows``, and the text wherever a decision tells of one."""
    name = model._meta.model_name
    if name in SUBJECTS:
        # Those without a text are fingerprints of what was read beside it, which hold for others too.
        Words.objects.filter(**{f"decision__{name}__in": rows}).exclude(text="").delete()
    for row in rows:
        silence(told_beside(row))
        _forget_refusals(row)


def silence(words: QuerySet[Words]) -> None:
    """Take the text from ``words``."""
    words.exclude(text="").update(text="")


def told_beside(row: Any) -> QuerySet[Words]:
    """The words of decisions on other rows that tell of ``row``, by what they name now or named then."""
    named = Q(pk__in=[])
    for line in _LINES.get(type(row), _no_lines)(row):
        named |= Q(text__contains=line)
    told = Q(named, _of_story(row.story)) | _NAMING.get(type(row), _nobody)(row)
    return Words.objects.filter(told, about=About.SUBJECT)


def _of_story(story: Story) -> Q:
    return Q(decision__citation__event__day__story=story) | Q(decision__material__story=story)


def _no_lines(row: Any) -> Iterator[str]:
    yield from ()


def _lines_of_named(row: Place | Actor) -> Iterator[str]:
    yield from (f"Place: {name.name}" for name in row.names.all())


def _lines_of_event(event: Event) -> Iterator[str]:
    captions = Use.objects.filter(event=event).exclude(caption="").values_list("caption", flat=True)
    yield from (f"Caption in an event: {caption}" for caption in captions)


_LINES: dict[type, Callable[[Any], Iterator[str]]] = {
    Event: _lines_of_event,
    Place: _lines_of_named,
    Source: lambda source: iter([f"Source: {source}"]),
    Outlet: lambda outlet: iter([f"Source: {outlet}: "]),
}
"""Lines in which what was read of something else tells of a row: see ``as_read`` of citation and medium."""


def _nobody(row: Any) -> Q:
    return Q(pk__in=[])


_NAMING: dict[type, Callable[[Any], Q]] = {
    Event: lambda event: Q(decision__material__uses__event=event),
    Place: lambda place: Q(decision__material__place=place),
    Source: lambda source: Q(decision__citation__source=source) | Q(decision__material__source=source),
    Outlet: lambda outlet: (
        Q(decision__citation__source__outlet=outlet) | Q(decision__material__source__outlet=outlet)
    ),
}
"""The decisions on what names a row today: they may tell of it in words that it had before."""


def _forget_refusals(row: Any) -> None:
    """Why an event was not published at its time may name a medium that it shows."""
    if isinstance(row, Material):
        told = Event.objects.filter(day__story=row.story, schedule_refusal__contains=f"“{row}”")
        told.update(schedule_refusal=WAS_TAKEN_DOWN)


def forget_before(row: Any, then: datetime) -> None:
    """Delete the words of decisions made on ``row``, and on its citations, before ``then``, but for those
    about words that it has still."""
    decisions = Decision.objects.filter(_about(row), at__lt=then).prefetch_related("words")
    gone = [decision.pk for decision in decisions.select_related("citation") if not _holds(decision, row)]
    Words.objects.filter(decision__in=gone).exclude(text="").delete()
    silence(told_beside(row).filter(decision__at__lt=then))


def _about(row: Any) -> Q:
    name = row._meta.model_name
    if name not in SUBJECTS:
        return Q(pk__in=[])
    return Q(event=row) | Q(citation__event=row) if isinstance(row, Event) else Q(**{name: row})


def _holds(decision: Decision, row: Any) -> bool:
    """Whether what was decided on says the same still, and so does its event."""
    sealed: dict[str, str] = {words.about: words.hmac for words in decision.words.all()}
    said = decision.citation or row
    if not isinstance(said, Citation | Material) or sealed.get(About.SUBJECT) != said.hmac:
        return False
    return not isinstance(row, Event) or sealed.get(About.EVENT) == row.hmac


def proposals_before(row: Any, then: datetime) -> Iterable[Any]:
    """The decided proposals of ``row`` made before ``then``: each holds what it said, and what it would."""
    if not isinstance(row, Source | Outlet):
        return []
    return row.proposals.exclude(state="open").filter(proposed_at__lt=then, erased_at=None)
