"""verify_record finds every row that readers see otherwise than its edition has it, and names it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page, Sheet, Term, Text
from tests.support.record import LONG_AGO, make_story, make_term
from tests.support.tampering import a_row, found_after

EARLY = datetime(2020, 9, 1, tzinfo=UTC)
LATE = datetime(2021, 9, 1, tzinfo=UTC)
DIFFERS = "its column {} differs from its document"


def says(built, model, values, said) -> None:
    row = a_row(model)
    found = found_after(lambda: model.objects.filter(pk=row.pk).update(**values))
    subject = "chronicle" if model is Chronicle else row.subject
    slug = values.get("slug", "the-44-days") if model is Chronicle else "the-44-days"
    assert f"{slug}: {subject}: {said}." in found, found


COLUMNS = {
    Chronicle: {
        "origin": "localhost/elsewhere",
        "slug": "forged",
        "title": "Forged",
        "description": "Forged",
        "language": "az",
        "first_date": date(2020, 9, 26),
        "first_number": 2,
        "last_date": None,
        "zone": "Asia/Yerevan",
        "morning_begins": time(5),
        "afternoon_begins": time(13),
        "evening_begins": time(19),
        "name_style": "first",
    },
    Page: {
        "number": 2,
        "headline": "Forged",
        "sentence": "Forged",
        "summary": "Forged",
        "occasion": "Forged",
        "closed": True,
    },
    Text: {"title": "Forged", "text": "Forged"},
    Term: {
        "label": "Forged",
        "slug": "forged",
        "under": 77,
        "relays": 77,
        "dated": "1999",
        "retracted": True,
    },
    Entry: {
        "headline": "Forged",
        "earliest": EARLY,
        "latest": LATE,
        "open_start": True,
        "open_end": True,
        "throughout": True,
        "happened_on": date(2020, 9, 28),
        "told_on": date(2020, 9, 28),
        "parts": 5,
        "standing": "corroborated",
        "key": False,
    },
}


@pytest.mark.parametrize(
    ("model", "column"), [(model, column) for model, columns in COLUMNS.items() for column in columns]
)
def test_finds_a_changed_column(built, model, column):
    says(built, model, {column: COLUMNS[model][column]}, DIFFERS.format(column))


@pytest.mark.parametrize("model", COLUMNS)
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"edition": 77}, "it does not show its last edition"),
        ({"commitment": "0" * 64}, "it does not show its last edition"),
        ({"updated_at": LONG_AGO}, "its column updated_at is not the time of its last edition"),
    ],
)
def test_finds_a_row_that_shows_another_edition(built, model, values, said):
    says(built, model, values, said)


def test_every_column_is_tried():
    """Those of the tests below apart, and those that only a takedown fills (test_taken)."""
    taken = {"taken_at", "legal"}
    elsewhere = {
        Chronicle: {"id", "key"},
        Page: {"id", "chronicle", "date"} | taken,
        Text: {"id", "chronicle", "name"} | taken,
        Term: {"id", "chronicle", "facet", "number", "lineage"} | taken,
        Entry: {
            "id",
            "chronicle",
            "number",
            "sk",
            "clash",
            "withdrawn_at",
            "withdrawn_reason",
            "card",
        }
        | taken,
    }
    for model, columns in COLUMNS.items():
        names = {field.name for field in model._meta.concrete_fields}
        assert names - elsewhere[model] == {*columns, "edition", "commitment", "updated_at"}, model


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"key": UUID(int=7)}, "its key is not that of its origin"),
        ({"zone": "Nowhere/Nothing"}, DIFFERS.format("zone")),
    ],
)
def test_finds_a_chronicle_with_another_key_or_clock(built, values, said):
    says(built, Chronicle, values, said)


def test_a_changed_chronicle_makes_nothing_of_it_look_changed(built):
    found = found_after(
        lambda: Chronicle.objects.update(slug="forged", zone="Nowhere/Nothing", name_style="first")
    )

    assert len(found) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sk": 5}, "its place in time is not that of its document"),
        ({"clash": 1}, "its place in time is not that of its document"),
        ({"card": "<p>Forged</p>"}, "its card is not the one its document prints"),
        (
            {"withdrawn_at": LONG_AGO, "withdrawn_reason": "x", "headline": "", "card": ""},
            DIFFERS.format("headline"),
        ),
    ],
)
def test_finds_an_entry_moved_printed_otherwise_or_withdrawn(built, values, said):
    entry = a_row(Entry)
    found = found_after(lambda: Entry.objects.filter(pk=entry.pk).update(**values))

    assert any(sentence.startswith(f"the-44-days: {entry.subject}: {said}") for sentence in found), found


def test_finds_an_entry_moved_in_time_with_its_index(built):
    entry = a_row(Entry)

    def move():
        Entry.objects.filter(pk=entry.pk).update(sk=5)
        EntryTerm.objects.filter(entry=entry).update(sk=5)

    said = "its place in time is not that of its document"
    assert found_after(move) == [f"the-44-days: {entry.subject}: {said}."]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"withdrawn_reason": "Forged."}, DIFFERS.format("withdrawn_reason")),
        ({"withdrawn_at": LONG_AGO}, "its column withdrawn_at is not the time of its withdrawal"),
        (
            {"withdrawn_at": None, "withdrawn_reason": "", "headline": "Back", "card": "Back"},
            DIFFERS.format("headline"),
        ),
    ],
)
def test_finds_a_tombstone_that_was_changed_or_dug_up(built, values, said):
    tombstone = Entry.objects.exclude(withdrawn_at=None).get()
    found = found_after(lambda: Entry.objects.filter(pk=tombstone.pk).update(**values))

    assert found == [f"the-44-days: {tombstone.subject}: {said}."]


RENAMES = {
    Page: {"date": date(2020, 10, 5)},
    Term: {"number": 777},
    Entry: {"number": 777},
}


@pytest.mark.parametrize("model", RENAMES)
def test_finds_a_row_under_another_subject(built, model):
    row = a_row(model)
    before = row.subject
    found = found_after(lambda: model.objects.filter(pk=row.pk).update(**RENAMES[model]))
    for name, value in RENAMES[model].items():
        setattr(row, name, value)

    assert f"the-44-days: {before}: it was printed and has no row." in found
    assert f"the-44-days: {row.subject}: it has no edition." in found


def test_finds_a_text_under_another_name(built):
    """That of one that was taken out, as no chronicle has more texts than the sample."""

    def rename():
        Text.objects.filter(name="contact").delete()
        Text.objects.filter(name="about").update(name="contact")

    assert found_after(rename) == [
        "the-44-days: text/contact: it does not show its last edition.",
        "the-44-days: text/about: it was printed and has no row.",
    ]


@pytest.mark.parametrize("model", [*RENAMES, Text])
def test_finds_a_row_of_another_chronicle_or_of_none(built, model):
    row = a_row(model)
    other = make_story()
    moved = found_after(lambda: model.objects.filter(pk=row.pk).update(chronicle=other))
    strayed = found_after(lambda: model.objects.filter(pk=row.pk).update(chronicle=999_999))

    assert f"the-44-days: {row.subject}: it was printed and has no row." in moved
    assert f"the-flood: {row.subject}: it has no edition." in moved
    assert f"{model._meta.db_table} {row.pk}: its chronicle is not there." in strayed


@pytest.mark.parametrize("model", [*RENAMES, Text])
def test_finds_a_row_that_was_taken_out(built, model):
    row = a_row(model)

    def take_out():
        EntryTerm.objects.filter(entry__chronicle__slug=built.slug).delete()
        model.objects.filter(pk=row.pk).delete()

    assert f"the-44-days: {row.subject}: it was printed and has no row." in found_after(take_out)


@pytest.mark.parametrize("model", RENAMES)
def test_finds_a_row_that_was_never_printed(built, model):
    row = a_row(model)

    def add():
        row.pk = None
        row.sk = 5
        for name, value in ({"number": 777} | RENAMES[model]).items():
            setattr(row, name, value)
        row.save()

    found = found_after(add)
    assert f"the-44-days: {row.subject}: it has no edition." in found


def test_finds_a_chronicle_that_was_never_printed(built):
    found = found_after(make_story)

    assert "the-flood: it has no log." in found
    assert "the-flood: chronicle: it has no edition." in found


def remove_a_link(links):
    links.filter(facet="actor").delete()


def add_a_link(links):
    link = links.first()
    other = Term.objects.filter(facet="place").exclude(entry_terms__entry=link.entry).first()
    EntryTerm.objects.create(entry=link.entry, term=other, facet="place", sk=link.sk)


def relabel_a_link(links):
    links.filter(facet="actor").update(facet="place")


def move_a_link(links):
    links.filter(facet="kind").update(sk=5)


def exchange_a_link(links):
    """For a term of the same number in another chronicle."""
    link = links.get(facet="kind")
    other = make_story()
    for _ in range(link.term.number):
        term = make_term(other, "kind", "Elsewhere")
    assert term.subject == link.term.subject
    EntryTerm.objects.filter(pk=link.pk).update(term=term)


@pytest.mark.parametrize("change", [remove_a_link, add_a_link, relabel_a_link, move_a_link, exchange_a_link])
def test_finds_a_changed_index(built, change):
    entry = a_row(Entry)
    found = found_after(lambda: change(EntryTerm.objects.filter(entry=entry)))

    assert f"the-44-days: {entry.subject}: it is not indexed under the terms of its document." in found


@pytest.mark.parametrize("column", ["entry", "term"])
def test_finds_a_link_that_leads_nowhere(built, column):
    link = EntryTerm.objects.first()
    found = found_after(lambda: EntryTerm.objects.filter(pk=link.pk).update(**{column: 999_999}))

    assert f"chronicle_entryterm {link.pk}: its entry or its term is not there." in found


@pytest.mark.parametrize(
    "document", [[], {}, "words", 7, {"moment": None, "citations": [1]}, {"kind": "kind/x"}]
)
@pytest.mark.parametrize("model", COLUMNS)
def test_a_document_of_which_nothing_can_be_made_is_said_to_be_so(built, model, document):
    row = a_row(model)
    found = found_after(lambda: Sheet.objects.filter(pk=row.commitment).update(document=document))

    subject = "chronicle" if model is Chronicle else row.subject
    assert f"sheet {row.commitment[:12]}: its document is not the one that was printed." in found
    assert f"the-44-days: {subject}: its document makes no sense." in found


def test_control_editions_are_left_alone_by_all_this(built):
    assert Edition.objects.exists()
    assert found_after(lambda: None) == []
