import hashlib
import time

from django.db import models

from chronicle import seal
from chronicle.models.chronicle import Chronicle


def nothing_yet() -> dict[str, int]:
    return {}


class Log(models.Model):
    """How far a chronicle is printed: the tree over its editions, brought up as each is appended.

    ``frontier`` is that of chronicle.seal, in hexadecimal; ``numbers`` the last number given in each facet.
    ``presented`` is raised by whatever changes what is served without an edition. No edition says how far,
    so ``digest`` tells a change that was made past this class.
    """

    chronicle = models.OneToOneField(Chronicle, on_delete=models.PROTECT, primary_key=True)
    size = models.PositiveBigIntegerField(default=0)
    root = models.CharField(max_length=64)
    frontier = models.JSONField(default=list)
    last_at = models.DateTimeField()
    numbers = models.JSONField(default=nothing_yet)
    presented = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chronicle_id}: log:{self.size}"

    def save(self, *args, **kwargs):
        self.digest = self.digest_now()
        super().save(*args, **kwargs)

    def present_anew(self) -> None:
        """Say that something is served otherwise than before without an edition.

        The number is of the present time, in microseconds, so that a log which is restored and presented
        anew has none that it had before.
        """
        self.presented = max(self.presented + 1, time.time_ns() // 1000)
        self.save()

    def digest_now(self) -> str:
        """The SHA-256 of size, root and ``presented``."""
        return hashlib.sha256(seal.canonical([self.size, self.root, self.presented])).hexdigest()
