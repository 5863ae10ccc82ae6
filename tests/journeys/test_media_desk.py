"""Media at the desk in a browser: dragged there, described, covered, approved, put into an event."""

from contextlib import ExitStack

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import expect

from events.editorial import materials
from events.models import Material
from media import sandbox, storage
from media.limits import AT_ONCE, LARGEST
from media.receiving import TOO_MANY_BYTES
from tests.support.browser import sign_in
from tests.support.cast import fresh
from tests.support.dropping import drop, paste, sent
from tests.support.factories import EventFactory, MaterialFactory, PersonFactory, show
from tests.support.pictures import known, saved, scene, upload


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def everything(db):
    """Somebody who is an editor and a moderator, and has a hand in nothing yet."""
    return PersonFactory(username="all", groups=("Editors", "Moderators"))


def pages_of(material, event):
    return (
        "events/material/",
        "events/material/?q=nothing",
        f"events/material/{material.pk}/change/",
        f"events/material/{material.pk}/cover/",
        f"events/material/together/?pk={material.pk}",
        "events/material/add/",
        "review/?of=media",
        f"events/event/{event.pk}/change/",
    )


@pytest.fixture
def there(story, editor):
    """A picture that says something of itself, covered in part, and an event that shows it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "A. Costa"
    content = known(saved(scene(1200, 800), exif=exif.tobytes()))
    material = materials.add(story, upload(content, "a_name_without_any_space_that_is_long.jpg"), by=editor)
    material = materials.cover(material, [(10, 10, 200, 100)], by=editor, seen=1)
    event = EventFactory(approved=True)
    show(event, material, MaterialFactory(bare=True))
    return material, event


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_blocked_or_wider_than_the_screen(page, live_server, everything, there, complaints, width):
    sign_in(page, live_server, everything)
    page.set_viewport_size({"width": width, "height": 900})

    for path in pages_of(*there):
        page.goto(f"{live_server.url}/desk/{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong(page, live_server, everything, there, axe, width):
    sign_in(page, live_server, everything)
    page.set_viewport_size({"width": width, "height": 900})

    found = []
    for path in pages_of(*there):
        page.goto(f"{live_server.url}/desk/{path}")
        page.wait_for_load_state("networkidle")
        found += [f"{path}: {finding}" for finding in axe(page)]

    assert not found, "\n".join(found)


def test_three_files_are_dragged_one_of_them_broken_and_two_given_one_credit(
    page, live_server, editor, story, complaints
):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/add/")
    files = [
        sent("one.jpg", saved(scene(320, 200))),
        sent("broken.jpg", saved(scene(300, 200))[:-900]),
        sent("two.png", saved(scene(200, 320), "PNG"), "image/png"),
    ]

    drop(page, "[data-drop]", files)
    page.wait_for_selector("text=2 of 3 taken in, 1 not.")

    expect(page.locator(".taken .refused b")).to_have_text(["broken.jpg"])
    assert page.locator(".taken .refused p").inner_text()
    expect(page.locator(".taken progress")).to_have_count(0)
    page.click("text=Give them one credit and one right")
    page.fill("[name=credit]", "A. Silva")
    page.select_option("[name=rights]", "CC0-1.0")
    page.click("text=Save for 2 media")

    page.wait_for_selector("text=Changed: 2 media.")
    assert set(Material.objects.values_list("asset__name", "credit", "rights")) == {
        ("one.jpg", "A. Silva", "CC0-1.0"),
        ("two.png", "A. Silva", "CC0-1.0"),
    }
    assert complaints == []


def test_a_file_that_is_too_large_is_told_and_not_sent(page, live_server, editor, story, complaints):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/add/")
    sent_there = []
    page.on("request", lambda request: sent_there.append(request.method))

    page.evaluate(
        """([where, size]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(size)], "large.png", { type: "image/png" }));
            const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
            document.querySelector(where).dispatchEvent(event);
        }""",
        ["[data-drop]", LARGEST + 1],
    )
    page.wait_for_selector("text=0 of 1 taken in, 1 not.")

    assert page.locator(".taken .refused p").inner_text() == TOO_MANY_BYTES
    assert "POST" not in sent_there
    assert complaints == []


def test_a_file_that_finds_no_turn_to_be_read_is_sent_again(page, live_server, editor, story, monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE", 0.2)
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/add/")

    with ExitStack() as others:
        for _ in range(AT_ONCE):
            others.enter_context(storage.turn(at_once=AT_ONCE, waiting=0, patience=0))
        with page.expect_response("**/material/add/") as first:
            drop(page, "[data-drop]", [sent("one.jpg", saved(scene()))])
        assert first.value.json()["files"][0]["refused"] == sandbox.BUSY
    page.wait_for_selector("text=1 of 1 taken in.")

    assert Material.objects.count() == 1


def test_a_picture_is_pasted_or_chosen_with_the_button(page, live_server, editor, story):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/add/")

    paste(page, sent("image.png", saved(scene(), "PNG"), "image/png"))
    page.wait_for_selector("text=1 of 1 taken in.")
    chosen = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": saved(scene(300, 100))}
    page.set_input_files("[name=file]", [chosen])
    page.wait_for_selector("text=2 of 2 taken in.")

    assert Material.objects.count() == 2


def test_without_scripts_files_are_sent_by_the_form(chromium, live_server, editor, story):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/add/")

    chosen = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": saved(scene(300, 100))}
    broken = {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": saved(scene(300, 100))[:-900]}
    page.set_input_files("[name=file]", [chosen, broken])
    page.click("text=Upload")

    expect(page.locator(".taken .done b")).to_have_text(["b.jpg"])
    expect(page.locator(".taken .refused b")).to_have_text(["c.jpg"])
    context.close()


def test_what_the_file_says_is_taken_over(page, live_server, editor, there):
    material, _ = there
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/{material.pk}/change/")

    page.click(".field-credit .take")
    page.click("[name=_continue]")

    assert fresh(material).credit == "A. Costa"


def test_boxes_are_drawn_and_a_point_is_pointed_at(page, live_server, editor, there, complaints):
    material, _ = there
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/{material.pk}/cover/")
    box = page.locator("[data-canvas]").bounding_box()
    across, down = box["width"] / 1200, box["height"] / 800

    page.mouse.move(box["x"] + 600 * across, box["y"] + 400 * down)
    page.mouse.down()
    page.mouse.move(box["x"] + 300 * across, box["y"] + 200 * down, steps=3)
    page.mouse.up()
    page.click("[data-rows] li:first-child .remove")
    page.click("text=Cover these")

    page.wait_for_selector("text=Covered.")
    ((x, y, width, height),) = fresh(material).shown.boxes
    assert max(abs(x - 300), abs(y - 200), abs(width - 300), abs(height - 200)) <= 4

    page.goto(f"{live_server.url}/desk/events/material/{material.pk}/cover/")
    page.check("[data-pointing]")
    page.mouse.click(box["x"] + 300 * across, box["y"] + 600 * down)
    page.click("text=Keep this point")
    page.wait_for_selector("text=Where to look is kept.")

    assert abs(fresh(material).asset.focus_x - 0.25) < 0.01
    assert abs(fresh(material).asset.focus_y - 0.75) < 0.01
    assert complaints == []


def test_all_of_a_grid_are_chosen_at_once(page, live_server, editor, there):
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/material/")

    page.check("[data-tick-all]")
    page.select_option("[name=action]", "credit_and_rights")
    page.click("#changelist-form [type=submit]")

    page.wait_for_selector("text=Save for 2 media")


def test_a_moderator_approves_what_is_shown(page, live_server, moderator, there):
    material, _ = there
    Material.objects.filter(pk=material.pk).update(credit="A. Costa", rights="own", alt="A bridge.")
    sign_in(page, live_server, moderator)
    page.goto(f"{live_server.url}/desk/review/?medium={material.pk}")
    assert f"/picture/{material.shown.pk}/" in page.locator("#item img").get_attribute("src")

    page.click("button.approve")
    page.wait_for_selector("text=Approved:")

    assert fresh(material).state == "approved"
