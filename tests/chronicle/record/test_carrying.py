"""A record stays whole in another database, under other ids of its rows, and without its desk."""

import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from chronicle.models import Chronicle, Edition, Entry, Log, Term
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from events import press
from events.editorial import opening, publishing, writing
from events.editorial.holding import ANOTHER_DESK
from events.editorial.refused import Refused
from events.models import Material, Story
from tests.support.cast import approve_all, fresh, make_event, publish
from tests.support.emptying import unguarded
from tests.support.factories import (
    DayFactory,
    EventFactory,
    KindFactory,
    PersonFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
)
from tests.support.renumbering import BY, columns_with_ids, renumbered
from tests.support.starting import start

BUILD = """
import django; django.setup()
from django.db import transaction
from events.demo import sample
from events.editorial import publishing
from tests.support.cast import fresh
from events.editorial import materials, takedowns
from tests.support.factories import EventFactory, MaterialFactory, PersonFactory, three_people
people = three_people()
editor = people["editor"]
with transaction.atomic():
    sample.build(**people)
    back = EventFactory(withdrawn=True, wording="14:30")
    publishing.reopen_event(back, by=editor, seen=back.version)
    publishing.submit(fresh(back), by=editor, seen=fresh(back).version)
    publishing.publish(fresh(back), by=editor, seen=fresh(back).version, note="It was this bridge after all.")
medium = MaterialFactory()
materials.cover(medium, [(0, 0, 20, 10)], by=editor, seen=medium.version)
gone = EventFactory(headline="What a court forbids", published=True)
boss, other = PersonFactory(admin=True), PersonFactory(username="other-boss", is_superuser=True)
part = takedowns.part_of(str(fresh(gone).printed))
asked = takedowns.ask(gone.story, [part, takedowns.part_of("kind/1")], by=boss, reason="An order.")
takedowns.confirm(asked, by=other, seen=1)
"""
GO_ON = """
import django; django.setup()
from tests.support.factories import EventFactory
EventFactory(published=True, headline="It went on")
"""
FIRST_ENTRY = """
import django; django.setup()
from chronicle.models import Entry
print(Entry.objects.earliest("pk").pk)
"""
LEFT_OUT = ("contenttypes", "auth.permission", "sessions", "admin.logentry")


