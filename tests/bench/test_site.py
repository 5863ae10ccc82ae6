"""The bench runs, and has a row for every address; what it measures is nobody's to assert."""

import json
import os
import subprocess
import sys

import pytest

from tests.bench import databases
from tests.bench.__main__ import main
from tests.bench.gauges import cpu_of, cpu_of_each, used_since

pytestmark = [pytest.mark.no_database, pytest.mark.soak]


def test_every_address_has_a_row_and_what_is_not_there_says_so(tmp_path, capfd):
    main(["site", "--entries=60", "--database=sqlite", "--rounds=1", "--cpu=0.02", f"--folder={tmp_path}"])

    [file] = tmp_path.glob("site-*.json")
    found = json.loads(file.read_text())
    rows = {row["name"]: row for row in found["rows"]}
    assert len(rows) == len(found["rows"]) == 18
    for name in ("overview", "day, about 40 entries", "entry"):
        assert rows[name]["queries"] >= 1
        assert rows[name]["bytes"] > rows[name]["gzipped"] > 0
        assert rows[name]["peak"] > 1
        assert rows[name]["samples"][0]["requests"] >= 2
    said = capfd.readouterr().out
    assert said.count("Pressing 60 entries") == 1
    assert all(f"| {name} |" in said for name in rows)
    assert f"Seed {found['seed']}" in said
    for row in rows.values():
        assert ("cpu" in row) == (row["status"] == 200)

    with databases.at_hand(["sqlite"], [60], 1, tmp_path) as [kept]:
        assert kept.entries == 60
    assert "Pressing" not in capfd.readouterr().out


def test_the_kernel_counts_what_a_process_uses():
    before = cpu_of([os.getpid()])
    sum(range(10_000_000))

    assert cpu_of([os.getpid()]) > before


def test_what_a_process_used_that_has_ended_counts_for_nothing():
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = cpu_of_each([os.getpid(), other.pid])
    assert began.keys() == {os.getpid(), other.pid}
    other.communicate(b"\n")
    sum(range(10_000_000))

    assert used_since(began) > 0
    assert cpu_of_each(began).keys() == {os.getpid()}


def test_a_day_is_measured_made_and_kept(tmp_path, capfd):
    options = ["--database=sqlite", "--rounds=1", "--cpu=0.02", f"--folder={tmp_path}"]
    main(["day", "--shapes=40x1,60x3", *options])

    [file] = tmp_path.glob("day-*.json")
    rows = [row for row in json.loads(file.read_text())["rows"] if row["name"] != "hello"]
    assert [(row["days"], row["way"], row["name"]) for row in rows] == [
        (days, way, name)
        for days in (1, 3)
        for way in ("made", "kept")
        for name in ("day", "day, four filters", "entry", "overview")
    ]
    assert all(row["status"] == 200 and row["queries"] > 1 for row in rows)
    assert "| sqlite | 60 | 3 | now | kept | overview |" in capfd.readouterr().out
