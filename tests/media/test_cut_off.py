"""Uploads that are cut off, and uploads that come at once: all or nothing, and one of the same bytes."""

import json
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from media import renditions, storage
from tests.support.chance import SEED, tries
from tests.support.pictures import THEIRS, files_in, saved, scene, take
from tests.support.starting import begin, start
from tests.support.uploading import Sent, kill, served

ADDING = """
import sys, time
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
import django
django.setup()
from events.editorial import materials
from events.models import Story
from media import intake, renditions, sandbox, storage
from tests.support.factories import PersonFactory, StoryFactory

picture, note, where, guarded = sys.argv[1:]

def here(name):
    if name == where:
        Path(note).write_text("here")
        time.sleep(60)

class Upload:
    name = "x.jpg"
    def chunks(self):
        content = Path(picture).read_bytes()
        yield content[:1000]
        here("as it comes")
        yield content[1000:]

def stopping(module, name):
    real = getattr(module, name)
    def stopped(*given, **named):
        here("before " + name)
        result = real(*given, **named)
        here("after " + name)
        return result
    setattr(module, name, stopped)

stopping(sandbox, "_run")
stopping(renditions, "_drawn")
stopping(renditions, "_replace")
stopping(storage, "keep")
stopping(intake.Custody, "tell")
stopping(materials, "record")
if guarded == "False":
    materials.hold_story = lambda story: story
    for module in (materials, intake):
        module.transaction = SimpleNamespace(atomic=nullcontext)
materials.add(StoryFactory(), Upload(), by=PersonFactory(editor=True))
here("at the end")
"""

LEFT = """
import json
import django
django.setup()
from events.models import Decision, Material
from media import checking, renditions
from media.models import Asset, Custody
removed = renditions.prune(older_than=0)
broken = [f"Asset {asset.pk} is nobody's" for asset in Asset.objects.filter(material=None)]
for material in Material.objects.select_related("asset"):
    told = sorted(material.asset.custody.values_list("verb", flat=True))
    decided = Decision.objects.filter(material=material).values_list("verb", flat=True)
    if told != ["added", "rendered"] or list(decided) != ["submit"] or not material.asset.renditions.exists():
        broken.append(f"Medium {material.pk} is half there")
counted = {"media": Material.objects.count(), "custody": Custody.objects.count(), "removed": len(removed)}
broken += [*checking.problems(), *map(str, renditions.prune(older_than=0))]
print(json.dumps({**counted, "broken": broken}))
"""


def wait_for(note: Path) -> None:
    for _ in range(600):
        if note.exists():
            return
        time.sleep(0.05)
    raise AssertionError("The upload never came so far.")


def left(told: dict[str, str]) -> dict:
    """What is there once all that nothing names is swept away, and what of it is broken."""
    counted = start("-c", LEFT, **told)
    assert counted.returncode == 0, counted.stderr
    return json.loads(counted.stdout)


def cut_off(where: str, told: dict[str, str], tmp_path: Path, *, guarded: bool = True) -> None:
    """Add a picture by the desk's verb, in a program that is killed ``where`` it is."""
    note, picture = tmp_path / "note", tmp_path / "picture.jpg"
    picture.write_bytes(saved(scene()))
    adding = begin("-c", ADDING, str(picture), str(note), where, str(guarded), **told)
    wait_for(note)
    os.kill(adding.pid, signal.SIGKILL)
    adding.communicate()


@pytest.fixture
def told(scratch, tmp_path):
    folder = str(tmp_path / "media")
    return {**scratch, "CHRONICLE_MEDIA": folder, "DJANGO_SETTINGS_MODULE": "chronicle.settings"}


@pytest.mark.parametrize(
    ("where", "files"),
    [
        ("as it comes", 1),
        ("before _run", 1),
        ("after _run", 1),
        ("before _drawn", 1),
        ("before keep", 2),
        ("after keep", 2),
        ("after _drawn", 7),
        ("before tell", 7),
        ("after tell", 7),
        ("before _replace", 7),
        ("after _replace", 7),
        ("before record", 7),
        ("after record", 7),
    ],
)
def test_a_server_that_is_killed_leaves_nothing_but_files_that_are_swept_away(told, tmp_path, where, files):
    cut_off(where, told, tmp_path)

    assert left(told) == {"media": 0, "custody": 0, "removed": files, "broken": []}
    assert list(files_in(tmp_path / "media")) == []


