"""A value that no column could hold is told by its row and column, and nothing else goes wrong by it."""

import pytest
from django.db import connection, transaction

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Log, Page, Removal, Sheet, Term
from chronicle.record.reading import batches
from chronicle.record.verifying import MODELS
from tests.support.tampering import found_after, raw

pytestmark = pytest.mark.only_on("sqlite")
UNREADABLE = ["senseless", b"\x00\xff", 1.5]


def fields(model):
    return [field for field in model._meta.concrete_fields if field.get_internal_type() != "JSONField"]


def cases():
    for model in MODELS:
        if model is Removal:
            continue  # The sample has none.
        for field in fields(model):
            if field.primary_key and model is not Log and model is not Sheet:
                continue  # SQLite itself keeps anything but whole numbers out of the number of a row.
            yield model, field


def unreadable(field):
    """The values that make no sense in that column, as they are written there."""
    kind = field.get_internal_type()
    for value in UNREADABLE:
        if kind in ("CharField", "TextField", "SlugField") and not isinstance(value, bytes):
            yield b"\xff" + str(value).encode()
        # Any bytes are what a column of bytes can hold.
        elif kind != "BinaryField" or not isinstance(value, bytes):
            yield value


@pytest.mark.parametrize(
    ("model", "field"), [pytest.param(model, field, id=str(field)) for model, field in cases()]
)
def test_a_senseless_value_is_a_sentence_that_names_row_and_column(built, model, field):
    """Several at once, each in a row of its own, as far as the table has rows."""
    values = list(unreadable(field))
    pks = list(model.objects.order_by("pk").values_list("pk", flat=True)[: len(values)])
    while values:
        spoilt = dict(zip(pks, values, strict=False))
        values = values[len(spoilt) :]
        found = found_after(lambda spoilt=spoilt: spoil(model, field, spoilt))

        for pk, value in spoilt.items():
            key = value if field.primary_key else pk
            table = model._meta.db_table
            assert f"{table} {key}: its {field.column} holds a value that makes no sense." in found


def spoil(model, field, spoilt):
    """Write into ``field`` of the rows with those keys the values of ``spoilt``."""
    raw("PRAGMA ignore_check_constraints = ON")
    for pk, value in spoilt.items():
        of_row = f"WHERE {model._meta.pk.column} = %s"
        raw(f"UPDATE {model._meta.db_table} SET {field.column} = %s {of_row}", value, pk)
    raw("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("value", ["not json", "[1, 2", ""])
@pytest.mark.parametrize(("model", "column"), [(Sheet, "document"), (Log, "frontier"), (Log, "numbers")])
def test_what_is_no_json_is_found(built, model, column, value):
    def spoil():
        raw("PRAGMA ignore_check_constraints = ON")
        raw(f"UPDATE {model._meta.db_table} SET {column} = %s", value)
        raw("PRAGMA ignore_check_constraints = OFF")

    assert found_after(spoil)


def test_several_senseless_values_of_a_row_are_each_named(built):
    pk = Entry.objects.first().pk
    found = found_after(
        lambda: raw("UPDATE chronicle_entry SET latest = 'x', told_on = 'y', sk = 'z' WHERE id = %s", pk)
    )

    for column in ("latest", "told_on", "sk"):
        assert f"chronicle_entry {pk}: its {column} holds a value that makes no sense." in found


def test_rows_beside_a_senseless_one_are_read(built):
    with transaction.atomic():
        raw("UPDATE chronicle_term SET updated_at = 'x' WHERE id = (SELECT min(id) FROM chronicle_term)")
        read = [row for rows in batches(Term.objects.all()) for row in rows]
        transaction.set_rollback(True)

    assert len(read) == Term.objects.count() - 1


def test_control_django_alone_reads_nothing_there_and_says_so_to_nobody(built):
    with transaction.atomic():
        raw("UPDATE chronicle_term SET updated_at = 'x'")
        assert Term.objects.first().updated_at is None
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("chronicle_page", "date", "20200927"),
        ("chronicle_page", "date", "2020-W39-7"),
        ("chronicle_chronicle", "key", "{{{key}}}"),
        ("chronicle_chronicle", "morning_begins", "06:00"),
    ],
)
def test_the_same_value_in_another_spelling_is_found(built, table, column, value):
    value = value.format(key=built.key.hex)
    spoil = f"UPDATE {table} SET {column} = %s WHERE id = (SELECT min(id) FROM {table})"
    found = found_after(lambda: raw(spoil, value))

    assert any(f"its {column} holds a value that makes no sense" in sentence for sentence in found), found


def test_every_table_is_looked_at():
    assert {model._meta.db_table for model in MODELS} == {
        table for table in connection.introspection.django_table_names() if table.startswith("chronicle_")
    }
    assert {Chronicle, Edition, Page, EntryTerm} < set(MODELS)
