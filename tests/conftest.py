"""What every test may use; each part says of itself what it is for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

pytest_plugins = [
    "tests.support.pictures",
    "tests.support.media",
    "tests.support.running",
    "tests.support.emptying",
    # Before the cast, whose factories draw pictures.
    "tests.support.pictures",
    "tests.support.cast",
    "tests.support.sampling",
    "tests.support.browser",
    "tests.support.scratch",
    "tests.support.two_stories",
]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample data that lies beside a checkout of the team; a clone elsewhere has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("The team's shared data does not lie beside this checkout.")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """With nobody else at the database when it is removed: a program may be there longer than its test."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
