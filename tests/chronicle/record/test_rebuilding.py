"""rebuild_record makes every row that readers see anew, just as it was printed."""

from datetime import UTC, date, datetime, time
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import CharField, F
from django.db.models.functions import Cast

from chronicle.models import (
    Bitmap,
    Chronicle,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Log,
    Page,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.record import bitmaps
from chronicle.record.columns import LOW_BITS
from chronicle.record.rebuilding import rebuild, subjects_to_make
from chronicle.record.verifying import problems
from tests.support import varied
from tests.support.emptying import unguarded
from tests.support.tampering import raw

CACHES = (Chronicle, Page, Text, Term, Spelling, Entry, EntryTerm, EntryWords, Bitmap, Log)
THEN = datetime(1999, 1, 1, tzinfo=UTC)


@pytest.fixture
def record(varied_once, db):
    """With a subject of each facet taken down in one of its chronicles."""
    varied.take_whole(Chronicle.objects.get(slug="the-flood"))
    assert list(problems()) == []


def dump(model) -> list[tuple]:
    """Every column of every row but ids of rows and noted clashes, with what stands for them."""
    instead = {"chronicle": "chronicle__key", "entry": "entry__number", "term": "term__number"}
    if model is Bitmap:
        return bitmaps_by_number()
    left_out = {"id", "clash", "sk", "presented", "digest"}
    names = [f.name for f in model._meta.concrete_fields if f.name not in left_out]
    columns = [instead.get(name, name) for name in names]
    if model in (Entry, EntryTerm, EntryWords):
        columns.append("place")
        rows = model.objects.annotate(place=F("sk").bitrightshift(LOW_BITS))
    else:
        rows = model.objects
    return sorted(tuple(map(repr, row)) for row in rows.values_list(*columns))


def bitmaps_by_number() -> list[tuple]:
    """What each bitmap holds, by the numbers of the entries.

    A name under which nothing is left keeps an empty one, until the next rebuild.
    """
    numbers = dict(Entry.objects.values_list("pk", "number"))
    return sorted(
        (row.chronicle.key, row.name, row.facet, row.total, [numbers.get(pk) for pk in bitmaps.ids_of(row)])
        for row in Bitmap.objects.exclude(total=0)
    )


def snapshot() -> dict:
    return {model: dump(model) for model in CACHES}


def ids() -> dict:
    return {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (Chronicle, Page, Text, Term, Entry)
    }


TAKEN = {"taken_at": THEN, "legal": True}
NOT_TAKEN = {"taken_at": None, "legal": False}
"""What was not taken down is ruined the other way round further below."""

RUINS = {
    Chronicle: {
        "key": None,
        "origin": "nowhere",
        "slug": None,
        "title": "Ruined",
        "description": "Ruined",
        "language": "xx",
        "first_date": date(1999, 1, 1),
        "first_number": 77,
        "last_date": date(1999, 1, 2),
        "zone": "Nowhere/Nothing",
        "morning_begins": time(1),
        "afternoon_begins": time(2),
        "evening_begins": time(3),
        "name_style": "ruined",
    },
    Page: {
        "number": F("number") + 1000,
        "headline": "Ruined",
        "sentence": "Ruined",
        "summary": "Ruined",
        "occasion": "Ruined",
        "closed": True,
        **NOT_TAKEN,
    },
    Text: {"title": "Ruined", "text": "Ruined", **NOT_TAKEN},
    Term: {
        "label": "Ruined",
        "slug": "ruined",
        "lineage": [77],
        "under": 77,
        "relays": 77,
        "dated": "1999",
        "retracted": True,
        **NOT_TAKEN,
    },
    Entry: {
        "sk": F("pk"),
        "clash": 7,
        "earliest": THEN,
        "latest": datetime(1999, 1, 2, tzinfo=UTC),
        "open_start": True,
        "open_end": True,
        "throughout": True,
        "happened_on": date(1999, 1, 1),
        "told_on": date(1999, 1, 1),
        "parts": 5,
        "standing": "disputed",
        "key": True,
        "withdrawn_at": THEN,
        "withdrawn_reason": "Ruined",
        "headline": "",
        "card": "",
        **NOT_TAKEN,
    },
    EntryTerm: {"facet": "ruined", "sk": 5},
    EntryWords: {"headline": "ruined", "names": "ruined", "body": "ruined"},
    Spelling: {"facet": "ruined", "folded": b"ruined", "name": Cast(F("id"), CharField()), "whole": False},
    Bitmap: {"facet": "ruined", "ids": bitmaps.packed(bitmaps.BitMap([1, 77]), 0), "total": 77},
    Log: {
        "size": 1,
        "root": "0" * 64,
        "frontier": [],
        "last_at": THEN,
        "numbers": {},
        "digest": "0" * 64,
    },
}
SHOWS = {"edition": 77, "commitment": "0" * 64, "updated_at": THEN}


def ruin_columns() -> None:
    """Every column, but for those by which a row is known."""
    for model in (Page, Text, Term, Entry):
        model.objects.update(**RUINS[model], **SHOWS)
    for model in (EntryTerm, EntryWords, Spelling, Bitmap):
        model.objects.update(**RUINS[model])
    Log.objects.update(**RUINS[Log])
    for n, pk in enumerate(Chronicle.objects.values_list("pk", flat=True)):
        ruined = RUINS[Chronicle] | SHOWS | {"key": uuid4(), "slug": f"ruined-{n}"}
        Chronicle.objects.filter(pk=pk).update(**ruined)


def test_every_column_is_ruined():
    known_by = {
        Chronicle: {"id"},
        Page: {"id", "chronicle", "date"},
        Text: {"id", "chronicle", "name"},
        Term: {"id", "chronicle", "facet", "number"},
        Entry: {"id", "chronicle", "number"},
        EntryTerm: {"id", "entry", "term"},
        EntryWords: {"sk", "entry", "chronicle"},
        Spelling: {"id", "chronicle", "term"},
        Bitmap: {"id", "chronicle", "name", "chunk"},
        Log: {"chronicle", "presented"},
    }
    for model, ruined in RUINS.items():
        shows = SHOWS if model not in (EntryTerm, EntryWords, Spelling, Bitmap, Log) else {}
        names = {field.name for field in model._meta.concrete_fields}
        assert names - known_by[model] == {*ruined, *shows}, model


def test_what_was_ruined_in_every_column_is_made_anew_in_place(record):
    before, known = snapshot(), ids()
    places = sorted(Entry.objects.values_list("pk", "sk", "clash"))
    ruin_columns()
    assert snapshot() != before

    rebuild()

    assert snapshot() == before
    assert ids() == known
    assert sorted(Entry.objects.values_list("pk", "sk", "clash")) == places
    assert list(problems()) == []


def test_what_was_never_taken_down_is_told_again(record):
    before = snapshot()
    Page.objects.update(**dict.fromkeys(("headline", "sentence", "summary", "occasion"), ""), **TAKEN)
    Text.objects.update(title="", text="", **TAKEN)
    Term.objects.update(label="", slug="", **TAKEN)
    Entry.objects.update(headline="", card="", withdrawn_at=None, withdrawn_reason="", **TAKEN)
    assert snapshot() != before

    rebuild()

    assert snapshot() == before
    assert list(problems()) == []


def ruin_what_rows_are_known_by() -> None:
    Text.objects.filter(chronicle__slug="the-flood").update(name="contact")
    Entry.objects.update(number=F("number") + 1000)
    Term.objects.update(number=F("number") + 1000)
    for page in Page.objects.all():
        Page.objects.filter(pk=page.pk).update(date=page.date.replace(year=1999))


def swap_chronicles() -> None:
    """The slugs and keys of two chronicles, and the chronicles of all rows."""
    one, other = Chronicle.objects.order_by("pk")
    for mine, spare in ((one, "spare-1"), (other, "spare-2")):
        Chronicle.objects.filter(pk=mine.pk).update(slug=spare, key=uuid4())
    for mine, theirs in ((one, other), (other, one)):
        Chronicle.objects.filter(pk=mine.pk).update(slug=theirs.slug, key=theirs.key)
    Entry.objects.filter(chronicle=other).update(number=F("number") + 5000)
    Entry.objects.filter(chronicle=one).update(chronicle=other)


def lose_all() -> None:
    EntryTerm.objects.all().delete()
    for model in (Bitmap, Spelling, EntryWords, Entry, Term, Page, Text, Log):
        model.objects.all().delete()


def add_strays() -> None:
    for model in (Entry, Term, Page):
        row = model.objects.first()
        row.pk, row.number = None, 777
        if model is Entry:
            row.sk = 5
        if model is Page:
            row.date = date(1999, 1, 1)
        row.save()
    EntryTerm.objects.filter(facet="kind").update(term=Term.objects.get(number=777))
    about = Text.objects.get(chronicle__slug="the-flood")
    about.pk, about.name = None, "policy"
    about.save()


@pytest.mark.parametrize(
    "ruin",
    [ruin_what_rows_are_known_by, swap_chronicles, lose_all, add_strays, EntryTerm.objects.all().delete],
)
def test_rows_that_were_lost_renamed_exchanged_or_added_are_made_anew(record, ruin):
    before = snapshot()
    with unguarded():
        ruin()
    assert snapshot() != before

    rebuild()

    assert snapshot() == before
    assert list(problems()) == []


@pytest.mark.only_on("sqlite")
def test_values_without_sense_are_no_hindrance(record):
    before = snapshot()
    raw("PRAGMA ignore_check_constraints = ON")
    for model in CACHES:
        for field in model._meta.concrete_fields:
            if not (field.primary_key or field.is_relation or field.unique):
                own = " || rowid" if field.name in ("number", "date", "facet", "folded", "name") else ""
                raw(f"UPDATE {model._meta.db_table} SET {field.column} = 'x'{own}")
    raw("UPDATE chronicle_entry SET sk = 'x' || id")
    raw("PRAGMA ignore_check_constraints = OFF")

    rebuild()

    assert snapshot() == before
    assert list(problems()) == []


def test_a_rebuilt_record_says_that_it_is_presented_anew(record):
    before = dict(Log.objects.values_list("pk", "presented"))

    rebuild()

    after = dict(Log.objects.values_list("pk", "presented"))
    assert after.keys() == before.keys()
    assert all(after[pk] > number for pk, number in before.items())
    assert all(log.digest == log.digest_now() for log in Log.objects.all())


def test_editions_and_sheets_are_only_read(record):
    before = list(Edition.objects.values()), list(Sheet.objects.values())
    ruin_columns()

    rebuild()

    assert (list(Edition.objects.values()), list(Sheet.objects.values())) == before


def test_the_command_says_what_it_made_and_shows_how_far_it_is(record):
    said, done = StringIO(), []

    call_command("rebuild_record", stdout=said, stderr=StringIO())
    rebuild(progress=done.append)

    assert said.getvalue() == f"Made {subjects_to_make()} rows of 2 chronicles anew.\n"
    assert sum(done) == subjects_to_make()


def of_a_sheet():
    return (
        f"The sheet {Page.objects.first().commitment[:12]} is missing or changed: restore it from a backup."
    )


def lose_a_sheet():
    Sheet.objects.filter(commitment=Page.objects.first().commitment).delete()
    return of_a_sheet()


def change_a_sheet():
    Sheet.objects.filter(commitment=Page.objects.first().commitment).update(document={"headline": "Forged"})
    return of_a_sheet()


def change_an_edition():
    Edition.objects.filter(seq=3, chronicle__slug="the-44-days").update(by="forged")
    return "edition 3: its leaf is not that of its header. Restore the editions from a backup."


def lose_an_edition():
    Edition.objects.filter(seq=3, chronicle__slug="the-44-days").delete()
    return "edition 4: the one before it is missing, or one is too many. Restore the editions from a backup."


def lose_the_first_edition():
    Edition.objects.filter(seq=1, chronicle__slug="the-44-days").delete()
    return "The first edition of a chronicle is missing: restore it from a backup."


@pytest.mark.parametrize(
    "harm", [lose_a_sheet, change_a_sheet, change_an_edition, lose_an_edition, lose_the_first_edition]
)
def test_where_editions_or_sheets_are_harmed_it_refuses_and_changes_nothing(record, harm):
    with unguarded():
        said = harm()
    Log.objects.filter(chronicle__slug="the-44-days").update(root="0" * 64)
    before = snapshot()

    with pytest.raises(CommandError) as refusal:
        call_command("rebuild_record", stdout=StringIO(), stderr=StringIO())

    assert said in str(refusal.value)
    assert snapshot() == before
