"""What a publication costs on chronicles of several sizes: by this code, and by an earlier commit's."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from tests.bench import databases
from tests.bench.databases import Database
from tests.bench.former import codes
from tests.support.starting import environment

HEADINGS = (
    "database", "entries", "code", "what", "statements", "CPU ms", "of it under the lock", "database ms",
    "a second", "peak MB", "errors",
)  # fmt: skip
COLUMNS = (
    ("statements", "{:,}"), ("cpu", "{:.1f}"), ("lock", "{:.1f}"), ("database_cpu", "{:.1f}"),
    ("rate", "{:.1f}"), ("peak", "{:.0f}"), ("errors", "{:,}"),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    arguments: tuple[str, ...]
    """What ``pressing`` is told."""
    former: str
    """The commit that is measured beside; empty where none is."""
    folder: Path


def run(kinds: list[str], sizes: list[int], plan: Plan) -> list[dict[str, Any]]:
    """A row for each work on a database of each kind and size, for each code."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    with (
        databases.at_hand(kinds, sizes, 1, plan.folder) as known,
        codes(plan.former, plan.folder) as found_codes,
    ):
        return [
            {"database": database.kind, "entries": database.entries, "code": code, **found}
            for database in known
            for code, where in found_codes.items()
            for found in measured(database, where, plan)
        ]


def measured(database: Database, code: Path, plan: Plan) -> list[dict[str, Any]]:
    """What ``pressing`` finds on a copy of ``database``."""
    print(f"Pressing on {database.kind} of {database.entries:,} …", file=sys.stderr, flush=True)
    with _copy(database) as url:
        variables = {
            "CHRONICLE_DEVELOPMENT": "true",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "chronicle.settings",
        }
        command = [sys.executable, "-m", "tests.bench.pressing", *plan.arguments]
        answer = subprocess.run(
            command, cwd=code, env=environment({**variables}), stdout=subprocess.PIPE, check=True
        )
        return list(json.loads(answer.stdout))


@contextmanager
def _copy(database: Database) -> Iterator[str]:
    """The address of a copy that may be changed."""
    if database.kind == "postgresql":
        with databases.copied(database) as url:
            yield url
        return
    with TemporaryDirectory(dir=database.folder) as folder:
        copy = shutil.copyfile(urlsplit(database.url).path[1:], Path(folder) / "own.sqlite3")
        yield f"sqlite:///{os.fspath(copy)}"


def markdown(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"| {'--- | ' * 4}{'---: | ' * (len(HEADINGS) - 5)}---: |"
    for row in rows:
        named = [row["database"], f"{row['entries']:,}", row["code"], row["name"]]
        told = [form.format(row[column]) if column in row else "" for column, form in COLUMNS]
        yield f"| {' | '.join([*named, *told])} |"
