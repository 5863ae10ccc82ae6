"""What a database must be like is checked before anything is done to it, and said in a sentence."""

import sqlite3
from contextlib import closing

import pytest
from django.core.checks import run_checks
from django.db import connection

from chronicle.checks import database_is_not_from_before, every_trigger_is_laid
from tests.support.starting import start

MADE_BEFORE = "made by a Chronicle from before the record had its final shape, and cannot be carried over."
BEFORE = """
CREATE TABLE django_migrations (
  id integer PRIMARY KEY, app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied datetime NOT NULL
);
INSERT INTO django_migrations (app, name, applied) VALUES
  ('chronicle', '0001_initial', '2026-11-01'), ('chronicle', '0002_editions_are_kept', '2026-11-01'),
  ('events', '0001_initial', '2026-11-01'), ('events', '0002_roles', '2026-11-01');
CREATE TABLE chronicle_chronicle (id integer PRIMARY KEY, title varchar(120) NOT NULL);
CREATE TABLE chronicle_edition (
  id integer PRIMARY KEY, seq bigint NOT NULL, subject_kind varchar(8) NOT NULL, document text NOT NULL,
  sha256 varchar(64) NOT NULL, previous_hash varchar(64) NOT NULL, hash varchar(64) NOT NULL
);
INSERT INTO chronicle_edition VALUES (1, 1, 'page', '{}', 'a', 'b', 'c');
"""


@pytest.fixture
def before(tmp_path):
    """A database as it was made before."""
    file = tmp_path / "before.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.executescript(BEFORE)
    return file


def manage(*arguments, file):
    return start("manage.py", *arguments, DATABASE_URL=f"sqlite:///{file}", CHRONICLE_DEVELOPMENT="true")


def what_it_holds(file) -> list[tuple]:
    with closing(sqlite3.connect(file)) as database:
        return list(database.execute("SELECT name, sql FROM sqlite_master")) + list(
            database.execute("SELECT * FROM chronicle_edition")
        )


OTHERS = [("verify_record",), ("work", "--once"), ("set_up_roles",)]


# These are about a file, whatever database is beside.
@pytest.mark.no_database
@pytest.mark.parametrize("command", OTHERS)
def test_a_database_that_was_never_migrated_is_told_so_in_a_sentence(tmp_path, command):
    ran = manage(*command, file=tmp_path / "empty.sqlite3")

    assert ran.returncode == 1
    assert "This database cannot be used: it is empty. Run manage.py migrate" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.no_database
def test_control_an_empty_database_is_migrated_and_another_fault_of_it_told_as_it_is(tmp_path):
    file = tmp_path / "migrated.sqlite3"
    ran = manage("migrate", file=file)
    assert ran.returncode == 0, ran.stderr
    assert manage("migrate", file=file).returncode == 0
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TABLE events_beat")

    ran = manage("work", "--once", file=file)

    assert ran.returncode == 1
    assert "no such table: events_beat" in ran.stderr


@pytest.mark.no_database
@pytest.mark.parametrize(
    "command", [("migrate",), ("migrate", "events"), ("demo", "--port", "8765"), ("verify_record",)]
)
def test_a_database_from_before_is_refused_in_a_sentence_that_says_what_to_do(before, command):
    held = what_it_holds(before)

    ran = manage(*command, file=before)

    assert ran.returncode == 1
    assert MADE_BEFORE in ran.stderr
    assert "Run manage.py demo --reset" in ran.stderr
    assert "is missing" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert what_it_holds(before) == held


@pytest.mark.django_db
def test_the_check_tells_one_from_before_on_this_kind_of_database_too():
    assert database_is_not_from_before(None, databases=["default"]) == []

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE chronicle_edition ADD COLUMN previous_hash varchar(64)")

    [found] = database_is_not_from_before(None, databases=["default"])
    assert found.id == "chronicle.E005"
    assert MADE_BEFORE in found.msg


@pytest.mark.django_db
def test_every_check_of_the_database_passes_here():
    assert run_checks(databases=["default"]) == []
    assert every_trigger_is_laid(None, databases=["default"]) == []
