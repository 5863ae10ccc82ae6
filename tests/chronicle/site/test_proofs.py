"""A reader checks an edition with a shell and sha256sum, and gets no word that readers cannot read."""

import re
import subprocess
from html import unescape

import pytest

from chronicle.models import Edition, Log
from events.editorial import publishing
from tests.chronicle.site.test_changes_seen import retell
from tests.support.cast import fresh, publish
from tests.support.counting import MOST, queries
from tests.support.proposals import change


def lines_on(client, address: str) -> str:
    """The lines that a page tells its readers to run."""
    return unescape(
        re.search(r"<pre><code>(.*?)</code></pre>", client.get(address).content.decode(), re.S)[1]
    )


def checked(client, folder, lines: str) -> list[str]:
    """What they print beside the proof that they name, downloaded."""
    name = re.search(r"edition-\d+\.txt", lines)[0]
    response = client.get(f"/the-flood/log/{name}")
    assert name in response["Content-Disposition"]
    (folder / name).write_bytes(response.content)
    ran = subprocess.run(["bash", "-c", lines], cwd=folder, capture_output=True, text=True, check=True)
    assert not ran.stderr
    return ran.stdout.split()


@pytest.fixture
def many(published, editor):
    """An entry of two editions, with what it rests on: a tree that is not full."""
    retell(published, editor, "It was “the other”, at 100 %.", headline="The other bridge: شوشا \\1 'x'")
    return fresh(published)


def test_the_five_lines_on_the_page_prove_each_edition(client, many, tmp_path):
    lines = lines_on(client, "/the-flood/entry/1/")
    assert len(lines.splitlines()) == 5
    log = Log.objects.get()
    checkpoint = client.get("/the-flood/log/checkpoint.txt").content.decode().splitlines()
    assert checkpoint[1] == str(log.size)

    for edition in Edition.objects.all():
        told = checked(client, tmp_path, re.sub(r"edition-\d+", f"edition-{edition.seq}", lines))
        commitment, _, sealed, leaf, of_page, root, of_file = told
        assert sealed == f'"commitment":"{commitment}'
        assert leaf == of_page == edition.leaf
        assert root == of_file == checkpoint[2]


def test_whoever_changes_a_word_of_it_is_found_out(client, many, tmp_path):
    lines = lines_on(client, "/the-flood/entry/1/")
    checked(client, tmp_path, lines)
    file = next(tmp_path.iterdir())
    file.write_text(file.read_text().replace("The other bridge", "The same bridge"))

    ran = subprocess.run(["bash", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True)

    commitment, _, sealed, *_ = ran.stdout.split()
    assert sealed != f'"commitment":"{commitment}'


def test_what_readers_cannot_read_is_proved_without_its_words(client, many, editor, source, moderator):
    before = Edition.objects.filter(subject="entry/1")
    at = {edition.edition: f"/the-flood/log/edition-{edition.seq}.txt" for edition in before}
    assert b"\nsalt " in client.get(at[1]).content
    publishing.withdraw(many, by=editor, seen=many.version, reason="It was dry.")

    for address in at.values():
        content = client.get(address).content
        assert b"bridge" not in content
        assert b"\nsalt " not in content
        assert b"\nheader " in content
    last = Edition.objects.get(action="withdrawal")
    assert b"It was dry." in client.get(f"/the-flood/log/edition-{last.seq}.txt").content
    cited = Edition.objects.get(subject="source/1")
    assert b"rises" not in client.get(f"/the-flood/log/edition-{cited.seq}.txt").content

    publishing.reopen_event(fresh(many), by=editor, seen=fresh(many).version)
    publishing.submit(fresh(many), by=editor, seen=fresh(many).version)
    publish(fresh(many), editor, note="It was not.")
    assert b"bridge" not in client.get(at[1]).content
    assert b"It was dry." not in client.get(f"/the-flood/log/edition-{last.seq}.txt").content
    restored = Edition.objects.get(action="restoration")
    assert b"other bridge" in client.get(f"/the-flood/log/edition-{restored.seq}.txt").content


def test_what_is_not_in_the_log_is_not_found(client, published, source, editor, moderator):
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")

    for number in ("0", "01", "999", "9" * 12, "9" * 30):
        assert client.get(f"/the-flood/log/edition-{number}.txt").status_code == 404
    assert queries(client, "/the-flood/log/edition-1.txt") <= MOST
    assert queries(client, "/the-flood/source/1/changes/") <= MOST
