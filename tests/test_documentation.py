"""What the documentation computes is what comes out when a stranger follows it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from chronicle.documents import TYPES

pytestmark = pytest.mark.no_database

RECORD = (Path(__file__).resolve().parent.parent / "docs" / "record.md").read_text()
FOLLOWED = re.compile(r"```sh\n(?P<typed>.*?)```\n\n```\n(?P<shown>.*?)```\n", re.S)
BYTES = re.search(r"^bytes\(\).*$", RECORD, re.M).group()
BLOCKS = [(block["typed"], block["shown"]) for block in FOLLOWED.finditer(RECORD)]


def test_every_facet_of_the_record_is_shown():
    headings = re.findall(r"^## .*: `(\w+)", RECORD, re.M)

    assert set(headings) == set(TYPES)
    assert len(BLOCKS) == len(headings) + 1


@pytest.mark.parametrize(("typed", "shown"), BLOCKS)
def test_sha256sum_alone_says_what_the_page_says(typed, shown):
    ran = subprocess.run(
        [shutil.which("bash"), "-c", f"{BYTES}\n{typed}"], capture_output=True, text=True, check=True
    )

    assert ran.stdout == shown
