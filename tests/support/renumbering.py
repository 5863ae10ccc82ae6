"""A copy of a database in which every row has another id: what a restore elsewhere may amount to."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

BY = 1_000_000


def renumbered(source: Path, copy: Path) -> Path:
    """Copy the SQLite database ``source`` to ``copy``, and add ``BY`` to every id and reference."""
    shutil.copyfile(source, copy)
    # sqlite3 checks no foreign key unless it is told to.
    with closing(sqlite3.connect(copy)) as database:
        triggers = list(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for table, columns in columns_with_ids().items():
            changes = ", ".join(f'"{column}" = "{column}" + {BY}' for column in columns)
            database.execute(f'UPDATE "{table}" SET {changes}')
        for _, sql in triggers:
            database.execute(sql)
        database.commit()
        assert not list(database.execute("PRAGMA foreign_key_check"))
    return copy


def columns_with_ids() -> dict[str, list[str]]:
    """The columns of each table that hold an id that the database gave."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        columns = [field.column for field in model._meta.local_concrete_fields if _holds_an_id(field)]
        if columns:
            found[model._meta.db_table] = columns
    return found


def _holds_an_id(field: Any) -> bool:
    while field.is_relation:
        field = field.target_field
    return isinstance(field, models.AutoField | models.BigAutoField)
