"""Makes the screenshots of the README from a demo of its own: .venv/bin/python -m tests.shots

Builds the sample and the made chronicle in a new database, so that what you did in yours is neither shown
nor touched.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
CHROMIUM = Path("/usr/bin/chromium")
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 760}
PATIENCE = 300  # seconds for the sample and the made chronicle to be built and served
DIGEST = """On the 43rd day of the war, November 8, shelling was reported near the front line overnight.
In the morning it became known that the two presidents had spoken by telephone the day before.
After 11:00 am, Ilham Aliyev made an announcement about Shusha. In the afternoon, footage from the
Gubadly area was released. Late in the evening, first details from Shusha became known.
"""


@contextmanager
def demo(password: str) -> Iterator[str]:
    """A demo on a free port, whose accounts have ``password``; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3", "CHRONICLE_DEVELOPMENT": "true"}
        own["CHRONICLE_MEDIA"] = f"{folder}/media"
        for name in ("EDITOR", "MODERATOR", "ADMIN"):
            own[f"CHRONICLE_DEMO_{name}_PASSWORD"] = password
        command = [sys.executable, "manage.py", "demo", "--large", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit("The demo stopped; what it said is above.")
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - an address that this file made
            return
        except urllib.error.HTTPError as answer:
            raise SystemExit(f"{address} answers {answer.code}.") from answer
        except urllib.error.URLError:
            time.sleep(0.3)
    raise SystemExit(f"The demo did not answer within {PATIENCE} seconds.")


def shoot(page: Page, address: str, name: str) -> None:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} answers {answer.status if answer else 'nothing'}.")
    save(page, name)


def save(page: Page, name: str) -> None:
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KiB")


def readers_pages(browser: Browser, site: str) -> None:
    day = f"{site}/the-44-days/day-43/"
    narrowed = f"{site}/made-islands/timeline/?q=water&kind=1&order=newest"
    for name, address, viewport, scheme in (
        ("overview", f"{site}/the-44-days/", DESKTOP, "light"),
        ("day", day, DESKTOP, "light"),
        ("day-dark", day, DESKTOP, "dark"),
        ("day-phone", day, PHONE, "light"),
        ("timeline", narrowed, DESKTOP, "light"),
        ("timeline-phone", narrowed, PHONE, "dark"),
        ("place", f"{site}/made-islands/place/1/", DESKTOP, "light"),
        ("medium", f"{site}/the-44-days/asset/2/", DESKTOP, "light"),
    ):
        page = browser.new_page(viewport=viewport, color_scheme=scheme)
        shoot(page, address, name)
        page.close()


def desk(browser: Browser, site: str, name: str, password: str) -> Page:
    """The desk, as the account ``name`` sees it."""
    page = browser.new_context(viewport=DESKTOP, color_scheme="light").new_page()
    page.goto(f"{site}/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("[type=submit]")
    return page


def preview_of_import(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/events/event/import-digest/")
    page.select_option("[name=story]", label="The 44 days")
    page.fill("[name=text]", DIGEST)
    # Where there are two stories, an outlet is listed with its own.
    outlet = page.locator("[name=outlet] option", has_text="Vestnik Kavkaza").get_attribute("value")
    page.select_option("[name=outlet]", outlet)
    page.fill("[name=title]", "An example of a digest")
    page.locator("main [type=submit], #content [type=submit]").first.click()
    page.wait_for_selector("[name=passage]")
    save(page, "import-preview")


def media_of_the_desk(page: Page, site: str) -> None:
    """The grid, with a file of which nothing is said yet."""
    page.goto(f"{site}/desk/events/material/add/")
    page.select_option("[name=story]", label="The 44 days")
    page.set_input_files("[name=file]", FOLDER / "overview.png")
    page.get_by_text("1 of 1 taken in.").wait_for()
    page.goto(f"{site}/desk/events/material/")
    page.wait_for_load_state("networkidle")
    save(page, "media-desk")


def approvals(site: str, editor: Page, moderator: Page, admin: Page) -> None:
    """A change of a cited source that waits, an approval that lapsed, and who says how it is decided."""
    editor.goto(f"{site}/desk/events/source/1/change/")
    title = editor.input_value("[name=title]")
    editor.fill("[name=title]", title.rstrip("!") + "!")
    editor.fill("[name=why]", "So it stands there.")
    editor.fill("[name=note]", "The title as it stands there.")
    editor.click("[name=_save]")
    editor.goto(f"{site}/desk/events/event/4/change/")
    editor.fill("[name=headline]", editor.input_value("[name=headline]") + ", at first")
    editor.click("[name=_continue]")
    shoot(moderator, f"{site}/desk/events/proposal/1/change/", "proposal")
    shoot(moderator, f"{site}/desk/review/", "recheck")
    shoot(admin, f"{site}/desk/events/story/1/policy/", "policy")
    shoot(admin, f"{site}/desk/events/story/1/people/", "people")


def main() -> None:
    if not CHROMIUM.exists():
        raise SystemExit(f"There is no {CHROMIUM}. On Debian: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(12)
    with demo(password) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        readers_pages(browser, site)
        review = desk(browser, site, "moderator", password)
        shoot(review, f"{site}/desk/review/", "review")
        editor = desk(browser, site, "editor", password)
        preview_of_import(editor, site)
        media_of_the_desk(editor, site)
        approvals(site, editor, review, desk(browser, site, "admin", password))
        browser.close()


if __name__ == "__main__":
    main()
