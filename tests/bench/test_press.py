"""The bench of the press runs, and has a row for every work; what it measures is nobody's to assert."""

import json

import pytest

from tests.bench.__main__ import main
from tests.bench.pressing import SINGLE

pytestmark = [pytest.mark.no_database, pytest.mark.soak]


def test_every_work_has_a_row_and_nothing_fails(tmp_path, capfd):
    few = ["--times=1", "--bulk=5", "--each=1"]
    main(["press", "--entries=20", "--database=sqlite", *few, f"--folder={tmp_path}"])

    [file] = tmp_path.glob("press-*.json")
    rows = {row["name"]: row for row in json.loads(file.read_text())["rows"]}
    assert len(rows) == len(SINGLE) + 4
    for name in SINGLE:
        assert rows[name]["statements"] == len(rows[name]["sent"]) > 10
        assert 0 < rows[name]["lock"] <= rows[name]["cpu"]
    for name in rows.keys() - SINGLE:
        assert (rows[name]["errors"], rows[name]["rate"] > 0) == (0, True)
    said = capfd.readouterr().out
    assert all(f"| {name} |" in said for name in rows)
