"""Where files lie: the only module that knows.

Under ``settings.CHRONICLE_MEDIA``::

    incoming/                    what is being uploaded, and answers of decoding processes; private
    originals/ab/cd/<sha256>     what was uploaded; private
    renditions/ab/<name>         copies made of it, for the desk; private
    public/ab/<name>             those that readers get: a server in front may serve this folder

A file comes to its place whole: written under another name, synced, renamed. Who writes a row that names a
file puts the file there first. What no row names is swept away once it is old; a lock keeps that from meeting
a file that comes at the same moment.
"""

import fcntl
import hashlib
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

INCOMING, ORIGINALS, RENDITIONS, PUBLIC = FOLDERS = ("incoming", "originals", "renditions", "public")
PRIVATE = 0o600
READABLE = 0o644
"""Of renditions, whose folder is closed: a public one is the same file under a second name."""

NAME = re.compile(r"[0-9a-f]{64}(\.[a-z]{3,4})?")
CHUNK = 1024 * 1024


class Busy(Exception):
    """Too many files are being decoded at this moment."""


def original(sha256: str) -> Path:
    return _root() / ORIGINALS / sha256[:2] / sha256[2:4] / _checked(sha256)


def rendition(filename: str) -> Path:
    return _root() / RENDITIONS / filename[:2] / _checked(filename)


def public(filename: str) -> Path:
    return _root() / PUBLIC / filename[:2] / _checked(filename)


def folder(name: str) -> Path:
    """Where one of ``FOLDERS`` is, whether it is there or not."""
    return _root() / name


def folder_of(path: Path) -> str:
    """In which of ``FOLDERS`` a file lies."""
    return path.relative_to(_root()).parts[0]


def is_public(filename: str) -> bool:
    """Whether readers can get it."""
    return public(filename).is_file()


def is_in_place(path: Path) -> bool:
    """Whether a public file lies where its name says, so that it has an address."""
    return bool(NAME.fullmatch(path.name)) and path == public(path.name)


def _root() -> Path:
    return Path(settings.CHRONICLE_MEDIA)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError("This names no file of ours.")
    return name


@contextmanager
def incoming() -> Iterator[BinaryIO]:
    """A new private file, gone afterwards unless it was kept."""
    path = _folder(INCOMING) / secrets.token_hex(16)
    try:
        with open(path, "x+b", opener=_privately) as file:
            yield file
    finally:
        path.unlink(missing_ok=True)


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def scratch() -> BinaryIO:
    """A private file without a name, gone when it is closed."""
    return tempfile.TemporaryFile(dir=_folder(INCOMING))


def keep(file: BinaryIO, place: Path) -> None:
    """Put what :func:`incoming` gave into its place, whole and synced, whatever is there already."""
    file.flush()
    os.fchmod(file.fileno(), PRIVATE if place.is_relative_to(_root() / ORIGINALS) else READABLE)
    os.fsync(file.fileno())
    with _alone():
        _make_room(place)
        os.replace(file.name, place)
        os.utime(place)
    _sync(place.parent)


def show(filename: str) -> None:
    """Let readers get a rendition: by a second name of its file, or a copy where a disk has no such thing."""
    place, source = public(filename), rendition(filename)
    with _alone():
        _make_room(place)
        beside = _folder(INCOMING) / secrets.token_hex(16)
        try:
            os.link(source, beside)
        except OSError:
            beside.write_bytes(source.read_bytes())
            beside.chmod(READABLE)
        os.replace(beside, place)
        beside.unlink(missing_ok=True)
        os.utime(place)
    _sync(place.parent)


def hide(filename: str) -> None:
    """Let readers get it no longer."""
    public(filename).unlink(missing_ok=True)


def _folder(name: str) -> Path:
    """A folder right under the root, made where it is missing: closed to others but for what is public."""
    found = _root() / name
    if not found.is_dir():
        found.parent.mkdir(parents=True, exist_ok=True)
        found.mkdir(mode=0o755 if name == PUBLIC else 0o700, exist_ok=True)
    return found


def _make_room(place: Path) -> None:
    _folder(folder_of(place))
    for missing in reversed([parent for parent in place.parents if not parent.is_dir()]):
        missing.mkdir(exist_ok=True)
        _sync(missing.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def files(folder_name: str) -> Iterator[Path]:
    """All files in one of ``FOLDERS``, in the order of their names."""
    for place, folders, names in os.walk(_root() / folder_name):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names))


def is_old(path: Path, *, seconds: float) -> bool:
    """Whether nobody has put a file there within the last ``seconds``; not of one that is not there."""
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime >= seconds
    return False


def remove_if_old(path: Path, *, seconds: float) -> bool:
    """Remove a file that nobody has put there within the last ``seconds``; whether it was."""
    with _alone(), suppress(FileNotFoundError):
        if is_old(path, seconds=seconds):
            path.unlink()
            return True
    return False


def digest(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and how many bytes it has; raises ``OSError`` where it cannot be read."""
    counted, found = 0, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            counted += len(chunk)
            found.update(chunk)
    return found.hexdigest(), counted


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time among all processes of this machine that put files or sweep them away."""
    descriptor = _lock_file("lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def turn(*, at_once: int, waiting: int, patience: float) -> Iterator[None]:
    """One of so many turns on this machine; only so many wait for one, so many seconds. Raises ``Busy``."""
    descriptor = _free("turn", at_once)
    if descriptor is None:
        descriptor = _waited_for(at_once, waiting, time.monotonic() + patience)
    try:
        yield
    finally:
        os.close(descriptor)


def _waited_for(at_once: int, waiting: int, until: float) -> int:
    place = _free("waiting", waiting)
    if place is None:
        raise Busy
    try:
        while (descriptor := _free("turn", at_once)) is None:
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.05)
        return descriptor
    finally:
        os.close(place)


def _free(name: str, count: int) -> int | None:
    """The first of so many locks of that name that nobody has; the kernel frees those of who is killed."""
    for number in range(count):
        descriptor = _lock_file(f"{name}-{number}")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _lock_file(name: str) -> int:
    return os.open(_folder(INCOMING).parent / f".{name}", os.O_RDWR | os.O_CREAT, PRIVATE)
