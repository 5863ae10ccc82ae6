"""The history of the desk: what each row said before and after every save, one revision a save.

A row is remembered in what people fill in of it: its columns, the rows that it names, by their keys, and the
rows below it that are nobody's but its own. Citations have a history of their own.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from chronicle.record import inserting
from events.models import (
    Actor,
    Citation,
    Day,
    Event,
    Kind,
    Material,
    Outlet,
    Place,
    Revision,
    Source,
    Story,
    Text,
)
from events.models.hmac import HmacField

Words = dict[str, Any]
"""What a row says, as JSON keeps it."""

BELOW: dict[type, tuple[str, str]] = {
    Event: ("uses", "material"),
    Place: ("names", "id"),
    Actor: ("names", "id"),
}
"""The rows below a row that are its own, and by which column one is known again."""

KEPT = (Event, Day, Material, Text, Story, Citation, Source, Outlet, Kind, Place, Actor)
"""What has a history."""


def words_of(row: Any) -> Words:
    """What is filled in of ``row`` as it is saved now."""
    meta = row._meta
    found = _columns(row)
    for field in meta.many_to_many:
        found[field.name] = sorted(each.pk for each in getattr(row, field.name).all())
    if type(row) in BELOW:
        name = BELOW[type(row)][0]
        back = meta.get_field(name).field.name
        found[name] = [_below(each, back) for each in getattr(row, name).all()]
    # As it will be when it is read again.
    return dict(json.loads(json.dumps(found, cls=DjangoJSONEncoder)))


def _below(row: Any, back: str) -> Words:
    columns = {name: value for name, value in _columns(row).items() if name != back}
    return {"id": row.pk, **columns}


def key_below(row: Any, known_by: str) -> int:
    """By what ``row``, below another, is known again."""
    return int(getattr(row, row._meta.get_field(known_by).attname))


def _columns(row: Any) -> Words:
    return {field.name: getattr(row, field.attname) for field in columns_of(type(row))}


def columns_of(model: Any) -> list[Any]:
    """The columns of ``model`` that people fill in."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field, HmacField)
    ]


def value_in(words: Words, field: Any) -> Any:
    """What ``words`` hold for ``field`` of a model: keys of rows, else what a form begins with."""
    value = words.get(field.name)
    if field.many_to_many:
        return value or []
    return value if field.is_relation else field.to_python(value)


def changed_names(before: Words, after: Words) -> list[str]:
    """What ``after`` says otherwise than ``before``."""
    return [name for name, value in after.items() if value != before.get(name, _nothing_like(value))]


def _nothing_like(value: Any) -> Any:
    """What a row that is not there yet says."""
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


def remember(
    row: Any, *, by: Any, before: Words, began: int | None = None, why: str = "", tells: Any = None
) -> Revision | None:
    """Add what ``row`` says now to its history, in the transaction that saved it; None where it is the same.

    ``before`` is what it said at version ``began``; ``tells`` whose save it was merged with.
    """
    after = words_of(row)
    if after == before:
        return None
    model = row._meta.model_name
    return Revision.objects.create(
        **{"model": model, "key": row.pk, "version": row.version, "began": began},
        **{"before": before, "after": after, "by": by, "why": why, "tells": tells},
    )


def remember_new(rows: Sequence[Any], *, by: Any, why: str) -> None:
    """Begin the histories of ``rows`` of one model, made in this transaction by no form: in few statements,
    however many they are."""
    if not rows:
        return
    model = type(rows[0])
    below = [BELOW[model][0]] if model in BELOW else []
    named = [field.name for field in model._meta.many_to_many]
    saved = model._base_manager.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    common = {"model": model._meta.model_name, "by": by, "why": why}
    inserting.insert_objects(
        Revision,
        [
            Revision(**common, key=row.pk, version=row.version, after=words_of(row))
            for row in saved.prefetch_related(*named, *below)
        ],
    )


def keep_unsaved(row: Any, *, by: Any, before: Words, typed: Words, between: tuple[int, int]) -> None:
    """Add what ``by`` ``typed`` into ``row`` and did not save: made from the first of two versions, it gave
    way to the second."""
    began, version = between
    Revision.objects.create(
        **{"model": row._meta.model_name, "key": row.pk, "version": version, "began": began},
        **{"saved": False, "before": before, "after": typed, "by": by},
    )


def revisions_of(*rows: Any) -> Any:
    """The revisions of ``rows`` of one model, the last first."""
    model = rows[0]._meta.model_name if rows else ""
    return Revision.objects.filter(model=model, key__in=[row.pk for row in rows]).select_related("by")


def said_at(row: Any, version: int) -> Words | None:
    """What ``row`` said at ``version``, where it is known for certain."""
    next_one = revisions_of(row).filter(saved=True, began=version).order_by("pk").first()
    return next_one.before if next_one else None


def saved_since(row: Any, version: int) -> Revision | None:
    """The last save of ``row`` that is newer than ``version``."""
    return revisions_of(row).filter(saved=True, version__gt=version).first()


def saved_at(row: Any, version: int) -> datetime | None:
    """When ``row`` became ``version``, where a form saved it so."""
    found = revisions_of(row).filter(saved=True, version=version).first()
    return found.at if found else None
