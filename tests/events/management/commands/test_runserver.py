"""The development server publishes what is due, by one worker in a thread of its own."""

import json
import threading
import time

from django.test import override_settings

from events.editorial.working import Worker
from events.management.commands import runserver
from tests.support.serving import serving
from tests.support.starting import start

ANNOUNCED = ("-m", "tests.support.announcing", "runserver", "127.0.0.1:PORT")


def ask(scratch, *asked):
    ran = start("-m", "tests.support.scheduling", *asked, **scratch)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def told_within(seconds, scratch):
    """The states of the events, once the first is published, or after so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if "published" in (states := json.loads(ask(scratch, "tell"))["states"]):
            break
    return states


def test_it_publishes_what_is_due_and_one_worker_does_under_the_autoreloader(scratch, tmp_path):
    """The process that watches over the files has none."""
    ask(scratch, "make", "1")

    with serving(*ANNOUNCED, to=tmp_path, **scratch) as server:
        assert told_within(30, scratch) == ["published"]
        assert server.said.read_text().count("development server: at work") == 1


def working(settings):
    """The threads of workers while the server runs."""
    with override_settings(**settings), runserver.working_beside():
        return [thread for thread in threading.enumerate() if thread.name == "worker"]


def test_only_in_development(monkeypatch):
    monkeypatch.setattr(Worker, "run", lambda worker: worker.stop.wait(10))

    assert working({"DEVELOPMENT": False}) == []
    assert len(working({"DEVELOPMENT": True})) == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "worker"]
