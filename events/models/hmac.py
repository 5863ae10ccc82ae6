"""The fingerprint of words: by it an approval, and whose words they are, hold as long as the words do."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac


def hmac_of(words: str) -> str:
    """What is kept of words for good: the HMAC-SHA-256 under the key of this desk."""
    return salted_hmac("events.decision", words, secret=settings.DESK_KEY, algorithm="sha256").hexdigest()


def as_words(said: Iterable[Any]) -> str:
    """What is ``said`` in one text, each value as it is read from the database: a choice by its code."""
    return repr(tuple("" if value is None else str(value) for value in said))


class HmacField(models.CharField):
    """The HMAC of ``words()`` of its row as it is saved; empty of what was saved before there was one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 64, "default": "", "editable": False} | kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Makes it anew, so that no way of saving a row leaves it behind its words."""
        value = hmac_of(model_instance.words())
        setattr(model_instance, self.attname, value)
        return value
