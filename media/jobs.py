"""The program of the process that decodes: ``python -m media.jobs REQUEST``, without Django.

It reads the file on its standard input, and answers on its standard output, which is a file too: a line of
JSON, then the bytes that the line announces. It takes its limits before it looks at the first byte. See
media.sandbox.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image

from media import imaging, imprint, metadata, redaction
from media.probing import Refused

TOO_MUCH_MEMORY = (
    "This picture takes more memory to read than a picture may. Make it smaller, or send it as JPEG."
)
NICENESS = 19
"""Readers come first."""


def look(file: BinaryIO, reader: str) -> tuple[dict[str, Any], list[bytes]]:
    """The facts of a picture, as the columns of an asset."""
    found, likeness = imaging.looked_at(file, reader)
    width, height = found.size
    return {"width": width, "height": height, "frames": found.frames, "likeness": likeness}, []


def suggest(file: BinaryIO, reader: str) -> tuple[dict[str, Any], list[bytes]]:
    """What a picture says of itself."""
    return metadata.read(file, reader), []


def render(file: BinaryIO, reader: str, words: dict[str, str]) -> tuple[dict[str, Any], list[bytes]]:
    """What readers get of it."""
    made = list(imaging.renditions(file, reader, imprint.packet(**words)))
    facts = [
        {"width": one.width, "height": one.height, "format": one.format, "blurred": one.blurred}
        for one in made
    ]
    return {"made": facts}, [one.content for one in made]


def redact(file: BinaryIO, reader: str, boxes: list[imaging.Box]) -> tuple[dict[str, Any], list[bytes]]:
    """It with boxes burned in."""
    content, written_by = redaction.redacted(file, reader, boxes)
    return {"reader": written_by}, [content]


JOBS: dict[str, Callable[..., tuple[dict[str, Any], list[bytes]]]] = {
    "look": look,
    "suggest": suggest,
    "render": render,
    "redact": redact,
}


def hold_to(
    memory: int | None, seconds: int | None, written: int | None, open_files: int | None, wall: float
) -> None:
    """Take limits, which nothing can raise again. Memory comes on top of what is in use by now."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nor children, unless it runs as root, whom this does not bind.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if memory is not None:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory,) * 2)
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if written is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    if open_files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (open_files, open_files))
    # Python leaves it aside, and a write that fails would look like a fault of ours.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    # Should whoever started this be killed, nobody else ends it.
    signal.setitimer(signal.ITIMER_REAL, wall + 1)
    os.nice(NICENESS)


def main(request: dict[str, Any]) -> None:
    # Readers load at first use, for which there will be no files to open.
    Image.init()
    hold_to(**request.pop("limits"))
    job = JOBS[request.pop("job")]
    parts: list[bytes] = []
    with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as answer:
        try:
            facts, parts = job(file, **request)
        except Refused as refused:
            facts = {"refused": refused.sentence}
        except MemoryError:
            facts = {"refused": TOO_MUCH_MEMORY}
        answer.write(json.dumps({"facts": facts, "lengths": [len(part) for part in parts]}).encode() + b"\n")
        answer.writelines(parts)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
