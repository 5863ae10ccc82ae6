"""Many who save at once: how long it takes is nobody's to assert, but that nothing is lost."""

import json

import pytest

from tests.bench import saves
from tests.bench.site import program
from tests.support.uploading import served

pytestmark = pytest.mark.soak
PEOPLE, EACH = 4, 4


def sat_down(application, scratch, folder):
    variables = {**scratch, "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    told = program("-m", "tests.bench.seating", str(PEOPLE), "1", variables=variables)
    with served(folder, scratch, application) as server:
        return saves.measured(server, json.loads(told), EACH)


@pytest.fixture
def row(scratch, tmp_path):
    return sat_down("chronicle.wsgi", scratch, tmp_path)


def test_who_saves_at_once_loses_nothing_and_has_their_own_text_back(row):
    assert row["lost"] == 0
    assert row["fates"].keys() <= {saves.SAVED, saves.SLOWER}
    assert sum(row["fates"].values()) == PEOPLE * EACH

    [*_, line] = saves.markdown([{"database": "sqlite", "code": "as it is", "events": 1, **row}])
    assert line.startswith(f"| sqlite | as it is | 1 | {row['fates'][saves.SAVED]} |")


def test_control_without_versions_words_are_lost(scratch, tmp_path):
    assert sat_down("tests.bench.unversioned", scratch, tmp_path)["lost"] > 0