def run(*arguments, file) -> str:
    """What Python on ``arguments`` says with the SQLite database ``file``."""
    variables = {"CHRONICLE_DEVELOPMENT": "true", "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    ran = start(*arguments, DATABASE_URL=f"sqlite:///{file}", **variables)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def elsewhere(migrated, tmp_path_factory):
    """A SQLite database of its own with two chronicles: the sample, and one with a restored entry."""
    file = tmp_path_factory.mktemp("elsewhere") / "elsewhere.sqlite3"
    if isinstance(migrated, Path):
        shutil.copy(migrated, file)
    else:
        run("manage.py", "migrate", file=file)
    run("-c", BUILD, file=file)
    return file


def test_what_is_dumped_from_sqlite_is_whole_where_it_is_loaded(elsewhere, tmp_path, db):
    dump = tmp_path / "dump.json"
    left_out = [option for name in LEFT_OUT for option in ("--exclude", name)]
    run("manage.py", "dumpdata", "--natural-foreign", *left_out, "--output", str(dump), file=elsewhere)
    Group.objects.all().delete()
    dumped = {row["model"] for row in json.loads(dump.read_text())}
    assert "chronicle.entryterm" in dumped
    assert not dumped & {"chronicle.bitmap", "chronicle.entrywords", "chronicle.spelling"}

    call_command("loaddata", str(dump), verbosity=0)
    rebuild()

    assert Material.objects.exclude(shown=None).exists()
    assert list(problems()) == []
    kept = StringIO()
    call_command("checkpoint", stdout=kept)
    assert kept.getvalue() == run("manage.py", "checkpoint", file=elsewhere)
    assert Edition.objects.count() > 50
    EventFactory(published=True, headline="It went on")
    assert list(problems()) == []


@pytest.mark.only_on("sqlite")
def test_a_copy_under_other_ids_is_whole_once_it_is_rebuilt(elsewhere, tmp_path):
    copy = renumbered(elsewhere, tmp_path / "copy.sqlite3")
    checkpoint = tmp_path / "checkpoint.txt"
    checkpoint.write_text(run("manage.py", "checkpoint", file=elsewhere))
    verify = ("manage.py", "verify_record", "--against", str(checkpoint))
    variables = {"CHRONICLE_DEVELOPMENT": "true", "DATABASE_URL": f"sqlite:///{copy}"}
    assert "its place in time is not that of its document" in start(*verify, **variables).stderr

    run("manage.py", "rebuild_record", file=copy)

    assert "The record is whole" in run(*verify, file=copy)
    run("-c", GO_ON, file=copy)
    assert "The record is whole" in run(*verify, file=copy)


@pytest.mark.only_on("sqlite")
def test_control_each_id_and_each_reference_was_another(elsewhere, tmp_path):
    wanted = columns_with_ids()
    for model in apps.get_models(include_auto_created=True):
        references = {field.column for field in model._meta.local_concrete_fields if field.is_relation}
        assert references <= set(wanted.get(model._meta.db_table, [])), model

    copy = renumbered(elsewhere, tmp_path / "copy.sqlite3")

    first, same = (int(run("-c", FIRST_ENTRY, file=file)) for file in (elsewhere, copy))
    assert same == first + BY


@pytest.fixture
def without_desk(published, editor):
    """A record from whose desk every row is gone."""
    EventFactory(withdrawn=True, headline="They say so")
    publishing.publish_day(published.day, by=editor, seen=fresh(published.day).version)
    TextFactory(published=True)
    with unguarded():
        for model in apps.get_app_config("events").get_models(include_auto_created=True):
            model.objects.all()._raw_delete("default")
    assert not Story.objects.exists()
    return Chronicle.objects.get()


def test_a_record_without_its_desk_is_read(client, without_desk):
    statuses = {
        "/the-flood/": 200,
        "/the-flood/day-3/": 200,
        "/the-flood/day-3/?kind=1": 200,
        "/the-flood/entry/1/": 200,
        "/the-flood/entry/2/": 410,
        "/the-flood/2021-03-03/": 301,
        "/the-flood/about/": 200,
    }

    assert {address: client.get(address).status_code for address in statuses} == statuses


def test_a_record_without_its_desk_is_verified_and_rebuilt(without_desk):
    assert list(problems()) == []
    Entry.objects.update(
        card="", headline="", withdrawn_reason="Ruined", withdrawn_at=without_desk.updated_at
    )
    Term.objects.update(label="Ruined")

    call_command("rebuild_record", stdout=StringIO(), stderr=StringIO())

    assert list(problems()) == []
    said = StringIO()
    call_command("checkpoint", stdout=said)
    assert said.getvalue().startswith(f"localhost/{without_desk.key}\n")


@pytest.fixture
def another_desk(without_desk):
    """An event to publish, of a story at the same address, on a desk that knows nothing of the record."""
    StoryFactory(unopened=True)
    editor, moderator = PersonFactory(editor=True), PersonFactory(moderator=True)
    event = make_event(editor, DayFactory(by=editor), KindFactory(), source=SourceFactory())
    approve_all(event, moderator)
    return fresh(event)


def test_another_desk_cannot_open_its_story_there(another_desk, editor, admin_person):
    publish(another_desk, editor)
    before = list(Edition.objects.values()), list(Log.objects.values())

    with pytest.raises(Refused, match=re.escape(ANOTHER_DESK)):
        opening.open_story(another_desk.story, by=admin_person, seen=another_desk.story.version)

    assert (list(Edition.objects.values()), list(Log.objects.values())) == before
    assert list(problems()) == []


def test_what_prints_nothing_is_not_refused_to_another_desk(another_desk, editor):
    another_desk.headline = "A road is closed"
    writing.save_event(another_desk, by=editor, seen=another_desk.version)

    assert fresh(another_desk).headline == "A road is closed"


def test_a_story_that_is_open_and_tells_nothing_is_of_this_desk(db):
    StoryFactory()

    assert not press.is_without_desk()


def test_another_story_may_begin_beside_the_record(without_desk):
    other = StoryFactory(slug="the-drought", title="The drought")
    EventFactory(published=True, day__story=other, kind__story=other, source__outlet__story=other)

    assert sorted(Chronicle.objects.values_list("slug", flat=True)) == ["the-drought", "the-flood"]
    assert list(problems()) == []
