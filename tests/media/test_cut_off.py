"""Uploads that are cut off, and uploads that come at once: all or nothing, and one of the same bytes."""

import os
import signal
import time
from pathlib import Path

import pytest

from media import renditions, storage
from tests.support.pictures import THEIRS, files_in, saved, scene, take
from tests.support.starting import begin, start

TAKING = """
import sys, time
from pathlib import Path
from uuid import UUID
import django
django.setup()
from media import intake, sandbox, storage
from media.models import Asset

picture, note, where = sys.argv[1:]

def here(name):
    if name == where:
        Path(note).write_text("here")
        time.sleep(60)

class Upload:
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
stopping(storage, "keep")
stopping(intake.Custody, "tell")
intake.take(Upload(), collection=UUID(int=1), by=None, name="x.jpg")
here("at the end")
"""

COUNTING = """
import django
django.setup()
from media import checking, renditions
from media.models import Asset, Custody
removed = renditions.prune(older_than=0)
print(Asset.objects.count(), Custody.objects.count(), len(removed), *checking.problems())
"""


def wait_for(note: Path) -> None:
    for _ in range(600):
        if note.exists():
            return
        time.sleep(0.05)
    raise AssertionError("The upload never came so far.")


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("as it comes", 0),
        ("before _run", 0),
        ("after _run", 0),
        ("before keep", 0),
        ("after keep", 0),
        ("before tell", 0),
        ("after tell", 0),
        ("at the end", 1),
    ],
)
def test_a_server_that_is_killed_leaves_all_or_nothing(scratch, tmp_path, where, rows):
    folder, note, picture = tmp_path / "media", tmp_path / "note", tmp_path / "picture.jpg"
    picture.write_bytes(saved(scene()))
    told = {**scratch, "CHRONICLE_MEDIA": str(folder), "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    taking = begin("-c", TAKING, str(picture), str(note), where, **told)
    wait_for(note)

    os.kill(taking.pid, signal.SIGKILL)
    taking.communicate()

    counted = start("-c", COUNTING, **told)
    assert counted.returncode == 0, counted.stderr
    left_over = 0 if rows else 1
    assert counted.stdout.split() == [str(rows), str(rows), str(left_over)]
    assert len(list(files_in(folder))) == rows


TAKING_AT_ONCE = """
import sys, time
from pathlib import Path
from uuid import UUID
import django
django.setup()
from django.core.files.base import ContentFile
from media import intake

picture, met, me, of = sys.argv[1:]
known = intake._known
waited = []

def waiting(*given):
    # Whoever asks first is answered before anybody has added it.
    found = known(*given)
    if not waited:
        waited.append(1)
        (Path(met) / me).touch()
        while len(list(Path(met).iterdir())) < int(of):
            time.sleep(0.01)
    return found

intake._known = waiting
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

    taking = [begin("-c", TAKING_AT_ONCE, str(picture), str(met), str(me), "3", **told) for me in range(3)]
    got = [process.communicate(timeout=100) for process in taking]

    assert [process.returncode for process in taking] == [0] * 3, got
    assert len({said for said, _ in got}) == (1 if is_guarded else 3)
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
