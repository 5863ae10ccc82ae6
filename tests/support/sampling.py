"""The sample chronicle, built once for a module of tests."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from events.demo import sample
from events.models import Story
from tests.support.factories import PersonFactory


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """The sample, in a transaction around all tests of the module: it is in the database of each."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        story = sample.build(editor=PersonFactory(editor=True), moderator=PersonFactory(moderator=True))
    yield story
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def built(built_once: Story, db: None) -> Story:
    """The sample that ``manage.py demo`` builds. What a test changes of it is undone after the test.

    For a module in which no test needs a database without it, or transactions of its own.
    """
    return Story.objects.get(pk=built_once.pk)
