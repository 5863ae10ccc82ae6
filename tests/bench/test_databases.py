"""The databases of the bench are built once, and beyond a size made of copies."""

import sqlite3
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.bench import databases

pytestmark = pytest.mark.soak
COUNT = "SELECT count(*) FROM chronicle_entry"


def entries_of(database: databases.Database) -> int:
    if database.kind == "postgresql":
        with psycopg.connect(database.url) as connection:
            return connection.execute(COUNT).fetchone()[0]
    connection = sqlite3.connect(urlsplit(database.url).path[1:])
    try:
        return connection.execute(COUNT).fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.only_on(kind)) for kind in databases.KINDS]
)
def test_what_was_made_of_copies_is_kept_for_the_next_run(kind, tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(databases, "PRESSED", 4)
    made_by_earlier_code = tmp_path / f"made-8-1-0badc0de.{'sqlite3' if kind == 'sqlite' else 'dump'}"
    made_by_earlier_code.touch()

    with databases.at_hand([kind], [8], 1, tmp_path) as [made]:
        assert entries_of(made) == 8
    with databases.at_hand([kind], [8], 1, tmp_path) as [kept]:
        assert entries_of(kept) == 8

    assert not made_by_earlier_code.exists()
    said = capfd.readouterr().out
    assert (said.count("Pressing 4 entries"), said.count("Copying to 8 entries")) == (1, 1)
