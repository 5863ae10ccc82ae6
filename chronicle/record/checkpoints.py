"""Checkpoints: what a log amounts to at one size, in a few lines that can be kept elsewhere.

The form is that of C2SP tlog-checkpoint: origin, size and root, as a signed note where there is a key.
Without one it is the three lines alone, called unsigned, and nobody vouches for it but the server.
"""

import base64
from dataclasses import dataclass

from chronicle import seal
from chronicle.models import Chronicle, Edition, Log
from chronicle.record import notes


class Unreadable(ValueError):
    """What is no checkpoint. Its text is a sentence."""


@dataclass(frozen=True)
class Checkpoint:
    """The root of the log of one chronicle at one size."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def checkpoint_of(chronicle: Chronicle) -> Checkpoint:
    """Where the log of ``chronicle`` stands now."""
    log = Log.objects.get(chronicle=chronicle)
    return Checkpoint(chronicle.origin, log.size, bytes.fromhex(log.root))


def signed(checkpoint: Checkpoint, key: bytes) -> str:
    """``checkpoint`` as a note, signed in the name of its origin with the Ed25519 seed ``key`` (32 bytes).

    Without a key it is the three lines alone.
    """
    return notes.signed(str(checkpoint), checkpoint.origin, key) if key else str(checkpoint)


def read(text: str) -> list[Checkpoint]:
    """The checkpoints in ``text``, one after the other, whatever their signatures. Raises Unreadable."""
    parts = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    found = [_read_one(part) for part in parts if part and not part.startswith(notes.MARK)]
    if not found:
        raise Unreadable("There is no checkpoint in it.")
    return found


def _read_one(text: str) -> Checkpoint:
    try:
        origin, size, root, *_ = text.split("\n")
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError:
        raise Unreadable("This is no checkpoint: its lines are origin, size and root.") from None
    has_one_spelling = str(checkpoint) == f"{origin}\n{size}\n{root}\n"
    if not origin or checkpoint.size < 0 or len(checkpoint.root) != 32 or not has_one_spelling:
        raise Unreadable("This is no checkpoint: its origin, size or root makes no sense.")
    return checkpoint


def disagreement(checkpoint: Checkpoint) -> str:
    """Why the record does not go on from ``checkpoint``, in a sentence; empty if it does."""
    chronicle = Chronicle.objects.filter(origin=checkpoint.origin).first()
    if chronicle is None:
        return f"There is no chronicle of the origin {checkpoint.origin}."
    leaves = Edition.objects.filter(chronicle=chronicle).order_by("seq").values_list("leaf", flat=True)
    frontier: list[bytes] = []
    size = 0
    for leaf in leaves.iterator():
        if size == checkpoint.size:
            break
        frontier = seal.grown(frontier, size, bytes.fromhex(leaf))
        size += 1
    if size < checkpoint.size:
        return f"The log has {size} editions, fewer than the {checkpoint.size} of the checkpoint."
    if seal.root_of(frontier) != checkpoint.root:
        return f"The first {size} editions are not those of the checkpoint: its root is another."
    return ""
