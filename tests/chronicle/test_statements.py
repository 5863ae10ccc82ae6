"""Statements put together once: what they read is what the models would."""

from datetime import timedelta

import pytest

from chronicle.models import Entry
from chronicle.models.among import Among
from chronicle.models.statements import statement_of
from tests.support.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_instants_and_days_are_read_as_a_model_has_them():
    EventFactory(published=True)
    entry, columns = Entry.objects.get(), ("earliest", "latest", "happened_on")
    statement = statement_of(Entry.objects.filter(chronicle=-1).values(*columns), {"chronicle": -1})

    (read,) = statement.tuples({"chronicle": entry.chronicle_id})

    assert list(read) == [entry.earliest, entry.latest, entry.happened_on]
    assert {instant.utcoffset() for instant in read[:2]} == {timedelta(0)}


def among(*entries):
    return {"among": Among.value_of([entry.pk for entry in entries])}


def test_many_numbers_fill_one_hole():
    for n in range(3):
        EventFactory(published=True, headline=f"Entry {n}")
    first, second, _ = Entry.objects.order_by("pk")
    statement = statement_of(Entry.objects.filter(pk__among=[-2]), {"among": [-2]})

    assert set(statement.rows(among(first, second))) == {first, second}
    assert statement.rows(among()) == []


@pytest.mark.parametrize("headline", ['“Open”, "shut"', "A \\ and a {brace}, and [more]", "'); --", "Ծ"])
def test_texts_fill_one_hole_as_they_are(headline):
    for each in (headline, "Another", "Not asked for"):
        EventFactory(published=True, headline=each)
    statement = statement_of(Entry.objects.filter(headline__among=["-h-"]), {"headlines": ["-h-"]})
    asked = Among.value_of([headline, "Another"])

    found = statement.rows({"headlines": asked})

    assert {entry.headline for entry in found} == {headline, "Another"}


def test_a_document_is_read_anew_each_time_so_that_nobody_keeps_or_shares_it():
    EventFactory(published=True)
    statement = statement_of(Entry.objects.filter(chronicle=-1).with_document(), {"chronicle": -1})
    given = {"chronicle": Entry.objects.get().chronicle_id}

    [first], [second] = statement.rows(given), statement.rows(given)

    assert first.document == second.document == Entry.objects.with_document().get().document
    assert first.document is not second.document
