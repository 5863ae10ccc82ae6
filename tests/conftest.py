"""Fixtures that every test may use, and two rules about which tests run.

- ``@pytest.mark.only_on("postgresql")`` (or ``"sqlite"``) leaves a test out on the other kind of database.
- With CHRONICLE_NO_SKIPS=1, as in CI, a skipped test fails the session: nothing may go unseen there.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.emptying import editions_unguarded

pytest_plugins = ["tests.support.cast"]

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# In CI the same examples each time: a run tells of the change before it, and a new find is for the desk.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CHRONICLE_NO_SKIPS") == "1":
    hypothesis.settings.load_profile("ci")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    elsewhere = [item for item in items if not _runs_here(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if _runs_here(item)]


def _runs_here(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("only_on")
    return marker is None or connection.vendor in marker.args


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _skips_in_ci(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if skipped := _skips_in_ci(config):
        terminalreporter.write_line(
            f"{skipped} skipped where CHRONICLE_NO_SKIPS says that nothing may be: see their reasons above.",
            red=True,
        )


def _skips_in_ci(config: pytest.Config) -> int:
    if os.environ.get("CHRONICLE_NO_SKIPS") != "1":
        return 0
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter else 0


@pytest.fixture(autouse=True, scope="session")
def emptied_after_use() -> Iterator[None]:
    """Lets Django empty the database after a test that committed, editions and all."""
    empty = TransactionTestCase._fixture_teardown

    def unguarded(case: TransactionTestCase) -> None:
        with editions_unguarded():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Passwords of tests guard nothing; hashing them well would take most of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample data that lies beside a checkout of the team; a clone elsewhere has none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("The team's shared data does not lie beside this checkout.")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One person's browser: cookies of its own, a desktop's size, no patience beyond ten seconds."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab. Use it with pytest-django's ``live_server``."""
    return context.new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page by WCAG 2.2 A and AA, in light and in dark; an empty list is good.

    Each finding is one line: the scheme, the rule, what it says, and the elements it is about.
    """

    def violations(page: Page) -> list[str]:
        found: list[str] = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
            for violation in Axe().run(page, options=options).response["violations"]:
                elements = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
                found.append(f"{scheme}: {violation['id']}: {violation['help']}: {elements}")
        page.emulate_media(color_scheme="no-preference")
        return found

    return violations
