"""Makes the screenshots of the README from a demo of its own: .venv/bin/python -m tests.shots

Builds the sample and the made chronicle in a new database, so that what you did in yours is neither shown
nor touched. What the desk was before is shown by the code of that time, taken out of the history.
"""

import base64
import hmac
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
FORMER = "12bb5e5"
"""The last commit whose desk was a form for each row, and a queue of one card a screen."""
PATIENCE = 300  # seconds for the sample and the made chronicle to be built and served
DIGEST = """On the 43rd day of the war, November 8, shelling was reported near the front line overnight.
In the morning it became known that the two presidents had spoken by telephone the day before.
After 11:00 am, Ilham Aliyev made an announcement about Shusha. In the afternoon, footage from the
Gubadly area was released. Late in the evening, first details from Shusha became known.
"""


@contextmanager
def demo(password: str, *how: str, root: Path = ROOT) -> Iterator[str]:
    """A demo on a free port, by the code in ``root``, its accounts with ``password``; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3", "CHRONICLE_DEVELOPMENT": "true"}
        own["CHRONICLE_MEDIA"] = f"{folder}/media"
        for name in ("EDITOR", "MODERATOR", "ADMIN"):
            own[f"CHRONICLE_DEMO_{name}_PASSWORD"] = password
        command = [sys.executable, "manage.py", "demo", *how, "--port", str(port)]
        server = subprocess.Popen(command, cwd=root, env=os.environ | own, stdout=subprocess.DEVNULL)
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
    sign_in(page, site, name, password)
    return page


def sign_in(page: Page, site: str, name: str, password: str) -> None:
    page.goto(f"{site}/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("[type=submit]")


def code_of(key: str) -> str:
    """What an app for codes shows now, after RFC 6238."""
    key = "".join(key.split())
    told = hmac.new(
        base64.b32decode(key + "=" * (-len(key) % 8)), (int(time.time()) // 30).to_bytes(8), "sha1"
    ).digest()
    at = told[-1] & 15
    return f"{(int.from_bytes(told[at : at + 4]) & 0x7FFFFFFF) % 10**6:06}"


def preview_of_import(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/events/event/import-digest/")
    page.select_option("[name=story]", label="The 44 days")
    page.fill("[name=text]", DIGEST)
    # Where there are two stories, an outlet is listed with its own.
    outlet = page.locator("[name=outlet] option", has_text="Vestnik Kavkaza").get_attribute("value")
    page.select_option("[name=outlet]", outlet)
    page.fill("[name=title]", "An example of a digest")
    page.locator("main [type=submit], #content [type=submit]").first.click()
    page.wait_for_url("**/import-digest/*/")
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
    editor.click("[name=_save]")
    editor.wait_for_selector(".messagelist")
    shoot(moderator, f"{site}/desk/events/proposal/1/change/", "proposal")
    shoot(moderator, f"{site}/desk/review/", "recheck")
    shoot(admin, f"{site}/desk/events/story/1/policy/", "policy")
    shoot(admin, f"{site}/desk/events/story/1/people/", "people")


def two_versions(site: str, editor: Page, admin: Page) -> None:
    """What an editor is shown who saves after somebody else."""
    address = f"{site}/desk/events/event/5/change/"
    for page, headline in ((admin, "as somebody else writes it"), (editor, "as its editor writes it")):
        page.goto(address)
        page.fill("[name=headline]", f"{page.input_value('[name=headline]')}, {headline}")
    admin.click("[name=_save]")
    admin.wait_for_selector(".messagelist")
    editor.click("[name=_save]")
    editor.wait_for_selector("#conflict")
    save(editor, "conflict")


def words_kept(site: str, editor: Page) -> None:
    """What somebody typed before their tab was closed is offered; and the window to sign in beside a page."""
    address = f"{site}/desk/events/event/7/change/"
    editor.goto(address)
    editor.fill("[name=headline]", f"{editor.input_value('[name=headline]')}, as it was being typed")
    editor.get_by_text("Kept before it is saved").wait_for()
    editor.close(run_before_unload=False)
    page = editor.context.new_page()
    shoot(page, address, "autosave-offer")
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=headline]", "Typed while nobody knew that the session was over")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.locator("[data-sign-in]").wait_for()
    save(page, "signed-out")


def second_factor(browser: Browser, site: str, password: str) -> None:
    """Asked for by whoever has an app for codes."""
    page = desk(browser, site, "moderator", password)
    page.goto(f"{site}/desk/account/app/")
    page.fill("#code", code_of(page.locator(".secret").text_content() or ""))
    page.get_by_role("button", name="Set it up").click()
    page.locator(".codes").wait_for()
    page.context.clear_cookies()
    sign_in(page, site, "moderator", password)
    page.get_by_role("heading", name="Second factor").wait_for()
    save(page, "second-factor")


@contextmanager
def former_code() -> Iterator[Path]:
    """The code of FORMER, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        taken = subprocess.run(["git", "archive", FORMER], cwd=ROOT, capture_output=True, check=False)
        if taken.returncode:
            raise SystemExit(f"There is no commit {FORMER} here: fetch the whole history.")
        subprocess.run(["tar", "-x", "-C", folder], input=taken.stdout, check=True)
        yield Path(folder)


def what_it_was(browser: Browser, password: str) -> None:
    """The home of the desk, a day, an event and the queue, before there were the four screens."""
    with former_code() as root, demo(password, root=root) as site:
        for who, name, path in (
            ("editor", "today", ""),
            ("editor", "day-desk", "events/day/3/change/"),
            ("editor", "event", "events/event/6/change/"),
            ("moderator", "review", "review/"),
        ):
            page = desk(browser, site, who, password)
            shoot(page, f"{site}/desk/{path}", f"was-{name}")
            page.context.close()


def on_a_phone(page: Page, address: str, name: str) -> None:
    page.set_viewport_size(PHONE)
    shoot(page, address, name)
    page.set_viewport_size(DESKTOP)


def main() -> None:
    if not CHROMIUM.exists():
        raise SystemExit(f"There is no {CHROMIUM}. On Debian: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    password = secrets.token_urlsafe(12)
    with demo(password, "--large") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        readers_pages(browser, site)
        review = desk(browser, site, "moderator", password)
        shoot(review, f"{site}/desk/review/", "review")
        on_a_phone(review, f"{site}/desk/review/", "review-phone")
        editor = desk(browser, site, "editor", password)
        preview_of_import(editor, site)
        media_of_the_desk(editor, site)
        admin = desk(browser, site, "admin", password)
        approvals(site, editor, review, admin)
        two_versions(site, editor, admin)
        shoot(editor, f"{site}/desk/", "today")
        on_a_phone(editor, f"{site}/desk/", "today-phone")
        shoot(editor, f"{site}/desk/events/day/3/desk/", "day-desk")
        shoot(editor, f"{site}/desk/events/event/6/change/", "event")
        words_kept(site, editor)
        second_factor(browser, site, password)
        what_it_was(browser, password)
        browser.close()


if __name__ == "__main__":
    main()
