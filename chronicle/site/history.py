"""What has changed of an entry, newest first: its own editions, and those of what is around it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from chronicle.models import Entry, Term
from chronicle.models.term import facet_of, named_in
from chronicle.site import differences, facts, reads, sections
from chronicle.site.then.rows import terms_of
from chronicle.site.tombstones import CALLED

DONE = {
    "correction": "was corrected",
    "update": "was changed",
    "addition": "was added to",
    "retraction": "was retracted",
}
"""What an edition of something around an entry did to it, in words; what is none of these is not told."""

WHOLE = "chronicle"
"""The subject whose settings all entries go by."""


@dataclass(frozen=True)
class Change:
    """What became of something around an entry: what it is, where it is told of, and what changed of it."""

    edition: Any
    what: str
    called: str
    url: str
    changes: list[differences.Change] = field(default_factory=list)

    @property
    def done(self) -> str:
        return DONE[self.edition.action]


@dataclass(frozen=True)
class Step:
    """One edition, with what it changed of the one before, and what became of what is around it."""

    edition: Any
    changes: list[differences.Change]
    rests: list[Change] = field(default_factory=list)
    is_taken: bool = False
    """Whether the words of the edition were taken down."""


@dataclass(frozen=True)
class OfEntry:
    """What readers can read of the history of an entry: since its last withdrawal, which is ``began``.

    ``terms`` are those that any of it names, and that the entry names now.
    """

    readable: list[Any]
    began: Any
    terms: Mapping[str, Term]
    steps: list[Step]


def of_entry(found: Entry, editions: list[Any]) -> OfEntry:
    """The history of an entry that is public, whose ``editions`` are these."""
    began = _restored(editions)
    readable = editions if began is None else editions[: editions.index(began)]
    told = {edition.edition: edition.document or {} for edition in readable}
    rests = of_what_is_around(found.chronicle, readable, told)
    named = _named_by([found.document, *told.values()])
    named = named.union(*(facts.named_by(document) for _, *both in rests for document in both))
    terms = terms_of(found.chronicle, named)
    zone, around = found.chronicle.clock.zone, _told_of(rests, terms, found.chronicle)
    return OfEntry(readable, began, terms, history(readable, told, terms, zone, around))


def _restored(editions: list[Any]) -> Any:
    """The last withdrawal among the editions of an entry that is public again; None where there was none.

    What stood before it stays out of readers' sight: the history of the entry starts anew.
    """
    return next((edition for edition in editions if edition.action == "withdrawal"), None)


def _named_by(documents: Iterable[Any]) -> set[str]:
    """The terms that any of the documents names, and the outlets that its sources draw on."""
    told = [document for document in documents if "headline" in document]
    origins = {citation["origin"] for document in told for citation in document["citations"]}
    return origins.union(*(named_in(document) for document in told))


def history(
    editions: list[Any],
    told: Mapping[int, Any],
    terms: Mapping[str, Term],
    zone: ZoneInfo,
    around: Iterable[Change] = (),
) -> list[Step]:
    """Each of ``editions``, newest first, with what became ``around`` the entry in between.

    ``told`` is what each of ``editions`` said, by its number. What was printed together with an edition of
    its own stands with that; a retraction its own words tell already.
    """
    steps = [_step(each, told.get(before, {}), told, terms, zone) for each, before in pairs(editions)]
    own = {_printing(step.edition): step for step in steps}
    for change in around:
        together = own.get(_printing(change.edition))
        if together is None:
            steps.append(Step(change.edition, [], [change]))
        elif change.edition.action != "retraction":
            together.rests.append(change)
    return sorted(steps, key=lambda step: -step.edition.seq)


def of_words(editions: list[Any], compared: Callable[[Any, Any], list[differences.Change]]) -> Iterator[Step]:
    """Each edition of a text or of a day's words, newest first, as ``compared`` with the one before it."""
    told = {edition.edition: edition.document or {} for edition in editions}
    for edition, before in pairs(editions):
        changes = compared(told.get(before, {}), told[edition.edition])
        yield Step(edition, changes, is_taken=edition.document is None)


def _printing(edition: Any) -> tuple[Any, str]:
    """What editions have in common that were printed together: their instant and their note."""
    return edition.at, (edition.document or {}).get("note", "")


def _step(
    edition: Any, before: Any, told: Mapping[int, Any], terms: Mapping[str, Term], zone: ZoneInfo
) -> Step:
    changes = differences.changes(before, told[edition.edition], terms, zone)
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


def of_what_is_around(
    chronicle: Any, editions: list[Any], told: Mapping[int, Any]
) -> list[tuple[Any, Any, Any]]:
    """What became of that which the entry of ``editions`` named, while it did, and of what its chronicle
    goes by: each edition, with what the one before it said, and what itself did."""
    named = {edition.seq: _around(told.get(edition.edition, {})) for edition in editions}
    if not named:
        return []
    places = sorted(named)
    before: dict[str, Any] = {}
    found = []
    for each in reads.editions_of_all(chronicle, set().union(*named.values())):
        said = each.document or {}
        if (
            each.action in DONE
            and each.seq > places[0]
            and each.subject in named[places[bisect_left(places, each.seq) - 1]]
        ):
            found.append((each, before.get(each.subject, {}), said))
        if each.action != "takedown":
            before[each.subject] = said
    return found


def _around(document: Any) -> set[str]:
    """What an entry goes by: all that it names, the outlets that its sources draw on, the settings."""
    if "headline" not in document:
        return set()
    return named_in(document) | {citation["origin"] for citation in document["citations"]} | {WHOLE}


def _told_of(
    rests: list[tuple[Any, Any, Any]], terms: Mapping[str, Term], chronicle: Any
) -> Iterator[Change]:
    """What became of each, in words; nothing of what was taken down, nor of a title that no entry goes by."""
    for edition, before, after in rests:
        if edition.subject == WHOLE:
            changes = differences.of_fields(before, after, only=facts.SETTINGS)
            url = sections.address("chronicle_changes", chronicle.slug)
            if changes:
                yield Change(edition, "What this chronicle goes by", "", url, changes)
        elif edition.subject in terms and not terms[edition.subject].taken_at:
            term = terms[edition.subject]
            changes = differences.of_fields(before, after, terms)
            what = f"The {CALLED[facet_of(edition.subject)]}"
            yield Change(edition, what, term.label, term.get_absolute_url(), changes)
