"""The code of an earlier commit, to be measured beside this one, with the bench of today."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.starting import ROOT

NOW = "now"


@contextmanager
def codes(former: str, folder: Path) -> Iterator[dict[str, Path]]:
    """Where the code of each is, by its commit: of ``former`` a copy in ``folder``, where one is named."""
    with TemporaryDirectory(dir=folder) as copy:
        found = {}
        if former:
            archive = subprocess.run(["git", "archive", former], cwd=ROOT, check=True, stdout=subprocess.PIPE)
            subprocess.run(["tar", "x", "-C", copy], input=archive.stdout, check=True)
            shutil.copytree(ROOT / "tests" / "bench", Path(copy) / "tests" / "bench", dirs_exist_ok=True)
            found[former] = Path(copy)
        yield {**found, NOW: ROOT}
