"""Real files, odd ones and broken ones, from the shared data: each is taken as it is, or refused."""

import json
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps

from media import renditions, storage
from media.models import Asset
from media.probing import Refused
from tests.media.test_imaging import alike
from tests.support.pictures import files_in, read, take

SEEN_AS_STORED = {"avif_xmp_tags_orientation.avif"}
"""An AVIF says by itself how it is to be turned. This one does not; what its XMP says, no browser heeds."""

DAMAGED = {"pillow/broken/broken_data_stream.png"}
"""It was counted as loaded because it was loaded twice: the second time, Pillow gives what it has."""

TAKEN = {"JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"}


@pytest.fixture(scope="module")
def samples(shared) -> Path:
    folder = shared / "f-images"
    if not folder.is_dir():
        pytest.skip("The shared data has no f-images.")
    return folder


@pytest.fixture(scope="module")
def properties(samples) -> dict[str, dict]:
    """What is known of the files that are there, by name."""
    rows = map(json.loads, (samples / "properties.jsonl").read_text().splitlines())
    return {row["file"]: row for row in rows if (samples / row["file"]).exists()}


def fate(path: Path) -> Asset | str:
    """The asset of a file, or the sentence with which it was refused."""
    try:
        return take(path.read_bytes(), path.name)
    except Refused as refused:
        return refused.sentence


@pytest.mark.django_db
def test_each_is_taken_in_its_size_or_refused_with_a_sentence(samples, properties, media_folder):
    assert len(properties) > 50
    wrong = []
    for name, known in sorted(properties.items()):
        found = fate(samples / name)
        wanted = known["opens"] and known["loads"] and known["format"] in TAKEN and name not in DAMAGED
        if isinstance(found, str):
            if wanted or not found.endswith(".") or len(found) > 200:
                wrong.append((name, found))
        elif found.kind == "picture" and not (wanted and fits(found, samples / name)):
            wrong.append((name, found.mime, found.width, found.height))

    assert wrong == []
    assert set(files_in(media_folder)) == {storage.original(asset.sha256) for asset in Asset.objects.all()}


def fits(asset: Asset, path: Path) -> bool:
    """Whether an asset has the size that the picture has when it is turned as it was held."""
    return (asset.width, asset.height) == as_seen(path).size


def as_seen(path: Path) -> Image.Image:
    """The picture as it is to be seen, by other ways than ours: whole, on white, in sRGB."""
    with warnings.catch_warnings(action="ignore"), Image.open(path) as picture:
        picture.load()
        profile = picture.info.get("icc_profile")
        turned = picture if path.name in SEEN_AS_STORED else ImageOps.exif_transpose(picture)
        if profile and turned.mode == "RGB":
            srgb = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(turned, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb)
        seen = turned.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return ground.convert("RGB")


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["orientation", "exif"])
def test_each_copy_looks_like_the_picture_turned_as_it_was_held(samples, properties, media_folder, group):
    compared = 0
    for name, known in sorted(properties.items()):
        found = fate(samples / name) if known["group"] == group else ""
        if isinstance(found, str) or found.width < 64:
            continue
        compared += 1
        wanted = as_seen(samples / name).resize((32, 32), Image.Resampling.BOX)
        for copy in renditions.make(found):
            made = read(storage.rendition(copy.filename).read_bytes()).convert("RGB")
            assert made.size == (copy.width, copy.height), name
            near = alike(made.resize((32, 32), Image.Resampling.BOX), wanted)
            assert copy.blurred or near < 6, (name, copy.format)

    assert compared >= 5


@pytest.mark.django_db
def test_those_that_once_brought_readers_down_are_read_without_harm(samples, media_folder):
    bombs = sorted((samples / "pillow" / "bombs").iterdir())

    fates = {path.name: fate(path) for path in bombs}

    assert len(fates) >= 10
    assert [name for name, found in fates.items() if not isinstance(found, str)] == [
        "decompression_bomb_extents.gif"
    ]
