"""Every word of the desk is read in every state of what it stands on: 4.5 to 1, in light and in dark."""

import pytest
from playwright.sync_api import expect

from tests.support import chance
from tests.support.browser import open_at, sign_in
from tests.support.contrast import faint
from tests.support.screens import OF_A_MANAGER, SCREENS, unfold

A_THIRD = len(SCREENS) // 3
"""How many screens a run looks at: all in soak."""


def looked_at(page):
    unfold(page)
    return faint(page)


def test_no_word_of_the_desk_is_faint_in_any_state(page, live_server, both, shown):
    page.goto(f"{live_server.url}/desk/")
    found = looked_at(page)
    sign_in(page, live_server, both)

    for path in chance.dice("contrast").sample(SCREENS, len(SCREENS) if chance.SOAK else A_THIRD):
        open_at(page, live_server, path.format(**shown))
        found += [f"{path}: {one}" for one in looked_at(page)]

    assert not found, "\n".join(found)


def test_nor_is_what_an_import_read_or_what_a_manager_says(page, live_server, admin_person, shown):
    sign_in(page, live_server, admin_person)
    found = []

    for path in OF_A_MANAGER:
        open_at(page, live_server, path.format(**shown))
        found += [f"{path}: {one}" for one in looked_at(page)]
    open_at(page, live_server, "events/event/import-digest/")
    page.fill("[name=text]", "Water\n\nOn March 3, 2021, at 6:00, the bridge was closed. At 7:00 it opened.")
    page.fill("[name=new_outlet]", "The Courier")
    page.click("text=Show what it reads")
    expect(page.locator("button[value=import]")).to_be_visible()
    found += [f"preview: {one}" for one in looked_at(page)]

    assert not found, "\n".join(found)


RULED = """rule => {
  const sheet = [...document.styleSheets].at(-1);
  sheet.insertRule(rule, sheet.cssRules.length);
}"""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (".find-form .button:hover:not(:active) { color: rgb(0 0 0 / .3) !important }", "under the pointer"),
        (".find-form .button:active { color: rgb(0 0 0 / .3) !important }", "pressed"),
        (".find-form .button:focus-visible { opacity: .3 }", "with the focus"),
        (".find-form .button:disabled { opacity: .3 !important; color: inherit !important }", "disabled"),
    ],
)
def test_control_a_state_that_makes_a_button_faint_is_told(page, live_server, editor, story, rule, said):
    sign_in(page, live_server, editor)
    open_at(page, live_server, "find/")
    page.evaluate(RULED, rule)

    found = faint(page)

    assert found
    assert all("button" in one and f", {said}" in one for one in found), found
