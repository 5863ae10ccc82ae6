"""The job that erases bytes: step by step, each of which may be done twice, and none before its time."""

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.utils import timezone

from events import press
from events.editorial import materials, takedowns
from events.editorial.holding import story_of
from events.editorial.takedowns import Part
from events.editorial.working import Worker
from events.erasing import job
from events.models import Decision
from events.signing.sessions import SessionStore
from media import checking, storage
from media.models import Asset
from tests.support.cast import publish
from tests.support.factories import (
    DayFactory,
    EventFactory,
    MaterialFactory,
    PersonFactory,
    StoryFactory,
    fresh,
)
from tests.support.media import change, make_material, use
from tests.support.pictures import files_in, upload
from tests.support.starting import begin, start

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"What was never ours to print.\n"


def take(*rows):
    """A confirmed takedown of rows of the desk that were never printed, or of words of decisions."""
    parts = [Part(row=f"{row._meta.model_name}/{row.pk}") for row in rows]
    boss, other = PersonFactory(admin=True), PersonFactory(username="other", is_superuser=True)
    asked = takedowns.ask(story_of(rows[0]), parts, by=boss, reason="A court says so.")
    return takedowns.confirm(asked, by=other, seen=1)


def paper(story, name="wall.txt"):
    return materials.add(story, upload(CONTENT, name), by=PersonFactory(editor=True))


def a_minute_later(folder):
    for path in files_in(Path(folder)):
        os.utime(path, (time.time() - 61,) * 2)


def erase(takedown):
    job.erase(takedown.pk, timezone.now())
    return fresh(takedown)


def test_step_by_step_it_comes_to_its_end():
    taken = take(DayFactory())
    assert job.stages_of(taken)[0] == job.Stage("its files", done=False, at_work=True)
    steps = []
    said = job.erase(taken.pk, timezone.now(), progress=lambda: steps.append(fresh(taken).step))

    now = fresh(taken)
    assert (now.state, now.step, now.done_at is None) == ("done", "", False)
    assert steps == ["sessions", "words", "database", "log", ""]
    assert all(stage.done for stage in job.stages_of(now))
    assert said == f"{taken} in “The flood” is done: the words are in no row and no file of this server."
    assert job.erase(taken.pk, timezone.now()) == said
    assert job.erasing_now() == []


def test_before_it_is_confirmed_there_is_nothing_to_do():
    boss = PersonFactory(admin=True)
    day = DayFactory()
    asked = takedowns.ask(day.story, [Part(row=f"day/{day.pk}")], by=boss, reason="A court says so.")

    assert (job.stages_of(asked), job.erasing_now()) == ([], [])


def test_the_worker_does_it_and_says_so():
    said = []
    taken = take(DayFactory())
    Worker("test", say=said.append).pass_once(timezone.now())

    assert fresh(taken).state == "done"
    assert said == [f"{taken} in “The flood” is done: the words are in no row and no file of this server."]


def test_what_fails_is_tried_again_and_stops_nothing_else(monkeypatch):
    failed, other = take(DayFactory()), None
    story = StoryFactory(slug="the-fire", title="The fire")
    other = take(DayFactory(story=story))
    real = job.STEPS[job.Step.FILES]

    def fails(takedown):
        if takedown.pk == failed.pk:
            raise OSError("No such disk.")
        return real(takedown)

    monkeypatch.setitem(job.STEPS, job.Step.FILES, fails)
    worker, now = Worker("test"), timezone.now()
    worker.pass_once(now)
    assert (fresh(failed).state, fresh(other).state) == ("erasing", "done")

    monkeypatch.setitem(job.STEPS, job.Step.FILES, real)
    worker.pass_once(now + timezone.timedelta(seconds=6))
    assert fresh(failed).state == "done"


def test_files_go_and_those_that_have_just_come_wait(media_folder):
    medium = paper(StoryFactory())
    taken = take(medium)
    assert (erase(taken).step, len(list(files_in(media_folder)))) == ("files", 2)

    a_minute_later(media_folder)
    assert (erase(taken).state, list(files_in(media_folder))) == ("done", [])
    assert Asset.objects.get().sha256


def test_copies_under_words_that_decisions_alone_told_go_with_these(media_folder, moderator):
    """A copy says whose it is. Nobody but the decisions told of one under a credit that readers never had."""
    editor, named = PersonFactory(editor=True), "Witness Canarybird"
    medium = MaterialFactory(approved=True, credit=named)
    medium = materials.change(medium, by=editor, seen=medium.version, credit="A. Silva")
    materials.approve(medium, by=moderator, seen=medium.version)
    kept = {storage.rendition(each.filename) for each in fresh(medium).asset.renditions.all()}
    assert files_with(named, media_folder)

    taken = take(*Decision.objects.filter(words__text__contains=named).distinct())
    a_minute_later(media_folder)

    assert erase(taken).state == "done"
    assert not files_with(named, media_folder)
    assert kept and all(path.is_file() for path in kept)


