"""Another host may serve the files of media: pages name them there, and the record knows nothing of it."""

import re

import pytest

from chronicle import prose
from chronicle.record.verifying import problems
from tests.support.cast import entry_of, publish
from tests.support.factories import EventFactory, StoryFactory
from tests.support.media import make_material, paper_of, use
from tests.support.starting import start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

HOST = "https://files.example"
PICTURE, PAPER = "/the-flood/asset/1-the-old-bridge-from-the-quay/", "/the-flood/asset/2-the-report/"
ENTRY, MEDIA, DAY = "/the-flood/entry/1/", "/the-flood/media/", "/the-flood/day-3/"
ADDRESSES = [DAY, "/the-flood/timeline/", ENTRY, PICTURE, PAPER, MEDIA]
FILE = re.compile(r"[^\s\"]*/media/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z]{3,4}")


@pytest.fixture
def shown(editor):
    """An entry with a picture and a document."""
    picture = make_material()
    paper = make_material(asset=paper_of(StoryFactory()), caption="The report")
    event = use(EventFactory(approved=True), picture, paper)
    publish(event, editor)
    return event


@pytest.fixture
def elsewhere(settings):
    settings.CHRONICLE_MEDIA_HOST = HOST


def hosts_in(html: str) -> set[str]:
    """What stands before the path of each file that a page names."""
    return {found.partition("/media/")[0] for found in FILE.findall(html)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_file_of_a_page_is_named_at_the_other_host(client, shown, elsewhere, address):
    html = client.get(address).content.decode()

    assert hosts_in(html) == {HOST}
    assert f'src="{HOST}/media/' in html or f'href="{HOST}/media/' in html


@pytest.mark.parametrize("address", ADDRESSES)
def test_control_without_one_they_are_of_this_host(client, shown, address):
    html = client.get(address).content.decode()

    # Told to machines, an address is whole.
    assert hosts_in(html) - {"http://testserver"} == {""}
    assert HOST not in html


def test_pages_of_either_come_from_one_process(client, shown, settings):
    before = client.get(DAY).content.decode()
    settings.CHRONICLE_MEDIA_HOST = HOST
    between = client.get(DAY).content.decode()
    settings.CHRONICLE_MEDIA_HOST = ""

    assert hosts_in(between) == {HOST}
    assert hosts_in(client.get(DAY).content.decode()) == hosts_in(before) == {""}


def test_machines_and_links_are_told_of_it_too(client, shown, elsewhere):
    picture, paper = (client.get(address).content.decode() for address in (PICTURE, PAPER))

    [beside] = re.findall(r'property="og:image" content="([^"]+)"', picture)
    assert beside.startswith(f"{HOST}/media/")
    assert f'"contentUrl":"{beside}"' in picture
    assert f'"contentUrl":"{HOST}/media/' in paper


def test_the_record_is_the_same_wherever_its_files_are(client, shown, settings):
    settings.CHRONICLE_MEDIA_HOST = HOST

    assert list(problems()) == []
    assert hosts_in(entry_of(shown).card) == {""}
    assert HOST not in entry_of(shown).card


def test_a_card_that_names_another_host_shows_nothing_of_it(elsewhere):
    there = f"https://evil.example/media/ab/{'a' * 64}.webp"
    said = f"<p>See /media/ab/{'a' * 64}.pdf, or “https://x.example/media/ab/”.</p>"

    card = prose.as_printed(f'<img src="{there}" alt="x"><a href="https://x.example/media/ab/">it</a>{said}')

    assert "evil" not in card
    assert HOST not in card
    assert 'href="https://x.example/media/ab/"' in card
    assert said in card


POLICY = """
import django
django.setup()
from django.test import Client
print(Client(headers={"x": "y"}).get("/robots.txt", secure=True, headers={"host": "chronicle.example"})
    ["Content-Security-Policy"])
"""


@pytest.mark.parametrize(("host", "sources"), [(HOST, f"'self' {HOST}"), (None, "'self'"), ("", "'self'")])
def test_the_policy_allows_pictures_of_that_host_and_no_other(scratch, host, sources):
    told = {**scratch, "DJANGO_SETTINGS_MODULE": "chronicle.settings", "CHRONICLE_MEDIA_HOST": host}

    ran = start("-c", POLICY, **told)

    assert ran.returncode == 0, ran.stderr
    policy = dict(each.strip().split(" ", 1) for each in ran.stdout.split(";"))
    assert policy["img-src"] == sources
    assert policy["default-src"] == "'none'"
    assert HOST not in str({name: said for name, said in policy.items() if name != "img-src"})


@pytest.mark.parametrize(
    "wrong",
    [
        *("http://files.example", "files.example", "https://files.example/", "https://files.example/x"),
        *("https://a.example https://b.example", "https://*.example", "https://a.example; script-src *"),
        *("https://user@files.example", "https://FILES.example", "https://-a.example", "https://a.example:0"),
    ],
)
def test_what_is_no_origin_stops_the_start_with_a_sentence(wrong):
    ran = start("manage.py", "check", CHRONICLE_MEDIA_HOST=wrong)

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Chronicle cannot start: CHRONICLE_MEDIA_HOST is “{wrong[:60]}”. Set it to")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize("right", [HOST, "https://files.example:8443", "https://localhost"])
def test_control_an_origin_does_not(right):
    ran = start("manage.py", "check", CHRONICLE_MEDIA_HOST=right)

    assert ran.returncode == 0, ran.stderr
