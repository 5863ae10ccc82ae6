"""What was cited for an event before in the same words, and what was decided on it. Only read here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from events.models import Citation, Decision, Event, Words
from events.models.evidence import repeated, same_words
from events.models.hmac import hmac_of

LIVE = (Citation.State.APPROVED, Citation.State.PENDING)
"""The states of what may count."""

DECIDED = ("approve", "reject")


def repeats(*events: Event) -> dict[int, Citation]:
    """Each citation of ``events`` (by primary key) that is the same evidence as one before it on its event,
    and that one.

    Approved ones come first, in the order in which they were approved.
    """
    return first_of_each(Citation.objects.filter(event__in=events, state__in=LIVE).order_by("pk"))


def first_of_each(citations: Iterable[Citation]) -> dict[int, Citation]:
    """Likewise of ``citations``, which are all of their events, in the order in which they were made."""
    live = [one for one in citations if one.state in LIVE]
    in_turn = sorted(live, key=lambda one: (one.approved_at is None, one.approved_at or one.submitted_at))
    found = repeated(in_turn, lambda citation: ((citation.event_id, citation.said[0]), citation.quote))
    return {citation.pk: first for citation, first in found if first is not None}


def like(citation: Citation) -> list[Citation]:
    """Other citations of its event that are approved or wait, with the same words of the same source."""
    others = Citation.objects.filter(event=citation.event_id, source=citation.source_id, state__in=LIVE)
    others = others.exclude(pk=citation.pk).order_by("pk")
    return [other for other in others if same_words(other.quote, citation.quote)]


def decisions_on(citations: Sequence[Citation]) -> dict[int, list[Decision]]:
    """What was done with each of ``citations`` (by primary key), and what was approved or rejected of the
    same words of the same source on its event; the newest first."""
    rows = Decision.objects.filter(citation__event__in={citation.event_id for citation in citations})
    rows = rows.select_related("by", "citation").prefetch_related("words")
    by_event: dict[int, list[Decision]] = defaultdict(list)
    for row in rows:
        if row.citation:
            by_event[row.citation.event_id].append(row)
    return {
        citation.pk: [row for row in by_event[citation.event_id] if _is_of(row, citation)]
        for citation in citations
    }


def decided_before(citation: Citation) -> list[Decision]:
    """What was approved or rejected of just these words of its source on its event; the newest first."""
    return [row for row in decisions_on([citation])[citation.pk] if is_on_words_of(row, citation)]


def _is_of(row: Decision, citation: Citation) -> bool:
    return row.citation_id == citation.pk or is_on_words_of(row, citation)


def is_on_words_of(row: Decision, citation: Citation) -> bool:
    """Whether ``row`` approved or rejected the words of the source that ``citation`` gives now."""
    if row.verb not in DECIDED or row.citation is None:
        return False
    sealed = {words.hmac for words in row.words.all() if words.about == Words.About.EVIDENCE}
    if hmac_of(citation.evidence()) in sealed:
        return True
    # Of which words are another's only as they stand now is known where they are those decided on.
    other = row.citation
    return (
        row.version == other.version
        and other.source_id == citation.source_id
        and same_words(other.quote, citation.quote)
    )
