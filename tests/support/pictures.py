"""Pictures that a test needs, made when they are, and a folder of its own for what is uploaded."""

import hashlib
import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from media import intake
from media.models import Asset

OURS, THEIRS = UUID(int=1), UUID(int=2)
"""Two collections."""

USUAL: set[str] = set()
"""The hashes of the files that are ``known``."""


@pytest.fixture
def media_folder(tmp_path: Path, settings: Any) -> Path:
    """Where uploaded files lie in this test: its own folder, empty."""
    folder = tmp_path / "media"
    settings.CHRONICLE_MEDIA = str(folder)
    return folder


def scene(width: int = 320, height: int = 200) -> Image.Image:
    """A picture with no two corners alike: red, green, blue and yellow, with a slope of grey between."""
    small = Image.new("RGB", (64, 40))
    small.putdata([(4 * x, 6 * y, 128 + int(100 * math.sin(x / 9))) for y in range(40) for x in range(64)])
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    part = (max(1, width // 4), max(1, height // 4))
    for colour, corner in (
        ("red", (0, 0)),
        ("lime", (width - part[0], 0)),
        ("blue", (0, height - part[1])),
        ("yellow", (width - part[0], height - part[1])),
    ):
        picture.paste(colour, (*corner, corner[0] + part[0], corner[1] + part[1]))
    return picture


def saved(picture: Image.Image, format: str = "JPEG", **how: Any) -> bytes:
    content = BytesIO()
    picture.save(content, format, **how)
    return content.getvalue()


def usual(width: int, height: int = 40) -> bytes:
    """The file of a picture that a test needs for something else."""
    return known(saved(scene(width, height)))


def known(content: bytes) -> bytes:
    """A file that a test needs for something else: what it is decoded into is remembered."""
    USUAL.add(hashlib.sha256(content).hexdigest())
    return content


def read(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def upload(content: bytes, name: str = "picture.jpg", declared: str = "") -> SimpleUploadedFile:
    """What a form gives for a file."""
    return SimpleUploadedFile(name, content, content_type=declared or "application/octet-stream")


def take(content: bytes, name: str = "picture.jpg", *, declared: str = "", **given: Any) -> Asset:
    """Take an upload into our collection, by nobody, unless told otherwise."""
    given = {"collection": OURS, "by": None, **given}
    return intake.take(upload(content, name, declared), name=name, **given)


def row(collection: UUID = OURS, **facts: Any) -> Asset:
    """An asset whose file nobody asks for."""
    number = Asset.objects.count()
    known = {"sha256": f"{number:064x}", "byte_count": 9, "kind": "picture", "mime": "image/jpeg"}
    known |= {"width": 64, "height": 40, "likeness": 0, "name": f"{number}.jpg"}
    return Asset.objects.create(collection=collection, **known | facts)


def files_in(folder: Path) -> Iterator[Path]:
    """Every file there, but for locks."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
