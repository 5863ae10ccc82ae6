"""The chronicles that are measured: built once on each kind of database, and kept for the next run."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.support.starting import ROOT, environment

KINDS = ("sqlite", "postgresql")
PRESSED = 100_000
"""The largest chronicle that is really pressed; beyond it, one is made of copies of that."""
FURNISHED = 1_000
"""How many events of a desk are really pressed: all others are copies, as is what hangs on them."""
MAKERS = (
    "chronicle/migrations/*.py",
    "events/migrations/*.py",
    "events/demo/made/*.py",
    "chronicle/record/*.py",
    "events/press/*.py",
    "events/editorial/*.py",
    "events/finding/*.py",
    "events/upkeep.py",
    "tests/bench/replicating.py",
    "tests/bench/furnishing.py",
    "tests/bench/furniture.py",
)
"""What a database is made by: where any of it is another now, what was kept is not what would be made."""


class Shape(NamedTuple):
    """How many entries a chronicle has, over how many days; None is as many as it is made with."""

    entries: int
    days: int | None = None

    def __str__(self) -> str:
        return f"{self.entries}" if self.days is None else f"{self.entries}x{self.days}"


@dataclass(frozen=True)
class Database:
    kind: str
    entries: int
    url: str
    folder: Path
    role: str = "site"
    days: int | None = None

    @property
    def shape(self) -> Shape:
        return Shape(self.entries, self.days)

    def variables(self) -> dict[str, str]:
        """The environment of a server on this database: a public one, or one of the desk."""
        return {
            "DATABASE_URL": self.url,
            "CHRONICLE_ROLE": self.role,
            # What is measured is what a page costs to make, unless somebody says otherwise.
            "CHRONICLE_KEPT_PAGES": "0",
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
def at_hand(
    kinds: list[str], sizes: Sequence[int | Shape], seed: int, folder: Path
) -> Iterator[list[Database]]:
    """A database of each kind and size or shape, each built where none was kept."""
    shapes = [size if isinstance(size, Shape) else Shape(size) for size in sizes]
    with ExitStack() as stack:
        yield [stack.enter_context(_AT_HAND[kind](size, seed, folder)) for kind in kinds for size in shapes]


@contextmanager
def desks_at_hand(kinds: list[str], sizes: list[int], folder: Path) -> Iterator[list[Database]]:
    """Likewise desks of so many events, with all that hangs on them."""
    with ExitStack() as stack:
        yield [stack.enter_context(_DESKS[kind](size, folder)) for kind in kinds for size in sizes]


@contextmanager
def _sqlite_desk(events: int, folder: Path) -> Iterator[Database]:
    file = folder / f"{_name(Shape(events), 0, 'desk')}.sqlite3"
    if not file.exists():
        _clear(folder, Shape(events), "sqlite3", made="desk")
        part = file.with_suffix(".part")
        with _sqlite(Shape(FURNISHED), 1, folder) as pressed:
            shutil.copyfile(urlsplit(pressed.url).path[1:], part)
        _furnish(f"sqlite:///{part}", events)
        part.rename(file)
    yield Database("sqlite", events, f"sqlite:///{file}", folder, role="all")


@contextmanager
def _postgresql_desk(events: int, folder: Path) -> Iterator[Database]:
    name = f"bench_desk_{events}"
    url = urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))
    # It takes no longer to make than to read back.
    with _postgresql(Shape(FURNISHED), 1, folder, "bench_pressed"):
        _create(name, like="bench_pressed")
    _furnish(url, events)
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("VACUUM ANALYZE")
    yield Database("postgresql", events, url, folder, role="all")
    _drop(name)


_DESKS = {"sqlite": _sqlite_desk, "postgresql": _postgresql_desk}


@contextmanager
def _sqlite(shape: Shape, seed: int, folder: Path) -> Iterator[Database]:
    entries, file = shape.entries, folder / f"{_name(shape, seed)}.sqlite3"
    if not file.exists():
        part = file.with_suffix(".part")
        _clear(folder, shape, "sqlite3", "part*")
        if entries > PRESSED:
            with _sqlite(Shape(PRESSED), seed, folder) as pressed:
                shutil.copyfile(urlsplit(pressed.url).path[1:], part)
            _replicate(f"sqlite:///{part}", entries)
        else:
            _press(f"sqlite:///{part}", shape, seed)
        part.rename(file)
    yield Database("sqlite", entries, f"sqlite:///{file}", folder, days=shape.days)


@contextmanager
def _postgresql(shape: Shape, seed: int, folder: Path, name: str = "") -> Iterator[Database]:
    entries, name = shape.entries, name or f"bench_{shape}"
    file, url = (
        folder / f"{_name(shape, seed)}.dump",
        urlunsplit(urlsplit(_server())._replace(path=f"/{name}")),
    )
    _create(name)
    if file.exists():
        _run(_program("pg_restore"), "--jobs=2", "--no-owner", f"--dbname={url}", str(file))
    else:
        _clear(folder, shape, "dump")
        if entries > PRESSED:
            with _postgresql(Shape(PRESSED), seed, folder, "bench_pressed"):
                _create(name, like="bench_pressed")
            _replicate(url, entries)
        else:
            _press(url, shape, seed)
        part = file.with_suffix(".part")
        _run(_program("pg_dump"), "--format=custom", "--compress=1", f"--file={part}", url)
        part.rename(file)
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("VACUUM ANALYZE")
    yield Database("postgresql", entries, url, folder, days=shape.days)
    _drop(name)


@contextmanager
def empty(name: str) -> Iterator[str]:
    """The address of a new database of PostgreSQL, which is removed afterwards."""
    _create(name)
    yield urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))
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


def _press(url: str, shape: Shape, seed: int) -> None:
    print(f"Pressing {shape} entries …", flush=True)
    over = [] if shape.days is None else [f"--days={shape.days}"]
    _python("manage.py", "make_sample", f"--entries={shape.entries}", *over, f"--seed={seed}", url=url)


def _replicate(url: str, entries: int) -> None:
    times, rest = divmod(entries, PRESSED)
    if rest:
        raise SystemExit(f"Beyond {PRESSED:,} entries, ask for a multiple of these.")
    print(f"Copying to {entries} entries …", flush=True)
    _python("-m", "tests.bench.replicating", f"--times={times}", url=url)


def _furnish(url: str, events: int) -> None:
    times, rest = divmod(events, FURNISHED)
    if rest:
        raise SystemExit(f"For a desk, ask for a multiple of {FURNISHED:,} events.")
    print(f"Furnishing a desk of {events} events …", flush=True)
    _python("-m", "tests.bench.furnishing", f"--times={times}", url=url)


def _python(*arguments: str, url: str) -> None:
    variables = {
        "CHRONICLE_DEVELOPMENT": "true",
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "chronicle.settings",
    }
    _run(sys.executable, *arguments, env=environment({**variables}))


def _clear(folder: Path, shape: Shape, *suffixes: str, made: str = "made") -> None:
    """Delete what earlier code made of that size, or was stopped at."""
    for suffix in suffixes:
        for file in folder.glob(f"{made}-{shape}-*.{suffix}"):
            file.unlink()


def _name(shape: Shape, seed: int, made: str = "made") -> str:
    """Of a file that holds what the code of today makes."""
    files = sorted(path for makers in MAKERS for path in ROOT.glob(makers))
    code = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
    return f"{made}-{shape}-{seed}-{code}"


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
