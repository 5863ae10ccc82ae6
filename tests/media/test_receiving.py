"""Files that come to a running server: no more of them is kept than may be, on the disk or in memory."""

import time
from threading import Thread

import pytest

from media.limits import LARGEST, REQUEST
from media.receiving import TOO_MANY_BYTES, TOO_MANY_TOGETHER
from tests.bench.gauges import forget_peak, peak_of
from tests.support.pictures import files_in, saved, scene
from tests.support.uploading import ADD, Sent, kill, served, unnamed

MB = b"\xff\xd8\xff" + b"x" * (10**6 - 3)
TOO_LARGE = Sent("large.jpg", MB, times=LARGEST // 10**6 + 150)


@pytest.fixture
def server(scratch, tmp_path):
    with served(tmp_path, scratch) as server:
        yield server


def test_too_many_bytes_are_refused_in_a_sentence_and_take_no_memory_and_leave_no_file(server, tmp_path):
    server.fates(Sent("small.jpg", b"no picture"))
    for pid in server.workers:
        forget_peak(pid)
    before = sum(map(peak_of, server.workers))

    [fate] = server.fates(TOO_LARGE)

    assert fate["refused"] == TOO_MANY_BYTES
    assert sum(map(peak_of, server.workers)) - before < 50
    assert list(files_in(tmp_path / "media")) == []


def test_without_script_it_is_the_same_sentence_and_another_file_is_taken(server, tmp_path):
    status, said = server.send(TOO_LARGE, Sent("bridge.jpg", saved(scene())), accept="text/html")

    assert status == 200
    assert TOO_MANY_BYTES in said.decode()
    assert said.decode().count("Describe it") == 1
    assert len(list(files_in(tmp_path / "media" / "originals"))) == 1


def test_files_sent_together_are_kept_up_to_a_number_of_bytes(server):
    almost = LARGEST // 10**6 - 1
    files = [Sent(f"{number}.txt", b"a" * 10**6, times=almost) for number in range(5)]

    said = [fate.get("refused", "") for fate in server.fates(*files)]

    assert said == ["", "", "", "", TOO_MANY_TOGETHER]


class Paused(Sent):
    """A file that stops in the middle until it is to go on, or breaks off."""

    def parts(self):
        yield self.head
        for number in range(self.times):
            yield self.content
            if number == self.times // 2:
                for _ in range(600):
                    if self.name in REACHED:
                        break
                    time.sleep(0.05)
        yield b"\r\n"


REACHED = set()


def most_while_sending(server, folder, file, **how):
    """The most bytes that lay on the disk while ``file`` came, and as long as it paused."""
    sending = Thread(target=lambda: server.send(file, **how))
    sending.start()
    most, until = 0, time.monotonic() + 2
    while time.monotonic() < until:
        most = max(most, unnamed(server, folder))
        time.sleep(0.01)
    last = unnamed(server, folder)
    REACHED.add(file.name)
    sending.join(60)
    return most, last


def test_what_is_kept_of_too_many_bytes_is_gone_while_the_rest_still_comes(server, tmp_path):
    folder = tmp_path / "media"

    most, last = most_while_sending(server, folder, Paused("a.jpg", MB, times=200))

    assert (0 < most <= LARGEST, last) == (True, 0)


def test_whoever_is_not_signed_in_fills_no_disk(server, tmp_path):
    folder = tmp_path / "media"

    for path in (ADD, "/desk/login/", "/"):
        most, _ = most_while_sending(
            server, folder, Paused(f"b{path}.jpg", MB, times=40), path=path, signed_in=False
        )
        assert most == 0

    most, _ = most_while_sending(server, folder, Paused("control.jpg", MB, times=40))
    assert most > 10 * 10**6


def test_a_server_that_is_killed_while_a_file_comes_leaves_nothing(server, tmp_path):
    sending = Thread(target=_sent_in_vain, args=(server, Paused("c.jpg", MB, times=40)))
    sending.start()
    while unnamed(server, tmp_path / "media") < 10**6:
        time.sleep(0.01)

    kill(server)

    REACHED.add("c.jpg")
    sending.join(60)
    assert list(files_in(tmp_path / "media")) == []


def _sent_in_vain(server, file):
    with pytest.raises(OSError):
        server.send(file)


def test_a_request_of_an_absurd_size_is_not_read_at_all(server):
    class Said(Sent):
        def __len__(self):
            return REQUEST

    status, _ = server.send(Said("d.jpg", b"x"))

    assert status == 400
