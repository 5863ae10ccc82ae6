"""The worker: pass after pass, whatever fails in one event."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from chronicle.models import Entry
from events.editorial import scheduling, working
from events.editorial.working import BEAT_EVERY, LONGEST_WAIT, Worker
from events.models import Beat, Event
from tests.support.cast import approve_all, make_event, publish
from tests.support.factories import fresh


@pytest.fixture
def at():
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def three(editor, moderator, day, kind, source, at):
    """Three events to be published at one time."""
    events = [make_event(editor, day, kind, f"Number {n}", source) for n in range(3)]
    for event in events:
        approve_all(event, moderator)
        publish(event, editor, at=at)
    return events


def states(events):
    return [fresh(event).state for event in events]


def test_a_pass_publishes_all_that_is_due(three, at):
    worker = Worker("test")

    assert worker.pass_once(at - timedelta(seconds=1)) == 0
    assert worker.pass_once(at) == 3
    assert worker.pass_once(at) == 0
    assert states(three) == ["published"] * 3


@pytest.fixture
def broken(three, monkeypatch):
    """The second of three fails in a way that nobody foresaw, as long as it is in the set."""
    failing, real = {three[1].pk}, scheduling.print_held

    def print_held(held, **how):
        if held.pk in failing:
            raise ZeroDivisionError
        return real(held, **how)

    monkeypatch.setattr(scheduling, "print_held", print_held)
    return failing


def test_an_error_in_one_stops_no_other_and_is_logged(three, at, broken, caplog):
    assert Worker("test").pass_once(at) == 2

    assert states(three) == ["published", "scheduled", "published"]
    [record] = caplog.records
    assert (record.levelno, record.name) == (logging.ERROR, "events.editorial.working")
    assert record.exc_info[0] is ZeroDivisionError
    assert f"Event {three[1].pk} is due" in record.getMessage()
    assert "Number 1" not in record.getMessage()


def test_what_failed_is_tried_again_later_and_later(three, at, broken, caplog):
    worker, tried = Worker("test"), []
    for second in range(64):
        before = len(caplog.records)
        worker.pass_once(at + timedelta(seconds=second))
        if len(caplog.records) > before:
            tried.append(second)
    assert tried == [0, 1, 3, 7, 15, 31, 63]

    broken.clear()
    assert worker.pass_once(at + timedelta(seconds=64)) == 0
    assert worker.pass_once(at + timedelta(seconds=64) + LONGEST_WAIT) == 1
    assert worker.failing == {}


def test_a_lost_database_ends_the_pass(three, at, monkeypatch):
    def lost(*given):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(working.scheduling, "publish_due", lost)
    monkeypatch.setattr(working.connection, "is_usable", lambda: False)

    with pytest.raises(OperationalError):
        Worker("test").pass_once(at)


def run(worker):
    thread = threading.Thread(target=worker.run)
    thread.start()
    return thread


def test_it_waits_for_a_lost_database_and_says_so_once(db, monkeypatch, caplog):
    passes, worker = [], Worker("test")

    def pass_once(now):
        passes.append(now)
        if len(passes) == 5:
            worker.stop.set()
        if len(passes) < 4:
            raise OperationalError("connection refused")
        return 0

    monkeypatch.setattr(worker, "pass_once", pass_once)
    monkeypatch.setattr(working, "EVERY", timedelta(milliseconds=1))

    run(worker).join(10)

    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "The worker cannot use the database, and waits for it.",
        "The worker can use the database again.",
    ]


def test_a_stop_lets_it_finish_the_event_at_hand(three, at, monkeypatch):
    worker, real = Worker("test"), scheduling.publish_due

    def publish_due(pk, now):
        worker.stop.set()
        return real(pk, now)

    monkeypatch.setattr(working.scheduling, "publish_due", publish_due)

    assert worker.pass_once(at) == 1
    assert Entry.objects.count() == 1
    assert Event.objects.filter(state="scheduled").count() == 2


def test_its_beat_is_refreshed_in_place_every_few_seconds(db):
    worker, now = Worker("test"), timezone.now()

    worker.pass_once(now)
    worker.pass_once(now + BEAT_EVERY - timedelta(seconds=1))
    assert Beat.objects.get().at == now

    worker.pass_once(now + BEAT_EVERY)
    Worker("another").pass_once(now)
    assert dict(Beat.objects.values_list("name", "at")) == {"test": now + BEAT_EVERY, "another": now}


def test_a_pass_with_nothing_due_costs_two_queries(db, django_assert_num_queries):
    worker, now = Worker("test"), timezone.now()
    worker.pass_once(now)

    with django_assert_num_queries(2):
        worker.pass_once(now + timedelta(seconds=1))
