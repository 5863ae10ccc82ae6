"""System checks on what the record relies on."""

from django.core.checks import Error, Warning
from django.db import connections

from chronicle import triggers

EDITIONS = "chronicle_edition"
MADE_BEFORE = (
    "it was made by a Chronicle from before the record had its final shape, and cannot be carried over."
)
START_OVER = (
    "Run manage.py demo --reset, which deletes the database of a demo and builds the sample anew, or point "
    "DATABASE_URL to an empty database."
)

LEAST_PATIENCE = 5
"""Seconds, of a connection of chronicle/sqlite."""

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
}


def sqlite_keeps_the_record_safe(app_configs, databases=None, **kwargs):
    """Each SQLite connection must have the settings that keep the record whole.

    Runs with ``check --database default`` and before ``migrate``.
    """
    return [
        problem
        for alias in databases or ()
        if connections[alias].vendor == "sqlite"
        for problem in problems_of(connections[alias])
    ]


def problems_of(connection):
    found = []
    with connection.cursor() as cursor:
        for pragma, wanted in EXPECTED.items():
            value = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            in_memory = pragma == "journal_mode" and value == "memory"
            if value != wanted and not in_memory:
                found.append(_problem(connection, f"PRAGMA {pragma} is {value}, not {wanted}", 1))
        if getattr(connection, "patience", 0) < LEAST_PATIENCE:
            found.append(_problem(connection, "it waits under 5 seconds for the lock", 2))
    if connection.transaction_mode != "IMMEDIATE":
        found.append(_problem(connection, "transaction_mode is not IMMEDIATE", 3))
    return found


def _problem(connection, what, number):
    return Error(
        f"Database “{connection.alias}”: {what}.",
        hint="Restore the ENGINE and OPTIONS of SQLite in chronicle/settings.py: the record relies on them.",
        id=f"chronicle.E00{number}",
    )


def every_trigger_is_laid(app_configs, databases=None, **kwargs):
    """Each trigger that the record relies on must be there. A database without tables yet lacks none.

    No more than a warning: an error would keep ``migrate``, which lays them all, from running.
    """
    return [
        Warning(
            f"Database “{connections[alias].alias}”: the trigger {name} is missing.",
            hint="Run manage.py migrate, which lays them all.",
            id="chronicle.W004",
        )
        for alias in databases or ()
        if not is_from_before(connections[alias])
        for name in triggers.missing(connections[alias])
    ]


def database_is_not_from_before(app_configs, databases=None, **kwargs):
    """What is sealed can never be migrated: a database of another shape is refused, by ``migrate`` too."""
    return [
        Error(f"Database “{alias}”: {MADE_BEFORE}", hint=START_OVER, id="chronicle.E005")
        for alias in databases or ()
        if is_from_before(connections[alias])
    ]


def why_unusable(connection) -> str:
    """Why no command but ``migrate`` can use a database, in a sentence; empty where it can."""
    if is_from_before(connection):
        return f"{MADE_BEFORE} {START_OVER}"
    tables = connection.introspection.table_names()
    if not tables:
        return "it is empty. Run manage.py migrate first."
    if EDITIONS not in tables:
        return (
            "it has tables, and none of a Chronicle. If it is meant for one, run manage.py migrate first; if "
            "it belongs to something else, point DATABASE_URL elsewhere."
        )
    return ""


def is_from_before(connection) -> bool:
    """Whether each edition in a database holds the hash of the one before it, as they once did."""
    with connection.cursor() as cursor:
        if EDITIONS not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, EDITIONS)
    return "previous_hash" in {column.name for column in columns}
