import secrets
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery

from chronicle import seal


class Sheet(models.Model):
    """The document of one edition, joined to it by the commitment, so that a takedown can remove it.

    ``salt`` is 32 random bytes in hexadecimal: without it nobody can tell a document from its commitment.
    """

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=64)
    document = models.JSONField()

    def __str__(self) -> str:
        return self.commitment

    @classmethod
    def of(cls, document: Any) -> "Sheet":
        """A new sheet of ``document``. Raises chronicle.seal.Unsealable."""
        salt = secrets.token_bytes(32)
        commitment = seal.commitment(salt, document).hex()
        return cls(commitment=commitment, salt=salt.hex(), document=document)

    def is_whole(self) -> bool:
        """Whether the document is the one that the commitment was made of."""
        try:
            salt = bytes.fromhex(self.salt)
            return salt.hex() == self.salt and seal.commitment(salt, self.document).hex() == self.commitment
        except (ValueError, TypeError, RecursionError):
            return False


class PrintedQuerySet(models.QuerySet):
    """Rows of the record whose words lie in a sheet."""

    def with_document(self) -> Any:
        """With ``document``, what the sheet of the current edition holds, in the same query."""
        sheet = Sheet.objects.filter(commitment=OuterRef("commitment"))
        return self.annotate(document=Subquery(sheet.values("document")[:1]))
