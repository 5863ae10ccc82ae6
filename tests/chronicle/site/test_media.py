"""Media for readers: on cards and pages of their own, among all that there are, and the files themselves."""

import json
import re

import pytest

from events import press
from events.editorial import materials, publishing
from tests.support.cast import entry_of, fresh, publish, term_of
from tests.support.factories import EventFactory, KindFactory, PlaceFactory, SourceFactory
from tests.support.media import change, make_material, public_files, take_down, use
from tests.support.reading import main_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

DAY, TIMELINE, MEDIA = "/the-flood/day-3/", "/the-flood/timeline/", "/the-flood/media/"
PAGE = "/the-flood/asset/1-the-old-bridge-from-the-quay/"
ADDRESS = re.compile(r"/media/[0-9a-f]{2}/([0-9a-f]{64})\.(?:avif|webp|jpg)")


@pytest.fixture
def shown(editor):
    """Has a published event show a medium, and gives what readers have of it."""

    def show(headline="A bridge is closed", caption="", *, event=None, **fields):
        material = make_material(**fields)
        event = use(event or EventFactory(approved=True, headline=headline), material, caption=caption)
        publish(event, editor)
        return material

    return show


def hashes(material, *, blurred):
    return {each["sha256"] for each in term_of(material).document["renditions"] if each["blurred"] is blurred}


def named_in(response):
    return set(ADDRESS.findall(response.content.decode()))


