"""Words that are taken down are nowhere afterwards: in no file of the database, no picture, and no answer."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.support.starting import start
from tests.support.whispers import files_with_words, found_in

A_MINUTE_AGO = 61


@pytest.fixture
def told(scratch, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    return {
        **scratch,
        "CHRONICLE_MEDIA": str(folder / "media"),
        "DJANGO_SETTINGS_MODULE": "chronicle.settings",
    }


def run(told, *arguments):
    ran = start(*arguments, **told)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return ran.stdout


def places(told):
    """Where each word stands in the columns and in the answers, and in which files."""
    found = {place: set(where) for place, where in json.loads(run(told, "-m", TELLING, "found")).items()}
    for name, words in files(told).items():
        for place in words:
            found[place].add(name)
    return found


TELLING = "tests.support.telling"


def files(told):
    """Which words stand in which file: of the media, and of the database or of a dump of it."""
    media = files_with_words(Path(told["CHRONICLE_MEDIA"]))
    return media | {name: words for name, words in database(told).items() if words}


def database(told):
    if connection.vendor == "sqlite":
        file = Path(told["DATABASE_URL"].removeprefix("sqlite:///"))
        beside = [file, *file.parent.glob(f"{file.name}-*")]
        return {path.name: found_in(path.read_bytes()) for path in beside}
    dump = subprocess.run(["pg_dump", told["DATABASE_URL"]], capture_output=True, check=True)
    return {"dump": found_in(dump.stdout)}


def a_minute_later(told):
    """As if what was uploaded had been so a minute ago: the worker leaves what has just come."""
    for path in Path(told["CHRONICLE_MEDIA"]).rglob("*"):
        os.utime(path, (time.time() - A_MINUTE_AGO,) * 2)


def test_after_the_job_no_word_is_anywhere(told):
    run(told, "-m", TELLING, "tell")
    before = places(told)
    assert {place: where for place, where in before.items() if len(where) < 3} == {}

    run(told, "-m", TELLING, "take")
    a_minute_later(told)
    run(told, "manage.py", "work", "--once")

    assert {place: where for place, where in places(told).items() if where} == {}
    assert "whole" in run(told, "manage.py", "verify_record")
    assert "The files are whole" in run(told, "manage.py", "verify_media")


@pytest.mark.only_on("sqlite")
def test_control_before_the_job_the_bytes_are_still_there(told):
    """What is deleted stays in the pages of the database, in its index and in the files until they go."""
    run(told, "-m", TELLING, "tell")
    run(told, "-m", TELLING, "take")

    left = files(told)

    assert set().union(*left.values()) >= {"headline", "text", "quote", "place"}
    assert any("media" not in name and words for name, words in left.items())
    assert any(name.startswith("originals") for name in left)
