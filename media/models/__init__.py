"""Files and technical facts: what was uploaded, the copies made of it, and what was done with either."""

from media.models.asset import Asset
from media.models.custody import Custody
from media.models.publication import Publication
from media.models.rendition import Rendition

__all__ = ["Asset", "Custody", "Publication", "Rendition"]
