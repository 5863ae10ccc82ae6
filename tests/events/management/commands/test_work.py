"""``manage.py work`` as a program: it stops when told, shares the work, leaves nothing half when killed."""

import json
import signal
import sqlite3
import time
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from tests.support.scratch import execute
from tests.support.starting import begin, start

UNTOUCHED = {"states": ["scheduled"], "entries": 0, "decisions": 0, "editions": [], "problems": []}
PUBLISHED = {
    "states": ["published"],
    "entries": 1,
    "decisions": 1,
    "editions": ["entry/1 first"],
    "problems": [],
}


def ask(scratch, *asked):
    """Run one of the programs of tests.support.scheduling; what it printed."""
    ran = start("-m", "tests.support.scheduling", *asked, **scratch)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def tell(scratch):
    return json.loads(ask(scratch, "tell"))


def work_once(scratch):
    ran = start("manage.py", "work", "--once", **scratch)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@contextmanager
def running(*arguments, scratch):
    """A program that runs until it is stopped, or else killed."""
    program = begin(*arguments, **scratch)
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def in_the_middle(scratch):
    """Wait until some program is held up by the slow table while it writes."""
    for _ in range(300):
        # On a busy machine two short writes are met in a row, but not five.
        if all(is_writing(scratch) and not time.sleep(0.3) for _ in range(5)):
            return
        time.sleep(0.1)
    pytest.fail("Nothing was written for half a minute.")


def is_writing(scratch):
    name = scratch["DATABASE_URL"].rpartition("/")[2]
    if connection.vendor == "postgresql":
        query = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = "
        return execute(f"{query}'{name}'") is not None
    with closing(sqlite3.connect(scratch["DATABASE_URL"].removeprefix("sqlite:///"), timeout=0)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
    return False


def killed_in_the_middle(*arguments, scratch, table):
    """Kill a program while a row of ``table`` is written; what is in the database then."""
    ask(scratch, "slow", table)
    with running(*arguments, scratch=scratch) as program:
        in_the_middle(scratch)
        program.send_signal(signal.SIGKILL)
        assert program.wait(10) == -signal.SIGKILL
    ask(scratch, "slow")
    return tell(scratch)


@pytest.mark.parametrize("table", ["chronicle_edition", "events_decision"])
def test_one_killed_in_the_middle_leaves_nothing_half(scratch, table):
    """Whether the record is half written or, after it, the desk; the next pass publishes it."""
    ask(scratch, "make", "1")

    left = killed_in_the_middle("manage.py", "work", scratch=scratch, table=table)

    assert left == UNTOUCHED
    assert work_once(scratch) == "Published: 1.\n"
    assert tell(scratch) == PUBLISHED


@pytest.mark.only_on("sqlite")  # PostgreSQL locks no row outside of a transaction
def test_control_outside_of_one_transaction_half_of_it_stays(scratch):
    ask(scratch, "make", "1")

    left = killed_in_the_middle(
        "-m", "tests.support.scheduling", "unguarded", scratch=scratch, table="events_decision"
    )

    assert (left["states"], left["entries"], left["decisions"]) == (["published"], 1, 0)


def test_two_at_once_do_each_once(scratch):
    ask(scratch, "make", "12")

    worker = ("manage.py", "work", "--once")
    with running(*worker, scratch=scratch) as one, running(*worker, scratch=scratch) as other:
        said = [program.communicate(timeout=100) for program in (one, other)]

    assert [errors for _, errors in said] == ["", ""]
    assert sum(int(out.removeprefix("Published: ").rstrip(".\n")) for out, _ in said) == 12
    told = tell(scratch)
    assert (told["states"], told["decisions"], told["problems"]) == (["published"] * 12, 12, [])
    assert sorted(told["editions"]) == sorted(f"entry/{n} first" for n in range(1, 13))


def test_it_publishes_within_two_seconds_and_stops_when_told(scratch):
    with running("manage.py", "work", scratch=scratch) as worker:
        assert "At work" in worker.stdout.readline()
        at = json.loads(ask(scratch, "make", "2", "2"))
        for _ in range(30):
            if len(times := json.loads(ask(scratch, "times"))) == 2:
                break
        stop(worker, signal.SIGTERM)

    assert tell(scratch)["states"] == ["published"] * 2
    assert all(0 <= time - at <= 2 for time in times)


def test_it_stops_with_ctrl_c(scratch):
    with running("manage.py", "work", scratch=scratch) as worker:
        assert "At work" in worker.stdout.readline()
        stop(worker, signal.SIGINT)


def stop(worker, told):
    """A worker that is told so ends by itself, and well."""
    worker.send_signal(told)
    out, errors = worker.communicate(timeout=10)
    assert (worker.returncode, out, errors) == (0, "Stopped.\n", "")
