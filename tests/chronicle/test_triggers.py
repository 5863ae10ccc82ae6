"""What the database refuses of the record whoever asks; it is laid after every migrate, and found missing."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate as django_migrate
from django.db import Error, connection, transaction
from django.db.models.signals import post_migrate, pre_migrate

from chronicle import triggers
from chronicle.checks import every_trigger_is_laid
from chronicle.models import Chronicle, Edition, Removal, Sheet
from chronicle.record.verifying import problems
from tests.support.emptying import settle, unguarded
from tests.support.record import LONG_AGO, make_story
from tests.support.starting import start
from tests.support.tampering import raw

ONLY_ADDED = "Editions are only added: none is changed or removed."
NEVER_CHANGED = "A sheet is never changed."
ONLY_AFTER_A_TAKEDOWN = "A sheet is removed only after a takedown has named it."
REMOVALS = "Removals are only added: none is changed or removed."
ONLY_BY_A_TAKEDOWN = "Only a takedown removes a sheet."
OF_THE_RECORD = [refusal for refusal in triggers.REFUSALS if refusal.table.startswith("chronicle_")]


@pytest.fixture
def printed(db):
    """Two editions with their sheets, a takedown that removed the first sheet, and its removal."""
    story = make_story()
    for seq, action in enumerate(("first", "update", "takedown"), 1):
        sheet = Sheet.of({"format": 1, "n": seq})
        sheet.save()
        edition = Edition.objects.create(
            chronicle=story,
            seq=seq,
            subject="page/2021-03-03",
            edition=seq,
            action=action,
            at=LONG_AGO,
            by="desk-1",
            commitment=sheet.commitment,
            leaf="1" * 64,
        )
    Removal.objects.create(commitment=Edition.objects.get(seq=1).commitment, edition=edition)
    settle()


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Chronicle, Edition, Sheet, Removal)]


def attempt(statement: str) -> str:
    """What the database says to ``statement``: nothing, or why not."""
    try:
        with transaction.atomic():
            raw(statement)
    except Error as refusal:
        return str(refusal)
    return ""


KEPT = "(SELECT commitment FROM chronicle_edition WHERE seq = 2)"
REFUSED = [
    ("chronicle_edition_update_refused", "UPDATE chronicle_edition SET by = 'x'", ONLY_ADDED),
    ("chronicle_edition_update_refused", "UPDATE chronicle_edition SET by = by", ONLY_ADDED),
    ("chronicle_edition_update_refused", "UPDATE chronicle_edition SET id = id + 1000", ONLY_ADDED),
    ("chronicle_edition_delete_refused", "DELETE FROM chronicle_edition", ONLY_ADDED),
    ("chronicle_edition_delete_refused", "DELETE FROM chronicle_edition WHERE seq = 2", ONLY_ADDED),
    ("chronicle_sheet_update_refused", "UPDATE chronicle_sheet SET document = '{}'", NEVER_CHANGED),
    ("chronicle_sheet_update_refused", "UPDATE chronicle_sheet SET salt = salt", NEVER_CHANGED),
    ("chronicle_sheet_delete_refused", "DELETE FROM chronicle_sheet", ONLY_AFTER_A_TAKEDOWN),
    (
        "chronicle_sheet_delete_refused",
        f"DELETE FROM chronicle_sheet WHERE commitment = {KEPT}",
        ONLY_AFTER_A_TAKEDOWN,
    ),
    ("chronicle_removal_update_refused", "UPDATE chronicle_removal SET commitment = 'x'", REMOVALS),
    ("chronicle_removal_delete_refused", "DELETE FROM chronicle_removal", REMOVALS),
    (
        "chronicle_removal_insert_refused",
        "INSERT INTO chronicle_removal (commitment, edition_id) "
        "SELECT commitment, id FROM chronicle_edition WHERE seq = 2",
        ONLY_BY_A_TAKEDOWN,
    ),
    (
        "chronicle_removal_insert_refused",
        "INSERT INTO chronicle_removal (commitment, edition_id) VALUES ('x', 999999)",
        ONLY_BY_A_TAKEDOWN,
    ),
]
TRUNCATED = [
    ("chronicle_edition_truncate_refused", "TRUNCATE chronicle_edition CASCADE", ONLY_ADDED),
    ("chronicle_edition_truncate_refused", "TRUNCATE chronicle_chronicle CASCADE", ONLY_ADDED),
    (
        "chronicle_sheet_truncate_refused",
        "TRUNCATE chronicle_sheet",
        "Sheets are removed one by one, by a takedown.",
    ),
    ("chronicle_removal_truncate_refused", "TRUNCATE chronicle_removal", REMOVALS),
]


def test_every_refusal_of_the_record_is_tried():
    assert {refusal.name for refusal in OF_THE_RECORD} == {name for name, _, _ in REFUSED + TRUNCATED}
    assert len({refusal.name for refusal in triggers.REFUSALS}) == len(triggers.REFUSALS)


@pytest.mark.parametrize(("name", "statement", "sentence"), REFUSED)
def test_the_database_refuses(printed, name, statement, sentence):
    before = everything()

    assert sentence in attempt(statement)

    assert everything() == before


@pytest.mark.parametrize(("name", "statement", "sentence"), REFUSED)
def test_control_without_that_trigger_it_does_not(printed, name, statement, sentence):
    with transaction.atomic():
        drop(name)
        assert sentence not in attempt(statement)
        transaction.set_rollback(True)


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(("name", "statement", "sentence"), TRUNCATED)
def test_postgresql_refuses_to_truncate(printed, name, statement, sentence):
    before = everything()

    assert sentence in attempt(statement)

    assert everything() == before


def test_what_a_takedown_named_may_be_removed(printed):
    named = Removal.objects.get().commitment

    before = Sheet.objects.count()

    assert attempt(f"DELETE FROM chronicle_sheet WHERE commitment = '{named}'") == ""

    assert not Sheet.objects.filter(commitment=named).exists()
    assert Sheet.objects.count() == before - 1


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("chronicle_edition", ONLY_ADDED),
        ("chronicle_sheet", ONLY_AFTER_A_TAKEDOWN),
        ("chronicle_removal", REMOVALS),
    ],
)
def test_sqlite_keeps_rows_from_being_replaced(printed, verb, table, sentence):
    assert sentence in attempt(f"{verb} INTO {table} SELECT * FROM {table}")


@pytest.mark.only_on("sqlite")
def test_control_without_recursive_triggers_sqlite_replaces_an_edition(printed):
    raw("PRAGMA recursive_triggers = OFF")
    try:
        assert attempt("REPLACE INTO chronicle_edition SELECT * FROM chronicle_edition") == ""
    finally:
        raw("PRAGMA recursive_triggers = ON")


def drop(name: str) -> None:
    table = next(refusal.table for refusal in triggers.REFUSALS if refusal.name == name)
    raw(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", triggers.REFUSALS, ids=lambda refusal: refusal.name)
def test_a_check_names_a_missing_trigger(refusal):
    if refusal.event == "TRUNCATE" and connection.vendor == "sqlite":
        assert refusal.name not in triggers.missing(connection)
        return
    drop(refusal.name)

    [warning] = every_trigger_is_laid(None, databases=["default"])
    assert warning.msg == f"Database “default”: the trigger {refusal.name} is missing."
    assert "manage.py migrate" in warning.hint


@pytest.mark.django_db
def test_migrate_lays_each_that_is_missing():
    names = [refusal.name for refusal in triggers.laid(connection)]
    for name in names:
        drop(name)
    assert triggers.missing(connection) == names

    call_command("migrate", verbosity=0, interactive=False)

    assert every_trigger_is_laid(None, databases=["default"]) == []
    assert [refusal.name for refusal in triggers.laid(connection)] == names


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_a_check_names_a_disabled_trigger():
    raw("ALTER TABLE chronicle_edition DISABLE TRIGGER chronicle_edition_update_refused")

    assert triggers.missing(connection) == ["chronicle_edition_update_refused"]


@pytest.fixture
def later_version(transactional_db, settings):
    """The migrations of a later version; what was carried out of them is taken back afterwards."""
    settings.MIGRATION_MODULES = {"chronicle": "tests.support.later_version"}
    yield
    migrate("0001")


def migrate(until: str) -> None:
    call_command("migrate", "chronicle", until, verbosity=0, interactive=False)


def refuses_to_empty() -> bool:
    with transaction.atomic():
        Edition.objects.create(
            chronicle=make_story(),
            seq=1,
            subject="chronicle",
            edition=1,
            action="opening",
            at=LONG_AGO,
            by="desk-1",
            commitment="0" * 64,
            leaf="1" * 64,
        )
        said = attempt("DELETE FROM chronicle_edition")
        transaction.set_rollback(True)
    return ONLY_ADDED in said


def test_a_migration_that_adds_constraints_leaves_every_trigger_laid(later_version):
    migrate("0002")

    assert triggers.missing(connection) == []
    assert refuses_to_empty()


def test_a_migration_that_fails_leaves_every_trigger_laid(later_version):
    with pytest.raises(Error, match="chronicle_nothing"):
        migrate("0003")

    assert triggers.missing(connection) == []
    assert refuses_to_empty()


@pytest.mark.only_on("sqlite")
def test_control_with_triggers_in_place_sqlite_makes_no_table_anew(later_version):
    pre_migrate.disconnect(dispatch_uid="chronicle.triggers", sender=apps.get_app_config("chronicle"))
    try:
        with pytest.raises(Error, match="error in trigger"):
            migrate("0002")
    finally:
        apps.get_app_config("chronicle").ready()


@pytest.mark.only_on("sqlite")
def test_control_sqlite_loses_the_triggers_of_a_table_that_it_makes_anew(later_version):
    post_migrate.disconnect(dispatch_uid="chronicle.triggers", sender=apps.get_app_config("chronicle"))
    try:
        django_migrate.Command().run_from_argv(["manage.py", "migrate", "chronicle", "0002", "--verbosity=0"])
        assert "chronicle_edition_update_refused" in triggers.missing(connection)
    finally:
        apps.get_app_config("chronicle").ready()


def test_migrate_is_not_kept_from_running_by_what_it_would_lay(scratch):
    program = (
        "import django; django.setup(); from django.db import connection; from chronicle import triggers; "
        "triggers.lift(connection); print(len(triggers.missing(connection)))"
    )
    started = {"DJANGO_SETTINGS_MODULE": "chronicle.settings", **scratch}
    assert int(start("-c", program, **started).stdout) > 3

    ran = start("manage.py", "migrate", **scratch)

    assert ran.returncode == 0, ran.stderr
    assert "the trigger chronicle_edition_update_refused is missing" in ran.stderr
    again = start("manage.py", "check", "--database=default", "--fail-level=WARNING", **scratch)
    assert again.returncode == 0, again.stderr


def test_an_unguarded_database_is_guarded_again_afterwards(printed):
    with unguarded():
        assert len(triggers.missing(connection)) > 3

    assert triggers.missing(connection) == []
    assert any("leaf" in sentence for sentence in problems())
