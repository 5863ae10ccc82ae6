"""What the marks of a chronicle mean: standings, grades, actions, and what its entries go by.

Documents hold codes, and the words for them are of this program. What a story settles for itself is in its
own document and in those of its kinds, what it says of itself in the text ``codebook``: each has editions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chronicle import wording
from chronicle.clock import PARTS
from chronicle.documents import ACTIONS
from chronicle.models import Chronicle, Standing, Term
from chronicle.record.cards import CREDIBILITY, RELIABILITY
from chronicle.site import differences, facts, holdings
from chronicle.site.history import Step, of_words
from chronicle.site.sections import LABELS, DayLink, address

STANDINGS = {
    "unsupported": "No citation supports it.",
    "single": "All that supports it comes from one outlet. Sources that pass on one report count as one.",
    "corroborated": "Two outlets or more support it, each with a report of its own.",
    "disputed": "A source says otherwise.",
    "retracted": "What supported it was taken back by its outlet.",
}
"""What each standing says of an entry. None says whether something is true."""

DONE = {
    "first": "It was printed for the first time.",
    "addition": "Something was added, and nothing that stood was changed.",
    "update": "Something was changed that is neither its words nor a fact: a grade, a mark, an order.",
    "correction": "Words or facts that stood were taken out or exchanged.",
    "retraction": "A source that it rests on was taken back by its outlet.",
    "withdrawal": "Its editors took it back. The reason stands in its place; its words are shown no more.",
    "restoration": "It was withdrawn, and is public again. Its history begins anew.",
    "opening": "The chronicle was opened to readers.",
    "takedown": "Its words were removed from the record. That it was there, and when, stays.",
    "merge": "Two that were the same were made one.",
    "split": "What had been made one was parted again.",
    "undo": "An earlier change was taken back.",
}
"""What each action did."""

MARKS = {
    "Key event": "One of the few that the story is told in.",
    "Being re-checked": "The entry said something else when this citation was approved.",
    "Supports, disputes, mentions": "What the source says of the entry: that it is so, that it is otherwise, "
    "or neither.",
    "Added … later": "It was first printed after its day was closed.",
}
"""What else may stand beside an entry."""


@dataclass(frozen=True)
class Meaning:
    """One mark: the anchor of what is said of it, what it is called, and what it means."""

    name: str
    called: str
    means: str


def standings() -> list[Meaning]:
    return [Meaning(each.value, str(each.label), STANDINGS[each.value]) for each in Standing]


def actions() -> list[Meaning]:
    return [Meaning(name, called, DONE[name]) for name, called in ACTIONS.items()]


def marks() -> list[Meaning]:
    return [Meaning("", called, means) for called, means in MARKS.items()]


def grades() -> dict[str, list[tuple[Any, str]]]:
    return {"outlets": list(RELIABILITY.items()), "information": list(CREDIBILITY.items())}


def hours(chronicle: Chronicle) -> list[tuple[str, str]]:
    """The parts of a day with their hours."""
    return [(LABELS[part], wording.hours_words(part, chronicle.clock)) for part in PARTS]


def needed(whole: Iterable[Any]) -> int:
    """How many citations an entry needs, by the last of the editions of the ``whole`` that says so."""
    said = (edition.document["policy"] for edition in whole if "policy" in (edition.document or {}))
    return int(next(said)["citations_needed"])


def kinds(chronicle: Chronicle) -> list[tuple[DayLink, int]]:
    """The public kinds that need another number of citations than the chronicle asks for."""
    found = holdings.held(Term.objects.filter(chronicle=chronicle, facet="kind")).with_document()
    return [
        (DayLink(kind.label, address("term", chronicle.slug, "kind", kind.number, kind.slug)), needed)
        for kind in found.order_by("label", "number")
        if (needed := kind.document.get("citations_needed")) is not None
    ]


def history(own: list[Any], whole: list[Any]) -> list[Step]:
    """How the codebook changed, newest first: its ``own`` words, and of the ``whole`` what entries go by."""
    steps = [*of_words(own, differences.of_fields), *_of_settings(whole)]
    return sorted(steps, key=lambda step: -step.edition.seq)


def _of_settings(editions: Iterable[Any]) -> Iterator[Step]:
    for step in of_words(list(editions), _settings):
        if step.changes or step.edition.action == "opening":
            yield step


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[differences.Change]:
    return differences.of_fields(before, after, only=facts.SETTINGS)
