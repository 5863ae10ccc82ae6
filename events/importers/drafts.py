"""Makes drafts of a digest: for each passage that is wanted one event with one pending citation.

Everything goes through the verbs of `events.editorial`, in one transaction; nothing is approved or
published. What was imported before is not imported again (``articles``).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from chronicle import prose
from chronicle.record.columns import MOST_POSITIONS
from events.editorial import publishing, writing
from events.editorial.holding import hold_story, insist
from events.editorial.imported import mark_as_imported
from events.editorial.moves import IMPORT
from events.editorial.refused import Refused
from events.editorial.remembering import remember_new
from events.importers.added import WHY, Added, Named, begun
from events.importers.articles import Article, known_source, source_of, there_already
from events.importers.digest import Digest, Passage
from events.importers.names import mentioned_in
from events.models import Actor, Citation, Day, Event, Kind, Place, Source, Story

UNSORTED = "Unsorted"
"""The kind of drafts for which none was chosen."""

CITABLE = (
    Event.State.DRAFT,
    Event.State.SUBMITTED,
    Event.State.SCHEDULED,
    Event.State.PUBLISHED,
)
"""The states of an event that another source can be cited at."""
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Row:
    """What becomes of one passage. ``places`` and ``actors`` are names; None stands for all it names."""

    passage: Passage
    day: date
    kind: Kind | None = None
    places: tuple[Named, ...] | None = None
    actors: tuple[Named, ...] | None = None
    time_confirmed: bool = False
    cited_at: int | None = None
    """The event that is there already, and is to cite the passage; nothing else becomes of it then."""
    is_quotation: bool = False
    """Whether its words stay those of the article, as a quotation."""
    submits: bool = False
    """Whether its draft is handed in at once."""


@dataclass(frozen=True)
class Imported:
    """What an import did: ``days`` are those of its drafts."""

    source: Source
    days: tuple[Day, ...]
    drafts: tuple[Event, ...]
    were_there: int
    cited: int = 0
    submitted: int = 0

    @property
    def day(self) -> Day | None:
        """The day of its drafts; None where there is none, or several."""
        return self.days[0] if len(self.days) == 1 else None

    def in_words(self) -> str:
        """For the person who imported."""
        if not (self.drafts or self.cited):
            return f"Nothing added: what you chose of “{self.source}” is there already ({self.were_there})."
        drafts = f"{len(self.drafts)} draft{'s' if len(self.drafts) > 1 else ''}"
        added = f"{drafts} of {' and '.join(map(str, self.days))} added" if self.drafts else "No draft added"
        submitted = f"; {self.submitted} submitted" if self.submitted else ""
        there = f"; {self.were_there} were there already" if self.were_there else ""
        events = f"{self.cited} event{'s that were' if self.cited > 1 else ' that was'} there"
        cited = f"; cited at {events}" if self.cited else ""
        return f"{added} from “{self.source}”{submitted}{there}{cited}. Nothing is approved or published."


def import_digest(
    digest: Digest,
    story: Story,
    article: Article,
    *,
    by: Any,
    wanted: Collection[int] | None = None,
    kind: Kind | None = None,
    progress: Progress = lambda done: None,
) -> Imported:
    """Make drafts of the passages numbered in ``wanted``; without it, of those read as events.

    ``kind`` is that of all of them. As `import_rows` does.
    """
    chosen = [
        Row(passage, digest.day, kind)
        for passage in digest.passages
        if (passage.is_event if wanted is None else passage.number in wanted)
    ]
    return import_rows(chosen, digest.fingerprint, story, article, by=by, progress=progress)


@transaction.atomic
def import_rows(
    rows: Sequence[Row],
    fingerprint: str,
    story: Story,
    article: Article,
    *,
    by: Any,
    progress: Progress = lambda done: None,
) -> Imported:
    """Make drafts of ``rows``, and citations at events that are there; submit those that are to be.

    All or nothing. ``progress`` is told how many more passages were done. Raises Refused.
    """
    # Two imports of one article at once would not see each other's drafts.
    hold_story(story)
    insist(by, IMPORT, story, "import a digest")
    if not rows:
        raise Refused("There is nothing to import: no passage is ticked, or none tells a happening.")
    missing = _missing(rows, known_source(fingerprint, story, article))
    were_there = len(rows) - len(missing)
    source = source_of(fingerprint, story, article, by=by)
    progress(were_there)
    cited = [_cited(row, source, by=by) for row in missing if row.cited_at is not None]
    new = [row for row in missing if row.cited_at is None]
    days = {on: _day(story, on, by=by) for on in sorted({row.day for row in new})}
    drafts = tuple(_drafts(new, days, source, by=by, progress=progress))
    remember_new(drafts, by=by, why=WHY)
    remember_new([*Citation.objects.filter(event__in=drafts), *cited], by=by, why=WHY)
    submitted = _submit([draft for row, draft in zip(new, drafts, strict=True) if row.submits], by=by)
    return Imported(source, tuple(days.values()), drafts, were_there, len(cited), submitted)


def _submit(drafts: Sequence[Event], *, by: Any) -> int:
    for draft in drafts:
        publishing.submit(draft, by=by, seen=draft.version)
    return len(drafts)


def _missing(rows: Sequence[Row], source: Source | None) -> list[Row]:
    """Those of which there is nothing yet."""
    there = there_already([row.passage for row in rows], source)
    return [row for row in rows if row.passage.text not in there]


def _cited(row: Row, source: Source, *, by: Any) -> Citation:
    """The citation of ``row`` at the event that is there."""
    event = Event.objects.select_related("day__story").filter(pk__in=[row.cited_at]).first()
    if event is None or event.story != source.story or event.state not in CITABLE:
        raise Refused(f"Passage {row.passage.number}: the event that was to cite it is there no more.")
    return writing.save_citation(Citation(event=event, source=source, quote=row.passage.text), by=by)


def _unsorted(story: Story, *, by: Any) -> Kind:
    kind = Kind.objects.filter(story=story, name__iexact=UNSORTED).first()
    if kind:
        return kind
    description = "Imported, and not sorted yet."
    kind = Kind(story=story, name=UNSORTED, description=description)
    return begun(writing.save_named(kind, by=by), by)


def _day(story: Story, day: date, *, by: Any) -> Day:
    found = Day.objects.filter(story=story, date=day).first()
    return found or begun(writing.save_day(Day(story=story, date=day), by=by), by)


def _drafts(
    rows: list[Row],
    days: Mapping[date, Day],
    source: Source,
    *,
    by: Any,
    progress: Progress,
) -> Iterator[Event]:
    rest = _unsorted(source.story, by=by) if any(row.kind is None for row in rows) else None
    mentions = mentioned_in(source.story, (row.passage.text for row in rows))
    added = Added(source.story, by=by)
    for row, mentioned in zip(rows, mentions, strict=True):
        passage = row.passage
        event = Event(
            day=days[row.day],
            kind=row.kind or rest,
            headline=passage.headline,
            text=prose.from_plain(passage.text),
            wording=passage.phrase,
            position=min(passage.number, MOST_POSITIONS - 1),
            carried=passage.carried,
            time_confirmed=row.time_confirmed,
            is_quotation=row.is_quotation,
        )
        mark_as_imported(event)
        places = mentioned.places if row.places is None else added.all_of(Place, row.places)
        actors = mentioned.actors if row.actors is None else added.all_of(Actor, row.actors)
        try:
            event = writing.save_event(event, by=by, places=places, actors=actors)
            writing.save_citation(Citation(event=event, source=source, quote=passage.text), by=by)
        except Refused as refused:
            raise Refused(f"Passage {passage.number}, “{passage.headline}”: {refused}") from refused
        yield event
        progress(1)
