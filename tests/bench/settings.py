"""The settings of the site as in production, with its collected files in the folder of the bench."""

import os
from pathlib import Path

from chronicle.settings import *  # noqa: F403, TID251 - a settings module is what others are made of

STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
SECOND_FACTOR = False
"""Whoever is seated at the desk by the bench has signed in already."""
