"""The command that makes a chronicle of any size, and where it refuses."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction

from chronicle.models import Chronicle, Entry
from events.demo import sample
from events.demo.made import building
from events.models import Story
from tests.support.factories import StoryFactory, three_people
from tests.support.starting import start


def make(**options) -> str:
    said = io.StringIO()
    call_command("make_sample", stdout=said, stderr=io.StringIO(), **options)
    return said.getvalue()


def test_the_same_seed_makes_the_same_and_another_another(db):
    def made_with(seed: int) -> list[dict]:
        with transaction.atomic():
            story = building.build(entries=40, days=6, seed=seed)
            entries = Entry.objects.filter(chronicle__key=story.key).order_by("number").with_document()
            found = [entry.document for entry in entries]
            transaction.set_rollback(True)
        return found

    first = made_with(3)
    assert made_with(3) == first
    assert made_with(4) != first


def test_the_command_says_what_it_made(db):
    assert "“The made islands” has 12 entries over 5 days, from seed 2." in make(entries=12, days=5, seed=2)
    assert Entry.objects.public().count() == 12


def test_it_makes_one_beside_the_sample(db):
    sample.build(**three_people())

    make(entries=5)

    assert Chronicle.objects.count() == 2


def test_it_is_made_once(db):
    make(entries=5)

    with pytest.raises(CommandError, match="has “The made islands” already, with 5 entries"):
        make(entries=5)


def test_a_database_with_somebodys_story_is_left_as_it_is(db):
    StoryFactory(unopened=True)

    with pytest.raises(CommandError, match="This database holds 1 story, which the demo did not make"):
        make(entries=5)

    assert Story.objects.count() == 1
    assert not User.objects.exists()


@pytest.mark.no_database
def test_nobody_has_to_set_up_a_production_site_for_it(tmp_path):
    database = f"sqlite:///{tmp_path / 'made.sqlite3'}"

    made = start("manage.py", "make_sample", "--entries=3", DATABASE_URL=database, CHRONICLE_SECRET_KEY=None)

    assert "“The made islands” has 3 entries over 4 days" in made.stdout, made.stderr


def test_production_is_left_as_it_is(db, settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="CHRONICLE_DEVELOPMENT"):
        make(entries=5)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"entries": 0}, "at least one"),
        ({"entries": 5, "days": 0}, "1 to 36500"),
        ({"entries": 5, "days": 40000}, "1 to"),
    ],
)
def test_numbers_that_make_no_chronicle_are_refused(db, numbers, said):
    with pytest.raises(CommandError, match=said):
        make(**numbers)
