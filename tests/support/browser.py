"""A person's browser: Debian's Chromium without a window, a tab of it, and what axe finds wrong there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
"""The same without what windows need: it takes a quarter less of a machine, where it is installed."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# As long as Playwright waits for what is clicked and opened: its five seconds for what is expected are few.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        program = SHELL if SHELL.exists() else CHROMIUM
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One person's browser: cookies of its own, a desktop's size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    if any("/desk/" in page.url for page in context.pages):
        # What a form of the desk says by itself would reach a database that is being emptied.
        context.set_offline(True)
        context.pages[0].wait_for_timeout(200)
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab. Use it with pytest-django's ``live_server``."""
    return context.new_page()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console says is wrong, a blocked style or script among it."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page by WCAG 2.2 A and AA, in light and in dark; an empty list is good.

    Each finding is one line: the scheme, the rule, what it says, and the elements it is about.
    """

    def violations(page: Page) -> list[str]:
        found: list[str] = []
        for scheme in ("light", "dark"):
            # Or axe would see links on their way from the one scheme's colour to the other's.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
            for violation in Axe().run(page, options=options).response["violations"]:
                elements = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
                found.append(f"{scheme}: {violation['id']}: {violation['help']}: {elements}")
        page.emulate_media(color_scheme="no-preference")
        return found

    return violations


def sign_in(page: Page, live_server: Any, person: Any) -> None:
    """Sign ``person`` in at the desk, with the password that tests give everybody."""
    page.goto(f"{live_server.url}/desk/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", person.username * 2)
    page.click("[type=submit]")


def open_at(page: Page, live_server: Any, path: str, width: int = 1280) -> None:
    """Open the page of the desk at ``path`` on a screen of that ``width``."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/desk/{path}")


def is_sound(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """Axe finds nothing wrong, and nothing is wider than a desktop or a telephone."""
    assert axe(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def window(chromium):
    """Makes windows that share no cookie, each a person's own, and closes them."""
    contexts = []

    def opened():
        contexts.append(chromium.new_context(reduced_motion="reduce"))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
