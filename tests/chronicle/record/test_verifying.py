"""The record keeps what was printed: the chain of editions, its guard, and what finds any tampering."""

import hashlib
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from chronicle.models import Edition, Entry, EntryTerm, Page, Term
from chronicle.models.edition import GENESIS, canonical, digest
from chronicle.record.verifying import problems, rows_to_check
from events.editorial import publishing, writing
from events.models import Day
from tests.support.cast import approve_all, make_event, publish
from tests.support.emptying import editions_unguarded

KEPT = "editions are only added, never changed or removed"


@pytest.fixture
def record(published, day, kind, source, editor, moderator):
    """Two entries, one of them with a second edition, a withdrawn one, and a page with words."""
    second = make_event(editor, day, kind, headline="Second", source=source, wording="15:00")
    withdrawn = make_event(editor, day, kind, headline="Withdrawn", source=source, wording="16:00")
    for event in (second, withdrawn):
        approve_all(event, moderator)
        publish(event, editor)
    published.headline = "A bridge is closed at once"
    writing.save_event(published, by=editor, seen=published.version)
    publish(published, editor, note="At once.")
    publishing.withdraw(withdrawn, by=editor, seen=1, reason="Told twice.")
    day = Day.objects.get(pk=day.pk)
    day.headline = "The water rises"
    writing.save_day(day, by=editor, seen=1)
    publishing.publish_day(day, by=editor, seen=2)
    return {entry.headline: entry for entry in Entry.objects.all()}


def first_problem():
    return next(problems(), "")


def test_canonical_json_is_sorted_dense_and_in_utf_8():
    assert canonical({"é": [True, None, 1], "a": {"c": "ü\n", "b": ""}}) == (
        '{"a":{"b":"","c":"ü\\n"},"é":[true,null,1]}'.encode()
    )


@pytest.mark.parametrize("document", [{"a": 1.5}, [[1.0]], {"a": [{"b": 0.1}]}])
def test_canonical_json_holds_no_fraction(document):
    with pytest.raises(TypeError, match="write a fraction as text"):
        canonical(document)


def test_a_hash_can_be_recomputed_with_nothing_but_the_docstring(record):
    edition = Edition.objects.order_by("seq").last()
    sealed = {
        "chronicle": edition.chronicle_id,
        "seq": edition.seq,
        "subject": f"{edition.subject_kind}:{edition.subject_id}",
        "number": edition.number,
        "action": edition.action,
        "note": edition.note,
        "sha256": hashlib.sha256(
            json.dumps(edition.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        ).hexdigest(),
        "previous": Edition.objects.get(seq=edition.seq - 1).hash,
        "at": edition.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": edition.actor,
    }
    dense = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert edition.hash == hashlib.sha256(dense.encode()).hexdigest()


def test_a_record_as_printed_is_whole(record):
    said, looked_at = StringIO(), []

    call_command("verify_record", stdout=said, stderr=StringIO())

    assert (
        said.getvalue() == f"The record is whole: {Edition.objects.count()} editions, every row as printed.\n"
    )
    assert list(problems(progress=looked_at.append)) == []
    assert sum(looked_at) == rows_to_check()


def test_an_empty_record_is_whole(db):
    assert list(problems()) == []


def tampered_edition(seq=3, **values):
    with editions_unguarded():
        Edition.objects.filter(seq=seq).update(**values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"document": {"headline": "Forged"}}, "edition 3: its document is not the one that was printed"),
        ({"document": {"headline": 1.5}}, "edition 3: its document is not the one that was printed"),
        ({"sha256": "0" * 64}, "edition 3: its document is not the one that was printed"),
        ({"hash": "0" * 64}, "edition 3: its hash is not that of its contents"),
        ({"previous_hash": "f" * 64}, "edition 3: it does not follow on the edition before it"),
        ({"note": "Forged"}, "edition 3: its hash is not that of its contents"),
        ({"actor": "desk-forged"}, "edition 3: its hash is not that of its contents"),
        ({"action": "update"}, "edition 3: its hash is not that of its contents"),
        ({"number": 7, "note": "x"}, "edition 3: its hash is not that of its contents"),
        ({"subject_id": 999}, "edition 3: its hash is not that of its contents"),
        ({"at": datetime(2021, 1, 1, tzinfo=UTC)}, "edition 3: its hash is not that of its contents"),
    ],
)
def test_finds_a_changed_edition(record, values, said):
    tampered_edition(**values)

    assert said in first_problem()


