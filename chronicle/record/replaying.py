"""What the editions of a chronicle amount to: for each subject, the edition whose document it has now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chronicle import seal
from chronicle.documents import ACTIONS, NUMBERED, is_subject
from chronicle.models import Chronicle, Edition
from chronicle.models.term import facet_of, is_taken, number_of
from chronicle.record.reading import SENSELESS, batches, each

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Current:
    """The edition that the row of a subject shows."""

    edition: int
    commitment: str
    at: datetime


@dataclass
class State:
    """Where a chronicle stands after some of its editions. Memory grows with subjects, not with editions."""

    subjects: dict[str, Current] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    """The ``seq`` of each takedown that took its whole subject, which then has that for its document."""
    editions: dict[str, int] = field(default_factory=dict)
    """The number of the last edition of each subject, takedowns included."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The last number given in each facet."""
    size: int = 0
    seq: int = 0
    at: datetime | None = None
    frontier: list[bytes] = field(default_factory=list)

    def add(self, edition: Edition) -> None:
        """Bring the state up to the next edition."""
        self.frontier = seal.grown(self.frontier, self.size, leaf_of(edition))
        self.size, self.seq, self.at = self.size + 1, edition.seq, edition.at
        subject = edition.subject
        self.editions[subject] = edition.edition
        if edition.action != "takedown" or edition.seq in self.whole:
            self.subjects[subject] = Current(edition.edition, edition.commitment, edition.at)
        if is_subject(subject) and facet_of(subject) in NUMBERED:
            facet = facet_of(subject)
            self.numbers[facet] = max(self.numbers.get(facet, 0), number_of(subject))

    def of_facets(self, *facets: str) -> dict[str, Current]:
        """The subjects of ``facets``, each with the edition that it shows."""
        return {subject: current for subject, current in self.subjects.items() if facet_of(subject) in facets}


def leaf_of(edition: Edition) -> bytes:
    """The leaf of an edition by its header; no bytes where the header can be none."""
    try:
        return seal.leaf(edition.header())
    except SENSELESS:
        return b""


def replay(chronicle: Chronicle, state: State, progress: Progress = lambda done: None) -> Iterator[str]:
    """Bring ``state`` up to all editions of ``chronicle``; yields a sentence for each that cannot be right.

    ``progress`` is told how many more editions were read.
    """
    state.whole |= set(_whole(chronicle))
    for editions in batches(Edition.objects.filter(chronicle=chronicle), "seq"):
        for edition in editions:
            edition.chronicle = chronicle
            for wrong in _problems(edition, state):
                yield f"edition {edition.seq}: {wrong}."
            state.add(edition)
        progress(len(editions))


def _whole(chronicle: Chronicle) -> Iterator[int]:
    """The ``seq`` of each takedown of a whole subject of ``chronicle``."""
    takedowns = Edition.objects.filter(chronicle=chronicle, action="takedown").with_document()
    for takedown in each(takedowns, "seq"):
        document = takedown.document
        if isinstance(document, dict) and is_taken(document) and document.get("whole") is True:
            yield takedown.seq


def _problems(edition: Edition, state: State) -> Iterator[str]:
    """What is wrong with an edition that should be the next after ``state``."""
    checks: list[tuple[Any, str]] = [
        (edition.seq == state.seq + 1, "the one before it is missing, or one is too many"),
        (is_subject(edition.subject), f"its subject “{edition.subject}” is none that there is"),
        (
            edition.edition == state.editions.get(edition.subject, 0) + 1,
            f"it is edition {edition.edition} of {edition.subject} out of its order",
        ),
        (edition.action in ACTIONS, f"its action “{edition.action}” is none that there is"),
        (edition.at.microsecond % 1000 == 0, "its time is not in whole milliseconds"),
        (state.at is None or edition.at >= state.at, "it is dated before the one before it"),
        (edition.leaf == leaf_of(edition).hex(), "its leaf is not that of its header"),
    ]
    return (wrong for right, wrong in checks if not right)
