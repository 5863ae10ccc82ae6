"""System checks on what the record relies on."""

from django.core.checks import Error
from django.db import connections

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
        if cursor.execute("PRAGMA busy_timeout").fetchone()[0] < 5000:
            found.append(_problem(connection, "busy_timeout is under 5 seconds", 2))
    if connection.transaction_mode != "IMMEDIATE":
        found.append(_problem(connection, "transaction_mode is not IMMEDIATE", 3))
    return found


def _problem(connection, what, number):
    return Error(
        f"Database “{connection.alias}”: {what}.",
        hint="Restore the SQLite OPTIONS in chronicle/settings.py: the record relies on them.",
        id=f"chronicle.E00{number}",
    )
