"""Words that decisions keep: those of what is taken down go, the decisions stay.

A decision on something else may tell of it too: of a citation it keeps which source and outlet that named, of
a medium its place. There the text goes and the fingerprint stays, as the decision still holds.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from events.finding import keeping
from events.models import Citation, Decision, Event, Material, Outlet, Source, Words
from events.models.decision import SUBJECTS, named_as

About = Words.About
MAY_HAVE_NAMED = (
    "What stood against it may have named something that was taken down. Look at it, then set its time again "
    "or publish it."
)


def forget(model: Any, rows: Sequence[Any]) -> None:
    """Delete the words of every decision on ``rows``, and the text wherever a decision tells of one."""
    name = model._meta.model_name
    if name in SUBJECTS:
        # Those without a text are fingerprints of what was read beside it, which hold for others too.
        _delete(Words.objects.filter(**{f"decision__{name}__in": rows}).exclude(text=""))
    for row in rows:
        silence(told_beside(row))
        _forget_refusals(row)


def forget_said(decisions: Sequence[Decision]) -> None:
    """Take the texts of ``decisions``, and what else the desk may have said of what they were on."""
    silence(Words.objects.filter(decision__in=decisions))
    for decision in decisions:
        about = decision.citation.event if decision.citation else decision.subject
        if isinstance(about, Event | Material):
            _forget_refusals(about)


def silence(words: QuerySet[Words]) -> None:
    """Take the text from ``words``."""
    told = words.exclude(text="")
    decisions = _decisions_of(told)
    told.update(text="")
    keeping.keep(Decision, decisions)


def _delete(words: QuerySet[Words]) -> None:
    decisions = _decisions_of(words)
    words.delete()
    keeping.keep(Decision, decisions)


def _decisions_of(words: QuerySet[Words]) -> set[int]:
    return set(words.order_by().values_list("decision", flat=True))


def told_beside(row: Any) -> QuerySet[Words]:
    """The words of decisions on other rows that tell of ``row``, by whatever name or link it had then."""
    of_story = Q(decision__citation__event__day__story=row.story) | Q(decision__material__story=row.story)
    return Words.objects.filter(of_story, tells_of__contains=named_as([row]))


def _forget_refusals(row: Any) -> None:
    """Why something was not published at its time names an event, and the media that it shows, in their words
    of then: which, nobody can tell by what they say now."""
    refused = Event.objects.filter(day__story=row.story).exclude(schedule_refusal="")
    if isinstance(row, Event):
        refused.filter(pk=row.pk).update(schedule_refusal=MAY_HAVE_NAMED)
    if isinstance(row, Material):
        refused.filter(schedule_refusal__contains="“").update(schedule_refusal=MAY_HAVE_NAMED)


def forget_before(row: Any, then: datetime) -> None:
    """Delete the words of decisions made on ``row``, and on its citations, before ``then``, but for those
    about words that it has still."""
    decisions = Decision.objects.filter(_about(row), at__lt=then).prefetch_related("words")
    gone = [decision.pk for decision in decisions.select_related("citation") if not _holds(decision, row)]
    _delete(Words.objects.filter(decision__in=gone).exclude(text=""))
    silence(told_beside(row).filter(decision__at__lt=then))
    _forget_refusals(row)


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
