"""What a form would send so that its row says again what it said once: see events.admin.revisions."""

from collections.abc import Iterator
from typing import Any

from django.forms import ModelMultipleChoiceField

from events.admin.merging import sent_for
from events.editorial.remembering import BELOW, Words, columns_of, key_below, value_in

Pairs = Iterator[tuple[str, str]]


def what_is_sent(form: Any, formsets: list[Any], words: Words) -> list[tuple[str, str]]:
    """What a browser would send of ``form`` and the rows below it, with ``words`` in its fields."""
    model = form._meta.model
    columns = {each.name: each for each in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    sent = [("seen", str(form.instance.version))]
    for name, shown in form.fields.items():
        if name in words and name in columns:
            sent += sent_for(shown, form.add_prefix(name), value_in(words, columns[name]))
    below, known_by = BELOW.get(model, ("", ""))
    for formset in formsets:
        told = words.get(below) if formset.prefix == below else None
        sent += _rows(formset, told) if _are_rows(told, known_by) else _numbers(formset, 0, 0)
    return sent


def _are_rows(told: Any, known_by: str) -> bool:
    """Whether ``told`` are rows as they are kept today; others are left as they are."""
    return isinstance(told, list) and all(isinstance(row, dict) and known_by in row for row in told)


def what_is_gone(form: Any, words: Words) -> dict[str, tuple[list[int], int]]:
    """Of each field of ``form`` that named rows which are gone: those still there, and how many are not."""
    found = {}
    for name, shown in form.fields.items():
        if isinstance(shown, ModelMultipleChoiceField) and isinstance(words.get(name), list):
            there = set(shown.queryset.filter(pk__in=words[name]).values_list("pk", flat=True))
            kept = [key for key in words[name] if key in there]
            if len(kept) < len(words[name]):
                found[name] = kept, len(words[name]) - len(kept)
    return found


def _numbers(formset: Any, there: int, all_of_them: int) -> Pairs:
    """How many rows are sent: of those that have a history of their own, none."""
    yield f"{formset.prefix}-INITIAL_FORMS", str(there)
    yield f"{formset.prefix}-TOTAL_FORMS", str(all_of_them)


def _rows(formset: Any, rows: list[Words]) -> Pairs:
    """``rows`` as they were, first those that are there still; what has come since is taken out."""
    known_by, prefix = BELOW[type(formset.instance)][1], formset.prefix
    there = {key_below(form.instance, known_by): form.instance.pk for form in formset.initial_forms}
    gone = there.keys() - {row[known_by] for row in rows}
    kept = sorted(rows, key=lambda row: row[known_by] not in there)
    new = sum(row[known_by] not in there for row in rows)
    last = len(rows) - new
    yield from _numbers(formset, len(there), len(there) + new)
    for place, key in enumerate(sorted(gone), start=last):
        yield from [(f"{prefix}-{place}-id", str(there[key])), (f"{prefix}-{place}-DELETE", "on")]
    for order, row in enumerate(kept):
        # Those that are made come after all that are there.
        place = order if order < last else order + len(gone)
        yield f"{prefix}-{place}-id", str(there.get(row[known_by], ""))
        yield from _row(formset, place, row)


def _row(formset: Any, place: int, row: Words) -> Pairs:
    form = formset.empty_form
    columns = {column.name: column for column in columns_of(form._meta.model)}
    for name, shown in form.fields.items():
        if name in columns:
            yield from sent_for(shown, f"{formset.prefix}-{place}-{name}", value_in(row, columns[name]))
