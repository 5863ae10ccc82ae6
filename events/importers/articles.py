"""The article that passages are quoted from, and what the desk has of it already.

What was imported before is known by its words: the source by the SHA-256 of its text, by its address or by
outlet and title; a draft by the quote of its citation, as it is now or as it was first imported, so that a
second run adds nothing even where an editor has changed the quote. What was discarded is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from events.editorial import writing
from events.editorial.refused import Refused
from events.importers.added import begun
from events.importers.digest import Passage
from events.models import Citation, Event, Outlet, Source, Story, Words
from events.models.addresses import canonical
from events.models.hmac import hmac_of


@dataclass(frozen=True)
class Article:
    """What the passages are quoted from. ``outlet`` is a name; one that the desk lacks is added."""

    outlet: str
    title: str
    url: str = ""
    published_on: date | None = None


def there_already(passages: Sequence[Passage], source: Source | None) -> set[str]:
    """The texts of the ``passages`` of which the story has a draft, or an event, from ``source``."""
    if source is None:
        return set()
    cited = Citation.objects.filter(source=source).exclude(event__state=Event.State.DISCARDED)
    quotes = set(cited.values_list("quote", flat=True))
    submitted = Words.objects.filter(
        decision__citation__in=cited, decision__verb="submit", about=Words.About.SUBJECT
    )
    hmacs = set(submitted.values_list("hmac", flat=True))
    return {
        passage.text
        for passage in passages
        if passage.text in quotes or hmac_of(Citation(source=source, quote=passage.text).words()) in hmacs
    }


def known_source(fingerprint: str, story: Story, article: Article) -> Source | None:
    """The source that ``story`` has of this article already, if any.

    Articles of a series may share a title: with different days of publication they are two.
    """
    same = Q(outlet__name__iexact=article.outlet, title__iexact=article.title)
    if article.url:
        same |= Q(canonical_url=canonical(article.url))
    if article.published_on:
        same &= Q(published_on__in=["", article.published_on.isoformat()])
    found = Source.objects.filter(Q(fingerprint=fingerprint) | same, story=story).select_related("outlet")
    by_text = sorted(found.order_by("pk"), key=lambda source: source.fingerprint != fingerprint)
    return by_text[0] if by_text else None


def source_of(fingerprint: str, story: Story, article: Article, *, by: Any) -> Source:
    source = known_source(fingerprint, story, article)
    if source is None:
        source = Source(
            story=story,
            outlet=_outlet(story, article.outlet, by=by),
            title=article.title,
            url=article.url,
            published_on=article.published_on.isoformat() if article.published_on else "",
            fingerprint=fingerprint,
        )
        _check(source)
        return begun(writing.save_named(source, by=by), by)
    if not source.fingerprint:
        source.fingerprint = fingerprint
        writing.save_named(source, by=by, seen=source.version)
    return source


def _outlet(story: Story, name: str, *, by: Any) -> Outlet:
    outlet = Outlet.objects.filter(story=story, name__iexact=name).first()
    if outlet:
        return outlet
    outlet = Outlet(story=story, name=name)
    _check(outlet)
    return begun(writing.save_named(outlet, by=by), by)


def _check(row: Source | Outlet) -> None:
    """Refuses what a form would refuse: the verbs save what they are given."""
    try:
        row.full_clean(exclude=["origin"])
    except ValidationError as wrong:
        said = "; ".join(
            f"{field.replace('_', ' ')}: {' '.join(words)}" for field, words in wrong.message_dict.items()
        )
        raise Refused(f"This {row._meta.verbose_name} cannot be saved ({said}).") from wrong
