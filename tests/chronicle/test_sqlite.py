"""Who waits for the write lock of SQLite keeps nobody else waiting, and is told when it takes too long."""

import gc
import sqlite3
from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper as AsDjangoHasIt

from chronicle.sqlite.base import DatabaseWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]
IN_MEMORY = "file:{}?mode=memory&cache=shared"
PATIENCE = 4
"""Seconds that who waits for the lock does so: long beside what a collection of garbage takes."""


class Waiting(Thread):
    """One who begins to write while another does, and has left a cursor, half read, in the garbage."""

    def __init__(self, connection):
        super().__init__()
        self.connection = connection
        self.begun = Event()
        self.refused = None

    def run(self):
        self.leave_garbage()
        self.begun.set()
        try:
            self.connection.cursor().execute("BEGIN IMMEDIATE")
            self.connection.cursor().execute("COMMIT")
        except OperationalError as error:
            self.refused = error
        self.connection.close()

    def leave_garbage(self):
        ring = [self.connection.cursor().cursor]
        ring[0].execute("SELECT n FROM x")
        ring[0].fetchone()
        ring.append(ring)


@pytest.fixture
def two(tmp_path):
    """Connections to one file of two rows: of who writes, and of who waits."""

    def opened(kind, name):
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": "PRAGMA journal_mode=WAL",
        }
        known = {"NAME": name, "OPTIONS": options, "AUTOCOMMIT": True}
        known |= {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
        return kind(known, alias="x")

    def both(kind, name=str(tmp_path / "x.sqlite3")):
        writes, waits = opened(kind, name), opened(kind, name)
        for statement in ("CREATE TABLE x (n)", "INSERT INTO x VALUES (1), (2)"):
            writes.cursor().execute(statement)
        waits.inc_thread_sharing()
        opened_ones.extend((writes, waits))
        return writes, waits

    opened_ones = []
    gc.disable()
    # What other tests left is none of the garbage of this.
    gc.freeze()
    yield both
    gc.unfreeze()
    gc.enable()
    for each in opened_ones:
        each.close()


def collected_beside(writes, waits):
    """What who waits was refused by, where who has the lock collects garbage before letting go."""
    writes.cursor().execute("BEGIN IMMEDIATE")
    writes.cursor().execute("INSERT INTO x VALUES (3)")
    waiting = Waiting(waits)
    waiting.start()
    waiting.begun.wait()
    # Who waits is in SQLite before long; a collection before that would show nothing.
    waiting.join(PATIENCE / 8)
    gc.collect()
    writes.cursor().execute("COMMIT")
    waiting.join()
    return waiting.refused


def test_who_waits_for_the_lock_keeps_nobody_from_collecting_garbage(two):
    assert collected_beside(*two(DatabaseWrapper)) is None


def test_control_with_djangos_own_the_one_waits_for_the_other(two):
    assert collected_beside(*two(AsDjangoHasIt)).__cause__.sqlite_errorname == "SQLITE_BUSY"


def test_who_waits_too_long_is_told(two):
    writes, waits = two(DatabaseWrapper)
    writes.cursor().execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked") as told:
        waits.cursor().execute("INSERT INTO x VALUES (3)")
    assert told.value.__cause__.sqlite_errorcode == sqlite3.SQLITE_BUSY
    writes.cursor().execute("ROLLBACK")


def test_nothing_is_tried_again_within_a_transaction(two):
    """One that read before another wrote can never write, however long it waits."""
    writes, waits = two(DatabaseWrapper)
    waits.cursor().execute("BEGIN")
    waits.cursor().execute("SELECT count(*) FROM x").fetchone()
    writes.cursor().execute("INSERT INTO x VALUES (3)")
    with pytest.raises(OperationalError) as told:
        waits.cursor().execute("INSERT INTO x VALUES (4)")
    assert told.value.__cause__.sqlite_errorname == "SQLITE_BUSY_SNAPSHOT"
    waits.cursor().execute("ROLLBACK")
    waits.cursor().execute("INSERT INTO x VALUES (4)")
    assert writes.cursor().execute("SELECT count(*) FROM x").fetchone() == (4,)


def read_beside(writes, waits):
    """How many rows who reads finds, who begins while another writes them."""
    found = []
    writes.cursor().execute("BEGIN IMMEDIATE")
    writes.cursor().execute("INSERT INTO x VALUES (3)")

    def read():
        with suppress(OperationalError):
            found.extend(waits.cursor().execute("SELECT count(*) FROM x").fetchone())

    reading = Thread(target=read)
    reading.start()
    reading.join(PATIENCE / 8)
    writes.cursor().execute("COMMIT")
    reading.join()
    return found


def test_of_a_database_in_memory_who_reads_waits_for_the_table(two, tmp_path):
    """As tests have it, in which the pages of one browser are asked beside each other."""
    assert read_beside(*two(DatabaseWrapper, IN_MEMORY.format(tmp_path.name))) == [3]


def test_control_with_djangos_own_who_reads_is_refused(two, tmp_path):
    assert read_beside(*two(AsDjangoHasIt, IN_MEMORY.format(tmp_path.name))) == []
