"""Hostile files on a running server: what it costs is nobody's to assert, but that all is answered."""

import pytest

from tests.bench import uploads
from tests.support.hostile_files import HEAVY
from tests.support.uploading import Sent, served

QUICK = ("bomb.png", "huge.tiff", "words.png", "tall.png", "garbled.avif", "cut.jpg")


@pytest.fixture
def row(scratch, tmp_path):
    plan = uploads.Plan(entries=0, files=len(QUICK), seconds=0.5, seed=1, folder=tmp_path)
    with served(tmp_path, scratch) as server:
        return uploads.measured(server, [Sent(name, HEAVY[name]()) for name in QUICK], ["/"], plan)


def test_hostile_files_at_once_take_no_worker_down_and_each_is_answered_in_a_sentence(row):
    assert (row["died"], row["pages_failed"]) == (0, 0)
    assert row["pages"] > 0
    fates = {fate["name"]: fate for fate in row["fates"]}
    assert set(fates) == set(QUICK)
    assert {fate["fate"] for fate in fates.values()} <= {"taken", "refused"}
    assert fates["bomb.png"]["said"].startswith("This picture has more than 50 megapixels.")
    assert [name for name, fate in fates.items() if fate["fate"] == "refused" and not fate["said"]] == []

    [*_, line] = uploads.markdown([{"decoding": "a process", **row}])
    assert line.startswith("| a process |")