def test_finds_an_edition_whose_hash_was_forged_too(record):
    edition = Edition.objects.get(seq=3)
    edition.note = "Forged"
    edition.seal()

    tampered_edition(note="Forged", hash=edition.hash)

    assert "edition 4: it does not follow on the edition before it" in first_problem()


def test_finds_a_missing_edition(record):
    with editions_unguarded():
        Edition.objects.filter(seq=3).delete()

    assert "edition 4: edition 3 is missing before it" in first_problem()


def test_finds_missing_editions_at_the_beginning_and_at_the_end(record):
    with editions_unguarded():
        Edition.objects.filter(seq=1).delete()
    assert "edition 2: edition 1 is missing before it" in first_problem()

    with editions_unguarded():
        Edition.objects.filter(seq=Edition.objects.last().seq).delete()
    assert any("page" in problem for problem in problems())


ENTRY_PROBLEMS = {
    "document": ({"document": {"headline": "Forged"}}, "its document is not that of its last edition"),
    "headline": ({"headline": "Forged"}, "its column headline differs"),
    "happened_on": ({"happened_on": "2021-03-01"}, "its column happened_on differs"),
    "reported_on": ({"reported_on": "2021-03-01"}, "its column reported_on differs"),
    "earliest": ({"earliest": "2021-03-01T00:00Z"}, "its column earliest differs"),
    "latest": ({"latest": "2021-03-09T00:00Z"}, "its column latest differs"),
    "parts": ({"parts": 15}, "its column parts differs"),
    "standing": ({"standing": "corroborated"}, "its column standing differs"),
    "throughout": ({"throughout": True}, "its column throughout differs"),
    "public_from": ({"public_from": "2021-03-01T00:00Z"}, "its column public_from differs"),
    "card": ({"card": "<p>Forged</p>"}, "its card is not the one its document prints"),
    "sk": ({"sk": 5}, "it is not indexed under the terms of its document"),
    "withdrawn": (
        {"withdrawn_at": "2021-03-03T00:00Z", "withdrawn_reason": "x", "headline": "", "card": ""},
        "it is withdrawn without an edition that says so",
    ),
}


@pytest.mark.parametrize("what", ENTRY_PROBLEMS)
def test_finds_a_changed_entry(record, what):
    values, said = ENTRY_PROBLEMS[what]
    Entry.objects.filter(pk=record["Second"].pk).update(**values)

    assert first_problem().startswith(f"the-flood: entry {record['Second'].pk}: {said}")


def test_finds_an_entry_moved_in_time_with_its_index(record):
    for model, name in ((Entry, "pk"), (EntryTerm, "entry")):
        model.objects.filter(**{name: record["Second"].pk}).update(sk=5)

    assert "its place in time is not that of its document" in first_problem()


def test_finds_an_entry_on_another_page(record, story, editor):
    other = Day.objects.create(chronicle=story, date=story.first_date)
    publishing.publish_day(other, by=editor, seen=1)
    Entry.objects.filter(pk=record["Second"].pk).update(page=Page.objects.get(key=other.key))

    assert "it is not on the page of the day that tells it" in first_problem()


def test_finds_a_tombstone_that_tells_another_reason(record):
    Entry.objects.filter(withdrawn_reason="Told twice.").update(withdrawn_reason="Forged.")

    assert "it is not withdrawn as its last edition says" in first_problem()


def test_finds_a_tombstone_dug_up(record):
    Entry.objects.filter(withdrawn_reason="Told twice.").update(
        withdrawn_at=None, withdrawn_reason="", headline="Back", card="Back"
    )

    assert "it is not withdrawn as its last edition says" in first_problem()


def test_finds_an_entry_that_was_taken_out(record):
    EntryTerm.objects.filter(entry=record["Second"]).delete()
    Entry.objects.filter(pk=record["Second"].pk).delete()

    assert first_problem() == "the-flood: 1 printed entry rows are missing from the record."


def test_finds_an_entry_that_was_never_printed(record):
    entry = record["Second"]
    Entry.objects.bulk_create(
        [
            Entry(
                **{
                    field.attname: getattr(entry, field.attname)
                    for field in Entry._meta.concrete_fields
                    if field.name not in ("id", "key", "sk")
                },
                key="0" * 32,
                sk=5,
            )
        ]
    )

    assert "it has no edition" in first_problem()


