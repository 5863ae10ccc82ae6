"""An embargo: what an editor schedules is nowhere before its time, and read by everybody after it."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.editorial import publishing
from events.editorial.working import Worker
from tests.support.cast import approve_all
from tests.support.serving import serving

HEADLINE = "Armenian commanders are reported killed"
PASSWORDS = {f"CHRONICLE_DEMO_{name.upper()}_PASSWORD": f"{name}-{name}" for name in ("editor", "moderator")}


def test_a_reader_sees_it_from_its_time_on(page, live_server, draft, editor, moderator):
    approve_all(draft, moderator)
    at = timezone.now() + timedelta(seconds=4)
    publishing.publish(draft, by=editor, seen=draft.version, at=at)
    worker, address = Worker("test"), f"{live_server.url}/the-flood/day-3/"

    worker.pass_once(timezone.now())
    page.goto(f"{live_server.url}/the-flood/entry/1/")
    expect(page.get_by_role("heading", name="There is nothing at this address")).to_be_visible()
    while timezone.now() < at:
        worker.pass_once(timezone.now())
        time.sleep(0.2)
    worker.pass_once(timezone.now())
    page.goto(address)

    expect(page.get_by_role("link", name="A bridge is closed")).to_be_visible()


@pytest.mark.soak
def test_two_real_minutes_on_the_demo(window, scratch, tmp_path):
    """Everybody at a browser: the demo's own worker publishes it at the full minute that the editor chose."""
    with serving("manage.py", "demo", "--port", "PORT", to=tmp_path, **scratch, **PASSWORDS) as server:
        day = f"{server.url}/the-44-days/day-43/"
        reader = window()
        approve(sign_in(window(), server, "moderator"), server)
        desk = sign_in(window(), server, "editor")
        at = schedule(desk, server)

        until(at - timedelta(seconds=2))
        reader.goto(day)
        expect(reader.get_by_role("link", name=HEADLINE)).to_have_count(0)
        until(at + timedelta(seconds=2))
        reader.reload()
        expect(reader.get_by_role("link", name=HEADLINE)).to_be_visible()
        desk.reload()
        expect(desk.locator(".crumb")).to_contain_text("Published")


def sign_in(page, server, name):
    page.goto(f"{server.url}/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", f"{name}-{name}")
    page.click("[type=submit]")
    return page


def approve(page, server):
    page.goto(f"{server.url}/desk/review/")
    page.locator("article").filter(has_text=HEADLINE).get_by_role("button", name="Approve").click()
    expect(page.locator(".messagelist")).to_contain_text("Approved")


def schedule(page, server):
    """Schedule it for the second full minute from now, by the clock of the story; when that is."""
    page.goto(f"{server.url}/desk/events/event/?q={HEADLINE.replace(' ', '+')}")
    page.get_by_role("link", name=HEADLINE).click()
    at = (timezone.now() + timedelta(minutes=2)).replace(second=0, microsecond=0)
    form = page.locator("form.verb-publish-at")
    form.locator("[name=at]").fill(f"{at.astimezone(ZoneInfo('Asia/Baku')):%Y-%m-%dT%H:%M}")
    form.get_by_role("button").click()
    expect(page.locator(".messagelist")).to_contain_text("Scheduled")
    return at


def until(moment):
    time.sleep(max(0, (moment - timezone.now()).total_seconds()))
