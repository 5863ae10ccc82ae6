"""Pixels of any kind, as plain colours of sRGB: no palette, no transparency, eight bits. Pure.

What lies behind transparent pixels may be what somebody meant to hide: it is gone, they stand on white.
"""

from functools import cached_property
from io import BytesIO

from PIL import Image, ImageCms

SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""Which pixels a profile speaks of, by the space that it names."""

AS_THEY_ARE = ("L", "RGB", "CMYK", "LAB")


class Flattener:
    """Makes any part of one picture flat: L, RGB, CMYK or LAB, as its colour profile speaks of."""

    def __init__(self, picture: Image.Image) -> None:
        self.picture = picture

    @cached_property
    def mode(self) -> str:
        return self.flat(self.picture.crop((0, 0, 1, 1))).mode

    def flat(self, part: Image.Image) -> Image.Image:
        if part.mode in ("I", "F") or part.mode.startswith("I;16"):
            return self._eight_bits(part)
        if part.has_transparency_data or part.mode in ("PA", "La", "RGBa"):
            return _on_white(part.convert("RGBA"))
        if part.mode in AS_THEY_ARE:
            return part
        return part.convert("L" if part.mode == "1" else "RGB")

    def _eight_bits(self, part: Image.Image) -> Image.Image:
        low, high = self._range
        scale = 255 / (high - low)
        if part.mode.startswith("I;16"):
            part = part.convert("I")
        return part.point(lambda value: value * scale - low * scale).convert("L")

    @cached_property
    def _range(self) -> tuple[float, float]:
        """What is black and what is white where pixels have more than eight bits."""
        if self.picture.mode.startswith("I;16"):
            return 0, 0xFFFF
        low, high = self.picture.getextrema()
        if isinstance(low, tuple) or isinstance(high, tuple):
            raise ValueError("More than eight bits, in several channels.")
        if self.picture.mode == "I" and low >= 0 and high <= 0xFFFF:
            return (0, 0xFF) if high <= 0xFF else (0, 0xFFFF)
        return (low, high) if low < high else (low, low + 1)


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A flat picture in sRGB, by its colour profile where that can be used."""
    if profile:
        try:
            return _by_profile(picture, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    if picture.mode == "LAB":
        return _by_profile(picture, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    if SPACES.get(profile.profile.xcolor_space.strip()) != picture.mode:
        raise ValueError("The profile speaks of other pixels.")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    transform = ImageCms.buildTransform(profile, srgb, picture.mode, "RGB")
    made = transform.apply(picture)
    # Pillow puts the new profile there, from where it would be saved along, with the time of its making.
    made.info.clear()
    return made
