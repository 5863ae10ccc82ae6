"""The chronicles that are measured: built once on each kind of database, and kept for the next run."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.support.starting import ROOT, environment

KINDS = ("sqlite", "postgresql")
PRESSED = 100_000
"""The largest chronicle that is really pressed; beyond it, one is made of copies of that."""
MAKERS = (
    "chronicle/migrations/*.py",
    "events/migrations/*.py",
    "events/demo/made/*.py",
    "chronicle/record/*.py",
    "events/press/*.py",
    "tests/bench/replicating.py",
)
"""What a database is made by: where any of it is another now, what was kept is not what would be made."""


@dataclass(frozen=True)
class Database:
    kind: str
    entries: int
    url: str
    folder: Path

    def variables(self) -> dict[str, str]:
        """The environment of a public server on this database."""
        return {
            "DATABASE_URL": self.url,
            "CHRONICLE_ROLE": "site",
            "CHRONICLE_BEHIND_PROXY": "true",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "BENCH_FOLDER": str(self.folder),
        }

    def backends(self) -> list[int]:
        """The processes of the PostgreSQL server that work for this database; of SQLite there are none."""
        if self.kind == "sqlite":
            return []
        name = urlsplit(self.url).path[1:]
        with psycopg.connect(_server(), autocommit=True) as connection:
            found = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name])
            return [pid for (pid,) in found]


@contextmanager
def at_hand(kinds: list[str], sizes: list[int], seed: int, folder: Path) -> Iterator[list[Database]]:
    """A database of each kind and size, each built where none was kept."""
    with ExitStack() as stack:
        yield [stack.enter_context(_AT_HAND[kind](size, seed, folder)) for kind in kinds for size in sizes]


@contextmanager
def _sqlite(entries: int, seed: int, folder: Path) -> Iterator[Database]:
    file = folder / f"{_name(entries, seed)}.sqlite3"
    if not file.exists():
        part = file.with_suffix(".part")
        _clear(folder, entries, "sqlite3", "part*")
        if entries > PRESSED:
            with _sqlite(PRESSED, seed, folder) as pressed:
                shutil.copyfile(urlsplit(pressed.url).path[1:], part)
            _replicate(f"sqlite:///{part}", entries)
        else:
            _press(f"sqlite:///{part}", entries, seed)
        part.rename(file)
    yield Database("sqlite", entries, f"sqlite:///{file}", folder)


@contextmanager
def _postgresql(entries: int, seed: int, folder: Path, name: str = "") -> Iterator[Database]:
    name = name or f"bench_{entries}"
    file, url = (
        folder / f"{_name(entries, seed)}.dump",
        urlunsplit(urlsplit(_server())._replace(path=f"/{name}")),
    )
    _create(name)
    if file.exists():
        _run(_program("pg_restore"), "--jobs=2", "--no-owner", f"--dbname={url}", str(file))
    else:
        _clear(folder, entries, "dump")
        if entries > PRESSED:
            with _postgresql(PRESSED, seed, folder, "bench_pressed"):
                _create(name, like="bench_pressed")
            _replicate(url, entries)
        else:
            _press(url, entries, seed)
        part = file.with_suffix(".part")
        _run(_program("pg_dump"), "--format=custom", "--compress=1", f"--file={part}", url)
        part.rename(file)
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("VACUUM ANALYZE")
    yield Database("postgresql", entries, url, folder)
    _drop(name)


@contextmanager
def copied(database: Database) -> Iterator[str]:
    """The address of a copy of a database of PostgreSQL, which may be changed."""
    name = f"{urlsplit(database.url).path[1:]}_copied"
    _create(name, like=urlsplit(database.url).path[1:])
    url = urlunsplit(urlsplit(database.url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("ANALYZE")
    yield url
    _drop(name)


_AT_HAND = {"sqlite": _sqlite, "postgresql": _postgresql}


def _create(name: str, *, like: str = "template1") -> None:
    """A database of that name, in place of any that there is, with all that ``like`` has."""
    _drop(name)
    with psycopg.connect(_server(), autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(like)))


def _drop(name: str) -> None:
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _press(url: str, entries: int, seed: int) -> None:
    print(f"Pressing {entries} entries …", flush=True)
    _python("manage.py", "make_sample", f"--entries={entries}", f"--seed={seed}", url=url)


def _replicate(url: str, entries: int) -> None:
    times, rest = divmod(entries, PRESSED)
    if rest:
        raise SystemExit(f"Beyond {PRESSED:,} entries, ask for a multiple of these.")
    print(f"Copying to {entries} entries …", flush=True)
    _python("-m", "tests.bench.replicating", f"--times={times}", url=url)


def _python(*arguments: str, url: str) -> None:
    variables = {
        "CHRONICLE_DEVELOPMENT": "true",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "chronicle.settings",
    }
    _run(sys.executable, *arguments, env=environment({**variables}))


def _clear(folder: Path, entries: int, *suffixes: str) -> None:
    """Delete what earlier code made of that size, or was stopped at."""
    for suffix in suffixes:
        for file in folder.glob(f"made-{entries}-*.{suffix}"):
            file.unlink()


def _name(entries: int, seed: int) -> str:
    """Of a file that holds what the code of today makes."""
    files = sorted(path for makers in MAKERS for path in ROOT.glob(makers))
    code = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
    return f"made-{entries}-{seed}-{code}"


def _server() -> str:
    """The address of the PostgreSQL server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise SystemExit(
            "PostgreSQL is measured on the server that DATABASE_URL names: bash .ci/with-postgres …"
        )
    return url


def _program(name: str) -> str:
    """Debian keeps the programs of each version of PostgreSQL in a folder of their own."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(installed[-1]) if installed else shutil.which(name) or name


def _run(*command: str, **options: Any) -> None:
    subprocess.run(command, cwd=ROOT, check=True, **options)
