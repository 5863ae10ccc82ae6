"""What somebody types and does not save is there again: after a closed tab, Back, a crash, without a line."""

import os
import re
import signal
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from events.admin import unsaved
from events.models import Event
from tests.support.browser import CHROMIUM, FLAGS, sign_in
from tests.support.cast import fresh, make_person
from tests.support.factories import (
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    PersonFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

KEPT, NO_LINE = re.compile("Kept before it is saved"), re.compile("There is no connection")
TYPED = "Typed for an hour"
NOTES = """() => new Promise((done) => {{
    const asked = indexedDB.open('unsaved', 1);
    asked.onsuccess = () => {{
        const store = asked.result.transaction('notes', 'readwrite').objectStore('notes');
        const all = store.getAll();
        all.onsuccess = () => {{
            const ALL = all.result, last = store.{};
            last.onsuccess = () => {{ asked.result.close(); done(last.result); }};
        }};
    }};
}})"""
TENTHS = 90
"""Of a second in which somebody types before their browser is killed."""
IN_THE_FORM = """() => {
    const form = document.querySelector('#content-main > form');
    const ofThePage = ['csrfmiddlewaretoken', 'once', 'whose', 'tab'];
    const sent = [...new FormData(form)].filter(([name]) => !ofThePage.includes(name));
    return Object.fromEntries(sent.filter(([, value]) => value !== ''));
}"""
TO_BE_SEEN = """(all = (which) => [...document.querySelectorAll(which)]) => ({
    headline: document.querySelector('#id_headline').value,
    text: document.querySelector('.ProseMirror').innerHTML,
    places: all('.field-places .select2-selection__choice').map((each) => each.title),
    quotes: all('.dynamic-citations textarea[name$=-quote]').map((each) => each.value),
})"""


@pytest.fixture
def somebody():
    """Who knows their password."""
    editor = PersonFactory(editor=True)
    editor.set_password(editor.username * 2)
    editor.save()
    return editor


@pytest.fixture
def adding(page, live_server, somebody):
    """Somebody who begins a new event, of a day and a kind."""
    begin(page, live_server, somebody)
    return somebody


def begin(page, live_server, person):
    day = DayFactory()
    kind = KindFactory(story=day.story)
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/desk/events/event/add/?day={day.pk}")
    page.select_option("#id_kind", str(kind.pk))
    page.fill("#id_headline", TYPED)


def test_a_closed_tab_loses_nothing(page, live_server, adding, chromium, axe):
    expect(page.locator(".keeping")).to_have_text(KEPT)
    address = page.url
    page.context.close()

    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    again = context.new_page()
    sign_in(again, live_server, adding)
    again.goto(address)
    expect(again.locator(".unsaved")).to_contain_text("You typed something here")
    assert axe(again) == []
    again.click(".unsaved a")
    expect(again.locator("#id_headline")).to_have_value(TYPED)
    again.click("[name=_save]")
    expect(again.locator(".messagelist")).to_contain_text("was added successfully")
    assert Event.objects.get().headline == TYPED
    again.goto(address)
    expect(again.locator(".unsaved")).to_have_count(0)
    context.close()


def test_without_a_connection_it_stays_in_the_browser_until_it_is_saved(page, live_server, adding):
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    page.fill("#id_headline", f"{TYPED}, offline")
    expect(page.locator(".keeping")).to_have_text(NO_LINE)
    page.click("[name=_save]")
    expect(page.locator(".keeping")).to_contain_text("nothing was sent")

    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#id_headline")).to_have_value(f"{TYPED}, offline")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert notes_in(page) == []


def test_what_stays_in_the_browser_goes_after_a_day_and_when_its_owner_signs_out(page, live_server, adding):
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    page.fill("#id_headline", f"{TYPED}, and more")
    expect(page.locator(".keeping")).to_have_text(NO_LINE)
    kept = notes_in(page)
    assert [each["person"] for each in kept] == [str(adding.pk)]
    assert "and+more" in kept[0]["words"]
    page.evaluate(NOTES.format("put({...ALL[0], tab: 'of a day ago', at: Date.now() - 25 * 3600000})"))
    page.evaluate(
        NOTES.format("put({...ALL[0], tab: 'of somebody else', person: '0', words: 'headline=Theirs'})")
    )
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/desk/")
    page.wait_for_timeout(1_000)
    assert {each["tab"] for each in notes_in(page)} == {kept[0]["tab"], "of somebody else"}

    page.click("#logout-form button")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.wait_for_timeout(500)
    assert [each["tab"] for each in notes_in(page)] == ["of somebody else"]
    sign_in(page, live_server, adding)
    page.goto(f"{live_server.url}/desk/events/event/add/")
    page.wait_for_timeout(1_000)
    assert "Theirs" not in page.content()
    assert [each["tab"] for each in notes_in(page)] == ["of somebody else"]


def notes_in(page):
    """What the browser keeps of what is not saved."""
    return page.evaluate(NOTES.format("getAll()"))


def test_what_is_seen_after_back_is_what_would_be_saved(page, live_server, somebody):
    event, place = EventFactory(), PlaceFactory()
    CitationFactory(event=event, quote="The old quotation.")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, somebody)
    page.goto(f"{live_server.url}/desk/events/event/{event.pk}/change/")
    as_saved = page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")
    page.fill("#id_headline", TYPED)
    page.click(".ProseMirror")
    page.keyboard.type("Another text.")
    page.click(".field-places .select2-selection")
    page.keyboard.type(str(place)[:4])
    page.click(".select2-results__option--highlighted")
    page.get_by_text("Add another Citation").click()
    page.fill("[name=citations-1-quote]", "A new quotation.")
    as_typed = page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")
    assert as_typed[1]["quotes"][:2] == ["The old quotation.", "A new quotation."]

    page.click("#site-name a")
    page.wait_for_url(f"{live_server.url}/desk/")
    page.go_back()
    expect(page.locator("[name=citations-1-quote]")).to_have_value("A new quotation.")
    assert (page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")) == as_typed

    page.fill("#id_headline", f"{TYPED}, and more")
    written = page.url
    page.go_back()
    page.evaluate("history.forward()")
    page.wait_for_url(written)
    expect(page.locator("#id_headline")).to_have_value(f"{TYPED}, and more")
    assert page.evaluate(f"({TO_BE_SEEN})()") == {**as_typed[1], "headline": f"{TYPED}, and more"}

    for _ in range(2):
        page.goto(f"{live_server.url}/desk/events/event/{event.pk}/change/")
        expect(page.locator(".unsaved")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate(f"({TO_BE_SEEN})()") == as_saved[1]
        page.fill("#id_headline", "Typed once more")
    page.goto(f"{live_server.url}/desk/events/event/{event.pk}/change/")
    while page.locator(".unsaved button").count():
        page.locator(".unsaved button").first.click()
        page.wait_for_load_state()
    page.wait_for_load_state()
    assert (page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")) == as_saved


def test_words_typed_just_before_leaving_are_seen_though_the_server_hears_of_them_late(
    page, live_server, somebody, monkeypatch
):
    """The page is asked for again before what it sent as it was left is taken."""
    event = EventFactory()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, somebody)
    change = f"{live_server.url}/desk/events/event/{event.pk}/change/"
    page.goto(change)
    page.fill("#id_headline", TYPED)
    expect(page.locator(".keeping")).to_have_text(KEPT)
    page.goto(f"{live_server.url}/desk/")
    page.go_back()
    expect(page.locator("#id_headline")).to_have_value(TYPED)

    written = page.url
    with held_up(monkeypatch):
        page.fill("#id_headline", f"{TYPED}, and more")
        page.go_back()
        page.evaluate("history.forward()")
        page.wait_for_url(written)
        page.locator("#id_headline").wait_for()
    expect(page.locator("#id_headline")).to_have_value(f"{TYPED}, and more")


def test_a_reason_that_was_typed_is_there_after_another_citation_was_read(page, live_server, somebody):
    moderator = make_person("who-decides", "Moderators")
    moderator.set_password("who-decides" * 2)
    moderator.save()
    first, _ = (CitationFactory(event=EventFactory(headline=each), by=somebody) for each in ("One", "Two"))
    left = []
    page.on("dialog", lambda dialog: (left.append(dialog.type), dialog.accept()))
    sign_in(page, live_server, moderator)
    page.goto(f"{live_server.url}/desk/review/?citation={first.pk}")
    page.click(".rejecting > summary")
    page.check("[name=code] >> nth=1")
    page.fill(".rejecting [name=words]", TYPED)
    page.click("a.skip")
    expect(page.locator("#item-name")).to_contain_text("Two")
    expect(page.locator(".rejecting [name=words]")).to_have_value("")

    page.go_back()
    expect(page.locator("#item-name")).to_contain_text("One")
    expect(page.locator(".rejecting [name=words]")).to_have_value(TYPED)
    expect(page.locator("[name=code] >> nth=1")).to_be_checked()
    page.goto(f"{live_server.url}/desk/")
    assert left == ["beforeunload"]
    page.go_back()
    expect(page.locator(".rejecting [name=words]")).to_have_value(TYPED)

    page.locator(".rejecting").evaluate("panel => { panel.open = true; }")
    page.click("button.reject")
    expect(page.locator("#item-name")).to_contain_text("Two")
    page.goto(f"{live_server.url}/desk/")
    assert left == ["beforeunload"]
    assert fresh(first).state == "rejected"


def test_a_restored_tab_shows_what_would_be_saved(chromium, live_server, somebody, tmp_path):
    page = with_profile(chromium, tmp_path)
    begin(page, live_server, somebody)
    page.click(".ProseMirror")
    page.keyboard.type("Another text.")
    expect(page.locator(".keeping")).to_have_text(KEPT)
    as_typed = page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")
    page.context.close()

    page = with_profile(chromium, tmp_path, "--restore-last-session")
    expect(page.locator("#id_headline")).to_have_value(TYPED)
    expect(page.locator(".offer")).to_contain_text("nothing of it is saved yet")
    assert (page.evaluate(IN_THE_FORM), page.evaluate(f"({TO_BE_SEEN})()")) == as_typed
    page.context.set_offline(True)
    page.context.close()


@pytest.mark.parametrize("has_line", [True, False], ids=["with a line", "without one"])
def test_a_browser_that_is_killed_loses_five_seconds_at_most(
    chromium, live_server, somebody, tmp_path, has_line
):
    page = with_profile(chromium, tmp_path)
    begin(page, live_server, somebody)
    page.context.set_offline(not has_line)
    page.click(".ProseMirror")
    for number in range(TENTHS):
        page.keyboard.type(f"{number} ")
        page.wait_for_timeout(100)
    kill_who_has(tmp_path)

    page = with_profile(chromium, tmp_path)
    sign_in(page, live_server, somebody)
    page.goto(f"{live_server.url}/desk/events/event/add/")
    # Whoever is quicker than the browser brings what it has is shown that all the same.
    page.click(".unsaved a")
    expect(page.locator("#id_headline")).to_have_value(TYPED)
    page.wait_for_timeout(3_000)
    # The last of them may have been typed by half.
    kept = page.locator(".ProseMirror").inner_text().split()
    page.context.set_offline(True)
    page.context.close()
    assert len(kept) > TENTHS - 50


@contextmanager
def held_up(monkeypatch):
    """The first words that a page sends meanwhile are taken once this is over."""
    take, over, waiting = unsaved.keep, threading.Event(), iter([True])

    def take_late(request, site):
        if request.POST.get("typed") and next(waiting, False):
            over.wait(20)
        return take(request, site)

    monkeypatch.setattr(unsaved, "keep", take_late)
    try:
        yield
    finally:
        over.set()


def with_profile(chromium, profile, *flags):
    """A page of a browser of its own, which keeps on disk what a browser keeps."""
    options = {"executable_path": CHROMIUM, "headless": True, "reduced_motion": "reduce"}
    options |= {"args": [*FLAGS, *flags], "ignore_default_args": ["about:blank"] if flags else None}
    context = chromium.browser_type.launch_persistent_context(profile, **options)
    return context.pages[0]


def kill_who_has(profile):
    """Kill each process of the browser of ``profile``, which has no time for another word."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)
