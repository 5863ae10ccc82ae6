"""What a row of the desk says, as words to be read and compared."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from chronicle import prose
from chronicle.site.differences import ADDED, TAKEN, Piece, pieces
from events.admin.keys import key_in
from events.editorial.remembering import Words, columns_of
from events.prose_field import ProseField

GONE = "(gone)"


def label_of(model: Any, name: str) -> str:
    """What the field ``name`` is called."""
    field = model._meta.get_field(name)
    return str(field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name)


def in_order(model: Any, names: Iterable[str]) -> list[str]:
    """``names`` of fields as the model has them: PostgreSQL keeps those of JSON in an order of its own."""
    known = [*(each.name for each in columns_of(model)), *(each.name for each in model._meta.many_to_many)]
    return sorted(names, key=lambda name: known.index(name) if name in known else len(known))


def in_words(model: Any, name: str, value: Any) -> str:
    """``value`` of the field ``name`` of ``model``, as revisions keep it, in words; empty for none."""
    field = model._meta.get_field(name)
    if value in (None, "", []):
        return ""
    if field.one_to_many:
        return "\n".join(_line(field.related_model, field.field.name, row) for row in value)
    if field.is_relation:
        return _names(field.related_model, value if isinstance(value, list) else [value])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ProseField):
        return prose.words(value)
    try:
        return _plain(field, value)
    except (ValidationError, ValueError, OverflowError):
        # What no field holds is told as it was typed.
        return str(value)


def _plain(field: models.Field, value: Any) -> str:
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(field.to_python(value)), "j F Y H:i")
    return str(value)


def _names(model: Any, keys: list[Any]) -> str:
    """The rows of ``keys``, as they are called today."""
    known = [key for key in (key_in(str(one)) for one in keys) if key is not None]
    there = model.objects.in_bulk(known)
    return ", ".join(str(there.get(key, GONE)) for key in known)


def _line(model: Any, back: str, row: Words) -> str:
    """A row below another in a line; what it does not say and where it stands are left out."""
    named = [field.name for field in columns_of(model) if field.name not in (back, "position")]
    said = [in_words(model, name, row.get(name)) for name in named if row.get(name) not in (False, None, "")]
    return " · ".join(said)


def difference(model: Any, name: str, before: Any, after: Any, *, whole: bool = False) -> list[Piece]:
    """What ``after`` says otherwise than ``before``, word by word."""
    was, now = in_words(model, name, before), in_words(model, name, after)
    field = model._meta.get_field(name)
    if field.one_to_many or field.many_to_many:
        return _of_lines(was, now, "\n" if field.one_to_many else ", ")
    return pieces(was, now, whole=whole)


def _of_lines(before: str, after: str, between: str) -> list[Piece]:
    """Lists are compared name by name."""
    was, now = (each.split(between) if each else [] for each in (before, after))
    taken = [Piece(TAKEN, one) for one in was if one not in now]
    kept = [Piece("same", one) for one in now if one in was]
    return [*kept, *taken, *(Piece(ADDED, one) for one in now if one not in was)]
