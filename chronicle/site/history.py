"""What has changed of an entry, newest first: its own editions, and those of what it rests on."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chronicle.models import Term
from chronicle.models.term import facet_of
from chronicle.site import differences, reads

DONE = {
    "correction": "was corrected",
    "update": "was changed",
    "addition": "was added to",
    "retraction": "was retracted",
}
"""What an edition of a source or an outlet did to it, in words; what is none of these is not told."""


@dataclass(frozen=True)
class Change:
    """What became of a source or an outlet: which it is, and how its edition changed it."""

    of: Term
    edition: Any

    @property
    def facet(self) -> str:
        return facet_of(self.edition.subject)

    @property
    def done(self) -> str:
        return DONE[self.edition.action]


@dataclass(frozen=True)
class Step:
    """One edition, with what it changed of the one before, and what was changed of what it rests on."""

    edition: Any
    changes: list[differences.Change]
    rests: list[Change] = field(default_factory=list)
    is_taken: bool = False
    """Whether the words of the edition were taken down."""


def history(
    editions: list[Any], told: Mapping[int, Any], terms: Mapping[str, Term], beside: Iterable[Any] = ()
) -> list[Step]:
    """Each of ``editions``, newest first, with those ``beside`` of what it rested on in between.

    ``told`` is what each of ``editions`` said, by its number. What was printed together with an edition of
    its own stands with that; a retraction its own words tell already.
    """
    steps = [_step(each, told.get(before, {}), told, terms) for each, before in pairs(editions)]
    own = {_printing(step.edition): step for step in steps}
    for each in beside:
        if each.subject not in terms or terms[each.subject].taken_at:
            continue
        change, together = Change(terms[each.subject], each), own.get(_printing(each))
        if together is None:
            steps.append(Step(each, [], [change]))
        elif each.action != "retraction":
            together.rests.append(change)
    return sorted(steps, key=lambda step: -step.edition.seq)


def _printing(edition: Any) -> tuple[Any, str]:
    """What editions have in common that were printed together: their instant and their note."""
    return edition.at, (edition.document or {}).get("note", "")


def _step(edition: Any, before: Any, told: Mapping[int, Any], terms: Mapping[str, Term]) -> Step:
    changes = differences.changes(before, told[edition.edition], terms)
    return Step(edition, changes, is_taken=edition.document is None)


def pairs(editions: Sequence[Any]) -> list[tuple[Any, int]]:
    """Each of ``editions``, newest first, with the number of the one that it changed; 0 of the first.

    A takedown changed nothing of what is shown: what comes after it is beside what came before.
    """
    found, before = [], 0
    for each in reversed(editions):
        found.append((each, before))
        before = before if each.action == "takedown" else each.edition
    return found[::-1]


def of_what_it_rests_on(chronicle: Any, editions: list[Any], told: Mapping[int, Any]) -> list[Any]:
    """The editions of sources and outlets that came while the entry of ``editions`` cited them."""
    cited = {edition.seq: _cited(told.get(edition.edition, {})) for edition in editions}
    named = set().union(*cited.values())
    if not named:
        return []
    places = sorted(cited)
    return [
        each
        for each in reads.changes_since(chronicle, min(cited), named, DONE)
        if each.subject in cited[places[bisect_left(places, each.seq) - 1]]
    ]


def _cited(document: Any) -> set[str]:
    """The subjects of its sources and of their outlets, those that they draw on among them."""
    citations = document.get("citations", ())
    return {citation[name] for citation in citations for name in ("source", "outlet", "origin")}
