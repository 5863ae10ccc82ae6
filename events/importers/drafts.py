"""Makes drafts of a digest: for each passage that is wanted one event with one pending citation.

Everything goes through the verbs of `events.editorial`, in one transaction; nothing is approved or
published. What was imported before is known by its words: the source by the SHA-256 of its text, by its
address or by outlet and title; a draft by the quote of its citation, as it is now or as it was first
imported, so that a second run adds nothing even where an editor has changed the quote. What was discarded
is not there.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from chronicle import prose
from chronicle.record.columns import MOST_POSITIONS
from events.editorial import writing
from events.editorial.holding import hold_story, insist
from events.editorial.imported import mark_as_imported
from events.editorial.moves import IMPORT
from events.editorial.refused import Refused
from events.importers.digest import Digest, Passage
from events.importers.names import Mentioned, mentioned_in
from events.models import Citation, Day, Event, Kind, Outlet, Source, Story, Words
from events.models.addresses import canonical
from events.models.hmac import hmac_of

UNSORTED = "Unsorted"
"""The kind of drafts for which none was chosen."""

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Article:
    """What the passages are quoted from. ``outlet`` is a name; one that the desk lacks is added."""

    outlet: str
    title: str
    url: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did: ``day`` is None when it added nothing."""

    source: Source
    day: Day | None
    drafts: tuple[Event, ...]
    were_there: int

    def in_words(self) -> str:
        """For the person who imported."""
        if not self.drafts:
            return f"Nothing added: what you chose of “{self.source}” is there already ({self.were_there})."
        added = f"{len(self.drafts)} draft{'s' if len(self.drafts) > 1 else ''} of {self.day} added"
        there = f"; {self.were_there} were there already" if self.were_there else ""
        return f"{added} from “{self.source}”{there}. Nothing is approved or published."


@transaction.atomic
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

    All or nothing. ``progress`` is told how many more passages were done. Raises Refused.
    """
    # Two imports of one article at once would not see each other's drafts.
    hold_story(story)
    insist(by, IMPORT, story, "import a digest")
    chosen = _chosen(digest, wanted)
    there = there_already(digest, story, article)
    missing = [passage for passage in chosen if passage.number not in there]
    were_there = len(chosen) - len(missing)
    source = _source(digest, story, article, by=by)
    progress(were_there)
    if not missing:
        return Imported(source, None, (), were_there)
    day = _day(story, digest.day, by=by)
    kind = kind or _unsorted(story, by=by)
    drafts = tuple(_drafts(missing, day, kind, source, by=by, progress=progress))
    return Imported(source, day, drafts, were_there)


def _chosen(digest: Digest, wanted: Collection[int] | None) -> list[Passage]:
    """The passages to import; refused where there is none."""
    if wanted is None:
        chosen = [passage for passage in digest.passages if passage.is_event]
    else:
        chosen = [passage for passage in digest.passages if passage.number in wanted]
    if not chosen:
        raise Refused("There is nothing to import: no passage is ticked, or none tells a happening.")
    return chosen


def there_already(digest: Digest, story: Story, article: Article) -> set[int]:
    """The numbers of the passages of which ``story`` has a draft, or an event, from this article."""
    source = known_source(digest, story, article)
    if source is None:
        return set()
    cited = Citation.objects.filter(source=source).exclude(event__state=Event.State.DISCARDED)
    quotes = set(cited.values_list("quote", flat=True))
    submitted = Words.objects.filter(
        decision__citation__in=cited, decision__verb="submit", about=Words.About.SUBJECT
    )
    hmacs = set(submitted.values_list("hmac", flat=True))
    return {
        passage.number
        for passage in digest.passages
        if passage.text in quotes or hmac_of(Citation(source=source, quote=passage.text).words()) in hmacs
    }


def known_source(digest: Digest, story: Story, article: Article) -> Source | None:
    """The source that ``story`` has of this article already, if any.

    Articles of a series may share a title: with different days of publication they are two.
    """
    sources = Source.objects.filter(story=story)
    same_text = sources.filter(fingerprint=digest.fingerprint).first()
    if same_text:
        return same_text
    same = Q(outlet__name__iexact=article.outlet, title__iexact=article.title)
    if article.url:
        same |= Q(canonical_url=canonical(article.url))
    found = sources.filter(same).order_by("pk")
    if article.published_on:
        found = found.filter(published_on__in=["", article.published_on.isoformat()])
    return found.first()


def _source(digest: Digest, story: Story, article: Article, *, by: Any) -> Source:
    source = known_source(digest, story, article)
    if source is None:
        source = Source(
            story=story,
            outlet=_outlet(story, article.outlet, by=by),
            title=article.title,
            url=article.url,
            published_on=article.published_on.isoformat() if article.published_on else "",
            fingerprint=digest.fingerprint,
        )
        _check(source)
        return writing.save_named(source, by=by)
    if not source.fingerprint:
        source.fingerprint = digest.fingerprint
        writing.save_named(source, by=by, seen=source.version)
    return source


def _outlet(story: Story, name: str, *, by: Any) -> Outlet:
    outlet = Outlet.objects.filter(story=story, name__iexact=name).first()
    if outlet:
        return outlet
    outlet = Outlet(story=story, name=name)
    _check(outlet)
    return writing.save_named(outlet, by=by)


def _unsorted(story: Story, *, by: Any) -> Kind:
    kind = Kind.objects.filter(story=story, name__iexact=UNSORTED).first()
    if kind:
        return kind
    description = "Imported, and not sorted yet."
    return writing.save_named(Kind(story=story, name=UNSORTED, description=description), by=by)


def _day(story: Story, day: date, *, by: Any) -> Day:
    found = Day.objects.filter(story=story, date=day).first()
    return found or writing.save_day(Day(story=story, date=day), by=by)


def _drafts(
    passages: list[Passage], day: Day, kind: Kind, source: Source, *, by: Any, progress: Progress
) -> Iterator[Event]:
    mentions = mentioned_in(day.story, (passage.text for passage in passages))
    for passage, mentioned in zip(passages, mentions, strict=True):
        event = Event(
            day=day,
            kind=kind,
            headline=passage.headline,
            text=prose.from_plain(passage.text),
            wording=passage.phrase,
            position=min(passage.number, MOST_POSITIONS - 1),
            carried=passage.carried,
        )
        mark_as_imported(event)
        try:
            yield _draft(event, mentioned, Citation(source=source, quote=passage.text), by=by)
        except Refused as refused:
            raise Refused(f"Passage {passage.number}, “{passage.headline}”: {refused}") from refused
        progress(1)


def _draft(event: Event, mentioned: Mentioned, citation: Citation, *, by: Any) -> Event:
    event = writing.save_event(event, by=by, places=mentioned.places, actors=mentioned.actors)
    citation.event = event
    writing.save_citation(citation, by=by)
    return event


def _check(row: Source | Outlet) -> None:
    """Refuses what a form would refuse: the verbs save what they are given."""
    try:
        row.full_clean(exclude=["origin"])
    except ValidationError as wrong:
        said = "; ".join(
            f"{field.replace('_', ' ')}: {' '.join(words)}" for field, words in wrong.message_dict.items()
        )
        raise Refused(f"This {row._meta.verbose_name} cannot be saved ({said}).") from wrong