def files_with(words, folder):
    return [path for path in files_in(Path(folder)) if words.encode() in path.read_bytes()]


def test_the_same_bytes_in_another_story_stay_whole(media_folder):
    ours, theirs = paper(StoryFactory()), paper(StoryFactory(slug="the-fire", title="The fire"), "other.txt")
    a_minute_later(media_folder)
    taken = take(ours)

    assert erase(taken).state == "done"
    assert (fresh(theirs).asset.name, len(list(files_in(media_folder)))) == ("other.txt", 2)
    assert storage.original(theirs.asset.sha256).read_bytes() == CONTENT


def test_copies_that_only_the_editions_had_that_are_taken_go_with_them(media_folder, transactional_db):
    """A picture was printed under one credit and then under another: its copies carry each."""
    material = make_material(credit="Ana Reis")
    publish(use(EventFactory(approved=True), material), PersonFactory(editor=True))
    first = hashes(material)
    material = change(fresh(material), credit="Nobody")
    press.print_material(material, by=None, note="She asks for it.")
    second = hashes(material)
    assert not first & second
    a_minute_later(media_folder)
    taken = take_subject(material.story, Part("asset/1", (1,)))

    assert erase(taken).state == "done"
    left = {path.stem for path in files_in(media_folder)}
    assert (first & left, second & left) == (set(), second)
    assert storage.original(material.asset.sha256).exists()
    assert list(checking.problems()) == []


def hashes(material):
    return set(material.asset.renditions.values_list("sha256", flat=True))


def take_subject(story, part):
    boss, other = PersonFactory(admin=True), PersonFactory(username="other", is_superuser=True)
    asked = takedowns.ask(story, [part], by=boss, reason="A court says so.")
    return takedowns.confirm(asked, by=other, seen=1)


def test_messages_on_their_way_are_dropped_and_nobody_is_signed_out():
    session, person = SessionStore(), str(PersonFactory().pk)
    session["_messages"], session["_auth_user_id"] = '[["", 0, 25, "A bridge is closed"]]', person
    session.save()
    erase(take(DayFactory()))

    now = SessionStore(session.session_key)
    assert (now.get("_messages"), now["_auth_user_id"]) == (None, person)


@pytest.mark.only_on("sqlite")
def test_the_log_is_not_cut_while_somebody_reads(scratch, tmp_path):
    """In files of their own: the tests' database is in memory, and has no log."""
    told = scratch | {
        "CHRONICLE_MEDIA": str(tmp_path / "media"),
        "DJANGO_SETTINGS_MODULE": "chronicle.settings",
    }
    file = told["DATABASE_URL"].removeprefix("sqlite:///")
    assert start("-m", "tests.support.telling", "brief", **told).returncode == 0
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events_event").fetchone()
        work(told)
        assert state(file) == ("erasing", "log")
    work(told)
    assert state(file) == ("done", "")


def work(told):
    ran = start("manage.py", "work", "--once", **told)
    assert ran.returncode == 0, ran.stderr


def state(file):
    with closing(sqlite3.connect(file)) as asked:
        return asked.execute("SELECT state, step FROM events_takedown").fetchone()


STOPPING = """
import sys, time
from pathlib import Path
import tests.support.setting_up
from events.erasing import job
from events.models import Takedown
from django.utils import timezone

step, when, note = sys.argv[1:]

def here():
    Path(note).write_text("here")
    time.sleep(60)

real = job.STEPS[job.Step(step)]

def stopped(takedown):
    if when == "before":
        here()
    done = real(takedown)
    if when == "after":
        here()
    return done

job.STEPS[job.Step(step)] = stopped
job.erase(Takedown.objects.get().pk, timezone.now())
"""


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("step", "when"),
    [
        ("files", "after"),
        ("words", "before"),
        ("database", "before"),
        ("database", "after"),
        ("log", "before"),
    ],
)
def test_killed_at_any_step_the_next_pass_goes_on(scratch, tmp_path, step, when):
    told = scratch | {
        "CHRONICLE_MEDIA": str(tmp_path / "media"),
        "DJANGO_SETTINGS_MODULE": "chronicle.settings",
    }
    assert start("-m", "tests.support.telling", "brief", **told).returncode == 0
    note = tmp_path / "note"
    erasing = begin("-c", STOPPING, step, when, str(note), **told)
    deadline = time.monotonic() + 60
    while not note.exists() and time.monotonic() < deadline and erasing.poll() is None:
        time.sleep(0.05)
    assert note.exists(), erasing.communicate()[1]
    os.kill(erasing.pid, signal.SIGKILL)
    erasing.communicate()

    file = told["DATABASE_URL"].removeprefix("sqlite:///")
    assert state(file) == ("erasing", step)
    work(told)
    assert state(file) == ("done", "")
    assert b"brieflytold" not in Path(file).read_bytes()
