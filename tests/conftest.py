"""What every test may use; each part says of itself what it is for."""

from pathlib import Path

import pytest

pytest_plugins = [
    "tests.support.pictures",
    "tests.support.media",
    "tests.support.running",
    "tests.support.again",
    "tests.support.emptying",
    # Before the cast, whose factories draw pictures.
    "tests.support.pictures",
    "tests.support.cast",
    "tests.support.sampling",
    "tests.support.browser",
    "tests.support.scratch",
    "tests.support.two_stories",
    "tests.support.import_pages",
    "tests.support.screens",
]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample data that lies beside a checkout of the team; a clone elsewhere has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("The team's shared data does not lie beside this checkout.")
    return folder
