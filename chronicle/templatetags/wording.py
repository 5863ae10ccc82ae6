"""Numbers and days in words for templates, where a line of conditions would hide what the line says."""

from datetime import date
from functools import lru_cache

from django import template
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chronicle import wording

register = template.Library()

register.filter("first_to_last", wording.first_to_last)
register.filter("at_clock", wording.instant_words)


@register.filter
def counted(number: int, nouns: str) -> str:
    """``number`` with the noun for one or for many: ``{{ n|counted:"entry,entries" }}``."""
    one, many = nouns.split(",")
    return wording.counted(number, one, many)


@register.filter
def linked(words: str, url: str) -> SafeString | str:
    """``words`` as a link where there is an address, with no white space about it."""
    return format_html('<a href="{}">{}</a>', url, words) if url else words


# A page says of the same few days which they are, and the next page does again.
@register.filter
@lru_cache(maxsize=2048)
def written(day: date, shape: str) -> str:
    """A day in a shape of Django's filter ``date``."""
    return formatted(day, shape)
