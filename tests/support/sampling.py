"""What many tests read, built once for a module of them: the sample chronicle, or whatever else."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, BinaryIO

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from events.demo import pictures, sample
from events.models import Story
from media import sandbox
from tests.support import varied
from tests.support.factories import MaterialFactory, three_people
from tests.support.pictures import USUAL


@pytest.fixture(autouse=True, scope="session")
def decoded_once() -> Iterator[None]:
    """What the process that decodes answers of the pictures of the sample and of the factories is kept for
    the session.

    The same question has the same answer, and takes seconds. Of every other file it is asked each time.
    """
    run, answers = sandbox.run, {}

    def run_once(job: str, file: BinaryIO, **request: Any) -> sandbox.Answer:
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 not in drawn() | USUAL:
            return run(job, file, **request)
        asked = (job, sha256, json.dumps(request, sort_keys=True))
        if asked not in answers:
            answers[asked] = run(job, file, **request)
        return answers[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run", run_once)
        yield


@cache
def drawn() -> set[str]:
    """The hashes of the pictures of the sample."""
    return {hashlib.sha256(data.draw()).hexdigest() for data in pictures.PICTURES}


OF_A_MODULE, OF_A_TEST = 0, 200
"""With which number the pictures begin that a module makes, and those that a test does."""


@pytest.fixture(autouse=True)
def the_same_pictures() -> None:
    """The pictures of each test begin with the same one, so that their answers are known."""
    MaterialFactory.reset_sequence(OF_A_TEST, force=True)


@contextmanager
def kept_for_a_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around all tests of a module: what is built in it is in the database of each.

    For a module in which no test needs a database without it, or transactions of its own.
    """
    MaterialFactory.reset_sequence(OF_A_MODULE, force=True)
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """The sample."""
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            story = sample.build(**three_people())
        yield story


@pytest.fixture
def built(built_once: Story, db: None) -> Story:
    """The sample that ``manage.py demo`` builds. What a test changes of it is undone after the test."""
    return Story.objects.get(pk=built_once.pk)


@pytest.fixture(scope="module")
def varied_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A record with all that can be in one."""
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            varied.build()
        yield
