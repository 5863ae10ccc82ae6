"""Decoding in a process of its own: what it may take, what becomes of it at its limits, and without them."""

import os
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest
from PIL import Image

from media import sandbox, storage
from media.imaging import TOO_MANY_FRAMES, TOO_MANY_PIXELS
from media.jobs import TOO_MUCH_MEMORY
from media.limits import AT_ONCE, MIB, USUAL, WAITING
from media.probing import DAMAGED, Refused
from tests.support.hostile_files import unfolding
from tests.support.pictures import files_in, saved, scene

pytestmark = pytest.mark.no_database

SMALL = replace(USUAL, memory=60 * MIB)


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def on_disk(tmp_path):
    """Puts bytes into a file that is open for reading."""
    opened = []

    def put(content: bytes):
        path = tmp_path / f"file-{len(opened)}"
        path.write_bytes(content)
        opened.append(path.open("rb"))
        return opened[-1]

    yield put
    for file in opened:
        file.close()


def look(file, reader="PNG", limits=USUAL):
    return sandbox.run("look", file, limits=limits, reader=reader).facts


def refusal(*arguments, **given) -> str:
    with pytest.raises(Refused) as refused:
        look(*arguments, **given)
    return refused.value.sentence


def test_a_picture_is_looked_at(on_disk):
    facts = look(on_disk(saved(scene(320, 200), "PNG")))

    assert (facts["width"], facts["height"], facts["frames"]) == (320, 200, 1)


