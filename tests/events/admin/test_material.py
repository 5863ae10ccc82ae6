"""Media at the desk: the grid, the form with what the file says of itself, several at once, parts covered."""

import json
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image

from events.admin.once import DONE_ALREADY
from events.editorial import materials
from events.models import Event, Material
from media import storage
from tests.support.answers import close
from tests.support.cast import fresh, make_person
from tests.support.desk import Desk, errors, told
from tests.support.factories import EventFactory, MaterialFactory, StoryFactory, show
from tests.support.pictures import files_in, read, saved, scene, upload


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def desk(editor):
    return Desk(editor)


@pytest.fixture
def material(db):
    return MaterialFactory()


def telling(**words):
    """A picture whose EXIF says something of it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = words.get("artist", "A. <b>Costa</b>")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2021:03:03 14:30:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[1], gps[2], gps[3], gps[4] = "N", (38.0, 43.0, 12.0), "W", (9.0, 8.0, 24.0)
    return saved(scene(64, 40), exif=exif.tobytes())


def told_material(story, editor):
    return materials.add(story, upload(telling()), by=editor)


def reader(*codenames):
    person = make_person("reader")
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def send(desk, *files, **how):
    return desk.client.post(
        "/desk/events/material/add/", {"story": StoryFactory().pk, "file": list(files)}, **how
    )


def test_without_a_script_files_are_taken_one_by_one_and_told_of(desk, story):
    page = send(
        desk, upload(saved(scene()), "bridge.jpg"), upload(b"%!PS", "x.eps"), upload(b"Sim.", "note.txt")
    )

    assert [(one.name, bool(one.material)) for one in page.context["taken"]] == [
        ("bridge.jpg", True),
        ("x.eps", False),
        ("note.txt", True),
    ]
    assert page.context["taken"][1].said in page.content.decode()
    assert Material.objects.count() == 2


def test_no_file_at_all_is_told(desk, story):
    assert "Choose a file at least." in send(desk).content.decode()


def test_to_a_script_each_file_is_told_in_json(desk, material):
    taken = send(desk, upload(saved(scene()), "a.jpg"), headers={"Accept": "application/json"}).json()
    again = send(desk, upload(saved(scene()), "b.jpg"), headers={"Accept": "application/json"}).json()
    refused = send(desk, upload(b"<svg/>", "x.svg"), headers={"Accept": "application/json"}).json()

    (one,) = taken["files"]
    assert desk.client.get(one["address"]).status_code == 200
    assert read(b"".join(desk.client.get(one["picture"]).streaming_content)).format == "WEBP"
    assert again["files"][0]["said"] == "It was here already."
    assert "SVG" in refused["files"][0]["refused"]


def test_nobody_is_told_that_another_story_has_the_same_file(desk, media_folder):
    """Neither in words nor by what is done: the file is read, copied and put into its place once more."""
    one_story, another = (StoryFactory(slug=slug, title=slug) for slug in ("one", "another"))

    def sent_to(story, content):
        form = {"story": story.pk, "file": upload(content, "bridge.jpg")}
        with CaptureQueriesContext(connection) as queries:
            answer = desk.client.post(
                "/desk/events/material/add/", form, headers={"Accept": "application/json"}
            )
        (one,) = answer.json()["files"]
        asset = Material.objects.get(pk=one["pk"]).asset
        custody = list(asset.custody.values_list("verb", flat=True))
        return one["name"], one["said"], custody, len(asset.renditions.all()), len(queries)

    sent_to(one_story, saved(Image.effect_noise((90, 60), 80)))
    alone = sent_to(one_story, saved(scene()))
    files = set(files_in(media_folder))

    assert sent_to(another, saved(scene())) == alone
    assert alone[1] == ""
    assert set(files_in(media_folder)) == files
    # A control: in one story it is told.
    again = sent_to(another, saved(scene()))
    assert (again[1], again[4] < alone[4]) == ("It was here already.", True)


def test_what_looks_like_another_is_told(desk, story):
    send(desk, upload(saved(scene()), "first.jpg"))

    page = send(desk, upload(saved(scene(), quality=40), "second.jpg"))

    assert page.context["taken"][0].said == "It looks like “first.jpg”."


def test_who_may_not_add_is_told_so(moderator, story):
    assert send(Desk(moderator), upload(saved(scene()))).status_code == 403


def listed(page):
    return {row.asset.name for row in page.context["cl"].result_list}


def test_the_grid_shows_each_with_what_it_lacks(desk, material):
    MaterialFactory(bare=True, name="bare.jpg")

    content = desk.get("events_material_changelist").content.decode()

    assert f"/desk/events/material/{material.pk}/picture/{material.asset.pk}/480/" in content
    assert "It has no alternative text." in content


def test_it_is_narrowed_by_what_is_still_to_be_done(desk, editor):
    soon = (timezone.now() + timedelta(days=9)).date()
    MaterialFactory(name="alt.jpg", alt="")
    MaterialFactory(name="rights.jpg", rights="UND")
    MaterialFactory(name="ending.jpg", licence_ends=soon)
    MaterialFactory(name="later.jpg", licence_ends=soon + timedelta(days=90))
    used, down = (
        MaterialFactory(name="used.jpg", approved=True),
        MaterialFactory(name="down.jpg", approved=True),
    )
    show(EventFactory(), used)
    materials.take_down(down, by=editor, reason="Asked for.")

    def found(what):
        return listed(desk.get("events_material_changelist", lacks=what))

    whole = listed(desk.get("events_material_changelist"))
    assert len(whole) == 6
    assert found("alt") == {"alt.jpg"}
    assert found("rights") == {"rights.jpg"}
    assert found("ending") == {"ending.jpg"}
    assert found("unused") == whole - {"used.jpg"}
    assert found("pending") == whole - {"used.jpg", "down.jpg"}
    assert found("down") == {"down.jpg"}
    assert found("nonsense") == whole


def test_it_takes_as_many_queries_for_many_as_for_few(desk, material, django_assert_max_num_queries):
    for _ in range(4):
        MaterialFactory()
    desk.get("events_material_changelist")

    with django_assert_max_num_queries(14):
        desk.get("events_material_changelist")


def test_the_page_of_an_event_asks_as_often_for_many_media_as_for_one(desk, material):
    def asked(event):
        desk.open(event)
        with CaptureQueriesContext(connection) as queries:
            page = desk.open(event).content.decode()
        assert page.count('selected="selected"') + page.count(" selected>") >= event.uses.count()
        return len(queries)

    one = show(EventFactory(), material)
    many = show(EventFactory(), material, *(MaterialFactory() for _ in range(3)))

    assert asked(many) == asked(one)


def test_an_empty_grid_says_where_to_begin(desk, story):
    assert "There are no media yet." in desk.get("events_material_changelist").content.decode()
    page = desk.get("events_material_changelist", q="bridge")
    assert "No medium is like that." in page.content.decode()


def test_a_save_goes_through_the_verb(desk, material, editor, moderator):
    materials.approve(material, by=moderator, seen=2)

    desk.save(desk.open(material), caption="Otherwise", taken="2021-03")

    saved_now = fresh(material)
    assert (saved_now.caption, saved_now.state, saved_now.version) == ("Otherwise", "pending", 3)


def test_a_save_of_nothing_changes_nothing(desk, material, moderator):
    materials.approve(material, by=moderator, seen=2)

    desk.save(desk.open(material))

    assert (fresh(material).state, fresh(material).version) == ("approved", 2)


def test_the_end_of_a_licence_is_given_as_a_browser_takes_it(desk):
    """Written otherwise its field is empty, and saved it would be gone."""
    material = MaterialFactory(licence_ends=date(2027, 1, 31))

    page = desk.client.get(f"/desk/events/material/{material.pk}/change/").content.decode()

    assert 'name="licence_ends" value="2027-01-31"' in page


def test_what_is_wrong_stands_at_its_field_and_an_old_page_is_told(desk, material, other_editor):
    page = desk.open(material)
    assert "is no time" in errors(desk.save(page, taken="2021-03-03T25:00"))
    assert "Give both latitude and longitude" in errors(desk.save(page, latitude="38.7"))

    materials.change(material, by=other_editor, seen=2, caption="Meanwhile")
    response = desk.save(page, caption="Mine")

    assert "saved a newer version in the meantime" in errors(response)
    assert "Meanwhile" in response.text


def test_what_the_file_says_stands_beside_the_fields_as_text(desk, story, editor):
    content = desk.open(told_material(story, editor)).content.decode()

    assert 'data-field="credit" data-value="A. &lt;b&gt;Costa&lt;/b&gt;"' in content
    assert "<b>Costa</b>" not in content
    assert 'data-value="2021-03-03T14:30:00"' in content
    assert 'data-field="latitude" data-value="38.72"' in content


def test_when_and_where_are_for_who_may_open_the_original(story, editor):
    material = told_material(story, editor)

    content = Desk(reader("view_material", "change_material")).open(material).content.decode()

    assert 'data-field="credit"' in content
    assert "2021-03-03T14:30" not in content
    assert "38.72" not in content


def test_a_medium_whose_file_is_gone_can_still_be_looked_at(desk, story, editor):
    material = told_material(story, editor)
    storage.original(material.asset.sha256).unlink()

    page = desk.open(material)

    assert page.status_code == 200
    assert 'data-field="credit"' not in page.content.decode()


def test_what_a_field_holds_already_is_not_offered(desk, story, editor):
    material = told_material(story, editor)
    held = {"credit": "A. <b>Costa</b>", "latitude": "38.720000", "longitude": "-9.140000"}
    materials.change(material, by=editor, seen=1, **held)

    content = desk.open(material).content.decode()

    assert 'data-field="credit"' not in content
    assert 'data-field="latitude"' not in content


def test_pictures_are_for_who_may_look_and_only_of_the_medium(desk, material, editor):
    address = f"/desk/events/material/{material.pk}/picture/{material.asset.pk}/480/"
    other = MaterialFactory()

    response = desk.client.get(address)

    assert read(b"".join(response.streaming_content)).size == (material.asset.width, 40)
    assert response["Cache-Control"].startswith("private")
    assert "sandbox" in response["Content-Security-Policy"]
    assert Desk(reader("view_event")).client.get(address).status_code == 404
    elsewhere = f"/desk/events/material/{material.pk}/picture/{other.asset.pk}/480/"
    assert desk.client.get(elsewhere).status_code == 404
    assert material.asset.custody.filter(verb="opened").count() == 0


def test_what_is_covered_is_shown_to_nobody_who_only_looks(desk, material, editor):
    materials.cover(material, [(0, 0, 20, 10)], by=editor, seen=material.version)
    shown = fresh(material).shown
    below, covered = (
        f"/desk/events/material/{material.pk}/picture/{one.pk}/480/" for one in (material.asset, shown)
    )

    def answered(of_whom, address):
        response = of_whom.client.get(address)
        close(response)
        return response.status_code

    looks = Desk(reader("view_material"))
    assert (answered(looks, below), answered(looks, covered)) == (403, 200)
    assert answered(Desk(reader("view_material", "approve_material")), below) == 200
    assert answered(desk, below) == 200


def test_the_original_comes_as_it_is_and_that_is_kept(desk, story, editor):
    content = telling()
    material = materials.add(story, upload(content, "où ça.jpg"), by=editor)
    address = f"/desk/events/material/{material.pk}/original/"

    response = desk.client.post(address)

    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert [row.by for row in material.asset.custody.filter(verb="opened")] == [editor]
    assert desk.client.get(address).status_code == 405


def test_who_may_not_open_the_original_is_told(material):
    desk = Desk(reader("view_material"))

    response = desk.client.post(f"/desk/events/material/{material.pk}/original/", follow=True)

    assert "You may not open the original" in told(response)
    assert "Save the original" not in response.content.decode()
    assert not material.asset.custody.filter(verb="opened").exists()


def together(desk, *rows, seen=None, **typed):
    keys = "&".join(f"pk={row.pk}" for row in rows)
    versions = {f"seen-{row.pk}": fresh(row).version if seen is None else seen for row in rows}
    return desk.client.post(f"/desk/events/material/together/?{keys}", versions | typed, follow=True)


def test_several_are_given_one_credit_and_one_right(desk, material):
    other = MaterialFactory(bare=True)
    chosen = {"action": "credit_and_rights", "_selected_action": [material.pk, other.pk]}
    page = desk.client.post("/desk/events/material/", chosen, follow=True)
    assert [row["medium"] for row in page.context["rows"]] == [material, other]

    response = together(desk, material, other, credit="B", rights="CC0-1.0")

    assert told(response) == "Changed: 2 media."
    assert [(one.credit, one.rights, one.caption) for one in (fresh(material), fresh(other))] == [
        ("B", "CC0-1.0", "The old bridge"),
        ("B", "CC0-1.0", ""),
    ]


def test_one_that_was_changed_meanwhile_is_left_and_told(desk, material):
    response = together(desk, material, seen=1, credit="B")

    assert "Somebody has changed this" in told(response)
    assert fresh(material).credit == "A. Silva"


def sent_once(material, other):
    """The credit of two, as a browser sends it: of the first it was shown another version."""
    address = f"/desk/events/material/together/?pk={material.pk}&pk={other.pk}"
    versions = {f"seen-{material.pk}": 99, f"seen-{other.pk}": other.version}
    return address, {"credit": "B", "once": str(uuid4()), **versions}


def test_what_could_be_changed_stays_so_beside_one_that_could_not(desk, material):
    other = MaterialFactory(bare=True)
    address, typed = sent_once(material, other)

    page = desk.client.post(address, typed)

    assert fresh(other).credit == "B" and fresh(material).credit == "A. Silva"
    assert "Somebody has changed this" in page.text and "Changed: 1 medium." in page.text
    assert 'value="B"' in page.text
    assert DONE_ALREADY in desk.client.post(address, typed, follow=True).text


def test_control_as_a_page_that_is_refused_it_would_be_taken_back(desk, material, monkeypatch):
    monkeypatch.setattr("events.admin.desk.media.together.keep_part", lambda *_: None)
    other = MaterialFactory(bare=True)

    page = desk.client.post(*sent_once(material, other))

    assert "Changed: 1 medium." in page.text and fresh(other).credit == ""


def test_nothing_filled_in_is_told(desk, material, moderator):
    assert "Fill in something" in together(desk, material).content.decode()
    assert together(Desk(moderator), material, credit="B").status_code == 403


def cover(desk, material, *boxes, seen=None, **typed):
    sent = {"box-TOTAL_FORMS": len(boxes), "box-INITIAL_FORMS": 0, "cover": "1"}
    for number, box in enumerate(boxes):
        sent |= {
            f"box-{number}-{name}": value
            for name, value in zip(("x", "y", "width", "height"), box, strict=True)
        }
    sent["seen"] = fresh(material).version if seen is None else seen
    return desk.client.post(f"/desk/events/material/{material.pk}/cover/", sent | typed, follow=True)


def test_parts_are_covered_by_numbers_alone(desk, material):
    response = cover(desk, material, (0, 0, 20, 10), ("", "", "", ""))

    assert "Covered" in told(response)
    assert fresh(material).shown.boxes == [[0, 0, 20, 10]]
    page = desk.client.get(f"/desk/events/material/{material.pk}/cover/")
    assert '<rect x="0" y="0" width="20" height="10" />' in page.content.decode()

    cover(desk, material, ("", "", "", ""))
    assert fresh(material).shown is None


def test_a_box_that_is_none_is_told_where_it_stands(desk, material, moderator):
    assert "Give all four numbers" in cover(desk, material, (0, 0, 20, "")).content.decode()
    assert "outside the picture" in told(cover(desk, material, (0, 0, 9_999, 10)))
    for seen in (1, "x", "9" * 5_000):
        assert "Somebody has changed this" in told(cover(desk, material, (0, 0, 20, 10), seen=seen))
    assert cover(Desk(moderator), material, (0, 0, 20, 10)).status_code == 403
    assert fresh(material).shown is None


def test_where_to_look_is_said_in_hundredths(desk, material):
    address = f"/desk/events/material/{material.pk}/cover/"

    assert "Give both numbers" in desk.client.post(address, {"focus": "1", "across": "25"}).content.decode()
    desk.client.post(address, {"focus": "1", "across": "25", "down": "75.5"})

    assert (fresh(material).asset.focus_x, fresh(material).asset.focus_y) == (0.25, 0.755)
    assert 'value="75.5"' in desk.client.get(address).content.decode()
    desk.client.post(address, {"focus": "1", "across": "", "down": ""})
    assert fresh(material).asset.focus_x is None


def test_a_document_has_nothing_to_cover(desk, story, editor):
    document = materials.add(story, upload(b"Sim.", "note.txt"), by=editor)

    assert desk.client.get(f"/desk/events/material/{document.pk}/cover/").status_code == 404
    assert "note.txt" in desk.open(document).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            b"%PDF-1.4\n%%EOF\n",
            "note.pdf",
            "Readers get a PDF as it is, with all that is written in it: who made",
        ),
        (b"Sim.", "note.txt", "Readers get a text as it is, every word of it."),
    ],
)
def test_whoever_uploads_or_describes_a_document_is_told_what_readers_get(desk, story, content, name, said):
    sent = {"story": story.pk, "file": upload(content, name)}

    assert said in desk.client.post("/desk/events/material/add/", sent).content.decode()
    assert said in desk.open(Material.objects.get()).content.decode()


def test_control_nobody_is_told_so_of_a_picture(desk, material):
    assert "Readers get" not in desk.open(material).content.decode()


def rows_of(*shown, saved_already=0):
    sent = {"uses-TOTAL_FORMS": len(shown), "uses-INITIAL_FORMS": saved_already}
    for number, (material, caption) in enumerate(shown):
        sent |= {f"uses-{number}-material": material.pk, f"uses-{number}-caption": caption}
        sent[f"uses-{number}-position"] = len(shown) - number
    return sent


def test_an_event_shows_media_in_order_and_says_what_they_lack(desk, material):
    other, event = MaterialFactory(bare=True, name="flood.jpg"), EventFactory(approved=True)

    desk.save(desk.open(event), **rows_of((material, "From the quay"), (other, "")))

    assert [(use.material, use.caption) for use in event.uses.all()] == [
        (other, ""),
        (material, "From the quay"),
    ]
    assert fresh(event).version == 2
    page = desk.open(event).content.decode()
    assert "It shows media that readers may not see" in page
    assert "It has no alternative text. It is not approved yet." in page


def test_the_words_and_the_media_of_an_event_are_saved_at_once(desk, material):
    event = EventFactory(approved=True)

    response = desk.save(desk.open(event), headline="Otherwise", **rows_of((material, "")))

    assert response.status_code == 302
    assert (fresh(event).headline, event.uses.get().material) == ("Otherwise", material)


def test_a_new_event_shows_media_too(desk, material, day, kind):
    page = desk.get("events_event_add")

    desk.save(page, day=day.pk, kind=kind.pk, headline="New", wording="", **rows_of((material, "")))

    assert Event.objects.get(headline="New").uses.get().material == material


def test_without_a_script_a_medium_is_chosen_by_its_number(desk, material):
    """Its page tells its number, and a row that is there to fill in leads to the list of all."""
    shown = MaterialFactory(name="flood.jpg")
    event = show(EventFactory(approved=True), shown)
    page = desk.open(event)
    boxes = re.findall(r"<noscript>.*?</noscript>", page.content.decode(), re.DOTALL)
    choices = [box for box in boxes if "uses-" in box]

    assert len(choices) == 1
    assert f'href="{reverse("admin:events_material_changelist")}"' in choices[0]
    assert f"Medium {material.pk} ·" in desk.open(material).content.decode()

    desk.save(page, **{"uses-1-material": ["", material.pk], "uses-1-caption": "From the quay"})

    assert [(use.material, use.caption) for use in event.uses.all()] == [
        (shown, ""),
        (material, "From the quay"),
    ]


def test_a_number_that_no_medium_has_comes_back_with_what_is_wrong(desk, material):
    event = EventFactory(approved=True)

    page = desk.save(desk.open(event), **{"uses-0-material": ["", 4321], "uses-0-caption": "From the quay"})

    assert "Select a valid choice" in errors(page)
    assert 'value="4321"' in page.content.decode()
    assert 'value="From the quay"' in page.content.decode()


def test_one_is_taken_away(desk, material):
    event = show(EventFactory(approved=True), material)

    desk.save(desk.open(event), **{"uses-0-DELETE": "on"})

    assert not event.uses.exists()
    assert fresh(event).version == 3


def test_media_of_another_story_are_refused(desk):
    there = MaterialFactory(story=StoryFactory(slug="the-fire", title="The fire"))
    event = EventFactory(approved=True)

    response = desk.save(desk.open(event), **rows_of((there, "")))

    assert "belongs to another story" in errors(response)
    assert not event.uses.exists()


def test_what_was_uploaded_is_not_deleted(admin_person, material):
    response = Desk(admin_person).client.post(f"/desk/events/material/{material.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert Material.objects.exists()


def test_hostile_names_and_words_stay_text(desk, story, editor):
    name = "<img src=x onerror=alert(1)>.jpg"
    file = upload(saved(scene()), "x.jpg")
    file._name = name
    material = materials.add(story, file, by=editor)
    materials.change(material, by=editor, seen=1, credit="</script><script>alert(1)</script>", alt='"><svg>')

    pages = [desk.open(material), desk.get("events_material_changelist")]
    pages.append(desk.client.get(f"/desk/events/material/together/?pk={material.pk}"))
    pages.append(Desk(make_person("other", "Moderators")).get("review"))

    for page in pages:
        assert "<img src=x" not in page.content.decode()
        assert "<script>alert" not in page.content.decode()
        assert "<svg>" not in page.content.decode()
    answer = send(desk, upload(saved(scene()), "x.jpg"), headers={"Accept": "application/json"})
    assert json.loads(answer.content)["files"][0]["said"] == "It was here already."
