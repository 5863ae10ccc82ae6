"""A database of its own, which programs started by a test share: a file, or a database of the same server."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.support.starting import start

Environment = dict[str, str]


@pytest.fixture
def scratch(migrated: Path | str, tmp_path: Path) -> Iterator[Environment]:
    """The environment of programs that work on a new, migrated database, removed after the test."""
    if isinstance(migrated, Path):
        yield on(f"sqlite:///{shutil.copy(migrated, tmp_path / 'scratch.sqlite3')}")
        return
    with database(like=migrated) as name:
        yield on(address(name))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Path | str]:
    """A migrated database that nobody opens, to be copied: its file, or its name."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("scratch") / "migrated.sqlite3"
        migrate(f"sqlite:///{file}")
        yield file
        return
    with database(like="template1") as name:
        migrate(address(name))
        yield name


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
    """Have the server of the tests execute ``statement`` in no transaction; the first row of the answer."""
    with psycopg.connect(address(connection.settings_dict["NAME"]), autocommit=True) as server:
        cursor = server.execute(statement)
        return cursor.fetchone() if cursor.description else None


def address(name: str) -> str:
    at = connection.settings_dict
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{name}"


def on(url: str) -> Environment:
    return {"DATABASE_URL": url, "CHRONICLE_DEVELOPMENT": "true"}


def migrate(url: str) -> None:
    ran = start("manage.py", "migrate", "--verbosity", "0", **on(url))
    assert ran.returncode == 0, ran.stderr
