"""A server is killed while it imports a digest: all of it or nothing is there, and nothing typed is lost."""

import json
import re
from http.client import HTTPException
from types import SimpleNamespace

import pytest

from tests.bench.saves import Sitting
from tests.support.import_pages import as_shown
from tests.support.importing import TEXT
from tests.support.starting import start
from tests.support.uploading import kill, served

FORM = "/desk/events/event/import-digest/"
EVENT, CITATION = (f'INSERT INTO "events_{name}"' for name in ("event", "citation"))
FORGET, ANSWER = 'DELETE FROM "events_unsaved"', "answer"
COUNT = """
import json
import django
django.setup()
from tests.support.importing import everything
print(json.dumps(everything()))
"""
WORDS = "A year ago the river left its bed."


def counted(scratch) -> dict[str, int]:
    """How many rows of each kind there are in the database of ``scratch``."""
    ran = start("-c", COUNT, DJANGO_SETTINGS_MODULE="chronicle.settings", **scratch)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def begun(person: Sitting) -> set[str]:
    """The addresses of the imports that are begun."""
    return set(re.findall(rf'href="({FORM}\d+/)"', person.ask("GET", FORM)[1]))


def shown(person: Sitting) -> dict[str, object]:
    """What a browser would send of the one that is."""
    (address,) = begun(person)
    page = person.ask("GET", address)[1]
    assert WORDS in page
    return {**as_shown(SimpleNamespace(text=page)), "step": "import"}


@pytest.mark.parametrize(
    ("dies_at", "is_done"),
    [
        ([EVENT], False),
        ([EVENT, EVENT, EVENT], False),
        ([EVENT, CITATION, EVENT, CITATION], False),
        ([EVENT, CITATION, FORGET], True),
        ([EVENT, CITATION, ANSWER], True),
    ],
    ids=["before the first", "between two", "before a citation", "made and still begun", "made and untold"],
)
def test_all_is_there_or_nothing_and_a_second_press_makes_no_doubles(scratch, tmp_path, dies_at, is_done):
    dying = {**scratch, "DIES_AT": "\n".join(dies_at)}
    with served(tmp_path, dying, "tests.support.dying") as server:
        person = Sitting(0, server, server.session)
        sent = {"story": str(server.story), "text": TEXT, "new_outlet": "The Harbour Post", "step": "read"}
        assert person.ask("POST", FORM, sent)[0] == 302
        before, pressed = counted(scratch), shown(person)
        with pytest.raises((OSError, HTTPException)):
            person.ask("POST", FORM, pressed)
        kill(server)

    assert (counted(scratch) != before) == is_done

    with served(tmp_path, scratch) as server:
        person.server = server
        if not is_done:
            assert shown(person)["passage"] == pressed["passage"]
        assert person.ask("POST", FORM, pressed)[0] == 302
        after = counted(scratch)
        assert person.ask("POST", FORM, pressed)[0] == 302
        assert begun(person) == set()
    assert after["Event"] == after["Citation"] == len(pressed["passage"]) > 0
    assert counted(scratch) == after
