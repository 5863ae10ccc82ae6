"""A run of the tests goes as running.py says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import once

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = "import pytest\n\ndef test_one():\n    pytest.skip('not here')\n"
PURE = "import pytest\n\n@pytest.mark.no_database\ndef test_one():\n    pass\n"
TIMES = """
import pathlib, pytest

@pytest.fixture
def {fixture}():
    pass

def test_one({fixture}):
    tried = pathlib.Path(__file__).with_suffix(".tried")
    times = len(tried.read_text()) if tried.exists() else 0
    tried.write_text("x" * (times + 1))
    assert times >= {passes_after}, "It came late."
"""
TOLD = "import tests.support.chance as chance\n\ndef test_one():\n    print(chance.tries(100), chance.SEED)\n"


@pytest.fixture
def run(tmp_path: Path):
    """Runs the tests of a text, in a session of their own with ``variables`` of the environment."""

    def session(text: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "test_text.py").write_text(text)
        command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", tmp_path]
        command += ["-p", "tests.support.running", "-p", "tests.support.again", "-p", "no:cacheprovider"]
        command += [*options, tmp_path]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CHRONICLE_")}
        return subprocess.run(
            command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, check=False
        )

    return session


def test_a_skipped_test_fails_the_session_in_ci(run):
    ran = run(SKIPPED, CHRONICLE_NO_SKIPS="1")

    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 skipped where CHRONICLE_NO_SKIPS says that nothing may be" in ran.stdout


def test_a_skipped_test_fails_the_session_in_ci_with_two_processes(run):
    assert run(SKIPPED, "-n", "2", CHRONICLE_NO_SKIPS="1").returncode == 1


def test_control_elsewhere_a_test_may_be_skipped(run):
    assert run(SKIPPED).returncode == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [("sqlite:///none.sqlite3", "1 passed"), ("postgres://nobody@127.0.0.1:1/none", "1 deselected")],
)
def test_what_asks_no_database_is_run_beside_sqlite_alone(run, url, said):
    assert said in run(PURE, DATABASE_URL=url).stdout


@pytest.mark.parametrize(("mark", "said"), [("", "1 deselected"), ("on_both", "1 test collected")])
def test_a_browser_is_asked_beside_sqlite_alone_but_for_whole_stories(run, mark, said):
    marked = f"@pytest.mark.{mark}\n" if mark else ""
    told = f"import pytest\n\n{marked}def test_one(chromium):\n    pass\n"

    ran = run(told, "--collect-only", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    assert said in ran.stdout


def test_a_control_of_the_tests_is_run_beside_sqlite_alone(run):
    told = "import pytest\n\n@pytest.mark.once\ndef test_one():\n    pass\n"

    assert "1 deselected" in run(told, DATABASE_URL="postgres://nobody@127.0.0.1:1/none").stdout


@pytest.mark.parametrize("processes", [("-p", "no:xdist"), ("-n", "2")])
def test_a_test_at_a_browser_is_tried_again_once_and_the_run_shows_how_it_failed(run, processes):
    ran = run(TIMES.format(fixture="chromium", passes_after=1), *processes)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "1 passed" in ran.stdout
    assert "FAILED AT FIRST, passed when tried again: test_text.py::test_one" in ran.stdout
    assert "It came late." in ran.stdout


@pytest.mark.parametrize(("fixture", "passes_after", "times"), [("chromium", 2, 2), ("database", 1, 1)])
def test_what_fails_twice_fails_and_without_a_browser_once_is_enough(
    run, tmp_path, fixture, passes_after, times
):
    ran = run(TIMES.format(fixture=fixture, passes_after=passes_after))

    assert ran.returncode == 1
    assert "1 failed" in ran.stdout
    assert "FAILED AT FIRST" not in ran.stdout
    assert len((tmp_path / "test_text.tried").read_text()) == times


def test_each_file_that_is_run_once_is_there_and_asks_for_nothing_that_only_one_database_has():
    for file in once.FILES:
        text = file.read_text()
        for word in ("transaction=True", "transactional_db", "only_on", "IntegrityError", ".vendor"):
            assert word not in text, f"{file.name}: {word}"


def test_of_files_that_ask_pages_each_is_drawn_by_some_seed_and_those_that_always_run_are_there():
    waiting = {file for room in once.ROOMS for file in room.rglob("test_*.py") if once.may_wait(file)}

    assert all(file.exists() for file in once.ALWAYS)
    assert len(waiting) > 40
    for file in waiting:
        assert 10 < sum(once.drawn(file, seed) for seed in range(100)) < 60, file


ELSEWHERE = "bench chronicle journeys media events/demo events/editorial events/importers events/moments"
"""Folders that have nothing to do with it, and would only be read."""


@pytest.mark.parametrize(
    ("named", "soak", "told"), [((), "0", True), ((), "1", False), (("tests/events",), "0", False)]
)
def test_pages_are_drawn_beside_postgresql_unless_files_are_named_or_it_is_a_soak(named, soak, told):
    known = {name: value for name, value in os.environ.items() if not name.startswith("CHRONICLE_")}
    elsewhere = known | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    elsewhere |= {"CHRONICLE_SOAK": soak, "CHRONICLE_SEED": "1"}
    fewer = [f"--ignore=tests/{folder}" for folder in ELSEWHERE.split()]
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-n", "0", *fewer, *named]
    ran = subprocess.run(command, cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=False)

    left = [file for room in once.ROOMS for file in room.rglob("test_*.py") if once.may_wait(file)]
    left = [
        str(file.relative_to(ROOT)) for file in left if file not in once.FILES and not once.drawn(file, 1)
    ]
    assert "tests/events/models/test_constraints.py" in ran.stdout, ran.stderr
    assert any(file in ran.stdout for file in left) is not told


def test_a_whole_file_is_run_beside_sqlite_alone():
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "tests/chronicle/test_tokens.py"]
    known = {name: value for name, value in os.environ.items() if not name.startswith("CHRONICLE_")}
    elsewhere = known | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    ran = subprocess.run(command, cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=False)

    assert "no tests collected" in ran.stdout, ran.stdout + ran.stderr
    assert "deselected" in ran.stdout


@pytest.mark.parametrize("processes", [("-p", "no:xdist"), ("-n", "2")])
def test_a_run_names_its_seed_and_is_repeated_from_it(run, processes):
    ran = run(TOLD, "-q", *processes, CHRONICLE_SEED="17")

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Random tests: a tenth, from CHRONICLE_SEED=17." in ran.stdout


@pytest.mark.parametrize(("soak", "tries"), [("0", "10"), ("1", "100")])
def test_random_tests_try_a_tenth_or_in_a_soak_the_whole(run, soak, tries):
    ran = run(TOLD, "-s", CHRONICLE_SOAK=soak, CHRONICLE_SEED="17")

    assert f"{tries} 17" in ran.stdout
