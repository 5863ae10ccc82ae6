from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse

from chronicle import wording
from chronicle.clock import Calendar, Clock
from chronicle.models.sheet import PrintedQuerySet


class Dated:
    """What has days of its own: their zone, where their parts begin, which they are and how numbered."""

    @property
    def clock(self) -> Clock:
        return Clock(
            zone=ZoneInfo(self.zone),
            morning=self.morning_begins,
            afternoon=self.afternoon_begins,
            evening=self.evening_begins,
        )

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.first_date, self.first_number, self.last_date)


class Chronicle(Dated, models.Model):
    """One story as it is printed. Only the press writes it; its words are in its sheet.

    ``key`` and ``origin`` are its identity in every seal and checkpoint, and never change.
    """

    key = models.UUIDField(unique=True, editable=False)
    origin = models.CharField(max_length=300)
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    first_date = models.DateField()
    first_number = models.PositiveIntegerField()
    last_date = models.DateField(null=True)
    zone = models.CharField(max_length=60)
    morning_begins = models.TimeField(default=time(6))
    afternoon_begins = models.TimeField(default=time(12))
    evening_begins = models.TimeField(default=time(18))
    name_style = models.CharField(max_length=10)
    edition = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = PrintedQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""
    then: Any = None
    """Where it is as it was known at a moment, what tells that: a ``chronicle.site.then.past.Past``."""

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("overview", args=[self.slug])

    @property
    def other_language(self) -> str:
        """What its words are written in, where that is another language than that of the pages."""
        return wording.other_language(self.language)
