"""Documents for readers: given as they came, to be saved and never opened here, while they are shown."""

import json
import re

import pytest

from events import press
from events.editorial import publishing
from tests.support.cast import entry_of, fresh, publish, term_of
from tests.support.factories import EventFactory, StoryFactory
from tests.support.media import make_material, paper_of, public_files, take_down, use
from tests.support.reading import main_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

DAY, ENTRY, MEDIA = "/the-flood/day-3/", "/the-flood/entry/1/", "/the-flood/media/"
PAGE = "/the-flood/asset/1-the-report-on-the-wall/"
HOSTILE = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    b"/AA<</WC<</S/Launch/F(cmd.exe)>>>>/Names<</EmbeddedFiles 2 0 R>>>>endobj\n" + b"% " * 700 + b"\n%%EOF\n"
)
FILES = {
    "pdf": (HOSTILE, "wall.pdf", "PDF", "application/pdf"),
    "txt": (
        "Der Deich\u00a0h\u00e4lt.\n".encode(),
        "..\\\u202ewall.txt",
        "plain text",
        "text/plain; charset=utf-8",
    ),
}


@pytest.fixture(params=FILES)
def paper(request, editor):
    """A published event shows a document of each kind: what there is to know of it."""
    content, name, called, mime = FILES[request.param]
    said = {"caption": "The report on the wall", "alt": ""}
    material = make_material(asset=paper_of(StoryFactory(), content, name), **said)
    event = use(EventFactory(approved=True, headline="A wall holds"), material)
    publish(event, editor)
    filename = f"{material.asset.sha256}.{request.param}"
    return {
        **{"material": material, "event": event, "content": content, "called": called, "mime": mime},
        **{"filename": filename, "address": f"/media/{filename[:2]}/{filename}"},
    }


def test_a_reader_saves_the_file_as_it_came_and_opens_nothing_here(client, paper):
    response = client.get(paper["address"])

    assert response.status_code == 200
    assert response.getvalue() == paper["content"]
    assert response["Content-Type"] == paper["mime"]
    assert response["Content-Disposition"] == f'attachment; filename="{paper["filename"]}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox "
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{paper["filename"][:64]}"'


def test_its_document_names_one_file_by_its_bytes_and_not_what_it_was_called(paper):
    document = term_of(paper["material"]).document

    assert document["renditions"] == [
        {
            **{"width": None, "height": None, "blurred": False, "bytes": len(paper["content"])},
            **{"format": paper["filename"][65:], "sha256": paper["filename"][:64]},
        }
    ]
    assert document["kind"] == "document"
    assert document["source_type"] == ""
    assert "wall.txt" not in str(document)
    assert "wall.pdf" not in str(document)
    assert public_files() == {paper["filename"]}


def test_a_card_offers_it_with_what_it_is_and_how_large(client, paper):
    for address in (DAY, ENTRY):
        html = main_of(client.get(address))
        assert f'<a href="{paper["address"]}">Save the document</a>' in html, address
        assert "<img" not in html, address
        told = words(client.get(address))
        assert f"Save the document ({paper['called']}, " in told, address
        assert "The report on the wall Credit: Ana Reis. CC BY 4.0. About it" in told, address


def test_its_page_says_what_it_is_and_how_large(client, paper):
    told, html = words(client.get(PAGE)), main_of(client.get(PAGE))

    assert f"Document: {paper['called']}, " in told
    assert "How it came to be" not in told
    assert f'<a href="{paper["address"]}" download>{paper["called"]}</a>' in html
    assert "bytes" in told or "KB" in told
    assert paper["called"] in words(client.get(MEDIA))


def test_what_machines_are_told_of_it(client, paper):
    html = client.get(PAGE).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    assert data["@type"] == "DigitalDocument"
    assert data["contentUrl"] == f"http://testserver{paper['address']}"
    assert data["encodingFormat"] == paper["mime"].partition(";")[0]
    assert data["contentSize"]
    assert "width" not in data
    [beside] = re.findall(r'property="og:image" content="([^"]+)"', html)
    assert beside.endswith("picture.png")


def test_taken_down_nobody_gets_it_any_longer(client, paper):
    assert public_files() == {paper["filename"]}
    gone = take_down(paper["material"], "The wall was another.")

    press.print_material(gone, by=None, note="A document was taken down: The wall was another.")

    assert public_files() == set()
    assert client.get(paper["address"]).status_code == 404
    assert paper["address"] not in entry_of(paper["event"]).card
    assert term_of(gone).document["renditions"] == []


def test_it_goes_with_the_last_entry_that_shows_it_and_comes_back_with_one(client, paper, editor):
    event = fresh(paper["event"])
    publishing.withdraw(event, by=editor, seen=event.version, reason="Another wall.")
    assert public_files() == set()

    publishing.reopen_event(fresh(event), by=editor, seen=fresh(event).version)
    publish(event, editor, note="It was this wall.")

    assert public_files() == {paper["filename"]}


def test_what_may_upset_is_given_to_whoever_asks(client, editor):
    material = make_material(
        asset=paper_of(StoryFactory()), caption="The report on the wall", graphic="graphic"
    )
    publish(use(EventFactory(approved=True), material), editor)
    address = f"/media/{material.asset.sha256[:2]}/{material.asset.sha256}.txt"

    for page in (DAY, ENTRY, PAGE, MEDIA):
        assert address not in client.get(page).content.decode(), page
    for page in (DAY, ENTRY, PAGE):
        assert "This document is graphic. You get it when you ask for it. Show it" in words(client.get(page))
    asked = client.get(f"{PAGE}?show=yes")
    assert address in main_of(asked)
    assert "Put it away again" in words(asked)
