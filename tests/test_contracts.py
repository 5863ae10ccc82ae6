"""Imports point one way: the contracts in pyproject.toml hold, and each sees what it is for."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parent.parent
ROOMS = tuple(name for name in ("chronicle", "events", "media") if (ROOT / name).is_dir())
WALL = "the site never imports the desk"
DESK = "Inside the desk, imports point one way"
SITE = "Inside the site, imports point one way"
FILES = "Inside media, imports point one way"
DOOR = "The press has one door"
PURE = "without Django"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter, as CI does, on the packages in ``folder``."""
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts, where they may be broken."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_point_one_way(copy: Path):
    ran = lint_imports(copy)

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("chronicle/clock.py", "import events", WALL),
        ("chronicle/models/__init__.py", "from events.models import Event", WALL),
        ("chronicle/site/sections.py", "import events.moments", WALL),
        # Each layer of the desk, from the top: what stands right above it, and what stands beside it.
        ("events/urls.py", "import events.apps", DESK),
        ("events/admin/badges.py", "import events.urls", DESK),
        ("events/management/commands/press.py", "import events.admin.badges", DESK),
        ("events/importers/names.py", "import events.admin", DESK),
        ("events/demo/shapes.py", "import events.management", DESK),
        ("events/demo/shapes.py", "import events.importers.names", DESK),
        ("events/editorial/refused.py", "import events.importers", DESK),
        ("events/press/__init__.py", "import events.editorial", DESK),
        ("events/models/__init__.py", "import events.press", DESK),
        ("events/moments/__init__.py", "import events.models", DESK),
        ("events/moments/__init__.py", "import events.prose_field", DESK),
        ("events/roles.py", "import events.models", DESK),
        ("events/loose.py", "", DESK),
        # The same of the site.
        ("chronicle/urls.py", "import chronicle.settings", SITE),
        ("chronicle/site/sections.py", "import chronicle.urls", SITE),
        ("chronicle/site/sections.py", "import chronicle.management", SITE),
        ("chronicle/record/columns.py", "import chronicle.site", SITE),
        ("chronicle/models/__init__.py", "import chronicle.record", SITE),
        ("chronicle/prose.py", "import chronicle.models", SITE),
        ("chronicle/prose.py", "import chronicle.wording", SITE),
        ("chronicle/clock.py", "import chronicle.wording", SITE),
        ("chronicle/loose.py", "", SITE),
        # Files know nothing of either, and stand in layers of their own.
        ("media/limits.py", "import chronicle.clock", WALL),
        ("media/models/asset.py", "from events.models import Story", WALL),
        ("media/storage.py", "import media.models", FILES),
        ("media/models/asset.py", "import media.intake", FILES),
        ("media/intake.py", "import media.renditions", FILES),
        ("media/jobs.py", "import media.storage", FILES),
        ("media/probing.py", "import media.imaging", FILES),
        ("media/loose.py", "", FILES),
        ("events/editorial/refused.py", "import events.press.log", DOOR),
        ("events/admin/badges.py", "from events.press.terms import reprint_term", DOOR),
        ("chronicle/clock.py", "import django.db", PURE),
        ("chronicle/wording.py", "from django.utils import timezone", PURE),
        ("events/moments/words.py", "import django", PURE),
        ("events/importers/digest/sentences.py", "from chronicle import prose", PURE),
        ("media/imaging.py", "import django.conf", PURE),
        ("media/probing.py", "import django.conf", PURE),
    ],
)
def test_control_a_planted_import_is_caught(copy: Path, module: str, planted: str, contract: str):
    with (copy / module).open("a") as file:
        file.write(f"\n{planted}\n")

    ran = lint_imports(copy)

    name = module.partition("/")[2].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert ran.returncode == 1
    assert re.search(rf"{re.escape(contract)}.* BROKEN", ran.stdout), ran.stdout
    assert name in ran.stdout.partition("Broken contracts")[2], ran.stdout