@pytest.mark.parametrize("change", ["gone", "added", "role", "sk"])
def test_finds_a_changed_index(record, change):
    links = EntryTerm.objects.filter(entry=record["Second"])
    if change == "gone":
        links.filter(role="kind").delete()
    elif change == "added":
        EntryTerm.objects.create(
            entry=record["Second"], term=Term.objects.get(kind="kind"), sk=record["Second"].sk, role="place"
        )
    elif change == "role":
        links.filter(role="kind").update(role="actor")
    else:
        links.filter(role="kind").update(sk=5)

    assert "it is not indexed under the terms of its document" in first_problem()


@pytest.mark.parametrize(
    ("model", "values", "said"),
    [
        (Page, {"headline": "Forged"}, "page {pk}: a column differs from its document"),
        (Page, {"number": 9}, "page {pk}: a column differs from its document"),
        (Page, {"date": "2021-03-09"}, "page {pk}: its date differs from its document"),
        (Page, {"document": {}}, "page {pk}: its document is not that of its last edition"),
        (Term, {"label": "Forged"}, "term {pk}: it is not as its last edition has it"),
        (Term, {"slug": "forged"}, "term {pk}: it is not as its last edition has it"),
        (Term, {"document": {}}, "term {pk}: it is not as its last edition has it"),
    ],
)
def test_finds_a_changed_page_or_term(record, model, values, said):
    row = model.objects.first()

    model.objects.filter(pk=row.pk).update(**values)

    assert said.format(pk=row.pk) in first_problem()


def test_the_command_names_the_first_bad_row_and_fails(record):
    Page.objects.update(headline="Forged")
    Entry.objects.filter(withdrawn_at=None).update(card="Forged")

    with pytest.raises(CommandError) as failure:
        call_command("verify_record", stdout=StringIO(), stderr=StringIO())
    assert str(failure.value).splitlines() == [
        "The record is not as it was printed.",
        f"the-flood: page {Page.objects.get().pk}: a column differs from its document.",
    ]

    with pytest.raises(CommandError) as failure:
        call_command("verify_record", all=True, stdout=StringIO(), stderr=StringIO())
    assert len(str(failure.value).splitlines()) == 4


def refused(statement):
    with pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chronicle_edition SET note = 'x'",
        "UPDATE chronicle_edition SET note = note",
        "DELETE FROM chronicle_edition",
        "DELETE FROM chronicle_edition WHERE seq = 2",
    ],
)
def test_the_database_keeps_editions(record, statement):
    before = list(Edition.objects.values())

    assert KEPT in refused(statement)

    assert list(Edition.objects.values()) == before


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_keeps_editions_from_being_replaced(record, verb):
    assert KEPT in refused(f"{verb} INTO chronicle_edition SELECT * FROM chronicle_edition WHERE seq = 2")


@pytest.mark.only_on("sqlite")
def test_control_without_recursive_triggers_sqlite_replaces_an_edition(record):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            cursor.execute(
                "INSERT OR REPLACE INTO chronicle_edition SELECT * FROM chronicle_edition WHERE seq = 2"
            )
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")

    assert list(problems()) == []


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("cascade", ["", " CASCADE"])
def test_postgresql_keeps_editions_from_being_truncated(record, cascade):
    with connection.cursor() as cursor:
        # A table whose foreign keys are still to be checked cannot be truncated for that reason alone.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert KEPT in refused(f"TRUNCATE chronicle_edition{cascade}")
    assert KEPT in refused("TRUNCATE chronicle_chronicle CASCADE")


def test_control_with_its_guard_lifted_an_edition_changes_and_is_found(record):
    with editions_unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE chronicle_edition SET note = 'Forged' WHERE seq = 2")

    assert Edition.objects.get(seq=2).note == "Forged"
    assert "edition 2: its hash is not that of its contents" in first_problem()
    assert KEPT in refused("UPDATE chronicle_edition SET note = 'x'")


def test_the_first_edition_follows_on_nothing(record):
    first = Edition.objects.order_by("seq").first()

    assert (first.seq, first.previous_hash, first.sha256) == (1, GENESIS, digest(first.document))
