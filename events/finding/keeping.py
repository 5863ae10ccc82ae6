"""Keeps the texts of rows as the rows are: in the transaction that saves or deletes them."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from django.db import connections, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from events.finding.telling import TELLINGS, folded, key_of, of_words, story_of, told
from events.models import (
    Actor,
    ActorName,
    Citation,
    Day,
    Decision,
    DeskText,
    Event,
    Material,
    Place,
    PlaceName,
    Proposal,
    Source,
    Story,
    Text,
    Words,
)

BATCH = 500
WORDS: dict[Any, set[str]] = {
    Event: {"headline", "text", "day"},
    Citation: {"quote", "translation", "event", "source"},
    Source: {"title", "url", "outlet"},
    Day: {"headline", "occasion", "sentence", "summary"},
    Material: {"caption", "alt", "shows", "credit", "source"},
    Proposal: {"fields", "note", "source", "outlet"},
    Text: {"title", "text"},
}
"""The columns that words come from, of what verbs save in parts: a move of its state leaves it alone."""


def keep(model: Any, keys: Collection[int]) -> None:
    """Write the texts of the rows of ``model`` with these primary keys, as they are now."""
    telling = TELLINGS[model]
    waiting = iter(keys)
    while some := list(islice(waiting, BATCH)):
        rows = [(row, told(row)) for row in telling.rows().filter(pk__in=some)]
        texts = [
            DeskText(pk=key_of(model, row.pk), story_id=story_of(row), text=text)
            for row, text in rows
            if text
        ]
        DeskText.objects.bulk_create(
            texts,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["story", "text"],
        )
        forget(model, set(some) - {row.pk for row, text in rows if text})


def keep_words(decision: Decision, words: Iterable[Words], story: Story) -> None:
    """Write the text of ``decision``, which was made just now with these ``words``, if they have any."""
    if text := folded(of_words(decision, words)):
        DeskText.objects.create(pk=key_of(Decision, decision.pk), story=story, text=text)


def keep_along(model: Any, keys: Collection[int]) -> None:
    """Write the texts that have words of these rows among theirs."""
    for other, name in ALONG.get(model, ()):
        found = other.objects.filter(**{f"{name}__in": keys}).order_by().values_list("pk", flat=True)
        if others := list(found):
            keep(other, others)


def forget(model: Any, keys: Collection[int]) -> None:
    """Delete the texts of these rows."""
    if keys:
        DeskText.objects.filter(pk__in=[key_of(model, pk) for pk in keys]).delete()


def rebuild(progress: Callable[[int], object] = lambda done: None) -> None:
    """Make every text anew, a batch at a time; those of rows that are no more are deleted."""
    DeskText.objects.all().delete()
    for model in TELLINGS:
        last = 0
        while keys := _after(model, last):
            keep(model, keys)
            last = keys[-1]
            progress(len(keys))


def fill_what_is_empty(sender: Any, using: str, verbosity: int = 0, **kwargs: Any) -> None:
    """After an upgrade: make the texts of a desk that has rows and not one text."""
    models = connections[using].introspection.table_names()
    if DeskText._meta.db_table not in models or DeskText.objects.exists() or not Story.objects.exists():
        return
    with transaction.atomic():
        rebuild()


def _after(model: Any, last: int) -> list[int]:
    return list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])


def connect() -> None:
    """Have every save and deletion of a row that is found bring its text along."""
    for model in TELLINGS:
        # What is found of a decision are its words, which are written after it.
        if model is not Decision:
            post_save.connect(_saved, sender=model, dispatch_uid=f"events.finding.{model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"events.finding.{model.__name__}")
    for name in (PlaceName, ActorName):
        for signal in (post_save, post_delete):
            signal.connect(_renamed, sender=name, dispatch_uid=f"events.finding.{name.__name__}")
    for links in (Event.places.through, Event.actors.through):
        m2m_changed.connect(_linked, sender=links, dispatch_uid=f"events.finding.{links.__name__}")


def _saved(
    sender: Any, instance: Any, created: bool, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    if raw or (update_fields is not None and not WORDS.get(sender, set(update_fields)) & set(update_fields)):
        # A backup that is loaded brings its texts itself.
        return
    keep(sender, [instance.pk])
    if not created:
        keep_along(sender, [instance.pk])


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    forget(sender, [instance.pk])


def _renamed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    model, key = (Place, "place_id") if sender is PlaceName else (Actor, "actor_id")
    keep(model, [getattr(instance, key)])


def _linked(instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """That an event names others now; from the side of a place, those events are named."""
    if action.startswith("post_"):
        keep(Event, [instance.pk] if not reverse else list(pk_set or ()))


ALONG: dict[Any, tuple[tuple[Any, str], ...]] = {
    Event: ((Citation, "event"),),
    Source: ((Citation, "source"), (Material, "source"), (Proposal, "source")),
}
"""What is found by words of another row, and by which column it names that."""
