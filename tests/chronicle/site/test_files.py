"""The addresses of files: answered for ever or not at all, with nothing but the one file that each names."""

import pytest

from events.editorial import publishing
from media import storage
from tests.support.answers import close
from tests.support.cast import fresh, publish
from tests.support.factories import EventFactory, StoryFactory
from tests.support.media import make_material, paper_of, public_files, use
from tests.support.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]

NO_FILE = "No entry shows a picture or document with this address: none ever did, or it does no longer."


@pytest.fixture
def event(editor):
    """A published event with a picture and a document."""
    shown = use(EventFactory(approved=True), make_material(), make_material(asset=paper_of(StoryFactory())))
    publish(shown, editor)
    return fresh(shown)


@pytest.fixture
def addresses(event):
    return [f"/media/{name[:2]}/{name}" for name in sorted(public_files())]


def test_a_file_is_named_by_its_bytes_and_asked_for_once(client, addresses):
    assert {address.rpartition(".")[2] for address in addresses} == {"avif", "webp", "jpg", "txt"}
    for address in addresses:
        answer, head = client.get(address), client.head(address)
        content = answer.getvalue()
        close(head)
        assert answer["ETag"] == f'"{address[10:74]}"'
        assert (head.status_code, head.getvalue()) == (200, b"")
        for name in ("ETag", "Content-Type", "Content-Length", "Content-Disposition", "Cache-Control"):
            assert head[name] == answer[name], name
        assert int(head["Content-Length"]) == len(content)
        assert "Set-Cookie" not in answer
        assert "Vary" not in answer


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_has_it_is_told_so(client, addresses, method):
    for address in addresses:
        tag = f'"{address[10:74]}"'
        for said in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = getattr(client, method)(address, headers={"if-none-match": said})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag), said
            assert again["Cache-Control"] == "public, max-age=31536000, immutable"


def test_control_whoever_has_another_gets_it(client, addresses):
    for address in addresses:
        answer = client.get(address, headers={"if-none-match": '"other"'})
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)


def test_what_is_shown_no_longer_is_answered_as_what_never_was(client, event, addresses, editor):
    publishing.withdraw(event, by=editor, seen=event.version, reason="Another bridge.")
    assert public_files() == set()

    never = client.get(f"/media/ab/ab{'0' * 62}.txt")
    for address in addresses:
        for gone in (
            client.get(address),
            client.get(address, headers={"if-none-match": f'"{address[10:74]}"'}),
        ):
            assert gone.status_code == never.status_code == 404
            assert words(gone) == words(never)
            assert NO_FILE in words(gone)
            assert gone["Cache-Control"] == "no-store"
            assert "ETag" not in gone
            assert "immutable" not in str(gone.headers)


def test_no_folder_is_listed_and_none_is_left(client, addresses):
    folder, name = addresses[0].split("/")[2:]
    (storage.public("ab" + "0" * 62 + ".txt")).mkdir(parents=True)
    storage.public("cd" + "0" * 62 + ".txt").parent.write_text("No folder.")
    for path in (
        *("", folder, f"{folder}/", f"{folder}/{name}/", f"{folder}/{name[:64]}", f"{folder}/{name}.txt"),
        *(f"00/{name}", f"{folder.upper()}/{name}", f"{folder}/{name.upper()}", f"./{folder}/{name}"),
        *(f"{folder}/../{folder}/{name}", f"{folder}/%2e%2e/{folder}/{name}", f"{folder}/{name}%00.txt"),
        *(f"..%2foriginals/{name}", f"/{folder}/{name}", f"{folder}/{name}%0a"),
        *("ab/ab" + "0" * 62 + ".txt", "cd/cd" + "0" * 62 + ".txt", "../media/.lock"),
    ):
        answer = client.get(f"/media/{path}")
        assert answer.status_code == 404, path
        assert name not in words(answer)
    assert client.get(addresses[0]).getvalue()


def test_it_needs_no_database(client, addresses, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(addresses[0]).getvalue()
