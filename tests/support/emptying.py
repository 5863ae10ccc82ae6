"""Editions are only added: the database refuses to change or remove one. Tests sometimes must."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from chronicle.models import Edition


@contextmanager
def editions_unguarded() -> Iterator[None]:
    """Lift the triggers that keep editions, then put them back: to empty the database or tamper with it."""
    lift, put_back = _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()
    _run(lift)
    try:
        yield
    finally:
        _run(put_back)


@pytest.fixture(autouse=True, scope="session")
def emptied_after_use() -> Iterator[None]:
    """Lets Django empty the database after a test that committed, editions and all."""
    empty = TransactionTestCase._fixture_teardown

    def unguarded(case: TransactionTestCase) -> None:
        with editions_unguarded():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


def _on_postgresql() -> tuple[list[str], list[str]]:
    table = Edition._meta.db_table
    # A table whose foreign keys are still to be checked at the commit cannot be altered.
    check_now, check_later = "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"
    return (
        [check_now, f"ALTER TABLE {table} DISABLE TRIGGER USER", check_later],
        [check_now, f"ALTER TABLE {table} ENABLE TRIGGER USER", check_later],
    )


def _on_sqlite() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [Edition._meta.db_table],
        )
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
