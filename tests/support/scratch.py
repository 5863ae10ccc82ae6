"""A database of its own, which programs started by a test share: a file, or a database of the same server."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

Environment = dict[str, str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have pytest-django make the tests' own database for whoever asks for a copy of it."""
    for item in items:
        if "migrated" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture
def scratch(migrated: Path | str, tmp_path: Path) -> Iterator[Environment]:
    """The environment of programs that work on a new, migrated database, removed after the test."""
    if isinstance(migrated, Path):
        yield on(f"sqlite:///{shutil.copy(migrated, tmp_path / 'scratch.sqlite3')}")
        return
    with database(like=migrated) as name:
        yield on(address(name))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path | str]:
    """The tests' own database, which pytest-django makes, and a copy of it as it is before any test.

    When it is removed nobody else is at it: a program may be there longer than its test.
    """
    with ExitStack() as kept:
        with django_db_blocker.unblock():
            copy = kept.enter_context(set_aside(tmp_path_factory.mktemp("scratch")))
        yield copy
    if connection.vendor == "postgresql":
        leave()
        execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{connection.settings_dict['NAME']}'"
        )


@pytest.fixture(scope="session")
def migrated(django_db_setup: Path | str) -> Path | str:
    """A migrated database that nobody opens, to be copied: its file, or its name."""
    return django_db_setup


@contextmanager
def set_aside(folder: Path) -> Iterator[Path | str]:
    """A copy of the tests' own database, for it takes seconds to migrate another."""
    if connection.vendor == "sqlite":
        yield in_a_file(folder / "migrated.sqlite3")
        return
    # PostgreSQL copies a database at which nobody is.
    leave()
    with database(like=connection.settings_dict["NAME"]) as name:
        yield name


def leave() -> None:
    connection.close()
    connection.close_pool()


def in_a_file(file: Path) -> Path:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with closing(sqlite3.connect(file)) as copy:
        # As the site leaves a file: two programs at once would be in each other's way.
        copy.execute("PRAGMA journal_mode = WAL")
    return file


@contextmanager
def database(*, like: str) -> Iterator[str]:
    """The name of a new database on the server of the tests, removed afterwards."""
    name = f"scratch_{secrets.token_hex(4)}"
    execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield name
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(statement: str) -> Any:
    """Have the server of the tests execute ``statement`` in no transaction; the first row of the answer.

    Asked at the database that every server has: one that is copied may have no guest.
    """
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        cursor = server.execute(statement)
        return cursor.fetchone() if cursor.description else None


def address(name: str) -> str:
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"


def on(url: str) -> Environment:
    return {"DATABASE_URL": url, "CHRONICLE_DEVELOPMENT": "true"}
