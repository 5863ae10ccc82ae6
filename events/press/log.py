"""The chain of editions: how a printing is appended to the record."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from chronicle.models import Chronicle, Edition
from chronicle.models.edition import GENESIS


class NoteNeeded(Exception):
    """A second edition says in a note what changed; this one had none."""


@dataclass(frozen=True)
class Printing:
    """What is to become one edition."""

    kind: str
    subject: int
    action: str
    document: dict[str, Any]
    note: str


def pseudonym(chronicle: Chronicle, person: Any) -> str:
    """A name under which ``person`` stands in the record of ``chronicle`` and nowhere else.

    An HMAC-SHA-256 with the site's secret key: without the key nobody can tell who it is, and the
    same person in another chronicle has another one.
    """
    told = f"chronicle-actor:{chronicle.pk}:{person.pk}".encode()
    return "desk-" + hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()[:12]


def locked(chronicle: Chronicle) -> Chronicle:
    """Hold the one lock under which editions of ``chronicle`` are appended, until the transaction ends."""
    return Chronicle.objects.select_for_update(no_key=True).get(pk=chronicle.pk)


def all_locked() -> dict[int, Chronicle]:
    """Hold the lock of every chronicle, always in the same order, for what may be printed in several."""
    return {held.pk: held for held in Chronicle.objects.select_for_update(no_key=True).order_by("pk")}


def append(chronicle: Chronicle, printings: Sequence[Printing], *, by: Any) -> list[Edition]:
    """Append ``printings`` to the chain of ``chronicle``, whose lock must be held."""
    if not printings:
        return []
    last = Edition.objects.filter(chronicle=chronicle).order_by("-seq").values("seq", "hash").first()
    seq, previous = (last["seq"], last["hash"]) if last else (0, GENESIS)
    numbers = _last_numbers(chronicle, printings)
    now, actor = timezone.now(), pseudonym(chronicle, by)
    editions = []
    for printing in printings:
        seq += 1
        subject = (printing.kind, printing.subject)
        numbers[subject] = numbers.get(subject, 0) + 1
        edition = Edition(
            chronicle=chronicle,
            seq=seq,
            subject_kind=printing.kind,
            subject_id=printing.subject,
            number=numbers[subject],
            action=Edition.Action.FIRST if numbers[subject] == 1 else printing.action,
            note=printing.note,
            document=printing.document,
            previous_hash=previous,
            at=now,
            actor=actor,
        )
        edition.seal()
        previous = edition.hash
        editions.append(edition)
    return Edition.objects.bulk_create(editions, batch_size=200)


def _last_numbers(chronicle: Chronicle, printings: Sequence[Printing]) -> dict[tuple[str, int], int]:
    numbers: dict[tuple[str, int], int] = {}
    for kind in {printing.kind for printing in printings}:
        subjects = {printing.subject for printing in printings if printing.kind == kind}
        rows = (
            Edition.objects.filter(chronicle=chronicle, subject_kind=kind, subject_id__in=subjects)
            .values_list("subject_id")
            .annotate(last=Max("number"))
        )
        numbers |= {(kind, subject): last for subject, last in rows}
    return numbers
