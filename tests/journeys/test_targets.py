"""The desk under a thumb, on the narrowest screen, and at twice its size: nothing small, nothing sideways."""

import pytest

from tests.support.browser import open_at, sign_in
from tests.support.screens import OF_A_MANAGER, SCREENS, unfold
from tests.support.targets import too_small

WIDTHS = (1280, 640, 390, 320)
"""A desktop, that at 200 %, a phone, and the least that WCAG asks for."""


def looked_at(page, live_server, paths):
    found = []
    for path in paths:
        open_at(page, live_server, path)
        unfold(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} at {width}: {one}" for one in too_small(page)]
    return found


def test_what_is_pressed_is_large_enough_on_every_screen(page, live_server, both, shown):
    sign_in(page, live_server, both)

    found = looked_at(page, live_server, [path.format(**shown) for path in SCREENS])

    assert not found, "\n".join(found)


def test_so_it_is_on_those_of_a_manager(page, live_server, manager, shown):
    sign_in(page, live_server, manager)

    found = looked_at(page, live_server, [path.format(**shown) for path in OF_A_MANAGER])

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "rule",
    [
        ".find-form .button { min-height: 20px !important; max-height: 20px; padding: 0 !important }",
        ".find-form { width: 1400px; max-width: none !important }",
    ],
)
def test_control_what_is_small_or_too_wide_is_told(page, live_server, editor, story, rule):
    sign_in(page, live_server, editor)
    open_at(page, live_server, "find/")
    assert too_small(page) == []

    page.evaluate("rule => [...document.styleSheets].at(-1).insertRule(rule)", rule)

    assert len(too_small(page)) == 1
