"""Every column that can hold words has a line that says what becomes of them, and no line is of nothing."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, models

from events.erasing import registry
from events.models.emptied import EMPTIED

KINDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def columns_of_text() -> list[tuple[str, str]]:
    return [
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, KINDS)
    ]


def lines() -> list[tuple[str, str]]:
    return [
        (model, column)
        for model, told in registry.LINES.items()
        for columns in told.values()
        for column in columns.split()
    ]


def test_every_column_of_text_has_a_line_and_every_line_a_column():
    assert set(lines()) == set(columns_of_text())


def test_no_column_has_two_lines():
    assert not [line for line, times in Counter(lines()).items() if times > 1]


def test_a_column_that_nobody_thought_of_would_be_found():
    """The control: a model of an app that has one more is told from the registry."""
    with pytest.raises(KeyError):
        registry.line_of("events.Event", "afterthought")
    assert ("events.Event", "headline") in columns_of_text()


def test_what_is_emptied_in_place_is_what_the_constraints_insist_on():
    said = {column for column in lines() if registry.line_of(*column) == registry.IN_PLACE}
    of_text = set(columns_of_text())
    done = {
        (apps.get_model("events", name)._meta.label, column)
        for name, empty in EMPTIED.items()
        for column in empty
        if column != "state"
    }
    assert said == done & of_text


@pytest.mark.django_db
def test_no_table_is_left_out():
    tables = set(connection.introspection.table_names())
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    unknown = tables - known - set(registry.TABLES)
    assert not unknown
    if connection.vendor == "sqlite":
        assert set(registry.TABLES) <= tables