@pytest.mark.parametrize("size", [(13_000, 13_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_header(on_disk, size):
    content = unfolding(*size, whole=False) if size[0] < 2**20 else _with_size(size)
    began = time.monotonic()

    said = refusal(on_disk(content))

    assert said in (TOO_MANY_PIXELS, DAMAGED)
    assert said == TOO_MANY_PIXELS or size[0] >= 2**20
    assert time.monotonic() - began < 5


def _with_size(size: tuple[int, int]) -> bytes:
    content = bytearray(unfolding(4, 4))
    content[16:24] = struct.pack(">LL", *size)
    content[29:33] = struct.pack(">L", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def test_fifty_megapixels_are_taken_and_one_more_is_not(on_disk):
    assert look(on_disk(unfolding(10_000, 5_000)))["width"] == 10_000
    assert refusal(on_disk(unfolding(10_000, 5_001, whole=False))) == TOO_MANY_PIXELS


@pytest.mark.parametrize("format", ["GIF", "WEBP", "TIFF", "PNG"])
def test_more_than_a_hundred_frames_are_refused(on_disk, format):
    def moving(count):
        frames = [Image.new("RGB", (8, 8), (n, 255 - n, n)) for n in range(count)]
        exact = {"lossless": True} if format == "WEBP" else {}
        return saved(frames[0], format, save_all=True, append_images=frames[1:], **exact)

    assert look(on_disk(moving(100)), format)["frames"] == 100
    assert refusal(on_disk(moving(101)), format) == TOO_MANY_FRAMES


def test_a_picture_that_takes_too_much_memory_is_refused(on_disk):
    assert refusal(on_disk(unfolding(6_000, 6_000)), limits=SMALL) == TOO_MUCH_MEMORY


def test_a_webp_is_refused_by_its_header_and_one_without_room_is_not_called_damaged(on_disk):
    lossless = saved(Image.new("RGB", (7_000, 5_000)), "WEBP", lossless=True, method=0)
    lossy = saved(Image.new("RGB", (64, 40)), "WEBP")
    head = lossy[:12] + b"VP8X" + struct.pack("<LL", 10, 0)

    assert refusal(on_disk(lossless), "WEBP") == TOO_MUCH_MEMORY
    assert refusal(on_disk(head + b"\x7f\x3e\0\x9f\x0f\0" + lossy[12:]), "WEBP") == TOO_MANY_PIXELS
    assert refusal(on_disk(lossless[:21] + b"\xff\xff\xff\x0f" + lossless[25:]), "WEBP") == TOO_MANY_PIXELS
    assert refusal(on_disk(lossy[:26] + b"\xff\x3f\xff\x3f" + lossy[30:]), "WEBP") == TOO_MANY_PIXELS
    assert refusal(on_disk(lossy[:-9]), "WEBP") == DAMAGED


def test_control_without_that_limit_it_is_taken(on_disk):
    facts = look(on_disk(unfolding(6_000, 6_000)), limits=replace(SMALL, memory=None))

    assert facts["width"] == 6_000


@pytest.fixture
def laborious(on_disk):
    """A picture that takes three seconds to be made into others."""
    return on_disk(saved(Image.effect_noise((1600, 4800), 80), "PNG", compress_level=1))


def test_a_picture_that_keeps_the_processor_too_long_is_refused(laborious):
    with pytest.raises(Refused) as refused:
        sandbox.run("render", laborious, limits=replace(USUAL, seconds=1), reader="PNG", words={})

    assert refused.value.sentence == sandbox.TOO_LONG


def test_control_without_that_limit_it_is_taken_too(laborious):
    made = sandbox.run(
        "render", laborious, limits=replace(USUAL, seconds=None, wall=90.0), reader="PNG", words={}
    )

    assert len(made.parts) == 12


def test_an_answer_that_is_too_long_is_refused(on_disk):
    file = on_disk(saved(scene(640, 400)))

    with pytest.raises(Refused) as refused:
        sandbox.run("render", file, limits=replace(USUAL, written=4096), reader="JPEG", words={})

    assert refused.value.sentence == sandbox.TOO_MUCH
    assert len(sandbox.run("render", file, reader="JPEG", words={}).parts) == 9


def run(program: str, on_disk, **given):
    """A program in place of ours, on an empty file."""
    return sandbox.run("look", on_disk(b"x"), program=("-c", program), **given)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", DAMAGED),
        ("import os; os.abort()", DAMAGED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", sandbox.TOO_LONG),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", sandbox.TOO_LONG),
        ("import time; time.sleep(60)", sandbox.TOO_LONG),
    ],
)
def test_a_process_that_is_killed_is_a_refusal(on_disk, program, sentence):
    with pytest.raises(Refused) as refused:
        run(program, on_disk, limits=replace(USUAL, wall=1.0))

    assert refused.value.sentence == sentence


def test_a_program_that_does_not_work_is_no_fault_of_the_file(on_disk):
    with pytest.raises(sandbox.Broken, match="ended with 3"):
        run("import sys; sys.exit(3)", on_disk)


@pytest.mark.parametrize("ends", ["time.sleep(60)", 'print(\'{"facts": {}, "lengths": []}\')'])
def test_its_children_end_with_it(on_disk, tmp_path, ends):
    note = tmp_path / "child"
    program = f"""
import os, time
if os.fork() == 0:
    open({str(note)!r}, "w").write(str(os.getpid()))
    time.sleep(60)
while not os.path.exists({str(note)!r}) or not open({str(note)!r}).read():
    time.sleep(0.01)
{ends}
"""
    try:
        run(program, on_disk, limits=replace(USUAL, wall=2.0))
    except Refused:
        assert "sleep" in ends

    assert gone(int(note.read_text()))


def gone(pid: int) -> bool:
    """Whether a process ended within a second; one that waits for its parent to ask has."""
    for _ in range(100):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


def test_it_knows_nothing_of_our_environment(on_disk, monkeypatch):
    monkeypatch.setenv("CHRONICLE_SECRET_KEY", "a secret")
    program = "import json, os; print(json.dumps({'facts': dict(os.environ), 'lengths': []}))"

    assert set(run(program, on_disk).facts) <= {"LANG", "MALLOC_ARENA_MAX", "LC_CTYPE"}


def test_it_is_held_to_limits_that_it_cannot_raise(on_disk):
    program = """
import json, resource
from dataclasses import asdict
from media import jobs
from media.limits import USUAL
jobs.hold_to(**asdict(USUAL))
names = "AS CPU FSIZE NOFILE NPROC CORE".split()
facts = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}
print(json.dumps({"facts": facts, "lengths": []}))
"""
    held = run(program, on_disk).facts

    assert {soft for soft, hard in held.values() if soft == hard} == {soft for soft, _ in held.values()}
    assert held["CPU"] == [USUAL.seconds] * 2
    assert held["FSIZE"] == [USUAL.written] * 2
    assert (held["NPROC"], held["CORE"]) == ([0, 0], [0, 0])
    assert USUAL.memory < held["AS"][0] < USUAL.memory + 200 * MIB


def test_it_loads_no_django_and_nothing_of_ours_but_pictures(on_disk):
    program = """
import json, sys
import media.jobs
print(json.dumps({"facts": {"loaded": list(sys.modules)}, "lengths": []}))
"""
    loaded = {name.partition(".")[0] for name in run(program, on_disk).facts["loaded"]}

    assert {"media", "PIL"} <= loaded
    assert not {"django", "chronicle", "events"} & loaded


def test_only_so_many_run_at_a_time_and_who_waits_too_long_is_told(on_disk, monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE", 0.2)
    file = on_disk(saved(scene(20, 10), "PNG"))

    with all_turns():
        assert refusal(file) == sandbox.BUSY

    assert look(file)["width"] == 20


def all_turns():
    stack = ExitStack()
    for _ in range(AT_ONCE):
        stack.enter_context(storage.turn(at_once=AT_ONCE, waiting=0, patience=0))
    return stack


def test_only_so_many_wait_and_the_next_is_told_at_once(on_disk):
    file, began = on_disk(saved(scene(20, 10), "PNG")), time.monotonic()

    def waits():
        with pytest.raises(storage.Busy), storage.turn(at_once=AT_ONCE, waiting=WAITING, patience=2):
            pass
        return time.monotonic() - began

    with all_turns(), ThreadPoolExecutor(WAITING) as threads:
        waiting = [threads.submit(waits) for _ in range(WAITING)]
        time.sleep(0.3)
        assert refusal(file) == sandbox.BUSY
        assert time.monotonic() - began < 1.5
        assert min(one.result() for one in waiting) >= 2


def test_a_turn_is_kept_for_all_of_a_block(on_disk, monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE", 0.2)
    file = on_disk(saved(scene(20, 10), "PNG"))

    with sandbox.turn(), ExitStack() as others:
        for _ in range(AT_ONCE - 1):
            others.enter_context(storage.turn(at_once=AT_ONCE, waiting=0, patience=0))
        assert look(file)["width"] == 20


def test_all_of_a_request_ends_in_time_to_be_answered(on_disk):
    file, began = on_disk(saved(scene(20, 10), "PNG")), time.monotonic()

    with sandbox.within(2), sandbox.within(60), pytest.raises(Refused) as refused:
        sandbox.run("look", file, program=("-c", "import time; time.sleep(60)"))
    with sandbox.within(0.1), all_turns():
        assert refusal(file) == sandbox.BUSY

    assert refused.value.sentence == sandbox.BUSY
    assert time.monotonic() - began < 8


def test_nothing_is_left_lying_about(on_disk, media_folder):
    look(on_disk(saved(scene(20, 10), "PNG")))
    refusal(on_disk(b"\x89PNG\r\n\x1a\n"))

    assert list(files_in(media_folder)) == []
    assert os.listdir(media_folder / "incoming") == []