def test_killed_afterwards_it_leaves_all(told, tmp_path):
    cut_off("at the end", told, tmp_path)

    assert left(told) == {"media": 1, "custody": 2, "removed": 0, "broken": []}


@pytest.mark.parametrize(
    ("where", "broken"),
    [("after tell", "Asset 1 is nobody's"), ("before record", "Medium 1 is half there")],
)
def test_control_without_the_transaction_half_of_it_is_there(told, tmp_path, where, broken):
    cut_off(where, told, tmp_path, guarded=False)

    assert broken in left(told)["broken"]


@pytest.mark.parametrize("round", range(tries(10)))
def test_a_server_that_is_killed_amid_many_uploads_leaves_each_whole_or_not_at_all(
    scratch, tmp_path, told, round
):
    dice = random.Random(f"{SEED} {round}")
    pictures = [Sent(f"{n}.jpg", saved(scene(100 + n, 80))) for n in range(tries(50))]

    with served(tmp_path, scratch) as server, ThreadPoolExecutor(4) as senders:
        sending = [senders.submit(server.fates, picture) for picture in pictures]
        time.sleep(dice.uniform(1, len(pictures) * 0.6))
        kill(server)
        ends = [one.exception() or one.result() for one in sending]

    taken = sum(isinstance(end, list) and "pk" in end[0] for end in ends)
    found = left(told)
    assert found["broken"] == []
    assert taken <= found["media"] <= taken + 4


TAKING_AT_ONCE = """
import sys, time
from pathlib import Path
from uuid import UUID
import django
django.setup()
from django.core.files.base import ContentFile
from media import intake, sandbox
sandbox.AT_ONCE = 2

picture, met, me, of = sys.argv[1:]
known = intake.Arrival.known.fget
waited = []

def waiting(arrival):
    # Whoever asks first is answered before anybody has added it.
    found = known(arrival)
    if not waited:
        waited.append(1)
        (Path(met) / me).touch()
        while len(list(Path(met).iterdir())) < int(of):
            time.sleep(0.01)
    return found

intake.Arrival.known = property(waiting)
upload = ContentFile(Path(picture).read_bytes())
print(intake.take(upload, collection=UUID(int=1), by=None, name="x.jpg").pk)
"""

LIFTING = """
import django
django.setup()
from django.db import connection
from chronicle import triggers
from media.models import Asset
[unique] = [one for one in Asset._meta.constraints if one.name == "asset_once_in_a_collection"]
# SQLite makes the table anew, as the model says.
Asset._meta.constraints.remove(unique)
triggers.lift(connection)
with connection.schema_editor() as editor:
    editor.remove_constraint(Asset, unique)
"""


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
def test_the_same_bytes_at_once_are_one_asset_by_the_constraint(scratch, tmp_path, is_guarded):
    folder, met, picture = tmp_path / "media", tmp_path / "met", tmp_path / "picture.jpg"
    met.mkdir()
    picture.write_bytes(saved(scene()))
    told = {**scratch, "CHRONICLE_MEDIA": str(folder), "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    if not is_guarded:
        lifted = start("-c", LIFTING, **told)
        assert lifted.returncode == 0, lifted.stderr

    taking = [begin("-c", TAKING_AT_ONCE, str(picture), str(met), str(me), "2", **told) for me in range(2)]
    got = [process.communicate(timeout=100) for process in taking]

    assert [process.returncode for process in taking] == [0] * 2, got
    assert len({said for said, _ in got}) == (1 if is_guarded else 2)
    assert len(list(files_in(folder))) == 1


@pytest.mark.django_db(transaction=True)
def test_taken_down_while_another_publishes_the_same_bytes_they_stay_public(media_folder, monkeypatch):
    """Between looking whether anybody publishes a file and removing it, somebody does."""
    from_us = take(saved(scene()))
    from_them = take(saved(scene()), collection=THEIRS)
    copies = [copy.sha256 for copy in renditions.make(from_us)]
    renditions.make(from_them)
    renditions.publish(from_us, copies)
    hide = storage.hide

    def hidden(filename):
        monkeypatch.setattr(storage, "hide", hide)
        renditions.publish(from_them, copies)
        hide(filename)

    monkeypatch.setattr(storage, "hide", hidden)
    renditions.take_down(copies, asset=from_us)

    assert {path.name.partition(".")[0] for path in files_in(media_folder / "public")} == set(copies)
