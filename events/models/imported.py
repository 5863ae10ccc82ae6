from django.db import models


class Imported(models.Model):
    """What an event that was imported keeps of that, until an editor has made it their own."""

    carried = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether the words that say when were carried on from an earlier passage of its source.",
    )
    time_confirmed = models.BooleanField(
        "the time was confirmed",
        default=False,
        help_text="It was carried on from an earlier passage: tick this when you know that it holds.",
    )
    is_quotation = models.BooleanField(
        "quotation",
        default=False,
        help_text="Headline and text are meant to be the words of the source.",
    )
    imported_headline = models.CharField(
        max_length=64, default="", editable=False, help_text="HMAC of the headline that it was imported with."
    )
    imported_text = models.CharField(
        max_length=64, default="", editable=False, help_text="HMAC of the text that it was imported with."
    )

    class Meta:
        abstract = True
