"""A checkpoint says how far a log is; a record that does not go on from one is found out."""

import base64
import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from chronicle import seal
from chronicle.models import Chronicle, Edition, Log, Sheet
from chronicle.record import checkpoints, notes
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from tests.support.emptying import unguarded
from tests.support.factories import EventFactory, StoryFactory

KEY = bytes(range(32))


@pytest.fixture
def printed(db):
    EventFactory(published=True)
    return Chronicle.objects.get()


def said(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def kept(printed, tmp_path):
    """A file with the checkpoint of now, kept elsewhere."""
    file = tmp_path / "checkpoint.txt"
    file.write_text(said("checkpoint"), encoding="utf-8")
    return file


def against(file, *arguments: str) -> str:
    return said("verify_record", "--against", str(file), *arguments)


def test_without_a_key_it_is_origin_size_and_root(printed):
    leaves = [bytes.fromhex(leaf) for leaf in Edition.objects.order_by("seq").values_list("leaf", flat=True)]
    root = base64.b64encode(seal.root(leaves)).decode()

    assert said("checkpoint") == f"localhost/{printed.key}\n{len(leaves)}\n{root}\n"


def test_with_a_key_it_is_a_note_signed_in_the_name_of_the_origin(printed, settings):
    plain = said("checkpoint")
    settings.CHRONICLE_LOG_KEY = KEY

    text, _, signature = said("checkpoint").partition("\n\n")

    assert text + "\n" == plain
    mark, origin, encoded = signature.split()
    public = notes.public_key(KEY)
    hashed = hashlib.sha256(printed.origin.encode() + b"\n\x01" + public).digest()
    assert (mark, origin) == ("—", printed.origin)
    assert base64.b64decode(encoded)[:4] == hashed[:4]
    assert notes.is_signed_by(said("checkpoint"), printed.origin, public)
    assert not notes.is_signed_by(said("checkpoint").replace("\n", "\n1", 1), printed.origin, public)


@pytest.fixture
def two(printed):
    """A second chronicle."""
    other = StoryFactory(slug="the-drought", title="The drought")
    EventFactory(published=True, day__story=other, kind__story=other, source__outlet__story=other)


def test_each_chronicle_has_its_own_and_one_may_be_chosen(two):
    the_drought, the_flood = Chronicle.objects.order_by("slug")

    both = checkpoints.read(said("checkpoint"))

    assert [checkpoint.origin for checkpoint in both] == [the_drought.origin, the_flood.origin]
    assert checkpoints.read(said("checkpoint", "--chronicle", "the-flood")) == both[1:]


def test_a_chronicle_that_is_not_there_is_named(printed):
    with pytest.raises(CommandError, match="There is no chronicle “the-fire”"):
        said("checkpoint", "--chronicle", "the-fire")


def test_of_an_empty_record_there_is_none(db):
    with pytest.raises(CommandError, match="Nothing is printed yet"):
        said("checkpoint")


def test_a_record_that_goes_on_from_it_is_whole(kept):
    size = Log.objects.get().size
    EventFactory(published=True, headline="A road is closed")

    assert f"at {size}.\n" in against(kept)
    assert Log.objects.get().size > size


@pytest.mark.parametrize("key", [b"", KEY])
def test_every_checkpoint_of_a_file_is_looked_at(two, tmp_path, settings, key):
    settings.CHRONICLE_LOG_KEY = key
    file = tmp_path / "checkpoints.txt"
    file.write_text(said("checkpoint"), encoding="utf-8", newline="\r\n")
    assert against(file).count("It goes on from the checkpoint of") == 2

    file.write_text(file.read_text(encoding="utf-8").replace("localhost", "elsewhere"))
    with pytest.raises(CommandError, match="There is no chronicle of the origin elsewhere"):
        against(file)


def cut(keep: int) -> None:
    """Take the last editions away and make everything else agree: what only somebody outside can find."""
    with unguarded():
        gone = Edition.objects.filter(seq__gt=keep)
        Sheet.objects.filter(commitment__in=list(gone.values_list("commitment", flat=True))).delete()
        gone.delete()
    rebuild()


def test_a_log_that_was_cut_is_found_out(kept):
    size = Log.objects.get().size
    cut(size - 2)
    assert list(problems()) == []

    with pytest.raises(CommandError) as refusal:
        against(kept)

    assert str(refusal.value) == (
        "The record does not go on from the checkpoint. "
        f"The log has {size - 2} editions, fewer than the {size} of the checkpoint."
    )


def reprint(seq: int) -> None:
    """Seal an edition and all that follows on it again in another name."""
    with unguarded():
        edition = Edition.objects.get(seq=seq)
        edition.by = "desk-forged"
        Edition.objects.filter(pk=edition.pk).update(by=edition.by, leaf=seal.leaf(edition.header()).hex())
    rebuild()


def test_a_log_of_other_editions_is_found_out(kept):
    reprint(2)
    assert list(problems()) == []

    with pytest.raises(CommandError, match="editions are not those of the checkpoint: its root is another"):
        against(kept)


def test_a_log_that_went_on_from_other_editions_is_found_out(kept):
    EventFactory(published=True, headline="A road is closed")
    reprint(2)

    with pytest.raises(CommandError, match="its root is another"):
        against(kept)


def test_what_is_wrong_inside_is_said_first(kept):
    Log.objects.update(root="0" * 64)

    with pytest.raises(CommandError, match="The record is not as it was printed"):
        against(kept)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "localhost/x\n3\n",
        "localhost/x\nthree\n" + ROOT,
        "localhost/x\n-3\n" + ROOT,
        "localhost/x\n03\n" + ROOT,
        "localhost/x\n3\nno-root",
        "localhost/x\n3\n" + ROOT[:-4],
        "\n3\n" + ROOT,
    ],
)
def test_what_is_no_checkpoint_is_said_to_be_none(db, tmp_path, text):
    file = tmp_path / "checkpoint.txt"
    file.write_text(text)

    with pytest.raises(CommandError, match=r"Cannot read .*checkpoint"):
        against(file)


def test_a_file_that_cannot_be_read_is_named(db, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match=r"Cannot read .*nothing.txt: No such file"):
        against(tmp_path / "nothing.txt")
    with pytest.raises(CommandError, match=r"Cannot read .*: it is not UTF-8 text"):
        against(tmp_path / "binary")


def test_the_empty_log_is_a_beginning_of_every_log(printed):
    empty = checkpoints.Checkpoint(printed.origin, 0, seal.EMPTY_ROOT)

    with transaction.atomic():
        assert checkpoints.disagreement(empty) == ""
