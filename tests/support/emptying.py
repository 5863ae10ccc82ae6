"""The database refuses to change or remove what was printed or decided. Tests sometimes must."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from chronicle import triggers
from chronicle.site import remembered


@contextmanager
def unguarded() -> Iterator[None]:
    """Lift every trigger, then lay them again: to empty the database or tamper with it."""
    settle()
    triggers.lift(connection)
    try:
        yield
    finally:
        settle()
        triggers.lay(connection)


@pytest.fixture(autouse=True, scope="session")
def emptied_after_use() -> Iterator[None]:
    """Lets Django empty the database after a test that committed, editions and all."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with unguarded():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def settle() -> None:
    """On PostgreSQL a table whose foreign keys are still to be checked at the commit cannot be altered."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A test begins as a new process does: what was taken back has no digest of its own."""
    remembered.forget()
