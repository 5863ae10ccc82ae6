"""What a row of the desk says, as words to be read and compared."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from chronicle import prose
from chronicle.site.differences import ADDED, SAME, TAKEN, Piece, pieces
from events.admin.apart import has_names, know_names
from events.admin.keys import key_in
from events.editorial.remembering import Words, columns_of
from events.models import Day, Material, Source
from events.prose_field import ProseField

GONE = "(gone)"
READ_WITH = {Day: ("story",), Source: ("outlet",), Material: ("asset",)}
"""Of which rows others say what they are called."""

Called = Mapping[tuple[Any, int], str]
"""What rows are called today, by their model and key."""

_WITHIN_WORDS = ("a", "strong", "em", "sub", "sup")
_TAG = re.compile(r'<(/?)(\w+)(?: href="([^"]*)")?[^>]*>')


def label_of(model: Any, name: str) -> str:
    """What the field ``name`` is called."""
    field = model._meta.get_field(name)
    return str(field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name)


def in_order(model: Any, names: Iterable[str]) -> list[str]:
    """``names`` of fields as the model has them: PostgreSQL keeps those of JSON in an order of its own."""
    known = [*(each.name for each in columns_of(model)), *(each.name for each in model._meta.many_to_many)]
    return sorted(names, key=lambda name: known.index(name) if name in known else len(known))


def called_today(named: Iterable[tuple[Any, int]]) -> Called:
    """What the rows that are ``named`` are called; each model is asked once, however many they are."""
    keys: dict[Any, set[int]] = defaultdict(set)
    for model, key in named:
        keys[model].add(key)
    rows = [
        row
        for model, all_of_it in keys.items()
        for row in model.objects.filter(pk__in=all_of_it).select_related(*_read_with(model))
    ]
    know_names(row for row in rows if has_names(type(row)))
    return {(type(row), row.pk): str(row) for row in rows}


def _read_with(model: Any) -> tuple[str, ...]:
    within = [field.name for field in model._meta.concrete_fields if field.name == "within"]
    return READ_WITH.get(model, tuple(within))


def named_in(field: Any, value: Any) -> Iterator[tuple[Any, int]]:
    """The rows that ``value`` of ``field`` names."""
    if field.one_to_many:
        for row in _rows(value):
            for column in columns_of(field.related_model):
                yield from named_in(column, row.get(column.name))
    elif field.is_relation:
        yield from ((field.related_model, key) for key in _keys(value))


def _rows(value: Any) -> list[Words]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _keys(value: Any) -> list[int]:
    found = [key_in(str(one)) for one in (value if isinstance(value, list) else [value])]
    return [key for key in found if key is not None]


def in_words(field: Any, value: Any, called: Called) -> str:
    """``value`` of ``field``, which is no list, as revisions keep it, in words; empty for none."""
    if value in (None, "", []):
        return ""
    if field.is_relation:
        return ", ".join(called.get((field.related_model, key), GONE) for key in _keys(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, ProseField):
        return prose.words(value)
    try:
        return _plain(field, value)
    except (ValidationError, ValueError, TypeError, OverflowError):
        # What no field holds is told as it was typed.
        return str(value)


def _plain(field: models.Field, value: Any) -> str:
    if isinstance(field, models.BooleanField):
        return "yes" if value else "no"
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(field.to_python(value)), "j F Y H:i")
    return str(value)


def difference(
    model: Any, name: str, before: Any, after: Any, *, whole: bool = False, called: Called | None = None
) -> list[Piece]:
    """What ``after`` says otherwise than ``before``, word by word; ``called`` knows what either names."""
    field = model._meta.get_field(name)
    if called is None:
        called = called_today(one for value in (before, after) for one in named_in(field, value))
    if field.one_to_many or field.many_to_many:
        return _of_lists(*(dict(_listed(field, value, called)) for value in (before, after)))
    was, now = _both_in_words(field, before, after, called)
    found = pieces(was, now, whole=whole)
    # Blanks and lines alone, or another row of the same name.
    is_hidden = before != after and _is_unmarked(found)
    return [Piece(TAKEN, was), Piece(ADDED, now)] if is_hidden else found


def _is_unmarked(found: list[Piece]) -> bool:
    """Whether something is told, and no change of it."""
    return bool(found) and all(piece.how == SAME for piece in found)


def _both_in_words(field: Any, before: Any, after: Any, called: Called) -> tuple[str, str]:
    was, now = in_words(field, before, called), in_words(field, after, called)
    if isinstance(field, ProseField) and (was == now or _addresses(before) != _addresses(after)):
        return _with_tags(before), _with_tags(after)
    return was, now


def _addresses(text: Any) -> list[str]:
    return [address for _, _, address in _TAG.findall(text or "") if address]


def _with_tags(text: Any) -> str:
    """A formatted text with what else it has than words, but for paragraphs."""

    def told(tag: re.Match[str]) -> str:
        ends, name, address = tag.groups()
        if name == "p":
            return " "
        room = "" if name in _WITHIN_WORDS else " "
        return f"{room}<{' '.join(filter(None, (f'{ends}{name}', address)))}>{room}"

    return html.unescape(_TAG.sub(told, text or ""))


def _listed(field: Any, value: Any, called: Called) -> Iterator[tuple[Any, str]]:
    """What a list holds, each by what it is known by, in words."""
    if field.one_to_many:
        lines = (_line(field.related_model, field.field.name, row, called) for row in _rows(value))
        yield from ((line, line) for line in lines)
    else:
        yield from ((key, called.get((field.related_model, key), GONE)) for key in _keys(value))


def _line(model: Any, back: str, row: Words, called: Called) -> str:
    """A row below another in a line; what it does not say and where it stands are left out."""
    shown = [field for field in columns_of(model) if field.name not in (back, "position")]
    said = [
        in_words(field, row[field.name], called)
        for field in shown
        if row.get(field.name) not in (False, None, "")
    ]
    return " · ".join(said)


def _of_lists(was: dict[Any, str], now: dict[Any, str]) -> list[Piece]:
    """Lists are compared name by name."""
    kept = [Piece(SAME, name) for key, name in now.items() if key in was]
    taken = [Piece(TAKEN, name) for key, name in was.items() if key not in now]
    return [*kept, *taken, *(Piece(ADDED, name) for key, name in now.items() if key not in was)]
