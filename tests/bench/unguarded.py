"""The application, but that it decodes in its own process, without limits and turns: for a control."""

from contextlib import nullcontext
from typing import Any, BinaryIO

from PIL import Image

from chronicle.wsgi import application  # noqa: F401 - what gunicorn looks for
from media import imaging, jobs, sandbox


def run(job: str, file: BinaryIO, **request: Any) -> sandbox.Answer:
    file.seek(0)
    return sandbox.Answer(*jobs.JOBS[job](file, **request))


sandbox.run = run
sandbox.turn = nullcontext
Image.MAX_IMAGE_PIXELS = None
imaging.FRAMES = 10**6
