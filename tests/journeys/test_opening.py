"""A manager opens a story by keyboard: readers find nothing of it before, and all that waited after it."""

import pytest

from events.models import Event
from tests.support.browser import is_sound
from tests.support.cast import make_member
from tests.support.factories import DayFactory, EventFactory


@pytest.fixture
def waiting(unopened):
    DayFactory(headline="The river rises", published=True)
    events = [
        EventFactory(published=True, headline=f"Bridge {n} is shut", wording=f"0{n}:00") for n in range(3)
    ]
    Event.objects.filter(pk=events[2].pk).update(version=2)
    return unopened


def test_a_manager_opens_a_story(page, live_server, waiting, axe):
    manager = make_member("our-manager", waiting, "manager")
    site = live_server.url
    assert page.goto(f"{site}/the-flood/").status == 404
    page.goto(f"{site}/desk/")
    page.fill("[name=username]", manager.username)
    page.fill("[name=password]", manager.username * 2)
    page.keyboard.press("Enter")
    page.wait_for_selector("#opening-of")
    page.click("#opening-of + ul a")
    assert "Bridge 2 is shut" in page.inner_text("#held + ul")
    is_sound(page, axe)

    page.focus("[name=domain]")
    page.keyboard.press("Control+A")
    page.keyboard.type("https://flood.example/")
    page.focus("[name=known]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert "is no domain" in page.inner_text(".messagelist .error")
    assert page.input_value("[name=domain]") == "https://flood.example/"
    is_sound(page, axe)

    page.fill("[name=domain]", "flood.example")
    page.focus("[name=known]")
    page.keyboard.press("Enter")
    assert "It is open: readers see it." in page.inner_text(".messagelist .success")
    assert "Bridge 2 is shut" in page.inner_text("#held ~ ul")
    is_sound(page, axe)

    page.goto(f"{site}/the-flood/day-3/")
    assert "The river rises" in page.inner_text("main")
    assert page.inner_text("main").count("is shut") >= 2
    assert "Bridge 2" not in page.inner_text("main")
