"""The team's cases of time phrases and digests can be scored, by their own program."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def cases(shared: Path) -> Path:
    folder = shared.parent / "cases"
    if not (folder / "score.py").is_file():
        pytest.skip("The team's cases do not lie beside this checkout.")
    return folder


def test_the_cases_are_scored_without_a_crash(cases: Path):
    command = [sys.executable, cases / "score.py", ROOT, cases / "handed_cases.jsonl"]

    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert ran.returncode == 0, ran.stderr
    assert " checks: " in ran.stdout
    assert "CRASH" not in ran.stdout