def test_a_file_is_served_for_ever_and_runs_nothing(client, shown):
    material = shown()
    for each in term_of(material).document["renditions"]:
        name = f"{each['sha256']}.{ {'jpeg': 'jpg'}.get(each['format'], each['format']) }"
        response = client.get(f"/media/{name[:2]}/{name}")

        assert response.status_code == 200
        assert len(response.getvalue()) == each["bytes"]
        assert response["Content-Type"] == f"image/{each['format']}"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        again = client.get(f"/media/{name[:2]}/{name}", headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_no_other_file_has_an_address(client, shown):
    material = shown()
    name = f"{material.asset.sha256}.jpg"
    private = make_material(width=300)
    press.make_ready(private)
    one = private.asset.renditions.first().filename
    public = next(iter(public_files()))

    for path in (f"{name[:2]}/{name}", f"{one[:2]}/{one}", f"zz/{public}", f"{public[:2]}/{public[:64]}.pdf"):
        assert client.get(f"/media/{path}").status_code == 404, path
    for path in (f"{public[:2]}/{public[:64]}", f"{public[:2]}/..%2f..%2foriginals", "ab/x.jpg"):
        assert client.get(f"/media/{path}").status_code == 404, path
    assert client.post(f"/media/{public[:2]}/{public}").status_code == 405


def test_a_card_shows_the_picture_with_whose_it_is(client, shown):
    shown(caption="From the other bank")

    html = main_of(client.get(DAY))

    assert re.search(r'<source type="image/avif" srcset="/media/[^"]+ 320w" sizes="[^"]+">', html)
    assert '<img src="/media/' in html
    assert 'width="320" height="200"' in html
    assert 'alt="A stone bridge of three arches, the water up to their tops."' in html
    assert 'loading="lazy"' in html
    told = words(client.get(DAY))
    assert "From the other bank Credit: Ana Reis. CC BY 4.0. About it" in told
    assert "The old bridge from the quay" not in told
    assert f'href="{PAGE}"' in html


def test_where_a_part_is_cut_off_what_was_pointed_at_stays_in_sight(client, shown, editor):
    material = shown()
    assert 'class="x' not in main_of(client.get(MEDIA))

    materials.focus(material, 0.26, 0.75, by=editor)

    assert 'class="x3 y8"' in main_of(client.get(MEDIA))
    assert 'class="x' not in main_of(client.get(DAY)), "Cards show all of it."


def test_what_people_wrote_of_a_picture_is_words(client, shown):
    sharp = '"><script>go()</script><img src=x onerror=go()>'
    shown(caption=sharp, alt=sharp, credit=sharp, shows=sharp)

    for address in (DAY, "/the-flood/entry/1/", PAGE, MEDIA):
        html = client.get(address, follow=True).content.decode()
        assert "<script>go()" not in html, address
        assert "<img src=x" not in html, address
        assert "&lt;script&gt;go()" in html, address


def test_a_covered_picture_is_blurred_until_it_is_asked_for(client, shown):
    material = shown(graphic="graphic")
    blurred, clear = hashes(material, blurred=True), hashes(material, blurred=False)

    for address in (DAY, TIMELINE, "/the-flood/entry/1/", MEDIA, PAGE):
        assert named_in(client.get(address)) == blurred, address
    for address in (DAY, "/the-flood/entry/1/", PAGE):
        assert f'href="{PAGE}?show=yes"' in client.get(address).content.decode()
    assert "This picture is graphic. It is blurred until you ask for it. Show it" in words(client.get(DAY))
    asked = client.get(f"{PAGE}?show=yes")
    # The cards below stay as they are.
    assert named_in(asked) == clear | blurred
    assert "Blur it again" in words(asked)


def test_no_link_to_a_covered_picture_shows_it(client, shown):
    shown(graphic="upsetting")

    for address in (PAGE, f"{PAGE}?show=yes", "/the-flood/entry/1/"):
        html = client.get(address).content.decode()
        [beside] = re.findall(r'property="og:image" content="([^"]+)"', html)
        assert beside.endswith("picture.png")
        assert "contentUrl" not in html
    assert 'name="robots" content="noindex' in client.get(f"{PAGE}?show=yes").content.decode()


def test_control_a_link_to_another_picture_shows_it(client, shown):
    shown()

    html = client.get(PAGE).content.decode()

    [beside] = re.findall(r'property="og:image" content="([^"]+)"', html)
    assert beside.startswith("http://testserver/media/")
    assert beside.endswith(".jpg")
    assert "og:image:width" not in html


def test_the_page_of_a_medium(client, shown):
    place, source = PlaceFactory(name="The quay"), SourceFactory(title="Photographs of the river")
    shown(
        place=place,
        source=source,
        url="https://post.example/river.jpg",
        taken="2021-03-03T05:40+00:00",
        licence_ends="2031-05-01",
        rights_note="Version of March",
    )

    page = client.get(PAGE)
    told = words(page)

    for each in (
        "Taken 3 March 2021, 05:40 (UTC+00:00)",
        "The old bridge from the quay",
        "Credit: Ana Reis.",
        "What it shows The old bridge on the third day.",
        "In words A stone bridge of three arches",
        "Where The quay",
        "Taken with a camera or phone",
        "From Photographs of the river original",
        "Rights CC BY 4.0 (Version of March) until 1 May 2031",
        "320 × 200, JPEG",
        "A bridge is closed",
    ):
        assert each in told, each
    html = page.content.decode()
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html
    # Nothing is told under either, so that neither has a page.
    assert "/place/" not in main_of(page)
    assert "/source/2" not in main_of(page)


def test_the_place_of_a_medium_is_linked_once_it_has_a_page(client, shown):
    place = PlaceFactory(name="The quay")
    EventFactory(headline="The quay floods", published=True, places=[place])
    shown(place=place)

    assert 'href="/the-flood/place/1-the-quay/"' in main_of(client.get(PAGE))


def test_what_machines_are_told_of_a_medium(client, shown):
    shown(taken="2021-03-03", rights="InC-EDU")

    html = client.get(PAGE).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    assert data["@type"] == "ImageObject"
    assert data["contentUrl"].startswith("http://testserver/media/")
    assert data["license"] == "https://rightsstatements.org/vocab/InC-EDU/1.0/"
    assert (data["creditText"], data["dateCreated"]) == ("Ana Reis", "2021-03-03")
    assert (data["width"], data["height"]) == (320, 200)


def test_the_entries_that_show_a_medium_are_filtered_as_everywhere(client, shown, editor):
    material = shown("A bridge is closed")
    event = EventFactory(approved=True, headline="A mill falls", kind=KindFactory(name="Loss"))
    publish(use(event, material), editor)

    assert "A bridge is closed" in words(client.get(PAGE))
    assert "A mill falls" in words(client.get(PAGE))
    narrowed = client.get(f"{PAGE}?kind=2")
    assert "A bridge is closed" not in words(narrowed)
    assert "Only with pictures" not in words(narrowed)


def test_a_medium_without_a_public_entry_is_gone(client, shown, editor):
    shown()
    event = fresh(EventFactory._meta.model.objects.get())
    assert client.get(PAGE).status_code == 200

    publishing.withdraw(event, by=editor, seen=event.version, reason="Another bridge.")

    assert client.get(PAGE).status_code == 410
    assert "The old bridge" not in words(client.get(PAGE))
    assert "The old bridge" not in words(client.get(MEDIA))
    assert client.get("/the-flood/asset/2/").status_code == 404


def test_what_was_taken_down_says_why(client, shown):
    material = shown()
    reason = "A picture was taken down: its licence ended on 5 March 2021."

    press.print_material(take_down(material, "Its licence ended on 5 March 2021."), by=None, note=reason)

    gone = client.get(PAGE)
    assert gone.status_code == 410
    assert "taken down: Its licence ended on 5 March 2021." in words(gone)
    assert reason in words(client.get("/the-flood/entry/1/"))
    assert not named_in(client.get("/the-flood/entry/1/"))


def test_the_history_says_which_picture_came_and_went(client, shown, editor):
    material = shown()
    publish(use(material.uses.get().event), editor, note="Of another bridge.")

    assert "Shows: taken out: The old bridge from the quay put in: nothing" in words(
        client.get("/the-flood/entry/1/")
    )


def test_the_media_of_a_chronicle_the_last_first(client, shown, monkeypatch):
    for number in range(3):
        kind = KindFactory(name="Loss" if number == 1 else "Damage")
        event = EventFactory(approved=True, headline=f"Number {number}", kind=kind)
        shown(event=event, width=300 + number)

    html = main_of(client.get(MEDIA))
    assert re.findall(r"/asset/(\d)-", html) == ["3", "2", "1"]
    assert re.findall(r"/asset/(\d)-", main_of(client.get(f"{MEDIA}?kind=2"))) == ["2"]
    assert re.findall(r"/asset/(\d)-", main_of(client.get(f"{MEDIA}?q=1"))) == ["2"]
    monkeypatch.setattr("chronicle.site.gallery.PER_PAGE", 2)
    first = client.get(MEDIA)
    assert re.findall(r"/asset/(\d)-", main_of(first)) == ["3", "2"]
    [following] = re.findall(r'rel="next" href="([^"#]+)', first.content.decode())
    assert re.findall(r"/asset/(\d)-", main_of(client.get(MEDIA + following))) == ["1"]
    assert "There are no more pictures" in words(client.get(f"{MEDIA}?after=1"))
    assert "Nothing matches" in words(client.get(f"{MEDIA}?q=nowhere"))


def test_a_chronicle_without_media_says_so(client, published):
    assert "No picture has been published yet" in words(client.get(MEDIA))


def test_media_yes_shows_what_shows_pictures(client, shown, editor):
    EventFactory(published=True, headline="Without a picture")
    shown("With a picture")

    for address in (TIMELINE, DAY):
        assert "Only with pictures or documents 1" in words(client.get(address))
        narrowed = words(client.get(f"{address}?media=yes"))
        assert "With a picture" in narrowed
        assert "Without a picture" not in narrowed
    assert "“no” is none of the values of media: yes." in words(client.get(f"{TIMELINE}?media=no"))


def test_control_nobody_is_offered_pictures_where_there_are_none(client, published):
    for address in (TIMELINE, DAY):
        assert "Only with pictures" not in words(client.get(address))


def test_captions_and_alternative_texts_are_found_by_their_words(client, shown, editor):
    material = shown(caption="")

    for found in ("arches", '"from the quay"'):
        assert "A bridge is closed" in words(client.get(f"{TIMELINE}?q={found}"))
    press.print_material(change(material, alt="A weir."), by=editor, note="It is a weir.")
    assert "A bridge is closed" in words(client.get(f"{TIMELINE}?q=weir"))
    assert "A bridge is closed" not in words(client.get(f"{TIMELINE}?q=arches"))


def test_search_engines_find_the_media(client, shown):
    shown()

    slices = [client.get(f"/the-flood/sitemap-{number}.xml") for number in range(1, 9)]
    listed = "".join(each.content.decode() for each in slices if each.status_code == 200)
    assert f"http://testserver{MEDIA}</loc>" in listed
    assert f"http://testserver{PAGE}</loc>" in listed


def test_the_card_stands_as_it_was_printed(client, shown):
    material = shown()

    assert entry_of(material.uses.get().event).card.count("<figure") == 1
    assert client.get(DAY).content.decode().count("<figure") == 1
